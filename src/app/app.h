/* app.h - the use cases: load, authorise, decide, append, tell.
 *
 * Every change of Vigie goes through a function of this folder, called by the one writer (src/run):
 * it loads the state rows, asks the pure rules for events, appends them to the journal, folds
 * them into the rows and writes the notices, all in the caller's transaction.  A refusal
 * writes nothing.
 *
 * Ports: the store (store/db.h and the generated sql_gen.h are its declaration), the journal, the
 * source of random bytes.  The present is an argument of every call: nothing here reads a
 * clock.
 *
 * Errors: each function returns its rule's outcome (see the domain header) or the store's.
 *   ERR_NOT_FOUND is also what an actor without any right to the thing receives.
 * Memory: results live in the arena of the call.  Threads: one struct app belongs to one thread.
 */
#ifndef APP_APP_H
#define APP_APP_H

#include "domain/care/operator.h"
#include "domain/care/person.h"
#include "domain/care/request.h"
#include "domain/care/visit.h"
#include "domain/labour/carer.h"
#include "domain/watch/notice.h"
#include "domain/watch/policy.h"
#include "domain/watch/watch_visit.h"
#include "sql_gen.h"

/* Where events go: the ledger of src/store, or a list in memory in tests. */
struct app_journal {
	void *ctx;
	/* Appends in the current transaction; `e->version` is set. */
	enum err (*append)(void *ctx, struct arena *a, str territory,
			   const struct event *e);
};

struct app_ports {
	struct db *db;
	struct app_journal journal;
	void *random_ctx;
	void (*random_bytes)(void *ctx, void *p, size_t n);
	/* TZif bytes of an IANA zone, in the arena given; the shell reads the file. */
	void *zone_ctx;
	enum err (*zone_bytes)(void *ctx, struct arena *a, str name, str *ret);
	str id_key; /* 32 secret bytes: keyed hash of visit ids */
	/* Seals an annex for an addressee (store/seal.h); NULL: reports cannot be sent. */
	enum err (*seal)(struct arena *a, str public_key, str text, str *ret);
};

struct app; /* opaque */

/* Who acts: authorisation was decided by the route or command (net/policy); rules that depend on the
 * actor (her own visit, her operator) are decided here. */
struct actor {
	enum role role;
	struct id account_id;
	struct id subject_id;  /* person, contact, carer */
	struct id operator_id; /* of a coordinator or carer */
	str territory;
};

#define ACTOR_SYSTEM ((struct actor){ .role = ROLE_SYSTEM })

MUST_USE enum err app_new(const struct app_ports *ports, struct app **ret);
void app_free(struct app *app); /* NULL is allowed; the ports stay the caller's */

struct db *app_db(struct app *app);
struct id app_new_id(struct app *app, ts now);
str app_id_key(const struct app *app);

/* The zone of a territory; ERR_NOT_FOUND.  Cached for the life of the app. */
MUST_USE enum err app_zone(struct app *app, str territory, const struct zone **ret);

/* The policy that a visit is judged by: stamped at its freeze, else the present one. */
struct policy app_policy(struct app *app, str territory, struct id operator_id,
			 enum criticality c, ts at);
struct policy app_visit_policy(struct app *app, const struct visit *v, ts now);
/* Reloads the cached rows of policy (after policy_set, at start). */
MUST_USE enum err app_policy_reload(struct app *app);
int app_policy_version(const struct app *app);

/* Appends events about aggregates that have no state row to fold (policy, instance, operator...). */
MUST_USE enum err app_append(struct app *app, struct arena *a, const struct actor *by,
			     str territory, struct event *e);

/* Outage of this platform as the watch must know it (set at start by src/run). */
void app_set_outage(struct app *app, struct span outage);
struct span app_outage(const struct app *app);
/* A doubted clock suspends verdicts (DOMAIN.md): the watch does not establish anything. */
void app_set_clock_doubt(struct app *app, bool doubt);
bool app_clock_doubt(const struct app *app);

/* --- visits (visit.c) */

/* Appends `ev` about `v`, folds them, arms the watch, writes the row and the notices. */
MUST_USE enum err app_visit_commit(struct app *app, struct arena *a, const struct actor *by,
				   struct visit *v, struct events *ev, ts now);

MUST_USE enum err app_check_in(struct app *app, struct arena *a, const struct actor *by,
			       struct id visit_id, struct check_in *c, ts now,
			       struct visit *ret);
MUST_USE enum err app_check_out(struct app *app, struct arena *a, const struct actor *by,
				struct id visit_id, struct check_out *c, ts now,
				struct visit *ret);
MUST_USE enum err app_visit_correct(struct app *app, struct arena *a,
				    const struct actor *by, struct id visit_id,
				    ts started_at, ts ended_at,
				    enum correction_reason reason, str note, ts now);
/* By the operator's coordinator.  `version` is what the coordinator saw (-1: any); ERR_CONFLICT when the
 * visit has changed since. */
MUST_USE enum err app_visit_assign(struct app *app, struct arena *a, const struct actor *by,
				   struct id visit_id, struct id carer_id,
				   enum assignment how, str rule, int64_t version, ts now);
MUST_USE enum err app_visit_cancel(struct app *app, struct arena *a, const struct actor *by,
				   struct id visit_id, enum cause cause, str note, ts now);
MUST_USE enum err app_visit_move(struct app *app, struct arena *a, const struct actor *by,
				 struct id visit_id, ts start_at, int duration_min, ts now);
MUST_USE enum err app_announce_late(struct app *app, struct arena *a,
				    const struct actor *by, struct id visit_id, int minutes,
				    enum cause cause, ts now);
MUST_USE enum err app_door(struct app *app, struct arena *a, const struct actor *by,
			   struct id visit_id, ts claimed_at, ts now);
MUST_USE enum err app_attest(struct app *app, struct arena *a, const struct actor *by,
			     struct id visit_id, enum attestation what, enum proof proof,
			     ts now);
MUST_USE enum err app_contest(struct app *app, struct arena *a, const struct actor *by,
			      struct id visit_id, str what, str note, ts now);
MUST_USE enum err app_set_cause(struct app *app, struct arena *a, const struct actor *by,
				struct id visit_id, enum cause cause,
				enum operator_cause operator_cause, str note, ts now);
MUST_USE enum err app_supplee(struct app *app, struct arena *a, const struct actor *by,
			      struct id visit_id, int minutes, ts now);
/* What the watch finds due on one visit at `now`; harmless when nothing is. */
MUST_USE enum err app_visit_watch(struct app *app, struct arena *a, struct id visit_id,
				  ts now);

/* A carer is absent: her planned visits of that span lose their carer, the desk is told, and the
 * replacements start.  Returns how many visits are uncovered. */
MUST_USE enum err app_carer_absent(struct app *app, struct arena *a, const struct actor *by,
				   struct absence *absence, ts now, int *ret_uncovered);

/* --- requests (request.c) */

/* Records a request as asked (id, asked_at, state are set here). */
MUST_USE enum err app_request_ask(struct app *app, struct arena *a, const struct actor *by,
				  struct request *r, ts now);
/* A request that is served already elsewhere: recorded with the operator's answer and regular carer, its
 * visits planned once.  Not read back (unless `r` says so): it is, at first contact. */
MUST_USE enum err app_request_import(struct app *app, struct arena *a,
				     const struct actor *by, struct request *r,
				     struct id operator_id, enum answer answer,
				     enum refusal_reason reason, struct id carer_id,
				     ts now);
MUST_USE enum err app_request_confirm(struct app *app, struct arena *a,
				      const struct actor *by, struct id request_id,
				      bool confirmed, ts now);
MUST_USE enum err app_request_transmit(struct app *app, struct arena *a,
				       const struct actor *by, struct id request_id,
				       struct id operator_id, ts now);
MUST_USE enum err app_request_reply(struct app *app, struct arena *a,
				    const struct actor *by, struct id request_id,
				    struct id operator_id, enum answer answer,
				    enum refusal_reason reason, str note, ts now);
MUST_USE enum err app_request_withdraw(struct app *app, struct arena *a,
				       const struct actor *by, struct id request_id,
				       ts now);
MUST_USE enum err app_request_suspend(struct app *app, struct arena *a,
				      const struct actor *by, struct id request_id,
				      day until_on, enum cause cause, ts now);
MUST_USE enum err app_request_resume(struct app *app, struct arena *a,
				     const struct actor *by, struct id request_id, ts now);
MUST_USE enum err app_request_set_carer(struct app *app, struct arena *a,
					const struct actor *by, struct id request_id,
					struct id carer_id, ts now);
MUST_USE enum err app_request_watch(struct app *app, struct arena *a, struct id request_id,
				    ts now);

/* --- persons, operators, carers, places (people.c) */
MUST_USE enum err app_territory_add(struct app *app, struct arena *a, str code, str name,
				    str zone, int64_t entitled, str source, ts now);
MUST_USE enum err app_operator_add(struct app *app, struct arena *a, const struct actor *by,
				   struct operator* o, ts now);
MUST_USE enum err app_operator_set_state(struct app *app, struct arena *a,
					 const struct actor *by, struct id operator_id,
					 enum operator_state s, str source, ts now);
MUST_USE enum err app_person_add(struct app *app, struct arena *a, const struct actor *by,
				 struct person *p, ts now);
/* away, hospital, dead (which ends every series and message), back to active. */
MUST_USE enum err app_person_state(struct app *app, struct arena *a, const struct actor *by,
				   struct id person_id, enum person_state s, ts until_at,
				   ts now);
MUST_USE enum err app_contact_add(struct app *app, struct arena *a, const struct actor *by,
				  struct contact *c, ts now);
MUST_USE enum err app_contact_revoke(struct app *app, struct arena *a,
				     const struct actor *by, struct id contact_id, ts now);
MUST_USE enum err app_plan_line_add(struct app *app, struct arena *a,
				    const struct actor *by, struct plan_line *l, ts now);
MUST_USE enum err app_carer_add(struct app *app, struct arena *a, const struct actor *by,
				struct carer *c, ts now);
MUST_USE enum err app_carer_qualify(struct app *app, struct arena *a,
				    const struct actor *by, struct qualification *q,
				    ts now);
MUST_USE enum err app_policy_set(struct app *app, struct arena *a, const struct actor *by,
				 struct policy_row *row, ts now);

/* --- the watch (watch.c) */

/* Everything due at `now`, worst first, at most `limit` aggregates; freezes days at midnight.
 * Returns how many were handled: call again until 0. */
MUST_USE enum err app_watch(struct app *app, ts now, int limit, int *ret_handled);
/* The next instant at which app_watch() has something to do; TS_NEVER. */
MUST_USE enum err app_next_look(struct app *app, ts *ret);

/* --- notices (notice.c) */
MUST_USE enum err app_tell(struct app *app, struct arena *a, const struct event *e,
			   struct notice_context *c, ts now);
/* The outcome of a send through a machine's channel. */
MUST_USE enum err app_notice_done(struct app *app, struct arena *a, struct notice *n,
				  enum notice_state outcome, str why, ts now);
/* A human made the call of the call list: two tries, recorded. */
MUST_USE enum err app_call_made(struct app *app, struct arena *a, const struct actor *by,
				struct id notice_id, enum call_result result, ts now);

#endif
