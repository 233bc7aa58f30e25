/* A visit or a series moved: which of the days and hours is the old one, which the new. */
#include "talk/slot.h"

enum side { SIDE_OLD, SIDE_NEW };

static bool is_day(const struct atom *x)
{
	return x->kind == AT_DATE || x->kind == AT_WDAY || x->kind == AT_OFFSET ||
	       x->kind == AT_FEAST || x->kind == AT_PERIOD || x->kind == AT_NTH ||
	       (x->kind == AT_SHIFT && x->unit >= UNIT_DAY);
}

static bool counts(const struct atom *x)
{
	return is_day(x) || x->kind == AT_CLOCK || x->kind == AT_PART ||
	       (x->kind == AT_EVERY && (x->wdays || x->part));
}

static bool new_words_before(const struct sent *s, const struct atom *x)
{
	for (size_t i = x->head; i-- > 0 && i + 4 > x->head;) {
		if (s->atom[i] >= 0)
			return false;
		if (tok_in(&s->t, i, "plutot|plus") &&
		    !tok_in(&s->t, i + 1, "que|qu|tot|tard"))
			return true;
		if (tok_lemma(&s->t, i, "preferer") ||
		    tok_in(&s->t, i,
			   "mettez|passez|venez|mettre|decalez-le|dorenavant|desormais"))
			return true;
	}
	return false;
}

/* "mardi au lieu de lundi": what stands before the words of atom `instead` is new. */
static bool split_instead(const struct sent *s, enum side *side, size_t instead)
{
	bool any = false;
	bool old_day = false, old_clock = false, old_part = false;
	for (size_t k = instead; k < s->l.n; k++) {
		const struct atom *x = &s->l.v[k];
		if (k > instead && s->l.v[k].head > s->l.v[k - 1].end + 1)
			break;
		old_day = old_day || is_day(x) || x->kind == AT_EVERY;
		old_clock = old_clock || x->kind == AT_CLOCK;
		old_part = old_part || x->kind == AT_PART;
	}
	for (size_t k = 0; k < s->l.n; k++) {
		const struct atom *x = &s->l.v[k];
		bool after = k >= instead && s->l.v[k].at < s->l.v[instead].end + 6;
		bool new_side =
			!after && ((is_day(x) && old_day) ||
				   (x->kind == AT_CLOCK && (old_clock || old_part)) ||
				   (x->kind == AT_PART && (old_part || old_clock)));
		/* "venez mardi à 10 h au lieu de lundi": the hour goes with the new day */
		if (!after && old_day && !old_clock && !old_part &&
		    (x->kind == AT_CLOCK || x->kind == AT_PART))
			new_side = true;
		side[k] = new_side && counts(x) ? SIDE_NEW : SIDE_OLD;
		any = any || side[k] == SIDE_NEW;
	}
	return any;
}

/* Marks each atom that counts; returns whether any is new. */
static bool split(const struct sent *s, enum side *side)
{
	size_t instead = SIZE_MAX, seen = 0;
	bool any = false;
	for (size_t k = 0; k < s->l.n; k++) {
		side[k] = SIDE_OLD;
		if (s->l.v[k].role == ROLE_INSTEAD && counts(&s->l.v[k]) &&
		    instead == SIZE_MAX)
			instead = k;
	}
	if (instead != SIZE_MAX)
		return split_instead(s, side, instead);
	bool on = false;
	for (size_t k = 0; k < s->l.n; k++) {
		const struct atom *x = &s->l.v[k];
		if (!counts(x))
			continue;
		bool to = x->role == ROLE_A || x->role == ROLE_TO || x->role == ROLE_POUR ||
			  x->role == ROLE_EN || x->role == ROLE_UNTIL || x->approx ||
			  (x->role == ROLE_FROM && x->kind == AT_CLOCK);
		bool first_clock = x->kind == AT_CLOCK && x->role == ROLE_A && seen > 0 &&
				   k > 0 && s->l.v[k - 1].end >= x->head &&
				   is_day(&s->l.v[k - 1]) && !on;
		/* "le rdv de mardi à 9 h à 11 h": the first hour belongs to the old day when a
		 * second one follows */
		bool more = false;
		for (size_t j = k + 1; j < s->l.n; j++)
			more = more ||
			       (counts(&s->l.v[j]) &&
				(s->l.v[j].role == ROLE_A || s->l.v[j].role == ROLE_POUR ||
				 s->l.v[j].role == ROLE_TO ||
				 new_words_before(s, &s->l.v[j])));
		if (!on && seen > 0 && (to || new_words_before(s, x)) &&
		    !(first_clock && more))
			on = true;
		else if (!on && new_words_before(s, x) &&
			 (tok_is(&s->t, 0, "dorenavant") || x->role != ROLE_DE))
			on = true;
		else if (!on && seen == 0 && (x->role == ROLE_A || x->role == ROLE_POUR) &&
			 pat_has(s, "=deplacer|=decaler|=reporter|=repousser|=mettre|="
				    "avancer|=retarder|=remettre"))
			on = true;
		else if (!on && seen > 0 && x->kind == s->l.v[k - 1].kind &&
			 x->role == ROLE_NONE && x->at > s->l.v[k - 1].end)
			on = true;
		if (on) {
			side[k] = SIDE_NEW;
			any = true;
		}
		seen++;
	}
	if (!any && seen > 1) { /* "demain matin je dors, passez en soirée" */
		for (size_t k = s->l.n; k-- > 0;)
			if (counts(&s->l.v[k]) && k &&
			    s->l.v[k].kind == s->l.v[k - 1].kind) {
				side[k] = SIDE_NEW;
				return true;
			}
	}
	return any;
}

static int shift_of(const struct sent *s)
{
	for (size_t k = 0; k < s->l.n; k++) {
		const struct atom *x = &s->l.v[k];
		int m = 0, sign = 0;
		if (x->kind == AT_SHIFT && x->second == 1 && x->unit <= UNIT_HOUR)
			return (int)x->n * (x->unit == UNIT_HOUR ? 60 : 1);
		if (x->kind == AT_CLOCK && x->n > 0 && !x->hinted && x->role != ROLE_A &&
		    x->role != ROLE_INSTEAD)
			m = (int)x->n;
		else if (x->kind == AT_DUR && x->unit == UNIT_MINUTE)
			m = (int)x->n;
		if (!m || m > 720)
			continue;
		if (tok_is(&s->t, x->end, "plus") && tok_in(&s->t, x->end + 1, "tot|tard"))
			sign = tok_is(&s->t, x->end + 1, "tot") ? -1 : 1;
		else if (pat_has(s, "=avancer") &&
			 (x->role == ROLE_DE || x->one || x->kind == AT_DUR))
			sign = -1;
		else if (pat_has(s, "=retarder|=repousser|=reculer|=decaler") &&
			 (x->role == ROLE_DE || x->one || x->kind == AT_DUR) &&
			 (x->one || x->n <= 180))
			sign = tok_is(&s->t, x->end, "avant") ? -1 : 1;
		if (sign)
			return sign * m;
	}
	return 0;
}

static unsigned wdays_of(const struct sent *s, const enum side *side, enum side which)
{
	unsigned w = 0;
	for (size_t k = 0; k < s->l.n; k++)
		if ((s->l.v[k].kind == AT_WDAY || s->l.v[k].kind == AT_EVERY) &&
		    side[k] == which)
			w |= s->l.v[k].wdays;
	return w;
}

static bool is_series(const struct sent *s)
{
	for (size_t k = 0; k < s->l.n; k++) {
		const struct atom *x = &s->l.v[k];
		if (x->kind == AT_WDAY && x->le && !x->next && !x->last && !x->wmod &&
		    (x->role == ROLE_NONE || x->role == ROLE_DE))
			return true; /* "le mardi" is a habit, "mardi" one day */
		if (x->kind == AT_EVERY || (x->kind == AT_WDAY && (x->habit || x->les)))
			return true;
	}
	return pat_has(s, "dorenavant|desormais|definitivement|toujours|chaque") ||
	       pat_has(s, "pour de bon") || pat_has(s, "a l avenir|partir");
}

static void put_day(const struct sent *s, const struct talk_now *now, struct talk *r,
		    size_t k, enum side side)
{
	struct day_range d;
	const struct atom *x = &s->l.v[k];
	struct talk_now base = *now;
	if (!date_resolve(x, &base, DATE_NEXT, &d)) {
		r->contradiction = true;
		return;
	}
	if (slot_contradicts(x, &d)) {
		r->contradiction = true;
		r->contradicted = d;
	}
	if (side == SIDE_NEW && x->kind == AT_WDAY && slot_day_set(r->dtstart) &&
	    !x->next && !x->wmod) {
		/* the weekday of the same week when it is still to come, else the next one */
		day same = day_add(date_monday(r->dtstart), wday_first(x->wdays) - 1);
		d.from = same.d > now->day.d
				 ? same
				 : date_weekday_after(r->dtstart, wday_first(x->wdays));
	}
	if (side == SIDE_NEW && !slot_day_set(r->new_date))
		r->new_date = d.from;
	else if (side == SIDE_OLD && !slot_day_set(r->dtstart))
		r->dtstart = d.from;
}

void slot_move(struct arena *a, const struct sent *s, const struct talk_now *now,
	       struct talk *r)
{
	enum side *side = ARENA_ARRAY(a, enum side, s->l.n + 1);
	bool any = split(s, side);
	r->shift = shift_of(s);
	bool series = is_series(s);
	unsigned parts[2] = { 0, 0 };
	for (size_t k = 0; k < s->l.n; k++) {
		const struct atom *x = &s->l.v[k];
		if (is_day(x) && !(series && x->kind == AT_WDAY && !x->next))
			put_day(s, now, r, k, side[k]);
		if (x->kind == AT_CLOCK &&
		    !(r->shift && x->n > 0 && (x->role == ROLE_DE || x->one))) {
			int m = slot_minute(s, k);
			r->approx = r->approx || x->approx;
			if (side[k] == SIDE_NEW && r->new_time < 0)
				r->new_time = m;
			else if (side[k] == SIDE_OLD && r->n_times < TALK_MAX_TIMES)
				r->times[r->n_times++] = m;
		}
		if ((x->kind == AT_PART || x->kind == AT_EVERY) && x->part &&
		    x->part <= PART_NUIT)
			parts[side[k]] |= PART_BIT(x->part);
	}
	r->parts = r->n_times ? 0 : parts[SIDE_OLD];
	r->new_part = r->new_time >= 0 ? 0 : parts[SIDE_NEW];
	if (series) {
		unsigned from = wdays_of(s, side, SIDE_OLD),
			 to = wdays_of(s, side, SIDE_NEW);
		bool daily = pat_has(s, "tous|toutes les jours|matins|soirs|midis") ||
			     pat_has(s, "chaque jour|matin|soir|midi") ||
			     pat_has(s, "quotidien*");
		if (from)
			r->rrule = str_fmt(a, "FREQ=WEEKLY;BYDAY=%" PRIstr,
					   STR(slot_byday(a, from)));
		else if (daily)
			r->rrule = S("FREQ=DAILY");
		if (to)
			r->new_rrule = str_fmt(a, "FREQ=WEEKLY;BYDAY=%" PRIstr,
					       STR(slot_byday(a, to)));
	}
	(void)any;
	for (size_t k = 0; k < s->l.n; k++) {
		const struct atom *x = &s->l.v[k];
		if (x->kind == AT_PART && x->ce && !slot_day_set(r->dtstart))
			r->dtstart = now->day; /* "la visite de ce soir" */
		/* "avancez la toilette à 8 h demain": the day is the one it was */
		if (is_day(x) && side[k] == SIDE_NEW && x->role == ROLE_NONE &&
		    r->new_time >= 0 && !slot_day_set(r->dtstart) && !r->rrule.n)
			r->dtstart = r->new_date;
	}
	if (!slot_day_set(r->new_date) && slot_day_set(r->dtstart) && !r->new_rrule.n &&
	    !r->shift && (r->new_time >= 0 || r->new_part))
		r->new_date = r->dtstart;
}
