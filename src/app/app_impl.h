/* app_impl.h - what the files of src/app share and nobody else needs. */
#ifndef APP_APP_IMPL_H
#define APP_APP_IMPL_H

#include "app/app.h"

struct app_place {
	str territory;
	struct id id;
	const struct zone *zone;
	day frozen_on; /* last day frozen in this run; DAY_NONE: look it up */
};

/* Every territory of the instance, at most `max`. */
MUST_USE enum err app_places(struct app *app, struct app_place *ret, size_t max,
			     size_t *ret_n);
/* One territory, its last frozen day looked up. */
MUST_USE enum err app_place_of(struct app *app, struct arena *a, str territory,
			       struct app_place *ret);
void app_place_frozen(struct app *app, str territory, day d);

/* The port `seal`; ERR_UNSUPPORTED without one. */
MUST_USE enum err app_seal(struct app *app, struct arena *a, str public_key, str text,
			   str *ret);

/* Materialises the visits of a request up to its horizon (request.c). */
MUST_USE enum err app_request_plan(struct app *app, struct arena *a, struct request *r,
				   ts now);

#endif
