/* decision.c - reason, human, delay, appeal. */
#include "domain/account/decision.h"

static const struct {
	int delay_days;
	const char *source;
} table[DECISION_KIND_COUNT] = {
#define D(kind, days, source, law) [DECISION_KIND_##kind] = { days, source },
#include "domain/account/decision.tbl"
#undef D
};

int decision_delay_days(enum decision_kind k)
{
	ASSERT(k < DECISION_KIND_COUNT);
	return table[k].delay_days;
}

const char *decision_source(enum decision_kind k)
{
	ASSERT(k < DECISION_KIND_COUNT);
	return table[k].source;
}

enum err decision_take(struct arena *a, struct decision *d, enum role role, bool is_urgent,
		       int64_t appeal_days, day today, ts now, struct events *ret)
{
	if (!id_is(d->human_id) || role == ROLE_NONE || role == ROLE_SYSTEM ||
	    role == ROLE_OPERATOR_API)
		return ERR_FORBIDDEN;
	str words = str_trim(d->reason);
	if (!id_is(d->about_id) || words.n < DECISION_REASON_MIN ||
	    words.n > DECISION_REASON_MAX)
		return ERR_INPUT;
	d->taken_at = now;
	d->effective_on = is_urgent ? today : day_add(today, decision_delay_days(d->kind));
	d->appeal_until_on = day_add(d->effective_on, (int)appeal_days);
	struct event *e = ARENA_PUSH(a, ret);
	*e = (struct event){ .kind = EV_DECISION_TAKEN,
			     .version = 1,
			     .at = now,
			     .subject = d->id,
			     .person = d->person_id };
	e->u.decision_taken.kind = d->kind;
	e->u.decision_taken.about_id = d->about_id;
	e->u.decision_taken.effective_on = d->effective_on;
	e->u.decision_taken.appeal_until_on = d->appeal_until_on;
	e->u.decision_taken.reason = d->reason;
	return OK;
}

enum err decision_appeal(struct arena *a, struct decision *d, str note, day today, ts now,
			 struct events *ret)
{
	if (ts_is(d->appealed_at))
		return ERR_DUPLICATE;
	if (today.d > d->appeal_until_on.d)
		return ERR_GONE;
	if (str_blank(note) || note.n > DECISION_REASON_MAX)
		return ERR_INPUT;
	d->appealed_at = now;
	struct event *e = ARENA_PUSH(a, ret);
	*e = (struct event){ .kind = EV_DECISION_APPEALED,
			     .version = 2,
			     .at = now,
			     .subject = d->id,
			     .person = d->person_id };
	e->u.decision_appealed.note = note;
	return OK;
}
