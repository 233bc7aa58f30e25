-- A small schema that meets every convention of names and types.
CREATE TABLE home (
	id BLOB PRIMARY KEY,
	name TEXT NOT NULL,
	note TEXT,
	kind INTEGER NOT NULL,
	small INTEGER NOT NULL DEFAULT 0,
	opens_at INTEGER,
	since_on INTEGER,
	price_cents INTEGER NOT NULL DEFAULT 0,
	is_open INTEGER NOT NULL DEFAULT 0,
	seal_hash BLOB,
	photo BLOB,
	parent_id BLOB REFERENCES home
) STRICT, WITHOUT ROWID;
