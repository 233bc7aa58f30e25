-- The ledger's own rows.  They are written by store/ledger.c only.

-- name: event_insert :exec
INSERT INTO event (seq, at, kind, subject_id, version, person_id, public, commitment_hash,
	leaf_hash)
VALUES (:seq, :at, :kind, :subject_id, :version, :person_id, :public, :commitment_hash,
	:leaf_hash);

-- name: event_private_insert :exec
INSERT INTO event_private (seq, person_id, private) VALUES (:seq, :person_id, :private);

-- name: event_size :one
-- scan: ok one row, the last of the primary key
-- Leaves of the tree.
SELECT coalesce((SELECT seq + 1 FROM event ORDER BY seq DESC LIMIT 1), 0) AS "size int";

-- name: event_leaves :each
-- param from_seq int
-- param until int
-- Leaf hashes as bytes: a damaged row must be found, not stop the program.
SELECT seq, leaf_hash AS "leaf bytes" FROM event WHERE seq >= :from_seq AND seq < :until
ORDER BY seq;

-- name: event_all :each
-- scan: ok the whole recomputation
-- Every fact with what was hashed; "has_private int" tells an empty private text from none.
SELECT event.seq, event.at AS "at int", kind, subject_id AS "subject bytes",
	event.version, event.person_id AS "person bytes", public,
	commitment_hash AS "commitment bytes", leaf_hash AS "leaf bytes",
	event_private.seq IS NOT NULL AS "has_private int", private,
	event_private.person_id AS "private_person bytes"
FROM event LEFT JOIN event_private ON event_private.seq = event.seq ORDER BY event.seq;

-- name: event_private_orphans :one
-- scan: ok the whole recomputation
SELECT count(*) AS "n int" FROM event_private WHERE seq NOT IN (SELECT seq FROM event);

-- name: tile_save :exec
INSERT INTO tile (level, idx, hashes) VALUES (:level, :idx, :hashes)
ON CONFLICT (level, idx) DO UPDATE SET hashes = excluded.hashes;

-- name: tile_find :one
SELECT hashes FROM tile WHERE level = :level AND idx = :idx;

-- name: tile_count :one
-- scan: ok the whole recomputation
SELECT count(*) AS "n int" FROM tile;

-- name: head_put :exec
INSERT INTO head (size, checkpoint, signed_at) VALUES (:size, :checkpoint, :signed_at)
ON CONFLICT (size) DO NOTHING;

-- name: head_last :one
-- scan: ok one row, the last of the primary key
-- The newest signed head.
SELECT size, checkpoint, signed_at FROM head ORDER BY size DESC LIMIT 1;

-- name: head_at :one
SELECT size, checkpoint, signed_at FROM head WHERE size = :size;

-- name: head_all :many
-- scan: ok the whole recomputation
SELECT size, checkpoint FROM head ORDER BY size;

-- name: event_private_of :many
-- param limit int
-- What one person's facts say in private, newest first (her own access, article 15).
SELECT event.seq, event.at AS "at ts", kind, public, private
FROM event_private JOIN event USING (seq) WHERE event_private.person_id = :person_id
ORDER BY event.seq DESC LIMIT :limit;

-- name: meta_get :one
SELECT value FROM meta WHERE key = :key;

-- name: meta_put :exec
INSERT INTO meta (key, value) VALUES (:key, :value)
ON CONFLICT (key) DO UPDATE SET value = excluded.value;
