/* eligible.c - the reasons against asking a carer. */
#include "domain/relief/eligible.h"

static const char *const names[BLOCKER_COUNT] = {
	[BLOCK_LEFT] = "relief.left",
	[BLOCK_EMPLOYER] = "relief.employer",
	[BLOCK_TITLE] = "relief.title",
	[BLOCK_QUALIFICATION] = "relief.qualification",
	[BLOCK_UNKNOWN_PROOF] = "relief.unknown_proof",
	[BLOCK_ABSENT] = "relief.absent",
	[BLOCK_REFUSED] = "relief.refused",
	[BLOCK_BODY] = "relief.body",
	[BLOCK_UNAVAILABLE] = "relief.unavailable",
	[BLOCK_RESTING] = "relief.resting",
	[BLOCK_HOURS] = "relief.hours",
};

const char *blocker_name(enum blocker b)
{
	ASSERT(b < BLOCKER_COUNT);
	return names[b];
}

struct candidate candidate_of(const struct carer *c)
{
	return (struct candidate){
		.carer_id = c->id,
		.operator_id = c->operator_id,
		.state = c->state,
		.worker = { c->status, c->travel_mode, c->week_min },
		.idcc = c->idcc,
		.home = place_of(c->lat_e6, c->lon_e6),
		.is_outside_open = c->is_outside_open,
		.is_extra_wanted = c->is_extra_wanted,
		.is_woman = c->is_woman,
		.known_on = DAY_NONE,
	};
}

bool availability_covers(const struct availabilities *v, int weekday, int from_min,
			 int until_min, bool otherwise)
{
	if (v->n == 0)
		return otherwise;
	int covered = from_min;
	for (bool more = true; more && covered < until_min;) { /* windows may touch */
		more = false;
		for (size_t i = 0; i < v->n; i++) {
			const struct availability *w = &v->v[i];
			if (w->weekday == weekday && w->from_minute <= covered &&
			    w->until_minute > covered) {
				covered = w->until_minute;
				more = true;
			}
		}
	}
	return covered >= until_min;
}

bool absence_overlaps(const struct absences *v, ts from, ts until)
{
	for (size_t i = 0; i < v->n; i++)
		if (ts_before(v->v[i].from_at, until) && ts_before(from, v->v[i].until_at))
			return true;
	return false;
}

enum body_wish body_wish_of(str preferences)
{
	if (str_find(preferences, S("aide_femme")) != SIZE_MAX)
		return BODY_WOMAN;
	if (str_find(preferences, S("aide_homme")) != SIZE_MAX)
		return BODY_MAN;
	return BODY_ANY;
}

bool tasks_of_body(uint32_t tasks)
{
	return (tasks &
		(TASK_BIT(TASK_TOILETTE) | TASK_BIT(TASK_HABILLAGE) | TASK_BIT(TASK_LEVER) |
		 TASK_BIT(TASK_COUCHER) | TASK_BIT(TASK_TRANSFERT))) != 0;
}

/* May an offer reach her now?  At work, within her hours, or she opened the others. */
static bool may_be_reached(const struct candidate *c, const struct moment *now)
{
	if (c->is_outside_open)
		return true;
	if (ts_is(c->at_work.from) && !ts_before(now->at, c->at_work.from) &&
	    ts_before(now->at, c->at_work.until))
		return true;
	return availability_covers(&c->availabilities, day_weekday(now->on), now->minute,
				   now->minute + 1, false);
}

/* Is the slot within her hours?  Without hours given, an employer may plan her, but an offer
 * goes only to the days on which she works anyway. */
static bool slot_fits(const struct need *need, const struct candidate *c)
{
	if (c->is_outside_open)
		return true;
	const struct stay *s = &need->stay;
	bool otherwise = !need->is_offer || (c->book && c->book->n > 0);
	return availability_covers(&c->availabilities, day_weekday(s->on), s->from_min,
				   s->from_min + stay_minutes(s), otherwise);
}

static void check_employer(const struct need *need, const struct candidate *c,
			   const struct operator* o, struct eligibility *e)
{
	if (!id_eq(c->operator_id, need->operator_id))
		e->blockers |= 1u << BLOCK_EMPLOYER;
	if (!o)
		return;
	struct title_ask ask = { need->mode, need->payer, need->tasks,
				 need->is_independents_allowed };
	e->title_faults = title_check(o, &ask);
	if (e->title_faults)
		e->blockers |= 1u << BLOCK_TITLE;
}

static void check_proofs(const struct need *need, const struct candidate *c,
			 const struct moment *now, struct eligibility *e)
{
	/* the proof must hold on the day of the visit, not only today */
	day on = need->stay.on.d > now->on.d ? need->stay.on : now->on;
	e->qualified = qualification_check(&c->qualifications, need->tasks, on,
					   need->engagement, c->known_on);
	if (qualified_opens(e->qualified))
		return;
	bool unknown = e->qualified.state == QUALIFIED_UNKNOWN;
	e->blockers |= 1u << (unknown ? BLOCK_UNKNOWN_PROOF : BLOCK_QUALIFICATION);
}

bool eligible(const struct need *need, const struct candidate *c, const struct operator* o,
	      const struct labour_rules *r, const struct moment *now,
	      struct eligibility *ret)
{
	struct eligibility e = { 0 };
	if (c->state != CARER_STATE_ACTIVE)
		e.blockers |= 1u << BLOCK_LEFT;
	check_employer(need, c, o, &e);
	check_proofs(need, c, now, &e);
	if (absence_overlaps(&c->absences, need->stay.from, need->stay.until))
		e.blockers |= 1u << BLOCK_ABSENT;
	if (need->is_offer &&
	    absence_overlaps(&c->absences, now->at, ts_add_min(now->at, 1)))
		e.blockers |= 1u << BLOCK_RESTING;
	if (c->is_refused)
		e.blockers |= 1u << BLOCK_REFUSED;
	if (tasks_of_body(need->tasks) && need->body != BODY_ANY &&
	    c->is_woman != (need->body == BODY_WOMAN))
		e.blockers |= 1u << BLOCK_BODY;
	if (!slot_fits(need, c))
		e.blockers |= 1u << BLOCK_UNAVAILABLE;
	if (need->is_offer && !may_be_reached(c, now))
		e.blockers |= 1u << BLOCK_RESTING;
	if (c->book && !hours_allow(r, &c->worker, c->book, &need->stay,
				    need->is_exceptional, &e.breaches))
		e.blockers |= 1u << BLOCK_HOURS;
	*ret = e;
	return e.blockers == 0;
}
