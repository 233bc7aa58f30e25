/* One round: its times (as early as it can end, then as late as it can begin), its sums, and
 * what it breaks. */
#include "solve/week.h"

enum { EVENING = 19 * 60 };

int week_minutes(const struct week *w, int mode, int32_t a, int32_t b)
{
	static const struct {
		int fixed, tens; /* minutes, tens of metres an hour */
	} speed[WEEK_MODES] = { { 5, 3500 }, { 0, 1400 }, { 0, 450 }, { 5, 1400 } };
	int way = w->way[(size_t)a * (size_t)w->n_places + (size_t)b];
	if (way == 0)
		return 0;
	return speed[mode].fixed + (way * 60 + speed[mode].tens - 1) / speed[mode].tens;
}

static int place_of(const struct week *w, int v)
{
	return w->person[w->visit[v].person].place;
}

/* Earliest starts, with a pause (rest[i], before visit i) at the last moment where the law
 * wants one and no window leaves it; what cannot be in time goes to over[]. */
static void forward(const struct week *w, const struct week_carer *c, int wday,
		    struct week_round *r, const int *ready, const int *due, int *rest,
		    int *over)
{
	const struct week_law *law = week_law_of(w->agreement[c->op]);
	int t = c->from[wday], here = c->place, run = 0, longest = law->limit[WEEK_PAUSE];
	for (int i = 0; i < r->n; i++) {
		int v = r->visit[i], there = place_of(w, v);
		int go = week_minutes(w, c->mode, here, there);
		int u = i ? r->visit[i - 1] : v, m = w->visit[v].minutes;
		bool free = i == 0 ||
			    ready[v] - due[u] - w->visit[u].minutes - go >= law->pause;
		run = free ? m : run + go + m;
		rest[i] = longest >= 0 && !free && run > longest ? law->pause : 0;
		run = rest[i] ? m : run;
		t += go + rest[i];
		t = t < ready[v] ? ready[v] : t;
		if (t > due[v])
			over[WEEK_WINDOW] += t - due[v];
		r->early[i] = t;
		t += w->visit[v].minutes;
		here = there;
	}
	t += week_minutes(w, c->mode, here, c->place);
	if (t > c->to[wday])
		over[WEEK_DAY_END] += t - c->to[wday];
}

/* Latest starts that keep every window, and the starts told: as late as the end allows. */
static void backward(const struct week *w, const struct week_carer *c, int wday,
		     struct week_round *r, const int *due, const int *rest)
{
	int next = c->place, late = c->to[wday], told = INT32_MAX;
	for (int i = r->n; i-- > 0;) {
		int v = r->visit[i], here = place_of(w, v), m = w->visit[v].minutes;
		int go = week_minutes(w, c->mode, here, next);
		late -= go + m;
		late = late > due[v] ? due[v] : late;
		r->late[i] = late;
		told = told == INT32_MAX ? r->early[i] : told - go - m - rest[i + 1];
		told = told > due[v] ? due[v] : told;
		told = told < r->early[i] ? r->early[i] : told;
		r->start[i] = told;
		next = here;
	}
}

static int away(int a, int b)
{
	return a > b ? a - b : b - a;
}

static int64_t visit_cost(const struct week *w, const struct week_visit *x, int start)
{
	int64_t c = w->price[PRICE_wish] * away(start, x->at);
	if (x->ref >= 0 && away(start, x->ref_at) > 15)
		c += w->price[PRICE_move] * (away(start, x->ref_at) - 15);
	return c;
}

static void sums(const struct week *w, const struct week_carer *c, struct week_round *r,
		 const struct week_law *law, int *over)
{
	int here = c->place, end = 0, run = 0, wait = 0, torn = 0;
	for (int i = 0; i < r->n; i++) {
		const struct week_visit *x = &w->visit[r->visit[i]];
		int there = w->person[x->person].place;
		int go = week_minutes(w, c->mode, here, there);
		r->way += w->way[(size_t)here * (size_t)w->n_places + (size_t)there];
		int gap = i ? r->start[i] - end - go : 0;
		if (i)
			r->travel += go;
		if (i && gap > law->wait_paid) {
			r->breaks++;
			torn += gap;
		} else if (gap > 0) {
			wait += gap;
		}
		run = i && gap < law->pause ? run + go + gap + x->minutes : x->minutes;
		if (law->limit[WEEK_PAUSE] >= 0 && run > law->limit[WEEK_PAUSE])
			over[WEEK_PAUSE] += run - law->limit[WEEK_PAUSE];
		r->work += x->minutes;
		r->heavy += x->heavy;
		end = r->start[i] + x->minutes;
		r->evenings += end > EVENING && r->evenings == 0;
		r->cost += visit_cost(w, x, r->start[i]);
		here = there;
	}
	r->way += w->way[(size_t)here * (size_t)w->n_places + (size_t)c->place];
	r->first = r->n ? r->start[0] : 0;
	r->last = end;
	r->amplitude = end - r->first;
	r->work += r->travel + wait;
	r->cost += w->price[PRICE_travel] * r->travel + w->price[PRICE_wait] * wait +
		   w->price[PRICE_way] * r->way / 10 + w->price[PRICE_gap] * torn +
		   (r->n ? w->price[PRICE_day] : 0);
	int part = c->contract < 2100;
	if (law->limit[WEEK_BREAK_TOTAL] >= 0 && part &&
	    torn > law->limit[WEEK_BREAK_TOTAL])
		over[WEEK_BREAK_TOTAL] = torn - law->limit[WEEK_BREAK_TOTAL];
}

bool week_round_eval(const struct week *w, int carer, int wday, struct week_round *r,
		     const int *ready, const int *due, int *over)
{
	int mine[WEEK_RULES] = { 0 };
	int *o = over ? over : mine;
	const struct week_carer *c = &w->carer[carer];
	const struct week_law *law = week_law_of(w->agreement[c->op]);
	r->work = r->travel = r->way = r->amplitude = r->breaks = r->first = r->last = 0;
	r->evenings = r->heavy = 0;
	r->cost = 0;
	if (r->n == 0)
		return true;
	int rest[WEEK_ROUND_MAX + 1] = { 0 };
	forward(w, c, wday, r, ready, due, rest, o);
	if (!over && (o[WEEK_WINDOW] || o[WEEK_DAY_END]))
		return false;
	backward(w, c, wday, r, due, rest);
	sums(w, c, r, law, o);
	if (law->limit[WEEK_DAY_MAX] >= 0 && r->work > law->limit[WEEK_DAY_MAX])
		o[WEEK_DAY_MAX] += r->work - law->limit[WEEK_DAY_MAX];
	if (law->limit[WEEK_AMPLITUDE] >= 0 && r->amplitude > law->limit[WEEK_AMPLITUDE])
		o[WEEK_AMPLITUDE] += r->amplitude - law->limit[WEEK_AMPLITUDE];
	if (law->limit[WEEK_BREAKS] >= 0 && r->breaks > law->limit[WEEK_BREAKS])
		o[WEEK_BREAKS] += r->breaks - law->limit[WEEK_BREAKS];
	for (int k = WEEK_WINDOW; k < WEEK_RULES; k++)
		if (o[k])
			return false;
	return true;
}
