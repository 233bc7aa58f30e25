/* ledger_fuzz.c - the texts that carry trust: key files, signed heads, receipts.
 * Law: a text is read in its one form, so a key or receipt that is read is written back as
 * it was, and no signature holds under a key that did not make it.
 */
#include "fuzz.h"
#include "ledger/checkpoint.h"
#include "ledger/proof.h"

/* A final newline of a key file is allowed, and not written back. */
static str line_of(str s)
{
	return str_ends(s, S("\n")) ? str_sub(s, 0, s.n - 1) : s;
}

static void keys(struct arena *a, str s)
{
	struct signing_key k;
	if (key_private_parse(a, s, &k) == OK)
		ASSERT(str_eq(key_private_text(a, &k), line_of(s)));
	struct public_key p;
	if (key_public_parse(a, s, &p) == OK)
		ASSERT(str_eq(key_public_text(a, &p), line_of(s)));
}

static void heads(struct arena *a, str s)
{
	static const uint8_t seed[32] = "no head was ever signed by it";
	struct signed_checkpoint *c = ARENA_NEW(a, struct signed_checkpoint);
	if (checkpoint_parse(a, s, c) != OK)
		return;
	ASSERT(c->n <= CHECKPOINT_SIGNATURES);
	struct signing_key k;
	int64_t seconds;
	if (key_make(c->head.origin, KEY_LOG, seed, &k) == OK)
		ASSERT(checkpoint_check(c, &k.pub, &seconds) != OK);
	str signed_text;
	if (key_make(S("temoin.example"), KEY_WITNESS, seed, &k) == OK &&
	    checkpoint_cosign(a, s, &k, 1, &signed_text) == OK) {
		ASSERT(checkpoint_parse(a, signed_text, c) == OK);
		ASSERT(checkpoint_check(c, &k.pub, &seconds) == OK && seconds == 1);
	}
}

static void receipts(struct arena *a, str s)
{
	struct receipt *r = ARENA_NEW(a, struct receipt);
	if (receipt_parse(a, s, r) != OK)
		return;
	ASSERT(r->proof.n <= PROOF_MAX);
	struct buf b = buf_init(a, 0);
	receipt_put(&b, r);
	ASSERT(str_eq(buf_str(&b), s));
}

void fuzz_one(struct arena *a, str input)
{
	keys(a, input);
	heads(a, input);
	receipts(a, input);
}
