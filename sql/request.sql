-- include: domain/care/request.h
-- include: domain/watch/policy.h

-- name: sql_request_get :one struct request
SELECT * FROM request WHERE id = :id;

-- name: sql_request_insert :exec struct request
INSERT INTO request (id, territory, person_id, plan_line_id, mode, payer, criticality, own_words, read_back, tasks, rrule,
	exdates, is_holidays_excluded, starts_on, ends_on, start_minute, duration_min, tolerance_min, carers, preferences,
	state, is_imported, is_read_back, operator_id, carer_id, round, asked_at, transmitted_at, answered_at,
	suspended_until_on, planned_until_on, look_at, external_ref, version)
VALUES (:id, :territory, :person_id, :plan_line_id, :mode, :payer, :criticality, :own_words, :read_back, :tasks, :rrule,
	:exdates, :is_holidays_excluded, :starts_on, :ends_on, :start_minute, :duration_min, :tolerance_min, :carers, :preferences,
	:state, :is_imported, :is_read_back, :operator_id, :carer_id, :round, :asked_at, :transmitted_at, :answered_at,
	:suspended_until_on, :planned_until_on, :look_at, :external_ref, :version);

-- name: sql_request_update :exec struct request
-- The sentence itself (own_words) is never updated.
UPDATE request SET rrule = :rrule, exdates = :exdates, ends_on = :ends_on, start_minute = :start_minute,
	duration_min = :duration_min, tolerance_min = :tolerance_min, state = :state, is_read_back = :is_read_back,
	operator_id = :operator_id, carer_id = :carer_id, round = :round, transmitted_at = :transmitted_at,
	answered_at = :answered_at, suspended_until_on = :suspended_until_on, planned_until_on = :planned_until_on,
	look_at = :look_at, version = :version
WHERE id = :id;

-- name: sql_request_by_ref :one
SELECT id FROM request WHERE territory = :territory AND external_ref = :external_ref AND external_ref <> '';

-- name: sql_request_due :many
-- param limit int
SELECT id FROM request WHERE look_at <= :now_at ORDER BY look_at LIMIT :limit;

-- name: sql_request_next_look :one
SELECT look_at FROM request WHERE look_at IS NOT NULL ORDER BY look_at LIMIT 1;

-- name: sql_requests_of_person :many struct request as struct requests
SELECT * FROM request WHERE person_id = :person_id ORDER BY asked_at;

-- name: sql_requests_of_operator :many struct request as struct requests
SELECT * FROM request WHERE operator_id = :operator_id AND state = :state ORDER BY asked_at;

-- name: sql_request_answer_put :exec struct request_answer
INSERT INTO request_answer (request_id, round, operator_id, territory, transmitted_at, answered_at, answer, reason, note)
VALUES (:request_id, :round, :operator_id, :territory, :transmitted_at, :answered_at, :answer, :reason, :note)
ON CONFLICT DO UPDATE SET answered_at = :answered_at, answer = :answer, reason = :reason, note = :note;

-- name: sql_request_answers :many struct request_answer as struct request_answers
SELECT * FROM request_answer WHERE request_id = :request_id ORDER BY round;

-- name: sql_requests_waiting :many struct request_answer as struct request_answers
-- What an operator has been asked and not answered (answer 0) or left silent.
SELECT * FROM request_answer WHERE operator_id = :operator_id AND answer = :answer ORDER BY transmitted_at;

-- name: sql_policy_rows :many struct policy_row as struct policy_rows
-- scan: ok some dozens of dated values, read when they change
SELECT * FROM policy ORDER BY from_at, version;

-- name: sql_policy_insert :exec struct policy_row
INSERT INTO policy (id, version, territory, operator_id, criticality, key, value, from_at, source, is_law)
VALUES (:id, :version, :territory, :operator_id, :criticality, :key, :value, :from_at, :source, :is_law);

-- name: sql_day_batch_put :exec
INSERT INTO day_batch (operator_id, day_on, territory, visits, minutes, without_carer, digest_hash, frozen_at)
VALUES (:operator_id, :day_on, :territory, :visits, :minutes, :without_carer, :digest_hash, :frozen_at);

-- name: sql_day_batches :many
SELECT operator_id, visits, minutes, without_carer, digest_hash, frozen_at FROM day_batch WHERE territory = :territory AND day_on = :day_on;
