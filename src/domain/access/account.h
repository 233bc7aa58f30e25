/* account.h - accounts and what opens them: rows of `account`, `session`, `enrolment`, `card`,
 * `api_token`, and whom a request comes from.
 *
 * An account is one human (or one software) in one role.  What opens it: a password (desks: with
 * a one-time code), a device enrolled by the desk, a paper card (the home of a person: it
 * attests and reads today, no more), a token (an operator's software).
 */
#ifndef DOMAIN_ACCESS_ACCOUNT_H
#define DOMAIN_ACCESS_ACCOUNT_H

#include "base/base.h"
#include "domain/enums_gen.h"

struct account {
	struct id id;
	str territory;
	enum role role;
	struct id subject_id;  /* person, contact, carer */
	struct id operator_id; /* of a coordinator, carer or operator's software */
	str login, name;
	str password; /* argon2id; empty: no password opens it */
	str totp;     /* sealed; empty: no second factor */
	int64_t totp_last;
	enum language language;
	ts made_at, closed_at;
};
struct accounts {
	struct account *v;
	size_t n, cap;
};

enum session_kind {
	SESSION_PASSWORD,
	SESSION_DEVICE,
	SESSION_CARD,
	SESSION_DEMO,
	SESSION_API
};

struct session {
	struct id id;
	str territory;
	struct id account_id;
	struct hash token_hash;
	enum session_kind kind;
	str label;
	ts opened_at, used_at, expires_at, revoked_at;
};
struct sessions {
	struct session *v;
	size_t n, cap;
};

struct enrolment {
	struct id id;
	str territory;
	struct id account_id;
	struct hash token_hash;
	struct id made_by_id;
	ts made_at, expires_at, used_at;
};

struct card {
	struct id id;
	str territory;
	struct id account_id;
	struct hash code_hash;
	struct id made_by_id;
	ts made_at, revoked_at;
};

/* What the token of an operator's software may do. */
enum api_scope {
	API_READ = 1,   /* plans, visits and hours of its own operator */
	API_ROSTER = 2, /* send plans, requests' answers and rosters */
	API_CHECKIN = 4 /* send check-ins and check-outs */
};

struct api_token {
	struct id id;
	str territory;
	struct id account_id;
	struct hash token_hash;
	str name;
	uint32_t scopes;
	ts made_at, expires_at, revoked_at;
};
struct api_tokens {
	struct api_token *v;
	size_t n, cap;
};

/* Whom a request comes from.  The zero value is anybody. */
struct principal {
	struct id session_id; /* or the token's */
	enum session_kind kind;
	ts used_at;
	struct id account_id;
	enum role role;
	struct id subject_id, operator_id;
	str territory, name;
	enum language language;
	struct id person_id; /* herself, or the person of her circle */
	uint32_t scopes;     /* of a contact, enum scope */
	uint32_t api_scopes;
};

/* What the policy must know of the thing asked for.  The zero value: no thing. */
struct object {
	struct id id;
	str territory;
	struct id person_id, operator_id, operator2_id, carer_id;
};

#endif
