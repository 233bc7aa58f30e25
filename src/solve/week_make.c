/* A made-up week on real communes: homes drawn by population around the largest town, the
 * needs of an agency in plausible proportions (mornings and evenings, two carers for heavy
 * transfers, housework in between). */
#include "solve/tree.h"
#include "solve/week.h"

#include "base/csv.h"
#include "base/rng.h"

struct commune {
	int64_t people;
	int32_t lat, lon;
};
struct communes {
	struct commune *v;
	size_t n, cap;
	int64_t total;
};

/* Degrees with decimals to millionths; the last digits are dropped. */
static enum err degrees(str s, int32_t *ret)
{
	str whole = str_cut(&s, '.');
	bool minus = str_starts(whole, S("-"));
	int64_t v;
	TRY(str_int(whole, &v));
	v = (v < 0 ? -v : v) * 1000000;
	int64_t scale = 100000;
	for (size_t i = 0; i < s.n && scale; i++, scale /= 10) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return ERR_SYNTAX;
		v += (s.p[i] - '0') * scale;
	}
	if (v > 180000000)
		return ERR_SYNTAX;
	*ret = (int32_t)(minus ? -v : v);
	return OK;
}

static enum err read_communes(struct arena *a, str text, struct communes *ret,
			      struct plan_fault *f)
{
	struct csv csv = csv_init(a, text);
	struct csv_row head, row;
	if (csv_next(&csv, &head) != OK)
		return plan_fault_set(a, f, ERR_INPUT, 1, "no header");
	size_t pop = csv_column(&head, S("population")), lat = csv_column(&head, S("lat")),
	       lon = csv_column(&head, S("lon"));
	if (pop == SIZE_MAX || lat == SIZE_MAX || lon == SIZE_MAX)
		return plan_fault_set(a, f, ERR_INPUT, 1, "columns population, lat, lon");
	while (csv_next(&csv, &row) == OK) {
		struct commune c = { 0 };
		if (str_int(row.v[pop], &c.people) != OK || c.people <= 0 ||
		    degrees(row.v[lat], &c.lat) != OK || degrees(row.v[lon], &c.lon) != OK)
			continue;
		*ARENA_PUSH(a, ret) = c;
	}
	if (!ret->n)
		return plan_fault_set(a, f, ERR_INPUT, 0, "no communes");
	return OK;
}

/* Those within 17 km or so of the largest: the beat of a few agencies. */
static void keep_near(struct communes *c)
{
	size_t top = 0, k = 0;
	for (size_t i = 0; i < c->n; i++)
		top = c->v[i].people > c->v[top].people ? i : top;
	struct commune t = c->v[top];
	for (size_t i = 0; i < c->n; i++) {
		int32_t dy = c->v[i].lat - t.lat, dx = c->v[i].lon - t.lon;
		if (dy > -150000 && dy < 150000 && dx > -230000 && dx < 230000) {
			c->v[k] = c->v[i];
			c->total += c->v[k++].people;
		}
	}
	c->n = k;
}

static void put_place(struct rng *r, const struct communes *c, struct buf *b)
{
	int64_t x = (int64_t)rng_below(r, (uint64_t)c->total);
	size_t i = 0;
	while (x >= c->v[i].people)
		x -= c->v[i++].people;
	int32_t lat = c->v[i].lat + (int32_t)rng_range(r, -9000, 9000);
	int32_t lon = c->v[i].lon + (int32_t)rng_range(r, -13000, 13000);
	buf_fmt(b, "\"lat\":%d,\"lon\":%d", lat, lon);
}

static void put_carer(struct rng *r, const struct communes *c, struct buf *b, int k)
{
	static const int contract[] = { 1050, 1440, 1800, 1800, 2100, 2100, 2100 };
	bool weekend = k / 4 % 2;
	const char *mode = rng_chance(r, 4, 5)   ? "car"
			   : rng_chance(r, 2, 3) ? "bike"
						 : "bus";
	buf_fmt(b, "%s\n{\"id\":\"c%d\",\"operator\":\"op%d\",\"mode\":\"%s\",",
		k ? "," : "", k + 1, k % 4 + 1, mode);
	put_place(r, c, b);
	buf_fmt(b, ",\"contract\":%d,", contract[rng_below(r, 7)]);
	buf_fmt(b, "\"skills\":[\"menage\"%s%s],\"days\":[",
		rng_chance(r, 4, 5) ? ",\"toilette\"" : "",
		rng_chance(r, 1, 2) ? ",\"transfert\"" : "");
	int off = (int)rng_below(r, 5), turn = (int)rng_below(r, 8);
	for (int d = 0; d < WEEK_DAYS; d++) {
		buf_z(b, d ? "," : "");
		bool works = weekend ? d != off && d != (off + 1) % 5 : d < 5;
		if (!works)
			BUF_LIT(b, "null");
		else
			buf_fmt(b, "[%d,%d]", turn < 2 ? 600 : 390, turn > 4 ? 1080 : 1320);
	}
	BUF_LIT(b, "]}");
}

struct need {
	int at, minutes, tolerance, critical;
	const char *skill;
	bool heavy;
};

static void put_visit(struct buf *b, int *n, int person, int wday, const struct need *x,
		      bool second)
{
	buf_fmt(b, "%s\n{\"id\":\"v%d\",\"person\":\"p%d\",\"day\":%d,", *n ? "," : "",
		*n + 1, person + 1, wday);
	buf_fmt(b, "\"from\":%d,\"to\":%d,\"at\":%d,\"minutes\":%d,", x->at - x->tolerance,
		x->at + x->tolerance, x->at, x->minutes);
	buf_fmt(b, "\"skill\":\"%s\",\"critical\":%d%s", x->skill, x->critical,
		x->heavy ? ",\"heavy\":true" : "");
	if (second)
		buf_fmt(b, ",\"with\":{\"visit\":\"v%d\",\"min\":0,\"max\":0}", *n);
	BUF_LIT(b, "}");
	++*n;
}

/* A week of one person: housework, washing, meals, bedtime or transfers by two. */
static void put_needs(struct rng *r, struct buf *b, int *n, int person, int most)
{
	int kind = (int)rng_below(r, 10), off = (int)rng_below(r, 7);
	if (kind == 9 && rng_chance(r, 3, 5))
		kind = 3 + (int)rng_below(r, 5);
	int morning = (int)rng_range(r, 86, 140) * 5,
	    evening = (int)rng_range(r, 210, 240) * 5;
	int noon = (int)rng_range(r, 138, 150) * 5, any = (int)rng_range(r, 110, 190) * 5;
	struct need wash = { morning, 45, 30, 2, "toilette", false };
	struct need bed = { evening, 30, 30, 2, "toilette", false };
	struct need meal = { noon, 45, 30, 1, "menage", false };
	struct need home = { any, 120, 90, 0, "menage", false };
	struct need lift = { morning, 45, 15, 3, "transfert", true };
	for (int d = 0; d < WEEK_DAYS && *n < most; d++) {
		if (kind < 3 && (d == off || d == (off + 3) % 7) && d < 6)
			put_visit(b, n, person, d, &home, false);
		if (kind >= 3 && kind < 9 && (kind > 5 || d < 5))
			put_visit(b, n, person, d, &wash, false);
		if (kind >= 6 && kind < 8 && *n < most)
			put_visit(b, n, person, d, &meal, false);
		if (kind == 8 && *n < most)
			put_visit(b, n, person, d, &bed, false);
		if (kind == 9 && *n + 1 < most) {
			put_visit(b, n, person, d, &lift, false);
			put_visit(b, n, person, d, &lift, true);
		} else if (kind == 9 && *n < most) {
			put_visit(b, n, person, d, &wash, false);
		}
	}
}

static void put_people(struct rng *r, const struct communes *c, struct buf *b, int n,
		       int carers)
{
	for (int k = 0; k < n; k++) {
		int op = (int)rng_below(r, 4);
		buf_fmt(b, "%s\n{\"id\":\"p%d\",\"operator\":\"op%d\",", k ? "," : "",
			k + 1, op + 1);
		put_place(r, c, b);
		BUF_LIT(b, ",\"knows\":[");
		for (int i = 0, said = 0; i < 4; i++) {
			int id = (int)rng_below(r, (uint64_t)carers) / 4 * 4 + op;
			if (id < carers)
				buf_fmt(b, "%s\"c%d\"", said++ ? "," : "", id + 1);
		}
		BUF_LIT(b, "]");
		if (rng_chance(r, 1, 10))
			buf_fmt(b, ",\"refuses\":[\"c%d\"]",
				(int)rng_below(r, (uint64_t)carers) + 1);
		if (rng_chance(r, 1, 3))
			BUF_LIT(b, ",\"relay\":true");
		BUF_LIT(b, "}");
	}
}

enum err week_make(struct arena *a, str communes, int carers, int visits, uint64_t seed,
		   struct buf *b, struct plan_fault *f)
{
	struct communes c = { 0 };
	TRY(read_communes(a, communes, &c, f));
	keep_near(&c);
	struct rng r = rng_init(seed, 3);
	BUF_LIT(b, "{\"format\":\"vigie-week-1\",\n\"operators\":["
		   "{\"id\":\"op1\",\"agreement\":\"2941\"},"
		   "{\"id\":\"op2\",\"agreement\":\"3127\"},"
		   "{\"id\":\"op3\",\"agreement\":\"2941\"},"
		   "{\"id\":\"op4\",\"agreement\":\"3127\"}],\n\"carers\":[");
	for (int k = 0; k < carers; k++)
		put_carer(&r, &c, b, k);
	struct buf needs = buf_init(a, (size_t)64 << 20);
	int n = 0, people = 0;
	while (n < visits)
		put_needs(&r, &needs, &n, people++, visits);
	BUF_LIT(b, "],\n\"people\":[");
	put_people(&r, &c, b, people, carers);
	BUF_LIT(b, "],\n\"visits\":[");
	buf_put(b, buf_str(&needs));
	BUF_LIT(b, "]}\n");
	return OK;
}
