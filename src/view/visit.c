#include "view/visit.h"

static str hour(struct arena *a, const struct view_ctx *cx, ts t)
{
	struct buf b = buf_init(a, 64);
	show_hour_ts(&b, cx, t);
	return buf_str(&b);
}

static str say(struct arena *a, const struct view_ctx *cx, enum msg m, str x, str y)
{
	struct buf b = buf_init(a, 2000);
	str args[2] = { x, y };
	tr_put(&b, tr(cx->lang, m), args, 2);
	return buf_str(&b);
}

str tasks_words(struct arena *a, enum lang lang, uint32_t tasks)
{
	static const enum msg words[TASK_COUNT] = {
		[TASK_TOILETTE] = T_task_toilette,
		[TASK_LEVER] = T_task_lever,
		[TASK_COUCHER] = T_task_coucher,
		[TASK_HABILLAGE] = T_task_habillage,
		[TASK_TRANSFERT] = T_task_transfert,
		[TASK_REPAS] = T_task_repas,
		[TASK_COURSES] = T_task_courses,
		[TASK_MENAGE] = T_task_menage,
		[TASK_COMPAGNIE] = T_task_compagnie,
		[TASK_SORTIE] = T_task_sortie,
		[TASK_MEDICAMENTS] = T_task_medicaments,
	};
	str list[TASK_COUNT];
	size_t n = 0;
	for (int t = 0; t < TASK_COUNT; t++)
		if (tasks & 1u << t)
			list[n++] = tr(lang, words[t]);
	struct buf b = buf_init(a, 1000);
	if (n)
		say_list(&b, lang, list, n);
	else
		buf_put(&b, tr(lang, T_task_none));
	say_capital(&b, 0);
	return buf_str(&b);
}

static struct visit_card base(struct arena *a, const struct view_ctx *cx,
			      const struct visit *v)
{
	return (struct visit_card){ .id = v->id,
				    .tone = TONE_PLAIN,
				    .start_at = v->start_at,
				    .end_at = v->end_at,
				    .what = tasks_words(a, cx->lang, v->tasks),
				    .version = v->version };
}

/* Whoever reads it, what is true of a visit that is over or cannot begin any more. */
static bool settled(struct arena *a, const struct view_ctx *cx, const struct visit *v,
		    struct visit_card *c)
{
	switch (v->state) {
	case VISIT_STATE_ENDED:
		c->tone = TONE_DONE;
		c->state = say(a, cx, T_visit_done, hour(a, cx, v->started_at),
			       hour(a, cx, v->ended_at));
		return true;
	case VISIT_STATE_STARTED:
		c->tone = TONE_DONE;
		c->state =
			say(a, cx, T_visit_there, hour(a, cx, v->started_at), (str){ 0 });
		return true;
	case VISIT_STATE_CANCELLED:
		c->tone = v->cancel_by == CANCEL_BY_OPERATOR ? TONE_FAILED : TONE_ABSENT;
		c->state = tr(cx->lang, v->cancel_by == CANCEL_BY_OPERATOR
						? T_visit_withdrawn
						: T_visit_cancelled);
		return true;
	case VISIT_STATE_SUSPENDED:
		c->tone = TONE_ABSENT;
		c->state = tr(cx->lang, T_visit_suspended);
		return true;
	case VISIT_STATE_PLANNED:
	case VISIT_STATE_MISSED:
	case VISIT_STATE_MOVED: break;
	}
	return false;
}

/* Late, missed, unknown, at the door: what is true of a visit that nobody has begun. */
static void open_state(struct arena *a, const struct view_ctx *cx, const struct visit *v,
		       str carer, struct visit_card *c)
{
	int64_t late = ts_minutes(v->start_at, cx->now);
	c->late_min = late > 0 ? late : 0;
	if (ts_is(v->door_at)) {
		c->tone = TONE_DOOR;
		c->state = say(a, cx, T_visit_door, hour(a, cx, v->door_at), (str){ 0 });
	} else if (v->is_unknown || v->verdict == VERDICT_NON_PROUVE) {
		c->tone = TONE_UNKNOWN;
		c->state = tr(cx->lang, T_visit_unknown);
	} else if (v->state == VISIT_STATE_MISSED && ts_is(v->replaced_at)) {
		c->tone = TONE_LATE;
		c->state = say(a, cx, T_visit_replaced, carer, (str){ 0 });
	} else if (v->state == VISIT_STATE_MISSED) {
		c->tone = TONE_FAILED;
		c->state = tr(cx->lang, T_visit_missed);
	} else if (v->announced_min && late < v->announced_min + 15) {
		c->tone = TONE_LATE;
		c->state = say(a, cx, T_visit_announced, carer,
			       hour(a, cx, ts_add_min(v->start_at, v->announced_min)));
	} else if (late >= v->tolerance_min && id_is(v->carer_id)) {
		c->tone = TONE_LATE;
		c->state = say(a, cx, T_visit_late, carer, hour(a, cx, v->start_at));
	} else if (!id_is(v->carer_id)) {
		c->tone = TONE_FAILED;
		c->state = tr(cx->lang, id_is(v->operator_id) ? T_visit_uncovered
							      : T_visit_no_operator);
	} else if (ts_is(v->frozen_at)) {
		c->tone = TONE_DONE;
		c->state = tr(cx->lang, T_visit_confirmed);
	} else {
		c->state = tr(cx->lang, T_visit_planned);
	}
}

struct visit_card visit_card_person(struct arena *a, const struct view_ctx *cx,
				    const struct visit *v, str carer)
{
	struct visit_card c = base(a, cx, v);
	bool over = settled(a, cx, v, &c);
	c.carer = carer;
	if (!over)
		open_state(a, cx, v, carer, &c);
	if (id_is(v->carer_id) && id_is(v->regular_carer_id) &&
	    !id_eq(v->carer_id, v->regular_carer_id)) {
		c.carer_note = tr(cx->lang, T_visit_stands_in);
		c.note_tone = TONE_LATE;
	}
	ts limit = ts_add_min(v->start_at, v->tolerance_min);
	bool begun = v->state == VISIT_STATE_STARTED || v->state == VISIT_STATE_ENDED;
	if (!begun && v->state != VISIT_STATE_CANCELLED &&
	    v->state != VISIT_STATE_SUSPENDED) {
		if (cx->now.us >= limit.us && v->attestation == ATTESTATION_NONE)
			c.can |= VISIT_CAN_SAY_NOBODY;
		if (cx->now.us >= v->start_at.us && cx->now.us < v->end_at.us)
			c.can |= VISIT_CAN_CALL;
	}
	if (v->state == VISIT_STATE_ENDED && v->attestation == ATTESTATION_NONE)
		c.can |= VISIT_CAN_SAY_SHORT;
	return c;
}

struct visit_card visit_card_carer(struct arena *a, const struct view_ctx *cx,
				   const struct visit *v, str person, str place)
{
	struct visit_card c = base(a, cx, v);
	c.person = person;
	c.place = place;
	if (!settled(a, cx, v, &c))
		open_state(a, cx, v, (str){ 0 }, &c);
	bool soon = cx->now.us >= ts_add_min(v->start_at, -VISIT_EARLY_MIN).us;
	if ((v->state == VISIT_STATE_PLANNED || v->state == VISIT_STATE_MISSED) && soon)
		c.can |= VISIT_CAN_START | VISIT_CAN_DOOR;
	if (v->state == VISIT_STATE_PLANNED)
		c.can |= VISIT_CAN_LATE;
	if (v->state == VISIT_STATE_STARTED)
		c.can |= VISIT_CAN_END;
	return c;
}

struct visit_card visit_card_desk(struct arena *a, const struct view_ctx *cx,
				  const struct visit *v, str person, str place, str carer)
{
	struct visit_card c = base(a, cx, v);
	c.person = person;
	c.place = place;
	c.carer = carer;
	if (!settled(a, cx, v, &c))
		open_state(a, cx, v, carer, &c);
	if (visit_is_open(v))
		c.can |= VISIT_CAN_ASSIGN;
	return c;
}
