/* visit.h - how a visit is told to the person, to the carer and to the desk.
 *
 * One state, one tone, one sentence: the same shapes on cards, boards and in print.  Words
 * are those of doc/words.md; nobody is blamed.
 *
 * Pure.  Memory: texts in the arena.
 */
#ifndef VIEW_VISIT_H
#define VIEW_VISIT_H

#include "domain/care/visit.h"
#include "view/model.h"

/* What the reader may do about it: bits. */
enum visit_can {
	VISIT_CAN_SAY_NOBODY = 1, /* the limit has passed, nobody came */
	VISIT_CAN_SAY_SHORT = 2,
	VISIT_CAN_CALL = 4,  /* before the limit: call the service */
	VISIT_CAN_START = 8, /* carer: "je suis sur place" */
	VISIT_CAN_END = 16,
	VISIT_CAN_LATE = 32, /* carer: announce a lateness */
	VISIT_CAN_DOOR = 64,
	VISIT_CAN_ASSIGN = 128 /* desk */
};

struct visit_card {
	struct id id;
	enum tone tone;
	str state; /* the sentence of the band */
	ts start_at, end_at;
	str what; /* tasks, as words */
	str person, carer, carer_note;
	enum tone note_tone;
	str place;        /* commune, for carers and desks */
	unsigned can;     /* enum visit_can */
	int64_t late_min; /* minutes since the hour, when nobody is there; 0 otherwise */
	int64_t travel_min, travel_m; /* to get there, for carers; 0: first or unknown */
	bool is_next;
	int64_t version;
};

struct visit_cards {
	struct visit_card *v;
	size_t n, cap;
};

/* "lever, toilette et habillage"; empty mask: "visite". */
str tasks_words(struct arena *a, enum lang lang, uint32_t tasks);

/* For the person and her circle: the truth first.  `carer` is the first name, or empty. */
struct visit_card visit_card_person(struct arena *a, const struct view_ctx *cx,
				    const struct visit *v, str carer);
/* For the carer: where, what, what she can do now. */
struct visit_card visit_card_carer(struct arena *a, const struct view_ctx *cx,
				   const struct visit *v, str person, str place);
/* For the desk: what is wrong and for how long. */
struct visit_card visit_card_desk(struct arena *a, const struct view_ctx *cx,
				  const struct visit *v, str person, str place, str carer);

#endif
