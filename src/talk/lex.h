/* lex.h - from the bytes of a sentence to folded tokens.
 *
 * Folding: lower case, no accents, œ as oe; apostrophes and hyphens end a word and are
 * remembered as `glued`.  Nothing is corrected here (word.h does that) and nothing is
 * refused: bytes that are no French text become breaks.
 *
 * Memory:  tokens and their texts live in the arena.  Threads: no hidden state.
 */
#ifndef TALK_LEX_H
#define TALK_LEX_H

#include "base/str.h"

#define TALK_MAX_BYTES  2000 /* longer sentences are cut at this byte */
#define TALK_MAX_TOKENS 300

enum tok_kind {
	TOK_WORD,
	TOK_NUM,   /* v[0] integer part, v[1] decimals as millionths, v[2] digits */
	TOK_CLOCK, /* 15:30 or 15:30:10, v = hour, minute, second (-1: not said) */
	TOK_DATE,  /* 17/02 or 17/02/2013, v = day, month, year (-1: not said) */
	TOK_ISO,   /* 2014-04-18, v = day, month, year */
	TOK_DAYS,  /* 7j/7, v = 7, 7 */
	TOK_STOP,  /* . ! ? ; new line */
	TOK_COMMA, /* , : ( ) and quotes */
	TOK_DASH,
	TOK_PLUS, /* + and & */
	TOK_SLASH,
	TOK_OTHER /* %, currency, the mark of minutes */
};

/* One token.  lemma[] is filled by word.h: indexes of talk_lemmas, -1 for none. */
struct tok {
	enum tok_kind kind;
	str text;      /* folded; after word.h also corrected */
	str raw;       /* the bytes said */
	bool cap;      /* began with a capital */
	bool glued;    /* nothing, a hyphen or an apostrophe stood before it */
	bool hyphen;   /* a hyphen stood right before it */
	bool known;    /* in the lexicon as said */
	bool fixed;    /* corrected by the speller */
	uint8_t flags; /* WORD_PAST ... */
	int16_t lemma[3];
	int64_t v[3];
};

struct toks {
	struct tok *v;
	size_t n, cap;
};

/* Cuts `text` into tokens.  Any bytes are allowed. */
struct toks lex_cut(struct arena *a, str text);

/* `s` folded: lower case ASCII letters and digits, one blank between words. */
str lex_fold(struct arena *a, str s);

#endif
