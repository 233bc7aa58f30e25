/* list.h - slices of plain values that several layers pass around; see ARENA_PUSH(). */
#ifndef BASE_LIST_H
#define BASE_LIST_H

#include "base/id.h"

struct ids {
	struct id *v;
	size_t n, cap;
};

struct ints {
	int64_t *v;
	size_t n, cap;
};

#endif
