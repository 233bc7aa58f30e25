#include "ledger/checkpoint.h"

#include "base/ed25519.h"

#define SIGNATURE ED25519_SIG
#define DASH      "\xe2\x80\x94 " /* em dash and a blank begin each signature line */

/* ---- keys */

bool key_name_ok(str name)
{
	if (name.n == 0 || name.n > 255)
		return false;
	for (size_t i = 0; i < name.n; i++) /* ASCII only: stricter than the format */
		if (name.p[i] <= ' ' || name.p[i] >= 0x7f || name.p[i] == '+')
			return false;
	return true;
}

static void set_id(struct public_key *k)
{
	char kind = (char)k->kind;
	str parts[] = { k->name, S("\n"), { &kind, 1 }, { (const char *)k->key, 32 } };
	struct hash h = sha256_parts(parts, 4);
	memcpy(k->id, h.b, sizeof k->id);
}

enum err key_make(str name, enum key_kind kind, const uint8_t seed[32],
		  struct signing_key *ret)
{
	struct signing_key k = { .pub = { .name = name, .kind = kind } };
	if (!key_name_ok(name))
		return ERR_INPUT;
	memcpy(k.seed, seed, sizeof k.seed);
	ed25519_public(seed, k.pub.key);
	set_id(&k.pub);
	*ret = k;
	return OK;
}

static str key_text(struct arena *a, const char *head, const struct public_key *k,
		    const uint8_t bytes[32])
{
	uint8_t data[33];
	data[0] = (uint8_t)k->kind;
	memcpy(data + 1, bytes, 32);
	str id = str_hex(a, k->id, 4),
	    b64 = str_base64(a, (str){ (char *)data, sizeof data });
	wipe(data, sizeof data);
	return str_fmt(a, "%s%" PRIstr "+%" PRIstr "+%" PRIstr, head, STR(k->name), STR(id),
		       STR(b64));
}

str key_private_text(struct arena *a, const struct signing_key *k)
{
	return key_text(a, "PRIVATE+KEY+", &k->pub, k->seed);
}

str key_public_text(struct arena *a, const struct public_key *k)
{
	return key_text(a, "", k, k->key);
}

/* name+id+base64(kind ‖ 32 bytes) */
static enum err key_parts(struct arena *a, str text, struct public_key *k,
			  uint8_t bytes[32])
{
	if (str_ends(text, S("\n")))
		text = str_sub(text, 0, text.n - 1);
	str name = str_cut(&text, '+'), id = str_cut(&text, '+'), data;
	if (!key_name_ok(name) || str_unhex(id, k->id, 4) != OK)
		return ERR_SYNTAX;
	TRY(str_unbase64(a, text, &data));
	if (data.n != 33 || (data.p[0] != KEY_LOG && data.p[0] != KEY_WITNESS))
		return ERR_SYNTAX;
	k->name = name;
	k->kind = (enum key_kind)data.p[0];
	memcpy(bytes, data.p + 1, 32);
	return OK;
}

enum err key_private_parse(struct arena *a, str text, struct signing_key *ret)
{
	struct public_key p = { 0 };
	struct signing_key k;
	uint8_t seed[32];
	if (!str_starts(text, S("PRIVATE+KEY+")))
		return ERR_SYNTAX;
	TRY(key_parts(a, str_from(text, 12), &p, seed));
	TRY(key_make(p.name, p.kind, seed, &k));
	wipe(seed, sizeof seed);
	if (memcmp(k.pub.id, p.id, 4) != 0)
		return ERR_SYNTAX;
	*ret = k;
	return OK;
}

enum err key_public_parse(struct arena *a, str text, struct public_key *ret)
{
	struct public_key k = { 0 }, again;
	TRY(key_parts(a, text, &k, k.key));
	again = k;
	set_id(&again);
	if (memcmp(k.id, again.id, 4) != 0)
		return ERR_SYNTAX;
	*ret = k;
	return OK;
}

/* ---- signing */

static void put_signature(struct buf *b, const struct public_key *k, str bytes)
{
	str all = str_cat(b->arena, (str){ (const char *)k->id, 4 }, bytes);
	BUF_LIT(b, DASH);
	buf_put(b, k->name);
	buf_byte(b, ' ');
	buf_put(b, str_base64(b->arena, all));
	buf_byte(b, '\n');
}

str checkpoint_sign(struct arena *a, const struct signing_key *k, uint64_t size,
		    const struct hash *root)
{
	ASSERT(k->pub.kind == KEY_LOG && size <= INT64_MAX);
	struct buf b = buf_init(a, CHECKPOINT_MAX);
	uint8_t sig[SIGNATURE];
	buf_put(&b, k->pub.name);
	buf_byte(&b, '\n');
	buf_int(&b, (int64_t)size);
	buf_byte(&b, '\n');
	buf_put(&b, str_base64(a, (str){ (const char *)root->b, 32 }));
	buf_byte(&b, '\n');
	ed25519_sign(k->seed, buf_str(&b), sig);
	buf_byte(&b, '\n');
	put_signature(&b, &k->pub, (str){ (const char *)sig, sizeof sig });
	return buf_str(&b);
}

/* What a witness signs (tlog-cosignature v1). */
static str cosigned(struct arena *a, int64_t seconds, str note)
{
	str head = str_fmt(a, "cosignature/v1\ntime %lld\n", (long long)seconds);
	return str_cat(a, head, note);
}

enum err checkpoint_cosign(struct arena *a, str text, const struct signing_key *k,
			   int64_t seconds, str *ret)
{
	ASSERT(k->pub.kind == KEY_WITNESS && seconds >= 0);
	struct signed_checkpoint *c = ARENA_NEW(a, struct signed_checkpoint);
	uint8_t bytes[8 + SIGNATURE];
	TRY(checkpoint_parse(a, text, c));
	for (int i = 0; i < 8; i++)
		bytes[i] = (uint8_t)((uint64_t)seconds >> (56 - 8 * i));
	ed25519_sign(k->seed, cosigned(a, seconds, c->note), bytes + 8);
	struct buf b = buf_init(a, CHECKPOINT_MAX);
	buf_put(&b, text);
	put_signature(&b, &k->pub, (str){ (const char *)bytes, sizeof bytes });
	if (b.overflow || c->n == CHECKPOINT_SIGNATURES)
		return ERR_LIMIT;
	*ret = buf_str(&b);
	return OK;
}

/* ---- reading */

static enum err parse_head(struct arena *a, str note, struct checkpoint *ret)
{
	struct checkpoint c;
	str bytes, origin = str_cut(&note, '\n'), size = str_cut(&note, '\n'),
		   root = str_cut(&note, '\n');
	if (!key_name_ok(origin) || note.p == NULL || note.n)
		return ERR_SYNTAX;
	if (str_uint(size, INT64_MAX, &c.size) != OK || (size.n > 1 && size.p[0] == '0'))
		return ERR_SYNTAX;
	TRY(str_unbase64(a, root, &bytes));
	if (bytes.n != 32)
		return ERR_SYNTAX;
	c.origin = origin;
	memcpy(c.root.b, bytes.p, 32);
	*ret = c;
	return OK;
}

static enum err parse_signature(struct arena *a, str line, struct signature *ret)
{
	str bytes;
	if (!str_starts(line, S(DASH)))
		return ERR_SYNTAX;
	line = str_from(line, sizeof DASH - 1);
	ret->name = str_cut(&line, ' ');
	if (!key_name_ok(ret->name))
		return ERR_SYNTAX;
	TRY(str_unbase64(a, line, &bytes));
	if (bytes.n < 5)
		return ERR_SYNTAX;
	memcpy(ret->id, bytes.p, 4);
	ret->bytes = str_from(bytes, 4);
	return OK;
}

enum err checkpoint_parse(struct arena *a, str text, struct signed_checkpoint *ret)
{
	if (text.n > CHECKPOINT_MAX)
		return ERR_LIMIT;
	size_t gap = str_find(text, S("\n\n"));
	if (gap == SIZE_MAX || !str_ends(text, S("\n")))
		return ERR_SYNTAX;
	struct signed_checkpoint *c = ARENA_NEW(a, struct signed_checkpoint);
	c->note = str_sub(text, 0, gap + 1);
	TRY(parse_head(a, c->note, &c->head));
	str rest = str_sub(text, gap + 2, text.n - 1);
	if (rest.n == 0)
		return ERR_SYNTAX; /* not signed at all */
	while (rest.p) {
		if (c->n == CHECKPOINT_SIGNATURES)
			return ERR_LIMIT;
		TRY(parse_signature(a, str_cut(&rest, '\n'), &c->v[c->n]));
		c->n++;
	}
	*ret = *c;
	return OK;
}

/* ---- checking */

static bool signature_ok(const struct public_key *k, str bytes, const str *parts, size_t n)
{
	uint8_t message[CHECKPOINT_MAX + 64];
	size_t used = 0;
	for (size_t i = 0; i < n; i++) {
		if (parts[i].n > sizeof message - used)
			return false;
		memcpy(message + used, parts[i].p, parts[i].n);
		used += parts[i].n;
	}
	return bytes.n == SIGNATURE &&
	       ed25519_verify(k->key, (str){ (const char *)message, used },
			      (const uint8_t *)bytes.p);
}

static bool witness_ok(const struct public_key *k, str note, str bytes,
		       int64_t *ret_seconds)
{
	if (bytes.n != 8 + SIGNATURE || (uint8_t)bytes.p[0] & 0x80)
		return false;
	int64_t seconds = 0;
	for (int i = 0; i < 8; i++)
		seconds = seconds << 8 | (uint8_t)bytes.p[i];
	char digits[20];
	size_t at = sizeof digits;
	int64_t v = seconds;
	do
		digits[--at] = (char)('0' + v % 10);
	while (v /= 10);
	str parts[] = { S("cosignature/v1\ntime "),
			{ digits + at, sizeof digits - at },
			S("\n"),
			note };
	if (!signature_ok(k, str_from(bytes, 8), parts, 4))
		return false;
	if (ret_seconds)
		*ret_seconds = seconds;
	return true;
}

enum err checkpoint_check(const struct signed_checkpoint *c, const struct public_key *k,
			  int64_t *ret_seconds)
{
	enum err e = ERR_NOT_FOUND;
	if (k->kind == KEY_LOG && !str_eq(k->name, c->head.origin))
		return ERR_CRYPTO;
	for (size_t i = 0; i < c->n; i++) {
		const struct signature *s = &c->v[i];
		if (!str_eq(s->name, k->name) || memcmp(s->id, k->id, 4) != 0)
			continue;
		bool good = k->kind == KEY_LOG
				    ? signature_ok(k, s->bytes, &c->note, 1)
				    : witness_ok(k, c->note, s->bytes, ret_seconds);
		if (!good)
			return ERR_CRYPTO; /* a note with a wrong signature is to be refused */
		e = OK;
	}
	return e;
}
