/* The configuration file: any bytes are read or refused with a line of the text. */
#include "fuzz.h"

#include "main/config.h"

void fuzz_one(struct arena *a, str input)
{
	struct config c = config_default();
	int line = -1;
	(void)a;
	enum err e = config_parse(input, &c, &line);
	ASSERT(line >= 0 && (size_t)line <= input.n + 1);
	ASSERT(e || (c.threads >= 1 && c.connections >= 10 && c.speed >= 0));
}
