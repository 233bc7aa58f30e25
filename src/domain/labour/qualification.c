/* qualification.c - the four proofs. */
#include "domain/labour/qualification.h"

static const struct {
	bool reserved, law;
	const char *source;
} tasks_table[TASK_COUNT] = {
#define T(task, reserved, source, law) [TASK_##task] = { reserved, law, source },
#include "domain/labour/tasks.tbl"
#undef T
};

bool task_is_reserved(enum task t)
{
	return t < TASK_COUNT && tasks_table[t].reserved;
}

bool task_is_law(enum task t, enum payer p)
{
	return t < TASK_COUNT && tasks_table[t].law && (p == PAYER_APA || p == PAYER_PCH);
}

const char *task_source(enum task t)
{
	ASSERT(t < TASK_COUNT);
	return tasks_table[t].source;
}

uint32_t tasks_reserved(uint32_t tasks)
{
	uint32_t r = 0;
	for (unsigned t = 0; t < TASK_COUNT; t++)
		if ((tasks & TASK_BIT(t)) && tasks_table[t].reserved)
			r |= TASK_BIT(t);
	return r;
}

static int32_t grace_days(day on)
{
	int64_t d = labour_rule(IDCC_NONE, LABOUR_proof_grace_days, on).value;
	return d < 0 ? 0 : (int32_t)d;
}

/* Is `a` the better of two answers: held before tolerated before unknown ..., then later. */
static bool better(const struct qualified_answer *a, const struct qualified_answer *b)
{
	if (a->state != b->state)
		return a->state < b->state;
	if (b->until_on.d == DAY_NONE.d)
		return false;
	return a->until_on.d == DAY_NONE.d || a->until_on.d > b->until_on.d;
}

static struct qualified_answer unknown(day since, day today, enum engagement e)
{
	struct qualified_answer p = { .state = QUALIFIED_UNKNOWN, .until_on = DAY_NONE };
	if (since.d == DAY_NONE.d || e != ENGAGE_RUNNING)
		return p;
	day last = day_add(since, grace_days(today));
	if (today.d <= last.d) {
		p.state = QUALIFIED_TOLERATED;
		p.until_on = last;
	}
	return p;
}

static struct qualified_answer proof_answer(const struct qualification *q, day today,
					    enum engagement e)
{
	struct qualified_answer p = { .kind = q->kind, .until_on = q->expires_on };
	switch (q->state) {
	case QUALIFICATION_STATE_VALID:
		if (q->issued_on.d > today.d)
			p.state = QUALIFIED_ABSENT;
		else if (q->expires_on.d != DAY_NONE.d && q->expires_on.d < today.d)
			p.state = QUALIFIED_EXPIRED;
		else
			p.state = QUALIFIED_HELD;
		break;
	case QUALIFICATION_STATE_UNKNOWN: return unknown(q->issued_on, today, e);
	case QUALIFICATION_STATE_EXPIRED: p.state = QUALIFIED_EXPIRED; break;
	case QUALIFICATION_STATE_SUSPENDED:
	case QUALIFICATION_STATE_REVOKED:
	default: p.state = QUALIFIED_ABSENT; break;
	}
	return p;
}

struct qualified_answer qualification_check(const struct qualifications *qs, uint32_t tasks,
					    day today, enum engagement e, day known_on)
{
	uint32_t reserved = tasks_reserved(tasks);
	if (!reserved)
		return (struct qualified_answer){ .state = QUALIFIED_NOT_NEEDED,
						  .until_on = DAY_NONE };
	struct qualified_answer best = { .state = QUALIFIED_ABSENT, .until_on = DAY_NONE };
	bool any = false;
	for (size_t i = 0; i < qs->n; i++) {
		if (qs->v[i].kind == QUALIFICATION_KIND_NONE)
			continue;
		struct qualified_answer p = proof_answer(&qs->v[i], today, e);
		if (!any || better(&p, &best))
			best = p;
		any = true;
	}
	if (!any)
		best = unknown(known_on, today, e);
	best.tasks = reserved;
	return best;
}

day qualification_look_on(const struct qualifications *qs, day today)
{
	day next = DAY_NONE;
	for (size_t i = 0; i < qs->n; i++) {
		const struct qualification *q = &qs->v[i];
		day d = DAY_NONE;
		if (q->state == QUALIFICATION_STATE_VALID && q->expires_on.d != DAY_NONE.d)
			d = day_add(q->expires_on, 1);
		else if (q->state == QUALIFICATION_STATE_UNKNOWN &&
			 q->issued_on.d != DAY_NONE.d)
			d = day_add(q->issued_on, grace_days(today) + 1);
		if (d.d == DAY_NONE.d || d.d <= today.d)
			continue;
		if (next.d == DAY_NONE.d || d.d < next.d)
			next = d;
	}
	return next;
}
