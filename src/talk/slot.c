/* What a sentence says about its intent: days, hours, recurrence, people.  See talk.h for
 * the fields; the conventions are those of the annotation guide. */
#include "talk/talk.h"

#include "talk/num.h"
#include "talk/slot.h"

struct talk talk_none(void)
{
	return (struct talk){ .intent = INTENT_CLARIFY,
			      .dtstart = DAY_NONE,
			      .dtend = DAY_NONE,
			      .until = DAY_NONE,
			      .window = { -1, -1 },
			      .relation = -1,
			      .new_date = DAY_NONE,
			      .new_time = -1 };
}

static bool is_report(enum talk_intent i)
{
	return i == INTENT_REPORT_MISSED || i == INTENT_REPORT_LATE ||
	       i == INTENT_REPORT_SHORT_VISIT || i == INTENT_ASK_REPORT ||
	       i == INTENT_RATE_VISIT;
}

bool slot_day_set(day d)
{
	return d.d != DAY_NONE.d;
}

enum date_way slot_way(const struct sent *s, const struct talk *r)
{
	if (is_report(r->intent))
		return DATE_LAST;
	bool past_query =
		(r->intent == INTENT_QUERY_WHO || r->intent == INTENT_QUERY_SCHEDULE) &&
		pat_has(s, "etait|est|a venu|venue|passe|passee|etait|ete");
	if (past_query && pat_has(s, "etait|venu|venue|passee|dernier|derniere"))
		return DATE_LAST;
	if ((r->intent == INTENT_REFUSE_CARER || r->intent == INTENT_PREFER_CARER) &&
	    pat_has(s, "celui|celle|=dame|=aide|=personne|=homme|=femme|=fille|=monsieur|="
		       "remplacant de|d|du <date>"))
		return DATE_LAST;
	return DATE_NEXT;
}

/* ---- corrections and alternatives that were taken back ---- */

static int atom_class(const struct atom *x)
{
	switch (x->kind) {
	case AT_DATE:
	case AT_WDAY:
	case AT_OFFSET:
	case AT_FEAST:
	case AT_PERIOD:
	case AT_NTH:
	case AT_SHIFT:
	case AT_NEXTN:
	case AT_NOW: return 1;
	case AT_CLOCK: return 2;
	case AT_PART: return 3;
	case AT_DUR: return 4;
	case AT_EVERY:
	case AT_TIMES: return 5;
	case AT_NONE:
	case AT_COUNT:
	case AT_FERIE: break;
	}
	return 0;
}

static void take_back(struct sent *s, size_t marker, size_t after)
{
	unsigned done = 0;
	for (size_t k = 0; k < s->l.n; k++) {
		const struct atom *x = &s->l.v[k];
		int c = atom_class(x);
		if (x->at < after || !c || x->head > after + 8 || (done & (1u << c)))
			continue;
		done |= 1u << c;
		for (size_t j = k; j-- > 0;)
			if (s->l.v[j].end <= marker && atom_class(&s->l.v[j]) == c) {
				if (c ==
				    1) /* "à partir de lundi, non, mardi": the role stays */
					s->l.v[k].role = s->l.v[k].role == ROLE_NONE
								 ? s->l.v[j].role
								 : s->l.v[k].role;
				s->l.v[j].kind = AT_NONE;
				break;
			}
	}
	bool task_after = false;
	for (size_t i = after; i < s->t.n && i < after + 4; i++)
		task_after = task_after || s->task_len[i];
	for (size_t i = 0; task_after && i < marker; i++)
		s->task[i] = s->task_len[i] = 0;
	if (task_after) {
		s->tasks = 0;
		for (size_t i = 0; i < s->t.n; i++)
			if (s->task_len[i])
				s->tasks |= 1u << (s->task[i] - 1);
	}
}

void slot_corrections(struct sent *s)
{
	static const char *const markers[] = {
		("non|ah|oh|euh non|pardon|zut|enfin|attendez? "
		 "pardon|plutot|desole|excusez?"),
		"euh|ah|oh|oups non",
		"pardon|zut|oups|desole",
		"je =vouloir =dire",
		"je me =tromper",
		"non|enfin <when>",
		"enfin non|plutot",
		"=rectifier|rectification|=correction",
	};
	for (size_t k = 0; k < sizeof markers / sizeof *markers; k++) {
		size_t end = 0, at = pat_find(s, 1, markers[k], &end);
		if (at == SIZE_MAX || (at == 0))
			continue;
		size_t after = at;
		while (after < s->t.n &&
		       (s->atom[after] < 0 || (size_t)s->l.v[s->atom[after]].at < at) &&
		       after < end + 3)
			after++;
		take_back(s, at, tok_in(&s->t, at, "non|enfin") ? at + 1 : end);
		return;
	}
	/* "n'annulez pas jeudi, seulement vendredi", "pas lundi mais mardi" */
	size_t end = 0, at = pat_find(s, 0,
				      "pas|plus _3 <date> _3 "
				      "seulement|mais|juste|uniquement|plutot _3 <date>",
				      &end);
	if (at != SIZE_MAX) {
		size_t last = SIZE_MAX;
		for (size_t k = 0; k < s->l.n; k++)
			if (s->l.v[k].end <= end && s->l.v[k].at >= at &&
			    atom_class(&s->l.v[k]) == 1)
				last = k;
		for (size_t k = 0; k < s->l.n && last != SIZE_MAX; k++)
			if (k != last && s->l.v[k].at >= at && s->l.v[k].end <= end &&
			    atom_class(&s->l.v[k]) == 1)
				s->l.v[k].kind = AT_NONE;
	}
}

/* ---- clocks that are durations, clocks of twelve hours ---- */

static bool says_length(const struct sent *s, const struct atom *x)
{
	const struct toks *t = &s->t;
	size_t e = x->end;
	if (tok_in(t, e, "de|d") && (e + 1 < t->n) &&
	    (s->task_len[e + 1] ||
	     tok_in(t, e + 1,
		    "presence|aide|retard|plus|moins|visite|compagnie|soins|service|"
		    "suite|affilee|passage|temps|travail|rab")))
		return true;
	if (s->task_len[e] && x->minute <= 240)
		return true;
	if (tok_in(t, e,
		   "par|plus|prevu|prevue|prevus|prevues|chacun|chacune|chaque|durant|"
		   "maximum|minimum|apres|avant|"
		   "facturee|facturees|payees|promises"))
		return true;
	if (tok_is(t, e, "a") && tok_is(t, e + 1, "chaque"))
		return true;
	if (tok_is(t, x->head - 1, "bout") ||
	    tok_in(t, x->head - 1,
		   "que|reste|restee|dure|duree|durant|facture|"
		   "encore|faudrait|faut|voudrais"))
		return !tok_is(t, x->head - 1, "que") || x->role == ROLE_NONE;
	return false;
}

static bool is_length(const struct sent *s, const struct talk *r, const struct atom *x,
		      bool other_clock)
{
	if (x->kind != AT_CLOCK || x->n <= 0 || x->hinted)
		return false;
	bool lead_a = x->role == ROLE_A || x->role == ROLE_BETWEEN ||
		      x->role == ROLE_FROM || x->role == ROLE_UNTIL || x->role == ROLE_TO;
	if (x->role == ROLE_FOR)
		return true;
	if (x->role == ROLE_SINCE)
		return x->h12 && x->minute <= 180;
	if (says_length(s, x) && !lead_a)
		return true;
	if (lead_a || x->minute >= 12 * 60 ||
	    (x->approx && x->role == ROLE_NONE && !x->one))
		return false;
	if (r->intent == INTENT_REPORT_SHORT_VISIT)
		return x->n <= 300;
	if (x->one && x->role != ROLE_POUR)
		return true;
	if (x->role == ROLE_DE)
		return x->minute <= 300 && x->minute > 0 &&
		       r->intent != INTENT_REPORT_MISSED &&
		       r->intent != INTENT_CANCEL_VISIT &&
		       !(r->intent == INTENT_MOVE_VISIT && x->minute > 180);
	if (x->role == ROLE_EN)
		return true;
	return x->role == ROLE_NONE && x->n <= 240 && (other_clock || x->n <= 180);
}

static void split_lengths(struct sent *s, const struct talk *r)
{
	size_t clocks = 0;
	for (size_t k = 0; k < s->l.n; k++)
		clocks += s->l.v[k].kind == AT_CLOCK;
	for (size_t k = 0; k < s->l.n; k++) {
		struct atom *x = &s->l.v[k];
		bool range =
			k + 1 < s->l.n && x->role == ROLE_DE &&
			s->l.v[k + 1].kind == AT_CLOCK &&
			(s->l.v[k + 1].role == ROLE_A || s->l.v[k + 1].role == ROLE_TO);
		if (!range && is_length(s, r, x, clocks > 1)) {
			x->kind = AT_DUR;
			x->unit = UNIT_MINUTE;
		}
	}
}

static enum day_part near_part(const struct sent *s, size_t k)
{
	enum day_part best = PART_NONE;
	size_t least = 7;
	for (size_t j = 0; j < s->l.n; j++) {
		const struct atom *x = &s->l.v[j];
		enum day_part p =
			x->kind == AT_PART || x->kind == AT_EVERY ? x->part : PART_NONE;
		if (p == PART_NONE || p == PART_JOURNEE)
			continue;
		size_t d = j > k ? x->head - s->l.v[k].end : s->l.v[k].head - x->end;
		if (d < least) {
			least = d;
			best = p;
		}
	}
	return best;
}

int slot_minute(const struct sent *s, size_t k)
{
	const struct atom *x = &s->l.v[k];
	if (!x->h12 || x->kind != AT_CLOCK)
		return x->minute % 1440;
	int m = x->minute % 720, h = m / 60;
	enum day_part p = near_part(s, k);
	if (p == PART_MATIN)
		return h == 0 ? 720 : m;
	if (p == PART_APRESMIDI || p == PART_SOIR)
		return m + 720;
	if (p == PART_NUIT)
		return h >= 8 ? m + 720 : m;
	bool evening =
		(s->tasks & (1u << TASK_COUCHER)) || pat_has(s, "=souper|=diner|soir");
	bool morning = s->tasks & (1u << TASK_LEVER | 1u << TASK_TOILETTE);
	if (evening && !(morning && s->tasks & (1u << TASK_LEVER)) && h >= 5)
		return m + 720;
	if (morning && h >= 5)
		return m;
	return h >= 7 || h == 0 ? (h == 0 ? 720 + m % 60 : m) : m + 720;
}

/* ---- hours ---- */

static void put_time(struct talk *r, int m)
{
	for (size_t i = 0; i < r->n_times; i++)
		if (r->times[i] == m)
			return;
	if (r->n_times < TALK_MAX_TIMES)
		r->times[r->n_times++] = m;
}

static bool has_clock_besides(const struct sent *s, size_t k)
{
	for (size_t j = 0; j < s->l.n; j++)
		if (j != k && s->l.v[j].kind == AT_CLOCK && s->l.v[j].part != PART_MIDI)
			return true;
	return false;
}

static void fill_hours(const struct sent *s, struct talk *r)
{
	for (size_t k = 0; k < s->l.n; k++) {
		const struct atom *x = &s->l.v[k];
		const struct atom *next =
			k + 1 < s->l.n && s->l.v[k + 1].kind == AT_CLOCK ? x + 1 : NULL;
		if (x->kind == AT_PART ||
		    ((x->kind == AT_EVERY || x->kind == AT_TIMES) && x->part)) {
			if (x->part == PART_DEJEUNER)
				r->parts |= PART_BIT(x->sub == SUB_AFTER ? PART_APRESMIDI
									 : PART_MIDI);
			else if (x->part != PART_JOURNEE)
				r->parts |= PART_BIT(x->part);
		}
		if (x->kind == AT_OFFSET && x->part)
			r->parts |= PART_BIT(x->part);
		if (x->kind == AT_FEAST && x->part)
			r->parts |= PART_BIT(x->part);
		if (x->kind != AT_CLOCK)
			continue;
		r->approx = r->approx || x->approx;
		bool meal_slot = x->part == PART_MIDI && x->role != ROLE_A &&
				 x->role != ROLE_TO && x->role != ROLE_BETWEEN &&
				 x->role != ROLE_POUR && !x->approx &&
				 !has_clock_besides(s, k);
		if (meal_slot) {
			r->parts |= PART_BIT(PART_MIDI);
		} else if (x->role == ROLE_BETWEEN && next) {
			r->window[0] = slot_minute(s, k);
			r->window[1] = slot_minute(s, k + 1);
			k++;
		} else if (x->role == ROLE_DE && next &&
			   (next->role == ROLE_A || next->role == ROLE_TO)) {
			int from = slot_minute(s, k), to = slot_minute(s, k + 1);
			if (to <= from && to + 720 < 1440)
				to += 720;
			put_time(r, from);
			r->duration = to > from ? to - from : 0;
			k++;
		} else if (next && next->role == ROLE_TO &&
			   s->t.v[x->end].kind == TOK_DASH) {
			int from = slot_minute(s, k), to = slot_minute(s, k + 1);
			put_time(r, from);
			r->duration = to > from ? to - from : 0;
			k++;
		} else if (x->role != ROLE_SINCE || r->intent == INTENT_REPORT_MISSED ||
			   r->intent == INTENT_REPORT_LATE) {
			put_time(r, slot_minute(s, k));
		}
	}
	if (r->n_times || r->window[0] >= 0)
		r->parts = 0;
}

/* ---- lengths ---- */

static void fill_lengths(const struct sent *s, struct talk *r)
{
	for (size_t k = 0; k < s->l.n; k++) {
		const struct atom *x = &s->l.v[k];
		int m = x->unit == UNIT_MINUTE ? (int)(x->n < 1440 ? x->n : 1440) : 0;
		bool ago = x->kind == AT_SHIFT && x->unit <= UNIT_HOUR &&
			   x->unit >= UNIT_MINUTE;
		if (ago)
			m = (int)(x->n < 0 ? -x->n : x->n) *
			    (x->unit == UNIT_HOUR ? 60 : 1);
		if (!ago && (x->kind != AT_DUR || x->unit != UNIT_MINUTE))
			continue;
		if (m > 1440)
			m = 1440;
		if (r->intent == INTENT_REPORT_LATE) {
			r->late_by = m;
		} else if (r->intent == INTENT_REPORT_SHORT_VISIT) {
			bool early = (ago && x->second == 1 && !x->le) ||
				     tok_is(&s->t, x->end, "plus") ||
				     tok_is(&s->t, x->end, "avant") ||
				     tok_is(&s->t, x->end, "trop");
			bool plan =
				x->role == ROLE_INSTEAD ||
				tok_in(&s->t, x->end, "prevu|prevue|prevus|prevues") ||
				(x->head && tok_in(&s->t, x->head - 1,
						   "facture|payer|paye|paie|facturez|prevu|"
						   "prevoit|promis|sur")) ||
				(x->approx && tok_is(&s->t, x->head, "sur")) ||
				tok_is(&s->t, x->head, "sur");
			if (plan || (r->actual_duration && !r->duration))
				r->duration = m;
			else if (!early && !r->actual_duration)
				r->actual_duration = m;
		} else if (r->intent != INTENT_REPORT_MISSED && !ago &&
			   x->role != ROLE_SINCE) {
			if (!r->duration)
				r->duration = m;
		}
	}
}

/* ---- people ---- */

static str raw_name(struct arena *a, const struct sent *s, size_t i)
{
	const struct tok *first = &s->t.v[i], *last = &s->t.v[i + s->name[i] - 1];
	str n = { first->raw.p, (size_t)(last->raw.p + last->raw.n - first->raw.p) };
	if (n.n && n.p[0] >= 'a' && n.p[0] <= 'z') {
		char *p = arena_copy(a, n.p, n.n);
		p[0] = (char)(p[0] - 32);
		return (str){ p, n.n };
	}
	return str_dup(a, n);
}

static void fill_people(struct arena *a, const struct sent *s, struct talk *r)
{
	const struct toks *t = &s->t;
	for (size_t i = 0; i < t->n; i++) {
		if (s->rel[i]) {
			int rel = s->rel[i] - 1;
			size_t b = i - (i && tok_in(t, i - 1,
						    "ma|mon|mes|notre|nos|vieille|pauvre|"
						    "sa|son|ses")
						? 1
						: 0);
			bool chez_avec = b && tok_in(t, b - 1, "avec|chez|par");
			bool occasion = b > 1 && tok_in(t, b - 1, "de|d") &&
					tok_in(t, b - 2,
					       "mariage|anniversaire|enterrement|bapteme|"
					       "visite|obseques|fete");
			bool home = b && tok_is(t, b - 1, "chez") && rel_helped(rel) &&
				    !pat_has(s, "je|j _4 chez <rel>");
			bool for_them = b && tok_in(t, b - 1, "pour|de|d|a") && !occasion &&
					pat_has(s, "handicap*|autiste|malade|invalide");
			bool helped =
				(rel_helped(rel) && !occasion && (!chez_avec || home)) ||
				for_them;
			bool comes =
				rel_helped(rel) &&
				pat_has(s, "<rel> =venir|=etre|sera|vient|arrive|s|me|m _1 "
					   "la|=occuper|aide|garde");
			if (helped && !(comes && r->intent == INTENT_CANCEL_VISIT) &&
			    r->relation < 0) {
				r->relation = rel;
				r->other = true;
				r->speaker = SPEAKER_FAMILY;
			}
		}
		if (!s->name[i])
			continue;
		size_t b =
			i - (i && tok_in(t, i - 1, "madame|monsieur|mademoiselle") ? 1 : 0);
		bool at_home = b < i && b && tok_in(t, b - 1, "chez|pour");
		bool after_rel = i && s->rel[i - 1];
		if ((at_home && !r->beneficiary.n) || after_rel) {
			r->beneficiary = raw_name(a, s, i);
			r->other = true;
			if (!after_rel)
				r->speaker = SPEAKER_CARER;
		} else if (!r->carer.n) {
			r->carer = raw_name(a, s, i);
		}
		i += (size_t)s->name[i] - 1;
	}
}

/* ---- the whole ---- */

static void fill_rating(const struct sent *s, struct talk *r)
{
	static const char *const bad[] = {
		"pas|peu|jamais|guere|non|aucun "
		"=content|=satisfait|=bien|=bon|=propre|=aimable|=serieux|=agreable|"
		"terrible|=ravi|=poli|=gentil|=ponctuel|=parfait|satisfaite|contente|="
		"professionnel|=doux|=competent|=efficace",
		"pas _2 "
		"=content|=satisfait|=bien|bien|=bon|=propre|top|genial|=ravi|=plu|plu|"
		"aime|apprecie|fait",
		"=bacle|=bacler|=nul|=mecontent|=decu|decue|desirer|=sale|=mauvais|"
		"catastrophe|catastrophique|honteux|"
		"deplorable|lamentable|=brutal|=brusque|=desagreable|=mechant|=impoli|"
		"froide|mal|pire|scandaleux|"
		"inadmissible|=casser|brutale|bof|moyen|rate|ratee|negligee|neglige|"
		"sechement",
		"=passer _3 temps|visite|heure sur|au|a =telephone|portable",
		"rien =faire|fait|foutu",
	};
	static const char *const numbers = "|un|deux|trois|quatre|cinq|";
	(void)numbers;
	for (size_t i = 0; i < s->t.n; i++) {
		int64_t v = 0, of = 0;
		size_t j = num_read(&s->t, i, &v);
		if (s->t.v[i].kind == TOK_DATE && s->t.v[i].v[2] < 0) {
			v = s->t.v[i].v[0];
			of = s->t.v[i].v[1];
		} else if (j == i) {
			continue;
		} else if (tok_is(&s->t, j, "sur") ||
			   (j < s->t.n && s->t.v[j].kind == TOK_SLASH)) {
			num_read(&s->t, j + 1, &of);
		} else if (tok_in(&s->t, j, "etoile|etoiles")) {
			of = 5;
		} else if (pat_has(s, "=note|=noter|=mettre|=donner _2 <num>") && v <= 5 &&
			   v >= 0 && !tok_in(&s->t, i, "un|une")) {
			of = 5;
		}
		if (of == 10 || of == 20)
			v = (v * 5 + of / 2) / of;
		if (of && v >= 0 && v <= 5) {
			r->rating = (enum talk_rating)(v < 1 ? 1 : v);
			return;
		}
	}
	r->rating = RATING_POSITIVE;
	for (size_t k = 0; k < sizeof bad / sizeof *bad; k++)
		if (pat_has(s, bad[k]))
			r->rating = RATING_NEGATIVE;
}

void slot_fill(struct arena *a, const struct sent *said, const struct talk_now *now,
	       struct talk *r)
{
	struct sent *s = arena_copy(a, said, sizeof *said);
	s->l.v = arena_copy(a, said->l.v, said->l.n * sizeof *said->l.v);
	slot_corrections(s);
	split_lengths(s, r);
	r->tasks = s->tasks;
	fill_people(a, s, r);
	if (r->intent == INTENT_MOVE_VISIT) {
		slot_move(a, s, now, r);
	} else {
		fill_hours(s, r);
		fill_lengths(s, r);
		slot_days(a, s, now, r);
	}
	if (r->intent == INTENT_RATE_VISIT)
		fill_rating(s, r);
	slot_trim(s, r);
}
