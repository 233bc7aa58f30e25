-- include: domain/relief/offer.h

-- name: sql_offer_insert :exec struct offer
INSERT INTO offer (id, territory, visit_id, carer_id, operator_id, wave, rank, reasons, travel_min, travel_m, amplitude_min,
	state, offered_at, expires_at)
VALUES (:id, :territory, :visit_id, :carer_id, :operator_id, :wave, :rank, :reasons, :travel_min, :travel_m, :amplitude_min,
	:state, :offered_at, :expires_at);

-- name: sql_offer_get :one struct offer
SELECT * FROM offer WHERE id = :id;

-- name: sql_offer_set_state :exec
UPDATE offer SET state = :state WHERE id = :id;

-- name: sql_offers_of_visit :many struct offer as struct offers
SELECT * FROM offer WHERE visit_id = :visit_id ORDER BY wave, rank;

-- name: sql_offers_of_carer :many struct offer as struct offers
-- Those she may still answer.
SELECT * FROM offer WHERE carer_id = :carer_id AND state = 0 AND expires_at > :now_at ORDER BY expires_at;

-- name: sql_offers_expired :many
-- param limit int
SELECT id, visit_id FROM offer WHERE state = 0 AND expires_at <= :now_at ORDER BY expires_at LIMIT :limit;

-- name: sql_offer_next_expiry :one
SELECT expires_at FROM offer WHERE state = 0 ORDER BY expires_at LIMIT 1;

-- name: sql_visits_known :many
-- Who has come to this person, how often.
-- param until_at ts
SELECT carer_id, COUNT(*) AS "visits int" FROM visit
WHERE person_id = :person_id AND start_at >= :from_at AND start_at < :until_at AND state = 2 AND carer_id IS NOT NULL
GROUP BY carer_id;

-- name: sql_stays_of_carer :many
-- Her work as the law of hours sees it: when, and where.
-- param until_at ts
SELECT v.id, v.start_at, v.end_at, p.lat_e6, p.lon_e6 FROM visit v JOIN person p ON p.id = v.person_id
WHERE v.carer_id = :carer_id AND v.start_at >= :from_at AND v.start_at < :until_at AND v.state IN (0, 1, 2)
ORDER BY v.start_at;

-- name: sql_carers_busy :many
-- Who is in another home during [from, until); no visit lasts sixteen hours (57,600 s).
-- param from_at ts
-- param until_at ts
SELECT carer_id FROM visit WHERE operator_id = :operator_id AND start_at > :from_at - 57600000000 AND start_at < :until_at
	AND end_at > :from_at AND state IN (0, 1) AND carer_id IS NOT NULL AND id <> :but_id;

-- name: sql_minutes_of_carer :one
-- param until_at ts
SELECT COALESCE(SUM(end_at - start_at), 0) AS "work_us int" FROM visit
WHERE carer_id = :carer_id AND start_at >= :from_at AND start_at < :until_at AND state IN (0, 1, 2);
