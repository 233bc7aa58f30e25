/* month.h - a data folder opened to read months: what vigie bilan and vigie export share. */
#ifndef MAIN_MONTH_H
#define MAIN_MONTH_H

#include "app/bilan.h"
#include "store/data.h"

struct month {
	struct data *data; /* read only, inside one read transaction */
	struct arena *a;   /* of the last month computed; NULL before */
};

MUST_USE enum err month_open(const char *dir, struct month **ret);
void month_close(struct month *m); /* NULL is allowed */
void month_closep(struct month **m);

/* The month of a territory as it stands now; the one before is given back. */
MUST_USE enum err month_compute(struct month *m, str territory, str month,
				struct facts_closed **ret);

#endif
