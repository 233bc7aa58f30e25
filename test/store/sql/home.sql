-- include: store/home.h
-- Statements that use every annotation of tools/sqlc.py.

-- name: home_insert :exec struct home
-- field opens_at hours.opens
INSERT INTO home (id, name, note, kind, small, opens_at, since_on, price_cents, is_open,
	seal_hash, photo, parent_id)
VALUES (:id, :name, :note, :kind, :small, :opens_at, :since_on, :price_cents, :is_open,
	:seal_hash, :photo, :parent_id);

-- name: home_get :one struct home
-- The home, whole.
SELECT id, name, note, kind, small, opens_at AS "hours.opens", since_on, price_cents, is_open,
	seal_hash, photo, parent_id FROM home WHERE id = :id; -- a comment at the end

-- name: home_by_name :one struct home
SELECT id, name, kind FROM home WHERE name = :name;

-- name: home_all :many struct home as struct homes
-- scan: ok the test has few
SELECT id, name, kind FROM home ORDER BY name;

-- name: home_open :many
-- param limit int
SELECT id, opens_at, 'it''s -- open; yes' AS "said text", kind + 1 AS "n int" FROM home
WHERE is_open = 1 AND opens_at <= :now_at ORDER BY opens_at LIMIT :limit;

-- name: home_each :each struct home
-- scan: ok the test has few
SELECT id, name FROM home;

-- name: home_names :each
-- scan: ok the test has few
SELECT name, length(name) AS "n int" FROM home;

-- name: home_close :count
UPDATE home SET is_open = 0 WHERE opens_at <= :until_at AND is_open = 1;

-- name: home_without_note :count
-- scan: ok counted in a test
UPDATE home SET small = small WHERE note IS NULL;

-- name: home_drop :exec
DELETE FROM home WHERE id = :id;

-- name: home_take :one
-- param delta int
-- Writes and reads in one statement.
UPDATE home SET small = small + :delta WHERE id = :id RETURNING small, is_open;

-- name: home_set_kind :exec
UPDATE home SET kind = :kind WHERE id = :id;

-- name: home_count :one
-- scan: ok counted in a test
SELECT count(*) AS "n int" FROM home;

-- name: tag_insert :exec
INSERT INTO tag (home_id, tag) VALUES (:home_id, :tag);

-- name: tag_many :many
WITH wanted AS (SELECT home_id, tag FROM tag WHERE home_id = :home_id)
SELECT tag FROM wanted ORDER BY tag;
