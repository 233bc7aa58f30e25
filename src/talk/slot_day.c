/* Days and recurrences of a sentence; what is left to ask. */
#include "talk/num.h"
#include "talk/slot.h"

struct plan { /* what the atoms say of days, before it is read for the intent */
	const struct atom *every, *per, *nth;
	unsigned wdays;     /* all weekdays said */
	unsigned not_wdays; /* those excepted */
	bool habit;         /* they repeat */
	bool wd_range;
	size_t n_wdays;
	const struct atom *one_wday, *wd_from, *wd_to;
	struct day_range first; /* the first date said */
	bool dated;
	struct atom first_atom;
	bool period; /* the first date is a week, month... */
	bool from;   /* it was "à partir de" */
	bool since;
	const struct atom *span;
	size_t n_times;
};

bool slot_contradicts(const struct atom *x, const struct day_range *d)
{
	return x->kind == AT_DATE && x->wdays &&
	       !(x->wdays & (1u << (day_weekday(d->from) - 1)));
}

str slot_byday(struct arena *a, unsigned wdays)
{
	static const char *const names[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
	struct buf b = buf_init(a, 64);
	for (int w = 0; w < 7; w++)
		if (wdays & (1u << w))
			buf_fmt(&b, "%s%s", b.n ? "," : "", names[w]);
	return buf_str(&b);
}

static void note_contradiction(struct talk *r, const struct atom *x,
			       const struct day_range *d)
{
	r->contradiction = true;
	if (x->kind == AT_DATE && !x->bad)
		r->contradicted = *d;
}

static void take_except(struct talk *r, const struct talk_now *now, const struct atom *x,
			struct plan *p)
{
	struct day_range d;
	if (x->kind == AT_FERIE) {
		r->except_holidays = true;
	} else if (x->kind == AT_WDAY || x->kind == AT_EVERY) {
		p->not_wdays |= x->wdays;
	} else if (x->kind == AT_PERIOD && x->unit == UNIT_WEEKEND) {
		p->not_wdays |= 0x60;
	} else if (date_resolve(x, now, DATE_NEXT, &d)) {
		for (day k = d.from; k.d <= d.to.d && r->n_except < TALK_MAX_EXCEPT;
		     k = day_add(k, 1))
			r->except[r->n_except++] = k;
	}
}

/* Two dates joined by "ou", two hours joined by "ou": the person does not know. */
static bool joined_by_or(const struct sent *s, size_t k)
{
	const struct atom *x = &s->l.v[k];
	for (size_t i = x->end; i < s->t.n && i < x->end + 3; i++)
		if (tok_is(&s->t, i, "ou"))
			return k + 1 < s->l.n && s->l.v[k + 1].at >= i &&
			       s->l.v[k + 1].head <= i + 4 && s->l.v[k + 1].kind == x->kind;
	return false;
}

static void take_wday(const struct atom *x, struct plan *p, const struct sent *s, size_t k)
{
	const struct atom *next =
		k + 1 < s->l.n && s->l.v[k + 1].kind == AT_WDAY ? x + 1 : NULL;
	bool range =
		next && !next->habit && next->at <= x->end + 3 &&
		((x->role == ROLE_DE && (next->role == ROLE_A || next->role == ROLE_TO)) ||
		 next->role == ROLE_TO || (x->role == ROLE_NONE && next->role == ROLE_A) ||
		 next->role == ROLE_UNTIL || x->role == ROLE_BETWEEN);
	if (range) {
		p->wd_range = true;
		p->wd_from = x;
		p->wd_to = next;
		int a = wday_first(x->wdays), b = wday_first(next->wdays);
		for (int w = a;; w = w % 7 + 1) {
			p->wdays |= 1u << (w - 1);
			if (w == b)
				break;
		}
	}
	p->wdays |= x->wdays;
	p->n_wdays++;
	if (!p->one_wday)
		p->one_wday = x;
	bool le = (x->le && x->role == ROLE_NONE && !x->next && !x->last && !x->wmod) ||
		  x->les || x->habit ||
		  (x->role == ROLE_DE && x->le && !x->next && !x->last && !x->wmod);
	p->habit = p->habit || le || (x->role == ROLE_POUR && x->le && !x->next);
}

static bool take_date(struct talk *r, const struct talk_now *now, const struct atom *x,
		      struct plan *p, enum date_way way)
{
	struct day_range d;
	if (!date_resolve(x, now,
			  x->role == ROLE_SINCE && x->kind == AT_WDAY ? DATE_LAST : way,
			  &d)) {
		note_contradiction(r, x, &d);
		return false;
	}
	if (x->kind == AT_PERIOD && x->sub) {
		int len = d.to.d - d.from.d + 1;
		if (x->sub == SUB_EARLY)
			d.to = day_add(d.from, len > 27 ? 9 : 1);
		else if (x->sub == SUB_LATE)
			d.from = day_add(d.to, len > 27 ? -9 : -1);
		else
			d.from = d.to = day_add(d.from, len / 2 - (len > 27 ? 1 : 0));
		if (x->sub == SUB_LATE && x->role == ROLE_UNTIL)
			d.from = d.to;
	}
	if (x->last && r->intent == INTENT_REQUEST_VISIT)
		return false; /* "depuis ma chute du mois dernier" */
	if (slot_contradicts(x, &d))
		note_contradiction(r, x, &d);
	if (x->role == ROLE_UNTIL || x->role == ROLE_BEFORE) {
		day last = x->role == ROLE_BEFORE ? day_add(d.from, -1) : d.to;
		if (!slot_day_set(r->until))
			r->until = last;
		return true;
	}
	bool end = p->dated && (x->role == ROLE_TO || x->role == ROLE_A);
	if (end) {
		r->until = d.to;
		return true;
	}
	if (p->dated) {
		/* "lundi 16 et mardi 17": days that follow each other, or else one at a time */
		bool single = x->kind != AT_PERIOD && p->first.from.d == p->first.to.d &&
			      !p->from;
		if (single && d.from.d == p->first.to.d + 1 && !slot_day_set(r->until))
			r->until = d.from;
		else if (single && d.from.d != p->first.from.d && x->role == ROLE_NONE &&
			 r->intent <= INTENT_MOVE_VISIT)
			r->ask |= ASK_DATE;
		return true;
	}
	p->dated = true;
	p->first = d;
	p->first_atom = *x;
	p->period = x->kind == AT_PERIOD || x->kind == AT_NEXTN;
	p->from = x->role == ROLE_FROM;
	p->since = x->role == ROLE_SINCE;
	return true;
}

/* "du 13 au 15 juillet": the first end takes the month of the second. */
static struct atom lend_month(const struct sent *s, size_t k)
{
	struct atom x = s->l.v[k];
	if (x.kind == AT_DATE && !x.m && k + 1 < s->l.n && s->l.v[k + 1].kind == AT_DATE &&
	    s->l.v[k + 1].m && s->l.v[k + 1].head <= x.end + 1 &&
	    s->l.v[k + 1].role != ROLE_NONE) {
		x.m = s->l.v[k + 1].m;
		x.y = s->l.v[k + 1].y;
	}
	return x;
}

static void read_plan(const struct sent *s, const struct talk_now *now, struct talk *r,
		      struct plan *p)
{
	enum date_way way = slot_way(s, r);
	bool other_date = false;
	for (size_t k = 0; k < s->l.n; k++)
		other_date = other_date ||
			     (s->l.v[k].role != ROLE_EXCEPT &&
			      (s->l.v[k].kind == AT_EVERY || s->l.v[k].kind == AT_WDAY ||
			       s->l.v[k].kind == AT_DATE || s->l.v[k].kind == AT_PERIOD));
	for (size_t k = 0; k < s->l.n; k++) {
		struct atom x = lend_month(s, k);
		const struct atom *keep = &s->l.v[k];
		bool except = x.role == ROLE_EXCEPT && other_date;
		if (except &&
		    (x.kind == AT_WDAY || x.kind == AT_DATE || x.kind == AT_PERIOD ||
		     x.kind == AT_FEAST || x.kind == AT_OFFSET || x.kind == AT_EVERY ||
		     x.kind == AT_FERIE)) {
			take_except(r, now, &x, p);
			while (k + 1 < s->l.n && s->l.v[k + 1].role == ROLE_NONE &&
			       s->l.v[k + 1].kind == x.kind &&
			       s->l.v[k + 1].head <= s->l.v[k].end + 1)
				take_except(r, now, &s->l.v[++k], p);
			continue;
		}
		if (joined_by_or(s, k) &&
		    (x.kind == AT_CLOCK || x.kind == AT_WDAY || x.kind == AT_DATE ||
		     x.kind == AT_OFFSET || x.kind == AT_PART)) {
			r->contradiction = true;
			r->ask |= x.kind == AT_CLOCK || x.kind == AT_PART ? ASK_TIME
									  : ASK_DATE;
		}
		if (x.kind == AT_EVERY) {
			p->every = p->every ? p->every : keep;
			p->wdays |= x.wdays;
		} else if (x.kind == AT_TIMES) {
			p->per = p->per ? p->per : keep;
		} else if (x.kind == AT_NTH && x.habit) {
			p->nth = keep;
		} else if (x.kind == AT_WDAY && x.role != ROLE_FROM &&
			   x.role != ROLE_UNTIL && !x.next && !x.last && !x.wmod &&
			   x.role != ROLE_SINCE && x.role != ROLE_BEFORE &&
			   x.role != ROLE_AFTER) {
			take_wday(keep, p, s, k);
		} else if (x.kind == AT_DUR && x.unit >= UNIT_DAY && x.role != ROLE_SINCE) {
			p->span = keep;
		} else if (x.kind == AT_NEXTN && x.n > 0) {
			p->span = keep;
		} else if (x.kind == AT_FERIE && x.role == ROLE_EXCEPT) {
			r->except_holidays = true;
		} else if (x.kind == AT_DATE || x.kind == AT_WDAY || x.kind == AT_OFFSET ||
			   x.kind == AT_FEAST || x.kind == AT_PERIOD || x.kind == AT_NTH ||
			   (x.kind == AT_SHIFT && x.unit >= UNIT_DAY)) {
			take_date(r, now, &x, p, way);
		}
		if (x.kind == AT_TIMES && x.wdays)
			p->wdays |= x.wdays;
	}
	p->n_times = r->n_times;
}

/* "à 8 h en semaine et à 9 h le week-end": two series in one sentence are asked apart. */
static bool two_series(const struct sent *s)
{
	int days = 0, hours = 0, turns = 0, last = 0;
	for (size_t k = 0; k < s->l.n; k++) {
		const struct atom *x = &s->l.v[k];
		bool weekend = x->kind == AT_PERIOD && x->unit == UNIT_WEEKEND;
		int is = x->kind == AT_CLOCK                                    ? 2
			 : x->kind == AT_WDAY || x->kind == AT_EVERY || weekend ? 1
										: 0;
		if (!is || x->role == ROLE_EXCEPT || x->role == ROLE_FROM ||
		    x->role == ROLE_UNTIL)
			continue;
		turns += last && is != last;
		days += is == 1;
		hours += is == 2;
		last = is;
	}
	return days > 1 && hours > 1 && turns >= 3;
}

/* ---- recurrence ---- */

static str rule(struct arena *a, const char *freq, int64_t interval, unsigned wdays)
{
	struct buf b = buf_init(a, 200);
	buf_fmt(&b, "FREQ=%s", freq);
	if (interval > 1 && interval < 1000)
		buf_fmt(&b, ";INTERVAL=%d", (int)interval);
	if (wdays)
		buf_fmt(&b, ";BYDAY=%" PRIstr, STR(slot_byday(a, wdays)));
	return buf_str(&b);
}

static str nth_rule(struct arena *a, const struct atom *x)
{
	if (x->d)
		return str_fmt(a, "FREQ=MONTHLY;BYMONTHDAY=%d", x->d);
	if (x->wdays && x->second > 0)
		return str_fmt(a, "FREQ=MONTHLY;BYDAY=%d%" PRIstr ",%d%" PRIstr, (int)x->n,
			       STR(slot_byday(a, x->wdays)), x->second,
			       STR(slot_byday(a, x->wdays)));
	if (x->wdays)
		return str_fmt(a, "FREQ=MONTHLY;BYDAY=%d%" PRIstr, (int)x->n,
			       STR(slot_byday(a, x->wdays)));
	return str_fmt(a, "FREQ=MONTHLY;BYMONTHDAY=%d", (int)x->n);
}

static int task_number(const struct sent *s, const struct atom *per)
{
	for (size_t i = 0; i < per->at; i++) {
		int64_t v = 0;
		size_t j = s->atom[i] < 0 ? num_read(&s->t, i, &v) : i;
		if (j > i && s->task_len[j] && v > 0 && v < 30)
			return (int)v;
	}
	return 1;
}

static void per_rule(struct arena *a, const struct sent *s, struct talk *r,
		     const struct plan *p)
{
	const struct atom *x = p->per;
	if (x->unit == UNIT_DAY) {
		r->rrule =
			p->wdays ? rule(a, "WEEKLY", 1, p->wdays) : rule(a, "DAILY", 1, 0);
		return;
	}
	const char *freq = x->unit == UNIT_MONTH  ? "MONTHLY"
			   : x->unit == UNIT_YEAR ? "YEARLY"
						  : "WEEKLY";
	r->rrule = rule(a, freq, 1, x->unit == UNIT_WEEK ? p->wdays : 0);
	if (!p->wdays)
		r->per_period =
			x->n > 0 ? (int)(x->n < 100 ? x->n : 99) : task_number(s, x);
}

static void every_rule(struct arena *a, struct talk *r, const struct plan *p)
{
	const struct atom *x = p->every;
	unsigned days = p->wdays & ~p->not_wdays;
	if (x->unit == UNIT_DAY && p->not_wdays && x->n <= 1) {
		r->rrule = rule(a, "WEEKLY", 1,
				(p->wdays ? p->wdays : WDAYS_ALL) & ~p->not_wdays);
		return;
	}
	if (x->unit == UNIT_DAY && days && x->n <= 1) {
		r->rrule = rule(a, "WEEKLY", 1, days);
		return;
	}
	const char *freq = x->unit <= UNIT_DAY       ? "DAILY"
			   : x->unit == UNIT_WEEK    ? "WEEKLY"
			   : x->unit == UNIT_WEEKEND ? "WEEKLY"
			   : x->unit == UNIT_YEAR    ? "YEARLY"
						     : "MONTHLY";
	int64_t n = x->unit == UNIT_QUARTER ? 3 * x->n : x->n;
	r->rrule = rule(a, freq, n, x->unit == UNIT_WEEK ? days : 0);
	if (x->unit >= UNIT_WEEK && !days && !p->dated)
		r->per_period = 1;
}

static bool wants_series(const struct talk *r)
{
	return r->intent == INTENT_REQUEST_VISIT || r->intent == INTENT_CANCEL_VISIT ||
	       r->intent == INTENT_PREFER_CARER || r->intent == INTENT_REFUSE_CARER ||
	       r->intent == INTENT_QUERY_SCHEDULE || r->intent == INTENT_QUERY_WHO;
}

static void fill_rule(struct arena *a, const struct sent *s, struct talk *r, struct plan *p)
{
	bool request = r->intent == INTENT_REQUEST_VISIT;
	if (!wants_series(r))
		return;
	if (p->nth) {
		r->rrule = nth_rule(a, p->nth);
	} else if (p->every) {
		every_rule(a, r, p);
		if (p->per && p->per->unit == UNIT_WEEK && !p->wdays && p->per->n > 0) {
			r->per_period = 0;
			per_rule(a, s, r, p);
		}
	} else if (p->per) {
		per_rule(a, s, r, p);
	} else if (p->n_wdays && (p->habit || (request && !p->period &&
					       (p->n_wdays > 1 || p->wd_range)))) {
		bool dated_range =
			p->wd_range && (r->intent == INTENT_CANCEL_VISIT || p->period);
		if (!dated_range)
			r->rrule = rule(a, "WEEKLY", 1, p->wdays & ~p->not_wdays);
	} else if (request && !p->n_wdays) {
		unsigned parts = r->parts;
		bool many = r->n_times > 1 || (parts & (parts - 1)) != 0;
		bool month = p->period && p->first_atom.unit == UNIT_MONTH && !p->from;
		bool range = p->dated && slot_day_set(r->until);
		if (p->span || range || month || slot_day_set(r->until) ||
		    (many && !p->dated) || (p->from && p->dated))
			r->rrule = p->not_wdays
					   ? rule(a, "WEEKLY", 1, WDAYS_ALL & ~p->not_wdays)
					   : rule(a, "DAILY", 1, 0);
	}
}

/* ---- first and last day ---- */

static str span_text(struct arena *a, const struct atom *x, int *days, int *months)
{
	*days = *months = 0;
	int n = (int)(x->n < 400 ? x->n : 400);
	if (x->unit == UNIT_DAY && (n == 8 || n == 15)) {
		n = n == 8 ? 1 : 2;
		*days = n * 7;
		return str_fmt(a, "P%dW", n);
	}
	if (x->unit == UNIT_WEEK || x->unit == UNIT_DAY) {
		*days = x->unit == UNIT_WEEK ? n * 7 : n;
		return str_fmt(a, "P%d%s", n, x->unit == UNIT_WEEK ? "W" : "D");
	}
	*months = x->unit == UNIT_YEAR ? 12 * n : x->unit == UNIT_QUARTER ? 3 * n : n;
	return str_fmt(a, "P%d%s", x->unit == UNIT_YEAR ? n : *months,
		       x->unit == UNIT_YEAR ? "Y" : "M");
}

static void fill_span(struct arena *a, struct talk *r, const struct plan *p)
{
	int days, months;
	if (!p->span)
		return;
	r->span = span_text(a, p->span, &days, &months);
	if (!slot_day_set(r->dtstart))
		return;
	day end = months ? day_add(date_add_months(r->dtstart, months), -1)
			 : day_add(r->dtstart, days - 1);
	if (r->intent == INTENT_REQUEST_VISIT)
		r->until = end;
	else
		r->dtend = end;
}

static void fill_wday_dates(const struct talk_now *now, struct talk *r,
			    const struct plan *p, enum date_way way)
{
	struct day_range d;
	struct talk_now base = *now;
	if (p->period && p->first_atom.unit ==
				 UNIT_WEEK) { /* "la semaine prochaine du lundi au jeudi" */
		int w = wday_first(p->one_wday->wdays);
		r->dtstart = day_add(p->first.from, w - 1);
		if (p->wd_range)
			r->dtend = day_add(p->first.from, wday_first(p->wd_to->wdays) - 1);
		return;
	}
	if (p->wd_range) {
		date_resolve(p->wd_from, now, way, &d);
		r->dtstart = d.from;
		base.day = d.from;
		date_resolve(p->wd_to, &base, DATE_NEXT, &d);
		r->dtend = d.to;
		return;
	}
	if (p->n_wdays == 1 || way == DATE_LAST) {
		date_resolve(p->one_wday, now, way, &d);
		r->dtstart = d.from;
		return;
	}
	/* several bare weekdays: the first to come, and the last when they follow each other */
	day first = DAY_NONE, last = DAY_NONE;
	for (int w = 1; w <= 7; w++) {
		if (!(p->wdays & (1u << (w - 1))))
			continue;
		day k = date_weekday_after(now->day, w);
		if (!slot_day_set(first) || k.d < first.d)
			first = k;
		if (!slot_day_set(last) || k.d > last.d)
			last = k;
	}
	r->dtstart = first;
	r->dtend = last;
}

static void fill_dates(const struct sent *s, const struct talk_now *now, struct talk *r,
		       const struct plan *p)
{
	enum date_way way = slot_way(s, r);
	bool series = r->rrule.n > 0;
	if (p->n_wdays && !series)
		fill_wday_dates(now, r, p, way);
	if (p->dated && !(p->n_wdays && !series && p->period)) {
		bool take = !slot_day_set(r->dtstart) || p->from;
		bool long_one = p->period && !p->from && p->first.to.d > p->first.from.d;
		if (take) {
			r->dtstart = p->first.from;
			if (long_one && r->intent == INTENT_REQUEST_VISIT && series) {
				if (!slot_day_set(r->until))
					r->until = p->first.to;
			} else if (long_one) {
				r->dtend = p->first.to;
				bool past = r->dtstart.d < now->day.d && way == DATE_NEXT &&
					    !p->since;
				if (past && r->dtend.d >= now->day.d)
					r->dtstart = now->day;
			}
		}
	}
	if (r->intent != INTENT_REQUEST_VISIT && slot_day_set(r->until)) {
		if (!slot_day_set(r->dtend))
			r->dtend = r->until;
		if (!series)
			r->until = DAY_NONE;
		if (!slot_day_set(r->dtstart) && !series)
			r->dtstart = now->day;
	}
	if (r->intent == INTENT_REQUEST_VISIT && slot_day_set(r->dtstart) &&
	    way == DATE_NEXT && !p->since && r->dtstart.d < now->day.d && !series)
		r->ask |= ASK_DATE;
}

static void fill_count(const struct sent *s, struct talk *r)
{
	for (size_t i = 0; i < s->t.n; i++) {
		int64_t v = 0;
		size_t j = s->atom[i] < 0 ? num_read(&s->t, i, &v) : i;
		if (j == i || v < 2 || v > 366)
			continue;
		bool noun = tok_in(&s->t, j,
				   "seances|visites|passages|interventions|matins|soirs|"
				   "matinees|soirees|midis|nuits|apresmidi") ||
			    (tok_in(&s->t, j, "fois") && !tok_in(&s->t, j + 1, "par|la"));
		bool per = tok_in(&s->t, j + 1, "par") || tok_is(&s->t, j + 1, "la") ||
			   tok_is(&s->t, j + 1, "restantes");
		if (noun && !per && r->intent == INTENT_REQUEST_VISIT)
			r->count = (int)v;
	}
	if (r->count && !r->rrule.n)
		r->rrule = S("FREQ=DAILY");
}

void slot_days(struct arena *a, const struct sent *s, const struct talk_now *now,
	       struct talk *r)
{
	struct plan p = { 0 };
	read_plan(s, now, r, &p);
	fill_rule(a, s, r, &p);
	fill_count(s, r);
	fill_dates(s, now, r, &p);
	fill_span(a, r, &p);
	for (size_t k = 0; k < s->l.n && !slot_day_set(r->dtstart) && !r->rrule.n; k++)
		if (s->l.v[k].kind == AT_PART && s->l.v[k].ce)
			r->dtstart = now->day; /* "ce soir" */
	if (r->intent == INTENT_ASK_REPORT && !slot_day_set(r->dtstart))
		for (size_t k = 0; k < s->l.n; k++)
			if (s->l.v[k].kind == AT_PART || s->l.v[k].kind == AT_CLOCK)
				r->dtstart = now->day;
	if (r->intent == INTENT_REQUEST_VISIT && two_series(s))
		r->ask |= ASK_TIME;
	bool report = r->intent == INTENT_REPORT_MISSED ||
		      r->intent == INTENT_REPORT_LATE ||
		      r->intent == INTENT_REPORT_SHORT_VISIT;
	if (report && !slot_day_set(r->dtstart))
		r->dtstart = now->day;
	if (r->intent == INTENT_DECLARE_ABSENCE) {
		bool open = p.from || p.since ||
			    pat_has(s, "=hopital|=hospitaliser|hospitalise|=clinique|="
				       "operer|=convalescence|=arret|sais pas|sait "
				       "pas|=partir|reeducation|cure|m+en|s+en");
		if (!slot_day_set(r->dtstart) &&
		    (r->span.n || pat_has(s, "=etre|suis|est|=rentrer|=entrer|=partir"))) {
			if (r->span.n || p.since ||
			    pat_has(s, "depuis|maintenant|=arret|hospitalise|hospitalisee"))
				r->dtstart = now->day;
			fill_span(a, r, &p);
		}
		if (slot_day_set(r->dtstart) && !slot_day_set(r->dtend) && !open)
			r->dtend = r->dtstart;
	}
	if (r->intent == INTENT_CANCEL_VISIT && p.wd_range && !slot_day_set(r->dtend))
		r->dtend = r->until;
}

void slot_ask(const struct sent *s, struct talk *r)
{
	bool when = slot_day_set(r->dtstart) || r->rrule.n;
	bool hour = r->n_times || r->parts || r->window[0] >= 0;
	switch (r->intent) {
	case INTENT_REQUEST_VISIT:
		r->ask |= (r->tasks ? 0 : ASK_TASK) | (when ? 0 : ASK_DATE) |
			  (r->per_period ? ASK_DAYS : 0) | (hour ? 0 : ASK_TIME);
		if (slot_day_set(r->dtend) && !r->rrule.n)
			r->ask |= ASK_DATE;
		break;
	case INTENT_CANCEL_VISIT:
		if (!when && !hour)
			r->ask |= ASK_DATE;
		if (r->ask && !r->tasks && !r->carer.n)
			r->intent = INTENT_CLARIFY;
		break;
	case INTENT_MOVE_VISIT: {
		bool target = slot_day_set(r->new_date) || r->new_time >= 0 ||
			      r->new_part || r->shift || r->new_rrule.n;
		bool moved = target && (r->new_time >= 0 || r->new_part || r->shift ||
					r->new_rrule.n || r->new_date.d != r->dtstart.d);
		if (!when && !r->n_times && !r->parts)
			r->ask |= ASK_DATE;
		if (!moved)
			r->ask |= ASK_NEW_DATE;
		if (!moved && !when && !r->tasks) {
			r->intent = INTENT_CLARIFY;
			r->ask = ASK_INTENT | ASK_DATE;
		}
		break;
	}
	case INTENT_DECLARE_ABSENCE:
		r->ask |= (slot_day_set(r->dtstart) ? 0 : ASK_DATE) |
			  (slot_day_set(r->dtend) ? 0 : ASK_DTEND);
		break;
	case INTENT_REFUSE_CARER:
	case INTENT_PREFER_CARER:
		if (!r->carer.n && !when &&
		    !pat_has(s, "=homme|=femme|=dame|=monsieur|qui|meme|=fumeur|=jeune|="
				"parler|hommes|femmes|stagiaire|habituelle"))
			r->ask |= ASK_CARER;
		break;
	case INTENT_CLARIFY:
		if (!r->ask)
			r->ask = ASK_INTENT | (when ? 0 : ASK_DATE);
		break;
	case INTENT_REPORT_MISSED:
	case INTENT_REPORT_LATE:
	case INTENT_REPORT_SHORT_VISIT:
	case INTENT_QUERY_SCHEDULE:
	case INTENT_QUERY_WHO:
	case INTENT_ASK_REPORT:
	case INTENT_RATE_VISIT:
	case INTENT_EMERGENCY:
	case INTENT_HUMAN_HELP:
	case INTENT_OUT_OF_SCOPE:
	case INTENT_COUNT_: r->ask = 0; break;
	}
	if (r->contradiction && r->intent != INTENT_EMERGENCY &&
	    r->intent != INTENT_OUT_OF_SCOPE && r->intent != INTENT_HUMAN_HELP) {
		unsigned what = r->ask & (ASK_TIME | ASK_DATE);
		r->intent = INTENT_CLARIFY;
		r->ask = what ? what : ASK_DATE;
	}
}

void slot_trim(const struct sent *s, struct talk *r)
{
	(void)s;
	switch (r->intent) {
	case INTENT_ASK_REPORT:
	case INTENT_RATE_VISIT:
	case INTENT_DECLARE_ABSENCE:
		r->n_times = 0;
		r->parts = 0;
		r->window[0] = r->window[1] = -1;
		r->duration = 0;
		if (r->intent == INTENT_DECLARE_ABSENCE)
			r->tasks = 0;
		break;
	case INTENT_QUERY_SCHEDULE:
	case INTENT_QUERY_WHO: r->duration = 0; break;
	case INTENT_REPORT_LATE:
	case INTENT_REPORT_MISSED: r->dtend = DAY_NONE; break;
	case INTENT_REQUEST_VISIT:
	case INTENT_CANCEL_VISIT:
	case INTENT_MOVE_VISIT:
	case INTENT_REPORT_SHORT_VISIT:
	case INTENT_PREFER_CARER:
	case INTENT_REFUSE_CARER:
	case INTENT_EMERGENCY:
	case INTENT_HUMAN_HELP:
	case INTENT_OUT_OF_SCOPE:
	case INTENT_CLARIFY:
	case INTENT_COUNT_: break;
	}
}
