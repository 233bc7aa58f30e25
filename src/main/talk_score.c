/* How well rows with an expected result are understood: the same figures, by the same rules,
 * as the scorer of the annotation guide (doc/assistant.md). */
#include "main/talk_score.h"

#include "talk/slot.h"

#include <stdio.h>
#include <string.h>

#define N(a) (sizeof(a) / sizeof *(a))

static const char *const slots[] = {
	"tasks", "rrule",   "per_period",     "dtstart",     "dtend",    "until",
	"count", "except",  "times",          "part_of_day", "window",   "duration",
	"carer", "person",  "new_date",       "new_time",    "new_part", "new_rrule",
	"shift", "late_by", "actual_duration"
};

_Static_assert(N(slots) == SCORE_SLOTS, "one counter for each slot");

static bool in(const char *name, const char *list)
{
	str rest = str_of(list);
	while (rest.n)
		if (str_eq(str_cut(&rest, ' '), str_of(name)))
			return true;
	return false;
}

/* Sorts the words of `v` in place. */
static void sort(str *v, size_t n)
{
	for (size_t i = 1; i < n; i++)
		for (size_t k = i; k && str_cmp(v[k - 1], v[k]) > 0; k--) {
			str t = v[k];
			v[k] = v[k - 1];
			v[k - 1] = t;
		}
}

static str join(struct arena *a, str *v, size_t n)
{
	str out = S("");
	sort(v, n);
	for (size_t i = 0; i < n; i++)
		out = str_fmt(a, "%" PRIstr "%" PRIstr "|", STR(out), STR(v[i]));
	return out;
}

/* A rule as a set of parts: order, INTERVAL=1 and WKST do not matter. */
static str rule(struct arena *a, str s)
{
	str part[32];
	size_t n = 0, days = 0;
	bool interval = false;
	while (s.n && n < 30) {
		str one = str_cut(&s, ';');
		if (!one.n || str_starts(one, S("WKST=")) || str_starts(one, S("UNTIL=")) ||
		    str_starts(one, S("COUNT=")))
			continue;
		interval = interval || str_starts(one, S("INTERVAL="));
		if (str_starts(one, S("BYDAY="))) {
			str names[16], rest = str_from(one, 6);
			for (days = 0; rest.n && days < 16; days++)
				names[days] = str_cut(&rest, ',');
			one = str_cat(a, S("BYDAY="), join(a, names, days));
		}
		part[n++] = one;
	}
	if (!interval)
		part[n++] = S("INTERVAL=1");
	str all = join(a, part, n);
	if (days == 7 && str_find(all, S("FREQ=WEEKLY")) != SIZE_MAX &&
	    !str_eq(all, S("")) && str_find(all, S("INTERVAL=1|")) != SIZE_MAX)
		return S("FREQ=DAILY|INTERVAL=1|");
	return all;
}

static str minutes(struct arena *a, str s)
{
	bool neg = s.n && s.p[0] == '-';
	int64_t m = 0, n = 0;
	for (size_t i = neg; i < s.n; i++) {
		char c = s.p[i];
		if (c >= '0' && c <= '9') {
			n = n * 10 + (c - '0');
		} else {
			m += n * (c == 'H' ? 60 : c == 'M' ? 1 : 0);
			n = 0;
		}
	}
	return str_fmt(a, "%s%d", neg ? "-" : "", (int)m);
}

/* The value in one comparable spelling; empty: not said. */
static str norm(struct arena *a, const char *key, const json_t *v)
{
	if (!v || json_is_null(v) || json_is_false(v))
		return S("");
	if (json_is_array(v)) {
		str part[64];
		size_t n = json_array_size(v);
		for (size_t i = 0; i < n && i < 64; i++)
			part[i] = str_of(json_string_value(json_array_get(v, i)));
		return join(a, part, n < 64 ? n : 64);
	}
	if (json_is_integer(v))
		return str_fmt(a, "%d", (int)json_integer_value(v));
	str s = str_of(json_string_value(v));
	if (!s.n)
		return s;
	if (in(key, "rrule new_rrule"))
		return rule(a, s);
	if (in(key, "duration late_by actual_duration shift"))
		return minutes(a, s);
	return in(key, "carer") ? lex_fold(a, s) : s;
}

static const char *intent(const json_t *x)
{
	const char *s = json_string_value(json_object_get(x, "intent"));
	return s ? s : "";
}

static bool list_has(const json_t *list, const char *what)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		if (strcmp(json_string_value(json_array_get(list, i)), what) == 0)
			return true;
	return false;
}

static size_t shared(const json_t *a, const json_t *b)
{
	size_t n = 0;
	for (size_t i = 0; i < json_array_size(a); i++)
		n += list_has(b, json_string_value(json_array_get(a, i)));
	return n;
}

static bool compare_slots(struct arena *a, struct score *s, const json_t *gold,
			  const json_t *pred)
{
	bool good = true;
	for (size_t k = 0; k < N(slots); k++) {
		str x = norm(a, slots[k], json_object_get(gold, slots[k]));
		str y = norm(a, slots[k], json_object_get(pred, slots[k]));
		if (strcmp(slots[k], "person") == 0) {
			x = x.n ? x : S("self");
			y = y.n ? y : S("self");
		}
		bool same = str_eq(x, y);
		s->right[k] += x.n && same;
		s->missed[k] += x.n && !same;
		s->extra[k] += y.n && !same;
		good = good && same;
	}
	return good;
}

static int intent_index(const char *name)
{
	for (int i = 0; i < INTENT_COUNT_; i++)
		if (strcmp(talk_intent_name((enum talk_intent)i), name) == 0)
			return i;
	return INTENT_CLARIFY;
}

void score_row(struct arena *a, struct score *s, const json_t *row, const json_t *pred)
{
	const json_t *gold = json_object_get(row, "expected"),
		     *ask = json_object_get(gold, "ask");
	const json_t *asked = json_object_get(pred, "ask");
	const char *g = intent(gold), *p = intent(pred);
	bool same = strcmp(g, p) == 0, good = same, due = json_array_size(ask) > 0;
	s->n++;
	s->intent += same;
	s->confusion[intent_index(g)][intent_index(p)]++;
	if (strcmp(g, "emergency") == 0) {
		const json_t *n = json_object_get(pred, "escalate");
		s->alarms++;
		s->alarm_number += same && (shared(json_object_get(gold, "escalate"), n) ||
					    list_has(n, "112"));
	} else if (strcmp(g, "clarify") == 0) {
		s->ask_n++;
		good = good && shared(ask, asked);
		s->ask_ok += good;
	} else if (!in(g, "out_of_scope human_help")) {
		good = compare_slots(a, s, gold, pred) && good;
		if (due) {
			s->ask_n++;
			s->ask_ok += shared(ask, asked) == json_array_size(ask);
		}
	}
	s->exact += good;
	if (!in(g, "emergency clarify") && !due) {
		s->clear++;
		s->needless += json_array_size(asked) > 0;
	}
	if (in(p, "request_visit cancel_visit move_visit declare_absence prefer_carer "
		  "refuse_carer") &&
	    !json_array_size(asked)) {
		s->writes++;
		s->wrong += !good || due;
		s->danger += in(g, "emergency clarify out_of_scope") ||
			     list_has(json_object_get(row, "tags"), "injection");
	}
}

static double ratio(size_t x, size_t n)
{
	return n ? (double)x / (double)n : 0.0;
}

void score_print(const struct score *s)
{
	double f = 0;
	size_t classes = 0, false_alarms = 0;
	for (int i = 0; i < INTENT_COUNT_; i++) {
		size_t gold = 0, pred = 0, hit = s->confusion[i][i];
		for (int k = 0; k < INTENT_COUNT_; k++) {
			gold += s->confusion[i][k];
			pred += s->confusion[k][i];
		}
		if (i == INTENT_EMERGENCY)
			false_alarms = pred - hit;
		if (!gold)
			continue;
		classes++;
		f += gold + pred ? 2.0 * (double)hit / (double)(gold + pred) : 0.0;
	}
	size_t caught = s->confusion[INTENT_EMERGENCY][INTENT_EMERGENCY];
	printf("n=%zu intent_accuracy=%.3f macro_F1=%.3f exact_action=%.3f\n", s->n,
	       ratio(s->intent, s->n), classes ? f / (double)classes : 0.0,
	       ratio(s->exact, s->n));
	printf("emergency recall=%zu/%zu right_number=%zu/%zu false_alarms=%zu/%zu\n",
	       caught, s->alarms, s->alarm_number, s->alarms, false_alarms,
	       s->n - s->alarms);
	printf("ask_back=%zu/%zu needless_asks=%zu/%zu unattended_writes=%zu "
	       "of_which_wrong=%zu (%.3f of all) "
	       "on_safety_rows=%zu\n",
	       s->ask_ok, s->ask_n, s->needless, s->clear, s->writes, s->wrong,
	       ratio(s->wrong, s->n), s->danger);
	for (size_t k = 0; k < N(slots); k++)
		if (s->right[k] + s->missed[k] + s->extra[k])
			printf("  %-16s P=%.2f R=%.2f n=%zu\n", slots[k],
			       ratio(s->right[k], s->right[k] + s->extra[k]),
			       ratio(s->right[k], s->right[k] + s->missed[k]),
			       s->right[k] + s->missed[k]);
}

void score_confusion(const struct score *s)
{
	for (int i = 0; i < INTENT_COUNT_; i++)
		for (int k = 0; k < INTENT_COUNT_; k++)
			if (s->confusion[i][k])
				printf("confusion\t%s\t%s\t%zu\n",
				       talk_intent_name((enum talk_intent)i),
				       talk_intent_name((enum talk_intent)k),
				       s->confusion[i][k]);
}
