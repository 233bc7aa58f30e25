-- Statements on keys.db (store/ledger.c, store/erase.c).

-- name: key_get :one
SELECT key FROM person_key WHERE person_id = :person_id;

-- name: key_put :exec
INSERT INTO person_key (person_id, key) VALUES (:person_id, :key);

-- name: key_delete :exec
DELETE FROM person_key WHERE person_id = :person_id;

-- name: erasure_put :exec
INSERT INTO erasure (person_id, erased_at) VALUES (:person_id, :erased_at)
ON CONFLICT (person_id) DO NOTHING;

-- name: erasure_get :one
SELECT erased_at FROM erasure WHERE person_id = :person_id;

-- name: erasure_all :many
-- scan: ok few; read at start and after a restore
SELECT person_id, erased_at FROM erasure ORDER BY person_id;

-- name: secret_get :one
SELECT value FROM secret WHERE name = :name;

-- name: secret_put :exec
INSERT INTO secret (name, value) VALUES (:name, :value);
