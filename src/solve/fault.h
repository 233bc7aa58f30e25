/* fault.h - where and why an input file cannot be read.
 *
 * Every reader of solve/ fills one of these when it returns an error, so that the command
 * can say the line and the reason.
 */
#ifndef SOLVE_FAULT_H
#define SOLVE_FAULT_H

#include "base/base.h"

struct plan_fault {
	int line;   /* first line is 1; 0 when the whole file is meant */
	str reason; /* English, without personal data; in the reader's arena */
};

/* Fills `f` (which may be NULL) and returns `e`, so that readers can end in one line. */
enum err plan_fault_put(struct plan_fault *f, enum err e, int line, str reason);

#define plan_fault_set(arena, f, e, line, ...)                                             \
	plan_fault_put((f), (e), (line), str_fmt((arena), __VA_ARGS__))

#endif
