/* carer.h - a carer (intervenant), her qualifications, hours and absences.
 *
 * Rows of `carer`, `qualification`, `availability`, `absence`, column for column.
 */
#ifndef DOMAIN_LABOUR_CARER_H
#define DOMAIN_LABOUR_CARER_H

#include "base/base.h"
#include "domain/enums_gen.h"
#include "domain/event.h"

struct carer {
	struct id id;
	str territory;
	struct id operator_id;
	enum carer_status status;
	enum carer_state state;
	str external_ref, first_name, last_name, phone, mail;
	enum channel channel;
	str insee;
	int64_t lat_e6, lon_e6; /* where the day starts */
	enum travel_mode travel_mode;
	enum idcc idcc;
	int64_t week_min;
	bool is_extra_wanted; /* asked for more hours */
	bool is_outside_open; /* opened hours outside planning to offers */
	bool is_woman;
	int64_t refusals_year; /* refusals of imposed changes this year: a right, counted for her */
	ts look_at;
	int64_t version;
};

struct qualification {
	struct id carer_id;
	enum qualification_kind kind;
	str territory;
	enum qualification_state state;
	day issued_on, expires_on;
	str issuer;
};

struct availability {
	struct id carer_id;
	int weekday; /* 1 Monday .. 7 Sunday */
	int from_minute, until_minute;
};

struct absence {
	struct id id, carer_id;
	str territory;
	ts from_at, until_at;
	enum absence_kind kind;
	ts declared_at;
};

struct carers {
	struct carer *v;
	size_t n, cap;
};
struct qualifications {
	struct qualification *v;
	size_t n, cap;
};
struct availabilities {
	struct availability *v;
	size_t n, cap;
};
struct absences {
	struct absence *v;
	size_t n, cap;
};

#endif
