/* reply.h - what is said back: the read-back of a proposal with its full date, the one question
 * to ask next, the words of an emergency.
 *
 * French typography: "9 h", "9 h 20" with no-break spaces; a no-break space before ? and :.
 * A read-back ends with « C'est bien cela ? » and, read again by talk_read(), means the same.
 * Nothing said here promises that help is on its way.
 *
 * Memory:  appended to the caller's buffer.  Threads: no hidden state.
 */
#ifndef TALK_REPLY_H
#define TALK_REPLY_H

#include "talk/talk.h"

/* The read-back of a result that needs a yes: request, cancel, move, absence, prefer,
 * refuse.  For the others one sentence that says what was understood. */
void reply_back(struct buf *out, const struct talk *r, day today);

/* The next question for r->ask (its lowest bit that is asked first); nothing if none. */
void reply_question(struct buf *out, const struct talk *r);

/* What to show and say in an emergency.  `on_call` is the human alerted, empty: nobody. */
void reply_emergency(struct buf *out, const struct talk *r, str on_call);

/* Kind words for what Vigie does not do. */
void reply_out_of_scope(struct buf *out, const struct talk *r, str sentence);

void reply_hour(struct buf *out, int minutes);     /* 9 h 20 */
void reply_duration(struct buf *out, int minutes); /* une heure et demie */
void reply_day(struct buf *out, day d,
	       day today); /* jeudi 12 mars, with the year if not this one */
void reply_rule(struct buf *out, str rrule, unsigned parts); /* chaque mardi et jeudi */

#endif
