/* world.h - a made-up territory and month from a seed: operators of every size, persons,
 * visits of every fate, answers, plans; and a whole export of it in memory. */
#ifndef TEST_ACCOUNT_WORLD_H
#define TEST_ACCOUNT_WORLD_H

#include "domain/account/export.h"
#include "domain/account/facts.h"

struct world_size {
	size_t operators, persons, visits_each;
	bool tiny; /* only small operators: something must be withheld */
};

/* The same seed gives the same month. */
struct facts_closed *world_close(struct arena *a, uint64_t seed, struct world_size z);

struct export_files {
	struct export_file *v;
	size_t n;
};
/* Sorted by name, manifest included, sealed with a key made from the seed. */
struct export_files world_export(struct arena *a, uint64_t seed, struct world_size z);
/* The same for a month closed already; seals whatever the bilan says. */
struct export_files world_files(struct arena *a, uint64_t seed, struct facts_closed *c);
/* Signs again after a change to any file but the manifest. */
void world_reseal(struct arena *a, uint64_t seed, struct export_files *f);
struct export_file *world_file(struct export_files *f, const char *name);

#endif
