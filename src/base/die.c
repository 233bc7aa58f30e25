/* die.c - one of the two files of base/ that may end the process (the other: arena.c). */
#include "base/die.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void die_at(const char *file, int line, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	fprintf(stderr, "level=fatal at=%s:%d ", file, line);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	abort();
}
