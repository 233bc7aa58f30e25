/* alarm.h - emergencies, looked for before everything else.
 *
 * Its lexicon (alarm.tbl) is its own and always on: no model, configuration or other reader
 * can switch it off or overrule it.  It prefers a false alarm to a silence; old stories,
 * figures of speech and fears of what may come are let through by rules of their own.
 *
 * Memory: none.  Threads: no hidden state.
 */
#ifndef TALK_ALARM_H
#define TALK_ALARM_H

#include "base/buf.h"
#include "talk/sent.h"

/* The number to call: "15" (medical), "18" (fire, gas), "17" (violence), "3114" (suicide);
 * NULL when the sentence tells no emergency. */
const char *alarm_find(const struct sent *s);

/* The rules that matched, one a line, for who adds one. */
void alarm_why(struct buf *out, const struct sent *s);

#endif
