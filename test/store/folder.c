#include "store/folder.h"

#include "test.h"

#include <dirent.h>
#include <ftw.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

struct folder folder_new(void)
{
	struct folder f = { "/tmp/vigie_test_XXXXXX" };
	assert_non_null(mkdtemp(f.path));
	return f;
}

static int drop(const char *path, const struct stat *st, int type, struct FTW *w)
{
	(void)st, (void)type, (void)w;
	return remove(path);
}

void folder_remove(struct folder *f)
{
	nftw(f->path, drop, 8, FTW_DEPTH | FTW_PHYS);
}

const char *folder_file(const struct folder *f, const char *name)
{
	static char paths[8][512];
	static unsigned next;
	char *p = paths[next++ % 8];
	snprintf(p, sizeof paths[0], "%s/%s", f->path, name);
	return p;
}

static size_t count_in(const char *path, const void *what, size_t n)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		return 0;
	fseek(f, 0, SEEK_END);
	size_t size = (size_t)ftell(f), found = 0;
	rewind(f);
	char *all = malloc(size + 1);
	assert_int_equal(fread(all, 1, size, f), size);
	fclose(f);
	for (size_t i = 0; i + n <= size; i++)
		found += memcmp(all + i, what, n) == 0;
	free(all);
	return found;
}

size_t folder_count_bytes(const struct folder *f, const void *what, size_t n)
{
	size_t found = 0;
	DIR *d = opendir(f->path);
	assert_non_null(d);
	for (struct dirent *e; (e = readdir(d));)
		if (e->d_type == DT_REG)
			found += count_in(folder_file(f, e->d_name), what, n);
	closedir(d);
	return found;
}

size_t folder_count(const struct folder *f, const char *text)
{
	return folder_count_bytes(f, text, strlen(text));
}

void folder_sql(const struct folder *f, const char *db, const char *sql, struct id person)
{
	sqlite3 *lite;
	uint8_t bytes[16];
	id_bytes(person, bytes);
	assert_int_equal(sqlite3_open(folder_file(f, db), &lite), SQLITE_OK);
	while (*sql) {
		sqlite3_stmt *st = NULL;
		if (sqlite3_prepare_v2(lite, sql, -1, &st, &sql) != SQLITE_OK)
			fail_msg("%s", sqlite3_errmsg(lite));
		if (!st)
			break;
		int p = sqlite3_bind_parameter_index(st, ":p");
		if (p)
			sqlite3_bind_blob(st, p, bytes, 16, SQLITE_TRANSIENT);
		if (sqlite3_step(st) != SQLITE_DONE)
			fail_msg("%s", sqlite3_errmsg(lite));
		sqlite3_finalize(st);
	}
	sqlite3_close(lite);
}

void folder_key(const struct folder *f, struct id person, char ret[32])
{
	sqlite3 *lite;
	sqlite3_stmt *st;
	uint8_t bytes[16];
	id_bytes(person, bytes);
	assert_int_equal(sqlite3_open(folder_file(f, "keys.db"), &lite), SQLITE_OK);
	sqlite3_prepare_v2(lite, "SELECT key FROM person_key WHERE person_id = ?", -1, &st,
			   NULL);
	sqlite3_bind_blob(st, 1, bytes, 16, SQLITE_TRANSIENT);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	memcpy(ret, sqlite3_column_blob(st, 0), 32);
	sqlite3_finalize(st);
	sqlite3_close(lite);
}
