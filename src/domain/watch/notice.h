/* notice.h - who is told what, when something happens to a visit or a request (B6d).
 *
 * "Whoever is concerned is told, always, and it is recorded that they were": one table says for
 * each event who hears of it and with which sentence (key of po/).  The channel is the one that
 * the recipient prefers; quiet hours are kept unless a vital need is at stake.  What cannot
 * be delivered by a machine (channel "call") waits in the call list for a human.
 *
 * Pure.  Memory: notices in the arena; strings borrowed from the context.
 */
#ifndef DOMAIN_WATCH_NOTICE_H
#define DOMAIN_WATCH_NOTICE_H

#include "domain/care/operator.h"
#include "domain/care/person.h"
#include "domain/care/request.h"
#include "domain/care/visit.h"
#include "domain/labour/carer.h"
#include "domain/watch/policy.h"

/* One row of `notice`, column for column: the outbox. */
struct notice {
	struct id id; /* idempotency key towards the channel */
	str territory;
	struct id person_id, visit_id;
	enum role recipient_role;
	struct id recipient_id;
	enum channel channel;
	str key;
	str args; /* one a line: see notice_args() */
	enum notice_state state;
	int tries;
	ts made_at, look_at, until_at; /* not before; useless after */
	int harm;
	ts done_at;
	enum call_result result;
};

struct notices {
	struct notice *v;
	size_t n, cap;
};

/* The people around an event; NULL where there is nobody. */
struct notice_context {
	const struct visit *visit;     /* after the event */
	const struct request *request; /* after the event */
	const struct person *person;
	const struct contact *contacts;
	size_t contact_count;
	const struct carer *carer;     /* assigned now */
	const struct carer *old_carer; /* taken off */
	const struct operator* operator_;
	const struct policy *policy;
	const struct zone *zone;
};

#define NOTICE_TRIES 5

/* Pushes the notices that `e` asks for; ids are left zero for the caller to give. */
void notices_of(struct arena *a, const struct event *e, const struct notice_context *c,
		ts now, struct notices *ret);

/* After a failure: when to try again, or TS_NEVER when tries or use are exhausted. */
ts notice_retry_at(const struct notice *n, ts now);

#endif
