/* The state of a search: placing and taking visits, costs kept up to date, undo. */
#include "solve/week_in.h"

int64_t week_carer_cost(const struct week *w, int carer, const struct total *t)
{
	int more = t->work - w->carer[carer].contract;
	return (more > 0 ? w->price[PRICE_overtime] * more : -w->price[PRICE_idle] * more) +
	       (t->days > 5 ? w->price[PRICE_sixth] : 0) +
	       w->price[PRICE_evening] * t->evenings * t->evenings +
	       w->price[PRICE_heavy] * t->heavy * t->heavy;
}

int64_t week_tie_cost(const struct week *w, const struct week_visit *v, int carer)
{
	uint8_t tie = w->tie[(size_t)v->person * (size_t)w->n_carers + (size_t)carer];
	return (tie & TIE_KNOWN ? 0 : w->price[PRICE_unknown]) +
	       (tie & TIE_LIKED ? w->price[PRICE_liked] : 0) +
	       (w->carer[carer].op != w->person[v->person].op ? w->price[PRICE_relay] : 0) +
	       (v->ref >= 0 && v->ref != carer ? w->price[PRICE_change] : 0);
}

int64_t week_left_cost(const struct week *w, const struct week_visit *v)
{
	static const enum week_price by[] = { PRICE_left_comfort, PRICE_left_help,
					      PRICE_left_care, PRICE_left_vital };
	return w->price[by[v->critical]];
}

enum week_rule week_static(const struct week *w, const struct week_visit *v, int carer)
{
	const struct week_carer *c = &w->carer[carer];
	const struct week_person *p = &w->person[v->person];
	if (v->skill & ~c->skills)
		return WEEK_SKILL;
	if (w->tie[(size_t)v->person * (size_t)w->n_carers + (size_t)carer] & TIE_REFUSED)
		return WEEK_REFUSED;
	if (c->op != p->op && !p->relay)
		return WEEK_OPERATOR;
	if (c->to[v->day] <= c->from[v->day])
		return WEEK_ABSENT;
	return WEEK_RULES;
}

static void touch_round(struct week_search *s, int r)
{
	if (s->stamp_round[r] == s->step)
		return;
	if (s->n_rounds == LOG_ROUNDS) {
		s->full = true;
		return;
	}
	s->stamp_round[r] = s->step;
	s->log_round[s->n_rounds] = r;
	s->old_ok[s->n_rounds] = s->ok[r];
	s->old_round[s->n_rounds++] = s->round[r];
}

static void touch_visit(struct week_search *s, int v)
{
	if (s->stamp_visit[v] == s->step)
		return;
	if (s->n_old == LOG_VISITS) {
		s->full = true;
		return;
	}
	s->stamp_visit[v] = s->step;
	s->old[s->n_old].visit = v;
	s->old[s->n_old].carer = s->carer[v];
	s->old[s->n_old].ready = s->ready[v];
	s->old[s->n_old++].due = s->due[v];
}

static void count_round(struct total *t, const struct week_round *r, int sign)
{
	t->work += sign * r->work;
	t->days += sign * (r->n > 0);
	t->evenings += sign * r->evenings;
	t->heavy += sign * r->heavy;
}

/* Puts a round in place of the one there, with all sums. */
static void set_round(struct week_search *s, int carer, int wday,
		      const struct week_round *new, bool ok)
{
	int r = carer * WEEK_DAYS + wday;
	struct total *t = &s->total[carer];
	s->cost -= week_carer_cost(s->w, carer, t) + s->round[r].cost;
	count_round(t, &s->round[r], -1);
	s->round[r] = *new;
	s->ok[r] = ok;
	count_round(t, new, 1);
	s->cost += week_carer_cost(s->w, carer, t) + new->cost;
}

static int64_t faces_cost(const struct week *w, int faces)
{
	int64_t more = faces - w->price[PRICE_faces_target];
	return more > 0 ? more * w->price[PRICE_faces] : 0;
}

/* Notes who does visit v; the round itself is changed by the caller. */
static void assign(struct week_search *s, int v, int carer)
{
	const struct week *w = s->w;
	const struct week_visit *x = &w->visit[v];
	int was = s->carer[v], p = x->person;
	uint8_t *serves = s->serves + (size_t)p * (size_t)w->n_carers;
	s->cost -= faces_cost(w, s->faces[p]);
	if (was >= 0) {
		s->cost -= week_tie_cost(w, x, was);
		s->faces[p] -= --serves[was] == 0;
		s->left_at[v] = s->n_left;
		s->left[s->n_left++] = v;
		s->cost += week_left_cost(w, x);
	}
	if (carer >= 0) {
		s->cost += week_tie_cost(w, x, carer);
		s->faces[p] += serves[carer]++ == 0;
		int last = s->left[--s->n_left];
		s->left[s->left_at[v]] = last;
		s->left_at[last] = s->left_at[v];
		s->cost -= week_left_cost(w, x);
	}
	s->cost += faces_cost(w, s->faces[p]);
	s->carer[v] = carer;
}

void week_begin(struct week_search *s)
{
	s->step++;
	s->n_rounds = s->n_old = s->n_taken = 0;
	s->old_cost = s->cost;
	s->full = false;
}

void week_undo(struct week_search *s)
{
	for (int k = 0; k < s->n_rounds; k++) {
		int r = s->log_round[k];
		set_round(s, r / WEEK_DAYS, r % WEEK_DAYS, &s->old_round[k], s->old_ok[k]);
	}
	for (int k = 0; k < s->n_old; k++) {
		int v = s->old[k].visit;
		if (s->carer[v] >= 0)
			assign(s, v, -1);
		if (s->old[k].carer >= 0)
			assign(s, v, s->old[k].carer);
		s->ready[v] = s->old[k].ready;
		s->due[v] = s->old[k].due;
	}
	ASSERT(s->cost == s->old_cost);
}

bool week_valid(const struct week_search *s)
{
	for (int k = 0; k < s->n_rounds; k++)
		if (!s->ok[s->log_round[k]])
			return false;
	return !s->full;
}

static void take_one(struct week_search *s, int v)
{
	const struct week_visit *x = &s->w->visit[v];
	int c = s->carer[v], r = c * WEEK_DAYS + x->day;
	touch_visit(s, v);
	touch_round(s, r);
	if (s->full)
		return;
	struct week_round new = s->round[r];
	int k = 0;
	for (int i = 0; i < new.n; i++)
		if (new.visit[i] != v)
			new.visit[k++] = new.visit[i];
	new.n = k;
	s->ready[v] = x->from;
	s->due[v] = x->to;
	bool ok = week_round_eval(s->w, c, x->day, &new, s->ready, s->due, NULL);
	set_round(s, c, x->day, &new, ok);
	assign(s, v, -1);
}

void week_take(struct week_search *s, int v)
{
	int u = s->w->visit[v].link;
	int pair[2] = { v, u };
	for (int k = 0; k < 2; k++) {
		if (pair[k] < 0)
			continue;
		if (s->carer[pair[k]] >= 0)
			take_one(s, pair[k]);
		else if (u >= 0 && !s->full)
			touch_visit(s, pair[k]);
	}
	if (u >= 0 && !s->full)
		for (int k = 0; k < 2; k++) {
			s->ready[pair[k]] = s->w->visit[pair[k]].from;
			s->due[pair[k]] = s->w->visit[pair[k]].to;
		}
	if (s->n_taken < TAKEN)
		s->taken[s->n_taken++] = v;
}

bool week_fits(const struct week_search *s, int carer, int wday,
	       const struct week_round *new, int *over)
{
	const struct week_carer *c = &s->w->carer[carer];
	const struct week_law *law = week_law_of(s->w->agreement[c->op]);
	const struct week_round *r = &s->round[carer * WEEK_DAYS + wday];
	const int *limit = law->limit;
	int work = s->total[carer].work - r->work + new->work, o[WEEK_RULES] = { 0 };
	int days = s->total[carer].days + (new->n > 0) - (r->n > 0);
	if (limit[WEEK_WEEK_MAX] >= 0 && work > limit[WEEK_WEEK_MAX])
		o[WEEK_WEEK_MAX] = work - limit[WEEK_WEEK_MAX];
	int most = c->contract + (int)((int64_t)c->contract * limit[WEEK_EXTRA] / 10000);
	if (limit[WEEK_EXTRA] >= 0 && work > most)
		o[WEEK_EXTRA] = work - most;
	if (limit[WEEK_RUN_DAYS] >= 0 && days > limit[WEEK_RUN_DAYS])
		o[WEEK_RUN_DAYS] = days - limit[WEEK_RUN_DAYS];
	if (limit[WEEK_REST] >= 0 && new->n) {
		if (wday > 0 && r[-1].n &&
		    new->first + 1440 - r[-1].last < limit[WEEK_REST])
			o[WEEK_REST] += limit[WEEK_REST] - (new->first + 1440 - r[-1].last);
		if (wday < 6 && r[1].n && r[1].first + 1440 - new->last < limit[WEEK_REST])
			o[WEEK_REST] += limit[WEEK_REST] - (r[1].first + 1440 - new->last);
	}
	bool fits = true;
	for (int k = WEEK_REST; k < WEEK_FULL; k++) {
		fits = fits && o[k] == 0;
		if (over)
			over[k] += o[k];
	}
	return fits;
}

/* ---- placing --------------------------------------------------------------------- */

struct spot {
	int64_t cost;
	int carer, at;
	struct week_round round;
};

static void try_at(struct week_search *s, int v, int c, int at, int64_t fixed,
		   struct spot *best)
{
	const struct week *w = s->w;
	const struct week_visit *x = &w->visit[v];
	const struct week_round *r = &s->round[c * WEEK_DAYS + x->day];
	struct week_round new;
	new.n = r->n + 1;
	memcpy(new.visit, r->visit, (size_t)at * sizeof new.visit[0]);
	new.visit[at] = v;
	memcpy(new.visit + at + 1, r->visit + at,
	       (size_t)(r->n - at) * sizeof new.visit[0]);
	if (!week_round_eval(w, c, x->day, &new, s->ready, s->due, NULL) ||
	    !week_fits(s, c, x->day, &new, NULL))
		return;
	struct total t = s->total[c];
	int64_t cost = fixed + new.cost - r->cost - week_carer_cost(w, c, &t);
	count_round(&t, r, -1);
	count_round(&t, &new, 1);
	cost += week_carer_cost(w, c, &t);
	if (cost < best->cost) {
		best->cost = cost;
		best->carer = c;
		best->at = at;
		best->round = new;
	}
}

static void try_round(struct week_search *s, int v, int c, struct spot *best, bool blinks)
{
	const struct week *w = s->w;
	const struct week_visit *x = &w->visit[v];
	const struct week_round *r = &s->round[c * WEEK_DAYS + x->day];
	int p = x->person, here = w->person[p].place, mode = w->carer[c].mode;
	const uint16_t *row = w->way + (size_t)here * (size_t)w->n_places;
	int new_face = s->serves[(size_t)p * (size_t)w->n_carers + (size_t)c] == 0;
	int64_t fixed = week_tie_cost(w, x, c) + faces_cost(w, s->faces[p] + new_face) -
			faces_cost(w, s->faces[p]);
	int64_t least = fixed - w->price[PRICE_idle] * (x->minutes + 60) +
			(r->n ? 0 : w->price[PRICE_day]);
	if (r->n >= WEEK_ROUND_MAX || least >= best->cost)
		return;
	for (int i = 0; i <= r->n; i++) {
		int b = i ? w->person[w->visit[r->visit[i - 1]].person].place
			  : w->carer[c].place;
		int n = i < r->n ? w->person[w->visit[r->visit[i]].person].place
				 : w->carer[c].place;
		int detour = row[b] + row[n] -
			     w->way[(size_t)b * (size_t)w->n_places + (size_t)n];
		if (least + w->price[PRICE_way] * detour / 10 >= best->cost)
			continue;
		int t = (i ? r->early[i - 1] + w->visit[r->visit[i - 1]].minutes
			   : w->carer[c].from[x->day]) +
			week_minutes(w, mode, b, here);
		if (t > s->due[v])
			break;
		t = t < s->ready[v] ? s->ready[v] : t;
		t += x->minutes + week_minutes(w, mode, here, n);
		if (t > (i < r->n ? r->late[i] : w->carer[c].to[x->day]))
			continue;
		if (!blinks || !rng_chance(&s->rng, 1, 100))
			try_at(s, v, c, i, fixed, best);
	}
}

static void narrow(struct week_search *s, int v, int from, int to)
{
	touch_visit(s, v);
	if (s->full)
		return;
	s->ready[v] = s->ready[v] > from ? s->ready[v] : from;
	s->due[v] = s->due[v] < to ? s->due[v] : to;
}

/* Fixes the start of a linked visit and with it the window of the other half. */
static void fix_pair(struct week_search *s, int v, int c)
{
	const struct week_visit *x = &s->w->visit[v];
	int r = c * WEEK_DAYS + x->day, start = 0;
	for (int i = 0; i < s->round[r].n; i++)
		if (s->round[r].visit[i] == v)
			start = s->round[r].start[i];
	narrow(s, v, start, start);
	if (s->carer[x->link] < 0) {
		if (x->second)
			narrow(s, x->link, start - x->hi, start - x->lo);
		else
			narrow(s, x->link, start + x->lo, start + x->hi);
	}
	struct week_round new = s->round[r];
	bool ok = week_round_eval(s->w, c, x->day, &new, s->ready, s->due, NULL);
	set_round(s, c, x->day, &new, ok);
}

static bool put_one(struct week_search *s, int v, bool blinks)
{
	const struct week_visit *x = &s->w->visit[v];
	struct spot best = { .cost = INT64_MAX, .carer = -1 };
	int other = x->link >= 0 ? s->carer[x->link] : -1;
	if (s->ready[v] > s->due[v])
		return false;
	for (int k = 0; k < s->able_n[v]; k++) {
		int c = s->able[(size_t)v * ELIGIBLE + (size_t)k];
		if (c != other)
			try_round(s, v, c, &best, blinks);
	}
	if (best.carer < 0)
		return false;
	touch_visit(s, v);
	touch_round(s, best.carer * WEEK_DAYS + x->day);
	if (s->full)
		return false;
	set_round(s, best.carer, x->day, &best.round, true);
	assign(s, v, best.carer);
	if (x->link >= 0)
		fix_pair(s, v, best.carer);
	return true;
}

bool week_put(struct week_search *s, int v, bool blinks)
{
	int u = s->w->visit[v].link;
	if (s->carer[v] >= 0 || s->full)
		return false;
	if (u < 0)
		return put_one(s, v, blinks);
	for (int turn = 0; turn < 2; turn++) {
		int first = turn ? u : v, then = turn ? v : u;
		if (put_one(s, first, blinks) && put_one(s, then, blinks))
			return true;
		int n = s->n_taken;
		week_take(s, v);
		s->n_taken = n;
		if (s->full)
			return false;
	}
	return false;
}

void week_append(struct week_search *s, int v, int carer, int start)
{
	const struct week_visit *x = &s->w->visit[v];
	struct week_round *r = &s->round[carer * WEEK_DAYS + x->day];
	if (week_static(s->w, x, carer) != WEEK_RULES || r->n == WEEK_ROUND_MAX)
		return;
	int slack = x->link >= 0 ? 0 : 15;
	if (start < x->from || start > x->to)
		return;
	s->ready[v] = x->from > start - slack ? x->from : start - slack;
	s->due[v] = x->to < start + slack ? x->to : start + slack;
	struct week_round new = *r;
	new.visit[new.n++] = v;
	if (week_round_eval(s->w, carer, x->day, &new, s->ready, s->due, NULL) &&
	    week_fits(s, carer, x->day, &new, NULL)) {
		set_round(s, carer, x->day, &new, true);
		assign(s, v, carer);
		return;
	}
	s->ready[v] = x->from;
	s->due[v] = x->to;
}
