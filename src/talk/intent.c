/* Which of the intents a sentence has: cues of intent.tbl weighed, then the few rules that
 * need the whole sentence.  Emergencies were looked for before (alarm.h). */
#include "talk/model.h"
#include "talk/talk.h"

static const struct {
	enum talk_intent intent;
	int weight;
	const char *pattern;
} cues[] = {
#define C(intent, weight, pattern) { INTENT_##intent, weight, pattern },
#include "talk/intent.tbl"
#undef C
};

#define KEPT_CUES 3

/* Below three full points (six each) nothing was understood. */
#define CLARIFY_POINTS 17

struct score {
	int best[KEPT_CUES]; /* the heaviest, descending */
	int against;
};

static void add(struct score *s, int w)
{
	if (w < 0) {
		s->against += w;
		return;
	}
	for (int k = 0; k < KEPT_CUES; k++)
		if (w > s->best[k]) {
			int t = s->best[k];
			s->best[k] = w;
			w = t;
		}
}

static int total(const struct score *s)
{
	/* one strong cue says more than many hints */
	return 6 * s->best[0] + s->best[1] + s->best[2] + 6 * s->against;
}

/* How long the person has been waiting, in minutes: "depuis 8 h", "depuis une heure",
 * "devait être là il y a ...".  -1: not said. */
static int waiting(const struct sent *s, const struct talk_now *now)
{
	for (size_t i = 0; i < s->l.n; i++) {
		const struct atom *x = &s->l.v[i];
		bool since = x->role == ROLE_SINCE;
		bool lasting = x->at > 1 &&
			       (tok_is(&s->t, x->head - 1, "fait") ||
				tok_is(&s->t, x->at - 1, "fait")) &&
			       pat_has(s, "=attendre");
		if (lasting && x->kind == AT_CLOCK && x->n > 0)
			return (int)x->n;
		if (lasting && x->kind == AT_DUR && x->unit == UNIT_MINUTE)
			return (int)x->n;
		if (x->kind == AT_CLOCK && since && !(x->h12 && x->minute <= 180))
			return x->minute <= now->minute ? now->minute - x->minute : -1;
		if (x->kind == AT_CLOCK && since)
			return (int)x->n;
		if (x->kind == AT_DUR && since && x->unit == UNIT_MINUTE)
			return (int)x->n;
		if (x->kind == AT_SHIFT && x->n < 0 && x->unit <= UNIT_HOUR)
			return (int)-x->n * (x->unit == UNIT_HOUR ? 60 : 1);
	}
	return -1;
}

static bool any_when(const struct sent *s)
{
	for (size_t i = 0; i < s->l.n; i++)
		if (s->l.v[i].kind != AT_NONE && s->l.v[i].kind != AT_COUNT)
			return true;
	return false;
}

static enum talk_intent best_of(const int *points)
{
	/* at equal points the intent whose mistake costs least comes first */
	static const enum talk_intent order[] = {
		INTENT_OUT_OF_SCOPE,    INTENT_HUMAN_HELP,     INTENT_REPORT_SHORT_VISIT,
		INTENT_REPORT_LATE,     INTENT_REPORT_MISSED,  INTENT_QUERY_WHO,
		INTENT_ASK_REPORT,      INTENT_QUERY_SCHEDULE, INTENT_REFUSE_CARER,
		INTENT_PREFER_CARER,    INTENT_MOVE_VISIT,     INTENT_CANCEL_VISIT,
		INTENT_DECLARE_ABSENCE, INTENT_RATE_VISIT,     INTENT_CLARIFY,
		INTENT_REQUEST_VISIT,
	};
	enum talk_intent best = INTENT_CLARIFY;
	int most = INT32_MIN;
	for (size_t i = 0; i < sizeof order / sizeof *order; i++)
		if (points[order[i]] > most) {
			most = points[order[i]];
			best = order[i];
		}
	return best;
}

/* A noun alone ("la toilette de ma mère") asks for nothing. */
static bool wants_nothing(const struct sent *s)
{
	return !any_when(s) && !pat_has(s, "=vouloir|=falloir|besoin|=aimer|=souhaiter|="
					   "aide|=aider|=pouvoir|plus|"
					   "=demander|=envoyer|=chercher|=venir|="
					   "accompagner|=emmener|faudrait|=arriver");
}

/* What the hand grammar thinks of each intent, six points a weight. */
static void hand_points(const struct sent *s, int *points)
{
	struct score scores[INTENT_COUNT_] = { 0 };
	for (size_t k = 0; k < sizeof cues / sizeof *cues; k++)
		if (pat_has(s, cues[k].pattern))
			add(&scores[cues[k].intent], cues[k].weight);
	for (int i = 0; i < INTENT_COUNT_; i++)
		points[i] = total(&scores[i]);
	if (s->question) {
		points[INTENT_QUERY_SCHEDULE] += points[INTENT_QUERY_SCHEDULE] > 0 ? 5 : 0;
		points[INTENT_QUERY_WHO] += points[INTENT_QUERY_WHO] > 0 ? 5 : 0;
		points[INTENT_ASK_REPORT] += points[INTENT_ASK_REPORT] > 0 ? 5 : 0;
	}
	if (points[INTENT_CLARIFY] < CLARIFY_POINTS)
		points[INTENT_CLARIFY] = CLARIFY_POINTS;
}

/* ---- features of the linear model (model.h) ---- */

static void put(struct features *f, str kind, str x, str y, int value)
{
	if (f->n == MODEL_MAX_FEATURES)
		return;
	uint64_t h = (str_hash(kind) * 31 + str_hash(x)) * 31 + str_hash(y);
	f->v[f->n++] =
		(struct feature){ (uint16_t)((h ^ h >> 23 ^ h >> 41) % MODEL_BUCKETS),
				  (int8_t)value };
}

/* The token as the model sees it: its word, or what kind of expression covers it. */
static str seen_as(const struct sent *s, size_t i)
{
	static const char *const kinds[] = { "",        "<date>",   "<wday>",  "<offset>",
					     "<feast>", "<period>", "<nextn>", "<nth>",
					     "<clock>", "<part>",   "<dur>",   "<shift>",
					     "<every>", "<times>",  "<count>", "<ferie>",
					     "<now>" };
	if (s->atom[i] >= 0)
		return str_of(kinds[s->l.v[s->atom[i]].kind]);
	if (s->task[i])
		return S("<task>");
	if (s->name[i])
		return S("<name>");
	if (s->rel[i])
		return S("<rel>");
	return s->t.v[i].text;
}

void intent_features(const struct sent *s, struct features *f)
{
	unsigned tenses = 0;
	str before = S("^");
	f->n = 0;
	for (size_t k = 0; k < sizeof cues / sizeof *cues; k++)
		if (pat_has(s, cues[k].pattern))
			put(f, S("cue"), str_of(cues[k].pattern),
			    str_of(talk_intent_name(cues[k].intent)), 2);
	for (size_t i = 0; i < s->t.n; i++) {
		const struct tok *x = &s->t.v[i];
		str w = seen_as(s, i);
		if (x->kind == TOK_COMMA || x->kind == TOK_STOP || str_eq(w, before))
			continue;
		put(f, S("word"), w, S(""), 1);
		put(f, S("pair"), before, w, 1);
		if (x->lemma[0] >= 0 && s->atom[i] < 0 && !s->task[i])
			put(f, S("lemma"), str_of(talk_lemmas[x->lemma[0]]), S(""), 1);
		bool after_aux = i && (x->flags & WORD_PART) &&
				 (tok_lemma(&s->t, i - 1, "avoir") ||
				  tok_lemma(&s->t, i - 1, "etre") ||
				  tok_in(&s->t, i - 1, "pas|jamais|bien|ete"));
		tenses |=
			after_aux
				? 256u
				: (unsigned)(x->flags & (WORD_PAST | WORD_FUT | WORD_COND));
		before = w;
	}
	put(f, S("pair"), before, S("$"), 1);
	for (unsigned b = 1; b <= 256; b <<= 1)
		if (tenses & b)
			put(f, S("tense"), (str){ (const char *)&b, sizeof b }, S(""), 2);
	put(f, S("question"), s->question ? S("yes") : S("no"), S(""), 1);
	put(f, S("length"),
	    s->t.n < 4   ? S("3")
	    : s->t.n < 8 ? S("7")
			 : S("long"),
	    S(""), 1);
}

void intent_points(const struct sent *s, int *points)
{
	struct features f;
	hand_points(s, points);
	intent_features(s, &f);
	for (int i = 0; i < INTENT_COUNT_; i++)
		points[i] *= MODEL_HAND;
	for (size_t k = 0; k < f.n; k++)
		for (int i = 0; i < INTENT_COUNT_; i++)
			points[i] += f.v[k].value * talk_weights[f.v[k].bucket][i];
}

enum talk_intent intent_of(const struct sent *s, const struct talk_now *now)
{
	int points[INTENT_COUNT_];
	intent_points(s, points);
	points[INTENT_EMERGENCY] = INT32_MIN; /* alarm.c alone decides that */
	enum talk_intent best = best_of(points);
	int wait = waiting(s, now);
	if (best == INTENT_REPORT_LATE && wait > 60)
		best = INTENT_REPORT_MISSED;
	if (best == INTENT_REPORT_MISSED && wait >= 0 && wait <= 60 &&
	    !pat_has(s, "=oublier") && !pat_has(s, "personne n|ne est"))
		best = INTENT_REPORT_LATE;
	if (best == INTENT_REQUEST_VISIT && wants_nothing(s))
		best = INTENT_CLARIFY;
	return best;
}

void intent_train_line(struct buf *out, const struct sent *s)
{
	int points[INTENT_COUNT_];
	struct features f;
	hand_points(s, points);
	intent_features(s, &f);
	for (int i = 0; i < INTENT_COUNT_; i++)
		buf_fmt(out, "%d ", points[i]);
	buf_byte(out, '|');
	for (size_t k = 0; k < f.n; k++)
		buf_fmt(out, " %d:%d", f.v[k].bucket, f.v[k].value);
	buf_byte(out, '\n');
}

void intent_why(struct buf *out, const struct sent *s)
{
	BUF_LIT(out, "words:");
	for (size_t i = 0; i < s->t.n; i++)
		buf_fmt(out, " %" PRIstr "%s%s%s", STR(s->t.v[i].text),
			s->atom[i] >= 0 ? "@" : "", s->task[i] ? "#" : "",
			s->name[i] ? "!" : "");
	buf_byte(out, '\n');
	for (size_t k = 0; k < sizeof cues / sizeof *cues; k++)
		if (pat_has(s, cues[k].pattern))
			buf_fmt(out, "%-20s %2d  %s\n", talk_intent_name(cues[k].intent),
				cues[k].weight, cues[k].pattern);
}
