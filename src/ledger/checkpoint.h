/* checkpoint.h - the signed head of the tree, in the text formats of C2SP (c2sp.org):
 * tlog-checkpoint in a signed-note, with Ed25519 (RFC 8032), and tlog-cosignature.
 *
 *   vigie.example/76                     origin: the name of the log and of its key
 *   4711                                 leaves
 *   Vcw...=                              root, base64
 *                                        (an empty line)
 *   — vigie.example/76 base64(4 bytes of key id ‖ 64 bytes of signature)
 *   — temoin.example base64(key id ‖ 8 bytes of time ‖ signature)      a witness
 *
 * Key files hold one line, as the signed-note tools write them:
 *   PRIVATE+KEY+name+keyid+base64(0x01 ‖ 32 bytes of seed)
 *   name+keyid+base64(0x01 ‖ 32 bytes of public key)       0x04 for a witness's key
 * The key id is the first 4 bytes of SHA-256(name ‖ 0x0a ‖ type ‖ public key).
 *
 * Memory:  texts go to the arena; a parsed checkpoint borrows from the text it came from.
 * Threads: no hidden state.
 */
#ifndef LEDGER_CHECKPOINT_H
#define LEDGER_CHECKPOINT_H

#include "base/base.h"

#define CHECKPOINT_MAX        ((size_t)16 << 10) /* bytes of a text */
#define CHECKPOINT_SIGNATURES 64

enum key_kind { KEY_LOG = 0x01, KEY_WITNESS = 0x04 };

struct public_key {
	str name; /* no blank, no "+" */
	enum key_kind kind;
	uint8_t id[4];
	uint8_t key[32];
};

struct signing_key {
	struct public_key pub;
	uint8_t seed[32]; /* secret */
};

struct checkpoint {
	str origin;
	uint64_t size;
	struct hash root;
};

struct signature {
	str name;
	uint8_t id[4];
	str bytes; /* after the key id */
};

struct signed_checkpoint {
	struct checkpoint head;
	str note; /* the signed bytes: up to and with the newline before the empty line */
	struct signature v[CHECKPOINT_SIGNATURES];
	size_t n;
};

bool key_name_ok(str name);
/* From 32 random bytes.  ERR_INPUT: a name that is not allowed. */
MUST_USE enum err key_make(str name, enum key_kind kind, const uint8_t seed[32],
			   struct signing_key *ret);

/* The lines of key files, without newline, and back (a final newline is allowed).
 * ERR_SYNTAX: not a key, or its id does not fit.  `name` borrows from the text. */
str key_private_text(struct arena *a, const struct signing_key *k);
str key_public_text(struct arena *a, const struct public_key *k);
MUST_USE enum err key_private_parse(struct arena *a, str text, struct signing_key *ret);
MUST_USE enum err key_public_parse(struct arena *a, str text, struct public_key *ret);

/* The signed text of a head; the origin is the name of the key (a KEY_LOG). */
str checkpoint_sign(struct arena *a, const struct signing_key *k, uint64_t size,
		    const struct hash *root);

/* Adds the line of a witness (KEY_WITNESS), `seconds` since 1970, to a signed text.
 *   ERR_SYNTAX  `text` is not a checkpoint;  ERR_LIMIT  it is full. */
MUST_USE enum err checkpoint_cosign(struct arena *a, str text, const struct signing_key *k,
				    int64_t seconds, str *ret);

/* Reads the form, and nothing else: no signature is checked here.  ERR_SYNTAX for any
 * deviation (extension lines are not used and refused), ERR_LIMIT when too long. */
MUST_USE enum err checkpoint_parse(struct arena *a, str text,
				   struct signed_checkpoint *ret);

/* OK when the checkpoint is signed by `k`; ERR_CRYPTO when a signature of `k` is wrong or
 * `k` is a log key of another origin; ERR_NOT_FOUND when it has none by `k`.  For a
 * witness `ret_seconds` (may be NULL) gets the time of its signature. */
MUST_USE enum err checkpoint_check(const struct signed_checkpoint *c,
				   const struct public_key *k, int64_t *ret_seconds);

#endif
