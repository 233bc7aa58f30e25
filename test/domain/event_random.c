#include "domain/event_random.h"

static struct id random_id(struct rng *r)
{
	return rng_chance(r, 1, 5) ? ID_NONE : (struct id){ rng_next(r), rng_next(r) };
}

static ts random_ts(struct rng *r)
{
	switch (rng_below(r, 6)) {
	case 0: return TS_NONE;
	case 1: return TS_NEVER;
	case 2: return (ts){ rng_range(r, 1, INT64_C(253402300799999999)) };
	default: return (ts){ rng_range(r, 1, 4000000000) * US_S };
	}
}

static str random_str(struct arena *a, struct rng *r)
{
	static const char *const pieces[] = { "a",  "é",    "\"",           "\\",
					      "\n", "\x01", "\x7f",         "\x1f",
					      "€",  "😀",    "\xe2\x80\xa8", " " };
	struct buf b = buf_init(a, 0);
	for (uint64_t n = rng_below(r, 12); n > 0; n--)
		buf_z(&b, pieces[rng_below(r, sizeof pieces / sizeof *pieces)]);
	return buf_str(&b);
}

static int64_t random_int(struct rng *r)
{
	return rng_chance(r, 1, 8) ? (int64_t)rng_next(r) : rng_range(r, -1000, 1000);
}

static void fill_list(struct arena *a, struct rng *r, enum field_kind kind, void *p)
{
	for (uint64_t n = rng_below(r, 5); n > 0; n--) {
		if (kind == FIELD_IDS)
			*ARENA_PUSH(a, (struct ids *)p) = random_id(r);
		else if (kind == FIELD_INTS)
			*ARENA_PUSH(a, (struct ints *)p) = random_int(r);
		else
			*ARENA_PUSH(a, (struct strs *)p) = random_str(a, r);
	}
}

static void fill(struct arena *a, struct rng *r, const struct event_field *f, void *p)
{
	switch (f->kind) {
	case FIELD_ID: *(struct id *)p = random_id(r); break;
	case FIELD_TS: *(ts *)p = random_ts(r); break;
	case FIELD_DAY:
		*(day *)p = rng_chance(r, 1, 4)
				    ? DAY_NONE
				    : (day){ (int32_t)rng_range(r, -9999, 99999) };
		break;
	case FIELD_INT: *(int64_t *)p = random_int(r); break;
	case FIELD_MONEY: ((money *)p)->cents = random_int(r); break;
	case FIELD_BOOL: *(bool *)p = rng_chance(r, 1, 2); break;
	case FIELD_STR: *(str *)p = random_str(a, r); break;
	case FIELD_HASH: rng_bytes(r, p, 32); break;
	case FIELD_ENUM: *(unsigned *)p = (unsigned)rng_below(r, f->table->n); break;
	case FIELD_IDS:
	case FIELD_INTS:
	case FIELD_STRS: fill_list(a, r, f->kind, p); break;
	}
}

struct event random_event(struct arena *a, struct rng *r)
{
	struct event e = {
		.kind = (enum event_kind)rng_below(r, EV_COUNT),
		.version = random_int(r),
		.at = random_ts(r),
		.subject = random_id(r),
		.actor = random_id(r),
		.actor_role = (enum role)rng_below(r, ROLE_COUNT),
	};
	const struct event_schema *s = &event_schemas[e.kind];
	if (s->has_person)
		e.person = (struct id){ 7, rng_below(r, 50) + 1 };
	for (size_t i = 0; i < s->field_count; i++)
		fill(a, r, &s->fields[i], (char *)&e.u + s->fields[i].offset);
	return e;
}
