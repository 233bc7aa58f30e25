-- include: domain/labour/carer.h

-- name: sql_carer_get :one struct carer
SELECT * FROM carer WHERE id = :id;

-- name: sql_carer_insert :exec struct carer
INSERT INTO carer (id, territory, operator_id, status, state, external_ref, first_name, last_name, phone, mail, channel, insee,
	lat_e6, lon_e6, travel_mode, idcc, week_min, is_extra_wanted, is_outside_open, is_woman, refusals_year, look_at, version)
VALUES (:id, :territory, :operator_id, :status, :state, :external_ref, :first_name, :last_name, :phone, :mail, :channel, :insee,
	:lat_e6, :lon_e6, :travel_mode, :idcc, :week_min, :is_extra_wanted, :is_outside_open, :is_woman, :refusals_year, :look_at, :version);

-- name: sql_carer_by_ref :one
SELECT id FROM carer WHERE territory = :territory AND operator_id = :operator_id AND external_ref = :external_ref AND external_ref <> '';

-- name: sql_carers_of_operator :many struct carer as struct carers
-- In the order of the index, without a sort: rules rank them anyway.
SELECT * FROM carer WHERE operator_id = :operator_id AND state = 0 ORDER BY id;

-- name: sql_qualification_put :exec struct qualification
INSERT INTO qualification (carer_id, kind, territory, state, issued_on, expires_on, issuer)
VALUES (:carer_id, :kind, :territory, :state, :issued_on, :expires_on, :issuer)
ON CONFLICT DO UPDATE SET state = :state, issued_on = :issued_on, expires_on = :expires_on, issuer = :issuer;

-- name: sql_qualifications_of_carer :many struct qualification as struct qualifications
SELECT * FROM qualification WHERE carer_id = :carer_id;

-- name: sql_availability_put :exec struct availability
INSERT INTO availability (carer_id, weekday, from_minute, until_minute) VALUES (:carer_id, :weekday, :from_minute, :until_minute)
ON CONFLICT DO UPDATE SET until_minute = :until_minute;

-- name: sql_availability_of_carer :many struct availability as struct availabilities
SELECT * FROM availability WHERE carer_id = :carer_id;

-- name: sql_absence_insert :exec struct absence
INSERT INTO absence (id, carer_id, territory, from_at, until_at, kind, declared_at)
VALUES (:id, :carer_id, :territory, :from_at, :until_at, :kind, :declared_at);

-- name: sql_absences_of_carer :many struct absence as struct absences
SELECT * FROM absence WHERE carer_id = :carer_id AND until_at > :from_at ORDER BY from_at;
