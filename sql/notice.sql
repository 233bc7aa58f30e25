-- include: domain/watch/notice.h

-- name: sql_notice_insert :exec struct notice
INSERT INTO notice (id, territory, person_id, visit_id, recipient_role, recipient_id, channel, key, args, state, tries,
	made_at, look_at, until_at, harm, done_at, result)
VALUES (:id, :territory, :person_id, :visit_id, :recipient_role, :recipient_id, :channel, :key, :args, :state, :tries,
	:made_at, :look_at, :until_at, :harm, :done_at, :result);

-- name: sql_notice_get :one struct notice
SELECT * FROM notice WHERE id = :id;

-- name: sql_notice_update :exec struct notice
UPDATE notice SET state = :state, tries = :tries, look_at = :look_at, done_at = :done_at, result = :result WHERE id = :id;

-- name: sql_notice_due :many struct notice as struct notices
-- Machines' channels only: a call (channel 2) waits in the call list for a human.
-- param limit int
SELECT * FROM notice WHERE look_at <= :now_at AND channel <> 2 ORDER BY look_at LIMIT :limit;

-- name: sql_calls_waiting :many struct notice as struct notices
-- param limit int
SELECT * FROM notice WHERE channel = 2 AND state = 0 AND territory = :territory AND look_at <= :now_at ORDER BY look_at LIMIT :limit;

-- name: sql_notices_of_recipient :many struct notice as struct notices
-- param limit int
SELECT * FROM notice WHERE recipient_id = :recipient_id ORDER BY made_at DESC LIMIT :limit;

-- name: sql_notices_of_visit :many struct notice as struct notices
SELECT * FROM notice WHERE visit_id = :visit_id ORDER BY made_at;
