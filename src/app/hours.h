/* hours.h - the hours of a month as pay needs them: carer by carer, day by day.
 *
 * A day is the visits that were begun (state started or ended), at the hours that were recorded or
 * corrected; a visit without a recorded end counts to the end of its slot, and is counted in
 * `open`.  Travel, waiting and interruptions between them follow domain/labour/day.h.
 */
#ifndef APP_HOURS_H
#define APP_HOURS_H

#include "app/app.h"
#include "base/zone.h"
#include "domain/labour/day.h"

struct hours_day {
	struct id carer_id;
	str ref; /* of the operator's software */
	day on;
	int planned_min;  /* of the slots of these visits */
	int open;         /* visits without a recorded end */
	int64_t km_cents; /* -1: none in the agreement */
	struct day_sheet sheet;
};
struct hours_days {
	struct hours_day *v;
	size_t n, cap;
};

/* Days with at least one visit, [from, until), by carer (reference, then id) and day. */
MUST_USE enum err hours_month(struct db *db, struct arena *a, struct id operator_id,
			      const struct zone *z, day from, day until,
			      struct hours_days *ret);

/* As CSV and JSON; `finess` repeated on each row.  The schema of the CSV. */
void hours_csv(struct buf *b, str finess, const struct hours_days *h);
void hours_json(struct buf *b, str finess, const struct hours_days *h);
void hours_schema(struct buf *b);

#endif
