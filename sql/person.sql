-- include: domain/care/person.h
-- include: domain/care/operator.h

-- name: sql_person_get :one struct person
SELECT * FROM person WHERE id = :id;

-- name: sql_person_insert :exec struct person
INSERT INTO person (id, territory, insee, state, state_until_at, external_ref, first_name, last_name, phone, mail,
	address, birth_year, lat_e6, lon_e6, access_note, language, channel, reminder, is_vulnerable, is_alone,
	is_relay_agreed, is_demo, registered_at, last_contact_at, version)
VALUES (:id, :territory, :insee, :state, :state_until_at, :external_ref, :first_name, :last_name, :phone, :mail,
	:address, :birth_year, :lat_e6, :lon_e6, :access_note, :language, :channel, :reminder, :is_vulnerable, :is_alone,
	:is_relay_agreed, :is_demo, :registered_at, :last_contact_at, :version);

-- name: sql_person_update :exec struct person
UPDATE person SET insee = :insee, state = :state, state_until_at = :state_until_at, first_name = :first_name,
	last_name = :last_name, phone = :phone, mail = :mail, address = :address, birth_year = :birth_year,
	lat_e6 = :lat_e6, lon_e6 = :lon_e6, access_note = :access_note, language = :language, channel = :channel,
	reminder = :reminder, is_vulnerable = :is_vulnerable, is_alone = :is_alone, is_relay_agreed = :is_relay_agreed,
	external_ref = :external_ref, last_contact_at = :last_contact_at, version = :version
WHERE id = :id;

-- name: sql_person_by_ref :one
SELECT id FROM person WHERE territory = :territory AND external_ref = :external_ref AND external_ref <> '';

-- name: sql_persons_of_territory :each struct person
SELECT * FROM person WHERE territory = :territory;

-- name: sql_person_count :one
SELECT COUNT(*) AS "n int" FROM person WHERE territory = :territory;

-- name: sql_contact_insert :exec struct contact
INSERT INTO contact (id, territory, person_id, kind, name, phone, mail, channel, scopes, judgment, ends_on, revoked_at)
VALUES (:id, :territory, :person_id, :kind, :name, :phone, :mail, :channel, :scopes, :judgment, :ends_on, :revoked_at);

-- name: sql_contact_get :one struct contact
SELECT * FROM contact WHERE id = :id;

-- name: sql_contact_revoke :exec
UPDATE contact SET revoked_at = :revoked_at WHERE id = :id;

-- name: sql_contacts_of_person :many struct contact as struct contacts
SELECT * FROM contact WHERE person_id = :person_id AND revoked_at IS NULL;

-- name: sql_plan_line_insert :exec struct plan_line
INSERT INTO plan_line (id, territory, person_id, mode, payer, tasks, minutes_month, tariff_cents, participation_bp, starts_on, ends_on)
VALUES (:id, :territory, :person_id, :mode, :payer, :tasks, :minutes_month, :tariff_cents, :participation_bp, :starts_on, :ends_on);

-- name: sql_plan_lines_of_person :many struct plan_line as struct plan_lines
SELECT * FROM plan_line WHERE person_id = :person_id;

-- name: sql_plan_line_get :one struct plan_line
SELECT * FROM plan_line WHERE id = :id;

-- name: sql_person_carer_set :exec
INSERT INTO person_carer (person_id, carer_id, is_refused, territory) VALUES (:person_id, :carer_id, :is_refused, :territory)
ON CONFLICT DO UPDATE SET is_refused = :is_refused;

-- name: sql_person_carers :many
SELECT carer_id, is_refused FROM person_carer WHERE person_id = :person_id;

-- name: sql_operator_get :one struct operator
SELECT * FROM operator WHERE id = :id;

-- name: sql_operator_by_finess :one struct operator
SELECT * FROM operator WHERE finess = :finess;

-- name: sql_operator_insert :exec struct operator
INSERT INTO operator (id, territory, finess, name, kind, state, insee, postcode, lat_e6, lon_e6, phone, mail, hours,
	is_authorised, is_agree, is_natural_person, is_relay, idcc, wage_share_bp, travel_share_bp, structure_share_bp, source)
VALUES (:id, :territory, :finess, :name, :kind, :state, :insee, :postcode, :lat_e6, :lon_e6, :phone, :mail, :hours,
	:is_authorised, :is_agree, :is_natural_person, :is_relay, :idcc, :wage_share_bp, :travel_share_bp, :structure_share_bp, :source);

-- name: sql_operator_set_state :exec
UPDATE operator SET state = :state WHERE id = :id;

-- name: sql_operators_of_territory :many struct operator as struct operators
SELECT * FROM operator WHERE territory = :territory ORDER BY name, id;

-- name: sql_commune_insert :exec
INSERT INTO commune (insee, territory, name, postcodes, population, lat_e6, lon_e6)
VALUES (:insee, :territory, :name, :postcodes, :population, :lat_e6, :lon_e6)
ON CONFLICT DO UPDATE SET name = :name, postcodes = :postcodes, population = :population, lat_e6 = :lat_e6, lon_e6 = :lon_e6;

-- name: sql_communes_of_territory :many
SELECT insee, name, postcodes, population, lat_e6, lon_e6 FROM commune WHERE territory = :territory ORDER BY insee;

-- name: sql_commune_get :one
SELECT insee, territory, name, postcodes, population, lat_e6, lon_e6 FROM commune WHERE insee = :insee;

-- name: sql_territory_insert :exec
INSERT INTO territory (territory, id, name, zone, is_independents_allowed, entitled, entitled_source)
VALUES (:territory, :id, :name, :zone, :is_independents_allowed, :entitled, :entitled_source);

-- name: sql_territories :many
-- scan: ok a handful of rows
SELECT territory, id, name, zone, is_independents_allowed, entitled, entitled_source FROM territory ORDER BY territory;

-- name: sql_meta_get :one
SELECT value FROM meta WHERE key = :key;

-- name: sql_meta_set :exec
INSERT INTO meta (key, value) VALUES (:key, :value) ON CONFLICT DO UPDATE SET value = :value;

-- name: sql_read_journal_add :exec
INSERT INTO read_journal (id, territory, person_id, account_id, role, what, read_at)
VALUES (:id, :territory, :person_id, :account_id, :role, :what, :read_at);

-- name: sql_read_journal_of_person :many
-- param limit int
SELECT account_id, role, what, read_at FROM read_journal WHERE person_id = :person_id ORDER BY read_at DESC LIMIT :limit;

-- name: sql_cahier_add :exec
INSERT INTO cahier (id, territory, person_id, visit_id, author_role, author_id, body, written_at)
VALUES (:id, :territory, :person_id, :visit_id, :author_role, :author_id, :body, :written_at);

-- name: sql_cahier_of_person :many
-- param limit int
SELECT id, visit_id, author_role, author_id, body, written_at FROM cahier WHERE person_id = :person_id ORDER BY written_at DESC LIMIT :limit;
