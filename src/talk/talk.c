#include "talk/talk.h"

#include "talk/alarm.h"
#include "talk/slot.h"

#include <inttypes.h>

static const char *const intent_names[] = {
#define X(name, text) text,
	INTENTS(X)
#undef X
};
static const char *const task_names[] = { "toilette",    "lever",     "coucher",   "repas",
					  "courses",     "menage",    "compagnie", "sortie",
					  "medicaments", "transfert", "habillage" };
static const char *const part_names[] = {
	"", "matin", "midi", "apres-midi", "soir", "nuit"
};

const char *talk_intent_name(enum talk_intent i)
{
	ASSERT((unsigned)i < INTENT_COUNT_);
	return intent_names[i];
}

const char *talk_task_name(enum talk_task t)
{
	ASSERT((unsigned)t < TASK_COUNT_);
	return task_names[t];
}

const char *talk_part_name(enum day_part p)
{
	ASSERT((unsigned)p <= PART_NUIT);
	return part_names[p];
}

struct talk talk_read(struct arena *a, str sentence, const struct talk_now *now)
{
	struct sent *s = sent_read(a, sentence);
	struct talk r = talk_none();
	r.escalate = alarm_find(s);
	if (r.escalate) {
		r.intent = INTENT_EMERGENCY;
		return r;
	}
	r.intent = intent_of(s, now);
	slot_fill(a, s, now, &r);
	slot_ask(s, &r);
	return r;
}

/* ---- JSON ---- */

static void put_text(struct buf *out, str s)
{
	buf_byte(out, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '"' || c == '\\')
			buf_fmt(out, "\\%c", c);
		else if (c < 0x20)
			buf_fmt(out, "\\u%04x", c);
		else
			buf_byte(out, s.p[i]);
	}
	buf_byte(out, '"');
}

static void put_str(struct buf *out, const char *key, str s)
{
	if (!s.n)
		return;
	buf_fmt(out, ",\"%s\":", key);
	put_text(out, s);
}

static void put_day(struct arena *a, struct buf *out, const char *key, day d)
{
	if (slot_day_set(d))
		put_str(out, key, day_text(a, d));
}

static void put_dur(struct buf *out, const char *key, int m)
{
	int p = m < 0 ? -m : m;
	if (!m)
		return;
	buf_fmt(out, ",\"%s\":\"%sPT", key, m < 0 ? "-" : "");
	if (p / 60)
		buf_fmt(out, "%dH", p / 60);
	if (p % 60)
		buf_fmt(out, "%dM", p % 60);
	buf_byte(out, '"');
}

static void put_bits(struct buf *out, const char *key, unsigned bits,
		     const char *const *names, unsigned n)
{
	buf_fmt(out, ",\"%s\":[", key);
	bool first = true;
	for (unsigned i = 0; i < n; i++)
		if (bits & (1u << i)) {
			buf_fmt(out, "%s\"%s\"", first ? "" : ",", names[i]);
			first = false;
		}
	buf_byte(out, ']');
}

static void put_times(struct arena *a, struct buf *out, const char *key, const int *v,
		      size_t n)
{
	if (!n)
		return;
	buf_fmt(out, ",\"%s\":[", key);
	for (size_t i = 0; i < n; i++)
		buf_fmt(out, "%s\"%" PRIstr "\"", i ? "," : "", STR(hm_text(a, v[i])));
	buf_byte(out, ']');
}

static void put_except(struct arena *a, struct buf *out, const struct talk *r)
{
	if (!r->n_except && !r->except_holidays)
		return;
	BUF_LIT(out, ",\"except\":[");
	for (size_t i = 0; i < r->n_except; i++)
		buf_fmt(out, "%s\"%" PRIstr "\"", i ? "," : "",
			STR(day_text(a, r->except[i])));
	if (r->except_holidays)
		buf_fmt(out, "%s\"holidays\"", r->n_except ? "," : "");
	buf_byte(out, ']');
}

static void put_move(struct arena *a, struct buf *out, const struct talk *r)
{
	put_day(a, out, "new_date", r->new_date);
	if (r->new_time >= 0)
		put_str(out, "new_time", hm_text(a, r->new_time));
	for (unsigned p = 1; p <= PART_NUIT; p++)
		if (r->new_part & PART_BIT(p)) {
			put_str(out, "new_part", str_of(part_names[p]));
			break;
		}
	put_str(out, "new_rrule", r->new_rrule);
	put_dur(out, "shift", r->shift);
}

void talk_json(struct arena *a, struct buf *out, const struct talk *r)
{
	static const char *const asks[] = { "intent", "task",  "date",  "days",
					    "time",   "carer", "dtend", "new_date" };
	static const char *const ratings[] = { "",  "1", "2",        "3",
					       "4", "5", "positive", "negative" };
	static const char *const speakers[] = { "beneficiary", "family", "carer" };
	buf_fmt(out, "{\"intent\":\"%s\"", intent_names[r->intent]);
	put_bits(out, "tasks", r->tasks, task_names, TASK_COUNT_);
	put_str(out, "rrule", r->rrule);
	if (r->per_period)
		buf_fmt(out, ",\"per_period\":%d", r->per_period);
	put_day(a, out, "dtstart", r->dtstart);
	put_day(a, out, "dtend", r->dtend);
	put_str(out, "span", r->span);
	put_day(a, out, "until", r->until);
	if (r->count)
		buf_fmt(out, ",\"count\":%d", r->count);
	put_except(a, out, r);
	put_times(a, out, "times", r->times, r->n_times);
	if (r->parts)
		put_bits(out, "part_of_day", r->parts, part_names, PART_NUIT + 1);
	if (r->window[0] >= 0)
		put_times(a, out, "window", r->window, 2);
	if (r->approx)
		BUF_LIT(out, ",\"approx\":true");
	put_dur(out, "duration", r->duration);
	put_str(out, "carer", r->carer);
	put_str(out, "beneficiary", r->beneficiary);
	buf_fmt(out, ",\"person\":\"%s\"", r->other ? "other" : "self");
	if (r->relation >= 0)
		put_str(out, "relation", str_of(rel_name(r->relation)));
	buf_fmt(out, ",\"speaker\":\"%s\"", speakers[r->speaker]);
	put_move(a, out, r);
	put_dur(out, "late_by", r->late_by);
	put_dur(out, "actual_duration", r->actual_duration);
	if (r->rating)
		put_str(out, "rating", str_of(ratings[r->rating]));
	if (r->escalate)
		buf_fmt(out, ",\"escalate\":[\"%s\"]", r->escalate);
	put_bits(out, "ask", r->ask, asks, 8);
	buf_byte(out, '}');
}
