/* plan.c - hours and money of a plan line. */
#include "domain/care/plan.h"

bool plan_line_runs(const struct plan_line *l, day on)
{
	return l->starts_on.d <= on.d &&
	       (l->ends_on.d == DAY_NONE.d || on.d <= l->ends_on.d);
}

int64_t plan_left(const struct plan_line *l, const struct plan_use *use, size_t n_use)
{
	int64_t left = l->minutes_month;
	for (size_t i = 0; i < n_use; i++)
		if (id_eq(use[i].line_id, l->id))
			left -= use[i].minutes;
	return left > 0 ? left : 0;
}

struct cover {
	const struct plan_line *line;
	bool enough;
};

static bool better(const struct cover *x, const struct cover *y)
{
	if (x->enough != y->enough)
		return x->enough;
	if (x->line->payer != y->line->payer)
		return x->line->payer < y->line->payer;
	return x->line->starts_on.d < y->line->starts_on.d;
}

enum err plan_cover(const struct plan_line *lines, size_t n, const struct plan_use *use,
		    size_t n_use, const struct plan_ask *ask, const struct plan_line **ret)
{
	struct cover best = { 0 };
	for (size_t i = 0; i < n; i++) {
		const struct plan_line *l = &lines[i];
		if (!plan_line_runs(l, ask->on) || l->mode != ask->mode ||
		    (ask->tasks & ~l->tasks))
			continue;
		struct cover c = { l, plan_left(l, use, n_use) >= ask->minutes };
		if (!best.line || better(&c, &best))
			best = c;
	}
	if (!best.line)
		return ERR_NOT_FOUND;
	*ret = best.line;
	return best.enough ? OK : ERR_LIMIT;
}

static void shares(struct price *p, const struct operator* op)
{
	if (!op || op->wage_share_bp < 0 || op->travel_share_bp < 0 ||
	    op->structure_share_bp < 0)
		return;
	int64_t declared = op->wage_share_bp + op->travel_share_bp + op->structure_share_bp;
	if (declared > 10000 || declared == 0)
		return; /* more than the whole is no declaration */
	const int64_t weights[4] = { op->wage_share_bp, op->travel_share_bp,
				     op->structure_share_bp, 10000 - declared };
	money parts[4];
	money_split(p->total, weights, 4, parts);
	p->is_declared = true;
	p->wage = parts[0];
	p->travel = parts[1];
	p->structure = parts[2];
	p->other = parts[3];
}

struct price plan_price(const struct plan_line *l, int64_t minutes, int64_t left_min,
			const struct operator* op)
{
	struct price p = { 0 };
	ASSERT(minutes >= 0 && left_min >= 0);
	int64_t covered = minutes < left_min ? minutes : left_min;
	p.beyond_min = minutes - covered;
	p.total = money_mul(l->tariff_cents, minutes, 60, ROUND_HALF_UP);
	money plan = money_mul(l->tariff_cents, covered, 60, ROUND_HALF_UP);
	money part = money_mul(plan, l->participation_bp, 10000, ROUND_HALF_UP);
	p.payer = money_sub(plan, part);
	if (l->payer == PAYER_PRIVATE || l->payer == PAYER_NONE)
		p.payer = (money){ 0 };
	p.person = money_sub(p.total, p.payer);
	shares(&p, op);
	return p;
}
