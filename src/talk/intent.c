/* Which of the intents a sentence has: cues of intent.tbl weighed, then the few rules that
 * need the whole sentence.  Emergencies were looked for before (alarm.h). */
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
	int most = 0;
	for (size_t i = 0; i < sizeof order / sizeof *order; i++)
		if (points[order[i]] > most) {
			most = points[order[i]];
			best = order[i];
		}
	return most >= 6 * 3 ? best : INTENT_CLARIFY;
}

/* A noun alone ("la toilette de ma mère") asks for nothing. */
static bool wants_nothing(const struct sent *s)
{
	return !any_when(s) && !pat_has(s, "=vouloir|=falloir|besoin|=aimer|=souhaiter|="
					   "aide|=aider|=pouvoir|plus|"
					   "=demander|=envoyer|=chercher|=venir|="
					   "accompagner|=emmener|faudrait|=arriver");
}

enum talk_intent intent_of(const struct sent *s, const struct talk_now *now)
{
	struct score scores[INTENT_COUNT_] = { 0 };
	int points[INTENT_COUNT_];
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
	enum talk_intent best = best_of(points);
	int wait = waiting(s, now);
	if (best == INTENT_REPORT_LATE && wait > 60)
		best = INTENT_REPORT_MISSED;
	if (best == INTENT_REPORT_MISSED && wait >= 0 && wait <= 60 &&
	    !pat_has(s, "=oublier|personne n|ne est"))
		best = INTENT_REPORT_LATE;
	if (best == INTENT_REQUEST_VISIT && wants_nothing(s))
		best = INTENT_CLARIFY;
	return best;
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
