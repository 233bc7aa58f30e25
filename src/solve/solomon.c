#include "solve/solomon.h"

enum { FIELDS = 7 };

struct nodes {
	struct node {
		int32_t v[FIELDS];
	} * v;
	size_t n, cap;
};

/* Up to FIELDS whole numbers of a line ("12", "12.0"); -1 when it holds anything else. */
static int numbers(str line, int32_t ret[FIELDS])
{
	int n = 0;
	while (!str_blank(line)) {
		line = str_trim(line);
		size_t end = 0;
		while (end < line.n && line.p[end] != ' ' && line.p[end] != '\t')
			end++;
		str word = str_sub(line, 0, end);
		line = str_from(line, end);
		if (str_ends(word, S(".0")))
			word = str_sub(word, 0, word.n - 2);
		int64_t v;
		if (n == FIELDS || str_int(word, &v) != OK || v < -1000000 || v > 1000000)
			return -1;
		ret[n++] = (int32_t)v;
	}
	return n;
}

static int32_t root(int64_t s)
{
	int64_t lo = 0, hi = 200000000;
	while (lo < hi) {
		int64_t mid = (lo + hi + 1) / 2;
		if (mid * mid <= s)
			lo = mid;
		else
			hi = mid - 1;
	}
	return (int32_t)lo;
}

static void fill(struct arena *a, const struct nodes *in, struct vrptw *p)
{
	size_t n = in->n;
	int32_t *f[4] = { 0 }, *d = ARENA_ARRAY(a, int32_t, n * n);
	for (int k = 0; k < 4; k++)
		f[k] = ARENA_ARRAY(a, int32_t, n);
	for (size_t i = 0; i < n; i++) {
		const int32_t *v = in->v[i].v;
		f[0][i] = v[3];
		for (int k = 1; k < 4; k++)
			f[k][i] = v[3 + k] * 10;
		for (size_t j = 0; j < i; j++) {
			int64_t dx = v[1] - in->v[j].v[1], dy = v[2] - in->v[j].v[2];
			d[i * n + j] = d[j * n + i] = root(100 * (dx * dx + dy * dy));
		}
	}
	p->n = (int)n;
	p->demand = f[0];
	p->ready = f[1];
	p->due = f[2];
	p->service = f[3];
	p->dist = d;
}

static enum err node_check(struct arena *a, const int32_t *v, size_t index, int line,
			   struct plan_fault *f)
{
	if (v[0] != (int32_t)index)
		return plan_fault_set(a, f, ERR_INPUT, line,
				      "node %d where %zu was expected", v[0], index);
	if (v[3] < 0 || v[4] < 0 || v[6] < 0 || v[5] < v[4])
		return plan_fault_set(a, f, ERR_INPUT, line,
				      "node %d: a negative number, or due before ready",
				      v[0]);
	return OK;
}

static enum err read_nodes(struct arena *a, str text, struct vrptw *p, struct nodes *nodes,
			   struct plan_fault *f)
{
	bool fleet = false;
	for (int line = 1; text.p; line++) {
		str row = str_trim(str_cut(&text, '\n'));
		int32_t v[FIELDS];
		int k = numbers(row, v);
		if (row.n == 0)
			continue;
		if (!p->name.n) {
			p->name = str_dup(a, row);
		} else if (k == 2 && !fleet) {
			p->vehicles = v[0];
			p->capacity = v[1];
			fleet = true;
			if (v[0] < 1 || v[0] > VRPTW_MAX_NODES || v[1] < 1)
				return plan_fault_set(a, f, ERR_INPUT, line,
						      "%d vehicles of capacity %d", v[0],
						      v[1]);
		} else if (k == FIELDS && fleet) {
			TRY(node_check(a, v, nodes->n, line, f));
			if (nodes->n == VRPTW_MAX_NODES)
				return plan_fault_set(a, f, ERR_LIMIT, line,
						      "more than %d nodes",
						      VRPTW_MAX_NODES);
			memcpy(ARENA_PUSH(a, nodes)->v, v, sizeof v);
		} else if (k != -1 || (row.p[0] >= '0' && row.p[0] <= '9')) {
			return plan_fault_set(a, f, ERR_SYNTAX, line,
					      "not a line of the Solomon format");
		}
	}
	if (!fleet || nodes->n < 2)
		return plan_fault_set(a, f, ERR_SYNTAX, 0, "no vehicles or no customers");
	return OK;
}

enum err solomon_read(struct arena *a, str text, struct vrptw *ret, struct plan_fault *f)
{
	struct vrptw p = { 0 };
	struct nodes nodes = { 0 };
	TRY(read_nodes(a, text, &p, &nodes, f));
	fill(a, &nodes, &p);
	*ret = p;
	return OK;
}

str solomon_write(struct arena *a, const struct vrptw_plan *plan)
{
	struct buf b = buf_init(a, 0);
	for (int r = 0; r < plan->routes; r++) {
		buf_fmt(&b, "Route #%d:", r + 1);
		for (int i = plan->first[r]; i < plan->first[r + 1]; i++)
			buf_fmt(&b, " %d", plan->stop[i]);
		BUF_LIT(&b, "\n");
	}
	buf_fmt(&b, "Cost %" PRId64 ".%d\n", plan->cost / 10, (int)(plan->cost % 10));
	return buf_str(&b);
}
