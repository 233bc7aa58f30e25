-- access.sql - accounts and what opens them; what the policy must know of an object.
-- include: domain/access/account.h

-- name: sql_account_insert :exec struct account
INSERT INTO account (id, territory, role, subject_id, operator_id, login, name, password, totp, language, made_at)
VALUES (:id, :territory, :role, :subject_id, :operator_id, :login, :name, :password, :totp, :language, :made_at);

-- name: sql_account_get :one struct account
SELECT id, territory, role, subject_id, operator_id, login, name, password, totp, totp_last, language, made_at, closed_at
FROM account WHERE id = :id;

-- name: sql_account_by_login :one struct account
SELECT id, territory, role, subject_id, operator_id, login, name, password, totp, totp_last, language, made_at, closed_at
FROM account WHERE login = :login AND login <> '';

-- name: sql_account_of_subject :many struct account as struct accounts
SELECT id, territory, role, subject_id, operator_id, login, name, password, totp, totp_last, language, made_at, closed_at
FROM account WHERE subject_id = :subject_id AND closed_at IS NULL;

-- name: sql_account_list :many struct account as struct accounts
-- param limit int
SELECT id, territory, role, subject_id, operator_id, login, name, password, totp, totp_last, language, made_at, closed_at
FROM account WHERE territory = :territory AND closed_at IS NULL ORDER BY role, login LIMIT :limit;

-- name: sql_account_set_password :exec
UPDATE account SET password = :password WHERE id = :id;

-- name: sql_account_set_totp :exec
UPDATE account SET totp = :totp, totp_last = 0 WHERE id = :id;

-- name: sql_account_set_totp_last :count
UPDATE account SET totp_last = :totp_last WHERE id = :id AND totp_last < :totp_last;

-- name: sql_account_set_language :exec
UPDATE account SET language = :language WHERE id = :id;

-- name: sql_account_close :exec
UPDATE account SET closed_at = :closed_at, password = '', totp = NULL, login = '', name = '' WHERE id = :id;

-- name: sql_session_insert :exec struct session
INSERT INTO session (id, territory, account_id, token_hash, kind, label, opened_at, used_at, expires_at)
VALUES (:id, :territory, :account_id, :token_hash, :kind, :label, :opened_at, :used_at, :expires_at);

-- name: sql_session_open :one struct principal
-- Whom a cookie belongs to; revoked or expired sessions and closed accounts are not found.
SELECT s.id AS "session_id id", s.kind AS "kind int", s.used_at AS "used_at ts", a.id AS "account_id id", a.role AS "role int",
	a.subject_id AS "subject_id id", a.operator_id AS "operator_id id", a.territory AS "territory text",
	a.name AS "name text", a.language AS "language int",
	CASE a.role WHEN 1 THEN a.subject_id ELSE c.person_id END AS "person_id id", COALESCE(c.scopes, 0) AS "scopes int",
	0 AS "api_scopes int"
FROM session s JOIN account a ON a.id = s.account_id
LEFT JOIN contact c ON c.id = a.subject_id AND a.role IN (2, 3) AND c.revoked_at IS NULL AND COALESCE(c.ends_on, 1000000) >= :today_on
WHERE s.token_hash = :token_hash AND s.revoked_at IS NULL AND s.expires_at > :now_at AND a.closed_at IS NULL;

-- name: sql_session_used :exec
UPDATE session SET used_at = :used_at, expires_at = :expires_at WHERE id = :id AND revoked_at IS NULL;

-- name: sql_session_list :many struct session as struct sessions
SELECT id, territory, account_id, token_hash, kind, label, opened_at, used_at, expires_at, revoked_at FROM session
WHERE account_id = :account_id AND expires_at > :now_at AND revoked_at IS NULL ORDER BY used_at DESC LIMIT 100;

-- name: sql_session_revoke :count
UPDATE session SET revoked_at = :revoked_at WHERE id = :id AND account_id = :account_id AND revoked_at IS NULL;

-- name: sql_session_revoke_all :count
-- All sessions of an account but one (none: ID_NONE).
UPDATE session SET revoked_at = :revoked_at WHERE account_id = :account_id AND id IS NOT :keep_id AND revoked_at IS NULL;

-- name: sql_session_purge :count
DELETE FROM session WHERE expires_at < :expires_at;

-- name: sql_enrolment_insert :exec struct enrolment
INSERT INTO enrolment (id, territory, account_id, token_hash, made_by_id, made_at, expires_at)
VALUES (:id, :territory, :account_id, :token_hash, :made_by_id, :made_at, :expires_at);

-- name: sql_enrolment_get :one struct enrolment
SELECT id, territory, account_id, token_hash, made_by_id, made_at, expires_at, used_at FROM enrolment WHERE token_hash = :token_hash;

-- name: sql_enrolment_use :count
UPDATE enrolment SET used_at = :used_at WHERE token_hash = :token_hash AND used_at IS NULL AND expires_at > :used_at;

-- name: sql_card_insert :exec struct card
INSERT INTO card (id, territory, account_id, code_hash, made_by_id, made_at)
VALUES (:id, :territory, :account_id, :code_hash, :made_by_id, :made_at);

-- name: sql_card_get :one struct card
SELECT id, territory, account_id, code_hash, made_by_id, made_at, revoked_at FROM card WHERE code_hash = :code_hash AND revoked_at IS NULL;

-- name: sql_card_revoke :count
UPDATE card SET revoked_at = :revoked_at WHERE account_id = :account_id AND revoked_at IS NULL;

-- name: sql_api_token_insert :exec struct api_token
INSERT INTO api_token (id, territory, account_id, token_hash, name, scopes, made_at, expires_at)
VALUES (:id, :territory, :account_id, :token_hash, :name, :scopes, :made_at, :expires_at);

-- name: sql_api_token_open :one struct principal
SELECT t.id AS "session_id id", 4 AS "kind int", t.made_at AS "used_at ts", a.id AS "account_id id", a.role AS "role int",
	a.subject_id AS "subject_id id", a.operator_id AS "operator_id id", a.territory AS "territory text",
	a.name AS "name text", a.language AS "language int", NULL AS "person_id id", 0 AS "scopes int",
	t.scopes AS "api_scopes int"
FROM api_token t JOIN account a ON a.id = t.account_id
WHERE t.token_hash = :token_hash AND t.revoked_at IS NULL AND t.expires_at > :now_at AND a.closed_at IS NULL;

-- name: sql_api_token_list :many struct api_token as struct api_tokens
SELECT id, territory, account_id, token_hash, name, scopes, made_at, expires_at, revoked_at FROM api_token
WHERE account_id = :account_id AND revoked_at IS NULL;

-- name: sql_api_token_revoke :count
UPDATE api_token SET revoked_at = :revoked_at WHERE id = :id AND account_id = :account_id AND revoked_at IS NULL;

-- name: sql_idempotency_get :one
SELECT request_hash, status, body FROM idempotency WHERE account_id = :account_id AND key = :key;

-- name: sql_idempotency_put :exec
INSERT INTO idempotency (account_id, key, territory, request_hash, status, body, made_at)
VALUES (:account_id, :key, :territory, :request_hash, :status, :body, :made_at);

-- name: sql_idempotency_purge :count
DELETE FROM idempotency WHERE made_at < :made_at;

-- What the policy must know of the object of a path (net/policy.h).

-- name: sql_object_visit :one struct object
SELECT id, territory, person_id, operator_id, accepted_operator_id AS "operator2_id id", carer_id FROM visit WHERE id = :id;

-- name: sql_object_request :one struct object
SELECT id, territory, person_id, operator_id, NULL AS "operator2_id id", carer_id FROM request WHERE id = :id;

-- name: sql_object_request_asked :one
-- Whether an operator was asked to take this request.
SELECT COUNT(*) AS "n int" FROM request_answer WHERE request_id = :request_id AND operator_id = :operator_id;

-- name: sql_object_person :one struct object
SELECT id, territory, id AS "person_id id", NULL AS "operator_id id", NULL AS "operator2_id id", NULL AS "carer_id id" FROM person WHERE id = :id;

-- name: sql_object_person_served :one
-- Whether an operator serves, or was asked to serve, this person.
SELECT (SELECT COUNT(*) FROM request r WHERE r.person_id = :person_id AND r.operator_id = :operator_id)
	+ (SELECT COUNT(*) FROM visit v WHERE v.person_id = :person_id AND v.operator_id = :operator_id) AS "n int";

-- name: sql_object_contact :one struct object
SELECT id, territory, person_id, NULL AS "operator_id id", NULL AS "operator2_id id", NULL AS "carer_id id" FROM contact WHERE id = :id;

-- name: sql_object_carer :one struct object
SELECT id, territory, NULL AS "person_id id", operator_id, NULL AS "operator2_id id", id AS "carer_id id" FROM carer WHERE id = :id;

-- name: sql_object_operator :one struct object
SELECT id, territory, NULL AS "person_id id", id AS "operator_id id", NULL AS "operator2_id id", NULL AS "carer_id id" FROM operator WHERE id = :id;

-- name: sql_object_offer :one struct object
SELECT o.id, o.territory, NULL AS "person_id id", c.operator_id AS "operator_id id", NULL AS "operator2_id id", o.carer_id
FROM offer o JOIN carer c ON c.id = o.carer_id WHERE o.id = :id;

-- name: sql_object_notice :one struct object
SELECT id, territory, person_id, NULL AS "operator_id id", NULL AS "operator2_id id", NULL AS "carer_id id" FROM notice WHERE id = :id;

-- name: sql_object_signalement :one struct object
SELECT id, territory, person_id, NULL AS "operator_id id", NULL AS "operator2_id id", NULL AS "carer_id id" FROM signalement WHERE id = :id;

-- name: sql_territory_zone :one
SELECT name, zone FROM territory WHERE territory = :territory;

-- name: sql_event_last_at :one
-- scan: ok one row from the end of the table
SELECT at AS "at ts" FROM event ORDER BY seq DESC LIMIT 1;
