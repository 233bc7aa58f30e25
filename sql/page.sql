-- include: domain/care/visit.h
-- include: domain/watch/notice.h

-- name: sql_event_of_subject :many
-- What happened to one thing, in order.
SELECT at, kind, public FROM event WHERE subject_id = :subject_id ORDER BY seq;

-- name: sql_commune_name :one
SELECT name FROM commune WHERE insee = :insee;

-- name: sql_demo_person :one
-- Somebody of the demo with a visit around now, for the page of entry.
-- param until_at ts
SELECT person_id FROM visit WHERE territory = :territory AND start_at >= :from_at AND start_at < :until_at AND state IN (0, 4) ORDER BY start_at LIMIT 1;

-- name: sql_demo_carer :one
-- param until_at ts
SELECT carer_id FROM visit WHERE territory = :territory AND start_at >= :from_at AND start_at < :until_at AND carer_id IS NOT NULL ORDER BY start_at LIMIT 1;

-- name: sql_demo_operator :one
-- The service with most to do now.
-- param until_at ts
SELECT operator_id FROM visit WHERE territory = :territory AND start_at >= :from_at AND start_at < :until_at AND operator_id IS NOT NULL
GROUP BY operator_id ORDER BY SUM(carer_id IS NULL AND state IN (0, 4)) DESC, COUNT(*) DESC LIMIT 1;
