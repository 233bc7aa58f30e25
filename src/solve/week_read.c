/* The instance of a week from JSON (doc/plan-format.md). */
#include "solve/tree.h"
#include "solve/week.h"

struct reading {
	struct arena *a;
	struct week *w;
	struct plan_fault *f;
	str *skill;
	int n_skills;
};

static enum err refuse(struct reading *r, const struct tree *o, const char *why)
{
	return plan_fault_set(r->a, r->f, ERR_INPUT, o ? o->line : 0, "%s", why);
}

static enum err whole(struct reading *r, const struct tree *o, const char *key, int lo,
		      int hi, int absent, int *ret)
{
	int64_t v;
	TRY(tree_int(r->a, o, key, lo, hi, absent, &v, r->f));
	*ret = (int)v;
	return OK;
}

static enum err list(struct reading *r, const struct tree *root, const char *key, int max,
		     const struct tree **ret)
{
	const struct tree *l = tree_at(root, key);
	if (!l || l->kind != TREE_LIST || l->n > max)
		return plan_fault_set(r->a, r->f, ERR_INPUT, l ? l->line : 0,
				      "%s: missing, no list, or more than %d", key, max);
	*ret = l;
	return OK;
}

/* Identifiers found by a table of hashes. */
struct names {
	int *slot;
	size_t mask;
};

static struct names names_new(struct arena *a, int n)
{
	size_t size = 16;
	while (size < (size_t)n * 2 + 2)
		size *= 2;
	return (struct names){ ARENA_ARRAY(a, int, size), size - 1 };
}

/* The place of `id` among ids read by `at`, or -1; `put` >= 0 adds it (-2: there already). */
static int names_find(const struct names *t, str id, const void *base, size_t step, int put)
{
	for (size_t h = (size_t)str_hash(id);; h++) {
		int *s = &t->slot[h & t->mask];
		if (*s == 0) {
			if (put >= 0)
				*s = put + 1;
			return put >= 0 ? put : -1;
		}
		const str *other =
			(const void *)((const char *)base + (size_t)(*s - 1) * step);
		if (str_eq(*other, id))
			return put >= 0 ? -2 : *s - 1;
	}
}

static enum err read_place(struct reading *r, const struct tree *o, int place)
{
	return whole(r, o, "lat", -90000000, 90000000, 100000000, &r->w->y[place]) != OK ||
			       whole(r, o, "lon", -180000000, 180000000, 200000000,
				     &r->w->x[place]) != OK
		       ? ERR_INPUT
		       : OK;
}

static int op_of(const struct week *w, str id)
{
	for (int k = 0; k < w->n_ops; k++)
		if (str_eq(w->op[k], id))
			return k;
	return -1;
}

static enum err read_ops(struct reading *r, const struct tree *root)
{
	struct week *w = r->w;
	const struct tree *l = NULL;
	TRY(list(r, root, "operators", 500, &l));
	ASSERT(l);
	w->op = ARENA_ARRAY(r->a, str, (size_t)l->n);
	w->agreement = ARENA_ARRAY(r->a, enum week_agreement, (size_t)l->n);
	for (const struct tree *o = l->child; o; o = o->next) {
		str g = tree_str(o, "agreement");
		int k = 0;
		while (k < WEEK_AGREEMENTS &&
		       !str_eq(g, str_of(week_agreement_name((enum week_agreement)k))))
			k++;
		if (k == WEEK_AGREEMENTS || !tree_str(o, "id").n)
			return refuse(r, o, "operator: no id, or an unknown agreement");
		w->agreement[w->n_ops] = (enum week_agreement)k;
		w->op[w->n_ops++] = tree_str(o, "id");
	}
	return OK;
}

/* A bit for each name of qualification met, at most 32. */
static enum err skill_bit(struct reading *r, const struct tree *o, str name, uint32_t *ret)
{
	int k = 0;
	while (k < r->n_skills && !str_eq(r->skill[k], name))
		k++;
	if (k == 32)
		return refuse(r, o, "more than 32 qualifications");
	if (k == r->n_skills)
		r->skill[r->n_skills++] = name;
	*ret |= 1u << k;
	return OK;
}

static enum err read_hours(struct reading *r, const struct tree *o, struct week_carer *c)
{
	const struct tree *l = tree_at(o, "days");
	if (!l || l->kind != TREE_LIST || l->n != WEEK_DAYS)
		return refuse(r, o, "days: seven entries, null or [from, to]");
	int k = 0;
	for (const struct tree *d = l->child; d; d = d->next, k++) {
		if (d->kind == TREE_NULL)
			continue;
		if (d->kind != TREE_LIST || d->n != 2 || d->child->kind != TREE_NUMBER ||
		    d->child->next->kind != TREE_NUMBER)
			return refuse(r, d, "days: null or [from, to]");
		int64_t from = d->child->num / TREE_UNIT,
			to = d->child->next->num / TREE_UNIT;
		if (from < 0 || from >= to || to > 1440)
			return refuse(r, d, "days: 0 <= from < to <= 1440");
		c->from[k] = (int)from;
		c->to[k] = (int)to;
	}
	return OK;
}

static enum err read_carer(struct reading *r, const struct tree *o, int k)
{
	static const char *const modes[WEEK_MODES] = { "car", "bike", "foot", "bus" };
	struct week *w = r->w;
	struct week_carer *c = &w->carer[k];
	c->id = tree_str(o, "id");
	c->op = op_of(w, tree_str(o, "operator"));
	c->place = k;
	for (c->mode = 0; c->mode < WEEK_MODES; c->mode++)
		if (str_eq(tree_str(o, "mode"), str_of(modes[c->mode])))
			break;
	if (!c->id.n || c->op < 0 || c->mode == WEEK_MODES)
		return refuse(r, o, "carer: no id, or an unknown operator or mode");
	TRY(read_place(r, o, k));
	TRY(whole(r, o, "contract", 0, 3000, -1, &c->contract));
	const struct tree *l = tree_at(o, "skills");
	for (const struct tree *s = l ? l->child : NULL; s; s = s->next)
		TRY(skill_bit(r, s, s->s, &c->skills));
	return read_hours(r, o, c);
}

static enum err read_ties(struct reading *r, const struct tree *o, const char *key,
			  const struct names *carers, int person, uint8_t bit)
{
	struct week *w = r->w;
	const struct tree *l = tree_at(o, key);
	for (const struct tree *s = l ? l->child : NULL; s; s = s->next) {
		int c = names_find(carers, s->s, w->carer, sizeof *w->carer, -1);
		if (c < 0)
			continue; /* someone who no longer works here */
		w->tie[(size_t)person * (size_t)w->n_carers + (size_t)c] |= bit;
	}
	return OK;
}

static enum err read_people(struct reading *r, const struct tree *l,
			    const struct names *carers, const struct names *people)
{
	struct week *w = r->w;
	w->tie = ARENA_ARRAY(r->a, uint8_t, (size_t)w->n_people * (size_t)w->n_carers);
	int k = 0;
	for (const struct tree *o = l->child; o; o = o->next, k++) {
		struct week_person *p = &w->person[k];
		*p = (struct week_person){ tree_str(o, "id"),
					   op_of(w, tree_str(o, "operator")),
					   w->n_carers + k, tree_true(o, "relay") };
		if (!p->id.n || p->op < 0 ||
		    names_find(people, p->id, w->person, sizeof *p, k) == -2)
			return refuse(r, o, "person: no id, twice, or an unknown operator");
		TRY(read_place(r, o, p->place));
		TRY(read_ties(r, o, "knows", carers, k, TIE_KNOWN));
		TRY(read_ties(r, o, "likes", carers, k, TIE_LIKED | TIE_KNOWN));
		TRY(read_ties(r, o, "refuses", carers, k, TIE_REFUSED));
	}
	return OK;
}

static enum err read_visit(struct reading *r, const struct tree *o, int k,
			   const struct names *carers, const struct names *people)
{
	struct week *w = r->w;
	struct week_visit *x = &w->visit[k];
	*x = (struct week_visit){
		.id = tree_str(o, "id"), .link = -1, .pin = -1, .ref = -1
	};
	x->person =
		names_find(people, tree_str(o, "person"), w->person, sizeof *w->person, -1);
	if (!x->id.n || x->person < 0)
		return refuse(r, o, "visit: no id, or an unknown person");
	TRY(whole(r, o, "day", 0, WEEK_DAYS - 1, -1, &x->day));
	TRY(whole(r, o, "from", 0, 1439, -1, &x->from));
	TRY(whole(r, o, "to", x->from, 1439, -1, &x->to));
	TRY(whole(r, o, "at", x->from, x->to, (x->from + x->to) / 2, &x->at));
	TRY(whole(r, o, "minutes", 1, 1440, -1, &x->minutes));
	TRY(whole(r, o, "critical", 0, 3, 1, &x->critical));
	x->heavy = tree_true(o, "heavy");
	str s = tree_str(o, "skill");
	if (s.n)
		TRY(skill_bit(r, o, s, &x->skill));
	s = tree_str(o, "pin");
	if (s.n && (x->pin = names_find(carers, s, w->carer, sizeof *w->carer, -1)) < 0)
		return refuse(r, o, "pin: an unknown carer");
	return OK;
}

static enum err read_links(struct reading *r, const struct tree *l,
			   const struct names *visits)
{
	struct week *w = r->w;
	int k = 0;
	for (const struct tree *o = l->child; o; o = o->next, k++) {
		const struct tree *with = tree_at(o, "with");
		if (!with)
			continue;
		int u = names_find(visits, tree_str(with, "visit"), w->visit,
				   sizeof *w->visit, -1);
		struct week_visit *x = &w->visit[k];
		if (u < 0 || u == k || w->visit[u].day != x->day || w->visit[u].link >= 0 ||
		    x->link >= 0)
			return refuse(r, with,
				      "with: another visit of that day, linked once");
		TRY(whole(r, with, "min", 0, 1440, 0, &x->lo));
		TRY(whole(r, with, "max", x->lo, 1440, x->lo, &x->hi));
		x->link = u;
		w->visit[u].link = k;
		w->visit[u].second = true;
		w->visit[u].lo = x->lo;
		w->visit[u].hi = x->hi;
	}
	return OK;
}

static enum err read_prices(struct reading *r, const struct tree *root)
{
	static const struct {
		const char *name;
		int64_t value;
	} prices[] = {
#define P(name, value, why) { #name, value },
#include "solve/week_price.tbl"
#undef P
	};
	const struct tree *o = tree_at(root, "prices");
	for (int k = 0; k < WEEK_PRICES; k++)
		TRY(tree_int(r->a, o, prices[k].name, -1000000, 1000000000, prices[k].value,
			     &r->w->price[k], r->f));
	return OK;
}

static int64_t root_of(int64_t s)
{
	int64_t lo = 0, hi = 3000000000;
	while (lo < hi) {
		int64_t mid = (lo + hi + 1) / 2;
		if (mid * mid <= s)
			lo = mid;
		else
			hi = mid - 1;
	}
	return lo;
}

/* Degrees to metres on a plane around the mean latitude, then roads: 1.3 times the line.
 * cos by Bhaskara I: (32400 - 4 x^2) / (32400 + x^2), x in degrees, within 0.2 %. */
static void measure(struct arena *a, struct week *w)
{
	int n = w->n_places;
	int64_t sum = 0;
	for (int i = 0; i < n; i++)
		sum += w->y[i];
	int64_t q = sum / n / 10000,
		cos16 = (324000000 - 4 * q * q) * 65536 /
			(324000000 + q * q); /* hundredths of a degree */
	for (int i = 0; i < n; i++) {
		w->y[i] = (int32_t)((int64_t)w->y[i] * 111195 / 1000000);
		w->x[i] = (int32_t)((int64_t)w->x[i] * 111195 / 1000000 * cos16 / 65536);
	}
	w->way = ARENA_ARRAY(a, uint16_t, (size_t)n * (size_t)n);
	for (int i = 0; i < n; i++)
		for (int j = 0; j < i; j++) {
			int64_t dx = w->x[i] - w->x[j], dy = w->y[i] - w->y[j];
			int64_t m = root_of((dx * dx + dy * dy) * 169) / 100;
			m = m > 60000 ? 60000 : m; /* 600 km: nobody goes there */
			w->way[(size_t)i * (size_t)n + (size_t)j] = (uint16_t)m;
			w->way[(size_t)j * (size_t)n + (size_t)i] = (uint16_t)m;
		}
}

static enum err read_all(struct reading *r, const struct tree *root)
{
	struct week *w = r->w;
	const struct tree *lc = NULL, *lp = NULL, *lv = NULL;
	TRY(read_prices(r, root));
	TRY(read_ops(r, root));
	TRY(list(r, root, "carers", WEEK_CARERS_MAX, &lc));
	TRY(list(r, root, "people", WEEK_PEOPLE_MAX, &lp));
	TRY(list(r, root, "visits", WEEK_VISITS_MAX, &lv));
	ASSERT(lc && lp && lv);
	w->n_carers = lc->n;
	w->n_people = lp->n;
	w->n_visits = lv->n;
	w->n_places = lc->n + lp->n;
	if (!lc->n || !lp->n || !lv->n)
		return refuse(r, root, "no carers, no people or no visits");
	w->carer = ARENA_ARRAY(r->a, struct week_carer, (size_t)lc->n);
	w->person = ARENA_ARRAY(r->a, struct week_person, (size_t)lp->n);
	w->visit = ARENA_ARRAY(r->a, struct week_visit, (size_t)lv->n);
	w->x = ARENA_ARRAY(r->a, int32_t, (size_t)w->n_places);
	w->y = ARENA_ARRAY(r->a, int32_t, (size_t)w->n_places);
	struct names carers = names_new(r->a, lc->n), people = names_new(r->a, lp->n),
		     visits = names_new(r->a, lv->n);
	int k = 0;
	for (const struct tree *o = lc->child; o; o = o->next, k++) {
		TRY(read_carer(r, o, k));
		if (names_find(&carers, w->carer[k].id, w->carer, sizeof *w->carer, k) ==
		    -2)
			return refuse(r, o, "a carer twice");
	}
	TRY(read_people(r, lp, &carers, &people));
	k = 0;
	for (const struct tree *o = lv->child; o; o = o->next, k++) {
		TRY(read_visit(r, o, k, &carers, &people));
		if (names_find(&visits, w->visit[k].id, w->visit, sizeof *w->visit, k) ==
		    -2)
			return refuse(r, o, "a visit twice");
	}
	TRY(read_links(r, lv, &visits));
	measure(r->a, w);
	return OK;
}

enum err week_read(struct arena *a, str text, struct week *ret, struct plan_fault *f)
{
	const struct tree *root;
	struct week w = { 0 };
	TRY(tree_read(a, text, &root, f));
	struct reading r = { a, &w, f, ARENA_ARRAY(a, str, 32), 0 };
	if (!str_eq(tree_str(root, "format"), S("vigie-week-1")))
		return refuse(&r, root, "format: \"vigie-week-1\" was expected");
	TRY(read_all(&r, root));
	*ret = w;
	return OK;
}
