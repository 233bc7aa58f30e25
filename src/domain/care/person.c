/* person.c - scopes, mandates, protection, erasure. */
#include "domain/care/person.h"

#define EVERYTHING                                                                         \
	(SCOPE_SEE_TODAY | SCOPE_SEE_HISTORY | SCOPE_ATTEST | SCOPE_REQUEST |              \
	 SCOPE_CAHIER | SCOPE_ALERTED)

bool contact_is_guardian(enum contact_kind k)
{
	return k == CONTACT_KIND_CURATEUR || k == CONTACT_KIND_TUTEUR ||
	       k == CONTACT_KIND_HABILITATION;
}

bool contact_runs(const struct contact *c, day today)
{
	return !ts_is(c->revoked_at) &&
	       (c->ends_on.d == DAY_NONE.d || today.d <= c->ends_on.d);
}

/* A tuteur, or whoever has the family's habilitation, represents; a curateur assists. */
static bool represents(const struct contact *c)
{
	return c->kind == CONTACT_KIND_TUTEUR || c->kind == CONTACT_KIND_HABILITATION;
}

uint32_t contact_scopes(const struct contact *c, day today)
{
	if (!contact_runs(c, today))
		return 0;
	if (contact_is_guardian(c->kind) && str_blank(c->judgment))
		return 0; /* a mandate without its judgment is none */
	if (represents(c))
		return EVERYTHING;
	return c->scopes & EVERYTHING & ~(uint32_t)SCOPE_REQUEST;
}

bool person_may(enum role role, const struct contact *c, enum scope scope, day today)
{
	if (role == ROLE_PERSON)
		return true;
	if ((role != ROLE_CIRCLE && role != ROLE_GUARDIAN) || !c)
		return false;
	return (contact_scopes(c, today) & (uint32_t)scope) != 0;
}

enum protection person_protection(const struct contact *v, size_t n, day today)
{
	enum protection p = PROTECTION_NONE;
	for (size_t i = 0; i < n; i++) {
		if (!contact_runs(&v[i], today) || str_blank(v[i].judgment))
			continue;
		if (represents(&v[i]))
			return PROTECTION_TUTELLE;
		if (v[i].kind == CONTACT_KIND_CURATEUR)
			p = PROTECTION_CURATELLE;
	}
	return p;
}

/* Which scope an act of daily life needs of a relative. */
static const uint32_t scope_of[RIGHT_COUNT] = {
	[RIGHT_SEE_TODAY] = SCOPE_SEE_TODAY, [RIGHT_SEE_HISTORY] = SCOPE_SEE_HISTORY,
	[RIGHT_ATTEST] = SCOPE_ATTEST,       [RIGHT_REQUEST] = SCOPE_REQUEST,
	[RIGHT_CAHIER] = SCOPE_CAHIER,       [RIGHT_CONTEST] = SCOPE_ATTEST,
};

static enum may own_act(enum protection p, enum right act)
{
	if (act == RIGHT_CONTRACT && p == PROTECTION_CURATELLE)
		return MAY_TOGETHER;
	if (act == RIGHT_CONTRACT && p == PROTECTION_TUTELLE)
		return MAY_NO;
	return MAY_YES;
}

static enum may guardian_act(const struct contact *c, enum right act)
{
	switch (act) {
	case RIGHT_PERSONAL_CHOICE:
	case RIGHT_INVITE: return MAY_NO; /* strictly hers */
	case RIGHT_REPORT: return MAY_YES;
	case RIGHT_CONTRACT:
	case RIGHT_ERASE: return represents(c) ? MAY_YES : MAY_TOGETHER;
	case RIGHT_REQUEST: return represents(c) ? MAY_YES : MAY_TOGETHER;
	case RIGHT_SEE_TODAY:
	case RIGHT_SEE_HISTORY:
	case RIGHT_ATTEST:
	case RIGHT_CAHIER:
	case RIGHT_CONTEST: return MAY_YES;
	case RIGHT_COUNT: break;
	}
	die("no such act: %d", (int)act);
}

enum may person_right(enum role role, const struct contact *c, enum protection p,
		      enum right act, day today)
{
	ASSERT(act < RIGHT_COUNT);
	if (role == ROLE_PERSON)
		return own_act(p, act);
	if ((role != ROLE_CIRCLE && role != ROLE_GUARDIAN) || !c || !contact_runs(c, today))
		return MAY_NO;
	if (contact_is_guardian(c->kind))
		return str_blank(c->judgment) ? MAY_NO : guardian_act(c, act);
	if (act == RIGHT_REPORT)
		return MAY_YES; /* whoever knows informs: code pénal 434-3 */
	return scope_of[act] & contact_scopes(c, today) ? MAY_YES : MAY_NO;
}

static const char *const waits[ERASURE_WAIT_COUNT] = {
	[ERASURE_REPORT] = "erasure.report",
	[ERASURE_CONTEST] = "erasure.contest",
	[ERASURE_PAY] = "erasure.pay",
	[ERASURE_ALLOWANCE] = "erasure.allowance",
};

uint32_t person_erasure_waits(const struct claims *c)
{
	return (c->reports > 0 ? 1u << ERASURE_REPORT : 0) |
	       (c->contests > 0 ? 1u << ERASURE_CONTEST : 0) |
	       (c->pay > 0 ? 1u << ERASURE_PAY : 0) |
	       (c->allowances > 0 ? 1u << ERASURE_ALLOWANCE : 0);
}

const char *erasure_wait_name(enum erasure_wait w)
{
	ASSERT(w < ERASURE_WAIT_COUNT);
	return waits[w];
}
