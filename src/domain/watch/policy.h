/* policy.h - the dated values that decide when Vigie speaks and to whom.
 *
 * Alerts are policy and may differ by territory, operator and criticality; measures are one
 * national definition and live in domain/account.  Values are data: defaults in policy.tbl,
 * overridden by rows of the table `policy`, each with its source.
 *
 * Pure.  Threads: a struct policy is plain data.
 */
#ifndef DOMAIN_WATCH_POLICY_H
#define DOMAIN_WATCH_POLICY_H

#include "base/base.h"
#include "base/zone.h"
#include "domain/enums_gen.h"

enum policy_key {
#define P(key, v, p, c, unit, source, law) POLICY_##key,
#include "domain/watch/policy.tbl"
#undef P
	POLICY_COUNT_
};

struct policy {
	int version; /* 0: the defaults of policy.tbl */
	int64_t v[POLICY_COUNT_];
};

#define POLICY(p, key) ((p)->v[POLICY_##key])

/* One row of the table `policy`, column for column. */
struct policy_row {
	struct id id;
	int version;
	str territory; /* empty: every territory */
	struct id operator_id;
	int criticality; /* -1: every one */
	str key;
	int64_t value;
	ts from_at;
	str source;
	bool is_law;
};

struct policy_rows {
	struct policy_row *v;
	size_t n, cap;
};

const char *policy_key_name(enum policy_key k);
const char *policy_unit(enum policy_key k);
const char *policy_source(enum policy_key k);
bool policy_is_law(enum policy_key k);
bool policy_key_of(str name, enum policy_key *ret);

struct policy policy_default(enum criticality c);

/* The values in force at `at`.  Among rows that fit, the most precise wins (operator over
 * territory over all, then criticality over all), then the latest `from_at`; the version is
 * the highest of the rows in force. */
struct policy policy_resolve(const struct policy_rows *rows, str territory,
			     struct id operator_id, enum criticality c, ts at);

/* A value that a policy may take: order of the steps, hours within a day.
 *   ERR_INPUT  out of its range, or the steps would no longer be in order of time. */
MUST_USE enum err policy_check(const struct policy *p);

/* When the reminder of a visit at `start` is due, or TS_NONE: one hour before, or the evening
 * before by choice or when the hour is early.  A vital visit keeps its early hour. */
ts policy_remind_at(const struct policy *p, const struct zone *z, ts start,
		    enum reminder wish);

/* The first instant at or after `t` outside the quiet hours; `t` itself when `is_vital`. */
ts policy_speak_at(const struct policy *p, const struct zone *z, ts t, bool is_vital);

#endif
