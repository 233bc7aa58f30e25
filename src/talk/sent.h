/* sent.h - one sentence, read once: tokens, expressions of time, tasks, people; and the small
 * pattern language in which the tables of cues are written.
 *
 * A pattern is a row of elements parted by blanks:
 *   word        the folded word; a|b|c one of several; word* any word that begins so
 *   tout+de+suite   several words as one of the alternatives
 *   =venir      any form of the verb or noun (alternatives may mix: pas|=venir)
 *   <date>      an expression of time: <date> <clock> <dur> <part> <every> <when> (any)
 *   <task> <name> <rel> <num>
 *   _3          up to three tokens, never across the end of a phrase
 *   ^  $        begin and end of the sentence
 *   !x          the next token is not x
 *   x?          the element may be missing
 *
 * Memory:  everything lives in the arena.  Threads: no hidden state.
 */
#ifndef TALK_SENT_H
#define TALK_SENT_H

#include "talk/atom.h"
#include "talk/date.h"

enum talk_task {
	TASK_TOILETTE,
	TASK_LEVER,
	TASK_COUCHER,
	TASK_REPAS,
	TASK_COURSES,
	TASK_MENAGE,
	TASK_COMPAGNIE,
	TASK_SORTIE,
	TASK_MEDICAMENTS,
	TASK_TRANSFERT,
	TASK_HABILLAGE,
	TASK_COUNT_,
	TASK_NONE = TASK_COUNT_ /* a look-alike, to be passed over */
};

struct sent {
	str text; /* as said */
	struct toks t;
	struct atoms l;
	int16_t atom[TALK_MAX_TOKENS];     /* index of the atom that covers the token, -1 */
	uint8_t task[TALK_MAX_TOKENS];     /* 1 + task that covers the token, 0 none */
	uint8_t task_len[TALK_MAX_TOKENS]; /* at the first token of a task: its length */
	uint8_t name[TALK_MAX_TOKENS];     /* length of the name that begins here, 0 */
	uint8_t rel[TALK_MAX_TOKENS];      /* 1 + relation that begins here, 0 */
	uint32_t tasks;                    /* bits of enum talk_task */
	bool question;
};

/* Reads a sentence; never fails. */
struct sent *sent_read(struct arena *a, str text);

/* Whether the pattern matches at token i: token after the match, or SIZE_MAX. */
size_t pat_at(const struct sent *s, size_t i, const char *pattern);

/* The first match at or after `from`; ret_end (may be NULL) gets the token after it. */
size_t pat_find(const struct sent *s, size_t from, const char *pattern, size_t *ret_end);
bool pat_has(const struct sent *s, const char *pattern);

/* Relations, by index of sent.rel: the word of the annotation guide ("mère"), and whether
 * it is more likely a person who is helped than one who helps. */
const char *rel_name(int rel);
bool rel_helped(int rel);

/* Parts of sent_read(), for tests. */
void sent_find_tasks(struct sent *s);
void sent_find_people(struct sent *s);

#endif
