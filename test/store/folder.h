/* folder.h - a folder for one test: made, looked into byte by byte, removed. */
#ifndef TEST_STORE_FOLDER_H
#define TEST_STORE_FOLDER_H

#include "base/base.h"

struct folder {
	char path[256];
};

struct folder folder_new(void);
void folder_remove(struct folder *f); /* with all that is in it */
/* The path of a file in it; valid until eight more were asked for. */
const char *folder_file(const struct folder *f, const char *name);

/* How often the bytes occur in the files directly in the folder. */
size_t folder_count(const struct folder *f, const char *text);
size_t folder_count_bytes(const struct folder *f, const void *p, size_t n);

/* Runs SQL on a database of the folder through a connection of its own; :p is `person`. */
void folder_sql(const struct folder *f, const char *db, const char *sql, struct id person);
void folder_key(const struct folder *f, struct id person, char ret[32]);

#endif
