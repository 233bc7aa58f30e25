/* day.c - the sheet of a day. */
#include "domain/labour/day.h"

/* A meal is looked for between 11:30 and 14:30 (proposal; V.12.4 only gives its length). */
#define NOON_FROM  690
#define NOON_UNTIL 870

static int max_int(int a, int b)
{
	return a > b ? a : b;
}

static int min_int(int a, int b)
{
	return a < b ? a : b;
}

struct leg day_leg(const struct labour_rules *r, enum travel_mode mode,
		   const struct stay *a, const struct stay *b)
{
	struct leg l = { .metres = travel_metres(a->place, b->place),
			 .gap_min = (int)ts_minutes(a->until, b->from) };
	l.travel_min = travel_minutes(mode, l.metres);
	int net = l.gap_min - l.travel_min;
	int paid_wait = LABOUR(r, wait_paid_min) < 0 ? 0 : (int)LABOUR(r, wait_paid_min);
	if (net <= 0) {
		l.paid_min = max_int(l.gap_min, 0);
	} else if (net < paid_wait) {
		l.paid_min = l.gap_min;
	} else {
		l.is_break = true;
		l.free_min = net;
		l.paid_min = LABOUR(r, rebuilt_travel) == 1 ? l.travel_min : 0;
	}
	return l;
}

/* Free time of the gap that lies around noon; the travel comes first. */
static int noon_free(const struct stay *a, const struct leg *l)
{
	int end = a->from_min + stay_minutes(a);
	int from = max_int(end + l->travel_min, NOON_FROM);
	int until = min_int(end + l->gap_min, NOON_UNTIL);
	return max_int(until - from, 0);
}

static void add_leg(struct day_sheet *s, const struct labour_rules *r, const struct leg *l)
{
	s->metres += l->metres;
	if (l->gap_min < 0)
		s->overlap_min += -l->gap_min;
	else if (l->gap_min < l->travel_min)
		s->short_min += l->travel_min - l->gap_min;
	if (l->is_break) {
		s->breaks++;
		s->free_min += l->gap_min - l->paid_min;
		if (LABOUR(r, break_long_min) >= 0 &&
		    l->free_min > LABOUR(r, break_long_min))
			s->breaks_long++;
		if (l->paid_min) {
			s->travel_min += l->paid_min;
			s->paid_m += l->metres;
		}
		return;
	}
	int travel = min_int(l->travel_min, l->paid_min);
	s->travel_min += travel;
	s->wait_min += l->paid_min - travel;
	s->paid_m += l->metres;
}

struct day_sheet day_sheet(const struct labour_rules *r, enum travel_mode mode,
			   const struct stay *v, size_t n)
{
	struct day_sheet s = { .meal_gap_min = -1 };
	if (n == 0)
		return s;
	int pause = LABOUR(r, pause_min) < 0 ? 20 : (int)LABOUR(r, pause_min);
	int run = 0, end_max = 0;
	for (size_t i = 0; i < n; i++) {
		s.visits++;
		s.visit_min += stay_minutes(&v[i]);
		run += stay_minutes(&v[i]);
		s.run_min = max_int(s.run_min, run);
		end_max = max_int(end_max, (int)ts_minutes(v[0].from, v[i].until));
		if (i + 1 == n)
			break;
		struct leg l = day_leg(r, mode, &v[i], &v[i + 1]);
		add_leg(&s, r, &l);
		s.meal_gap_min = max_int(s.meal_gap_min, noon_free(&v[i], &l));
		if (l.gap_min - l.travel_min >= pause)
			run = 0;
		else
			run += max_int(l.gap_min, 0);
	}
	s.amplitude_min = end_max;
	s.work_min = s.visit_min + s.travel_min + s.wait_min;
	if (v[0].from_min >= NOON_FROM || v[0].from_min + end_max <= NOON_UNTIL)
		s.meal_gap_min = -1;
	else
		s.meal_gap_min = max_int(s.meal_gap_min, 0);
	return s;
}

int64_t day_km_cents(const struct labour_rules *r, enum travel_mode mode, int64_t metres)
{
	if (mode != TRAVEL_MODE_CAR || LABOUR(r, car_cents_100km) < 0)
		return -1;
	money rate = { LABOUR(r, car_cents_100km) };
	return money_mul(rate, metres, 100000, ROUND_HALF_UP).cents;
}

void stays_sort(struct stay *v, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct stay x = v[i];
		size_t j = i;
		while (j > 0 && (v[j - 1].from.us > x.from.us ||
				 (v[j - 1].from.us == x.from.us &&
				  id_cmp(v[j - 1].visit_id, x.visit_id) > 0))) {
			v[j] = v[j - 1];
			j--;
		}
		v[j] = x;
	}
}
