-- include: domain/account/signalement.h
-- include: domain/care/visit.h

-- name: sql_signalement_get :one struct signalement
SELECT * FROM signalement WHERE id = :id;

-- name: sql_signalement_insert :exec struct signalement
INSERT INTO signalement (id, territory, person_id, operator_id, request_id, state, facts, visits, first_on, last_on,
	is_illtreatment, note, reading, proposed_at, facts_at, decided_at, decided_by_id, recipient, annex, sent_at,
	acknowledged_at, closed_at, supplement, look_at, version)
VALUES (:id, :territory, :person_id, :operator_id, :request_id, :state, :facts, :visits, :first_on, :last_on,
	:is_illtreatment, :note, :reading, :proposed_at, :facts_at, :decided_at, :decided_by_id, :recipient, :annex, :sent_at,
	:acknowledged_at, :closed_at, :supplement, :look_at, :version);

-- name: sql_signalement_update :exec struct signalement
UPDATE signalement SET operator_id = :operator_id, state = :state, facts = :facts, visits = :visits, first_on = :first_on,
	last_on = :last_on, is_illtreatment = :is_illtreatment, reading = :reading, facts_at = :facts_at,
	decided_at = :decided_at, decided_by_id = :decided_by_id, recipient = :recipient, annex = :annex, sent_at = :sent_at,
	acknowledged_at = :acknowledged_at, closed_at = :closed_at, supplement = :supplement, look_at = :look_at,
	version = :version
WHERE id = :id;

-- name: sql_signalement_open_of_request :one struct signalement
-- The one that is neither declined (2) nor closed (5); the latest when there were several.
SELECT * FROM signalement WHERE request_id = :request_id AND state NOT IN (2, 5) ORDER BY proposed_at DESC LIMIT 1;

-- name: sql_signalement_last_of_request :one struct signalement
SELECT * FROM signalement WHERE request_id = :request_id ORDER BY proposed_at DESC LIMIT 1;

-- name: sql_signalements_of_person :many struct signalement as struct signalements
SELECT * FROM signalement WHERE person_id = :person_id ORDER BY proposed_at DESC;

-- name: sql_signalements_of_territory :many struct signalement as struct signalements
-- param limit int
SELECT * FROM signalement WHERE territory = :territory AND state = :state ORDER BY proposed_at LIMIT :limit;

-- name: sql_signalements_due :many
-- param limit int
SELECT id FROM signalement WHERE look_at < 9223372036854775807 AND look_at <= :now_at ORDER BY look_at LIMIT :limit;

-- name: sql_signalement_next_look :one
SELECT look_at FROM signalement WHERE look_at < 9223372036854775807 ORDER BY look_at LIMIT 1;

-- name: sql_decision_insert :exec struct decision
INSERT INTO decision (id, territory, kind, about_id, person_id, human_id, reason, taken_at, effective_on, appeal_until_on, appealed_at)
VALUES (:id, :territory, :kind, :about_id, :person_id, :human_id, :reason, :taken_at, :effective_on, :appeal_until_on, :appealed_at);

-- name: sql_decision_get :one struct decision
SELECT * FROM decision WHERE id = :id;

-- name: sql_decision_set_appealed :exec
UPDATE decision SET appealed_at = :appealed_at WHERE id = :id;

-- name: sql_decisions_about :many struct decision as struct decisions
SELECT * FROM decision WHERE about_id = :about_id ORDER BY taken_at;

-- name: sql_recipient_insert :exec
INSERT INTO recipient (id, territory, kind, name, channel, address, public_key, from_on)
VALUES (:id, :territory, :kind, :name, :channel, :address, :public_key, :from_on);

-- name: sql_recipients_of_territory :many
-- Dated: of each kind the latest that has begun is the one in force.
SELECT id, kind, name, channel, address, public_key, from_on FROM recipient
WHERE territory = :territory AND from_on <= :today_on ORDER BY kind, from_on DESC;

-- name: sql_visits_missed_of_request :many struct visit as struct visits
-- The failures of one need since it was last served.
SELECT * FROM visit WHERE request_id = :request_id AND state = 4 AND start_at < :before_at
	AND start_at >= COALESCE((SELECT s.start_at FROM visit s WHERE s.request_id = :request_id
		AND s.start_at < :before_at AND s.state IN (1, 2) ORDER BY s.start_at DESC LIMIT 1), 0)
ORDER BY start_at;
