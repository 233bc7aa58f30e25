/* tr_table.h - the shape of the generated tables of messages; tr.c and tr_gen.c only. */
#ifndef VIEW_TR_TABLE_H
#define VIEW_TR_TABLE_H

#include "view/tr.h"

struct tr_entry {
	str key;
	str text[LANG_COUNT_][2]; /* one thing, several things */
};

extern const struct tr_entry tr_table[T_COUNT_]; /* sorted by key */

/* S() is a compound literal, which a constant table may not hold. */
#define S_(lit)                                                                            \
	{                                                                                  \
		lit, sizeof(lit) - 1                                                       \
	}

#endif
