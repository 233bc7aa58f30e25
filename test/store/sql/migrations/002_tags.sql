CREATE TABLE tag (home_id BLOB NOT NULL REFERENCES home, tag TEXT NOT NULL,
	PRIMARY KEY (home_id, tag)) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX home_name ON home(name);
CREATE INDEX home_open ON home(opens_at) WHERE is_open = 1;
