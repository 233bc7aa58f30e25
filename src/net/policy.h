/* policy.h - may this one do that to this thing?  One function, one table (policy.tbl).
 *
 * Pure: whoever calls has loaded what the answer depends on.  A route names its action; no
 * handler decides about rights on its own.
 */
#ifndef NET_POLICY_H
#define NET_POLICY_H

#include "domain/access/account.h"

enum action {
#define ACTION(name, card) ACTION_##name,
#define ALLOW(action, role, relation, scope)
#include "net/policy.tbl"
#undef ACTION
#undef ALLOW
	ACTION_COUNT
};
const char *action_name(enum action a);

enum relation { REL_ANY, REL_SELF, REL_CIRCLE, REL_OPERATOR, REL_TERRITORY };

struct allow {
	enum action action;
	enum role role;
	enum relation relation;
	uint32_t scope;
};
/* The whole table, for the documents and the matrix test. */
const struct allow *policy_lines(size_t *ret_n);

/*   OK
 *   ERR_LOGIN      nobody is logged in and the action needs it;
 *   ERR_FORBIDDEN  this role never does that (or not with a card, or without that scope);
 *   ERR_NOT_FOUND  it does, but not to this thing. */
MUST_USE enum err policy_allows(enum action a, const struct principal *who,
				const struct object *thing);

#endif
