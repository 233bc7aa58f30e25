#include "test.h"
#include "test_gen.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static struct id nth(uint64_t n)
{
	return (struct id){ 1, n };
}

static struct db *fresh(void)
{
	struct db *db;
	CHECK_OK(db_open(":memory:", &test_schema, NULL, &db));
	CHECK_OK(db_migrate(db));
	return db;
}

static struct home sample(uint64_t n, str name)
{
	struct home h = {
		.id = nth(n), .name = name, .kind = HOME_HOUSE, .since_on = DAY_NONE
	};
	return h;
}

/* A file of its own, removed with its companions. */
struct place {
	char path[64], wal[72], shm[72];
};

static struct place place(void)
{
	struct place p;
	snprintf(p.path, sizeof p.path, "/tmp/vigie-db-test-%d", (int)getpid());
	snprintf(p.wal, sizeof p.wal, "%s-wal", p.path);
	snprintf(p.shm, sizeof p.shm, "%s-shm", p.path);
	return p;
}

static void place_drop(struct place *p)
{
	unlink(p->path);
	unlink(p->wal);
	unlink(p->shm);
}

#define PLACE(p)                                                                           \
	struct place p CLEANUP(place_drop) = place();                                      \
	place_drop(&p)
#define OPEN(db) struct db *db CLEANUP(db_closep) = fresh()

TEST(every_type_of_column_comes_back_as_it_was_written)
{
	TEST_ARENA(a);
	OPEN(db);
	struct home h = {
		.id = nth(1),
		.name = S("Le Phare"),
		.note = S("\xc3\xa9t\xc3\xa9"),
		.photo = { "\0\1\2", 3 },
		.kind = HOME_BOAT,
		.small = 255,
		.hours = { { INT64_MAX } },
		.since_on = { -3 },
		.price_cents = { -1250 },
		.is_open = true,
		.seal_hash = sha256(S("x")),
	};
	CHECK_OK(home_insert(db, &h));
	struct home g;
	CHECK_OK(home_get(db, a, nth(1), &g));
	CHECK(id_eq(g.id, h.id) && !id_is(g.parent_id));
	CHECK_STRS(g.name, h.name);
	CHECK_STRS(g.note, h.note);
	CHECK_STRS(g.photo, h.photo);
	CHECK_INT(g.kind, HOME_BOAT);
	CHECK_INT(g.small, 255);
	CHECK(g.hours.opens.us == TS_NEVER.us && g.since_on.d == -3);
	CHECK(g.price_cents.cents == -1250 && g.is_open);
	CHECK(hash_eq(&g.seal_hash, &h.seal_hash));
}

TEST(what_means_none_is_written_as_null_and_read_back_as_none)
{
	TEST_ARENA(a);
	OPEN(db);
	struct home h = sample(1, S("x")), g;
	CHECK_OK(home_insert(db, &h));
	CHECK_OK(home_get(db, a, nth(1), &g));
	CHECK(!ts_is(g.hours.opens) && g.since_on.d == DAY_NONE.d && !id_is(g.parent_id));
	CHECK_INT(g.note.n, 0);
	struct hash zero = { { 0 } };
	CHECK(hash_eq(&g.seal_hash, &zero));
	int64_t n;
	CHECK_OK(home_without_note(db, &n));
	CHECK_INT(n, 1);
}

TEST(an_empty_text_stays_a_text_where_the_column_is_never_null)
{
	TEST_ARENA(a);
	OPEN(db);
	struct home h = sample(1, (str){ NULL, 0 }), g;
	CHECK_OK(home_insert(db, &h));
	CHECK_OK(home_by_name(db, a, (str){ NULL, 0 }, &g));
}

TEST(a_row_that_is_not_there_is_an_outcome_and_leaves_the_result_alone)
{
	TEST_ARENA(a);
	OPEN(db);
	struct home g = sample(7, S("kept"));
	CHECK_ERR(home_get(db, a, nth(1), &g), ERR_NOT_FOUND);
	CHECK_STR(g.name, "kept");
}

TEST(many_rows_come_in_order_with_their_texts)
{
	TEST_ARENA(a);
	OPEN(db);
	for (uint64_t i = 0; i < 100; i++) {
		struct home h = sample(i + 1, str_fmt(a, "home %02d", 99 - (int)i));
		h.is_open = i % 2;
		h.hours.opens = (ts){ (int64_t)i + 1 };
		CHECK_OK(home_insert(db, &h));
	}
	struct homes all;
	CHECK_OK(home_all(db, a, &all));
	CHECK_INT(all.n, 100);
	CHECK_STR(all.v[0].name, "home 00");
	struct home_open_rows open;
	CHECK_OK(home_open(db, a, (ts){ 50 }, 10, &open));
	CHECK_INT(open.n, 10);
	CHECK_STR(open.v[0].said, "it's -- open; yes");
	CHECK_INT(open.v[0].n, HOME_HOUSE + 1);
	int64_t closed;
	CHECK_OK(home_close(db, (ts){ 50 }, &closed));
	CHECK_INT(closed, 25);
}

struct seen {
	struct db *db;
	int n, stop;
};

static bool see(void *ctx, const struct home *h)
{
	struct seen *s = ctx;
	CHECK(h->name.n > 0);
	if (s->db)
		CHECK_OK(home_each(s->db, see, &(struct seen){ NULL, 0, 2 }));
	return ++s->n < s->stop;
}

static bool see_name(void *ctx, const struct home_names_row *r)
{
	CHECK_INT(r->name.n, (size_t)r->n);
	++*(int *)ctx;
	return true;
}

TEST(each_streams_rows_may_stop_early_and_may_run_inside_itself)
{
	OPEN(db);
	for (uint64_t i = 1; i <= 9; i++) {
		char name[2] = { (char)('a' + i), 0 };
		struct home h = sample(i, str_of(name));
		CHECK_OK(home_insert(db, &h));
	}
	struct seen s = { db, 0, 5 };
	CHECK_OK(home_each(db, see, &s));
	CHECK_INT(s.n, 5);
	int n = 0;
	CHECK_OK(home_names(db, see_name, &n));
	CHECK_INT(n, 9);
}

TEST(a_statement_may_write_and_return)
{
	TEST_ARENA(a);
	OPEN(db);
	struct home h = sample(1, S("x"));
	CHECK_OK(home_insert(db, &h));
	struct home_take_row r;
	CHECK_OK(home_take(db, a, 7, nth(1), &r));
	CHECK_INT(r.small, 7);
	CHECK_ERR(home_take(db, a, 7, nth(2), &r), ERR_NOT_FOUND);
}

TEST(a_key_taken_and_a_key_that_points_nowhere_are_told_apart)
{
	OPEN(db);
	struct home h = sample(1, S("x"));
	CHECK_OK(home_insert(db, &h));
	CHECK_ERR(home_insert(db, &h), ERR_DUPLICATE);
	h.id = nth(2);
	CHECK_ERR(home_insert(db, &h), ERR_DUPLICATE); /* the name */
	CHECK_ERR(tag_insert(db, nth(9), S("t")), ERR_CONFLICT);
	CHECK_OK(tag_insert(db, nth(1), S("t")));
	CHECK_ERR(home_drop(db, nth(1)), ERR_CONFLICT);
	CHECK_OK(home_drop(db, nth(5)));
}

TEST(undoing_one_command_keeps_the_others_of_its_group)
{
	TEST_ARENA(a);
	OPEN(db);
	struct home h = sample(1, S("a"));
	CHECK_OK(db_begin(db));
	for (uint64_t i = 1; i <= 3; i++) {
		h.id = nth(i);
		h.name = str_fmt(a, "%d", (int)i);
		CHECK_OK(db_savepoint(db));
		CHECK_OK(home_insert(db, &h));
		if (i == 2)
			db_undo(db);
		else
			CHECK_OK(db_keep(db));
	}
	CHECK_OK(db_commit(db));
	struct homes all;
	CHECK_OK(home_all(db, a, &all));
	CHECK_INT(all.n, 2);
	CHECK_OK(db_begin(db));
	CHECK_OK(home_drop(db, nth(1)));
	db_rollback(db);
	CHECK_OK(home_all(db, a, &all));
	CHECK_INT(all.n, 2);
}

TEST(a_file_keeps_its_version_and_a_newer_one_is_refused)
{
	TEST_ARENA(a);
	PLACE(p);
	struct db *db;
	struct db_schema old = test_schema;
	old.migration_count = 1;
	CHECK_OK(db_open(p.path, &old, NULL, &db));
	CHECK_OK(db_migrate(db));
	CHECK_INT(db_version(db), 1);
	db_close(db);

	struct db_options reader = { .read_only = true };
	CHECK_ERR(db_open(p.path, &test_schema, &reader, &db), ERR_VERSION);
	CHECK_OK(db_open(p.path, &test_schema, NULL, &db));
	CHECK_OK(db_migrate(db));
	CHECK_OK(db_migrate(db)); /* nothing left to do */
	CHECK_INT(db_version(db), 2);
	struct home h = sample(1, S("x")), g;
	CHECK_OK(home_insert(db, &h));
	CHECK_OK(db_checkpoint(db));
	CHECK_OK(db_check(db));
	db_close(db);

	CHECK_ERR(db_open(p.path, &old, NULL, &db), ERR_VERSION);
	CHECK_OK(db_open(p.path, &test_schema, &reader, &db));
	CHECK_OK(home_get(db, a, nth(1), &g));
	CHECK_ERR(home_drop(db, nth(1)), ERR_DISK);
	db_close(db);
}

TEST(a_migration_that_fails_leaves_the_file_as_it_was)
{
	PLACE(p);
	const struct db_migration bad[] = {
		test_schema.migrations[0],
		{ 2, "bad",
		  "CREATE TABLE t(x TEXT) STRICT; CREATE TABLE home(x TEXT) STRICT" },
	};
	struct db_schema s = test_schema;
	s.migrations = bad;
	struct db *db;
	pid_t pid = fork();
	if (pid == 0) {
		fclose(stderr);
		if (db_open(p.path, &s, NULL, &db) == OK)
			(void)!db_migrate(db); /* a bug of ours: aborts */
		_exit(0);
	}
	int status;
	waitpid(pid, &status, 0);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
	CHECK_OK(db_open(p.path, &test_schema, NULL, &db));
	CHECK_INT(db_version(db), 1);
	CHECK_OK(db_migrate(db));
	db_close(db);
}

TEST(a_second_writer_waits_and_is_then_told_that_the_file_is_busy)
{
	PLACE(p);
	struct db *one CLEANUP(db_closep) = NULL, *two CLEANUP(db_closep) = NULL;
	struct db_options o = { .busy_ms = 20 };
	CHECK_OK(db_open(p.path, &test_schema, &o, &one));
	CHECK_OK(db_migrate(one));
	CHECK_OK(db_open(p.path, &test_schema, &o, &two));
	CHECK_OK(db_begin(one));
	CHECK_ERR(db_begin(two), ERR_BUSY);
	CHECK(!db_in_transaction(two));
	CHECK_OK(db_commit(one));
	CHECK_OK(db_begin(two));
	db_rollback(two);
}

TEST(a_reader_sees_one_picture_while_the_writer_goes_on)
{
	TEST_ARENA(a);
	PLACE(p);
	struct db *w CLEANUP(db_closep) = NULL, *r CLEANUP(db_closep) = NULL;
	CHECK_OK(db_open(p.path, &test_schema, NULL, &w));
	CHECK_OK(db_migrate(w));
	CHECK_OK(db_open(p.path, &test_schema, &(struct db_options){ .read_only = true },
			 &r));
	struct home_count_row n;
	CHECK_OK(db_begin_read(r));
	CHECK_OK(home_count(r, a, &n));
	struct home h = sample(1, S("x"));
	CHECK_OK(home_insert(w, &h));
	CHECK_OK(home_count(r, a, &n));
	CHECK_INT(n.n, 0);
	CHECK_OK(db_commit(r));
	CHECK_OK(home_count(r, a, &n));
	CHECK_INT(n.n, 1);
}

TEST(a_file_that_is_not_ours_is_refused)
{
	PLACE(p);
	FILE *f = fopen(p.path, "w");
	for (int i = 0; i < 5000; i++)
		fputc('x', f);
	fclose(f);
	struct db *db;
	CHECK_ERR(db_open(p.path, &test_schema, NULL, &db), ERR_DAMAGED);
	place_drop(&p);
	sqlite3 *other;
	sqlite3_open(p.path, &other);
	sqlite3_exec(other, "CREATE TABLE t(x)", NULL, NULL, NULL);
	sqlite3_close(other);
	CHECK_ERR(db_open(p.path, &test_schema, NULL, &db), ERR_DAMAGED);
	CHECK_ERR(db_open("/nonexistent/x", &test_schema, NULL, &db), ERR_IO);
}

TEST(a_backup_is_the_same_database)
{
	TEST_ARENA(a);
	PLACE(p);
	OPEN(db);
	struct home h = sample(1, S("x")), g;
	CHECK_OK(home_insert(db, &h));
	CHECK_OK(db_backup(db, p.path, 1));
	CHECK_ERR(db_backup(db, p.path, 1), ERR_DUPLICATE);
	struct db *copy;
	CHECK_OK(db_open(p.path, &test_schema, NULL, &copy));
	CHECK_OK(home_get(copy, a, nth(1), &g));
	db_close(copy);
}

static void read_bad_kind(void)
{
	TEST_ARENA(a);
	struct db *db;
	struct home g;
	(void)!db_open(":memory:", &test_schema, NULL, &db);
	(void)!db_migrate(db);
	struct home h = sample(1, S("x"));
	(void)!home_insert(db, &h);
	(void)!home_set_kind(db, INT64_C(1) << 40, nth(1));
	(void)!home_get(db, a, nth(1), &g);
}

TEST(a_value_that_the_field_cannot_hold_stops_the_program)
{
	pid_t pid = fork();
	if (pid == 0) {
		fclose(stderr);
		read_bad_kind();
		_exit(0);
	}
	int status;
	waitpid(pid, &status, 0);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}
