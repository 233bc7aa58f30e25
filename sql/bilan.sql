-- include: domain/care/person.h
-- What a bilan is made of, read row by row, and its published editions.

-- name: sql_bilan_visit_count :one
SELECT COUNT(*) AS "n int" FROM visit WHERE territory = :territory AND start_at >= :from_at AND start_at < :until_at;

-- name: sql_bilan_plan_lines :each struct plan_line
-- scan: ok once a month, streamed
SELECT * FROM plan_line WHERE territory = :territory;

-- name: sql_bilan_requests :each
-- scan: ok once a month, streamed
-- Requests in force at some moment of the days [from, until).
SELECT id, person_id, state FROM request
WHERE territory = :territory AND starts_on < :until_on AND (ends_on IS NULL OR ends_on >= :from_on);

-- name: sql_bilan_answers :each
-- scan: ok once a month, streamed
-- param from_at ts
-- param until_at ts
SELECT request_answer.operator_id, request.person_id, request_answer.transmitted_at, request_answer.answered_at,
	request_answer.answer, request_answer.reason, request.state
FROM request_answer JOIN request ON request.id = request_answer.request_id
WHERE request_answer.territory = :territory AND request_answer.transmitted_at >= :from_at
	AND request_answer.transmitted_at < :until_at;

-- name: sql_bilan_last_leaf :one
-- The last fact about a thing.
SELECT leaf_hash FROM event WHERE subject_id = :subject_id ORDER BY seq DESC LIMIT 1;

-- name: sql_bilan_insert :exec
INSERT INTO bilan (id, territory, operator_id, month, edition, state, body, facts_hash, reply, published_at, look_at)
VALUES (:id, :territory, :operator_id, :month, :edition, :state, :body, :facts_hash, :reply, :published_at, :look_at);

-- name: sql_bilan_last :one
-- The newest edition; operator NULL: of the territory.
SELECT id, edition, state, body, facts_hash, reply, published_at, look_at FROM bilan
WHERE territory = :territory AND month = :month AND operator_id IS :operator_id ORDER BY edition DESC LIMIT 1;

-- name: sql_bilan_edition :one
-- Only which edition is the newest: asked at every turn of the watch.
SELECT edition FROM bilan
WHERE territory = :territory AND month = :month AND operator_id IS NULL ORDER BY edition DESC LIMIT 1;

-- name: sql_bilan_get :one
SELECT id, territory, operator_id, month, edition, state, body, reply, published_at FROM bilan WHERE id = :id;

-- name: sql_bilan_replies :many
-- The operators' replies to a month, newest edition first.
SELECT operator_id, edition, reply FROM bilan
WHERE territory = :territory AND month = :month AND operator_id IS NOT NULL AND reply <> '' ORDER BY edition DESC;

-- name: sql_bilan_months :many
-- The newest edition of each month of a territory, newest first.
-- param limit int
SELECT month, MAX(edition) AS "edition int" FROM bilan
WHERE territory = :territory AND operator_id IS NULL GROUP BY month ORDER BY month DESC LIMIT :limit;

-- name: sql_bilan_due :many
-- param limit int
SELECT id, territory, month, edition FROM bilan WHERE look_at <= :now_at ORDER BY look_at LIMIT :limit;

-- name: sql_bilan_next_look :one
SELECT look_at FROM bilan WHERE look_at IS NOT NULL ORDER BY look_at LIMIT 1;

-- name: sql_bilan_looked :exec
UPDATE bilan SET look_at = NULL WHERE id = :id;

-- name: sql_bilan_set_state :exec
UPDATE bilan SET state = :state, reply = :reply WHERE id = :id;

-- name: sql_bilan_contested :one
-- How many operators contest a month and have not been followed by a final edition.
SELECT COUNT(*) AS "n int" FROM bilan WHERE territory = :territory AND month = :month AND state = 1;
