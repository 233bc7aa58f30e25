#include "domain/watch/notice.h"

enum recipient { PERSON, CIRCLE, CARER, OLD_CARER, OPERATOR };
enum urgency { REMIND, ALERT, INFO };

static const struct line {
	enum event_kind event;
	enum recipient recipient;
	const char *key;
	enum urgency urgency;
} table[] = {
#define N(event, recipient, key, urgency) { EV_##event, recipient, key, urgency },
#include "domain/watch/notice.tbl"
#undef N
};

/* The arguments of a sentence, one a line: hour of the visit (µs), minutes, tasks, the carer's
 * first name.  The text itself is made when it is sent, in the language of the recipient. */
static str notice_args(struct arena *a, const struct event *e,
		       const struct notice_context *c)
{
	int64_t minutes = 0, start = 0, tasks = 0;
	str name = c->carer ? c->carer->first_name : (str){ 0 };
	if (c->visit) {
		start = c->visit->start_at.us;
		tasks = c->visit->tasks;
		minutes = c->visit->announced_min;
		if (e->kind == EV_VISIT_LATE_TOLD)
			minutes = e->u.visit_late_told.minutes;
	} else if (c->request) {
		tasks = c->request->tasks;
		minutes = c->request->start_minute;
	}
	return str_fmt(a, "%lld\n%lld\n%lld\n%" PRIstr, (long long)start,
		       (long long)minutes, (long long)tasks, STR(name));
}

static void add(struct arena *a, struct notices *ret, const struct notice *n,
		enum role role, struct id id, enum channel channel)
{
	if (!id_is(id) || channel == CHANNEL_NONE)
		return;
	struct notice *p = ARENA_PUSH(a, ret);
	*p = *n;
	p->recipient_role = role;
	p->recipient_id = id;
	p->channel = channel;
}

static void add_circle(struct arena *a, struct notices *ret, const struct notice *n,
		       const struct notice_context *c, day today)
{
	for (size_t i = 0; i < c->contact_count; i++) {
		const struct contact *k = &c->contacts[i];
		bool ended = k->ends_on.d != INT32_MIN && k->ends_on.d < today.d;
		if ((k->scopes & SCOPE_ALERTED) && !ts_is(k->revoked_at) && !ended)
			add(a, ret, n, ROLE_CIRCLE, k->id, k->channel);
	}
}

/* A planned visit given its carer the days before is planning, not news. */
static bool concerns(const struct line *l, const struct event *e,
		     const struct notice_context *c)
{
	if (l->event != e->kind)
		return false;
	if (e->kind == EV_VISIT_ASSIGNED && c->visit)
		return ts_is(c->visit->frozen_at) ||
		       e->u.visit_assigned.how == ASSIGNMENT_IMPOSED;
	return true;
}

static ts when(const struct line *l, const struct notice_context *c, ts now)
{
	bool vital = c->visit && c->visit->criticality == CRITICALITY_VITAL;
	if (l->recipient ==
	    OPERATOR) /* a desk has its own hours; the inbox shows it at once */
		return now;
	return policy_speak_at(c->policy, c->zone, now, vital && l->urgency != INFO);
}

void notices_of(struct arena *a, const struct event *e, const struct notice_context *c,
		ts now, struct notices *ret)
{
	if (c->person && (c->person->state == PERSON_STATE_DEAD ||
			  c->person->state == PERSON_STATE_ERASED))
		return; /* death ends every message at once */
	str args = { 0 };
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		const struct line *l = &table[i];
		if (!concerns(l, e, c))
			continue;
		if (!args.p)
			args = notice_args(a, e, c);
		struct notice n = {
			.territory = c->visit ? c->visit->territory : c->request->territory,
			.person_id = e->person,
			.visit_id = c->visit ? c->visit->id : ID_NONE,
			.key = str_of(l->key),
			.args = args,
			.state = NOTICE_STATE_PENDING,
			.made_at = now,
			.look_at = when(l, c, now),
			.until_at = l->urgency == REMIND && c->visit ? c->visit->start_at
								     : TS_NONE,
			.harm = l->urgency == ALERT  ? 2
				: l->urgency == INFO ? 6
						     : 8,
		};
		if (l->urgency == ALERT && c->visit &&
		    c->visit->criticality == CRITICALITY_VITAL)
			n.harm = 0;
		switch (l->recipient) {
		case PERSON:
			if (c->person)
				add(a, ret, &n, ROLE_PERSON, c->person->id,
				    c->person->channel);
			break;
		case CIRCLE: add_circle(a, ret, &n, c, zone_day(c->zone, now)); break;
		case CARER:
			if (c->carer)
				add(a, ret, &n, ROLE_CARER, c->carer->id,
				    c->carer->channel);
			break;
		case OLD_CARER:
			if (c->old_carer)
				add(a, ret, &n, ROLE_CARER, c->old_carer->id,
				    c->old_carer->channel);
			break;
		case OPERATOR:
			if (c->operator_)
				add(a, ret, &n, ROLE_COORDINATOR, c->operator_->id,
				    CHANNEL_FILE);
			break;
		}
	}
}

ts notice_retry_at(const struct notice *n, ts now)
{
	static const int wait_min[NOTICE_TRIES] = { 1, 5, 15, 60, 240 };
	if (n->tries >= NOTICE_TRIES)
		return TS_NEVER;
	ts at = ts_add_min(now, wait_min[n->tries]);
	return ts_is(n->until_at) && at.us >= n->until_at.us ? TS_NEVER : at;
}
