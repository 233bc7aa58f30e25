/* talk.h - a French sentence understood: what the person wants, what it concerns, what must
 * be asked before anything is done.
 *
 * This is the door of src/talk: sentence and present in, struct talk out.  Emergencies are
 * looked for first, by alarm.h, which depends on nothing that can be trained or configured.
 * A result is a proposal: nothing may be written before the person said yes to its
 * read-back (reply.h), and never while `ask` is not empty.
 *
 * The fields are those of the annotation guide (test/data/talk/README.md); a field that was
 * not said is empty, never guessed.
 *
 * Memory:  everything lives in the arena.  Threads: no hidden state.
 */
#ifndef TALK_TALK_H
#define TALK_TALK_H

#include "base/buf.h"
#include "talk/sent.h"

#define INTENTS(X)                                                                         \
	X(REQUEST_VISIT, "request_visit")                                                  \
	X(CANCEL_VISIT, "cancel_visit")                                                    \
	X(MOVE_VISIT, "move_visit")                                                        \
	X(REPORT_MISSED, "report_missed")                                                  \
	X(REPORT_LATE, "report_late")                                                      \
	X(REPORT_SHORT_VISIT, "report_short_visit")                                        \
	X(QUERY_SCHEDULE, "query_schedule")                                                \
	X(QUERY_WHO, "query_who")                                                          \
	X(ASK_REPORT, "ask_report")                                                        \
	X(DECLARE_ABSENCE, "declare_absence")                                              \
	X(PREFER_CARER, "prefer_carer")                                                    \
	X(REFUSE_CARER, "refuse_carer")                                                    \
	X(RATE_VISIT, "rate_visit")                                                        \
	X(EMERGENCY, "emergency")                                                          \
	X(HUMAN_HELP, "human_help")                                                        \
	X(OUT_OF_SCOPE, "out_of_scope")                                                    \
	X(CLARIFY, "clarify")

enum talk_intent {
#define X(name, text) INTENT_##name,
	INTENTS(X)
#undef X
		INTENT_COUNT_
};

/* What must be asked back; bits of talk.ask, in the order in which they are asked. */
enum talk_ask {
	ASK_INTENT = 1,
	ASK_TASK = 2,
	ASK_DATE = 4,
	ASK_DAYS = 8,
	ASK_TIME = 16,
	ASK_CARER = 32,
	ASK_DTEND = 64,
	ASK_NEW_DATE = 128
};

enum talk_speaker { SPEAKER_BENEFICIARY, SPEAKER_FAMILY, SPEAKER_CARER };

enum talk_rating {
	RATING_NONE,
	RATING_1,
	RATING_2,
	RATING_3,
	RATING_4,
	RATING_5,
	RATING_POSITIVE,
	RATING_NEGATIVE
};

#define TALK_MAX_TIMES  8
#define TALK_MAX_EXCEPT 12

/* Parts of the day as bits, in the order of enum day_part. */
#define PART_BIT(p) (1u << (p))

struct talk {
	enum talk_intent intent;
	uint32_t tasks;            /* bits of enum talk_task */
	str rrule;                 /* RFC 5545 without DTSTART, UNTIL, COUNT; empty: none */
	int per_period;            /* "trois fois par semaine" without days; 0 not said */
	day dtstart, dtend, until; /* DAY_NONE: not said */
	str span;                  /* P3W */
	int count;
	day except[TALK_MAX_EXCEPT];
	size_t n_except;
	bool except_holidays;
	int times[TALK_MAX_TIMES]; /* minutes of the day, as said */
	size_t n_times;
	unsigned parts; /* PART_BIT() */
	int window[2];  /* minutes; -1: none */
	bool approx;
	int duration; /* minutes, 0 not said; of the visit */
	str carer, beneficiary, trait;
	bool other;   /* for somebody else than the speaker */
	int relation; /* index for rel_name(), -1 */
	enum talk_speaker speaker;
	day new_date;
	int new_time; /* -1 */
	unsigned new_part;
	str new_rrule;
	int shift; /* signed minutes, 0: none */
	int late_by, actual_duration;
	enum talk_rating rating;
	const char *escalate;          /* "15", "18", "17", "3114"; NULL */
	unsigned ask;                  /* enum talk_ask */
	bool contradiction;            /* dates or times that disagree, or do not exist */
	struct day_range contradicted; /* the two readings, when they are known */
};

/* Understands one sentence.  Never fails: what is not understood is INTENT_CLARIFY. */
struct talk talk_read(struct arena *a, str sentence, const struct talk_now *now);

/* The result as one JSON object with the fields of the guide. */
void talk_json(struct arena *a, struct buf *out, const struct talk *r);

const char *talk_intent_name(enum talk_intent i);
const char *talk_task_name(enum talk_task t);
const char *talk_part_name(enum day_part p);
struct talk talk_none(void);

/* The steps of talk_read(), each in its file: intent.c, slot.c, slot_move.c. */
enum talk_intent intent_of(const struct sent *s, const struct talk_now *now);
/* The words as they were read and the cues that matched, for who adds a construction. */
void intent_why(struct buf *out, const struct sent *s);
void slot_fill(struct arena *a, const struct sent *s, const struct talk_now *now,
	       struct talk *r);
void slot_move(struct arena *a, const struct sent *s, const struct talk_now *now,
	       struct talk *r);
void slot_ask(const struct sent *s, struct talk *r);

#endif
