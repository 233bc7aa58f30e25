#include "sql_gen.h"
#include "store/data.h"
#include "store/erase.h"
#include "store/folder.h"
#include "domain/event_random.h"
#include "test.h"

#include <sys/stat.h>

#define CANARY "Canari-Zinzolin"
#define PERSON ((struct id){ 7, 3 })

static struct data *open_data(const char *dir)
{
	struct data *d = NULL;
	CHECK_OK(data_open(dir, NULL, (ts){ 1 }, &d));
	return d;
}

static void add_facts(struct data *d, int n, uint64_t seed)
{
	TEST_ARENA(a);
	struct rng r = rng_init(seed, 0);
	CHECK_OK(db_begin(d->db));
	for (int i = 0; i < n; i++) {
		struct event e = random_event(a, &r);
		e.version = (int64_t)(rng_next(&r) >> 1);
		e.at = (ts){ rng_range(&r, 1, 4000000000) * US_S };
		e.subject = (struct id){ 1, rng_next(&r) | 1 };
		CHECK_OK(ledger_append(d->ledger, a, &e));
	}
	CHECK_OK(db_commit(d->db));
}

static uint64_t problems(struct data *d, struct arena *a, str since)
{
	struct verify_report rep;
	CHECK_OK(data_verify(d, a, since, &rep));
	for (size_t i = 0; i < rep.shown.n; i++)
		print_message("%" PRIstr "\n", STR(rep.shown.v[i]));
	return rep.problems;
}

TEST(a_folder_is_made_once_and_opened_again)
{
	TEST_ARENA(a);
	struct folder f = folder_new();
	struct data *d = open_data(f.path);
	struct public_key pub = d->pub;
	uint8_t secret[32];
	memcpy(secret, d->id_secret, 32);
	str origin = str_dup(a, d->pub.name);
	add_facts(d, 300, 1);
	data_close(d);
	d = open_data(f.path);
	CHECK(memcmp(pub.key, d->pub.key, 32) == 0 &&
	      memcmp(secret, d->id_secret, 32) == 0);
	CHECK_STRS(d->pub.name, origin);
	CHECK(str_starts(origin, S("vigie/")));
	CHECK_INT(problems(d, a, S("")), 0);
	struct stat st;
	CHECK_INT(stat(folder_file(&f, "log.key"), &st), 0);
	CHECK_INT(st.st_mode & 0777, 0600);
	CHECK_INT(stat(folder_file(&f, "keys.db"), &st), 0);
	CHECK_INT(st.st_mode & 0777, 0600);
	CHECK_INT(stat(folder_file(&f, "vigie.db-wal"), &st), 0);
	CHECK_INT(st.st_mode & 0777, 0600);
	data_close(d);
	folder_remove(&f);
}

TEST(a_folder_without_its_keys_is_refused)
{
	struct folder f = folder_new();
	data_close(open_data(f.path));
	struct data *d = NULL;
	CHECK_INT(remove(folder_file(&f, "keys.db")), 0);
	CHECK_ERR(data_open(f.path, NULL, (ts){ 1 }, &d), ERR_NOT_FOUND);
	struct data_options reader = { .read_only = true };
	CHECK_ERR(data_open(folder_file(&f, "nowhere"), &reader, (ts){ 1 }, &d),
		  ERR_NOT_FOUND);
	folder_remove(&f);
}

TEST(a_reader_verifies_while_the_writer_has_the_folder_open)
{
	TEST_ARENA(a);
	struct folder f = folder_new();
	struct data *w = open_data(f.path), *r = NULL;
	add_facts(w, 100, 1);
	struct data_options reader = { .read_only = true };
	CHECK_OK(data_open(f.path, &reader, (ts){ 1 }, &r));
	CHECK_OK(db_begin(w->db));
	CHECK_INT(problems(r, a, S("")), 0);
	db_rollback(w->db);
	data_close(r);
	data_close(w);
	folder_remove(&f);
}

/* Rows with a canary in every column marked P, and facts with it in every private field. */
static void add_person(struct data *d, struct arena *a)
{
	struct rng r = rng_init(5, 0);
	CHECK_OK(db_begin(d->db));
	for (int i = 0, made = 0; made < 60 && i < 100000; i++) {
		struct event e = random_event(a, &r);
		const struct event_schema *s = &event_schemas[e.kind];
		if (!event_has_private(e.kind))
			continue;
		e.person = PERSON;
		e.subject = (struct id){ 8, 8 };
		e.version = i;
		for (size_t k = 0; k < s->field_count; k++)
			if (s->fields[k].is_private && s->fields[k].kind == FIELD_STR)
				*(str *)(void *)((char *)&e.u + s->fields[k].offset) =
					S(CANARY);
		CHECK_OK(ledger_append(d->ledger, a, &e));
		made++;
	}
	CHECK_OK(db_commit(d->db));
}

static const char person_rows[] =
	"PRAGMA foreign_keys = 0; BEGIN;"
	"INSERT INTO person (id, territory, insee, state, external_ref, first_name, "
	"last_name,"
	" phone, mail, address, access_note, channel, reminder, registered_at, birth_year) "
	"VALUES"
	" (:p, '76', '76540', 0, 'R" CANARY "', 'F" CANARY "', 'L" CANARY "', 'T" CANARY
	"',"
	" 'M" CANARY "', 'A" CANARY "', 'N" CANARY "', 1, 1, 1, 1931);"
	"INSERT INTO contact (id, territory, person_id, kind, name, phone, mail, channel, "
	"scopes,"
	" judgment) VALUES (randomblob(16), '76', :p, 1, 'C" CANARY "', 'C" CANARY "',"
	" 'C" CANARY "', 1, 1, 'J" CANARY "');"
	"INSERT INTO request (id, territory, person_id, mode, payer, criticality, "
	"own_words,"
	" read_back, tasks, rrule, starts_on, start_minute, duration_min, tolerance_min,"
	" preferences, state, asked_at, look_at) VALUES "
	"(x'00112233445566778899aabbccddeeff',"
	" '76', :p, 0, 0, 0, 'O" CANARY "', 'B" CANARY "', 1, '', 1, 1, 1, 1, 'P" CANARY
	"',"
	" 0, 1, 1);"
	"INSERT INTO request_answer (request_id, round, operator_id, territory, "
	"transmitted_at,"
	" answer, note) VALUES (x'00112233445566778899aabbccddeeff', 1, randomblob(16), "
	"'76', 1,"
	" 1, 'Q" CANARY "');"
	"INSERT INTO notice (id, territory, person_id, recipient_role, recipient_id, "
	"channel, key,"
	" args, state, made_at, look_at, harm) VALUES (randomblob(16), '76', :p, 1, :p, 1, "
	"'k',"
	" 'G" CANARY "', 0, 1, 1, 1);"
	"INSERT INTO signalement (id, territory, person_id, state, facts, visits, first_on,"
	" last_on, note, annex, proposed_at, look_at) VALUES (randomblob(16), '76', :p, 5, "
	"1, 1, 1,"
	" 1, 'S" CANARY "', CAST('X" CANARY "' AS BLOB), 1, 1);"
	"INSERT INTO decision (id, territory, kind, about_id, person_id, human_id, reason, "
	"taken_at,"
	" effective_on, appeal_until_on) VALUES (randomblob(16), '76', 0, :p, :p, "
	"randomblob(16),"
	" 'D" CANARY "', 1, 1, 1);"
	"INSERT INTO cahier (id, territory, person_id, author_role, author_id, body, "
	"written_at)"
	" VALUES (randomblob(16), '76', :p, 1, randomblob(16), 'H" CANARY "', 1);"
	"INSERT INTO account (id, territory, role, subject_id, login, name, password, "
	"made_at)"
	" VALUES (:p, '76', 1, :p, 'I" CANARY "', 'K" CANARY "', 'W" CANARY "', 1);"
	"INSERT INTO session (id, territory, account_id, token_hash, kind, label, "
	"opened_at,"
	" used_at, expires_at) VALUES (randomblob(16), '76', :p, randomblob(32), 0,"
	" 'E" CANARY "', 1, 1, 1);"
	"INSERT INTO idempotency (account_id, key, territory, request_hash, status, body, "
	"made_at)"
	" VALUES (:p, 'k', '76', randomblob(32), 200, 'Z" CANARY "', 1);"
	"INSERT INTO idempotency (account_id, key, territory, request_hash, status, body, "
	"made_at)"
	" VALUES (randomblob(16), 'k', '76', randomblob(32), 200,"
	" '0000000000003G000000000003 U" CANARY "', 1); COMMIT";

TEST(an_erased_person_leaves_no_byte_in_any_file_and_a_valid_tree)
{
	TEST_ARENA(a);
	struct folder f = folder_new();
	struct data *d = open_data(f.path);
	struct verify_report rep;
	str kept;
	add_facts(d, 400, 1);
	add_person(d, a);
	folder_sql(&f, "vigie.db", person_rows, PERSON);
	CHECK_OK(db_begin(d->db));
	CHECK_OK(ledger_sign(d->ledger, a, &d->key, (ts){ 1 }, &kept));
	CHECK_OK(db_commit(d->db));
	CHECK(folder_count(&f, CANARY) >
	      60); /* they are there, and the search finds them */

	CHECK_OK(db_begin(d->db));
	CHECK_OK(erase_subject(d->db, d->ledger, a, PERSON, (struct id){ 1, 1 }, ROLE_ADMIN,
			       (ts){ 2 }));
	CHECK_OK(db_commit(d->db));
	CHECK_OK(erase_flush(d->db, d->keys));
	CHECK_INT(folder_count(&f, CANARY), 0);
	CHECK_OK(data_verify(d, a, kept, &rep));
	CHECK_INT(rep.problems, 0);
	CHECK(rep.private_erased >= 60);

	struct event note = { .kind = EV_VISIT_CONTESTED,
			      .version = 1,
			      .subject = { 9, 9 },
			      .person = PERSON };
	CHECK_OK(db_begin(d->db));
	CHECK_ERR(
		erase_subject(d->db, d->ledger, a, PERSON, ID_NONE, ROLE_ADMIN, (ts){ 3 }),
		ERR_DUPLICATE);
	CHECK_ERR(ledger_append(d->ledger, a, &note), ERR_ERASED);
	db_rollback(d->db);
	data_close(d);
	CHECK_INT(folder_count(&f, CANARY), 0);
	folder_remove(&f);
}

TEST(the_key_of_an_erased_person_is_not_in_the_bytes)
{
	TEST_ARENA(a);
	struct folder f = folder_new();
	struct data *d = open_data(f.path);
	add_person(d, a);
	char key[33] = { 0 };
	folder_key(&f, PERSON, key);
	CHECK_OK(erase_flush(d->db, d->keys));
	CHECK(folder_count_bytes(&f, key, 32) > 0);
	CHECK_OK(db_begin(d->db));
	CHECK_OK(
		erase_subject(d->db, d->ledger, a, PERSON, ID_NONE, ROLE_ADMIN, (ts){ 2 }));
	CHECK_OK(db_commit(d->db));
	CHECK_OK(erase_flush(d->db, d->keys));
	CHECK_INT(folder_count_bytes(&f, key, 32), 0);
	data_close(d);
	folder_remove(&f);
}

TEST(an_erasure_that_was_undone_destroys_nothing)
{
	TEST_ARENA(a);
	struct folder f = folder_new();
	struct data *d = open_data(f.path);
	struct verify_report rep;
	add_person(d, a);
	CHECK_OK(db_begin(d->db));
	CHECK_OK(db_savepoint(d->db));
	CHECK_OK(
		erase_subject(d->db, d->ledger, a, PERSON, ID_NONE, ROLE_ADMIN, (ts){ 2 }));
	db_undo(d->db);
	CHECK_OK(db_commit(d->db)); /* nothing more happened */
	CHECK_OK(db_begin(d->db));
	CHECK_OK(
		erase_subject(d->db, d->ledger, a, PERSON, ID_NONE, ROLE_ADMIN, (ts){ 2 }));
	db_rollback(d->db);
	add_facts(d, 3, 9); /* other facts take the number of the one undone */
	CHECK_OK(data_verify(d, a, S(""), &rep));
	CHECK_INT(rep.problems, 0);
	CHECK_INT(rep.private_erased, 0);
	CHECK(rep.private_checked >= 60);
	data_close(d);
	folder_remove(&f);
}

TEST(an_open_report_or_contest_makes_erasure_wait)
{
	TEST_ARENA(a);
	struct folder f = folder_new();
	struct data *d = open_data(f.path);
	struct erase_waits w;
	CHECK_OK(erase_may(d->db, a, PERSON, &w));
	CHECK(!w.reports && !w.contests);
	folder_sql(&f, "vigie.db",
		   "INSERT INTO signalement (id, territory, person_id, state, facts, "
		   "visits, first_on,"
		   " last_on, proposed_at, look_at) VALUES (randomblob(16), '76', :p, 1, "
		   "1, 1, 1, 1, 1, 1)",
		   PERSON);
	CHECK_OK(erase_may(d->db, a, PERSON, &w));
	CHECK(w.reports && !w.contests);
	data_close(d);
	folder_remove(&f);
}

TEST(a_backup_is_restored_with_its_head)
{
	TEST_ARENA(a);
	struct folder f = folder_new();
	const char *copy = folder_file(&f, "copy"), *back = folder_file(&f, "back");
	struct data *d = open_data(f.path);
	struct verify_report rep;
	str head;
	int erased;
	add_facts(d, 700, 1);
	CHECK_OK(data_backup(d, a, copy, NULL, &head));
	CHECK_ERR(data_backup(d, a, copy, NULL, &head), ERR_DUPLICATE);
	add_facts(d, 100, 2);
	CHECK_INT(problems(d, a, head), 0); /* the ledger only added to it since */
	data_close(d);
	CHECK_OK(data_restore(copy, NULL, back, a, (ts){ 5 }, &rep, &erased));
	CHECK_INT(rep.size, 700);
	CHECK_INT(erased, 0);
	CHECK_ERR(data_restore(copy, NULL, back, a, (ts){ 5 }, &rep, &erased),
		  ERR_DUPLICATE);
	d = open_data(back);
	add_facts(d, 50, 3);
	CHECK_INT(problems(d, a, head), 0);
	data_close(d);
	folder_remove(&f);
}

TEST(a_changed_backup_is_not_restored)
{
	TEST_ARENA(a);
	struct folder f = folder_new();
	const char *copy = folder_file(&f, "copy"), *back = folder_file(&f, "back");
	struct data *d = open_data(f.path);
	struct verify_report rep;
	str head;
	int erased;
	add_facts(d, 300, 1);
	CHECK_OK(data_backup(d, a, copy, NULL, &head));
	data_close(d);
	folder_sql(&f, "copy/vigie.db",
		   "UPDATE event SET public = replace(public, 'carer', 'admin')", PERSON);
	CHECK_ERR(data_restore(copy, NULL, back, a, (ts){ 5 }, &rep, &erased), ERR_DAMAGED);
	struct stat st;
	CHECK(stat(folder_file(&f, "back/vigie.db"), &st) != 0);
	CHECK(stat(folder_file(&f, "back/vigie.db.new"), &st) != 0);
	folder_remove(&f);
}

TEST(who_was_erased_after_the_backup_is_erased_again_by_the_restore)
{
	TEST_ARENA(a);
	struct folder f = folder_new();
	const char *copy = folder_file(&f, "copy"), *later = folder_file(&f, "later"),
		   *back = folder_file(&f, "back");
	struct data *d = open_data(f.path);
	struct verify_report rep;
	str head;
	int erased;
	add_facts(d, 300, 1);
	add_person(d, a);
	folder_sql(&f, "vigie.db", person_rows, PERSON);
	CHECK_OK(data_backup(d, a, copy, NULL, &head));
	CHECK_OK(db_begin(d->db));
	CHECK_OK(
		erase_subject(d->db, d->ledger, a, PERSON, ID_NONE, ROLE_ADMIN, (ts){ 2 }));
	CHECK_OK(db_commit(d->db));
	CHECK_OK(
		data_backup(d, a, later, NULL, &head)); /* whose keys know of the erasure */
	data_close(d);
	CHECK_OK(data_restore(copy, folder_file(&f, "later/keys"), back, a, (ts){ 5 }, &rep,
			      &erased));
	CHECK_INT(erased, 1);
	struct folder restored = { { 0 } };
	snprintf(restored.path, sizeof restored.path, "%s", back);
	CHECK_INT(folder_count(&restored, CANARY), 0);
	d = open_data(back);
	CHECK_INT(problems(d, a, S("")), 0);
	data_close(d);
	folder_remove(&f);
}
