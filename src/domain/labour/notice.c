/* notice.c - what kind of demand reaches the carer. */
#include "domain/labour/notice.h"

#include "domain/labour/qualification.h"

bool task_is_essential(uint32_t tasks)
{
	const uint32_t comfort = TASK_BIT(TASK_COURSES) | TASK_BIT(TASK_MENAGE) |
				 TASK_BIT(TASK_COMPAGNIE) | TASK_BIT(TASK_SORTIE);
	return (tasks & ~comfort) != 0;
}

struct notice_answer notice_of(const struct notice_ask *a)
{
	struct notice_answer n = { .days = a->work_on.d - a->told_on.d,
				   .rule = LABOUR_notice_days };
	if (a->is_offer) {
		n.kind = NOTICE_OFFER;
		n.may_refuse = true;
		n.assignment = ASSIGNMENT_OFFER;
		return n;
	}
	int64_t full = labour_rule(a->idcc, LABOUR_notice_days, a->told_on).value;
	int64_t least = labour_rule(a->idcc, LABOUR_notice_short_days, a->told_on).value;
	if (n.days >= full) {
		n.kind = NOTICE_PLANNING;
		n.assignment = ASSIGNMENT_PLANNING;
		return n;
	}
	n.assignment = ASSIGNMENT_IMPOSED;
	n.may_refuse = true;
	if (n.days >= least) {
		n.kind = NOTICE_CHANGE;
		return n;
	}
	n.rule = LABOUR_notice_short_days;
	n.kind = a->urgency != URGENCY_NONE && a->is_essential ? NOTICE_URGENT
							       : NOTICE_UNLAWFUL;
	return n;
}

enum err notice_refuse(const struct notice_ask *a, int64_t used, int64_t *ret_used)
{
	struct notice_answer n = notice_of(a);
	if (n.kind == NOTICE_PLANNING)
		return ERR_RULE;
	if (n.kind == NOTICE_OFFER || n.kind == NOTICE_UNLAWFUL) {
		*ret_used = used; /* what was not lawful to impose is refused at no cost */
		return OK;
	}
	int64_t most = labour_rule(a->idcc, LABOUR_refusals_year, a->told_on).value;
	if (most >= 0 && used >= most)
		return ERR_TOO_MANY;
	*ret_used = used + 1;
	return OK;
}
