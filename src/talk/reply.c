#include "talk/reply.h"

#include "talk/slot.h"

#define NB "\xc2\xa0" /* no-break space */

static const char *const days_fr[] = { "lundi",    "mardi",  "mercredi", "jeudi",
				       "vendredi", "samedi", "dimanche" };
static const char *const months_fr[] = { "janvier",   "février", "mars",     "avril",
					 "mai",       "juin",    "juillet",  "août",
					 "septembre", "octobre", "novembre", "décembre" };

void reply_hour(struct buf *out, int m)
{
	if (m == 720) {
		BUF_LIT(out, "midi");
		return;
	}
	if (m == 0) {
		BUF_LIT(out, "minuit");
		return;
	}
	buf_fmt(out, "%d" NB "h", m / 60);
	if (m % 60)
		buf_fmt(out, NB "%02d", m % 60);
}

void reply_duration(struct buf *out, int m)
{
	int h = m / 60, rest = m % 60;
	if (!h) {
		buf_fmt(out, "%d" NB "minutes", rest);
		return;
	}
	if (h == 1)
		BUF_LIT(out, "une heure");
	else
		buf_fmt(out, "%d" NB "heures", h);
	if (rest == 30)
		BUF_LIT(out, " et demie");
	else if (rest == 15)
		BUF_LIT(out, " et quart");
	else if (rest)
		buf_fmt(out, " %d", rest);
}

void reply_day(struct buf *out, day d, day today)
{
	struct civil c = day_civil(d), t = day_civil(today);
	buf_fmt(out, "%s ", days_fr[day_weekday(d) - 1]);
	if (c.day == 1)
		BUF_LIT(out, "1er");
	else
		buf_fmt(out, "%d", c.day);
	buf_fmt(out, NB "%s", months_fr[c.month - 1]);
	bool near = d.d - today.d < 300 && today.d - d.d < 60;
	if (c.year != t.year || !near)
		buf_fmt(out, " %d", c.year);
}

static const char *const task_fr[] = {
	"la toilette",     "le lever",     "le coucher",   "le repas",
	"les courses",     "le ménage",    "la compagnie", "l'accompagnement",
	"les médicaments", "le transfert", "l'habillage"
};

static void reply_tasks(struct buf *out, uint32_t tasks)
{
	int left = 0;
	for (unsigned i = 0; i < TASK_COUNT_; i++)
		left += (tasks & (1u << i)) != 0;
	for (unsigned i = 0; i < TASK_COUNT_; i++) {
		if (!(tasks & (1u << i)))
			continue;
		buf_z(out, task_fr[i]);
		left--;
		if (left)
			buf_z(out, left == 1 ? " et " : ", ");
	}
}

static const char *const part_words[] = { "",        "le matin", "le midi", "l'après-midi",
					  "le soir", "la nuit" };

static void reply_parts(struct buf *out, unsigned parts)
{
	bool first = true;
	for (unsigned p = PART_MATIN; p <= PART_NUIT; p++)
		if (parts & PART_BIT(p)) {
			buf_z(out, first ? "" : " et ");
			buf_z(out, part_words[p]);
			first = false;
		}
}

/* Value of KEY in "FREQ=..;KEY=..", or empty. */
static str part_of(str rule, str key)
{
	while (rule.n) {
		str one = str_cut(&rule, ';');
		if (str_starts(one, key))
			return str_from(one, key.n);
	}
	return (str){ "", 0 };
}

static int weekday_of(str two)
{
	static const char names[] = "MOTUWETHFRSASU";
	for (int w = 0; w < 7; w++)
		if (two.n == 2 && two.p[0] == names[2 * w] && two.p[1] == names[2 * w + 1])
			return w;
	return -1;
}

static void reply_weekdays(struct buf *out, str byday, bool each)
{
	int left = 1;
	for (size_t i = 0; i < byday.n; i++)
		left += byday.p[i] == ',';
	while (byday.n) {
		int w = weekday_of(str_cut(&byday, ','));
		if (w < 0)
			return;
		buf_fmt(out, "%s%s", each ? "" : "le ", days_fr[w]);
		left--;
		if (left)
			buf_z(out, left == 1 ? " et " : ", ");
	}
}

static void reply_monthly(struct buf *out, str rule)
{
	str byday = part_of(rule, S("BYDAY=")), mday = part_of(rule, S("BYMONTHDAY="));
	static const char *const nth[] = { "",          "premier",   "deuxième",
					   "troisième", "quatrième", "cinquième" };
	bool more = false;
	if (mday.n) {
		if (mday.p[0] == '-')
			BUF_LIT(out, "le dernier jour du mois");
		else if (str_eq(mday, S("1")))
			BUF_LIT(out, "le 1er de chaque mois");
		else
			buf_fmt(out, "le %" PRIstr " de chaque mois", STR(mday));
		return;
	}
	if (!byday.n) {
		BUF_LIT(out, "chaque mois");
		return;
	}
	while (byday.n) {
		str one = str_cut(&byday, ',');
		int w = one.n > 2 ? weekday_of(str_from(one, one.n - 2)) : -1;
		int n = one.p[0] == '-' ? -1 : one.p[0] - '0';
		if (w < 0 || n > 5 || n == 0)
			return;
		buf_fmt(out, "%sle %s %s du mois", more ? " et " : "",
			n < 0 ? "dernier" : nth[n], days_fr[w]);
		more = true;
	}
}

void reply_rule(struct buf *out, str rule, unsigned parts)
{
	str freq = part_of(rule, S("FREQ=")), every = part_of(rule, S("INTERVAL="));
	str byday = part_of(rule, S("BYDAY="));
	int64_t n = 1;
	if (every.n && str_int(every, &n))
		n = 1;
	if (str_eq(freq, S("MONTHLY"))) {
		reply_monthly(out, rule);
		return;
	}
	if (str_eq(freq, S("DAILY"))) {
		if (n == 2)
			BUF_LIT(out, "un jour sur deux");
		else if (n > 2)
			buf_fmt(out, "tous les %" PRIstr " jours", STR(every));
		else
			BUF_LIT(out, "chaque jour");
	} else if (str_eq(freq, S("YEARLY"))) {
		BUF_LIT(out, "chaque année");
	} else if (n == 2) {
		BUF_LIT(out, "une semaine sur deux");
		if (byday.n) {
			BUF_LIT(out, ", ");
			reply_weekdays(out, byday, false);
		}
	} else if (n > 2) {
		buf_fmt(out, "toutes les %" PRIstr " semaines", STR(every));
		if (byday.n) {
			BUF_LIT(out, ", ");
			reply_weekdays(out, byday, false);
		}
	} else if (str_eq(byday, S("MO,TU,WE,TH,FR"))) {
		BUF_LIT(out, "chaque jour en semaine, du lundi au vendredi");
	} else if (byday.n) {
		BUF_LIT(out, "chaque ");
		reply_weekdays(out, byday, true);
	} else {
		BUF_LIT(out, "chaque semaine");
	}
	(void)parts;
}

static void reply_hours_of(struct buf *out, const struct talk *r)
{
	if (r->window[0] >= 0) {
		BUF_LIT(out, " entre ");
		reply_hour(out, r->window[0]);
		BUF_LIT(out, " et ");
		reply_hour(out, r->window[1]);
	}
	for (size_t i = 0; i < r->n_times; i++) {
		buf_z(out, i == 0                ? (r->approx ? " vers " : " à ")
			   : i + 1 == r->n_times ? " et à "
						 : ", à ");
		reply_hour(out, r->times[i]);
	}
	if (r->parts && !r->n_times) {
		BUF_LIT(out, " ");
		reply_parts(out, r->parts);
	}
}

/* When the visit or the series is: "chaque jour à 9 h, ..., à partir du jeudi 12 mars". */
static void reply_when(struct buf *out, const struct talk *r, day today)
{
	if (r->rrule.n) {
		reply_rule(out, r->rrule, r->parts);
	} else if (slot_day_set(r->dtstart) && slot_day_set(r->dtend) &&
		   r->dtend.d != r->dtstart.d) {
		BUF_LIT(out, "du ");
		reply_day(out, r->dtstart, today);
		BUF_LIT(out, " au ");
		reply_day(out, r->dtend, today);
	} else if (slot_day_set(r->dtstart)) {
		BUF_LIT(out, "le ");
		reply_day(out, r->dtstart, today);
	}
	reply_hours_of(out, r);
}

static void reply_bounds(struct buf *out, const struct talk *r, day today)
{
	if (r->rrule.n && slot_day_set(r->dtstart)) {
		BUF_LIT(out, ", à partir du ");
		reply_day(out, r->dtstart, today);
	}
	if (r->rrule.n && slot_day_set(r->until)) {
		BUF_LIT(out, ", jusqu'au ");
		reply_day(out, r->until, today);
		BUF_LIT(out, " compris");
	}
	if (r->count)
		buf_fmt(out, ", %d fois en tout", r->count);
	if (r->except_holidays)
		BUF_LIT(out, ", sauf les jours fériés");
	for (size_t i = 0; i < r->n_except; i++) {
		buf_z(out, i ? " et le " : ", sauf le ");
		reply_day(out, r->except[i], today);
	}
}

static void reply_whom(struct buf *out, const struct talk *r)
{
	if (r->beneficiary.n)
		buf_fmt(out, ", chez %" PRIstr, STR(r->beneficiary));
	else if (r->other && r->relation >= 0)
		buf_fmt(out, ", pour votre %s", rel_name(r->relation));
}

static void capital(struct buf *out, size_t at)
{
	if (at < out->n && out->p[at] >= 'a' && out->p[at] <= 'z')
		out->p[at] = (char)(out->p[at] - 32);
}

static void reply_request(struct buf *out, const struct talk *r, day today)
{
	size_t at = out->n;
	reply_when(out, r, today);
	capital(out, at);
	if (r->duration) {
		BUF_LIT(out, ", ");
		reply_duration(out, r->duration);
	}
	if (r->tasks) {
		BUF_LIT(out, ", pour ");
		reply_tasks(out, r->tasks);
	}
	reply_whom(out, r);
	reply_bounds(out, r, today);
	BUF_LIT(out, ".");
}

static void reply_cancel(struct buf *out, const struct talk *r, day today)
{
	BUF_LIT(out, "J'annule ");
	if (r->tasks)
		reply_tasks(out, r->tasks);
	else
		buf_z(out,
		      r->rrule.n || (slot_day_set(r->dtend) && r->dtend.d != r->dtstart.d)
			      ? "les visites"
			      : "la visite");
	BUF_LIT(out, " ");
	if (slot_day_set(r->dtstart) && !r->rrule.n &&
	    !(slot_day_set(r->dtend) && r->dtend.d != r->dtstart.d)) {
		BUF_LIT(out, "du ");
		reply_day(out, r->dtstart, today);
		reply_hours_of(out, r);
	} else {
		reply_when(out, r, today);
	}
	reply_whom(out, r);
	reply_bounds(out, r, today);
	BUF_LIT(out, ".");
}

static void reply_move(struct buf *out, const struct talk *r, day today)
{
	BUF_LIT(out, "Je déplace ");
	if (r->tasks)
		reply_tasks(out, r->tasks);
	else
		buf_z(out, r->rrule.n ? "les visites" : "la visite");
	if (r->rrule.n) {
		BUF_LIT(out, " de ");
		reply_rule(out, r->rrule, r->parts);
	} else if (slot_day_set(r->dtstart)) {
		BUF_LIT(out, " du ");
		reply_day(out, r->dtstart, today);
	}
	reply_hours_of(out, r);
	if (r->shift) {
		buf_z(out, ", ");
		reply_duration(out, r->shift < 0 ? -r->shift : r->shift);
		buf_z(out, r->shift < 0 ? " plus tôt" : " plus tard");
	} else {
		BUF_LIT(out, NB ": ce sera ");
		if (r->new_rrule.n) {
			reply_rule(out, r->new_rrule, r->new_part);
		} else if (slot_day_set(r->new_date)) {
			BUF_LIT(out, "le ");
			reply_day(out, r->new_date, today);
		}
		if (r->new_time >= 0) {
			BUF_LIT(out, " à ");
			reply_hour(out, r->new_time);
		} else if (r->new_part) {
			BUF_LIT(out, " ");
			reply_parts(out, r->new_part);
		}
	}
	reply_whom(out, r);
	BUF_LIT(out, ".");
}

static void reply_absence(struct buf *out, const struct talk *r, day today)
{
	buf_z(out, r->other ? "Je note l'absence" : "Je note votre absence");
	if (r->other && r->relation >= 0)
		buf_fmt(out, " de votre %s", rel_name(r->relation));
	if (slot_day_set(r->dtstart) && slot_day_set(r->dtend) &&
	    r->dtend.d != r->dtstart.d) {
		BUF_LIT(out, " du ");
		reply_day(out, r->dtstart, today);
		BUF_LIT(out, " au ");
		reply_day(out, r->dtend, today);
		BUF_LIT(out, " compris");
	} else if (slot_day_set(r->dtstart)) {
		BUF_LIT(out, " le ");
		reply_day(out, r->dtstart, today);
	}
	BUF_LIT(out, ".");
}

static void reply_carer(struct buf *out, const struct talk *r, day today)
{
	bool want = r->intent == INTENT_PREFER_CARER;
	buf_z(out,
	      want ? "Je note votre préférence" : "Je note que vous ne souhaitez plus");
	if (r->carer.n)
		buf_fmt(out, "%s%" PRIstr, want ? NB ": " : " ", STR(r->carer));
	else if (!want)
		BUF_LIT(out, " cette personne");
	if (r->tasks) {
		BUF_LIT(out, ", pour ");
		reply_tasks(out, r->tasks);
	}
	if (r->rrule.n || slot_day_set(r->dtstart)) {
		BUF_LIT(out, ", ");
		reply_when(out, r, today);
	}
	reply_whom(out, r);
	BUF_LIT(out, ".");
}

static void reply_report(struct buf *out, const struct talk *r, day today)
{
	static const char *const heads[] = { "Je note que personne n'est venu",
					     "Je note le retard",
					     "Je note une visite trop courte" };
	buf_z(out, heads[r->intent - INTENT_REPORT_MISSED]);
	if (slot_day_set(r->dtstart)) {
		BUF_LIT(out, " le ");
		reply_day(out, r->dtstart, today);
	}
	reply_hours_of(out, r);
	if (r->tasks) {
		BUF_LIT(out, ", pour ");
		reply_tasks(out, r->tasks);
	}
	int m = r->intent == INTENT_REPORT_LATE ? r->late_by : r->actual_duration;
	if (m) {
		BUF_LIT(out, ", ");
		reply_duration(out, m);
	}
	if (r->intent == INTENT_REPORT_SHORT_VISIT && r->duration) {
		BUF_LIT(out, " au lieu de ");
		reply_duration(out, r->duration);
	}
	reply_whom(out, r);
	BUF_LIT(out, ".");
}

void reply_back(struct buf *out, const struct talk *r, day today)
{
	static const char *const plain[INTENT_COUNT_] = {
		[INTENT_QUERY_SCHEDULE] = "Je regarde ce qui est prévu.",
		[INTENT_QUERY_WHO] = "Je regarde qui vient.",
		[INTENT_ASK_REPORT] = "Je cherche ce qui a été noté.",
		[INTENT_RATE_VISIT] = "Merci, je note votre avis.",
		[INTENT_HUMAN_HELP] = "Je vous mets en relation avec une personne et je "
				      "lui transmets notre échange.",
		[INTENT_OUT_OF_SCOPE] = "Je ne peux pas vous aider pour cela.",
		[INTENT_CLARIFY] = "Je n'ai pas bien compris.",
	};
	if (r->intent == INTENT_REQUEST_VISIT)
		reply_request(out, r, today);
	else if (r->intent == INTENT_CANCEL_VISIT)
		reply_cancel(out, r, today);
	else if (r->intent == INTENT_MOVE_VISIT)
		reply_move(out, r, today);
	else if (r->intent == INTENT_DECLARE_ABSENCE)
		reply_absence(out, r, today);
	else if (r->intent == INTENT_PREFER_CARER || r->intent == INTENT_REFUSE_CARER)
		reply_carer(out, r, today);
	else if (r->intent <= INTENT_REPORT_SHORT_VISIT)
		reply_report(out, r, today);
	else if (plain[r->intent])
		buf_z(out, plain[r->intent]);
	if (r->intent <= INTENT_REPORT_SHORT_VISIT || r->intent == INTENT_DECLARE_ABSENCE ||
	    r->intent == INTENT_PREFER_CARER || r->intent == INTENT_REFUSE_CARER)
		BUF_LIT(out, " C'est bien cela" NB "?");
}

void reply_question(struct buf *out, const struct talk *r)
{
	static const struct {
		unsigned bit;
		const char *text;
	} questions[] = {
		{ ASK_INTENT, "Que souhaitez-vous" NB
			      ": demander une visite, en annuler une, en déplacer "
			      "une, ou autre chose" NB "?" },
		{ ASK_TASK,
		  "Pour quelle aide" NB ": la toilette, le repas, les courses, le ménage, "
		  "ou autre chose" NB "?" },
		{ ASK_DATE, "Pour quel jour" NB "?" },
		{ ASK_DAYS, "Quels jours de la semaine" NB "?" },
		{ ASK_TIME, "À quelle heure" NB "?" },
		{ ASK_CARER, "De quelle personne s'agit-il" NB "?" },
		{ ASK_DTEND,
		  "Jusqu'à quel jour" NB "? Vous pouvez dire « je ne sais pas »." },
		{ ASK_NEW_DATE, "Pour quel autre jour ou quelle autre heure" NB "?" },
	};
	for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
		if (r->ask & questions[i].bit) {
			if (r->contradiction && (questions[i].bit & ASK_DATE))
				BUF_LIT(out, "Le jour et la date ne vont pas ensemble. ");
			buf_z(out, questions[i].text);
			return;
		}
}

void reply_emergency(struct buf *out, const struct talk *r, str on_call)
{
	str n = r->escalate ? str_of(r->escalate) : S("15");
	if (str_eq(n, S("18")))
		BUF_LIT(out, "Sortez si vous le pouvez et appelez le 18 ou le 112 tout de "
			     "suite.");
	else if (str_eq(n, S("17")))
		BUF_LIT(out,
			"Mettez-vous à l'abri et appelez le 17 ou le 112 tout de suite.");
	else if (str_eq(n, S("3114")))
		BUF_LIT(out, "Vous n'êtes pas seul. Appelez le 3114, jour et nuit, c'est "
			     "gratuit. En danger "
			     "immédiat, appelez le 15 ou le 112.");
	else
		BUF_LIT(out, "Appelez le 15 ou le 112 tout de suite.");
	BUF_LIT(out, " Si vous ne pouvez pas parler, envoyez un SMS au 114.");
	if (on_call.n)
		buf_fmt(out,
			" Je préviens aussi %" PRIstr ", mais n'attendez pas" NB
			": appelez.",
			STR(on_call));
	else
		BUF_LIT(out, " Je ne peux prévenir personne à votre place" NB
			     ": appelez vous-même ou "
			     "demandez à quelqu'un près de vous.");
}

void reply_out_of_scope(struct buf *out, const struct talk *r, str sentence)
{
	(void)r;
	bool health = str_find(sentence, S("prendre")) != SIZE_MAX ||
		      str_find(sentence, S("médic")) != SIZE_MAX ||
		      str_find(sentence, S("mal ")) != SIZE_MAX ||
		      str_find(sentence, S("goutte")) != SIZE_MAX;
	if (health)
		BUF_LIT(out, "Je ne donne pas de conseil médical. Demandez à votre médecin "
			     "ou à votre "
			     "pharmacien" NB "; en cas d'urgence, appelez le 15.");
	else
		BUF_LIT(out, "Je m'occupe seulement de vos visites à domicile. Voulez-vous "
			     "en demander, en "
			     "annuler ou en déplacer une, ou parler à une personne" NB "?");
}
