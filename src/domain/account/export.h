/* export.h - the files of an export: from a closed month to bytes, and back to a bilan.
 *
 *   manifest.txt      what is below, byte for byte, signed
 *   head.txt          signed head of the ledger (C2SP checkpoint)
 *   leaves.bin        the hash of every leaf, 32 bytes each, in the order of the ledger
 *   76-totals.csv     header of the bilan and totals of the territory   cle,valeur
 *   76-lines.csv      lines, and what each declares over at least 11 persons
 *   76-visits.csv     one closing fact per visit, in the order of its reference (drawn order)
 *   76-answers.csv    one fact per answer, sorted
 *   76-bilan.json     the bilan, as `vigie bilan` prints it
 *   76-bilan.csv      the same
 *
 * Every file has exactly one form: LF, no blank, no quote that is not needed, integers without
 * leading zeros, 0 and 1 for no and yes.  A reader parses a row, writes it again and compares.
 *
 * The reference of a fact is HMAC-SHA-256(salt, "vigie-fact-1" ‖ 0x0a ‖ 32 bytes of the visit's
 * last leaf ‖ the row without its reference); the salt, 32 bytes, is HMAC-SHA-256(secret,
 * month ‖ 8 bytes of the edition, high first ‖ 16 bytes of the visit's id).  Who is given the salt and the leaf (the person, an
 * accredited verifier) finds the row; who is not learns nothing, and two editions do not
 * show which rows are the same visit.
 *
 * The bilan.json and bilan.csv are recomputed from the four other files of the territory and
 * must come out equal.
 *
 * Memory:  the caller's arena and bufs.  Threads: no hidden state.
 */
#ifndef DOMAIN_ACCOUNT_EXPORT_H
#define DOMAIN_ACCOUNT_EXPORT_H

#include "domain/account/facts.h"

#define EXPORT_FILES_MAX  1024
#define EXPORT_ROW_MAX    256
#define EXPORT_FIGURE_MAX INT64_C(100000000000000) /* 10^14: sums and rates fit */
#define EXPORT_VISITS_MAX (INT64_C(1) << 24)       /* of a line */

struct export_file {
	str name, bytes;
};

/* Where a large file goes, piece by piece; its error is passed on. */
struct export_sink {
	void *ctx;
	enum err (*write)(void *ctx, str bytes);
};

struct hash export_salt(str secret, str month, int64_t edition, struct id visit);
/* `row` is the row without its reference, as export_fact_row() writes it. */
struct hash export_ref(const struct hash *salt, const struct hash *leaf, str row);
void export_fact_row(struct buf *b, const struct fact *x, str line_key);

/* Files of a territory.  export_visits() sorts c->v by reference: refs must be set. */
void export_totals(struct buf *b, const struct bilan *x);
void export_lines(struct buf *b, const struct bilan *x);
void export_answers(struct buf *b, const struct facts_closed *c);
MUST_USE enum err export_visits(struct arena *a, const struct facts_closed *c,
				struct export_sink sink);

/* The facts of a published bilan in one hash: SHA-256 over the SHA-256 of totals, lines,
 * visits and answers, in this order. */
struct hash export_facts_hash(const struct hash parts[4]);

struct manifest_file {
	str name;
	uint64_t size;
	struct hash hash;
};
struct manifest {
	str month, key; /* the public key, one line */
	uint64_t tree_size;
	struct hash tree_root;
	struct manifest_file *files; /* sorted by name, the manifest itself left out */
	size_t n;
	uint8_t signature[64];
	str signed_part; /* what the signature covers: all but its line */
};
/* The signed part; the caller signs it and adds "signature " ‖ hex ‖ LF. */
void manifest_put(struct buf *b, const struct manifest *m);
/* Exactly that form, borrowing from `text`.  ERR_SYNTAX; ERR_LIMIT. */
MUST_USE enum err manifest_parse(struct arena *a, str text, struct manifest *ret);

/* Holds files against the manifest: same names, sizes, hashes, nothing more.  `files` sorted
 * by name.  ERR_DAMAGED: `ret_why` names the file. */
MUST_USE enum err manifest_check(const struct manifest *m, const struct export_file *files,
				 size_t n, str *ret_why);

/* Recomputes the bilan of a territory from its four files.
 *   ERR_SYNTAX   not the canonical form;  ERR_INPUT  facts that contradict each other;
 *   ERR_LIMIT    too large.   `ret_why` says where. */
struct export_sources {
	str totals, lines, visits, answers;
};
MUST_USE enum err export_bilan(struct arena *a, const struct export_sources *s,
			       struct bilan *ret, str *ret_why);

/* Every territory of an export: finds its files by name, recomputes, compares byte for byte.
 *   also ERR_DAMAGED: a bilan differs, a file is missing or is no file of an export. */
MUST_USE enum err export_check(struct arena *a, const struct manifest *m,
			       const struct export_file *files, size_t n, str *ret_why);

#endif
