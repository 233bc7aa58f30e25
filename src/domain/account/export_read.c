/* export_read.c - from the files of an export back to a bilan, taking nothing for granted. */
#include "domain/account/export_in.h"
#include "domain/account/render.h"
#include "domain/account/suppress.h"

#include "base/csv.h"

#define FAIL(err, ...)                                                                     \
	do {                                                                               \
		*ret_why = str_fmt(a, __VA_ARGS__);                                        \
		return err;                                                                \
	} while (0)

/* --- totals and lines: parsed leniently, written again, compared */

static str plain(str field)
{
	bool guarded = str_starts(field, S("'")) && csv_is_formula(str_from(field, 1));
	return guarded ? str_from(field, 1) : field;
}

static bool figure_field(str s, int64_t *ret)
{
	*ret = FIG_NONE;
	return !s.n || (str_int(s, ret) == OK && *ret >= 0 && *ret <= EXPORT_FIGURE_MAX);
}

static bool month_ok(str s)
{
	uint64_t y, m;
	return s.n == 7 && s.p[4] == '-' && str_uint(str_sub(s, 0, 4), 9999, &y) == OK &&
	       str_uint(str_from(s, 5), 12, &m) == OK && m >= 1;
}

static bool total_value(struct bilan *x, size_t i, str v)
{
	switch (i) {
	case 0: x->territory = v; return v.n > 0;
	case 1: x->month = v; return month_ok(v);
	case 2: return bilan_state_of(v, &x->state);
	case 3:
		return str_int(v, &x->edition) == OK && x->edition >= 0 &&
		       x->edition <= EXPORT_FIGURE_MAX;
	case 4:
		return str_int(v, &x->measure) == OK && x->measure > 0 &&
		       x->measure < 1000 && measure_def((int)x->measure);
	case 5:
		return str_int(v, &x->policy) == OK && x->policy >= 0 &&
		       x->policy <= EXPORT_FIGURE_MAX;
	default: x->entitled_source = plain(v); return true;
	}
}

static enum err read_totals(struct arena *a, str text, struct bilan *x, str *ret_why)
{
	static const char *const keys[] = { "territory",      "month",   "state",
					    "edition",        "measure", "contest_days",
					    "entitled_source" };
	struct csv c = csv_init(a, text);
	struct csv_row row;
	size_t i = 0;
	int f = 0;
	TRY(csv_next(&c, &row));
	for (enum err e; (e = csv_next(&c, &row)) != ERR_NOT_FOUND; i++) {
		TRY(e);
		if (i < 7) {
			if (!str_eq(row.v[0], str_of(keys[i])) ||
			    !total_value(x, i, row.v[1]))
				FAIL(ERR_SYNTAX, "totals: %s", keys[i]);
			continue;
		}
		while (f < FIG_COUNT &&
		       (figure_infos[f].level != LEVEL_T || f == FIG_T_COVERAGE))
			f++;
		if (f == FIG_COUNT || !figure_field(row.v[1], &x->lines[0].f.v[f++]))
			FAIL(ERR_SYNTAX, "totals: line %zu", row.line);
	}
	struct buf again = buf_init(a, 1 << 20);
	export_totals(&again, x);
	if (i < 7 || !str_eq(buf_str(&again), text))
		FAIL(ERR_SYNTAX, "totals: not in canonical form");
	return OK;
}

static bool line_kind(struct bilan_line *l)
{
	struct id id;
	l->kind = LINE_OPERATOR;
	if (str_eq(l->key, S("territoire")))
		l->kind = LINE_TERRITORY;
	else if (str_eq(l->key, S("regroupes")))
		l->kind = LINE_GROUPED;
	else if (str_eq(l->key, S("sans_operateur")))
		l->kind = LINE_WITHOUT;
	else
		return id_parse(l->key, &id) == OK && id_is(id);
	return true;
}

static bool read_line(const struct csv_row *row, struct bilan_line *l)
{
	l->key = row->v[0];
	l->name = plain(row->v[1]);
	l->finess = plain(row->v[2]);
	l->is_withheld = str_eq(row->v[3], S("1"));
	for (int r = 0; r < RATE_COUNT; r++)
		if (str_int(row->v[4 + r], &l->deff[r]) != OK)
			return false;
	for (size_t k = 0; k < EXPORT_DECLARED; k++)
		if (!figure_field(row->v[7 + k], &l->f.v[export_declared[k]]))
			return false;
	l->reply = plain(row->v[7 + EXPORT_DECLARED]);
	return line_kind(l) && (l->kind == LINE_OPERATOR || !l->reply.n);
}

/* Room for `max` lines is in x->lines; [0] may hold totals already. */
static enum err read_lines(struct arena *a, str text, struct bilan *x, size_t max,
			   str *ret_why)
{
	struct csv c = csv_init(a, text);
	struct csv_row row;
	TRY(csv_next(&c, &row));
	if (row.n != 8 + EXPORT_DECLARED)
		FAIL(ERR_SYNTAX, "lines: columns");
	for (enum err e; (e = csv_next(&c, &row)) != ERR_NOT_FOUND;) {
		TRY(e);
		if (x->n == max)
			return ERR_LIMIT;
		struct bilan_line *l = &x->lines[x->n];
		if (x->n)
			for (int i = 0; i < FIG_COUNT; i++)
				l->f.v[i] = FIG_NONE;
		if (!read_line(&row, l) || (l->kind == LINE_TERRITORY) != (x->n == 0) ||
		    (x->n > 1 && str_cmp(x->lines[x->n - 1].key, l->key) >= 0))
			FAIL(ERR_SYNTAX, "lines: line %zu", row.line);
		x->n++;
	}
	struct buf again = buf_init(a, 4 << 20);
	export_lines(&again, x);
	if (!x->n || !str_eq(buf_str(&again), text))
		FAIL(ERR_SYNTAX, "lines: not in canonical form");
	return OK;
}

/* --- facts */

static bool flag(str *rest, bool *ret)
{
	str s = str_cut(rest, ',');
	*ret = str_eq(s, S("1"));
	return *ret || str_eq(s, S("0"));
}

static bool number(str *rest, int32_t max, int32_t *ret)
{
	uint64_t v;
	if (str_uint(str_cut(rest, ','), (uint64_t)max, &v) != OK)
		return false;
	*ret = (int32_t)v;
	return true;
}

static bool word(str *rest, const char *(*name)(int), int n, uint8_t *ret)
{
	str s = str_cut(rest, ',');
	for (int i = 0; i < n; i++)
		if (str_eq(s, str_of(name(i)))) {
			*ret = (uint8_t)i;
			return true;
		}
	return false;
}

static const char *verdict_at(int i)
{
	return verdict_name((enum verdict)i);
}
static const char *late_at(int i)
{
	return late_band_name((enum late_band)i);
}
static const char *cause_at(int i)
{
	return fact_cause_name((enum fact_cause)i);
}
static const char *notice_at(int i)
{
	return notice_band_name((enum notice_band)i);
}
static const char *by_at(int i)
{
	return cancel_by_name((enum cancel_by)i);
}
static const char *proof_at(int i)
{
	return proof_name((enum proof)i);
}
static const char *answer_at(int i)
{
	return answer_name((enum answer)i);
}
static const char *reason_at(int i)
{
	return refusal_reason_name((enum refusal_reason)i);
}

static bool parse_fact(str rest, struct fact *x)
{
	x->replaced_min = -1;
	bool ok = flag(&rest, &x->is_counted) && flag(&rest, &x->is_accepted) &&
		  flag(&rest, &x->is_confirmed) && flag(&rest, &x->is_begun) &&
		  word(&rest, verdict_at, VERDICT_COUNT, &x->verdict) &&
		  word(&rest, late_at, LATE_BAND_COUNT, &x->late) &&
		  flag(&rest, &x->is_short) &&
		  word(&rest, cause_at, FACT_CAUSE_COUNT, &x->cause) &&
		  number(&rest, FACT_SECONDS_MAX, &x->promised_s) &&
		  number(&rest, FACT_SECONDS_MAX, &x->done_s) &&
		  flag(&rest, &x->is_no_departure) &&
		  word(&rest, notice_at, NOTICE_BAND_COUNT, &x->notice) &&
		  word(&rest, by_at, CANCEL_BY_COUNT, &x->cancelled_by) &&
		  word(&rest, proof_at, PROOF_COUNT, &x->proof) &&
		  flag(&rest, &x->is_recorded_late) && flag(&rest, &x->is_corrected) &&
		  flag(&rest, &x->is_contested) && flag(&rest, &x->is_suppleed) &&
		  number(&rest, FACT_SECONDS_MAX, &x->supplee_s);
	if (!ok)
		return false;
	if (rest.n && rest.p[0] == ',')
		rest = str_from(rest, 1);
	else if (!number(&rest, FACT_MINUTES_MAX, &x->replaced_min))
		return false;
	return flag(&rest, &x->is_levelled) && !rest.n;
}

/* What no measure can give: whoever writes such a fact by hand is caught by its own words. */
static bool fact_holds(const struct fact *x, const struct measure_def *d,
		       enum line_kind line)
{
	bool late = x->late != LATE_NONE, begun = x->is_begun;
	if (x->done_s > x->promised_s || (x->is_confirmed && !x->is_accepted) ||
	    (begun && !x->is_counted) || (!x->is_suppleed && x->supplee_s) ||
	    (line == LINE_WITHOUT && x->is_accepted) ||
	    (line == LINE_OPERATOR && !x->is_accepted) || (!begun && (late || x->is_short)))
		return false;
	int64_t share = (int64_t)x->promised_s * d->short_share_bp;
	int64_t floor = (int64_t)d->short_floor_min * 600000;
	bool cut = (int64_t)x->done_s * 10000 <
		   (int64_t)x->promised_s * 10000 - (share > floor ? share : floor);
	if (begun && cut && !x->is_no_departure && !x->is_levelled && !x->is_short)
		return false;
	bool own = x->cause == FACT_CAUSE_NONE || x->cause == FACT_CAUSE_OPERATOR;
	switch ((enum verdict)x->verdict) {
	case VERDICT_ON_TIME: return begun && !late && !x->is_short;
	case VERDICT_LATE: return begun && late;
	case VERDICT_SHORT_VISIT: return begun && !late && x->is_short;
	case VERDICT_MISSED: return !begun && x->is_counted && !own;
	case VERDICT_EXCUSED:
		return begun ? late : x->cancelled_by != CANCEL_BY_NONE || !x->is_counted;
	case VERDICT_NON_PROUVE:
	case VERDICT_UNKNOWN:
	case VERDICT_PENDING: return !begun && !x->done_s;
	}
	return false;
}

static size_t find_line(const struct bilan *x, str key)
{
	size_t lo = 1, hi = x->n;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (str_cmp(x->lines[mid].key, key) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < x->n && str_eq(x->lines[lo].key, key) && !x->lines[lo].is_withheld ? lo
										       : 0;
}

struct minutes {
	struct timed *v;
	size_t n, cap;
};

static enum err read_visits(struct arena *a, str text, struct bilan *x, str *ret_why)
{
	const struct measure_def *d = measure_def((int)x->measure);
	struct minutes replaced = { 0 };
	str head = S(EXPORT_VISITS_HEAD), line;
	if (!str_starts(text, head))
		FAIL(ERR_SYNTAX, "visits: columns");
	str rest = str_from(text, head.n), before = { 0 };
	char row_bytes[EXPORT_ROW_MAX + 1];
	for (size_t n = 2; rest.n; n++) {
		if (!export_cut_line(&rest, "", &line) || line.n < 66 || line.p[64] != ',')
			FAIL(ERR_SYNTAX, "visits: line %zu", n);
		uint8_t ref[32];
		str hex = str_sub(line, 0, 64), row = str_from(line, 65), fields = row;
		struct fact f = { 0 };
		size_t l = find_line(x, str_cut(&fields, ','));
		if (str_unhex(hex, ref, 32) != OK ||
		    (before.n && str_cmp(before, hex) >= 0) || !l ||
		    !parse_fact(fields, &f))
			FAIL(ERR_SYNTAX, "visits: line %zu", n);
		struct arena_mark m = arena_mark(a);
		struct buf again = buf_init(a, sizeof row_bytes);
		export_fact_row(&again, &f, x->lines[l].key);
		bool same = str_eq(buf_str(&again), row);
		arena_reset(a, m);
		if (!same)
			FAIL(ERR_SYNTAX, "visits: line %zu", n);
		if (!fact_holds(&f, d, x->lines[l].kind))
			FAIL(ERR_INPUT, "visits: line %zu contradicts itself", n);
		figures_of_fact(&x->lines[l].f, &f);
		if (is_due_fact(&f) && f.replaced_min >= 0)
			*ARENA_PUSH(a, &replaced) =
				(struct timed){ (uint32_t)l, f.replaced_min };
		before = hex;
	}
	fill_medians(a, x->lines, replaced.v, replaced.n, FIG_M_REPLACED);
	return OK;
}

static bool parse_answer(str rest, struct fact_answer *x)
{
	if (!word(&rest, answer_at, ANSWER_COUNT, &x->answer) ||
	    !word(&rest, reason_at, REFUSAL_REASON_COUNT, &x->reason))
		return false;
	x->minutes = -1;
	if (rest.n && rest.p[0] == ',')
		rest = str_from(rest, 1);
	else if (!number(&rest, FACT_MINUTES_MAX, &x->minutes))
		return false;
	return flag(&rest, &x->is_unserved) && !rest.n;
}

static enum err read_answers(struct arena *a, str text, struct bilan *x, str *ret_why)
{
	struct facts_closed c = { .bilan = *x };
	struct {
		struct fact_answer *v;
		size_t n, cap;
	} all = { 0 };
	struct minutes answered = { 0 };
	str head = S(EXPORT_ANSWERS_HEAD), line;
	if (!str_starts(text, head))
		FAIL(ERR_SYNTAX, "answers: columns");
	str rest = str_from(text, head.n);
	while (rest.n) {
		struct fact_answer f = { 0 };
		if (!export_cut_line(&rest, "", &line))
			FAIL(ERR_SYNTAX, "answers: last line");
		f.line = (uint32_t)find_line(x, str_cut(&line, ','));
		if (!f.line || !parse_answer(line, &f))
			FAIL(ERR_SYNTAX, "answers: line %zu", all.n + 2);
		if ((f.answer != ANSWER_REFUSED && f.reason != REFUSAL_REASON_NONE) ||
		    (all.n && answer_order(&all.v[all.n - 1], &f) > 0))
			FAIL(ERR_INPUT, "answers: line %zu", all.n + 2);
		figures_of_answer(&x->lines[f.line].f, &f);
		if (f.minutes >= 0)
			*ARENA_PUSH(a, &answered) = (struct timed){ f.line, f.minutes };
		*ARENA_PUSH(a, &all) = f;
	}
	c.answers = all.v;
	c.answers_n = all.n;
	struct buf again = buf_init(a, text.n + 1);
	export_answers(&again, &c);
	if (!str_eq(buf_str(&again), text))
		FAIL(ERR_SYNTAX, "answers: not in canonical form");
	fill_medians(a, x->lines, answered.v, answered.n, FIG_M_ANSWER);
	return OK;
}

/* --- what a line declares must be possible */

static bool line_holds(const struct bilan_line *l)
{
	static const enum figure n[RATE_COUNT] = { FIG_V_ASKED, FIG_V_ACCEPTED,
						   FIG_V_CONFIRMED };
	const int64_t *v = l->f.v;
	for (int r = 0; r < RATE_COUNT; r++) {
		int64_t x = v[n[r]];
		if (x >= EXPORT_VISITS_MAX)
			return false;
		if (x ? l->deff[r] < 100 || l->deff[r] > 100 * x : l->deff[r] != 0)
			return false;
	}
	if (v[FIG_PERSONS] == FIG_NONE || v[FIG_CARERS] == FIG_NONE ||
	    v[FIG_OPERATORS] == FIG_NONE)
		return false;
	for (int f = FIG_C_ASKED; f <= FIG_C_APART; f++)
		if (v[f] == FIG_NONE)
			return false;
	if (v[FIG_V_ASKED] && !v[FIG_PERSONS])
		return false;
	if (l->kind == LINE_TERRITORY)
		return true;
	return v[FIG_PERSONS] >= SUPPRESS_PERSONS &&
	       (l->kind == LINE_WITHOUT || v[FIG_CARERS] >= SUPPRESS_CARERS) &&
	       (l->kind != LINE_OPERATOR || v[FIG_OPERATORS] == 1);
}

static bool causes_hold(const int64_t *v)
{
	int64_t sum = v[FIG_T_GROUPED];
	for (int f = FIG_T_PERSON_ABSENT; f <= FIG_T_SYSTEM; f++)
		sum += v[f] == FIG_NONE ? 0 : v[f];
	return v[FIG_T_GROUPED] != FIG_NONE && sum == v[FIG_V_MISSED_OTHER];
}

/* Figures that nothing gives yet are set to what an empty line has; declared ones stay. */
static void start_line(struct bilan_line *l)
{
	struct figures declared = l->f;
	if (l->is_withheld)
		return;
	for (int i = 0; i < FIG_COUNT; i++)
		if (figure_is_additive((enum figure)i))
			l->f.v[i] = 0;
	for (size_t k = 0; k < EXPORT_DECLARED; k++)
		l->f.v[export_declared[k]] = declared.v[export_declared[k]];
	if (l->kind == LINE_TERRITORY) {
		l->f.v[FIG_OPERATORS] = 0;
		for (int f = FIG_C_ASKED; f <= FIG_C_APART; f++)
			l->f.v[f] = 0;
	}
}

static enum err finish(struct arena *a, struct bilan *x, str *ret_why)
{
	struct bilan_line *t = &x->lines[0];
	for (size_t l = 1; l < x->n; l++) {
		if (x->lines[l].is_withheld) {
			if (!t->is_withheld || x->lines[l].kind != LINE_GROUPED)
				FAIL(ERR_INPUT, "lines: withheld");
			continue;
		}
		if (!t->is_withheld) {
			figures_add(&t->f, &x->lines[l].f);
			t->f.v[FIG_OPERATORS] += x->lines[l].f.v[FIG_OPERATORS];
		}
		if (!line_holds(&x->lines[l]))
			FAIL(ERR_INPUT, "lines: %" PRIstr, STR(x->lines[l].key));
		line_derive(&x->lines[l]);
	}
	if (t->is_withheld) {
		t->f.v[FIG_M_REPLACED] = t->f.v[FIG_M_ANSWER] = FIG_NONE;
		for (int i = 0; i < FIG_COUNT; i++)
			if (i != FIG_T_ENTITLED && t->f.v[i] != FIG_NONE)
				FAIL(ERR_INPUT, "totals: withheld");
		return OK;
	}
	if (!line_holds(t) || !causes_hold(t->f.v))
		FAIL(ERR_INPUT, "totals: they do not add up");
	line_derive(t);
	if (t->f.v[FIG_T_ENTITLED] != FIG_NONE && t->f.v[FIG_T_ENTITLED] > 0)
		t->f.v[FIG_T_COVERAGE] =
			rate_bp(t->f.v[FIG_PERSONS], t->f.v[FIG_T_ENTITLED]);
	return OK;
}

#define LINES_MAX 4096

enum err export_bilan(struct arena *a, const struct export_sources *s, struct bilan *ret,
		      str *ret_why)
{
	size_t max = 1; /* a line takes a row at least */
	for (size_t i = 0; i < s->lines.n && max < LINES_MAX; i++)
		max += s->lines.p[i] == '\n';
	struct bilan x = { .lines = ARENA_ARRAY(a, struct bilan_line, max) };
	for (int i = 0; i < FIG_COUNT; i++)
		x.lines[0].f.v[i] = FIG_NONE;
	*ret_why = S("not a CSV");
	TRY(read_totals(a, s->totals, &x, ret_why));
	TRY(read_lines(a, s->lines, &x, max, ret_why));
	for (size_t l = 0; l < x.n; l++)
		start_line(&x.lines[l]);
	TRY(read_visits(a, s->visits, &x, ret_why));
	TRY(read_answers(a, s->answers, &x, ret_why));
	TRY(finish(a, &x, ret_why));
	*ret = x;
	return OK;
}

/* --- the whole */

static const str *file_named(const struct export_file *files, size_t n, str prefix,
			     const char *suffix)
{
	str s = str_of(suffix);
	for (size_t i = 0; i < n; i++)
		if (files[i].name.n == prefix.n + s.n &&
		    str_starts(files[i].name, prefix) && str_ends(files[i].name, s))
			return &files[i].bytes;
	return NULL;
}

static enum err check_territory(struct arena *a, const struct manifest *m,
				const struct export_file *files, size_t n, str prefix,
				str *ret_why)
{
	static const char *const suffixes[] = { "-totals.csv", "-lines.csv",
						"-visits.csv", "-answers.csv",
						"-bilan.json", "-bilan.csv" };
	const str *f[6];
	for (size_t i = 0; i < 6; i++) {
		f[i] = file_named(files, n, prefix, suffixes[i]);
		if (!f[i])
			FAIL(ERR_DAMAGED, "%" PRIstr "%s is missing", STR(prefix),
			     suffixes[i]);
	}
	struct bilan x;
	TRY(export_bilan(a, &(struct export_sources){ *f[0], *f[1], *f[2], *f[3] }, &x,
			 ret_why));
	if (!str_eq(x.month, m->month) || !str_eq(x.territory, prefix))
		FAIL(ERR_DAMAGED, "%" PRIstr ": another month or territory", STR(prefix));
	struct buf json = buf_init(a, f[4]->n + 1), csv = buf_init(a, f[5]->n + 1);
	bilan_json(&json, &x, S(""));
	bilan_csv(&csv, &x, S(""));
	if (!str_eq(buf_str(&json), *f[4]) || !str_eq(buf_str(&csv), *f[5]))
		FAIL(ERR_DAMAGED, "%" PRIstr ": the bilan is not what its facts give",
		     STR(prefix));
	return OK;
}

enum err export_check(struct arena *a, const struct manifest *m,
		      const struct export_file *files, size_t n, str *ret_why)
{
	size_t known = 2;
	const str *leaves = file_named(files, n, S(""), "leaves.bin");
	if (!file_named(files, n, S(""), "head.txt") || !leaves ||
	    leaves->n / 32 != m->tree_size || leaves->n % 32)
		FAIL(ERR_DAMAGED, "head.txt or leaves.bin");
	for (size_t i = 0; i < n; i++) {
		str name = files[i].name, end = S("-totals.csv");
		if (!str_ends(name, end))
			continue;
		str prefix = str_sub(name, 0, name.n - end.n);
		TRY(check_territory(a, m, files, n, prefix, ret_why));
		known += 6;
	}
	if (known != n)
		FAIL(ERR_DAMAGED, "a file that is no file of an export");
	*ret_why = S("");
	return OK;
}
