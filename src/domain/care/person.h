/* person.h - the person, her circle, her guardians, her plan of care.
 *
 * Rows of `person`, `contact`, `plan_line`, column for column.  Everything marked P in the
 * schema is personal data and is blanked when the person is erased.
 */
#ifndef DOMAIN_CARE_PERSON_H
#define DOMAIN_CARE_PERSON_H

#include "base/base.h"
#include "domain/enums_gen.h"
#include "domain/event.h"

struct person {
	struct id id;
	str territory, insee;
	enum person_state state;
	ts state_until_at;
	str external_ref, first_name, last_name, phone, mail, address;
	int64_t birth_year; /* 0: unknown */
	int64_t lat_e6, lon_e6;
	str access_note;
	enum language language;
	enum channel channel;
	enum reminder reminder;
	bool is_vulnerable, is_alone, is_relay_agreed, is_demo;
	ts registered_at, last_contact_at;
	int64_t version;
};

/* What a contact may do; the person gives and takes back each in one action. */
enum scope {
	SCOPE_SEE_TODAY = 1,   /* who comes, when, lateness */
	SCOPE_SEE_HISTORY = 2, /* past visits, bilan */
	SCOPE_ATTEST = 4,      /* "nobody came" */
	SCOPE_REQUEST = 8,     /* ask, cancel, move in her name (mandate needed) */
	SCOPE_CAHIER = 16,     /* read and write the cahier de liaison */
	SCOPE_ALERTED = 32     /* is told of failures */
};

struct contact {
	struct id id;
	str territory;
	struct id person_id;
	enum contact_kind kind;
	str name, phone, mail;
	enum channel channel;
	uint32_t scopes;
	str judgment;
	day ends_on; /* DAY_NONE: open */
	ts revoked_at;
};

struct plan_line {
	struct id id;
	str territory;
	struct id person_id;
	enum care_mode mode;
	enum payer payer;
	uint32_t tasks;
	int64_t minutes_month;
	money tariff_cents;       /* per hour */
	int64_t participation_bp; /* paid by the person, in 1/10000 */
	day starts_on, ends_on;
};

struct contacts {
	struct contact *v;
	size_t n, cap;
};
struct plan_lines {
	struct plan_line *v;
	size_t n, cap;
};

#endif
