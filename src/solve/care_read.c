/* Instances and solutions of HHCRSP: JSON of the Udine group, text of Mankowska et al. */
#include "solve/care.h"
#include "solve/tree.h"

struct reading {
	struct arena *a;
	struct care *p;
	struct plan_fault *f;
	str service[32];
	int32_t usual[32]; /* duration of a service, -1: none */
	int n_services;
};

static enum err refuse(struct reading *r, const struct tree *o, const char *why)
{
	return plan_fault_set(r->a, r->f, ERR_INPUT, o ? o->line : 0, "%s", why);
}

/* A number of the file in thousandths, rounded half up; the line on refusal. */
static enum err milli(struct reading *r, const struct tree *o, int32_t *ret)
{
	if (!o || o->kind != TREE_NUMBER || o->num < -INT64_C(100000) * TREE_UNIT ||
	    o->num > INT64_C(100000) * TREE_UNIT)
		return refuse(r, o, "a number up to 100000 was expected");
	int64_t v = o->num;
	*ret = (int32_t)((v + (v < 0 ? -500 : 500)) / 1000);
	return OK;
}

static int service_of(const struct reading *r, str id)
{
	for (int k = 0; k < r->n_services; k++)
		if (str_eq(r->service[k], id))
			return k;
	return -1;
}

static enum err read_services(struct reading *r, const struct tree *root)
{
	const struct tree *l = tree_at(root, "services");
	for (const struct tree *o = l ? l->child : NULL; o; o = o->next) {
		if (r->n_services == 32 || !tree_str(o, "id").n)
			return refuse(r, o, "a service without id, or more than 32");
		r->usual[r->n_services] = -1;
		if (tree_at(o, "default_duration"))
			TRY(milli(r, tree_at(o, "default_duration"),
				  &r->usual[r->n_services]));
		r->service[r->n_services++] = tree_str(o, "id");
	}
	return OK;
}

static enum err read_carers(struct reading *r, const struct tree *root)
{
	const struct tree *l = tree_at(root, "caregivers");
	if (!l || l->kind != TREE_LIST || l->n < 1 || l->n > CARE_CARERS_MAX)
		return refuse(r, l, "caregivers: none, or too many");
	r->p->carer = ARENA_ARRAY(r->a, str, (size_t)l->n);
	r->p->skills = ARENA_ARRAY(r->a, uint32_t, (size_t)l->n);
	for (const struct tree *o = l->child; o; o = o->next) {
		int c = r->p->n_carers++;
		r->p->carer[c] = tree_str(o, "id");
		const struct tree *s = tree_at(o, "abilities");
		for (s = s ? s->child : NULL; s; s = s->next) {
			int k = service_of(r, s->s);
			if (k >= 0)
				r->p->skills[c] |= 1u << k;
		}
	}
	return OK;
}

static enum err read_gap(struct reading *r, const struct tree *o, int first)
{
	struct care_node *x = &r->p->node[first];
	const struct tree *sync = tree_at(o, "synchronization");
	if (str_eq(tree_str(sync, "type"), S("sequential"))) {
		const struct tree *d = tree_at(sync, "distance");
		if (!d || d->n != 2)
			return refuse(r, sync, "distance: [min, max]");
		TRY(milli(r, d->child, &x->lo));
		TRY(milli(r, d->child->next, &x->hi));
	} else if (!str_eq(tree_str(sync, "type"), S("simultaneous"))) {
		return refuse(r, o, "synchronization: simultaneous or sequential");
	}
	if (x->lo > x->hi)
		return refuse(r, sync, "distance: min beyond max");
	x->pair = first + 1;
	x[1].pair = first;
	x[1].lo = x->lo;
	x[1].hi = x->hi;
	x[1].second = true;
	return OK;
}

static enum err read_patient(struct reading *r, const struct tree *o, int k)
{
	struct care *p = r->p;
	const struct tree *w = tree_at(o, "time_window"),
			  *l = tree_at(o, "required_caregivers");
	int first = p->n_nodes;
	p->patient[k] = tree_str(o, "id");
	if (!w || w->n != 2 || !l || l->n < 1 || l->n > 2 ||
	    p->n_nodes + l->n > CARE_NODES_MAX)
		return refuse(r, o, "patient: time_window, one or two required_caregivers");
	for (const struct tree *s = l->child; s; s = s->next) {
		struct care_node *x = &p->node[p->n_nodes++];
		int q = service_of(r, tree_str(s, "service"));
		if (q < 0)
			return refuse(r, s, "an unknown service");
		*x = (struct care_node){ .patient = k,
					 .service = r->service[q],
					 .skill = 1u << q,
					 .minutes = r->usual[q],
					 .pair = -1 };
		TRY(milli(r, w->child, &x->ready));
		TRY(milli(r, w->child->next, &x->due));
		if (tree_at(s, "duration"))
			TRY(milli(r, tree_at(s, "duration"), &x->minutes));
		if (x->minutes < 0 || x->ready < 0)
			return refuse(r, s, "a negative time, or no duration");
	}
	return l->n == 2 ? read_gap(r, o, first) : OK;
}

static enum err read_travel(struct reading *r, const struct tree *root)
{
	size_t n = (size_t)r->p->n_patients + 1, k = 0;
	const struct tree *d = tree_at(root, "distances");
	if (!d || d->kind != TREE_LIST || (size_t)d->n != n)
		return refuse(r, d, "distances: a row for the office and each patient");
	r->p->travel = ARENA_ARRAY(r->a, int32_t, n * n);
	for (const struct tree *row = d->child; row; row = row->next) {
		if ((size_t)row->n != n)
			return refuse(r, row, "distances: not square");
		for (const struct tree *o = row->child; o; o = o->next) {
			TRY(milli(r, o, &r->p->travel[k]));
			if (r->p->travel[k++] < 0)
				return refuse(r, o, "a negative distance");
		}
	}
	return OK;
}

static enum err read_udine(struct reading *r, str text)
{
	const struct tree *root;
	TRY(tree_read(r->a, text, &root, r->f));
	TRY(read_services(r, root));
	TRY(read_carers(r, root));
	const struct tree *l = tree_at(root, "patients");
	if (!l || l->kind != TREE_LIST || l->n < 1 || l->n > CARE_NODES_MAX)
		return refuse(r, l, "patients: none, or too many");
	r->p->n_patients = l->n;
	r->p->patient = ARENA_ARRAY(r->a, str, (size_t)l->n);
	r->p->node = ARENA_ARRAY(r->a, struct care_node, 2 * (size_t)l->n);
	int k = 0;
	for (const struct tree *o = l->child; o; o = o->next)
		TRY(read_patient(r, o, k++));
	return read_travel(r, root);
}

/* ---- Mankowska ------------------------------------------------------------------- */

enum section {
	NODES,
	VEHICLES,
	SERVICES,
	R,
	DS,
	A,
	X,
	Y,
	D,
	P,
	MIND,
	MAXD,
	E,
	L,
	SECTIONS
};

struct table {
	int32_t *v; /* thousandths */
	size_t n, cap;
};

static enum err read_sections(struct reading *r, str text, struct table *t)
{
	static const char *const names[SECTIONS] = { "nbNodes", "nbVehi", "nbServi", "r",
						     "DS",      "a",      "x",       "y",
						     "d",       "p",      "mind",    "maxd",
						     "e",       "l" };
	struct table *now = NULL;
	for (int line = 1; text.p; line++) {
		str row = str_trim(str_cut(&text, '\n'));
		struct table *next = NULL;
		for (int k = 0; k < SECTIONS; k++)
			if (str_eq(row, str_of(names[k])))
				next = &t[k];
		if (next || !row.n) {
			now = next ? next : now;
			continue;
		}
		while (row.n) {
			size_t end = 0;
			while (end < row.n && row.p[end] != ' ' && row.p[end] != '\t')
				end++;
			const struct tree *o;
			int32_t v;
			if (!now || now->n > 4000000 ||
			    tree_read(r->a, str_sub(row, 0, end), &o, NULL) != OK ||
			    milli(r, o, &v) != OK)
				return plan_fault_set(r->a, r->f, ERR_SYNTAX, line,
						      "a number or the name of a section");
			*ARENA_PUSH(r->a, now) = v;
			row = str_trim(str_from(row, end));
		}
	}
	return OK;
}

static enum err sizes(struct reading *r, const struct table *t, size_t *n, size_t *v,
		      size_t *s)
{
	if (t[NODES].n < 1 || t[VEHICLES].n < 1 || t[SERVICES].n < 1)
		return refuse(r, NULL, "nbNodes, nbVehi and nbServi");
	*n = (size_t)(t[NODES].v[0] / 1000);
	*v = (size_t)(t[VEHICLES].v[0] / 1000);
	*s = (size_t)(t[SERVICES].v[0] / 1000);
	if (*n < 3 || *n > 1500 || *v < 1 || *v > CARE_CARERS_MAX || *s < 1 || *s > 32)
		return refuse(r, NULL, "sizes out of range");
	if (t[R].n < *n * *s || t[A].n < *v * *s || t[D].n < *n * *n ||
	    t[P].n < *n * *v * *s || t[MIND].n < *n || t[MAXD].n < *n || t[E].n < *n ||
	    t[L].n < *n)
		return refuse(r, NULL, "a section is too short");
	return OK;
}

static enum err text_patient(struct reading *r, const struct table *t, size_t i, size_t v,
			     size_t s)
{
	struct care *p = r->p;
	int first = p->n_nodes;
	p->patient[i - 1] = str_fmt(r->a, "p%zu", i);
	for (size_t q = 0; q < s; q++) {
		if (!t[R].v[i * s + q])
			continue;
		if (p->n_nodes - first == 2)
			return refuse(r, NULL, "a patient with more than two services");
		p->node[p->n_nodes++] =
			(struct care_node){ .patient = (int)i - 1,
					    .service = str_fmt(r->a, "s%zu", q + 1),
					    .skill = 1u << q,
					    .ready = t[E].v[i],
					    .due = t[L].v[i],
					    .minutes = t[P].v[i * v * s + q],
					    .pair = -1 };
	}
	if (p->n_nodes == first)
		return refuse(r, NULL, "a patient without service");
	if (p->n_nodes - first == 2) {
		struct care_node *x = &p->node[first];
		x[0].pair = first + 1;
		x[1].pair = first;
		x[0].lo = x[1].lo = t[MIND].v[i];
		x[0].hi = x[1].hi = t[MAXD].v[i];
		x[1].second = true;
		if (x->lo > x->hi)
			return refuse(r, NULL, "mind beyond maxd");
	}
	return OK;
}

static enum err read_text(struct reading *r, str text)
{
	struct table *t = ARENA_ARRAY(r->a, struct table, SECTIONS);
	size_t n = 0, v = 0, s = 0;
	TRY(read_sections(r, text, t));
	TRY(sizes(r, t, &n, &v, &s));
	struct care *p = r->p;
	p->n_carers = (int)v;
	p->n_patients = (int)n - 2;
	p->carer = ARENA_ARRAY(r->a, str, v);
	p->skills = ARENA_ARRAY(r->a, uint32_t, v);
	p->patient = ARENA_ARRAY(r->a, str, n);
	p->node = ARENA_ARRAY(r->a, struct care_node, 2 * n);
	p->travel = ARENA_ARRAY(r->a, int32_t, (n - 1) * (n - 1));
	for (size_t c = 0; c < v; c++) {
		p->carer[c] = str_fmt(r->a, "c%zu", c + 1);
		for (size_t q = 0; q < s; q++)
			p->skills[c] |= t[A].v[c * s + q] ? 1u << q : 0;
	}
	for (size_t i = 1; i + 1 < n; i++)
		TRY(text_patient(r, t, i, v, s));
	for (size_t i = 0; i + 1 < n; i++)
		for (size_t j = 0; j + 1 < n; j++) {
			int32_t d = t[D].v[i * n + j];
			if (d < 0)
				return refuse(r, NULL, "a negative distance");
			p->travel[i * (n - 1) + j] = d;
		}
	return OK;
}

enum err care_read(struct arena *a, str text, struct care *ret, struct plan_fault *f)
{
	struct care p = { 0 };
	struct reading *r = ARENA_NEW(a, struct reading);
	r->a = a;
	r->p = &p;
	r->f = f;
	TRY(str_starts(str_trim(text), S("{")) ? read_udine(r, text) : read_text(r, text));
	*ret = p;
	return OK;
}

/* ---- solutions ------------------------------------------------------------------- */

static void put_time(struct buf *b, const char *key, int32_t t)
{
	buf_fmt(b, ",\"%s\":%d.%03d", key, t / 1000, t % 1000);
}

str care_write(struct arena *a, const struct care *p, const struct care_plan *plan)
{
	struct buf b = buf_init(a, 0);
	BUF_LIT(&b, "{\"routes\":[");
	for (int c = 0; c < p->n_carers; c++) {
		buf_z(&b, c ? ",\n" : "\n");
		BUF_LIT(&b, "{\"caregiver_id\":");
		tree_put(&b, p->carer[c]);
		BUF_LIT(&b, ",\"locations\":[");
		for (int k = plan->first[c]; k < plan->first[c + 1]; k++) {
			const struct care_node *x = &p->node[plan->stop[k]];
			int32_t t = plan->start[plan->stop[k]];
			buf_z(&b, k > plan->first[c] ? ",{\"patient_id\":"
						     : "{\"patient_id\":");
			tree_put(&b, p->patient[x->patient]);
			BUF_LIT(&b, ",\"service_id\":");
			tree_put(&b, x->service);
			put_time(&b, "arrival_time", t);
			put_time(&b, "departure_time", t + x->minutes);
			BUF_LIT(&b, "}");
		}
		BUF_LIT(&b, "]}");
	}
	BUF_LIT(&b, "]}\n");
	return buf_str(&b);
}

static enum err pair_check(struct arena *a, const struct care *p,
			   const struct care_plan *plan, const int *carer, int i,
			   struct plan_fault *f)
{
	const struct care_node *x = &p->node[i];
	if (x->pair < 0 || x->second || carer[i] < 0 || carer[x->pair] < 0)
		return OK;
	int32_t apart = plan->start[x->pair] - plan->start[i];
	if (apart < x->lo || apart > x->hi || carer[i] == carer[x->pair])
		return plan_fault_set(a, f, ERR_RULE, 0, "patient %.*s: her two services",
				      STR(p->patient[x->patient]));
	return OK;
}

enum err care_check(struct arena *a, const struct care *p, const struct care_plan *plan,
		    struct plan_fault *f)
{
	int *carer = ARENA_ARRAY(a, int, (size_t)p->n_nodes);
	size_t n = (size_t)p->n_patients + 1;
	int64_t cost = 0, worst = 0;
	memset(carer, 0xff, (size_t)p->n_nodes * sizeof *carer);
	for (int c = 0; c < p->n_carers; c++) {
		int32_t t = 0;
		size_t here = 0;
		for (int k = plan->first[c]; k < plan->first[c + 1]; k++) {
			int i = plan->stop[k];
			const struct care_node *x = &p->node[i];
			size_t there = (size_t)x->patient + 1;
			int32_t go = p->travel[here * n + there], at = plan->start[i];
			if (carer[i] >= 0 || !(p->skills[c] & x->skill) || at < t + go ||
			    at < x->ready)
				return plan_fault_set(
					a, f, ERR_RULE, 0, "carer %.*s at patient %.*s",
					STR(p->carer[c]), STR(p->patient[x->patient]));
			carer[i] = c;
			int32_t late = at > x->due ? at - x->due : 0;
			worst = late > worst ? late : worst;
			cost += go + late;
			t = at + x->minutes;
			here = there;
		}
		cost += p->travel[here * n];
	}
	bool whole = true;
	for (int i = 0; i < p->n_nodes; i++) {
		TRY(pair_check(a, p, plan, carer, i, f));
		whole = whole && carer[i] >= 0;
	}
	if (whole != plan->whole || (whole && cost + worst != plan->cost))
		return plan_fault_set(a, f, ERR_RULE, 0, "not whole, or another cost");
	return OK;
}
