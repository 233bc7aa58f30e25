#include "net/auth/rate.h"

static int64_t cost(const struct rate_rule *rule)
{
	return US_H / rule->per_hour;
}

static uint64_t key_of(const struct rate_rule *rule, str key)
{
	uint64_t h =
		str_hash(key) * UINT64_C(0x9e3779b97f4a7c15) ^ str_hash(str_of(rule->name));
	return h ? h : 1;
}

/* What the bucket holds at `now`. */
static int64_t level(const struct rate_slot *s, const struct rate_rule *rule, ts now)
{
	int64_t full = cost(rule) * rule->burst, passed = now.us - s->at.us;
	int64_t v = s->left_us + (passed > 0 ? passed : 0);
	return v < full ? v : full;
}

static struct rate_slot *find(struct rate *r, uint64_t key)
{
	size_t base = (size_t)(key % (RATE_SLOTS / RATE_WAYS)) * RATE_WAYS;
	struct rate_slot *oldest = &r->slots[base];
	for (size_t i = base; i < base + RATE_WAYS; i++) {
		if (r->slots[i].key == key)
			return &r->slots[i];
		if (r->slots[i].at.us < oldest->at.us)
			oldest = &r->slots[i];
	}
	*oldest = (struct rate_slot){ 0 };
	return oldest;
}

bool rate_take(struct rate *r, const struct rate_rule *rule, str key, ts now)
{
	uint64_t k = key_of(rule, key);
	struct rate_slot *s = find(r, k);
	if (!s->key)
		*s = (struct rate_slot){ k, cost(rule) * rule->burst, now };
	int64_t left = level(s, rule, now);
	if (left < cost(rule))
		return false;
	s->left_us = left - cost(rule);
	s->at = now;
	return true;
}

void rate_clear(struct rate *r, const struct rate_rule *rule, str key)
{
	struct rate_slot *s = find(r, key_of(rule, key));
	*s = (struct rate_slot){ 0 };
}

int64_t rate_wait_s(const struct rate *r, const struct rate_rule *rule, str key, ts now)
{
	uint64_t k = key_of(rule, key);
	size_t base = (size_t)(k % (RATE_SLOTS / RATE_WAYS)) * RATE_WAYS;
	for (size_t i = base; i < base + RATE_WAYS; i++) {
		int64_t missing = cost(rule) - level(&r->slots[i], rule, now);
		if (r->slots[i].key == k && missing > 0)
			return (missing + US_S - 1) / US_S;
	}
	return 0;
}
