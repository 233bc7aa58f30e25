/* export_seal.c - sealing and verifying exports: see export_seal.h. */
#include "ledger/export_seal.h"

#include "base/ed25519.h"
#include "ledger/tree.h"

str export_seal(struct arena *a, const struct signing_key *k, struct manifest *m,
		const struct export_file *files, size_t n)
{
	uint8_t sig[ED25519_SIG];
	m->files = ARENA_ARRAY(a, struct manifest_file, n);
	m->n = n;
	m->key = key_public_text(a, &k->pub);
	for (size_t i = 0; i < n; i++)
		m->files[i] = (struct manifest_file){ files[i].name, files[i].bytes.n,
						      sha256(files[i].bytes) };
	struct buf b = buf_init(a, 1 << 20);
	manifest_put(&b, m);
	ed25519_sign(k->seed, buf_str(&b), sig);
	BUF_LIT(&b, "signature ");
	buf_put(&b, str_hex(a, sig, sizeof sig));
	buf_byte(&b, '\n');
	ASSERT(!b.overflow);
	return buf_str(&b);
}

struct hash leaves_root(str leaves)
{
	struct tree t = { 0 };
	for (size_t i = 0; i + 32 <= leaves.n; i += 32) {
		struct hash h;
		memcpy(h.b, leaves.p + i, 32);
		tree_add(&t, &h);
	}
	return tree_root(&t);
}

static enum err check_head(struct arena *a, const struct manifest *m, str head, str leaves,
			   const struct public_key *k, str *ret_why)
{
	struct signed_checkpoint c;
	*ret_why = S("head.txt");
	TRY(checkpoint_parse(a, head, &c));
	TRY(checkpoint_check(&c, k, NULL));
	struct hash root = leaves_root(leaves);
	if (c.head.size != m->tree_size || !hash_eq(&c.head.root, &m->tree_root))
		return ERR_DAMAGED;
	*ret_why = S("leaves.bin");
	return hash_eq(&root, &m->tree_root) ? OK : ERR_DAMAGED;
}

static enum err check_signature(struct arena *a, const struct manifest *m, str known,
				struct public_key *ret_key)
{
	TRY(key_public_parse(a, m->key, ret_key));
	if (!str_eq(key_public_text(a, ret_key), m->key) || ret_key->kind != KEY_LOG)
		return ERR_SYNTAX;
	if (known.n && !str_eq(str_trim(known), m->key))
		return ERR_CRYPTO;
	return ed25519_verify(ret_key->key, m->signed_part, m->signature) ? OK : ERR_CRYPTO;
}

enum err export_verify(struct arena *a, const struct export_file *files, size_t n,
		       str known, struct manifest *ret, str *ret_why)
{
	struct export_file *others = ARENA_ARRAY(a, struct export_file, n);
	str manifest = { 0 }, head = { 0 }, leaves = { 0 };
	size_t others_n = 0;
	for (size_t i = 0; i < n; i++) {
		if (str_eq(files[i].name, S(EXPORT_MANIFEST))) {
			manifest = files[i].bytes;
			continue;
		}
		if (str_eq(files[i].name, S("head.txt")))
			head = files[i].bytes;
		if (str_eq(files[i].name, S("leaves.bin")))
			leaves = files[i].bytes;
		others[others_n++] = files[i];
	}
	struct manifest m;
	struct public_key k;
	*ret_why = S(EXPORT_MANIFEST);
	TRY(manifest_parse(a, manifest, &m));
	TRY(check_signature(a, &m, known, &k));
	TRY(manifest_check(&m, others, others_n, ret_why));
	TRY(check_head(a, &m, head, leaves, &k, ret_why));
	TRY(export_check(a, &m, others, others_n, ret_why));
	*ret = m;
	return OK;
}
