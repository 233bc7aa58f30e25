/* facts.c - the collection of a month, and the bilan it closes into: see facts.h. */
#include "domain/account/facts_in.h"

static const char *const cause_names[FACT_CAUSE_COUNT] = { "none",
							   "operator",
							   "absence_non_remplacee",
							   "manque_intervenants",
							   "withdrawal",
							   "planning_error",
							   "other" };

const char *fact_cause_name(enum fact_cause c)
{
	return cause_names[c];
}

struct facts *facts_new(struct arena *a, str territory, str name, str month,
			size_t max_visits)
{
	struct facts *f = ARENA_NEW(a, struct facts);
	f->a = a;
	f->territory = str_dup(a, territory);
	f->name = str_dup(a, name);
	f->month = str_dup(a, month);
	f->max = max_visits;
	f->v = ARENA_ARRAY(a, struct fact, max_visits ? max_visits : 1);
	f->people = tally_init(a);
	f->served = tally_init(a);
	f->carers = tally_init(a);
	f->cells = tally_init(a);
	f->units = tally_init(a);
	f->entitled = FIG_NONE;
	struct unit *without = ARENA_PUSH(a, &f->unit);
	*without = (struct unit){ 0 };
	tally_put(&f->units, 0, ID_NONE); /* line 0: sans opérateur */
	return f;
}

void facts_entitled(struct facts *f, int64_t entitled, str source)
{
	f->entitled = entitled;
	f->entitled_source = str_dup(f->a, source);
}

void facts_operator(struct facts *f, const struct operator* o, bool was_grouped)
{
	size_t i = tally_put(&f->units, 0, o->id);
	ASSERT(i == f->unit.n); /* told once */
	*ARENA_PUSH(f->a, &f->unit) = (struct unit){
		.id = o->id,
		.name = str_dup(f->a, o->name),
		.finess = str_dup(f->a, o->finess),
		.is_natural = o->is_natural_person || o->kind == OPERATOR_KIND_INDEPENDENT,
		.was_grouped = was_grouped,
	};
}

static enum fact_cause short_cause(const struct measured *m)
{
	if (m->verdict != VERDICT_MISSED || m->cause != CAUSE_OPERATOR) {
		if (m->cause == CAUSE_NONE ||
		    (!m->is_begun && m->verdict == VERDICT_EXCUSED))
			return FACT_CAUSE_NONE;
		return m->cause == CAUSE_OPERATOR ? FACT_CAUSE_OPERATOR : FACT_CAUSE_OTHER;
	}
	switch (m->operator_cause) {
	case OPERATOR_CAUSE_NONE:
	case OPERATOR_CAUSE_ABSENCE_NON_REMPLACEE: return FACT_CAUSE_ABSENCE;
	case OPERATOR_CAUSE_MANQUE_INTERVENANTS: return FACT_CAUSE_SHORTAGE;
	case OPERATOR_CAUSE_WITHDRAWAL: return FACT_CAUSE_WITHDRAWAL;
	case OPERATOR_CAUSE_PLANNING_ERROR: return FACT_CAUSE_PLANNING;
	}
	die("operator cause %d", (int)m->operator_cause);
}

static int32_t clamp_min(int64_t minutes)
{
	return minutes > FACT_MINUTES_MAX ? FACT_MINUTES_MAX : (int32_t)minutes;
}

enum err fact_of(const struct visit *v, const struct measured *m, struct fact *ret)
{
	if (m->promised_s < 0 || m->promised_s > FACT_SECONDS_MAX || m->supplee_s < 0 ||
	    m->supplee_s > FACT_SECONDS_MAX)
		return ERR_LIMIT;
	*ret = (struct fact){
		.visit = v->id,
		.promised_s = (int32_t)m->promised_s,
		.done_s = (int32_t)m->done_s,
		.supplee_s = (int32_t)m->supplee_s,
		.replaced_min = m->is_replaced ? clamp_min(m->replaced_min) : -1,
		.verdict = (uint8_t)m->verdict,
		.late = (uint8_t)m->late,
		.cause = (uint8_t)short_cause(m),
		.notice = (uint8_t)m->notice,
		.cancelled_by = (uint8_t)m->cancelled_by,
		.proof = (uint8_t)m->proof,
		.is_counted = m->is_counted,
		.is_accepted = m->is_accepted,
		.is_confirmed = m->is_confirmed,
		.is_begun = m->is_begun,
		.is_short = m->is_short,
		.is_no_departure = m->is_departure_unproven,
		.is_recorded_late = m->is_recorded_late,
		.is_corrected = m->is_corrected,
		.is_contested = m->is_contested,
		.is_suppleed = m->is_suppleed,
	};
	return OK;
}

/* The tallies of one person on one line. */
static struct served *serve(struct facts *f, uint32_t line, struct id person)
{
	size_t i = tally_put(&f->served, line, person);
	if (i == f->serve.n) {
		*ARENA_PUSH(f->a, &f->serve) = (struct served){ 0 };
		tally_put(&f->people, 0, person);
	}
	return &f->serve.v[i];
}

/* A count over distinct persons, shown only when they are enough. */
static void cell_add(struct facts *f, enum cell c, struct id person, int64_t count,
		     int64_t seconds, int64_t aid)
{
	struct cell_sum *s = &f->cell[c];
	size_t before = f->cells.n;
	tally_put(&f->cells, c, person);
	s->persons += f->cells.n > before;
	s->count += count;
	s->seconds += seconds;
	s->aid += aid;
}

/* In the denominators: counted, and no longer awaited. */
bool is_due_fact(const struct fact *x)
{
	return x->is_counted && x->verdict != VERDICT_PENDING &&
	       x->verdict != VERDICT_UNKNOWN;
}

static bool is_apart(const struct measured *m)
{
	return m->verdict == VERDICT_NON_PROUVE || m->verdict == VERDICT_EXCUSED ||
	       m->cause == CAUSE_HOSPITAL || m->cause == CAUSE_DEATH ||
	       m->cause == CAUSE_PERSON_ABSENT || m->cause == CAUSE_PERSON_REFUSED;
}

/* In seconds x cents x 1/10000, so that nothing is rounded before the line is added up. */
static void add_aid(struct unit *u, const struct fact *x, const struct measured *m,
		    const struct fact_aid *aid)
{
	if ((aid->payer != PAYER_APA && aid->payer != PAYER_PCH) || !is_due_fact(x))
		return;
	int64_t rate = aid->tariff.cents * (10000 - aid->participation_bp);
	int64_t undone = (int64_t)x->promised_s - x->done_s;
	u->aid[AID_ASKED] += x->promised_s * rate;
	u->aid[AID_DONE] += x->done_s * rate;
	if (is_apart(m) && !x->is_begun)
		u->aid[AID_APART] += undone * rate;
	else
		u->aid[aid->payer == PAYER_APA ? AID_UNPAID_APA : AID_UNPAID_PCH] +=
			undone * rate;
}

static const enum cell mode_cells[] = { CELL_PRESTATAIRE, CELL_MANDATAIRE, CELL_DIRECT,
					CELL_AIDANT };

enum err facts_visit(struct facts *f, const struct visit *v, const struct measured *m,
		     const struct fact_aid *aid)
{
	struct fact x;
	TRY(fact_of(v, m, &x));
	if (v->mode != CARE_MODE_PRESTATAIRE) {
		tally_put(&f->people, 0, v->person_id);
		cell_add(f, mode_cells[v->mode], v->person_id, 1, x.done_s, 0);
		return OK;
	}
	size_t line = tally_find(&f->units, 0, v->accepted_operator_id);
	if (line == SIZE_MAX)
		return ERR_NOT_FOUND;
	if (f->n == f->max)
		return ERR_LIMIT;
	x.line = (uint32_t)line;
	cell_add(f, CELL_PRESTATAIRE, v->person_id, 1, x.done_s, 0);
	struct served *s = serve(f, x.line, v->person_id);
	x.person = (uint32_t)tally_put(&f->people, 0, v->person_id);
	f->v[f->n++] = x;
	s->asked += is_due_fact(&x);
	s->done += x.is_begun;
	s->accepted += is_due_fact(&x) && x.is_accepted;
	s->done_accepted += x.is_begun && x.is_accepted;
	s->confirmed += is_due_fact(&x) && x.is_confirmed;
	s->done_confirmed += x.is_begun && x.is_confirmed;
	s->seconds += is_due_fact(&x) ? x.promised_s : 0;
	if (id_is(v->carer_id))
		tally_put(&f->carers, x.line, v->carer_id);
	add_aid(&f->unit.v[line], &x, m, aid);
	if (x.is_counted && m->verdict == VERDICT_MISSED && m->cause != CAUSE_OPERATOR)
		cell_add(f, (enum cell)(CELL_CAUSES + (int)m->cause), v->person_id, 1, 0,
			 0);
	return OK;
}

void facts_request(struct facts *f, struct id person, bool is_unserved)
{
	tally_put(&f->people, 0, person);
	cell_add(f, CELL_REQUESTS, person, 1, 0, 0);
	if (is_unserved)
		cell_add(f, CELL_UNSERVED, person, 1, 0, 0);
}

enum err facts_answered(struct facts *f, struct id operator_id, struct id person,
			enum answer answer, enum refusal_reason reason, int64_t minutes,
			bool is_unserved)
{
	size_t line = tally_find(&f->units, 0, operator_id);
	if (line == SIZE_MAX || !id_is(operator_id))
		return ERR_NOT_FOUND;
	serve(f, (uint32_t)line, person);
	*ARENA_PUSH(f->a, &f->answer) = (struct fact_answer){
		.line = (uint32_t)line,
		.answer = (uint8_t)answer,
		.reason =
			(uint8_t)(answer == ANSWER_REFUSED ? reason : REFUSAL_REASON_NONE),
		.minutes = minutes < 0 ? -1 : clamp_min(minutes),
		.is_unserved = is_unserved,
	};
	return OK;
}

void facts_granted(struct facts *f, struct id person, enum payer payer, int64_t minutes,
		   money tariff, int64_t participation_bp)
{
	enum cell c = payer == PAYER_APA   ? CELL_GRANTED_APA
		      : payer == PAYER_PCH ? CELL_GRANTED_PCH
					   : CELL_GRANTED_OTHER;
	int64_t rate = tariff.cents * (10000 - participation_bp);
	cell_add(f, c, person, 1, minutes * 60, minutes * 60 * rate);
}

static const enum figure missed_figures[FACT_CAUSE_COUNT] = {
	FIG_V_MISSED_OTHER,    FIG_V_MISSED_ABSENCE,    FIG_V_MISSED_ABSENCE,
	FIG_V_MISSED_SHORTAGE, FIG_V_MISSED_WITHDRAWAL, FIG_V_MISSED_PLANNING,
	FIG_V_MISSED_OTHER,
};
static const enum figure late_figures[LATE_BAND_COUNT] = {
	FIG_V_ON_TIME, FIG_V_LATE_TOLERANCE, FIG_V_LATE_15, FIG_V_LATE_30, FIG_V_LATE_60
};

static void figures_of_begun(int64_t *v, const struct fact *x)
{
	v[FIG_V_DONE]++;
	v[FIG_V_DONE_ACCEPTED] += x->is_accepted;
	v[FIG_V_DONE_CONFIRMED] += x->is_confirmed;
	if (x->verdict == VERDICT_EXCUSED)
		v[FIG_V_LATE_EXCUSED]++;
	else
		v[late_figures[x->late]]++;
	v[FIG_V_LATE] += x->late != LATE_NONE && x->verdict != VERDICT_EXCUSED;
	v[FIG_V_SHORT] += x->is_short;
	v[FIG_V_NO_DEPARTURE] += x->is_no_departure;
	v[FIG_V_RECORDED_LATE] += x->is_recorded_late;
	v[FIG_V_CORRECTED] += x->is_corrected;
	v[FIG_P_NONE + x->proof]++;
	v[FIG_S_CUT] += x->promised_s - x->done_s;
	v[FIG_S_DONE_UNPROVEN] += x->is_no_departure ? x->done_s : 0;
}

static void figures_of_missed(int64_t *v, const struct fact *x)
{
	bool other = x->cause == FACT_CAUSE_OTHER;
	v[FIG_V_MISSED]++;
	v[missed_figures[x->cause]]++;
	v[other ? FIG_S_MISSED_OTHER : FIG_S_MISSED_OPERATOR] += x->promised_s - x->done_s;
}

void figures_of_fact(struct figures *ret, const struct fact *x)
{
	int64_t *v = ret->v;
	if (!x->is_counted) {
		v[FIG_V_REMOVED]++;
		return;
	}
	if (!is_due_fact(x)) {
		v[FIG_V_AWAITED]++;
		return;
	}
	v[FIG_V_ASKED]++;
	v[FIG_V_ACCEPTED] += x->is_accepted;
	v[FIG_V_CONFIRMED] += x->is_confirmed;
	v[FIG_S_ASKED] += x->promised_s;
	v[FIG_S_ACCEPTED] += x->is_accepted ? x->promised_s : 0;
	v[FIG_S_CONFIRMED] += x->is_confirmed ? x->promised_s : 0;
	v[FIG_S_DONE] += x->done_s;
	v[FIG_V_REPLACED] += x->replaced_min >= 0;
	v[FIG_V_SUPPLEED] += x->is_suppleed;
	v[FIG_S_SUPPLEED] += x->supplee_s;
	v[FIG_V_CONTESTED] += x->is_contested;
	if (x->is_begun)
		figures_of_begun(v, x);
	else if (x->verdict == VERDICT_MISSED)
		figures_of_missed(v, x);
	else if (x->verdict == VERDICT_NON_PROUVE) {
		v[FIG_V_NOT_PROVEN]++;
		v[FIG_S_NOT_PROVEN] += x->promised_s;
	} else {
		v[FIG_V_CANCELLED_LATE]++;
		v[FIG_S_CANCELLED] += x->promised_s;
	}
}

static const enum figure answer_figures[ANSWER_COUNT] = { FIG_R_WAITING, FIG_R_ACCEPTED,
							  FIG_R_PARTLY,  FIG_R_REFUSED,
							  FIG_R_SILENT,  FIG_R_WITHDRAWN };

void figures_of_answer(struct figures *ret, const struct fact_answer *x)
{
	ret->v[FIG_R_SENT]++;
	ret->v[answer_figures[x->answer]]++;
	if (x->answer == ANSWER_REFUSED)
		ret->v[FIG_R_REFUSED_NONE + x->reason]++;
	ret->v[FIG_R_UNSERVED] += x->is_unserved;
}
