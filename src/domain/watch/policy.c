#include "domain/watch/policy.h"

static const struct {
	const char *name, *unit, *source;
	int64_t value[CRITICALITY_COUNT];
	bool law;
} table[POLICY_COUNT_] = {
#define P(key, v, p, c, u, s, l)                                                           \
	[POLICY_##key] = {                                                                 \
		.name = #key, .unit = u, .source = s, .value = { v, p, c }, .law = l       \
	},
#include "domain/watch/policy.tbl"
#undef P
};

const char *policy_key_name(enum policy_key k)
{
	ASSERT(k < POLICY_COUNT_);
	return table[k].name;
}

const char *policy_unit(enum policy_key k)
{
	ASSERT(k < POLICY_COUNT_);
	return table[k].unit;
}

const char *policy_source(enum policy_key k)
{
	ASSERT(k < POLICY_COUNT_);
	return table[k].source;
}

bool policy_is_law(enum policy_key k)
{
	ASSERT(k < POLICY_COUNT_);
	return table[k].law;
}

bool policy_key_of(str name, enum policy_key *ret)
{
	for (int k = 0; k < POLICY_COUNT_; k++) {
		if (str_eq(name, str_of(table[k].name))) {
			*ret = (enum policy_key)k;
			return true;
		}
	}
	return false;
}

struct policy policy_default(enum criticality c)
{
	ASSERT(c < CRITICALITY_COUNT);
	struct policy p = { 0 };
	for (int k = 0; k < POLICY_COUNT_; k++)
		p.v[k] = table[k].value[c];
	return p;
}

/* How precisely a row fits, 0 when it does not. */
static int fit(const struct policy_row *r, str territory, struct id operator_id,
	       enum criticality c, ts at)
{
	if (at.us < r->from_at.us)
		return 0;
	if (r->territory.n && !str_eq(r->territory, territory))
		return 0;
	if (id_is(r->operator_id) && !id_eq(r->operator_id, operator_id))
		return 0;
	if (r->criticality >= 0 && r->criticality != (int)c)
		return 0;
	return 1 + (id_is(r->operator_id) ? 4 : 0) + (r->territory.n ? 2 : 0) +
	       (r->criticality >= 0 ? 1 : 0);
}

struct policy policy_resolve(const struct policy_rows *rows, str territory,
			     struct id operator_id, enum criticality c, ts at)
{
	struct policy p = policy_default(c);
	int best[POLICY_COUNT_] = { 0 };
	ts since[POLICY_COUNT_] = { { 0 } };
	for (size_t i = 0; i < rows->n; i++) {
		const struct policy_row *r = &rows->v[i];
		enum policy_key k;
		int f = fit(r, territory, operator_id, c, at);
		if (!f || !policy_key_of(r->key, &k))
			continue;
		if (f > best[k] || (f == best[k] && r->from_at.us >= since[k].us)) {
			best[k] = f;
			since[k] = r->from_at;
			p.v[k] = r->value;
		}
		if (r->version > p.version)
			p.version = r->version;
	}
	return p;
}

enum err policy_check(const struct policy *p)
{
	const int64_t *v = p->v;
	if (v[POLICY_remind_min] > 0 || v[POLICY_remind_min] < -1440 ||
	    v[POLICY_ask_carer_min] < 0 || v[POLICY_tell_min] < v[POLICY_ask_carer_min] ||
	    v[POLICY_offer_min] < v[POLICY_tell_min] ||
	    (v[POLICY_right_min] != -1 && v[POLICY_right_min] < v[POLICY_offer_min]) ||
	    v[POLICY_deputy_min] < v[POLICY_right_min] ||
	    v[POLICY_deputy_min] < v[POLICY_offer_min] || v[POLICY_deputy_min] > 1440)
		return ERR_INPUT;
	for (int k = POLICY_early_minute; k <= (int)POLICY_quiet_until_minute; k++)
		if (v[k] < 0 || v[k] >= 1440)
			return ERR_INPUT;
	for (int k = POLICY_answer_delay_min; k < POLICY_COUNT_; k++)
		if (v[k] < 0 || v[k] > 525600)
			return ERR_INPUT;
	if (v[POLICY_unknown_grace_min] < 0 || v[POLICY_unknown_grace_min] > 1440)
		return ERR_INPUT;
	return OK;
}

ts policy_remind_at(const struct policy *p, const struct zone *z, ts start,
		    enum reminder wish)
{
	if (wish == REMINDER_NONE)
		return TS_NONE;
	ts before = ts_add_min(start, POLICY(p, remind_min));
	int minute = zone_local(z, before).min;
	bool quiet = minute < POLICY(p, quiet_until_minute) ||
		     minute >= POLICY(p, quiet_from_minute);
	struct zone_local visit = zone_local(z, start);
	if (wish == REMINDER_HOUR && visit.min >= POLICY(p, early_minute) && !quiet)
		return before;
	return zone_ts(z, day_add(visit.day, -1), (int)POLICY(p, evening_minute));
}

ts policy_speak_at(const struct policy *p, const struct zone *z, ts t, bool is_vital)
{
	if (is_vital)
		return t;
	struct zone_local l = zone_local(z, t);
	if (l.min >= POLICY(p, quiet_from_minute))
		return zone_ts(z, day_add(l.day, 1), (int)POLICY(p, quiet_until_minute));
	if (l.min < POLICY(p, quiet_until_minute))
		return zone_ts(z, l.day, (int)POLICY(p, quiet_until_minute));
	return t;
}
