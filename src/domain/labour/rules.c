/* rules.c - looks a dated value up. */
#include "domain/labour/rules.h"

static const struct row {
	const char *name;
	enum labour_key key;
	enum idcc idcc;
	int year, month, day;
	int64_t value;
	const char *unit, *article;
	bool is_law;
} rows[] = {
#define R(key, idcc, y, m, d, value, unit, article, law)                                   \
	{ #key, LABOUR_##key, idcc, y, m, d, value, unit, article, law },
#include "domain/labour/rules.tbl"
#undef R
};

const char *labour_key_name(enum labour_key key)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (rows[i].key == key)
			return rows[i].name;
	die("labour key %d has no row", (int)key);
}

/* The latest row of (agreement, key) that holds on that day, or NULL. */
static const struct row *find(enum idcc idcc, enum labour_key key, day on)
{
	const struct row *best = NULL;
	int32_t best_d = INT32_MIN;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct row *r = &rows[i];
		if (r->key != key || r->idcc != idcc)
			continue;
		int32_t from = day_of(r->year, r->month, r->day).d;
		if (from <= on.d && (!best || from > best_d)) {
			best = r;
			best_d = from;
		}
	}
	return best;
}

struct labour_rule labour_rule(enum idcc idcc, enum labour_key key, day on)
{
	ASSERT(key < LABOUR_KEY_COUNT);
	const struct row *r = find(idcc, key, on);
	if (!r && idcc != IDCC_EMPLOYER_3239)
		r = find(IDCC_NONE, key, on);
	if (!r)
		return (struct labour_rule){ .value = -1, .unit = "", .article = "" };
	return (struct labour_rule){ .value = r->value,
				     .unit = r->unit,
				     .article = r->article,
				     .is_law = r->is_law,
				     .from_on = day_of(r->year, r->month, r->day) };
}

struct labour_rules labour_rules(enum idcc idcc, day on)
{
	struct labour_rules r = { .idcc = idcc, .on = on };
	for (int k = 0; k < LABOUR_KEY_COUNT; k++)
		r.v[k] = labour_rule(idcc, (enum labour_key)k, on).value;
	return r;
}
