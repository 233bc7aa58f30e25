/* model.h - the words that pages share: how a state is told, and small pieces of pages.
 *
 * A page's own model (struct x_view) stands beside it in view/x.h.  Models hold what is shown
 * and nothing else: the use cases fill them, templates and JSON writers read them.
 */
#ifndef VIEW_MODEL_H
#define VIEW_MODEL_H

#include "view/view.h"

/* How a state looks everywhere: word + shape + colour (doc/design-system.md). */
enum tone {
	TONE_PLAIN,   /* planned: hollow */
	TONE_DONE,    /* full, a check */
	TONE_LATE,    /* thick left edge, a clock */
	TONE_FAILED,  /* dashed, a triangle */
	TONE_UNKNOWN, /* à confirmer: hatched, a question mark */
	TONE_DOOR,    /* no answer at the door */
	TONE_ABSENT,  /* hatched lane */
	TONE_BRAND,   /* an offer, the next action */
	TONE_COUNT_
};

/* The class of the tone: "done", "late"... */
void show_tone(struct buf *b, const struct view_ctx *cx, enum tone t);

struct link {
	str href, text;
	bool here; /* the page shown */
};

struct links {
	struct link *v;
	size_t n, cap;
};

/* For whom a page is: the size of its type and the width of its lines. */
enum face { FACE_PUBLIC, FACE_PERSON, FACE_CARER, FACE_DESK, FACE_COUNT_ };
void show_face(struct buf *b, const struct view_ctx *cx, enum face f); /* "face-person" */

/* What every page hands to the layout. */
struct page {
	str title;
	enum face face;
	struct links nav;
	str account;  /* who is logged in; empty: nobody */
	str flash;    /* what was just done, as a sentence; empty: nothing */
	str undo_url; /* POST there takes it back; empty: cannot be undone */
	bool flash_is_fault;
};

/* One field of a form, with what was wrong in it (views/pieces.html: field()). */
struct form_line {
	const char *name; /* of the input, and its id */
	const char *type; /* NULL: "text"; "textarea"; else a type of <input> */
	str label, hint, value;
	str wrong;                /* what to change, as a sentence; empty: nothing */
	const char *autocomplete; /* NULL: "off" */
	const char *inputmode;    /* NULL: none */
	bool is_required, is_short;
};

/* One answer among several (choice()). */
struct choice {
	const char *name, *value;
	str label, hint;
	bool is_chosen;
	bool is_many; /* a box to tick instead of a round one */
};

#endif
