/* export_in.h - what export.c writes and export_read.c reads. */
#ifndef DOMAIN_ACCOUNT_EXPORT_IN_H
#define DOMAIN_ACCOUNT_EXPORT_IN_H

#include "domain/account/export.h"
#include "domain/account/facts_in.h"

#define EXPORT_VISITS_HEAD                                                                 \
	"ref,ligne,counted,accepted,confirmed,begun,verdict,late,short,cause,promised_s,"  \
	"done_s,departure_unproven,notice,cancelled_by,proof,recorded_late,corrected,"     \
	"contested,suppleed,supplee_s,replaced_min,levelled\n"
#define EXPORT_ANSWERS_HEAD "ligne,answer,reason,minutes,unserved\n"

/* Figures that a line declares, in the order of lines.csv. */
#define EXPORT_DECLARED 8
extern const enum figure export_declared[EXPORT_DECLARED];

/* Cuts a line that begins with `word` off `rest`; false when it does not, or has no end. */
bool export_cut_line(str *rest, const char *word, str *ret);

/* The order of answers.csv. */
int answer_order(const struct fact_answer *x, const struct fact_answer *y);
void export_answer_row(struct buf *b, const struct fact_answer *x, str key);

/* Statistics of a bilan from facts that stand under their lines; see close.c. */
struct timed {
	uint32_t line;
	int32_t minutes;
};
/* Low medians of each line, and of all in lines[0]. */
void fill_medians(struct arena *a, struct bilan_line *lines, struct timed *v, size_t n,
		  enum figure out);

#endif
