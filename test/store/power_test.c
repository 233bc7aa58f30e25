/* Power cuts at a thousand moments of a writer's life, on a simulated disk. */
#include "sql_gen.h"
#include "store/ledger_bench.h"
#include "store/vfs_fault.h"
#include "test.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define COMMITS 60
#define CUTS    1000

/* A life of the writer: every commit records facts and, in the same transaction, how many
 * there are now; the disk remembers what was acknowledged. */
static void live(struct disk *d, bool normal_sync)
{
	TEST_ARENA(a);
	struct bench b;
	struct rng r = rng_init(11, 0);
	int64_t count = 0;
	bench_open_with(&b, "vigie.db", "keys.db",
			&(struct db_options){ .vfs = disk_vfs(d),
					      .planted_normal_sync = normal_sync });
	for (int i = 0; i < COMMITS; i++) {
		CHECK_OK(db_begin(b.db));
		for (uint64_t n = rng_below(&r, 4) + 1; n > 0; n--, count++)
			CHECK_OK(bench_append(&b, a, &r));
		CHECK_OK(meta_put(b.db, S("count"), str_fmt(a, "%d", (int)count)));
		CHECK_OK(db_commit(b.db));
		disk_mark(d, count);
		if (i % 17 == 16)
			CHECK_OK(db_checkpoint(b.db));
	}
	bench_close(&b);
}

struct outcome {
	int lost;   /* acknowledged facts are missing */
	int broken; /* half a transaction, or a ledger that does not verify */
	int cuts;
};

/* What the next start finds on a disk on which `acked` facts had been acknowledged. */
static void look(struct disk *d, int64_t acked, struct outcome *o)
{
	TEST_ARENA(a);
	struct bench b;
	struct meta_get_row row;
	struct verify_report rep;
	int64_t count = 0;
	bench_open(&b, "vigie.db", "keys.db", disk_vfs(d));
	if (meta_get(b.db, a, S("count"), &row) == OK)
		CHECK_OK(str_int(row.value, &count));
	rep = bench_verify(&b, a, S(""));
	o->cuts++;
	o->lost += (int64_t)rep.size < acked;
	o->broken += rep.problems > 0 || (int64_t)rep.size != count;
	bench_close(&b);
}

static struct outcome cut_often(const struct disk *d, int cuts, bool twice)
{
	struct rng r = rng_init(5, 5);
	struct outcome o = { 0 };
	for (int i = 0; i < cuts; i++) {
		size_t moment = rng_below(&r, disk_moment(d) + 1);
		int64_t acked = disk_marked(d, moment, 0);
		enum disk_cut how = (enum disk_cut)(i % CUT_COUNT);
		CLEANUP(disk_freep)
		struct disk *left = disk_cut(d, moment, how, rng_next(&r));
		if (!twice) {
			look(left, acked, &o);
			continue;
		}
		struct outcome first = {
			0
		}; /* it recovers; the power fails again meanwhile */
		size_t found = disk_moment(left);
		look(left, acked, &first);
		size_t second = found + rng_below(&r, disk_moment(left) - found + 1);
		CLEANUP(disk_freep)
		struct disk *again = disk_cut(left, second, how, rng_next(&r));
		look(again, acked, &o);
	}
	return o;
}

TEST(no_acknowledged_fact_is_lost_in_a_thousand_power_cuts)
{
	CLEANUP(disk_freep) struct disk *d = disk_new(1);
	live(d, false);
	struct outcome o = cut_often(d, CUTS, false);
	print_message(
		"%d power cuts: %d lose acknowledged facts, %d leave half of something\n",
		o.cuts, o.lost, o.broken);
	CHECK_INT(o.cuts, CUTS);
	CHECK_INT(o.lost, 0);
	CHECK_INT(o.broken, 0);
}

/* The planted fault: with synchronous=NORMAL the same test must fail. */
TEST(the_power_cut_test_finds_a_writer_that_does_not_flush_its_commits)
{
	CLEANUP(disk_freep) struct disk *d = disk_new(2);
	live(d, true);
	struct outcome o = cut_often(d, CUTS / 5, false);
	print_message("NORMAL, %d power cuts: %d lose acknowledged facts, %d broken\n",
		      o.cuts, o.lost, o.broken);
	CHECK(o.lost > CUTS / 20);
}

TEST(a_power_cut_during_recovery_loses_nothing)
{
	CLEANUP(disk_freep) struct disk *d = disk_new(3);
	live(d, false);
	struct outcome o = cut_often(d, 200, true);
	CHECK_INT(o.lost, 0);
	CHECK_INT(o.broken, 0);
}

TEST(a_disk_remembers_what_was_written_and_flushed)
{
	CLEANUP(disk_freep) struct disk *d = disk_new(4);
	live(d, false);
	struct disk_counts n = disk_counts(d);
	CHECK(n.writes > COMMITS && n.syncs >= COMMITS);
	CLEANUP(disk_freep) struct disk *all = disk_cut(d, disk_moment(d), CUT_KEEP, 1);
	CLEANUP(disk_freep) struct disk *none = disk_cut(d, 0, CUT_DROP, 1);
	struct outcome o = { 0 };
	look(all, disk_marked(d, disk_moment(d), 0), &o);
	look(none, 0, &o);
	CHECK_INT(o.lost + o.broken, 0);
}

/* ---- the disk full, at every single write of a commit */

TEST(a_full_disk_refuses_and_leaves_nothing_half_done)
{
	int refused = 0;
	for (uint64_t n = 1; n < 400; n++) {
		TEST_ARENA(a);
		CLEANUP(disk_freep) struct disk *d = disk_new(n);
		struct bench b;
		struct rng r = rng_init(n, 0);
		bench_open(&b, "vigie.db", "keys.db", disk_vfs(d));
		CHECK_OK(db_begin(b.db));
		for (int i = 0; i < 5; i++)
			CHECK_OK(bench_append(&b, a, &r));
		CHECK_OK(db_commit(b.db));
		disk_fail(d, DISK_WRITE, n, 0, true);
		enum err e = db_begin(b.db);
		for (int i = 0; e == OK && i < 40; i++)
			e = bench_append(&b, a, &r);
		if (e == OK)
			e = db_commit(b.db);
		else
			db_rollback(b.db);
		bool failed = disk_failed(d);
		refused += e != OK;
		CHECK(e == OK || e == ERR_DISK);
		CHECK(e == OK ? true : failed);
		disk_fail(d, 0, 0, 0, false); /* room again */
		struct verify_report rep = bench_verify(&b, a, S(""));
		CHECK_INT(rep.problems, 0);
		CHECK_INT(rep.size, e == OK ? 45 : 5);
		CHECK_OK(db_begin(b.db)); /* and it goes on without anybody's help */
		CHECK_OK(bench_append(&b, a, &r));
		CHECK_OK(db_commit(b.db));
		CHECK_INT(bench_verify(&b, a, S("")).problems, 0);
		bench_close(&b);
		if (!failed)
			break;
	}
	CHECK(refused > 0);
}

/* ---- a flush that fails: nobody knows what is on the disk, so the program stops */

TEST(a_failed_flush_stops_the_program_and_acknowledges_nothing)
{
	int status;
	pid_t child = fork();
	if (child == 0) {
		struct arena *a = arena_new(0);
		struct disk *d = disk_new(9);
		struct bench b;
		struct rng r = rng_init(9, 0);
		(void)!freopen("/dev/null", "w", stderr);
		signal(SIGABRT, SIG_DFL); /* the runner of tests catches it */
		bench_open(&b, "vigie.db", "keys.db", disk_vfs(d));
		if (db_begin(b.db) != OK || bench_append(&b, a, &r) != OK)
			_exit(1);
		disk_fail(d, DISK_SYNC, 1, 0, false);
		(void)!db_commit(b.db);
		_exit(2); /* it came back: an acknowledgement could follow */
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	CHECK(WIFSIGNALED(status));
	CHECK_INT(WTERMSIG(status), SIGABRT);
}
