/* An attacker reads what is published, knows what one of the hidden operators knows of itself,
 * and bounds the rest.  Nothing hidden may come out. */
#include "world.h"

#include "domain/account/suppress.h"
#include "test.h"

struct unknown {
	int64_t low, high;
};

/* x[i] >= 0 and their sum is `sum`: tightens each bound by the others until nothing moves. */
static void tighten(struct unknown *x, size_t n, int64_t sum)
{
	for (bool moved = true; moved;) {
		moved = false;
		int64_t lows = 0, highs = 0;
		for (size_t i = 0; i < n; i++) {
			lows += x[i].low;
			highs += x[i].high;
		}
		for (size_t i = 0; i < n; i++) {
			int64_t high = sum - (lows - x[i].low),
				low = sum - (highs - x[i].high);
			if (high < x[i].high) {
				x[i].high = high;
				moved = true;
				break;
			}
			if (low > x[i].low) {
				x[i].low = low;
				moved = true;
				break;
			}
		}
	}
}

static bool is_told(struct unknown x)
{
	return x.low > 0 && x.high - x.low <= 3;
}

/* How many hidden values somebody can tell: an outsider (insider == n) or a hidden operator,
 * who knows its own value.  `hidden` are the true values; their sum is what is published. */
static int attack(const int64_t *hidden, size_t n)
{
	int told = 0;
	int64_t sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += hidden[i];
	for (size_t insider = 0; insider <= n; insider++) {
		struct unknown x[128];
		for (size_t i = 0; i < n; i++)
			x[i] = i == insider ? (struct unknown){ hidden[i], hidden[i] }
					    : (struct unknown){ 0, sum };
		tighten(x, n, sum);
		for (size_t i = 0; i < n; i++)
			told += i != insider && is_told(x[i]);
	}
	return told;
}

TEST(the_attack_finds_what_a_naive_table_hides)
{
	const int64_t one[] = { 40 }, two[] = { 40, 25 }, three[] = { 40, 25, 31 };
	CHECK_INT(attack(one, 1), 1); /* total minus shown */
	CHECK_INT(attack(two, 2), 2); /* each knows the other */
	CHECK_INT(attack(three, 3), 0);
}

/* The lines of `own` that the public bilan does not show. */
static size_t hidden_lines(const struct facts_closed *c, const struct bilan_line **ret)
{
	size_t n = 0;
	for (size_t i = 1; i < c->own.n; i++) {
		bool shown = false;
		for (size_t k = 1; k < c->bilan.n; k++)
			shown |= str_eq(c->bilan.lines[k].key, c->own.lines[i].key);
		if (!shown)
			ret[n++] = &c->own.lines[i];
	}
	return n;
}

static int attack_lines(const struct facts_closed *c)
{
	static const enum figure figures[] = { FIG_V_ASKED, FIG_S_ASKED, FIG_V_MISSED,
					       FIG_S_DONE };
	const struct bilan_line *hidden[128];
	size_t n = hidden_lines(c, hidden);
	int told = 0;
	for (size_t k = 0; k < 4 && !c->is_withheld; k++) {
		int64_t values[128];
		for (size_t i = 0; i < n; i++)
			values[i] = hidden[i]->f.v[figures[k]];
		int64_t all = 0;
		for (size_t i = 0; i < n; i++)
			all += values[i];
		if (all > 30) /* counts so small that nothing but their sum is said */
			told += attack(values, n);
	}
	return told;
}

/* Fréchet bounds of every (line, cause) from what is published. */
static int attack_causes(const struct facts_closed *c)
{
	int told = 0;
	const int64_t *t = c->bilan.lines[0].f.v;
	for (size_t i = 1; i < c->bilan.n && !c->is_withheld; i++) {
		int64_t line = c->bilan.lines[i].f.v[FIG_V_MISSED_OTHER];
		for (int f = FIG_T_PERSON_ABSENT; f <= FIG_T_SYSTEM; f++) {
			if (t[f] == FIG_NONE)
				continue;
			int64_t low = line - (t[FIG_V_MISSED_OTHER] - t[f]);
			int64_t high = line < t[f] ? line : t[f];
			told += is_told((struct unknown){ low, high });
		}
	}
	return told;
}

TEST(nothing_hidden_comes_out_of_three_hundred_territories)
{
	int grouped = 0, withheld = 0, shown_causes = 0;
	for (uint64_t seed = 1; seed <= 300; seed++) {
		TEST_ARENA(a);
		struct rng r = rng_init(seed, 9);
		struct world_size z = { (size_t)rng_range(&r, 1, 24),
					(size_t)rng_range(&r, 5,
							  rng_chance(&r, 1, 5) ? 900 : 300),
					(size_t)rng_range(&r, 1, 6), rng_chance(&r, 1, 4) };
		struct facts_closed *c = world_close(a, seed, z);
		CHECK_INT(attack_lines(c), 0);
		CHECK_INT(attack_causes(c), 0);
		withheld += c->is_withheld;
		for (size_t i = 1; i < c->bilan.n; i++)
			grouped += c->bilan.lines[i].kind == LINE_GROUPED;
		shown_causes += c->bilan.lines[0].f.v[FIG_T_HOSPITAL] != FIG_NONE;
	}
	CHECK(grouped > 50 && withheld > 5 && shown_causes > 20); /* the cases did arise */
}

TEST(no_line_is_about_fewer_than_eleven_persons_or_three_carers_or_one_natural_person)
{
	for (uint64_t seed = 1; seed <= 60; seed++) {
		TEST_ARENA(a);
		struct world_size z = { 3 + seed % 20, 20 + seed * 5, 3, seed % 5 == 0 };
		struct facts_closed *c = world_close(a, seed, z);
		for (size_t i = 1; i < c->bilan.n; i++) {
			const struct bilan_line *l = &c->bilan.lines[i];
			if (l->is_withheld)
				continue;
			CHECK(l->f.v[FIG_PERSONS] >= 11);
			CHECK(l->kind == LINE_WITHOUT || l->f.v[FIG_CARERS] >= 3);
			/* operators 5, 22... of the made-up world are natural persons */
			CHECK(!str_eq(l->name, S("Service d'essai 5")));
			CHECK(!str_eq(l->name, S("Service d'essai 22")));
		}
	}
}

static int64_t sum_persons(void *ctx, const bool *in, size_t n)
{
	const struct suppress_unit *u = ctx;
	int64_t sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += in[i] ? u[i].persons : 0;
	return sum;
}

static struct suppress_unit unit(int64_t persons, int64_t carers, int64_t max_part_bp)
{
	return (struct suppress_unit){ .persons = persons,
				       .carers = carers,
				       .weight = persons * 10000,
				       .max_part = persons * max_part_bp };
}

TEST(the_bounds_of_a_line_that_stands_alone)
{
	static const struct {
		int64_t persons, carers, part_bp;
		bool grouped;
	} t[] = { { 11, 3, 8500, false },
		  { 10, 3, 1000, true },
		  { 11, 2, 1000, true },
		  { 11, 3, 8501, true } };
	for (size_t i = 0; i < 4; i++) {
		struct suppress_unit u[6];
		bool grouped[6];
		struct suppress_result r = { grouped, false };
		for (size_t k = 0; k < 6; k++)
			u[k] = unit(100 + (int64_t)k, 30, 100);
		u[0] = unit(t[i].persons, t[i].carers, t[i].part_bp);
		suppress_units(u, 6, sum_persons, u, &r);
		CHECK_INT(grouped[0], t[i].grouped);
		int n = 0;
		for (size_t k = 0; k < 6; k++)
			n += grouped[k];
		CHECK_INT(n, t[i].grouped ? 3 : 0); /* the two smallest others hide it */
		CHECK(!r.is_withheld);
	}
}

TEST(an_operator_hidden_in_one_edition_stays_hidden_in_the_next)
{
	struct suppress_unit u[5];
	bool grouped[5];
	struct suppress_result r = { grouped, false };
	for (size_t k = 0; k < 5; k++)
		u[k] = unit(50 + (int64_t)k, 30, 100);
	suppress_units(u, 5, sum_persons, u, &r);
	CHECK(!grouped[4]);
	u[4].was_grouped = true;
	suppress_units(u, 5, sum_persons, u, &r);
	CHECK(grouped[4]);
	CHECK(grouped[0] && grouped[1]);
}

TEST(two_operators_one_of_them_small_give_no_total)
{
	struct suppress_unit u[2] = { unit(4, 1, 100), unit(400, 90, 100) };
	bool grouped[2];
	struct suppress_result r = { grouped, false };
	suppress_units(u, 2, sum_persons, u, &r);
	CHECK(r.is_withheld);
	CHECK(grouped[0] && !grouped[1]);
}

TEST(a_cell_of_a_few_persons_takes_another_one_with_it)
{
	bool shown[3];
	struct suppress_cell few[3] = { { 40, 30 }, { 5, 4 }, { 60, 50 } };
	const int64_t lines[2] = { 60, 45 };
	suppress_cells(few, 3, lines, 2, shown);
	CHECK(!shown[0] && !shown[1] && shown[2]);
	struct suppress_cell clear[3] = { { 40, 30 }, { 0, 0 }, { 60, 50 } };
	suppress_cells(clear, 3, (const int64_t[]){ 50, 50 }, 2, shown);
	CHECK(shown[0] && shown[1] && shown[2]);
	struct suppress_cell single[3] = { { 40, 30 }, { 0, 0 }, { 0, 0 } };
	suppress_cells(single, 3, (const int64_t[]){ 38, 2 }, 2,
		       shown); /* every line's is told */
	CHECK(!shown[0] && !shown[1] && !shown[2]);
}

static void serve(struct facts *f, uint64_t person, int minutes, struct measured m)
{
	struct visit v = { .id = { person, (uint64_t)minutes },
			   .person_id = { 5, person } };
	struct fact_aid aid = { 0 };
	m.promised_s = minutes * 60;
	m.done_s = m.is_begun ? minutes * 60 - 30 : 0;
	CHECK_OK(facts_visit(f, &v, &m, &aid));
}

TEST(a_length_that_would_be_a_name_gets_an_equal_share_of_the_sum)
{
	TEST_ARENA(a);
	struct facts *f = facts_new(a, S("76"), S("T"), S("2026-11"), 100);
	struct measured done = { .verdict = VERDICT_ON_TIME,
				 .is_counted = true,
				 .is_begun = true };
	struct measured missed = { .verdict = VERDICT_MISSED,
				   .is_counted = true,
				   .cause = CAUSE_HOSPITAL };
	for (uint64_t p = 1; p <= 12; p++)
		serve(f, p, 60, done);
	for (uint64_t p = 13; p <= 25; p++)
		serve(f, p, p <= 23 ? 45 : 37, done); /* 11 persons; 2 persons */
	for (uint64_t p = 26; p <= 37; p++)
		serve(f, p, 20 + (int)p, missed); /* twelve persons, each her own length */
	struct facts_closed *c = facts_close(f);
	int64_t sums[2][2] = { { 0 } };
	int levelled[2] = { 0 };
	for (size_t i = 0; i < c->n; i++) {
		const struct fact *x = &c->v[i];
		sums[x->is_begun][0] += x->promised_s;
		sums[x->is_begun][1] += x->done_s;
		levelled[x->is_begun] += x->is_levelled;
		CHECK(x->done_s <= x->promised_s);
		if (!x->is_begun) /* 20 + 26 ... 20 + 37 minutes: 51 min 30 s each */
			CHECK_INT(x->promised_s, 3090);
	}
	CHECK_INT(levelled[0], 12);
	CHECK_INT(levelled[1], 25); /* two persons are not enough: the whole class */
	CHECK_INT(sums[1][0], (12 * 60 + 11 * 45 + 2 * 37) * 60);
	CHECK_INT(sums[1][1], (12 * 60 + 11 * 45 + 2 * 37) * 60 - 25 * 30);
	CHECK_INT(sums[0][0], 12 * 3090);
}

TEST(common_lengths_are_shown_as_they_are)
{
	TEST_ARENA(a);
	struct facts *f = facts_new(a, S("76"), S("T"), S("2026-11"), 100);
	struct measured done = { .verdict = VERDICT_ON_TIME,
				 .is_counted = true,
				 .is_begun = true };
	for (uint64_t p = 1; p <= 22; p++)
		serve(f, p, p <= 11 ? 60 : 45, done);
	struct facts_closed *c = facts_close(f);
	for (size_t i = 0; i < c->n; i++)
		CHECK(!c->v[i].is_levelled);
}
