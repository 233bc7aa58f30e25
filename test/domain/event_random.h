/* event_random.h - any fact of any kind, drawn from a seed; for tests of codec and ledger. */
#ifndef TEST_DOMAIN_EVENT_RANDOM_H
#define TEST_DOMAIN_EVENT_RANDOM_H

#include "domain/event.h"

struct event random_event(struct arena *a, struct rng *r);

#endif
