#include "talk/dialog.h"

#include "talk/reply.h"
#include "talk/slot.h"

struct dialog dialog_start(str on_call)
{
	return (struct dialog){ .state = DIALOG_START,
				.result = talk_none(),
				.on_call = on_call };
}

enum answer {
	ANSWER_OTHER,
	ANSWER_YES,
	ANSWER_NO,
	ANSWER_AGAIN,
	ANSWER_UNDO,
	ANSWER_PERSON,
	ANSWER_NUMBERS
};

static enum answer answer_of(struct arena *a, str said)
{
	static const struct {
		const char *words;
		enum answer is;
	} table[] = {
		{ "1|oui|ouais|oui oui|oui merci|ok|d accord|c est ca|c est bien ca|c est "
		  "bien cela|exact|"
		  "exactement|tout a fait|parfait|bien sur|voila|oui c est ca|oui c est "
		  "bien ca|oui parfait|"
		  "c est bon|oui svp|oui c est bon",
		  ANSWER_YES },
		{ "2|non|non merci|pas du tout|non non|c est pas ca|ce n est pas ca|non c "
		  "est pas ca|non pas du tout",
		  ANSWER_NO },
		{ "3|repetez|repeter|pardon|comment|quoi|vous pouvez repeter|pouvez vous "
		  "repeter|hein",
		  ANSWER_AGAIN },
		{ "4|annulez ca|revenez en arriere|defaire|je me suis trompe|je me suis "
		  "trompee|annuler l action",
		  ANSWER_UNDO },
		{ "0|une personne|quelqu un|un humain", ANSWER_PERSON },
		{ "9", ANSWER_NUMBERS },
	};
	str s = lex_fold(a, said);
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		str rest = str_of(table[i].words);
		while (rest.n)
			if (str_eq(str_cut(&rest, '|'), s))
				return table[i].is;
	}
	return ANSWER_OTHER;
}

static void note(struct arena *a, struct dialog *d, const char *who, str text)
{
	if (d->transcript.n + text.n + 4 < DIALOG_MAX_TRANSCRIPT)
		d->transcript = str_fmt(a, "%" PRIstr "%s %" PRIstr "\n",
					STR(d->transcript), who, STR(text));
}

static bool needs_yes(enum talk_intent i)
{
	return i <= INTENT_REPORT_SHORT_VISIT || i == INTENT_DECLARE_ABSENCE ||
	       i == INTENT_PREFER_CARER || i == INTENT_REFUSE_CARER;
}

static unsigned lowest(unsigned ask)
{
	return ask & (~ask + 1u);
}

/* The fields of an answer go into what is already known; what was said before stays. */
static void merge(struct talk *r, const struct talk *x)
{
	if (r->intent == INTENT_CLARIFY && x->intent != INTENT_CLARIFY)
		r->intent = x->intent;
	r->tasks |= x->tasks;
	if (x->rrule.n)
		r->rrule = x->rrule;
	if (slot_day_set(x->dtstart))
		r->dtstart = x->dtstart;
	if (slot_day_set(x->dtend))
		r->dtend = x->dtend;
	if (slot_day_set(x->until))
		r->until = x->until;
	if (x->n_times) {
		memcpy(r->times, x->times, sizeof r->times);
		r->n_times = x->n_times;
		r->parts = 0;
	} else if (x->window[0] >= 0) {
		r->window[0] = x->window[0];
		r->window[1] = x->window[1];
	} else if (x->parts) {
		r->parts = x->parts;
	}
	if (x->duration)
		r->duration = x->duration;
	if (x->carer.n)
		r->carer = x->carer;
}

/* Which of the asked fields the answer filled. */
static unsigned filled(const struct dialog *d, const struct talk *x, bool unknown)
{
	unsigned f = 0;
	bool dated = slot_day_set(x->dtstart) || x->rrule.n;
	bool hour = x->n_times || x->parts || x->window[0] >= 0;
	f |= x->tasks ? ASK_TASK : 0;
	f |= dated ? ASK_DATE | ASK_DAYS | ASK_NEW_DATE : 0;
	f |= hour ? ASK_TIME | ASK_NEW_DATE : 0;
	f |= x->carer.n ? ASK_CARER : 0;
	f |= x->intent != INTENT_CLARIFY ? ASK_INTENT : 0;
	f |= (d->asking == ASK_DTEND && (dated || unknown)) ? ASK_DTEND : 0;
	return f & d->result.ask;
}

static void put_answer(struct dialog *d, struct talk *x, unsigned f)
{
	if (d->asking == ASK_DTEND && (f & ASK_DTEND)) {
		if (slot_day_set(x->dtstart))
			d->result.dtend = slot_day_set(x->dtend) ? x->dtend : x->dtstart;
	} else if (d->asking == ASK_NEW_DATE && (f & ASK_NEW_DATE)) {
		d->result.new_date =
			slot_day_set(x->dtstart) ? x->dtstart : d->result.dtstart;
		if (x->n_times)
			d->result.new_time = x->times[0];
		d->result.new_part = x->parts;
	} else {
		merge(&d->result, x);
	}
	if (f & ASK_DAYS && x->rrule.n)
		d->result.per_period = 0;
	if (f & (ASK_DATE | ASK_TIME))
		d->result.contradiction = false;
	d->result.ask &= ~f;
}

/* Says the next question, or the read-back, and moves to the state that waits for it. */
static enum dialog_act go_on(struct dialog *d, struct buf *out, day today)
{
	if (d->result.ask) {
		d->asking = lowest(d->result.ask);
		reply_question(out, &d->result);
		d->state = DIALOG_ASKED;
		return DIALOG_SAY;
	}
	reply_back(out, &d->result, today);
	if (needs_yes(d->result.intent)) {
		d->state = DIALOG_READBACK;
		return DIALOG_SAY;
	}
	d->state = DIALOG_START;
	return DIALOG_ANSWER;
}

static enum dialog_act hand_over(struct dialog *d, struct buf *out)
{
	d->state = DIALOG_PERSON;
	BUF_LIT(out, "Je vous mets en relation avec une personne. Je lui transmets ce que "
		     "vous m'avez dit, "
		     "vous n'aurez pas à répéter.");
	return DIALOG_HAND_OVER;
}

static enum dialog_act not_understood(struct dialog *d, struct buf *out)
{
	if (d->failed++ >= 1)
		return hand_over(d, out);
	BUF_LIT(out, "Excusez-moi, je n'ai pas compris. ");
	if (d->state !=
	    DIALOG_READBACK) /* what was not understood may have been a cry for help */
		BUF_LIT(out, "Si c'est une urgence, appelez le 15 ou le 112. ");
	if (d->state == DIALOG_ASKED)
		reply_question(out, &d->result);
	else if (d->state == DIALOG_READBACK)
		BUF_LIT(out, "Répondez par oui ou par non.");
	else
		reply_question(out, &(struct talk){ .ask = ASK_INTENT });
	return DIALOG_SAY;
}

static enum dialog_act fresh(struct arena *a, struct dialog *d, str said,
			     const struct talk_now *now, struct talk *x, struct buf *out)
{
	(void)a;
	if (x->intent == INTENT_HUMAN_HELP)
		return hand_over(d, out);
	if (x->intent == INTENT_OUT_OF_SCOPE) {
		reply_out_of_scope(out, x, said);
		d->state = DIALOG_START;
		return DIALOG_SAY;
	}
	if (x->intent == INTENT_CLARIFY && !x->tasks && !slot_day_set(x->dtstart) &&
	    !x->rrule.n)
		return not_understood(d, out);
	d->failed = 0;
	d->result = *x;
	return go_on(d, out, now->day);
}

static enum dialog_act answered(struct arena *a, struct dialog *d, str said,
				const struct talk_now *now, struct talk *x, struct buf *out)
{
	str s = lex_fold(a, said);
	bool unknown = str_find(s, S("sais pas")) != SIZE_MAX;
	unsigned f = filled(d, x, unknown);
	if (!f && x->intent == INTENT_HUMAN_HELP)
		return hand_over(d, out);
	if (!(f & d->asking) && !f)
		return not_understood(d, out);
	d->failed = 0;
	put_answer(d, x, f);
	return go_on(d, out, now->day);
}

static enum dialog_act on_word(struct arena *a, struct dialog *d, enum answer w, ts at,
			       struct buf *out)
{
	if (w == ANSWER_PERSON)
		return hand_over(d, out);
	if (w == ANSWER_NUMBERS) {
		BUF_LIT(out, "Samu\xc2\xa0: 15. Pompiers\xc2\xa0: 18. Police\xc2\xa0: 17. "
			     "Toute urgence\xc2\xa0: 112, "
			     "par SMS 114. Idées suicidaires\xc2\xa0: 3114.");
		return DIALOG_SAY;
	}
	if (w == ANSWER_AGAIN) {
		buf_put(out,
			d->last.n ? d->last : S("Que puis-je faire pour vous\xc2\xa0?"));
		return DIALOG_SAY;
	}
	if (w == ANSWER_UNDO && d->state == DIALOG_DONE && ts_before(at, d->undo_until)) {
		d->state = DIALOG_START;
		BUF_LIT(out, "C'est défait, rien n'est changé.");
		return DIALOG_UNDO;
	}
	if (d->state == DIALOG_READBACK && w == ANSWER_YES) {
		d->state = DIALOG_DONE;
		d->failed = 0;
		d->undo_until = ts_add_min(at, DIALOG_UNDO_MINUTES);
		BUF_LIT(out, "C'est noté. Vous pouvez revenir en arrière pendant "
			     "10\xc2\xa0minutes.");
		return DIALOG_DO;
	}
	if (d->state == DIALOG_READBACK && w == ANSWER_NO) {
		if (d->failed++ >= 1)
			return hand_over(d, out);
		d->state = DIALOG_START;
		BUF_LIT(out, "Je n'ai rien changé. Dites-moi ce qu'il faut corriger, en "
			     "une phrase.");
		return DIALOG_SAY;
	}
	(void)a;
	return not_understood(d, out);
}

enum dialog_act dialog_turn(struct arena *a, struct dialog *d, str said,
			    const struct talk_now *now, ts at, str *ret_text)
{
	struct buf out = buf_init(a, 16384);
	enum dialog_act act;
	note(a, d, ">", said);
	struct talk x = talk_read(a, said, now); /* emergencies first, in every state */
	enum answer w = answer_of(a, said);
	if (x.intent == INTENT_EMERGENCY) {
		d->state = DIALOG_ALARM;
		d->result = x;
		reply_emergency(&out, &x, d->on_call);
		act = DIALOG_ALERT;
	} else if (w != ANSWER_OTHER) {
		act = on_word(a, d, w, at, &out);
	} else if (d->state == DIALOG_ASKED) {
		act = answered(a, d, said, now, &x, &out);
	} else {
		act = fresh(a, d, said, now, &x, &out);
	}
	d->last = buf_str(&out);
	note(a, d, "<", d->last);
	*ret_text = d->last;
	return act;
}
