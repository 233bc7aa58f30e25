/* bilan.h - the figures of a bilan: their list, what derives from what, and the intervals.
 *
 * A bilan has lines: one per operator, « sans opérateur », « regroupés », and the territory,
 * which is the sum of the others.  A line has one value per figure of figures.tbl.  Additive
 * figures are counted from closing facts (facts.h); derived ones are computed here, from the
 * line alone, in integers, so that another program finds the same bytes.
 *
 * A rate is over visits, but visits of one person stand or fall together: its interval is the
 * Wilson score interval at 95 % where the number of visits is first divided by the design
 * effect measured between persons (never under 1).  The design effect is declared by the line,
 * in 1/100, rounded up: see doc/decisions on exports.
 *
 * Memory:  figures are plain arrays.  Threads: no hidden state.
 */
#ifndef DOMAIN_ACCOUNT_BILAN_H
#define DOMAIN_ACCOUNT_BILAN_H

#include "base/base.h"
#include "domain/enums_gen.h"

enum figure {
#define FIG(name, key, unit, level, definition) FIG_##name,
#include "domain/account/figures.tbl"
#undef FIG
	FIG_COUNT
};

#define FIG_NONE INT64_MIN /* not given: null in JSON, empty in CSV */

enum figure_unit { UNIT_N, UNIT_S, UNIT_M, UNIT_C, UNIT_B };
enum figure_level { LEVEL_L, LEVEL_T };

struct figure_info {
	const char *key;
	enum figure_unit unit;
	enum figure_level level;
	const char *definition;
};
extern const struct figure_info figure_infos[FIG_COUNT];

struct figures {
	int64_t v[FIG_COUNT];
};

/* The three rates, in the order asked, accepted, confirmed. */
enum { RATE_ASKED, RATE_ACCEPTED, RATE_CONFIRMED, RATE_COUNT };

enum line_kind { LINE_TERRITORY, LINE_OPERATOR, LINE_GROUPED, LINE_WITHOUT };

struct bilan_line {
	enum line_kind kind;
	str key; /* "territoire", "regroupes", "sans_operateur", or the operator's id */
	str name, finess;         /* of a named operator (the territory: its name) */
	str reply;                /* of the operator, beside its figures; empty: none */
	int64_t deff[RATE_COUNT]; /* design effects in 1/100, at least 100; 0: no visits */
	struct figures f;
	bool is_withheld; /* the line exists and gives nothing: too few persons */
};

struct bilan {
	str territory, month; /* "76", "2026-10" */
	enum bilan_state state;
	int64_t edition;
	int64_t measure; /* version of the definition */
	int64_t policy;  /* days for contest and reply */
	str entitled_source;
	struct bilan_line *lines; /* territory first, then in byte order of key */
	size_t n;
};

void figures_zero(struct figures *f); /* additive 0, derived and T FIG_NONE */
void figures_add(struct figures *f, const struct figures *g); /* additive figures only */
bool figure_is_additive(enum figure f);

/* The low median of `n` values, sorted in place; FIG_NONE when there are none. */
int64_t median_low(struct arena *a, int32_t *v, size_t n);

/* Fills the rates, intervals and shares of a line from its counts and design effects. */
void line_derive(struct bilan_line *l);

/* x / n in 1/10000, to the nearest, halves up; FIG_NONE for n == 0. */
int64_t rate_bp(int64_t x, int64_t n);

/* The interval at 95 % of x successes in n visits whose design effect is deff/100.
 * Requires 0 <= x <= n, n > 0, deff >= 100; bounds in 1/10000, rounded outwards. */
void wilson_bp(int64_t x, int64_t n, int64_t deff, int64_t *ret_low, int64_t *ret_high);

/* The design effect, in 1/100 rounded up, of a ratio of sums over `persons` clusters:
 * sums of x, y, xx, xy, yy over persons, x visits of which y done.  With everything or nothing
 * done it is the mean number of visits per person: then a person is one observation. */
struct cluster_sums {
	int64_t persons, x, y, xx, xy, yy;
};
int64_t design_effect(const struct cluster_sums *s);

/* Editions.  A bilan is provisional while the month is open and until it is shown to the
 * operator; contested when the operator or a person contested within the delay; final after. */
#define BILAN_CONTEST_DAYS 15 /* default of the dated policy "bilan.contest_days" */

/* The state at `now` of an edition published at `published`, and the next instant at which it
 * changes by itself (TS_NEVER when final). */
enum bilan_state bilan_state_at(ts published, int contest_days, bool contested,
				bool settled, ts now, ts *ret_look_at);

#endif
