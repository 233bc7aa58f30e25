-- 001_start.sql - the first schema.  Conventions of names decide types everywhere (see sql/README.md):
-- id, *_id: 16-byte ids; *_at: µs UTC; *_on: days since 1970; *_cents: money; is_*: 0/1; *_hash: 32 bytes.
-- Every row carries the territory.  Columns that hold personal data are marked P; erasing a person blanks or deletes them.

CREATE TABLE meta (              -- facts of this instance: product version, demo, origin of the log...
	key TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE territory (
	territory TEXT PRIMARY KEY,      -- code of the département
	id BLOB NOT NULL UNIQUE,
	name TEXT NOT NULL,
	zone TEXT NOT NULL,              -- IANA
	is_independents_allowed INTEGER NOT NULL DEFAULT 0,
	entitled INTEGER NOT NULL DEFAULT 0, -- people entitled (APA at home), for the coverage
	entitled_source TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE TABLE commune (
	insee TEXT PRIMARY KEY,
	territory TEXT NOT NULL REFERENCES territory,
	name TEXT NOT NULL,
	postcodes TEXT NOT NULL,
	population INTEGER NOT NULL,
	lat_e6 INTEGER NOT NULL,
	lon_e6 INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX commune_territory ON commune(territory);

CREATE TABLE operator (
	id BLOB PRIMARY KEY,
	territory TEXT NOT NULL REFERENCES territory,
	finess TEXT NOT NULL,
	name TEXT NOT NULL,
	kind INTEGER NOT NULL,
	state INTEGER NOT NULL,
	insee TEXT NOT NULL DEFAULT '',
	postcode TEXT NOT NULL DEFAULT '',
	lat_e6 INTEGER NOT NULL DEFAULT 0, lon_e6 INTEGER NOT NULL DEFAULT 0,
	phone TEXT NOT NULL DEFAULT '', mail TEXT NOT NULL DEFAULT '', hours TEXT NOT NULL DEFAULT '', -- hours when the phone is answered
	is_authorised INTEGER NOT NULL,  -- autorisation (APA, PCH)
	is_agree INTEGER NOT NULL,       -- agrément
	is_natural_person INTEGER NOT NULL DEFAULT 0, -- never named in public
	is_relay INTEGER NOT NULL DEFAULT 0, -- takes visits of others (deputy operator)
	idcc INTEGER NOT NULL DEFAULT 0,
	wage_share_bp INTEGER NOT NULL DEFAULT -1, -- what is kept, as declared; -1: non déclaré
	travel_share_bp INTEGER NOT NULL DEFAULT -1,
	structure_share_bp INTEGER NOT NULL DEFAULT -1,
	source TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX operator_finess ON operator(finess);
CREATE INDEX operator_territory ON operator(territory);

CREATE TABLE policy (            -- dated values, each with its source: "law" or "proposal"
	id BLOB PRIMARY KEY,
	version INTEGER NOT NULL,
	territory TEXT NOT NULL,         -- '' = every territory
	operator_id BLOB,                -- NULL = every operator
	criticality INTEGER NOT NULL,    -- -1 = every criticality
	key TEXT NOT NULL,
	value INTEGER NOT NULL,
	from_at INTEGER NOT NULL,
	source TEXT NOT NULL,
	is_law INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX policy_key ON policy(key, from_at);

CREATE TABLE person (
	id BLOB PRIMARY KEY,
	territory TEXT NOT NULL REFERENCES territory,
	insee TEXT NOT NULL REFERENCES commune,
	state INTEGER NOT NULL,
	state_until_at INTEGER,
	external_ref TEXT NOT NULL DEFAULT '',               -- P the operator's or département's own reference
	first_name TEXT NOT NULL, last_name TEXT NOT NULL, -- P
	phone TEXT NOT NULL DEFAULT '', mail TEXT NOT NULL DEFAULT '', address TEXT NOT NULL DEFAULT '', -- P
	birth_year INTEGER NOT NULL DEFAULT 0,              -- P
	lat_e6 INTEGER NOT NULL DEFAULT 0, lon_e6 INTEGER NOT NULL DEFAULT 0,  -- P of the home
	access_note TEXT NOT NULL DEFAULT '',                -- P keys and habits
	language INTEGER NOT NULL DEFAULT 0,
	channel INTEGER NOT NULL,        -- preferred
	reminder INTEGER NOT NULL,
	is_vulnerable INTEGER NOT NULL DEFAULT 0,  -- P unable to protect herself
	is_alone INTEGER NOT NULL DEFAULT 0,       -- P lives alone
	is_relay_agreed INTEGER NOT NULL DEFAULT 0, -- agreed in advance to relay services
	is_demo INTEGER NOT NULL DEFAULT 0,
	registered_at INTEGER NOT NULL,
	last_contact_at INTEGER,
	version INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX person_territory ON person(territory);
CREATE UNIQUE INDEX person_external ON person(territory, external_ref) WHERE external_ref <> '';

CREATE TABLE contact (               -- the circle and the guardians
	id BLOB PRIMARY KEY,
	territory TEXT NOT NULL,
	person_id BLOB NOT NULL REFERENCES person,
	kind INTEGER NOT NULL,
	name TEXT NOT NULL, phone TEXT NOT NULL DEFAULT '', mail TEXT NOT NULL DEFAULT '', -- P
	channel INTEGER NOT NULL,
	scopes INTEGER NOT NULL,         -- bits: see domain/care/person.h
	judgment TEXT NOT NULL DEFAULT '',                   -- P reference of the judgment (guardians)
	ends_on INTEGER,
	revoked_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_person ON contact(person_id);

CREATE TABLE carer (
	id BLOB PRIMARY KEY,
	territory TEXT NOT NULL REFERENCES territory,
	operator_id BLOB REFERENCES operator,
	status INTEGER NOT NULL,
	state INTEGER NOT NULL,
	external_ref TEXT NOT NULL DEFAULT '',
	first_name TEXT NOT NULL, last_name TEXT NOT NULL, -- P
	phone TEXT NOT NULL DEFAULT '', mail TEXT NOT NULL DEFAULT '',           -- P
	channel INTEGER NOT NULL,
	insee TEXT NOT NULL DEFAULT '',
	lat_e6 INTEGER NOT NULL DEFAULT 0, lon_e6 INTEGER NOT NULL DEFAULT 0,  -- P where the day starts
	travel_mode INTEGER NOT NULL,
	idcc INTEGER NOT NULL,
	week_min INTEGER NOT NULL,       -- contract
	is_extra_wanted INTEGER NOT NULL DEFAULT 0,  -- asked for more hours
	is_outside_open INTEGER NOT NULL DEFAULT 0,  -- opened hours outside planning to offers
	is_woman INTEGER NOT NULL DEFAULT 0,                -- only for intimate care, at the person's request
	refusals_year INTEGER NOT NULL DEFAULT 0,    -- of imposed changes: counted for the carer
	look_at INTEGER,
	version INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX carer_operator ON carer(operator_id);
CREATE INDEX carer_look ON carer(look_at) WHERE look_at IS NOT NULL;
CREATE UNIQUE INDEX carer_external ON carer(territory, operator_id, external_ref) WHERE external_ref <> '';

CREATE TABLE person_carer (          -- whom one would rather have or not have
	person_id BLOB NOT NULL REFERENCES person,
	carer_id BLOB NOT NULL REFERENCES carer,
	is_refused INTEGER NOT NULL,
	territory TEXT NOT NULL,
	PRIMARY KEY (person_id, carer_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_line (
	id BLOB PRIMARY KEY,
	territory TEXT NOT NULL,
	person_id BLOB NOT NULL REFERENCES person,
	mode INTEGER NOT NULL,
	payer INTEGER NOT NULL,
	tasks INTEGER NOT NULL,          -- P set of tasks
	minutes_month INTEGER NOT NULL,
	tariff_cents INTEGER NOT NULL,   -- per hour
	participation_bp INTEGER NOT NULL, -- what the person pays, in 1/10000
	starts_on INTEGER NOT NULL,
	ends_on INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX plan_line_person ON plan_line(person_id);

CREATE TABLE request (
	id BLOB PRIMARY KEY,
	territory TEXT NOT NULL REFERENCES territory,
	person_id BLOB NOT NULL REFERENCES person,
	plan_line_id BLOB REFERENCES plan_line,
	mode INTEGER NOT NULL,
	payer INTEGER NOT NULL,
	criticality INTEGER NOT NULL,
	own_words TEXT NOT NULL,         -- P unchanged for ever
	read_back TEXT NOT NULL,         -- P the sentence that was confirmed
	tasks INTEGER NOT NULL,          -- P set of tasks
	rrule TEXT NOT NULL,             -- canonical RFC 5545; '' = once on starts_on
	exdates TEXT NOT NULL DEFAULT '', -- ISO days, comma between
	is_holidays_excluded INTEGER NOT NULL DEFAULT 0,
	starts_on INTEGER NOT NULL,
	ends_on INTEGER,
	start_minute INTEGER NOT NULL,   -- local hour
	duration_min INTEGER NOT NULL,
	tolerance_min INTEGER NOT NULL,
	carers INTEGER NOT NULL DEFAULT 1,
	preferences TEXT NOT NULL DEFAULT '', -- P
	state INTEGER NOT NULL,
	is_imported INTEGER NOT NULL DEFAULT 0,
	is_read_back INTEGER NOT NULL DEFAULT 0,
	operator_id BLOB REFERENCES operator, -- the one that accepted
	carer_id BLOB REFERENCES carer,  -- the regular carer
	round INTEGER NOT NULL DEFAULT 0,
	asked_at INTEGER NOT NULL,
	transmitted_at INTEGER,
	answered_at INTEGER,
	suspended_until_on INTEGER,
	planned_until_on INTEGER,        -- visits exist up to and including this day
	look_at INTEGER,
	external_ref TEXT NOT NULL DEFAULT '',               -- reference of the operator's software
	version INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX request_person ON request(person_id);
CREATE INDEX request_operator ON request(operator_id, state);
CREATE INDEX request_look ON request(look_at) WHERE look_at IS NOT NULL;
CREATE INDEX request_carer ON request(carer_id) WHERE carer_id IS NOT NULL;
CREATE UNIQUE INDEX request_external ON request(territory, external_ref) WHERE external_ref <> '';

CREATE TABLE request_answer (        -- one line per operator asked
	request_id BLOB NOT NULL REFERENCES request,
	round INTEGER NOT NULL,
	operator_id BLOB NOT NULL REFERENCES operator,
	territory TEXT NOT NULL,
	transmitted_at INTEGER NOT NULL,
	answered_at INTEGER,
	answer INTEGER NOT NULL,
	reason INTEGER NOT NULL DEFAULT 0,
	note TEXT NOT NULL DEFAULT '',   -- P
	PRIMARY KEY (request_id, round, operator_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX request_answer_operator ON request_answer(operator_id, answer);

CREATE TABLE visit (
	id BLOB PRIMARY KEY,             -- 40 bits of first start, 88 bits of keyed hash of (request, RECURRENCE-ID)
	territory TEXT NOT NULL,
	request_id BLOB NOT NULL REFERENCES request,
	person_id BLOB NOT NULL REFERENCES person,
	operator_id BLOB REFERENCES operator, -- NULL: sans opérateur
	accepted_operator_id BLOB,       -- whose promise it is, even when another operator serves it
	carer_id BLOB REFERENCES carer,  -- NULL: sans intervenant
	regular_carer_id BLOB,           -- who was to come first
	plan_line_id BLOB,
	mode INTEGER NOT NULL, payer INTEGER NOT NULL, criticality INTEGER NOT NULL,
	tasks INTEGER NOT NULL,          -- P
	recurrence_on INTEGER NOT NULL,  -- RECURRENCE-ID: local day ...
	recurrence_minute INTEGER NOT NULL, -- ... and hour
	asked_start_at INTEGER NOT NULL, -- the promise; a move agreed by the person changes it
	start_at INTEGER NOT NULL,       -- [start_at, end_at)
	end_at INTEGER NOT NULL,
	remind_at INTEGER,               -- when the reminder is due; NULL: none wanted
	next_need_at INTEGER,            -- start of the person's next visit, bounds "missed"
	tolerance_min INTEGER NOT NULL,
	policy_version INTEGER NOT NULL DEFAULT 0, -- stamped at freeze
	measure_version INTEGER NOT NULL DEFAULT 0,
	assignment INTEGER NOT NULL DEFAULT 0,
	state INTEGER NOT NULL,
	step INTEGER NOT NULL DEFAULT 0, -- next step of the watch
	frozen_at INTEGER,
	right_at INTEGER,                -- right to replacement opened
	told_at INTEGER,                 -- person told of the lateness
	replaced_at INTEGER,             -- covered again after a failure
	announced_min INTEGER NOT NULL DEFAULT 0, -- lateness announced by the carer
	started_at INTEGER, started_recorded_at INTEGER, start_proof INTEGER NOT NULL DEFAULT 0,
	ended_at INTEGER, ended_recorded_at INTEGER, end_proof INTEGER NOT NULL DEFAULT 0,
	door_at INTEGER,
	tasks_done INTEGER NOT NULL DEFAULT 0, -- P
	is_corrected INTEGER NOT NULL DEFAULT 0,
	is_unknown INTEGER NOT NULL DEFAULT 0, -- device not synchronised, or platform outage
	unknown_until_at INTEGER,
	cause INTEGER NOT NULL DEFAULT 0, operator_cause INTEGER NOT NULL DEFAULT 0,
	attestation INTEGER NOT NULL DEFAULT 0,
	attested_at INTEGER,
	is_contested INTEGER NOT NULL DEFAULT 0,
	cancelled_at INTEGER, cancel_by INTEGER NOT NULL DEFAULT 0, notice_min INTEGER NOT NULL DEFAULT 0,
	supplee_min INTEGER NOT NULL DEFAULT 0,
	wave INTEGER NOT NULL DEFAULT 0, -- offer waves made
	verdict INTEGER NOT NULL DEFAULT 0,
	look_at INTEGER,                 -- next instant at which something becomes true by itself; NULL: never
	harm INTEGER NOT NULL DEFAULT 9, -- order among those due: 0 worst
	version INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX visit_look ON visit(look_at) WHERE look_at IS NOT NULL;
CREATE INDEX visit_person ON visit(person_id, start_at);
CREATE INDEX visit_operator ON visit(operator_id, start_at);
CREATE INDEX visit_carer ON visit(carer_id, start_at) WHERE carer_id IS NOT NULL;
CREATE INDEX visit_request ON visit(request_id, start_at);
CREATE INDEX visit_territory ON visit(territory, start_at);

CREATE TABLE day_batch (             -- "confirmées la veille": one per operator and day
	operator_id BLOB NOT NULL,       -- sans opérateur: the territory's own id
	day_on INTEGER NOT NULL,
	territory TEXT NOT NULL,
	visits INTEGER NOT NULL,
	minutes INTEGER NOT NULL,
	without_carer INTEGER NOT NULL,
	digest_hash BLOB NOT NULL,
	frozen_at INTEGER NOT NULL,
	PRIMARY KEY (territory, day_on, operator_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE qualification (
	carer_id BLOB NOT NULL REFERENCES carer,
	kind INTEGER NOT NULL,
	territory TEXT NOT NULL,
	state INTEGER NOT NULL,
	issued_on INTEGER NOT NULL,
	expires_on INTEGER,
	issuer TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (carer_id, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE availability (          -- weekly hours when a carer can be asked
	carer_id BLOB NOT NULL REFERENCES carer,
	weekday INTEGER NOT NULL,        -- 1 Monday .. 7 Sunday
	from_minute INTEGER NOT NULL,
	until_minute INTEGER NOT NULL,
	PRIMARY KEY (carer_id, weekday, from_minute)
) STRICT, WITHOUT ROWID;

CREATE TABLE absence (
	id BLOB PRIMARY KEY,
	carer_id BLOB NOT NULL REFERENCES carer,
	territory TEXT NOT NULL,
	from_at INTEGER NOT NULL,
	until_at INTEGER NOT NULL,
	kind INTEGER NOT NULL,
	declared_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX absence_carer ON absence(carer_id, until_at);

CREATE TABLE offer (
	id BLOB PRIMARY KEY,
	territory TEXT NOT NULL,
	visit_id BLOB NOT NULL REFERENCES visit,
	carer_id BLOB NOT NULL REFERENCES carer,
	operator_id BLOB,
	wave INTEGER NOT NULL,
	rank INTEGER NOT NULL,
	reasons TEXT NOT NULL,           -- keys of the reasons, space between, shown to whoever decides
	travel_min INTEGER NOT NULL,
	travel_m INTEGER NOT NULL,
	amplitude_min INTEGER NOT NULL,
	state INTEGER NOT NULL,          -- a decline is read by the carer only
	offered_at INTEGER NOT NULL,
	expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX offer_visit ON offer(visit_id);
CREATE INDEX offer_carer ON offer(carer_id, state);
CREATE INDEX offer_expiry ON offer(expires_at) WHERE state = 0;

CREATE TABLE notice (                -- the outbox: written in the same transaction as its reason
	id BLOB PRIMARY KEY,
	territory TEXT NOT NULL,
	person_id BLOB,                  -- whom it concerns
	visit_id BLOB,
	recipient_role INTEGER NOT NULL,
	recipient_id BLOB NOT NULL,      -- person, contact, carer, operator or account
	channel INTEGER NOT NULL,
	key TEXT NOT NULL,               -- message key
	args TEXT NOT NULL,              -- P arguments, one a line
	state INTEGER NOT NULL,
	tries INTEGER NOT NULL DEFAULT 0,
	made_at INTEGER NOT NULL,
	look_at INTEGER,        -- not before (quiet hours), or next try
	until_at INTEGER,                -- useless after
	harm INTEGER NOT NULL,
	done_at INTEGER,
	result INTEGER NOT NULL DEFAULT 0 -- of a human call
) STRICT, WITHOUT ROWID;
CREATE INDEX notice_look ON notice(look_at) WHERE look_at IS NOT NULL;
CREATE INDEX notice_visit ON notice(visit_id) WHERE visit_id IS NOT NULL;
CREATE INDEX notice_recipient ON notice(recipient_id, made_at);
CREATE INDEX notice_calls ON notice(territory, look_at) WHERE channel = 2 AND state = 0;

CREATE TABLE signalement (
	id BLOB PRIMARY KEY,
	territory TEXT NOT NULL,
	person_id BLOB NOT NULL,
	operator_id BLOB,
	request_id BLOB,
	state INTEGER NOT NULL,
	facts INTEGER NOT NULL,          -- bits of the four facts
	visits INTEGER NOT NULL,
	first_on INTEGER NOT NULL,
	last_on INTEGER NOT NULL,
	is_illtreatment INTEGER NOT NULL DEFAULT 0,
	note TEXT NOT NULL DEFAULT '',   -- P
	reading INTEGER NOT NULL DEFAULT 0,
	proposed_at INTEGER NOT NULL,
	facts_at INTEGER NOT NULL DEFAULT 0, -- of the last new facts
	decided_at INTEGER, decided_by_id BLOB,
	recipient TEXT NOT NULL DEFAULT '',
	annex BLOB,                      -- sealed; the key is the addressee's
	sent_at INTEGER, acknowledged_at INTEGER, closed_at INTEGER,
	supplement INTEGER NOT NULL DEFAULT 0,
	look_at INTEGER,
	version INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX signalement_person ON signalement(person_id);
CREATE INDEX signalement_request ON signalement(request_id) WHERE request_id IS NOT NULL;
CREATE INDEX signalement_state ON signalement(territory, state);
CREATE INDEX signalement_look ON signalement(look_at) WHERE look_at IS NOT NULL;

CREATE TABLE recipient (             -- of reports: dated data
	id BLOB PRIMARY KEY,
	territory TEXT NOT NULL,
	kind TEXT NOT NULL,              -- ars_cell, procureur, defenseur_des_droits, departement
	name TEXT NOT NULL,
	channel INTEGER NOT NULL,
	address TEXT NOT NULL,
	public_key TEXT NOT NULL,        -- of the addressee, sealed box
	from_on INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX recipient_territory ON recipient(territory);

CREATE TABLE decision (              -- one register of decisions about a person or carer (S2)
	id BLOB PRIMARY KEY,
	territory TEXT NOT NULL,
	kind INTEGER NOT NULL,
	about_id BLOB NOT NULL,
	person_id BLOB,
	human_id BLOB NOT NULL,          -- account that decided
	reason TEXT NOT NULL,            -- P
	taken_at INTEGER NOT NULL,
	effective_on INTEGER NOT NULL,
	appeal_until_on INTEGER NOT NULL,
	appealed_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_about ON decision(about_id);

CREATE TABLE bilan (
	id BLOB PRIMARY KEY,
	territory TEXT NOT NULL,
	operator_id BLOB,                -- NULL: the territory
	month TEXT NOT NULL,             -- YYYY-MM
	edition INTEGER NOT NULL,
	state INTEGER NOT NULL,
	body TEXT NOT NULL,              -- canonical JSON
	facts_hash BLOB NOT NULL,
	reply TEXT NOT NULL DEFAULT '',
	published_at INTEGER NOT NULL,
	look_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX bilan_edition ON bilan(territory, month, operator_id, edition);
CREATE INDEX bilan_look ON bilan(look_at) WHERE look_at IS NOT NULL;

CREATE TABLE read_journal (          -- who has seen my data: each read of address, needs or codes
	id BLOB PRIMARY KEY,
	territory TEXT NOT NULL,
	person_id BLOB NOT NULL,
	account_id BLOB NOT NULL,
	role INTEGER NOT NULL,
	what TEXT NOT NULL,
	read_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX read_journal_person ON read_journal(person_id, read_at);

CREATE TABLE cahier (                -- cahier de liaison
	id BLOB PRIMARY KEY,
	territory TEXT NOT NULL,
	person_id BLOB NOT NULL REFERENCES person,
	visit_id BLOB,
	author_role INTEGER NOT NULL,
	author_id BLOB NOT NULL,
	body TEXT NOT NULL,              -- P
	written_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX cahier_person ON cahier(person_id, written_at);

-- the ledger: append only
CREATE TABLE event (
	seq INTEGER PRIMARY KEY,         -- leaf index, from 0
	at INTEGER NOT NULL,             -- recorded, µs
	kind INTEGER NOT NULL,
	subject_id BLOB NOT NULL,
	version INTEGER NOT NULL,        -- of the aggregate after this event
	person_id BLOB,
	public TEXT NOT NULL,            -- canonical JSON
	commitment_hash BLOB,            -- HMAC of the private part; NULL when there is none
	leaf_hash BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX event_key ON event(subject_id, kind, version);
CREATE TABLE event_private (         -- erasable
	seq INTEGER PRIMARY KEY REFERENCES event,
	person_id BLOB NOT NULL,
	private TEXT NOT NULL            -- P canonical JSON
) STRICT;
CREATE INDEX event_private_person ON event_private(person_id);
CREATE TABLE tile (                  -- complete tiles of 256 hashes; level 0 = leaves
	level INTEGER NOT NULL,
	idx INTEGER NOT NULL,
	hashes BLOB NOT NULL,
	PRIMARY KEY (level, idx)
) STRICT, WITHOUT ROWID;
CREATE TABLE head (                  -- signed heads (checkpoint texts)
	size INTEGER PRIMARY KEY,
	checkpoint TEXT NOT NULL,
	signed_at INTEGER NOT NULL
) STRICT;
