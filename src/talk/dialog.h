/* dialog.h - a conversation as a state machine: text or a key (0-9) in, text out.
 *
 * The same machine serves the page, the SMS and a telephone line: it knows nothing of
 * screens.  One thing is asked at a time; after one failed repair a person is offered and
 * the transcript is handed over.  Nothing is to be written before DIALOG_DO, which comes
 * only after a yes to a read-back; it stays undoable until `undo_until`.
 *
 * Keys: 1 yes, 2 no, 3 say it again, 4 undo, 9 emergency numbers, 0 a person.
 *
 * Memory:  the state is a value; its texts lie in the caller's arena, which must live as
 *          long as the conversation.  Threads: one conversation, one thread at a time.
 */
#ifndef TALK_DIALOG_H
#define TALK_DIALOG_H

#include "talk/talk.h"

#define DIALOG_UNDO_MINUTES   10
#define DIALOG_MAX_TRANSCRIPT 8192

enum dialog_state {
	DIALOG_START,
	DIALOG_ASKED,    /* a question was asked, the answer fills the result */
	DIALOG_READBACK, /* waits for a yes */
	DIALOG_DONE,     /* the action was given out; may be undone */
	DIALOG_PERSON,   /* handed over to a human, with the transcript */
	DIALOG_ALARM     /* the emergency numbers are shown */
};

/* What the caller must do after a turn. */
enum dialog_act {
	DIALOG_SAY,       /* only say the text */
	DIALOG_DO,        /* carry out d->result, then say the text */
	DIALOG_ANSWER,    /* a question of the person: look up the answer to d->result */
	DIALOG_UNDO,      /* take back what the last DIALOG_DO did */
	DIALOG_HAND_OVER, /* give the transcript to a person */
	DIALOG_ALERT      /* alert the human on call, if one is named; keep the words */
};

struct dialog {
	enum dialog_state state;
	struct talk result; /* what is being built, or what was done */
	unsigned failed;    /* repairs that failed in a row */
	unsigned asking;    /* the enum talk_ask bit of the last question */
	ts undo_until;      /* valid in DIALOG_DONE */
	str transcript;     /* "> said" and "< answered" lines */
	str last;           /* what was said last, for key 3 */
	str on_call;        /* the human on call, empty: nobody is named */
};

struct dialog dialog_start(str on_call);

/* One turn.  `said` is a sentence or a single digit; `at` is the same present as `now`, as
 * an instant.  ret_text gets what to say. */
enum dialog_act dialog_turn(struct arena *a, struct dialog *d, str said,
			    const struct talk_now *now, ts at, str *ret_text);

#endif
