/* word.h - what a word is: the lexicon, the speller, and the rewriting of a sentence into
 * the plain spelling that the grammar reads.
 *
 * The lexicon (words/ through tools/talk_lexicon.py) gives a form its lemmas and tense.
 * The speller brings an unknown word to a known one that sounds the same or is one typing
 * mistake away; names keep their spelling.  rewrite.tbl joins and splits: "apres midi" is
 * one word, "jsuis" is two.
 *
 * Memory:  new texts live in the arena.  Threads: constant tables only.
 */
#ifndef TALK_WORD_H
#define TALK_WORD_H

#include "talk/lex.h"

enum {
	WORD_PRES = 1,
	WORD_PAST = 2,
	WORD_FUT = 4,
	WORD_COND = 8,
	WORD_INF = 16,
	WORD_NAME = 32, /* a first name */
	WORD_PART = 64  /* past participle */
};

struct talk_form {
	const char *form;
	int16_t lemma[3];
	uint8_t flags;
};
struct talk_sound {
	const char *key;
	uint16_t form;
};
/* Made at build time; forms and keys are sorted in byte order. */
extern const char *const talk_lemmas[];
extern const struct talk_form talk_forms[];
extern const size_t talk_forms_n;
extern const struct talk_sound talk_sounds[];
extern const size_t talk_sounds_n;

/* The form `folded`, or NULL. */
const struct talk_form *word_find(str folded);

/* The nearest known form, or NULL when nothing is near.  Never a first name. */
const struct talk_form *word_near(str folded);

/* Rewrites the tokens: contractions, short forms, spelling; fills lemma and flags. */
struct toks word_plain(struct arena *a, struct toks t);

/* Token i is the word `w` / one of "a|b|c" / has the lemma.  Past the end: false. */
bool tok_is(const struct toks *t, size_t i, const char *w);
bool tok_in(const struct toks *t, size_t i, const char *list);
bool tok_lemma(const struct toks *t, size_t i, const char *lemma);

#endif
