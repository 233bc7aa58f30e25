/* serve_impl.h - what serve.c and call.c share and nobody else needs. */
#ifndef NET_SERVE_IMPL_H
#define NET_SERVE_IMPL_H

#include "net/serve.h"

#include <pthread.h>
#include <stdatomic.h>

#define COOKIE        "vigie"
#define READER_ZONES  64
#define LATENCY_STEPS 8

struct reader { /* one thread that reads */
	struct serve *s;
	struct db *db;
	struct arena *keep;
	struct {
		str territory;
		const struct zone *zone;
	} zones[READER_ZONES];
	size_t n_zones;
};

struct serve {
	struct serve_config config;
	pthread_mutex_t lock; /* guards rate */
	struct rate *rate;
	struct password_pool *passwords;
	_Atomic int64_t
		swept_us; /* when old sessions and kept answers were last thrown away */
	_Atomic int64_t status[6]; /* answers by hundreds */
	_Atomic int64_t latency[LATENCY_STEPS], latency_us;
};

/* Once an hour: sessions long over and answers kept for a day are thrown away (call.c). */
void call_sweep(struct call *c);

/* Moves the end of a session that is in use (call.c). */
void call_touch(struct call *c);

#endif
