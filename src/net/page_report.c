/* page_report.c - the référent: reports proposed, decided with a reason, followed. */
#include "net/page.h"

#include "app/signalement.h"
#include "views_gen.h"

enum { REPORTS_SHOWN = 60 };

static str facts_words(struct call *c, uint32_t facts)
{
	static const struct {
		uint32_t bit;
		enum msg text;
	} words[] = {
		{ FACT_UNABLE, T_reports_fact_unable },
		{ FACT_ESSENTIAL, T_reports_fact_essential },
		{ FACT_LASTING, T_reports_fact_lasting },
		{ FACT_ALONE, T_reports_fact_alone },
	};
	struct buf b = buf_init(c->a, 1000);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (!(facts & words[i].bit))
			continue;
		buf_put(&b, tr(c->lang, words[i].text));
		BUF_LIT(&b, " ");
	}
	return buf_str(&b);
}

static void state_words(struct call *c, enum signalement_state s, struct report_card *ret)
{
	static const struct {
		enum msg text;
		enum tone tone;
		bool open;
	} states[SIGNALEMENT_STATE_COUNT] = {
		[SIGNALEMENT_STATE_PROPOSED] = { T_reports_proposed, TONE_FAILED, true },
		[SIGNALEMENT_STATE_SENT] = { T_reports_sent, TONE_BRAND, false },
		[SIGNALEMENT_STATE_DECLINED] = { T_reports_declined, TONE_PLAIN, false },
		[SIGNALEMENT_STATE_ACKNOWLEDGED] = { T_reports_acknowledged, TONE_DONE,
						     false },
		[SIGNALEMENT_STATE_SILENT] = { T_reports_silent, TONE_LATE, false },
		[SIGNALEMENT_STATE_CLOSED] = { T_reports_closed, TONE_DONE, false },
		[SIGNALEMENT_STATE_SECOND_READING] = { T_reports_second, TONE_LATE, true },
	};
	ret->state = tr(c->lang, states[s].text);
	ret->tone = states[s].tone;
	ret->is_open = states[s].open;
}

static enum err add_state(struct call *c, enum signalement_state s, struct report_list *v)
{
	struct signalements list;
	TRY(sql_signalements_of_territory(c->db, c->a, c->who.territory, s, REPORTS_SHOWN,
					  &list));
	for (size_t i = 0; i < list.n; i++) {
		const struct signalement *x = &list.v[i];
		struct operator o;
		struct report_card *card = ARENA_PUSH(c->a, &v->reports);
		*card = (struct report_card){ .id = x->id,
					      .person = page_person_name(c, x->person_id,
									 true),
					      .facts = facts_words(c, x->facts),
					      .first_on = x->first_on,
					      .last_on = x->last_on,
					      .visits = x->visits };
		if (id_is(x->operator_id) &&
		    sql_operator_get(c->db, c->a, x->operator_id, &o) == OK)
			card->service = o.name;
		state_words(c, x->state, card);
	}
	return OK;
}

enum err page_reports(struct call *c, struct http_response *ret)
{
	static const enum signalement_state order[] = {
		SIGNALEMENT_STATE_PROPOSED,     SIGNALEMENT_STATE_SECOND_READING,
		SIGNALEMENT_STATE_SILENT,       SIGNALEMENT_STATE_SENT,
		SIGNALEMENT_STATE_ACKNOWLEDGED,
	};
	struct view_ctx cx;
	struct report_list v = { 0 };
	TRY(page_context(c, c->who.territory, &cx));
	for (size_t i = 0; i < sizeof order / sizeof *order; i++)
		TRY(add_state(c, order[i], &v));
	page_frame(c, &cx, FACE_DESK, tr(c->lang, T_reports_title), &v.page);
	struct buf b = buf_init(c->a, 0);
	view_report_list(&b, &cx, &v);
	answer_page(c, ret, 200, buf_str(&b));
	return OK;
}

enum err do_reports_page(struct call *c, struct http_response *ret)
{
	return page_reports(c, ret);
}

/* --- the decision */

static const char *const consent_names[] = { "none", "given", "refused", "unable" };
static const struct enum_table consent_table = { "consent", consent_names, 4 };

struct decide_in {
	bool send;
	int consent;
	str reason, recipients;
};
static const struct field decide_fields[] = {
	FIELD_REQUIRED(struct decide_in, send, BOOL),
	FIELD_WORDS(struct decide_in, consent, ENUM, false, consent_table),
	FIELD_LIMITS(struct decide_in, reason, TEXT, true, DECISION_REASON_MIN,
		     DECISION_REASON_MAX),
	FIELD_LIMITS(struct decide_in, recipients, TEXT, false, 0, 200),
};
const struct input in_decide = { decide_fields, 4, sizeof(struct decide_in), NULL };

enum err do_signalement_decide(struct call *c, struct http_response *ret)
{
	const struct decide_in *in = c->in;
	struct actor by = call_actor(c);
	str to = in->recipients.n ? in->recipients : S("ars_cell departement");
	TRY(app_signalement_decide(c->app, c->a, &by, call_id(c, "signalement"), in->send,
				   (enum consent)in->consent, in->reason, to, c->now));
	answer_done(c, ret, S("/signalements"));
	return OK;
}
