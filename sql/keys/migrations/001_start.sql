-- 001_start.sql - the keys of persons and carers, in a file of its own (keys.db): its backups rotate fast,
-- because whoever has a key and an old backup can still read what was erased.

CREATE TABLE person_key (
	person_id BLOB PRIMARY KEY,
	key BLOB NOT NULL                -- 32 random bytes
) STRICT, WITHOUT ROWID;

CREATE TABLE erasure (               -- what a restore of an older database must erase again
	person_id BLOB PRIMARY KEY,
	erased_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE secret (                -- other secrets of this instance, 32 random bytes each
	name TEXT PRIMARY KEY,           -- "id": ids of visits (keyed hash)
	value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
