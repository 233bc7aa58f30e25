/* fuzz.h - one fuzz target: fuzz_one() takes any bytes and must return, with every law it
 * states (ASSERT) true.  The arena is fresh for each input.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include "base/base.h"

void fuzz_one(struct arena *a, str input);

#ifdef VIGIE_LIBFUZZER
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new(0);
	fuzz_one(a, (str){ (const char *)data, size });
	arena_free(a);
	return 0;
}
#endif

#endif
