/* world.c - a made-up month: see world.h. */
#include "world.h"

#include "domain/account/render.h"
#include "ledger/export_seal.h"

#define H0 (INT64_C(1793491200) * US_S) /* 2026-11-01T00:00:00Z */

struct make {
	struct arena *a;
	struct rng r;
	struct facts *f;
	struct world_size z;
};

static struct id made_id(uint64_t kind, uint64_t i)
{
	return (struct id){ kind << 32, i + 1 };
}

/* Sizes follow a Zipf law, so that some operators are tiny and one or two are large. */
static size_t pick_operator(struct make *m)
{
	if (m->z.tiny)
		return rng_below(&m->r, m->z.operators);
	uint64_t total = 0;
	for (size_t i = 0; i < m->z.operators; i++)
		total += 1000 / (i + 1);
	uint64_t x = rng_below(&m->r, total);
	for (size_t i = 0;; i++) {
		if (x < 1000 / (i + 1))
			return i;
		x -= 1000 / (i + 1);
	}
}

static void fate(struct make *m, struct visit *v)
{
	uint64_t x = rng_below(&m->r, 100);
	int64_t late =
		rng_chance(&m->r, 1, 6) ? rng_range(&m->r, 5, 90) : rng_range(&m->r, -5, 9);
	if (x < 78) {
		v->state = VISIT_STATE_ENDED;
		v->started_at = v->started_recorded_at =
			(ts){ v->start_at.us + late * US_MIN +
			      rng_range(&m->r, 0, 59) * US_S };
		v->start_proof = (enum proof)rng_range(&m->r, 1, 5);
		if (!rng_chance(&m->r, 1, 20))
			v->ended_at = v->ended_recorded_at =
				(ts){ v->end_at.us + rng_range(&m->r, -20, 12) * US_MIN };
		if (ts_is(v->ended_at) && ts_before(v->ended_at, v->started_at))
			v->ended_at = v->ended_recorded_at = v->started_at;
		if (rng_chance(&m->r, 1, 12))
			v->started_recorded_at =
				ts_add_min(v->started_at, rng_range(&m->r, 10, 500));
		v->is_corrected = rng_chance(&m->r, 1, 15);
		v->cause = rng_chance(&m->r, 1, 30) ? CAUSE_PROLONGED_PREVIOUS : CAUSE_NONE;
		v->attestation =
			rng_chance(&m->r, 1, 50) ? ATTESTATION_NOBODY : ATTESTATION_NONE;
	} else if (x < 90) {
		v->state = VISIT_STATE_MISSED;
		v->cause = (enum cause)rng_range(&m->r, 0, CAUSE_COUNT - 1);
		v->operator_cause =
			(enum operator_cause)rng_range(&m->r, 0, OPERATOR_CAUSE_COUNT - 1);
		v->attestation =
			rng_chance(&m->r, 1, 2) ? ATTESTATION_CAME : ATTESTATION_NONE;
		v->supplee_min =
			rng_chance(&m->r, 1, 4) ? (int)rng_range(&m->r, 10, 60) : 0;
	} else if (x < 96) {
		v->state = VISIT_STATE_CANCELLED;
		v->cancel_by = (enum cancel_by)rng_range(&m->r, 1, CANCEL_BY_COUNT - 1);
		v->notice_min = (int)rng_range(&m->r, 0, 4000);
	} else
		v->is_unknown = true;
	if (rng_chance(&m->r, 1, 9))
		v->replaced_at = ts_add_min(v->start_at, rng_range(&m->r, -300, 300));
}

static void one_visit(struct make *m, size_t person, size_t op, int duration)
{
	struct visit v = {
		.id = { rng_next(&m->r), rng_next(&m->r) },
		.person_id = made_id(2, person),
		.tolerance_min = 10,
		.start_at = { H0 + rng_range(&m->r, 0, 29 * 24) * US_H },
		.state = VISIT_STATE_PLANNED,
		.mode = rng_chance(&m->r, 1, 25) ? (enum care_mode)rng_range(&m->r, 1, 3)
						 : CARE_MODE_PRESTATAIRE,
	};
	v.asked_start_at = v.start_at;
	v.end_at = ts_add_min(v.start_at, duration);
	if (op < m->z.operators) {
		v.accepted_operator_id = v.operator_id = made_id(1, op);
		v.carer_id =
			made_id(3, op * 1000 + rng_below(&m->r, 2 + (m->z.operators - op)));
		v.frozen_at =
			rng_chance(&m->r, 19, 20) ? ts_add_min(v.start_at, -2000) : TS_NONE;
		fate(m, &v);
	}
	struct measured measured;
	struct fact_aid aid = { rng_chance(&m->r, 1, 8) ? PAYER_PCH : PAYER_APA,
				{ 2450 },
				(int64_t)(person % 90) * 100 };
	if (measure_visit(&v, TS_NEVER, 1, &measured) != OK ||
	    facts_visit(m->f, &v, &measured, &aid) != OK)
		die("visit");
}

static void one_person(struct make *m, size_t person)
{
	static const int durations[] = { 30, 30, 60, 60, 60, 45, 90, 120, 37 };
	struct id id = made_id(2, person);
	size_t op = rng_chance(&m->r, 1, 12) ? m->z.operators : pick_operator(m);
	int duration = durations[rng_below(&m->r, 9)];
	for (size_t i = 0; i < m->z.visits_each; i++)
		one_visit(m, person, rng_chance(&m->r, 1, 15) ? pick_operator(m) : op,
			  duration);
	facts_granted(m->f, id, PAYER_APA, 1800, (money){ 2450 },
		      (int64_t)(person % 90) * 100);
	bool unserved = op == m->z.operators;
	facts_request(m->f, id, unserved);
	for (size_t asked = 0; asked < 1 + person % 3; asked++) {
		enum answer answer =
			unserved ? (asked % 2 ? ANSWER_SILENT : ANSWER_REFUSED)
				 : (enum answer)rng_range(&m->r, 0, ANSWER_COUNT - 1);
		bool said = answer != ANSWER_WAITING && answer != ANSWER_SILENT;
		if (facts_answered(
			    m->f, made_id(1, pick_operator(m)), id, answer,
			    (enum refusal_reason)rng_below(&m->r, REFUSAL_REASON_COUNT),
			    said ? rng_range(&m->r, 0, 5000) : -1, unserved) != OK)
			die("answer");
	}
}

struct facts_closed *world_close(struct arena *a, uint64_t seed, struct world_size z)
{
	struct make m = { .a = a, .r = rng_init(seed, 1), .z = z };
	m.f = facts_new(a, S("76"), S("Seine-Maritime, \"essai\""), S("2026-11"),
			z.persons * z.visits_each);
	facts_entitled(m.f, 19334, S("=essai, 2021"));
	for (size_t i = 0; i < z.operators; i++) {
		struct operator o = { .id = made_id(1, i),
				      .name = str_fmt(a, "Service d'essai %zu", i),
				      .finess = str_fmt(a, "00%07zu", i),
				      .is_natural_person = i % 17 == 5 };
		facts_operator(m.f, &o, i % 23 == 11);
	}
	for (size_t p = 0; p < z.persons; p++)
		one_person(&m, p);
	struct facts_closed *c = facts_close(m.f);
	c->bilan.state = c->own.state = BILAN_STATE_PROVISIONAL;
	c->bilan.edition = c->own.edition = 1;
	for (size_t i = 0; i < c->bilan.n; i++)
		if (c->bilan.lines[i].kind == LINE_OPERATOR && i % 2)
			c->bilan.lines[i].reply = S("-Nous avons \"recruté\",\nmerci.");
	return c;
}

static enum err put_sink(void *ctx, str bytes)
{
	buf_put(ctx, bytes);
	return OK;
}

static struct signing_key made_key(uint64_t seed)
{
	struct signing_key k;
	uint8_t bytes[32];
	struct rng r = rng_init(seed, 2);
	rng_bytes(&r, bytes, sizeof bytes);
	if (key_make(S("vigie.example/76"), KEY_LOG, bytes, &k) != OK)
		die("key");
	return k;
}

static str made_leaves(struct arena *a, uint64_t seed, size_t n)
{
	struct rng r = rng_init(seed, 3);
	char *p = arena_alloc(a, n * 32);
	rng_bytes(&r, p, n * 32);
	return (str){ p, n * 32 };
}

static void set_refs(struct arena *a, struct facts_closed *c, str leaves)
{
	for (size_t i = 0; i < c->n; i++) {
		struct arena_mark m = arena_mark(a);
		struct fact *x = &c->v[i];
		struct hash leaf;
		memcpy(leaf.b, leaves.p + i % (leaves.n / 32) * 32, 32);
		struct buf row = buf_init(a, EXPORT_ROW_MAX);
		export_fact_row(&row, x, c->bilan.lines[x->line].key);
		struct hash salt = export_salt(S("secret of a test"), c->bilan.month,
					       c->bilan.edition, x->visit);
		x->ref = export_ref(&salt, &leaf, buf_str(&row));
		arena_reset(a, m);
	}
}

void world_reseal(struct arena *a, uint64_t seed, struct export_files *f)
{
	struct signing_key k = made_key(seed);
	struct export_file *others = ARENA_ARRAY(a, struct export_file, f->n),
			   *manifest = NULL;
	size_t n = 0;
	for (size_t i = 0; i < f->n; i++)
		if (str_eq(f->v[i].name, S(EXPORT_MANIFEST)))
			manifest = &f->v[i];
		else
			others[n++] = f->v[i];
	str leaves = world_file(f, "leaves.bin")->bytes;
	struct manifest m = { .month = S("2026-11"),
			      .tree_size = leaves.n / 32,
			      .tree_root = leaves_root(leaves) };
	manifest->bytes = export_seal(a, &k, &m, others, n);
}

struct export_file *world_file(struct export_files *f, const char *name)
{
	for (size_t i = 0; i < f->n; i++)
		if (str_eq(f->v[i].name, str_of(name)))
			return &f->v[i];
	die("no file %s", name);
}

struct export_files world_files(struct arena *a, uint64_t seed, struct facts_closed *c)
{
	struct signing_key k = made_key(seed);
	str leaves = made_leaves(a, seed, 700 + seed % 50);
	struct hash root = leaves_root(leaves);
	struct buf b[6];
	for (size_t i = 0; i < 6; i++)
		b[i] = buf_init(a, 0);
	set_refs(a, c, leaves);
	export_answers(&b[0], c);
	bilan_csv(&b[1], &c->bilan, S(""));
	bilan_json(&b[2], &c->bilan, S(""));
	export_lines(&b[3], &c->bilan);
	export_totals(&b[4], &c->bilan);
	if (export_visits(a, c, (struct export_sink){ &b[5], put_sink }) != OK)
		die("visits");
	struct export_file *v = ARENA_ARRAY(a, struct export_file, 9);
	static const char *const names[] = { "76-answers.csv", "76-bilan.csv",
					     "76-bilan.json",  "76-lines.csv",
					     "76-totals.csv",  "76-visits.csv" };
	for (size_t i = 0; i < 6; i++)
		v[i] = (struct export_file){ str_of(names[i]), buf_str(&b[i]) };
	v[6] = (struct export_file){ S("head.txt"),
				     checkpoint_sign(a, &k, leaves.n / 32, &root) };
	v[7] = (struct export_file){ S("leaves.bin"), leaves };
	v[8] = (struct export_file){ S("manifest.txt"), S("") };
	struct export_files f = { v, 9 };
	world_reseal(a, seed, &f);
	return f;
}

struct export_files world_export(struct arena *a, uint64_t seed, struct world_size z)
{
	return world_files(a, seed, world_close(a, seed, z));
}
