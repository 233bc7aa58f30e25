/* vigie version - what this program is made of. */
#include "main/cmd.h"

#include "sql_gen.h"

#include <jansson.h>
#include <openssl/crypto.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>

int cmd_version(int argc, char **argv)
{
	(void)argv;
	if (argc != 1) {
		fprintf(stderr, "usage: vigie version\n");
		return 2;
	}
	int last = sql_schema.migrations[sql_schema.migration_count - 1].number;
	printf("vigie %s\n", VIGIE_VERSION);
	printf("schema %d\n", last);
	printf("ledger events v1, tree RFC 9162, heads C2SP tlog-checkpoint\n");
	printf("sqlite %s\n", sqlite3_libversion());
	printf("%s\n", OpenSSL_version(OPENSSL_VERSION));
	printf("libsodium %s\n", sodium_version_string());
	printf("jansson %s\n", jansson_version_str());
	return 0;
}
