/* scene.h - a small territory in memory for tests of the use cases: one town, one day, the
 * real rules, the real SQLite, a journal that is a list.
 */
#ifndef TEST_APP_SCENE_H
#define TEST_APP_SCENE_H

#include "app/app.h"

struct scene {
	struct arena *a;
	struct db *db;
	struct app *app;
	struct rng random;
	struct events journal; /* every event appended, in order */
	struct id operator_id, relay_id, person_id, request_id;
	int carers;
};

#define SCENE_DAY day_of(2026, 11, 10) /* a Tuesday; the zone is Europe/Paris */

void scene_open(struct scene *s);
void scene_close(struct scene *s);
ts scene_at(day d, int hhmm); /* local hour */

/* A carer of the operator with a diploma, available 8:00-20:00, `km` from the person. */
struct id scene_carer(struct scene *s, int km);
/* A visit of the scene's request on `d`; carer_id none: sans intervenant. */
struct id scene_visit(struct scene *s, day d, int hhmm, int minutes, struct id carer_id);

size_t scene_count(const struct scene *s, enum event_kind kind);
size_t scene_notices(struct scene *s, struct id recipient, const char *key);

#endif
