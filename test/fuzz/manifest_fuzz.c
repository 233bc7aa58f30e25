/* manifest_fuzz.c - the manifest of an export, which says what its files must be.
 * Law: what is read is written again as the bytes that the signature covers.
 */
#include "domain/account/export.h"
#include "fuzz.h"

void fuzz_one(struct arena *a, str input)
{
	struct manifest m;
	if (manifest_parse(a, input, &m) != OK)
		return;
	struct buf b = buf_init(a, 0);
	manifest_put(&b, &m);
	ASSERT(str_eq(buf_str(&b), m.signed_part));
}
