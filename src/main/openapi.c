/* vigie openapi - the OpenAPI 3.1 document of the JSON interface, on standard output. */
#include "main/cmd.h"

#include "main/arg.h"
#include "net/route.h"

#include <stdio.h>

int cmd_openapi(int argc, char **argv)
{
	CLEAN_ARENA struct arena *a = arena_new(0);
	if (!arg_read(argc, argv, NULL, 0)) {
		fprintf(stderr, "usage: vigie openapi\n");
		return 2;
	}
	printf("%" PRIstr "\n", STR(route_openapi(a, S(VIGIE_VERSION))));
	return 0;
}
