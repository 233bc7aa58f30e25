-- include: domain/care/visit.h

-- name: sql_visit_get :one struct visit
SELECT * FROM visit WHERE id = :id;

-- name: sql_visit_insert :exec struct visit
INSERT INTO visit (id, territory, request_id, person_id, operator_id, accepted_operator_id, carer_id,
	regular_carer_id, plan_line_id, mode, payer, criticality, tasks, recurrence_on, recurrence_minute,
	asked_start_at, start_at, end_at, remind_at, next_need_at, tolerance_min, policy_version,
	measure_version, assignment, state, step, frozen_at, look_at, harm, version)
VALUES (:id, :territory, :request_id, :person_id, :operator_id, :accepted_operator_id, :carer_id,
	:regular_carer_id, :plan_line_id, :mode, :payer, :criticality, :tasks, :recurrence_on, :recurrence_minute,
	:asked_start_at, :start_at, :end_at, :remind_at, :next_need_at, :tolerance_min, :policy_version,
	:measure_version, :assignment, :state, :step, :frozen_at, :look_at, :harm, :version);

-- name: sql_visit_update :exec struct visit
-- What ordinary events change: no indexed column but look_at.
UPDATE visit SET state = :state, step = :step, right_at = :right_at, told_at = :told_at, replaced_at = :replaced_at,
	announced_min = :announced_min, started_at = :started_at, started_recorded_at = :started_recorded_at,
	start_proof = :start_proof, ended_at = :ended_at, ended_recorded_at = :ended_recorded_at, end_proof = :end_proof,
	door_at = :door_at, tasks_done = :tasks_done, is_corrected = :is_corrected, is_unknown = :is_unknown,
	unknown_until_at = :unknown_until_at, cause = :cause, operator_cause = :operator_cause, attestation = :attestation,
	attested_at = :attested_at, is_contested = :is_contested, cancelled_at = :cancelled_at, cancel_by = :cancel_by,
	notice_min = :notice_min, supplee_min = :supplee_min, wave = :wave, verdict = :verdict, frozen_at = :frozen_at,
	policy_version = :policy_version, measure_version = :measure_version,
	look_at = :look_at, harm = :harm, version = :version
WHERE id = :id;

-- name: sql_visit_update_place :exec struct visit
-- What an assignment or a move changes besides.
UPDATE visit SET operator_id = :operator_id, accepted_operator_id = :accepted_operator_id, carer_id = :carer_id,
	regular_carer_id = :regular_carer_id, assignment = :assignment,
	asked_start_at = :asked_start_at, start_at = :start_at, end_at = :end_at, remind_at = :remind_at
WHERE id = :id;

-- name: sql_visit_set_next_need :exec
UPDATE visit SET next_need_at = :next_need_at WHERE id = :id AND next_need_at IS NOT :next_need_at;

-- name: sql_visit_delete :exec
DELETE FROM visit WHERE id = :id;

-- name: sql_visit_due :many
-- The visits at which something has become true by :now, worst first among the first ones due.
-- param limit int
SELECT id, harm, look_at FROM visit WHERE look_at <= :now_at ORDER BY look_at LIMIT :limit;

-- name: sql_visit_next_look :one
SELECT look_at FROM visit WHERE look_at IS NOT NULL ORDER BY look_at LIMIT 1;

-- name: sql_visits_of_person :many struct visit as struct visits
SELECT * FROM visit WHERE person_id = :person_id AND start_at >= :from_at AND start_at < :until_at ORDER BY start_at;

-- name: sql_visits_of_carer :many struct visit as struct visits
SELECT * FROM visit WHERE carer_id = :carer_id AND start_at >= :from_at AND start_at < :until_at ORDER BY start_at;

-- name: sql_visits_of_operator :many struct visit as struct visits
SELECT * FROM visit WHERE operator_id = :operator_id AND start_at >= :from_at AND start_at < :until_at ORDER BY start_at;

-- name: sql_visits_of_territory :each struct visit
SELECT * FROM visit WHERE territory = :territory AND start_at >= :from_at AND start_at < :until_at ORDER BY start_at, id;

-- name: sql_visits_open_of_request :many struct visit as struct visits
-- Those that can still change with their request: planned, not begun, from an instant on.
SELECT * FROM visit WHERE request_id = :request_id AND start_at >= :from_at AND state = 0 ORDER BY start_at;

-- name: sql_visits_failed_of_request :one
-- How many distinct days before an instant the same need failed, without one that was served in between.
SELECT COUNT(DISTINCT recurrence_on) AS "days int", COALESCE(MIN(start_at), 0) AS first_at FROM visit
WHERE request_id = :request_id AND start_at >= COALESCE((SELECT MAX(s.start_at) FROM visit s
	WHERE s.request_id = :request_id AND s.start_at < :before_at AND s.state IN (1, 2)), 0)
	AND start_at < :before_at AND state = 4;

-- name: sql_visits_freeze :count
-- Stamps the visits of a day that are still to come.
UPDATE visit SET frozen_at = :frozen_at, policy_version = :policy_version, measure_version = :measure_version
WHERE territory = :territory AND start_at >= :from_at AND start_at < :until_at AND frozen_at IS NULL;
