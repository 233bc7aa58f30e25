/* num.h - French numbers: figures and words, cardinal and ordinal.
 *
 * Reads "vingt et un", "quatre vingt onze", "septante huit", "deux cents", "cent mille",
 * "2,5", "100K".  Words may lack their hyphens and their accents.
 *
 * Memory: none.  Threads: no hidden state.
 */
#ifndef TALK_NUM_H
#define TALK_NUM_H

#include "talk/word.h"

/* Reads a cardinal at token i.  Returns the token after it, or i when there is none.
 * ret_value is the whole part.  "un" and "une" count as 1. */
size_t num_read(const struct toks *t, size_t i, int64_t *ret_value);

/* An ordinal ("premier", "2ème", "onzième", "1er"); same return. */
size_t num_ordinal(const struct toks *t, size_t i, int64_t *ret_value);

/* "une dizaine", "une quinzaine de", "une douzaine": same return. */
size_t num_about(const struct toks *t, size_t i, int64_t *ret_value);

#endif
