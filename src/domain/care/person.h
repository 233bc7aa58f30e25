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

/* --- who may do what ------------------------------------------------------------------ */

/* What is done in the person's name or about her. */
enum right {
	RIGHT_SEE_TODAY,
	RIGHT_SEE_HISTORY,
	RIGHT_ATTEST,  /* "nobody came" */
	RIGHT_REQUEST, /* ask, cancel, move a visit */
	RIGHT_CAHIER,
	RIGHT_CONTEST,         /* a fact or a cause */
	RIGHT_REPORT,          /* ill-treatment or a deprivation, her guardian included */
	RIGHT_PERSONAL_CHOICE, /* who helps her, how, at which hour; agreement to relays */
	RIGHT_INVITE,          /* give and take back scopes: her relations are her own */
	RIGHT_CONTRACT,        /* operator, plan line, price */
	RIGHT_ERASE,           /* art. 17 RGPD */
	RIGHT_COUNT
};

enum may {
	MAY_NO,
	MAY_YES,
	MAY_TOGETHER /* the person and her curateur both */
};

/* The strongest measure of protection that runs on a day. */
enum protection { PROTECTION_NONE, PROTECTION_CURATELLE, PROTECTION_TUTELLE };

bool contact_is_guardian(enum contact_kind k);
bool contact_runs(const struct contact *c, day today); /* neither revoked nor ended */

/* What a contact may do today, as bits of enum scope: those given, less what needs a mandate;
 * nothing once revoked or ended; everything of daily life for whoever represents her. */
uint32_t contact_scopes(const struct contact *c, day today);

/* Has she this scope today?  The person herself has all; `c` is NULL for her, and for roles
 * that are not of her circle the answer is no (they have their own rules). */
bool person_may(enum role role, const struct contact *c, enum scope scope, day today);

enum protection person_protection(const struct contact *v, size_t n, day today);

/* The same for acts.  A protected person keeps her personal choices, is informed, may contest
 * and may report her guardian (code civil art. 458, 459, 459-2); a guardian never makes them for
 * her.  Family without a mandate has no right of its own. */
enum may person_right(enum role role, const struct contact *c, enum protection p,
		      enum right act, day today);

/* --- erasure -------------------------------------------------------------------------- */

enum erasure_wait {
	ERASURE_REPORT,
	ERASURE_CONTEST,
	ERASURE_PAY,
	ERASURE_ALLOWANCE,
	ERASURE_WAIT_COUNT
};

/* Claims that still run about her. */
struct claims {
	int reports;    /* signalements neither declined nor closed */
	int contests;   /* visits or bilans contested and not settled */
	int pay;        /* of a carer, about hours served at her home */
	int allowances; /* APA, PCH, tax credit: asked, contested, or being recovered */
};

/* Why erasure waits, as bits 1 << enum erasure_wait; 0: it may be done now. */
uint32_t person_erasure_waits(const struct claims *c);
const char *erasure_wait_name(enum erasure_wait w); /* "erasure.report", a message key */

#endif
