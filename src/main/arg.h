/* arg.h - what several sub-commands need: options, the clock, words for an outcome. */
#ifndef MAIN_ARG_H
#define MAIN_ARG_H

#include "base/base.h"

struct arg_option {
	const char *name;   /* "--data" */
	const char **value; /* NULL for a flag */
	bool *flag;
};

/* Reads "--name VALUE" and flags.  False, with a line on stderr, for anything else, for a
 * value that is missing, and for an option given twice. */
bool arg_read(int argc, char **argv, const struct arg_option *options, size_t n);

ts arg_now(void);

/* One line on stderr, "vigie NAME: what it was about: outcome"; the exit status, 2. */
int arg_fail(const char *command, const char *what, enum err e);

/* Why an outcome happened, in words for whoever runs the command. */
const char *arg_why(enum err e);

#endif
