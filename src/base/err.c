#include "base/err.h"

#include <stddef.h>

static const struct {
	const char *name;
	const char *key;
	int status;
	bool retry;
} table[ERR_COUNT_] = {
	[OK] = { "OK", "err.ok", 200, false },
#define E(n, s, k, r) [ERR_##n] = { #n, k, s, r },
#include "base/err.tbl"
#undef E
};

const char *err_name(enum err e)
{
	ASSERT(e < ERR_COUNT_);
	return table[e].name;
}

int err_status(enum err e)
{
	ASSERT(e < ERR_COUNT_);
	return table[e].status;
}

const char *err_key(enum err e)
{
	ASSERT(e < ERR_COUNT_);
	return table[e].key;
}

bool err_may_retry(enum err e)
{
	ASSERT(e < ERR_COUNT_);
	return table[e].retry;
}
