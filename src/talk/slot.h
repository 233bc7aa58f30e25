/* slot.h - the steps that fill the fields of struct talk; private to src/talk. */
#ifndef TALK_SLOT_H
#define TALK_SLOT_H

#include "talk/talk.h"

/* Applies what was taken back in the sentence ("non pardon, jeudi") to the atoms and tasks. */
void slot_corrections(struct sent *s);

/* Which way open dates point for this intent. */
enum date_way slot_way(const struct sent *s, const struct talk *r);

/* Minute of the day of atom k, the half of the day decided by part, task or habit. */
int slot_minute(const struct sent *s, size_t k);

/* Days, recurrence, span, exceptions. */
void slot_days(struct arena *a, const struct sent *s, const struct talk_now *now,
	       struct talk *r);

/* BYDAY list of weekday bits: "MO,TH". */
str slot_byday(struct arena *a, unsigned wdays);

/* Leaves out the fields that the guide does not give to the intent. */
void slot_trim(const struct sent *s, struct talk *r);

bool slot_day_set(day d);

/* Weekday and date that disagree, dates that do not exist. */
bool slot_contradicts(const struct atom *x, const struct day_range *d);

#endif
