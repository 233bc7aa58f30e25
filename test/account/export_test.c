#include "world.h"

#include "ledger/export_seal.h"
#include "test.h"

static const struct world_size small = { .operators = 8, .persons = 160, .visits_each = 4 };

static enum err verify(struct export_files f, str *ret_why)
{
	struct arena *a = arena_new((size_t)256 << 20);
	struct manifest m;
	enum err e = export_verify(a, f.v, f.n, S(""), &m, ret_why);
	*ret_why = S("");
	arena_free(a);
	return e;
}

TEST(an_honest_export_is_accepted)
{
	for (uint64_t seed = 1; seed <= 20; seed++) {
		TEST_ARENA(a);
		str why;
		struct export_files f = world_export(a, seed, small);
		struct manifest m;
		enum err e = export_verify(a, f.v, f.n, S(""), &m, &why);
		if (e)
			print_error("seed %d: %s %.*s\n", (int)seed, err_name(e), STR(why));
		CHECK_OK(e);
	}
}

TEST(the_same_seed_gives_the_same_export)
{
	TEST_ARENA(a);
	struct export_files f = world_export(a, 5, small), g = world_export(a, 5, small);
	for (size_t i = 0; i < f.n; i++)
		CHECK_STRS(f.v[i].bytes, g.v[i].bytes);
}

TEST(another_key_than_the_one_known_is_refused)
{
	TEST_ARENA(a);
	struct export_files f = world_export(a, 1, small);
	struct manifest m;
	str why;
	CHECK_OK(export_verify(a, f.v, f.n, S(""), &m, &why));
	str key = m.key;
	CHECK_OK(export_verify(a, f.v, f.n, key, &m, &why));
	world_reseal(a, 2, &f);
	CHECK_ERR(export_verify(a, f.v, f.n, key, &m, &why), ERR_CRYPTO);
}

/* Random changes of bytes, files and their list. */
static struct export_files tamper(struct arena *a, struct export_files f, struct rng *r)
{
	struct export_files g = { ARENA_ARRAY(a, struct export_file, f.n + 1), f.n };
	memcpy(g.v, f.v, f.n * sizeof *f.v);
	struct export_file *x = &g.v[rng_below(r, g.n)];
	char *p = arena_copy(a, x->bytes.p, x->bytes.n + 0);
	size_t n = x->bytes.n, at = rng_below(r, n), len = 1 + rng_below(r, n - at);
	switch (rng_below(r, 8)) {
	case 0:
	case 1: p[at] ^= (char)(1 << rng_below(r, 8)); break;
	case 2: n = at; break;
	case 3:
		memmove(p + at, p + at + len, n - at - len);
		n -= len;
		break;
	case 4: {
		char *q = arena_alloc(a, n + 1);
		memcpy(q, p, n);
		q[n++] = (char)rng_below(r, 256);
		p = q;
		break;
	}
	case 5:
		*x = g.v[--g.n];
		for (size_t i = 1; i < g.n; i++)
			for (size_t j = i; j && str_cmp(g.v[j - 1].name, g.v[j].name) > 0;
			     j--) {
				struct export_file t = g.v[j];
				g.v[j] = g.v[j - 1];
				g.v[j - 1] = t;
			}
		return g;
	case 6: {
		struct export_file *y = &g.v[rng_below(r, g.n)];
		if (str_eq(x->bytes, y->bytes))
			y = x == g.v ? g.v + 1 : g.v;
		str t = x->bytes;
		x->bytes = y->bytes;
		y->bytes = t;
		return g;
	}
	default:
		g.v[g.n] = (struct export_file){ S("zz.txt"), S("") };
		g.n++;
		return g;
	}
	x->bytes = (str){ p, n };
	return g;
}

TEST(no_random_change_to_an_export_is_accepted)
{
	TEST_ARENA(a);
	struct export_files f = world_export(a, 3, small);
	struct rng r = rng_init(2026, 0);
	for (int i = 0; i < 1000; i++) {
		struct arena_mark m = arena_mark(a);
		str why;
		struct export_files g = tamper(a, f, &r);
		if (verify(g, &why) == OK)
			fail_msg("change %d accepted", i);
		arena_reset(a, m);
	}
}

/* Who holds the key can sign anything: a bilan must still be what its facts give. */
TEST(a_key_holder_cannot_sign_a_bilan_that_its_facts_do_not_give)
{
	TEST_ARENA(a);
	struct export_files f = world_export(a, 3, small);
	struct rng r = rng_init(7, 0);
	static const char *const names[] = { "76-bilan.csv", "76-bilan.json",
					     "76-lines.csv", "76-totals.csv" };
	for (int i = 0; i < 200; i++) {
		struct arena_mark mark = arena_mark(a);
		struct export_files g = { arena_copy(a, f.v, f.n * sizeof *f.v), f.n };
		struct export_file *x = world_file(&g, names[(size_t)i % 4]);
		char *p = arena_copy(a, x->bytes.p, x->bytes.n);
		size_t at = rng_below(&r, x->bytes.n);
		while (p[at] < '0' || p[at] > '9')
			at = (at + 1) % x->bytes.n;
		p[at] = (char)('0' + (p[at] - '0' + 1 + (int)rng_below(&r, 9)) % 10);
		x->bytes.p = p;
		world_reseal(a, 3, &g);
		str why;
		if (verify(g, &why) == OK)
			fail_msg("change %d of %s at %zu accepted", i, names[(size_t)i % 4],
				 at);
		arena_reset(a, mark);
	}
}

/* A fact left out, or told otherwise, no longer gives the bilan. */
TEST(a_key_holder_cannot_leave_out_a_fact)
{
	TEST_ARENA(a);
	struct export_files f = world_export(a, 3, small);
	struct export_file *x = world_file(&f, "76-visits.csv");
	size_t head = str_find_byte(x->bytes, '\n') + 1;
	str rest = str_from(x->bytes, head);
	size_t row = str_find_byte(rest, '\n') + 1;
	x->bytes = str_cat(a, str_sub(x->bytes, 0, head), str_from(rest, row));
	world_reseal(a, 3, &f);
	str why;
	CHECK_ERR(verify(f, &why), ERR_DAMAGED);
}
