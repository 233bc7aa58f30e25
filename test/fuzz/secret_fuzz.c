/* Tokens and card codes.  Laws: a token has one form; a code that is taken is written again in
 * its canonical form, which gives the same code. */
#include "fuzz.h"

#include "net/auth/secret.h"

void fuzz_one(struct arena *a, str input)
{
	uint8_t token[SECRET_TOKEN], code[SECRET_CODE], again[SECRET_CODE];
	for (int p = 0; p < SECRET_PURPOSES_; p++)
		if (secret_token_parse((enum secret_purpose)p, input, token) == OK)
			ASSERT(str_eq(secret_token_text(a, (enum secret_purpose)p, token),
				      input));
	if (secret_code_parse(input, code) == OK) {
		ASSERT(secret_code_parse(secret_code_text(a, code), again) == OK);
		ASSERT(memcmp(code, again, sizeof code) == 0);
	}
}
