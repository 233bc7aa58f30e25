/* make_data DIR N SEED - appends N facts of any kind to a data folder, for tests of commands. */
#include "domain/event_random.h"
#include "store/data.h"

#include <stdio.h>
#include <stdlib.h>

static void drawn(void *ctx, void *p, size_t n)
{
	rng_bytes(ctx, p, n);
}

int main(int argc, char **argv)
{
	if (argc != 4)
		return 2;
	struct rng r = rng_init(strtoull(argv[3], NULL, 10), 0), keys = rng_init(7, 7);
	struct data_options o = { .random_ctx = &keys, .random_bytes = drawn };
	CLEAN_ARENA struct arena *a = arena_new(0);
	CLEANUP(data_closep) struct data *d = NULL;
	if (data_open(argv[1], &o, (ts){ 1 }, &d) != OK || db_begin(d->db) != OK)
		return 1;
	for (long n = strtol(argv[2], NULL, 10); n > 0; n--) {
		struct arena_mark m = arena_mark(a);
		struct event e = random_event(a, &r);
		e.version = (int64_t)(rng_next(&r) >> 1);
		e.at = (ts){ rng_range(&r, 1, 4000000000) * US_S };
		e.subject = (struct id){ 1, rng_next(&r) | 1 };
		if (ledger_append(d->ledger, a, &e) != OK)
			return 1;
		arena_reset(a, m);
	}
	return db_commit(d->db) == OK ? 0 : 1;
}
