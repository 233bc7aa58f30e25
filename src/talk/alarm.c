#include "talk/alarm.h"

#include <string.h>

enum rule_kind { RULE_H, RULE_S, RULE_F, RULE_P, RULE_R, RULE_NOW };

struct rule {
	enum rule_kind kind;
	const char *number, *pattern;
};

static const struct rule rules[] = {
#define H(number, pattern)  { RULE_H, #number, pattern },
#define S_(number, pattern) { RULE_S, #number, pattern },
#define F(pattern)          { RULE_F, NULL, pattern },
#define P(pattern)          { RULE_P, NULL, pattern },
#define R(pattern)          { RULE_R, NULL, pattern },
#define NOW(pattern)        { RULE_NOW, NULL, pattern },
#undef S
#define S(number, pattern) S_(number, pattern)
#include "talk/alarm.tbl"
#undef S
};

#define N_RULES (sizeof rules / sizeof *rules)

/* Covers the words of figures of speech. */
static void cover(const struct sent *s, bool *covered)
{
	for (size_t k = 0; k < N_RULES; k++) {
		if (rules[k].kind != RULE_F)
			continue;
		size_t from = 0, end = 0;
		while ((from = pat_find(s, from, rules[k].pattern, &end)) != SIZE_MAX) {
			for (size_t i = from; i < end && i < s->t.n; i++)
				covered[i] = true;
			from++;
		}
	}
}

static bool any(const struct sent *s, enum rule_kind kind)
{
	for (size_t k = 0; k < N_RULES; k++)
		if (rules[k].kind == kind && pat_has(s, rules[k].pattern))
			return true;
	return false;
}

/* A match of rule k none of whose words is covered. */
static bool rings(const struct sent *s, const struct rule *r, const bool *covered)
{
	size_t from = 0, end = 0;
	while ((from = pat_find(s, from, r->pattern, &end)) != SIZE_MAX) {
		bool free = true;
		for (size_t i = from; i < end && i < s->t.n; i++)
			free = free && !covered[i];
		if (free)
			return true;
		from++;
	}
	return false;
}

const char *alarm_find(const struct sent *s)
{
	bool covered[TALK_MAX_TOKENS] = { 0 };
	const char *hard = NULL, *soft = NULL;
	cover(s, covered);
	for (size_t k = 0; k < N_RULES; k++) {
		if (rules[k].kind > RULE_S || !rings(s, &rules[k], covered))
			continue;
		if (rules[k].kind == RULE_S)
			soft = soft ? soft : rules[k].number;
		/* words of suicide and violence name the number better than a wound does */
		else if (!hard || str_eq(str_of(rules[k].number), str_of("3114")) ||
			 (str_eq(str_of(hard), str_of("15")) &&
			  rules[k].number[0] != '1') ||
			 (str_eq(str_of(hard), str_of("15")) && rules[k].number[1] != '5'))
			hard = rules[k].number;
	}
	if (!hard && !soft)
		return NULL;
	if (any(s, RULE_NOW))
		return hard ? hard : soft;
	if (any(s, RULE_P))
		return NULL;
	if (hard)
		return hard;
	return any(s, RULE_R) ? NULL : soft;
}

void alarm_why(struct buf *out, const struct sent *s)
{
	static const char *const names[] = { "alarm", "sign", "figure",
					     "past",  "over", "now" };
	bool covered[TALK_MAX_TOKENS] = { 0 };
	cover(s, covered);
	for (size_t k = 0; k < N_RULES; k++)
		if (rules[k].kind <= RULE_S ? rings(s, &rules[k], covered)
					    : pat_has(s, rules[k].pattern))
			buf_fmt(out, "%-7s %s  %s\n", names[rules[k].kind],
				rules[k].number ? rules[k].number : "", rules[k].pattern);
}
