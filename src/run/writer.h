/* writer.h - the one thread that changes anything: a bounded queue, group commit, the watch.
 *
 * Workers submit commands; the writer runs many in one transaction, each inside a savepoint
 * with an arena of its own, commits once (one flush), and only then tells each caller its
 * outcome: what was acknowledged is durable.  A refusal writes nothing.  Between groups it
 * looks at what has fallen due, in bounded batches, so that check-ins go on being taken
 * while a herd of reminders drains.  A tenth of the queue is kept for check-ins.
 *
 * A failed flush ends the process (store/db.h): restarting finds the truth in the file.
 *
 * Threads: writer_submit(), writer_health() from any; everything else from its maker.
 */
#ifndef RUN_WRITER_H
#define RUN_WRITER_H

#include "run/actors.h"
#include "run/clock.h"
#include "run/sender.h"
#include "run/world.h"

struct writer; /* opaque */

struct command {
	/* Runs in the writer's thread, inside a savepoint; anything but OK (or DUPLICATE) undoes it. */
	enum err (*run)(void *arg, struct world *w, struct arena *a, ts now);
	/* After the commit, in the writer's thread: must not block. */
	void (*done)(void *arg, enum err outcome);
	void *arg;
	bool is_check_in; /* may use the reserved part of the queue */
};

struct writer_options {
	struct world *world; /* stays the caller's */
	struct clock *clock;
	struct sender sender;
	struct actors *actors; /* NULL: nobody */
	size_t queue_max;      /* 0: 4096 */
	int due_batch;         /* aggregates looked at between groups; 0: 500 */
};

struct writer_health {
	ts now, last_tick; /* of the server's clock */
	int64_t lag_us;    /* how long the oldest due thing waits; 0: nothing */
	int64_t queued, done, refused, groups, due_handled;
	bool clock_doubt;
	uint64_t ledger_size;
};

/* Starts the thread.  Establishes first whether the platform slept (outage) and whether
 * the hour can be believed. */
MUST_USE enum err writer_start(const struct writer_options *o, struct writer **ret);

/* Queues a command; it is copied.   ERR_BUSY: the queue is full, or the writer is stopping. */
MUST_USE enum err writer_submit(struct writer *w, const struct command *c);

/* Queues and waits for the outcome: for command lines and tests, never for a server's thread. */
MUST_USE enum err writer_call(struct writer *w,
			      enum err (*run)(void *, struct world *, struct arena *, ts),
			      void *arg);

/* Runs what is queued, signs a last head, ends the thread.  NULL is allowed. */
void writer_stop(struct writer *w);

struct writer_health writer_health(struct writer *w);

#endif
