-- Erasing a person or a carer (article 17 RGPD): every column marked P in the migrations.  What stays: her
-- id, her commune, and the facts of service without their content.

-- name: sql_erase_person :exec
UPDATE person SET state = :state, external_ref = '', first_name = '', last_name = '', phone = '', mail = '',
	address = '', birth_year = 0, lat_e6 = 0, lon_e6 = 0, access_note = '', is_vulnerable = 0, is_alone = 0
WHERE id = :person_id;

-- name: sql_erase_contacts :exec
UPDATE contact SET name = '', phone = '', mail = '', judgment = '', scopes = 0 WHERE person_id = :person_id;

-- name: sql_erase_wishes :exec
DELETE FROM person_carer WHERE person_id = :person_id;

-- name: sql_erase_plan_lines :exec
UPDATE plan_line SET tasks = 0 WHERE person_id = :person_id;

-- name: sql_erase_requests :exec
UPDATE request SET own_words = '', read_back = '', tasks = 0, preferences = '', external_ref = ''
WHERE person_id = :person_id;

-- name: sql_erase_answers :exec
UPDATE request_answer SET note = ''
WHERE request_id IN (SELECT id FROM request WHERE person_id = :person_id);

-- name: sql_erase_visits :exec
UPDATE visit SET tasks = 0, tasks_done = 0 WHERE person_id = :person_id;

-- name: sql_erase_notices :exec
-- scan: ok rare; a notice names whom it is about and whom it is for
DELETE FROM notice WHERE person_id = :subject_id OR recipient_id = :subject_id;

-- name: sql_erase_signalements :exec
UPDATE signalement SET note = '', annex = NULL WHERE person_id = :person_id;

-- name: sql_erase_decisions :exec
-- scan: ok rare
UPDATE decision SET reason = '' WHERE person_id = :subject_id OR about_id = :subject_id;

-- name: sql_erase_cahier :exec
DELETE FROM cahier WHERE person_id = :person_id;

-- name: sql_erase_journal :exec
DELETE FROM read_journal WHERE person_id = :person_id;

-- name: sql_erase_private :exec
DELETE FROM event_private WHERE person_id = :person_id;

-- name: sql_erase_carer :exec
UPDATE carer SET external_ref = '', first_name = '', last_name = '', phone = '', mail = '', lat_e6 = 0,
	lon_e6 = 0, is_woman = 0 WHERE id = :carer_id;

-- name: sql_erase_waits :one
-- A report about her that is not closed (state 2 declined, 5 closed), or a contest that is not settled.
SELECT EXISTS (SELECT 1 FROM signalement WHERE person_id = :person_id AND state NOT IN (2, 5)) AS "reports int",
	EXISTS (SELECT 1 FROM visit WHERE person_id = :person_id AND is_contested = 1) AS "contests int";

-- name: sql_erase_undone :one
-- Whether something of an erased person is there (again), as after a restore.
SELECT EXISTS (SELECT 1 FROM event_private WHERE person_id = :person_id)
	OR EXISTS (SELECT 1 FROM person WHERE id = :person_id AND state <> :state) AS "n int";

-- What opens a door to her, her circle or a carer: gone, and the accounts hold no name.
-- name: sql_erase_sessions :exec
DELETE FROM session WHERE account_id IN (SELECT id FROM account WHERE subject_id = :person_id
	UNION ALL SELECT a.id FROM contact c JOIN account a ON a.subject_id = c.id WHERE c.person_id = :person_id);

-- name: sql_erase_cards :exec
DELETE FROM card WHERE account_id IN (SELECT id FROM account WHERE subject_id = :person_id);

-- name: sql_erase_enrolments :exec
DELETE FROM enrolment WHERE account_id IN (SELECT id FROM account WHERE subject_id = :person_id);

-- name: sql_erase_accounts :exec
UPDATE account SET login = '', name = '', password = '', totp = NULL, closed_at = COALESCE(closed_at, made_at)
WHERE id IN (SELECT id FROM account WHERE subject_id = :person_id
	UNION ALL SELECT a.id FROM contact c JOIN account a ON a.subject_id = c.id WHERE c.person_id = :person_id);

-- name: sql_erase_answers_kept :exec
-- scan: ok rare, and nothing is kept there longer than a day
-- Answers kept for repeated calls may show her data, whoever called.
DELETE FROM idempotency WHERE territory IN (SELECT territory FROM person WHERE id = :person_id
	UNION ALL SELECT territory FROM carer WHERE id = :person_id);
