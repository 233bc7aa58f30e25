/* talk_score.h - figures of vigie talk --score: intents, fields, questions, safety. */
#ifndef MAIN_TALK_SCORE_H
#define MAIN_TALK_SCORE_H

#include "talk/talk.h"

#include <jansson.h>

#define SCORE_SLOTS 21

struct score {
	size_t n, intent, exact, alarms, alarm_number;
	size_t ask_ok, ask_n, needless, clear, writes, wrong, danger;
	size_t right[SCORE_SLOTS], missed[SCORE_SLOTS], extra[SCORE_SLOTS];
	size_t confusion[INTENT_COUNT_][INTENT_COUNT_]; /* expected, understood */
};

/* Counts one row of the guide against the result as JSON. */
void score_row(struct arena *a, struct score *s, const json_t *row, const json_t *pred);
void score_print(const struct score *s);

/* "confusion", expected, understood, count: for tools/talk_confusion.py. */
void score_confusion(const struct score *s);

#endif
