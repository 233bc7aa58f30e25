/* Plans as JSON, out and in, and what happens to them (doc/plan-format.md). */
#include "solve/tree.h"
#include "solve/week.h"

static void put_reason(struct buf *b, const struct week *w, const struct week_reason *r)
{
	const struct week_law *law = week_law_of(w->agreement[w->carer[r->carer].op]);
	BUF_LIT(b, "{\"carer\":");
	tree_put(b, w->carer[r->carer].id);
	if (r->fits)
		buf_fmt(b, ",\"fits\":true,\"price\":%" PRId64, r->price);
	BUF_LIT(b, ",\"over\":[");
	bool first = true;
	for (int k = 0; k < WEEK_RULES; k++) {
		if (!r->over[k])
			continue;
		buf_fmt(b, "%s{\"rule\":\"%s\",\"by\":%d", first ? "" : ",",
			week_rule_name((enum week_rule)k), r->over[k]);
		if (law->article[k])
			buf_fmt(b, ",\"article\":\"%s\"", law->article[k]);
		BUF_LIT(b, "}");
		first = false;
	}
	BUF_LIT(b, "]}");
}

/* The cheapest way to make it fit first: fewest minutes over the rules that can bend. */
static int64_t bend(const struct week_reason *r)
{
	int64_t sum = 0;
	for (int k = 0; k < WEEK_RULES; k++)
		sum += k < WEEK_WINDOW || k == WEEK_FULL ? r->over[k] * INT64_C(1000000)
							 : r->over[k];
	return r->fits ? -1 : sum;
}

static bool before(const struct week_reason *x, const struct week_reason *y)
{
	if (bend(x) != bend(y))
		return bend(x) < bend(y);
	return x->fits && x->price < y->price;
}

void week_write_reasons(struct arena *a, const struct week *w, const struct week_plan *p,
			int v, struct buf *b)
{
	struct week_reason *r = ARENA_ARRAY(a, struct week_reason, (size_t)w->n_carers);
	int n = 0;
	for (int c = 0; c < w->n_carers; c++) {
		if (p->carer[v] == c)
			continue;
		struct week_reason x = week_explain(a, w, p, v, c);
		int j = n++;
		for (; j > 0 && before(&x, &r[j - 1]); j--)
			r[j] = r[j - 1];
		r[j] = x;
	}
	BUF_LIT(b, "{\"visit\":");
	tree_put(b, w->visit[v].id);
	if (p->carer[v] >= 0) {
		BUF_LIT(b, ",\"carer\":");
		tree_put(b, w->carer[p->carer[v]].id);
		buf_fmt(b, ",\"start\":%d", p->start[v]);
	}
	BUF_LIT(b, ",\"others\":[");
	for (int i = 0; i < n; i++) {
		if (i)
			BUF_LIT(b, ",\n ");
		put_reason(b, w, &r[i]);
	}
	BUF_LIT(b, "]}");
}

static void put_round(struct buf *b, const struct week *w, const struct week_plan *p, int k)
{
	const struct week_round *r = &p->round[k];
	BUF_LIT(b, "{\"carer\":");
	tree_put(b, w->carer[k / WEEK_DAYS].id);
	buf_fmt(b,
		",\"day\":%d,\"work\":%d,\"travel\":%d,\"metres\":%d,\"amplitude\":%d,"
		"\"visits\":[",
		k % WEEK_DAYS, r->work, r->travel, r->way * 10, r->amplitude);
	for (int i = 0; i < r->n; i++) {
		buf_z(b, i ? ",{\"id\":" : "{\"id\":");
		tree_put(b, w->visit[r->visit[i]].id);
		buf_fmt(b, ",\"start\":%d}", p->start[r->visit[i]]);
	}
	BUF_LIT(b, "]}");
}

str week_write(struct arena *a, const struct week *w, const struct week_plan *p,
	       bool with_reasons)
{
	struct buf b = buf_init(a, (size_t)128 << 20);
	buf_fmt(&b, "{\"format\":\"vigie-plan-1\",\"cost\":%" PRId64 ",\"rounds\":[",
		p->cost);
	bool first = true;
	for (int k = 0; k < w->n_carers * WEEK_DAYS; k++) {
		if (!p->round[k].n)
			continue;
		buf_z(&b, first ? "\n" : ",\n");
		put_round(&b, w, p, k);
		first = false;
	}
	BUF_LIT(&b, "],\n\"unassigned\":[");
	first = true;
	for (int v = 0; v < w->n_visits; v++) {
		if (p->carer[v] >= 0)
			continue;
		buf_z(&b, first ? "\n" : ",\n");
		first = false;
		if (with_reasons) {
			week_write_reasons(a, w, p, v, &b);
		} else {
			BUF_LIT(&b, "{\"visit\":");
			tree_put(&b, w->visit[v].id);
			BUF_LIT(&b, "}");
		}
	}
	BUF_LIT(&b, "]}\n");
	return buf_str(&b);
}

int week_find_visit(const struct week *w, str id)
{
	for (int v = 0; v < w->n_visits; v++)
		if (str_eq(w->visit[v].id, id))
			return v;
	return -1;
}

int week_find_carer(const struct week *w, str id)
{
	for (int c = 0; c < w->n_carers; c++)
		if (str_eq(w->carer[c].id, id))
			return c;
	return -1;
}

static enum err read_round(struct arena *a, const struct week *w, const struct tree *r,
			   int *carer, int *start, struct plan_fault *f)
{
	int c = week_find_carer(w, tree_str(r, "carer"));
	int64_t wday, t;
	TRY(tree_int(a, r, "day", 0, WEEK_DAYS - 1, -1, &wday, f));
	const struct tree *l = tree_at(r, "visits");
	for (const struct tree *o = l ? l->child : NULL; o; o = o->next) {
		int v = week_find_visit(w, tree_str(o, "id"));
		TRY(tree_int(a, o, "start", 0, 1439, -1, &t, f));
		if (c < 0 || v < 0 || carer[v] >= 0 || w->visit[v].day != wday)
			return plan_fault_set(
				a, f, ERR_INPUT, o->line,
				"an unknown carer or visit, a visit twice, or "
				"on another day");
		carer[v] = c;
		start[v] = (int)t;
	}
	return OK;
}

enum err week_plan_read(struct arena *a, const struct week *w, str text, int *ret_carer,
			int *ret_start, struct plan_fault *f)
{
	const struct tree *root;
	TRY(tree_read(a, text, &root, f));
	const struct tree *rounds = tree_at(root, "rounds");
	if (!str_eq(tree_str(root, "format"), S("vigie-plan-1")) || !rounds)
		return plan_fault_set(a, f, ERR_INPUT, root->line, "not a vigie-plan-1");
	int *carer = ARENA_ARRAY(a, int, (size_t)w->n_visits);
	int *start = ARENA_ARRAY(a, int, (size_t)w->n_visits);
	for (int v = 0; v < w->n_visits; v++)
		carer[v] = -1;
	for (const struct tree *r = rounds->child; r; r = r->next)
		TRY(read_round(a, w, r, carer, start, f));
	memcpy(ret_carer, carer, (size_t)w->n_visits * sizeof(int));
	memcpy(ret_start, start, (size_t)w->n_visits * sizeof(int));
	return OK;
}

/* From the minute on which a carer is there again (0: the whole day is lost). */
static void absence(struct week *w, int c, int wday, int from, int *carer, const int *start)
{
	struct week_carer *x = &w->carer[c];
	if (from == 0)
		x->to[wday] = 0;
	else if (from > x->from[wday])
		x->from[wday] = from;
	for (int v = 0; v < w->n_visits; v++)
		if (carer[v] == c && w->visit[v].day == wday &&
		    (!from || start[v] < from + 5))
			carer[v] = -1;
}

enum err week_event(struct arena *a, struct week *w, str text, int *carer, const int *start,
		    struct plan_fault *f)
{
	const struct tree *root;
	TRY(tree_read(a, text, &root, f));
	bool late = tree_str(root, "late").n > 0;
	int c = week_find_carer(w, tree_str(root, late ? "late" : "absent"));
	if (c < 0)
		return plan_fault_set(a, f, ERR_INPUT, root->line,
				      "absent or late: an unknown carer");
	if (late) {
		int64_t wday, from;
		TRY(tree_int(a, root, "day", 0, WEEK_DAYS - 1, -1, &wday, f));
		TRY(tree_int(a, root, "from", 1, 1439, -1, &from, f));
		absence(w, c, (int)wday, (int)from, carer, start);
		return OK;
	}
	const struct tree *days = tree_at(root, "days");
	if (!days || days->kind != TREE_LIST)
		return plan_fault_set(a, f, ERR_INPUT, root->line, "days: a list");
	for (const struct tree *d = days->child; d; d = d->next) {
		if (d->kind != TREE_NUMBER || d->num < 0 || d->num >= WEEK_DAYS * TREE_UNIT)
			return plan_fault_set(a, f, ERR_INPUT, d->line, "days: 0 to 6");
		absence(w, c, (int)(d->num / TREE_UNIT), 0, carer, start);
	}
	return OK;
}
