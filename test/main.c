/* main.c - runs what TEST() registered, in order of registration; argv[1] filters by glob. */
#include "test.h"

#include <stdlib.h>

static struct CMUnitTest tests[4096];
static size_t count;

void test_register(const char *name, void (*fn)(void **))
{
	if (count == sizeof tests / sizeof *tests)
		abort();
	tests[count++] = (struct CMUnitTest){ name, fn, NULL, NULL, NULL };
}

void check_str_at(str got, str want, const char *file, int line)
{
	if (str_eq(got, want))
		return;
	print_error("%s:%d:\n got: \"%.*s\"\nwant: \"%.*s\"\n", file, line, STR(got),
		    STR(want));
	_fail(file, line);
}

int main(int argc, char **argv)
{
	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return _cmocka_run_group_tests("vigie", tests, count, NULL, NULL);
}
