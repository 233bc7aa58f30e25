#include "main/arg.h"

#include <stdio.h>
#include <time.h>

static const struct arg_option *find(const char *name, const struct arg_option *options,
				     size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(name, options[i].name) == 0)
			return &options[i];
	return NULL;
}

bool arg_read(int argc, char **argv, const struct arg_option *options, size_t n)
{
	for (int i = 1; i < argc; i++) {
		const struct arg_option *o = find(argv[i], options, n);
		if (!o) {
			fprintf(stderr, "vigie %s: unknown argument %s\n", argv[0],
				argv[i]);
			return false;
		}
		if (o->value ? *o->value != NULL : *o->flag) {
			fprintf(stderr, "vigie %s: %s twice\n", argv[0], o->name);
			return false;
		}
		if (!o->value) {
			*o->flag = true;
		} else if (i + 1 < argc) {
			*o->value = argv[++i];
		} else {
			fprintf(stderr, "vigie %s: %s needs a value\n", argv[0], o->name);
			return false;
		}
	}
	return true;
}

ts arg_now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	return (ts){ (int64_t)t.tv_sec * US_S + t.tv_nsec / 1000 };
}

const char *arg_why(enum err e)
{
	static const struct {
		enum err e;
		const char *why;
	} words[] = {
		{ ERR_NOT_FOUND, "there is no such file, or one of the folder is missing" },
		{ ERR_DUPLICATE, "it exists already" },
		{ ERR_DISK, "the disk is full or read-only; nothing was written" },
		{ ERR_BUSY, "another program holds it; try again" },
		{ ERR_DAMAGED, "it is damaged or was changed" },
		{ ERR_VERSION, "it is of another version of Vigie" },
		{ ERR_IO, "it cannot be read or written" },
		{ ERR_SYNTAX, "it is not of the form expected" },
		{ ERR_LIMIT, "it is too large" },
	};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (words[i].e == e)
			return words[i].why;
	return err_name(e);
}

int arg_fail(const char *command, const char *what, enum err e)
{
	fprintf(stderr, "vigie %s: %s: %s\n", command, what, arg_why(e));
	return 2;
}
