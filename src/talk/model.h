/* model.h - the small linear model that weighs the cues of the hand grammar.
 *
 * Points of an intent = MODEL_HAND times what the hand grammar says, plus a trained weight
 * for each feature (cue, word, pair of words, lemma, tense) hashed into MODEL_BUCKETS.
 * Trained at build time by tools/talk_train.py from data/talk/intents.tsv: integers only,
 * deterministic, compiled in.  With all weights zero the hand grammar speaks alone.
 *
 * Memory: constant tables.  Threads: no hidden state.
 */
#ifndef TALK_MODEL_H
#define TALK_MODEL_H

#include "talk/talk.h"

#define MODEL_BUCKETS      16384
#define MODEL_MAX_FEATURES 1600
#define MODEL_HAND         8

struct feature {
	uint16_t bucket;
	int8_t value;
};
struct features {
	struct feature v[MODEL_MAX_FEATURES];
	size_t n;
};

extern const int8_t talk_weights[MODEL_BUCKETS][INTENT_COUNT_];

void intent_features(const struct sent *s, struct features *ret);
void intent_points(const struct sent *s, int *ret_points); /* INTENT_COUNT_ of them */

/* One line for the trainer: the hand points, then bucket:value. */
void intent_train_line(struct buf *out, const struct sent *s);

#endif
