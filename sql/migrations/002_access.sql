-- 002_access.sql - who may come in: accounts, sessions, devices, cards, tokens, and answers kept for a repeated call.
-- Secrets are kept as keyed hashes only (net/auth/secret.h).  P: personal data.

CREATE TABLE account (
	id BLOB PRIMARY KEY,
	territory TEXT NOT NULL,
	role INTEGER NOT NULL,
	subject_id BLOB,                 -- person, contact or carer
	operator_id BLOB,                -- of a coordinator, carer or operator's software
	login TEXT NOT NULL DEFAULT '',  -- P chosen; '' when only a card, device or token opens it
	name TEXT NOT NULL DEFAULT '',   -- P shown to the holder
	password TEXT NOT NULL DEFAULT '', -- argon2id, with its salt
	totp BLOB,                       -- secret of the second factor, sealed with the key of this instance
	totp_last INTEGER NOT NULL DEFAULT 0, -- counter of the last code: each works once
	language INTEGER NOT NULL DEFAULT 0,
	made_at INTEGER NOT NULL,
	closed_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX account_login ON account(login) WHERE login <> '';
CREATE INDEX account_subject ON account(subject_id) WHERE subject_id IS NOT NULL;
CREATE INDEX account_territory ON account(territory, role);

CREATE TABLE session (
	id BLOB PRIMARY KEY,
	territory TEXT NOT NULL,
	account_id BLOB NOT NULL REFERENCES account,
	token_hash BLOB NOT NULL,
	kind INTEGER NOT NULL,           -- enum session_kind: password, device, card, demo
	label TEXT NOT NULL DEFAULT '',  -- P what the holder calls it
	opened_at INTEGER NOT NULL,
	used_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL,
	revoked_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX session_token ON session(token_hash);
CREATE INDEX session_account ON session(account_id, expires_at);
CREATE INDEX session_expiry ON session(expires_at);

CREATE TABLE enrolment (             -- a link made by the desk that enrols one device, once
	id BLOB PRIMARY KEY,
	territory TEXT NOT NULL,
	account_id BLOB NOT NULL REFERENCES account,
	token_hash BLOB NOT NULL,
	made_by_id BLOB NOT NULL,
	made_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL,
	used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX enrolment_token ON enrolment(token_hash);
CREATE INDEX enrolment_account ON enrolment(account_id);

CREATE TABLE card (                  -- the paper card in the home
	id BLOB PRIMARY KEY,
	territory TEXT NOT NULL,
	account_id BLOB NOT NULL REFERENCES account,
	code_hash BLOB NOT NULL,
	made_by_id BLOB NOT NULL,
	made_at INTEGER NOT NULL,
	revoked_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX card_code ON card(code_hash);
CREATE INDEX card_account ON card(account_id);

CREATE TABLE api_token (             -- of an operator's own software
	id BLOB PRIMARY KEY,
	territory TEXT NOT NULL,
	account_id BLOB NOT NULL REFERENCES account,
	token_hash BLOB NOT NULL,
	name TEXT NOT NULL,
	scopes INTEGER NOT NULL,         -- bits: enum api_scope
	made_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL,
	revoked_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX api_token_hash ON api_token(token_hash);
CREATE INDEX api_token_account ON api_token(account_id);

CREATE TABLE idempotency (           -- the answer to a changing call, kept a day for its repetition
	account_id BLOB NOT NULL,
	key TEXT NOT NULL,
	territory TEXT NOT NULL,
	request_hash BLOB NOT NULL,      -- of method, path and body: the key may not serve another call
	status INTEGER NOT NULL,
	body TEXT NOT NULL,
	made_at INTEGER NOT NULL,
	PRIMARY KEY (account_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_age ON idempotency(made_at);
