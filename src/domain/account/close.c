/* close.c - a month closes: who may be shown, and every figure of it.  See facts.h. */
#include "domain/account/export_in.h"
#include "domain/account/suppress.h"

#include "base/sort.h"

#define NOWHERE UINT32_MAX /* the label of what is withheld */

/* A set of lines being filled, and where each line of the collection goes in it. */
struct board {
	struct bilan_line *lines; /* [0] is the territory */
	size_t n;
	const uint32_t *label; /* line of the collection -> index of lines, or NOWHERE */
};

static void add_cluster(struct cluster_sums *s, int64_t x, int64_t y)
{
	if (!x)
		return;
	s->persons++;
	s->x += x;
	s->y += y;
	s->xx += x * x;
	s->xy += x * y;
	s->yy += y * y;
}

static void add_served(struct served *to, const struct served *s)
{
	to->asked += s->asked;
	to->done += s->done;
	to->accepted += s->accepted;
	to->done_accepted += s->done_accepted;
	to->confirmed += s->confirmed;
	to->done_confirmed += s->done_confirmed;
	to->seconds += s->seconds;
}

/* Distinct persons and design effects of each line, over the union of what it groups. */
static void fill_persons(struct facts *f, struct board *b)
{
	struct tally t = tally_init(f->a);
	struct served *s = ARENA_ARRAY(f->a, struct served, f->serve.n * 2 + 1);
	for (size_t i = 0; i < f->serve.n; i++) {
		const struct tally_key *k = &f->served.keys[i];
		add_served(&s[tally_put(&t, 0, k->id)], &f->serve.v[i]);
		if (b->label[k->group] != NOWHERE)
			add_served(&s[tally_put(&t, b->label[k->group], k->id)],
				   &f->serve.v[i]);
	}
	struct cluster_sums(*sums)[RATE_COUNT] = arena_array(f->a, sizeof *sums, b->n);
	for (size_t i = 0; i < t.n; i++) {
		uint32_t line = t.keys[i].group;
		b->lines[line].f.v[FIG_PERSONS]++;
		add_cluster(&sums[line][RATE_ASKED], s[i].asked, s[i].done);
		add_cluster(&sums[line][RATE_ACCEPTED], s[i].accepted, s[i].done_accepted);
		add_cluster(&sums[line][RATE_CONFIRMED], s[i].confirmed,
			    s[i].done_confirmed);
	}
	for (size_t l = 0; l < b->n; l++)
		for (int r = 0; r < RATE_COUNT; r++)
			b->lines[l].deff[r] = design_effect(&sums[l][r]);
	b->lines[0].f.v[FIG_PERSONS] = (int64_t)f->people.n; /* other modes too */
}

static void fill_carers(struct facts *f, struct board *b)
{
	struct tally t = tally_init(f->a);
	for (size_t i = 0; i < f->carers.n; i++) {
		const struct tally_key *k = &f->carers.keys[i];
		tally_put(&t, 0, k->id);
		if (b->label[k->group] != NOWHERE)
			tally_put(&t, b->label[k->group], k->id);
	}
	for (size_t i = 0; i < t.n; i++)
		b->lines[t.keys[i].group].f.v[FIG_CARERS]++;
}

static const enum figure aid_figures[AID_COUNT] = { FIG_C_ASKED, FIG_C_DONE,
						    FIG_C_UNPAID_APA, FIG_C_UNPAID_PCH,
						    FIG_C_APART };

/* seconds x cents per hour x 1/10000 -> cents, halves up; once per line. */
static int64_t aid_cents(int64_t sum)
{
	return (sum * 2 + INT64_C(36000000)) / INT64_C(72000000);
}

static void fill_aid(struct facts *f, struct board *b)
{
	int64_t(*sums)[AID_COUNT] = arena_array(f->a, sizeof *sums, b->n);
	for (size_t u = 0; u < f->unit.n; u++)
		for (int k = 0; k < AID_COUNT && b->label[u] != NOWHERE; k++)
			sums[b->label[u]][k] += f->unit.v[u].aid[k];
	for (size_t l = 1; l < b->n; l++)
		for (int k = 0; k < AID_COUNT; k++)
			b->lines[l].f.v[aid_figures[k]] = aid_cents(sums[l][k]);
}

static int by_line_and_minutes(const void *x, const void *y, void *ctx)
{
	(void)ctx;
	const struct timed *a = x, *b = y;
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	return (a->minutes > b->minutes) - (a->minutes < b->minutes);
}

void fill_medians(struct arena *a, struct bilan_line *lines, struct timed *v, size_t n,
		  enum figure out)
{
	sort_by(a, v, n, sizeof *v, by_line_and_minutes, NULL);
	for (size_t i = 0, j; i < n; i = j) {
		for (j = i + 1; j < n && v[j].line == v[i].line; j++)
			;
		lines[v[i].line].f.v[out] = v[i + (j - i - 1) / 2].minutes;
	}
	int32_t *all = ARENA_ARRAY(a, int32_t, n);
	for (size_t i = 0; i < n; i++)
		all[i] = v[i].minutes;
	lines[0].f.v[out] = median_low(a, all, n);
}

static void fill_facts(struct facts *f, struct board *b)
{
	struct arena_mark m = arena_mark(f->a);
	struct timed *t = ARENA_ARRAY(f->a, struct timed, f->n + 1);
	size_t n = 0;
	for (size_t i = 0; i < f->n; i++) {
		const struct fact *x = &f->v[i];
		uint32_t line = b->label[x->line];
		if (line == NOWHERE)
			continue;
		figures_of_fact(&b->lines[line].f, x);
		if (is_due_fact(x) && x->replaced_min >= 0)
			t[n++] = (struct timed){ line, x->replaced_min };
	}
	fill_medians(f->a, b->lines, t, n, FIG_M_REPLACED);
	arena_reset(f->a, m);
	t = ARENA_ARRAY(f->a, struct timed, f->answer.n + 1);
	n = 0;
	for (size_t i = 0; i < f->answer.n; i++) {
		const struct fact_answer *x = &f->answer.v[i];
		uint32_t line = b->label[x->line];
		if (line == NOWHERE)
			continue;
		figures_of_answer(&b->lines[line].f, x);
		if (x->minutes >= 0)
			t[n++] = (struct timed){ line, x->minutes };
	}
	fill_medians(f->a, b->lines, t, n, FIG_M_ANSWER);
}

static void fill(struct facts *f, struct board *b)
{
	for (size_t l = 0; l < b->n; l++) {
		figures_zero(&b->lines[l].f);
		b->lines[l].f.v[FIG_OPERATORS] = 0;
		b->lines[l].f.v[FIG_PERSONS] = 0;
		b->lines[l].f.v[FIG_CARERS] = 0;
	}
	fill_facts(f, b);
	fill_persons(f, b);
	fill_carers(f, b);
	fill_aid(f, b);
	for (size_t u = 1; u < f->unit.n; u++)
		if (b->label[u] != NOWHERE)
			b->lines[b->label[u]].f.v[FIG_OPERATORS]++;
	for (size_t l = 1; l < b->n; l++) {
		figures_add(&b->lines[0].f, &b->lines[l].f);
		b->lines[0].f.v[FIG_OPERATORS] += b->lines[l].f.v[FIG_OPERATORS];
		line_derive(&b->lines[l]);
	}
	line_derive(&b->lines[0]);
}

static void withhold(struct bilan_line *l)
{
	l->is_withheld = true;
	for (int i = 0; i < FIG_COUNT; i++)
		l->f.v[i] = FIG_NONE;
	memset(l->deff, 0, sizeof l->deff);
}

/* What is shown of a breakdown of the territory, and the rest in one. */
struct breakdown {
	enum cell first;
	size_t n;
	const enum figure *figures;
	enum figure rest;
};

static const enum figure cause_figures[] = {
	FIG_T_PERSON_ABSENT, FIG_T_PERSON_REFUSED, FIG_T_HOSPITAL, FIG_T_DEATH,
	FIG_T_DOOR,          FIG_T_PROLONGED,      FIG_T_DANGER,   FIG_T_STRIKE,
	FIG_T_WEATHER,       FIG_T_FAMILY,         FIG_T_SYSTEM,
};
static const enum figure mode_figures[] = { FIG_T_S_PRESTATAIRE, FIG_T_S_MANDATAIRE,
					    FIG_T_S_DIRECT, FIG_T_S_AIDANT };
static const struct breakdown causes = { (enum cell)(CELL_CAUSES + CAUSE_PERSON_ABSENT), 11,
					 cause_figures, FIG_T_GROUPED };
static const struct breakdown modes = { CELL_PRESTATAIRE, 4, mode_figures,
					FIG_T_S_MODE_GROUPED };

static void fill_breakdown(const struct facts *f, const struct breakdown *d,
			   struct board *b, enum figure line_figure, bool by_count)
{
	struct suppress_cell c[16];
	bool shown[16];
	int64_t *v = b->lines[0].f.v, rest = 0, rest_persons = 0;
	for (size_t i = 0; i < d->n; i++) {
		const struct cell_sum *s = &f->cell[d->first + i];
		c[i] = (struct suppress_cell){ by_count ? s->count : s->seconds,
					       s->persons };
	}
	int64_t *totals = ARENA_ARRAY(f->a, int64_t, b->n);
	for (size_t l = 1; l < b->n && by_count; l++)
		totals[l - 1] = b->lines[l].f.v[line_figure];
	suppress_cells(c, d->n, totals, by_count ? b->n - 1 : 0, shown);
	for (size_t i = 0; i < d->n; i++) {
		v[d->figures[i]] = shown[i] ? c[i].count : FIG_NONE;
		rest += shown[i] ? 0 : c[i].count;
		rest_persons += shown[i] ? 0 : c[i].persons;
	}
	bool few = rest_persons > 0 && rest_persons < SUPPRESS_PERSONS;
	v[d->rest] = few && !by_count ? FIG_NONE : rest;
}

static bool enough(const struct cell_sum *s)
{
	return s->persons == 0 || s->persons >= SUPPRESS_PERSONS;
}

static void fill_granted(const struct facts *f, int64_t *v)
{
	struct cell_sum other = f->cell[CELL_GRANTED_OTHER];
	static const struct {
		enum cell cell;
		enum figure seconds, aid;
	} t[] = { { CELL_GRANTED_APA, FIG_T_S_GRANTED_APA, FIG_T_C_GRANTED_APA },
		  { CELL_GRANTED_PCH, FIG_T_S_GRANTED_PCH, FIG_T_C_GRANTED_PCH } };
	for (size_t i = 0; i < 2; i++) {
		const struct cell_sum *s = &f->cell[t[i].cell];
		if (enough(s)) {
			v[t[i].seconds] = s->seconds;
			v[t[i].aid] = aid_cents(s->aid);
		} else {
			other.seconds += s->seconds;
			other.persons += s->persons;
		}
	}
	v[FIG_T_S_GRANTED_OTHER] = enough(&other) ? other.seconds : FIG_NONE;
}

static void fill_territory(const struct facts *f, struct board *b)
{
	int64_t *v = b->lines[0].f.v;
	v[FIG_T_COVERAGE] =
		f->entitled > 0 ? rate_bp(v[FIG_PERSONS], f->entitled) : FIG_NONE;
	if (enough(&f->cell[CELL_REQUESTS]) && enough(&f->cell[CELL_UNSERVED])) {
		v[FIG_T_REQUESTS] = f->cell[CELL_REQUESTS].count;
		v[FIG_T_UNSERVED] = f->cell[CELL_UNSERVED].count;
	}
	fill_breakdown(f, &causes, b, FIG_V_MISSED_OTHER, true);
	fill_breakdown(f, &modes, b, FIG_V_ASKED, false);
	fill_granted(f, v);
}

static void name_line(const struct facts *f, struct bilan_line *l, size_t unit)
{
	const struct unit *u = &f->unit.v[unit];
	l->kind = unit ? LINE_OPERATOR : LINE_WITHOUT;
	l->key = unit ? id_text(f->a, u->id) : S("sans_operateur");
	l->name = unit ? u->name : S("Sans opérateur");
	l->finess = u->finess;
}

static int by_key(const void *x, const void *y, void *ctx)
{
	(void)ctx;
	const struct bilan_line *a = x, *b = y;
	if ((a->kind == LINE_TERRITORY) != (b->kind == LINE_TERRITORY))
		return a->kind == LINE_TERRITORY ? -1 : 1;
	return str_cmp(a->key, b->key);
}

/* Lines of those that are active and not grouped, one for the grouped, sorted by key; the
 * label of each line of the collection. */
static struct board make_board(struct facts *f, const bool *active, const bool *grouped,
			       uint32_t *label)
{
	struct board b = { .label = label };
	b.lines = ARENA_ARRAY(f->a, struct bilan_line, f->unit.n + 2);
	b.lines[b.n++] = (struct bilan_line){ .kind = LINE_TERRITORY,
					      .key = S("territoire"),
					      .name = f->name };
	bool any = false;
	for (size_t u = 0; u < f->unit.n; u++) {
		any |= active[u] && grouped[u];
		if (active[u] && !grouped[u])
			name_line(f, &b.lines[b.n++], u);
	}
	if (any)
		b.lines[b.n++] = (struct bilan_line){ .kind = LINE_GROUPED,
						      .key = S("regroupes"),
						      .name = S("Services regroupés") };
	sort_by(f->a, b.lines, b.n, sizeof *b.lines, by_key, NULL);
	for (size_t u = 0; u < f->unit.n; u++) {
		struct bilan_line want;
		name_line(f, &want, u);
		label[u] = NOWHERE;
		for (size_t l = 1; l < b.n && active[u]; l++)
			if (grouped[u] ? b.lines[l].kind == LINE_GROUPED
				       : str_eq(b.lines[l].key, want.key))
				label[u] = (uint32_t)l;
	}
	return b;
}

/* The units that suppression looks at: the active lines, and which line each is. */
struct subset {
	struct facts *f;
	const size_t *at;
};

static int64_t union_persons(void *ctx, const bool *in, size_t n)
{
	const struct subset *s = ctx;
	struct arena_mark m = arena_mark(s->f->a);
	bool *line_in = ARENA_ARRAY(s->f->a, bool, s->f->unit.n);
	for (size_t i = 0; i < n; i++)
		line_in[s->at[i]] = in[i];
	struct tally t = tally_init(s->f->a);
	for (size_t i = 0; i < s->f->served.n; i++)
		if (line_in[s->f->served.keys[i].group])
			tally_put(&t, 0, s->f->served.keys[i].id);
	int64_t persons = (int64_t)t.n;
	arena_reset(s->f->a, m);
	return persons;
}

static struct suppress_unit *weigh(const struct facts *f)
{
	struct suppress_unit *u = ARENA_ARRAY(f->a, struct suppress_unit, f->unit.n);
	for (size_t i = 0; i < f->serve.n; i++) {
		struct suppress_unit *x = &u[f->served.keys[i].group];
		x->persons++;
		x->weight += f->serve.v[i].seconds;
		if (f->serve.v[i].seconds > x->max_part)
			x->max_part = f->serve.v[i].seconds;
	}
	for (size_t i = 0; i < f->carers.n; i++)
		u[f->carers.keys[i].group].carers++;
	for (size_t i = 0; i < f->unit.n; i++) {
		u[i].is_natural = f->unit.v[i].is_natural;
		u[i].was_grouped = f->unit.v[i].was_grouped;
		u[i].is_without = i == 0;
	}
	return u;
}

/* Which active lines are shown as one; returns whether even that is withheld. */
static bool protect(struct facts *f, const bool *active, bool *grouped)
{
	const struct suppress_unit *all = weigh(f);
	struct suppress_unit *u = ARENA_ARRAY(f->a, struct suppress_unit, f->unit.n);
	size_t *at = ARENA_ARRAY(f->a, size_t, f->unit.n), n = 0;
	for (size_t i = 0; i < f->unit.n; i++)
		if (active[i]) {
			at[n] = i;
			u[n++] = all[i];
		}
	struct subset s = { f, at };
	struct suppress_result r = { ARENA_ARRAY(f->a, bool, n), false };
	suppress_units(u, n, union_persons, &s, &r);
	for (size_t i = 0; i < n; i++)
		grouped[at[i]] = r.grouped[i];
	return r.is_withheld;
}

static void set_bilan(const struct facts *f, const struct board *b, struct bilan *ret)
{
	*ret = (struct bilan){ .territory = f->territory,
			       .month = f->month,
			       .measure = MEASURE_VERSION,
			       .policy = BILAN_CONTEST_DAYS,
			       .entitled_source = f->entitled_source,
			       .lines = b->lines,
			       .n = b->n };
	b->lines[0].f.v[FIG_T_ENTITLED] = f->entitled;
}

static void close_own(struct facts *f, const bool *active, struct bilan *ret)
{
	bool *none = ARENA_ARRAY(f->a, bool, f->unit.n);
	uint32_t *label = ARENA_ARRAY(f->a, uint32_t, f->unit.n);
	struct board b = make_board(f, active, none, label);
	fill(f, &b);
	fill_territory(f, &b);
	set_bilan(f, &b, ret);
}

int answer_order(const struct fact_answer *a, const struct fact_answer *b)
{
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	if (a->answer != b->answer)
		return a->answer < b->answer ? -1 : 1;
	if (a->reason != b->reason)
		return a->reason < b->reason ? -1 : 1;
	if (a->minutes != b->minutes)
		return a->minutes < b->minutes ? -1 : 1;
	return (int)a->is_unserved - (int)b->is_unserved;
}

static int by_answer(const void *x, const void *y, void *ctx)
{
	(void)ctx;
	return answer_order(x, y);
}

/* Facts and answers under the lines where they are shown; the withheld ones fall out. */
static void relabel(struct facts *f, const uint32_t *label, struct facts_closed *ret)
{
	ret->v = f->v;
	for (size_t i = 0; i < f->n; i++) {
		struct fact *x = &ret->v[ret->n];
		*x = f->v[i];
		x->line = label[x->line];
		ret->n += x->line != NOWHERE;
	}
	ret->answers = f->answer.v;
	for (size_t i = 0; i < f->answer.n; i++) {
		struct fact_answer *x = &ret->answers[ret->answers_n];
		*x = f->answer.v[i];
		x->line = label[x->line];
		ret->answers_n += x->line != NOWHERE;
	}
	sort_by(f->a, ret->answers, ret->answers_n, sizeof *ret->answers, by_answer, NULL);
}

struct facts_closed *facts_close(struct facts *f)
{
	struct facts_closed *c = ARENA_NEW(f->a, struct facts_closed);
	bool *active = ARENA_ARRAY(f->a, bool, f->unit.n);
	bool *grouped = ARENA_ARRAY(f->a, bool, f->unit.n);
	uint32_t *label = ARENA_ARRAY(f->a, uint32_t, f->unit.n);
	for (size_t i = 0; i < f->served.n; i++)
		active[f->served.keys[i].group] = true;
	close_own(f, active, &c->own);
	c->is_withheld = protect(f, active, grouped);
	struct board b = make_board(f, active, grouped, label);
	facts_level(f, label);
	for (size_t u = 0; u < f->unit.n && c->is_withheld; u++)
		label[u] = grouped[u] ? NOWHERE : label[u];
	fill(f, &b);
	if (c->is_withheld) {
		for (size_t l = 0; l < b.n; l++)
			if (b.lines[l].kind == LINE_TERRITORY ||
			    b.lines[l].kind == LINE_GROUPED)
				withhold(&b.lines[l]);
	} else
		fill_territory(f, &b);
	set_bilan(f, &b, &c->bilan);
	relabel(f, label, c);
	return c;
}
