/* utf8_fuzz.c - any bytes as UTF-8.  Laws: what is valid is the concatenation of what its code
 * points write; what was repaired is valid; a prefix of valid text is valid.
 */
#include "fuzz.h"
#include "base/utf8.h"

void fuzz_one(struct arena *a, str input)
{
	bool valid = utf8_valid(input);
	ASSERT(valid || !utf8_clean(input));
	struct buf b = buf_init(a, 0);
	size_t n = 0;
	for (str rest = input; rest.n; n++) {
		str s;
		utf8_put(a, utf8_next(&rest), &s);
		buf_put(&b, s);
	}
	ASSERT(n == utf8_count(input));
	ASSERT(str_eq(buf_str(&b), utf8_repair(a, input)));
	ASSERT(utf8_valid(buf_str(&b)));
	ASSERT(valid == str_eq(buf_str(&b), input));
	for (size_t k = 0; valid && k <= input.n && k < 16; k++)
		ASSERT(utf8_valid(utf8_prefix(input, k)));
}
