#include "net/auth/secret.h"

static const char *const purposes[] = { "session", "enrolment", "card", "api", "csrf" };
_Static_assert(sizeof purposes / sizeof *purposes == SECRET_PURPOSES_, "a word for each");

struct hash secret_hash(const struct secret_key *k, enum secret_purpose p, str secret)
{
	char text[256];
	size_t word = strlen(purposes[p]);
	ASSERT(secret.n + word + 1 <= sizeof text);
	memcpy(text, purposes[p], word);
	text[word] = 0;
	if (secret.n)
		memcpy(text + word + 1, secret.p, secret.n);
	return hmac_sha256((str){ (const char *)k->b, sizeof k->b },
			   (str){ text, word + 1 + secret.n });
}

static str prefix(enum secret_purpose p)
{
	return p == SECRET_API ? S("vigie_") : (str){ 0 };
}

str secret_token_text(struct arena *a, enum secret_purpose p,
		      const uint8_t token[SECRET_TOKEN])
{
	return str_cat(a, prefix(p), str_hex(a, token, SECRET_TOKEN));
}

enum err secret_token_parse(enum secret_purpose p, str text, uint8_t ret[SECRET_TOKEN])
{
	if (!str_starts(text, prefix(p)))
		return ERR_SYNTAX;
	return str_unhex(str_from(text, prefix(p).n), ret, SECRET_TOKEN);
}

static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
#define CHECK_MOD  1021
#define CODE_CHARS 26
#define ALL_CHARS  28

static unsigned check_of(const uint8_t code[SECRET_CODE])
{
	unsigned r = 0;
	for (int i = 0; i < SECRET_CODE; i++)
		r = (r << 8 | code[i]) % CHECK_MOD;
	return r;
}

str secret_code_text(struct arena *a, const uint8_t code[SECRET_CODE])
{
	struct buf b = buf_init(a, 64);
	unsigned check = check_of(code);
	/* 26 letters of 5 bits hold 130: two zero bits first */
	for (int i = 0; i < ALL_CHARS; i++) {
		unsigned v = 0;
		if (i && i % 4 == 0)
			buf_byte(&b, '-');
		for (int bit = i * 5 - 2; i < CODE_CHARS && bit < i * 5 + 3; bit++)
			v = v << 1 | (bit < 0 ? 0U : code[bit / 8] >> (7 - bit % 8) & 1U);
		if (i >= CODE_CHARS)
			v = i == CODE_CHARS ? check >> 5 : check & 31;
		buf_byte(&b, letters[v]);
	}
	return buf_str(&b);
}

static int letter_value(char c)
{
	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	if (c == 'O')
		c = '0';
	if (c == 'I' || c == 'L')
		c = '1';
	for (int i = 0; i < 32; i++)
		if (letters[i] == c)
			return i;
	return -1;
}

enum err secret_code_parse(str text, uint8_t ret[SECRET_CODE])
{
	uint8_t v[ALL_CHARS], code[SECRET_CODE] = { 0 };
	size_t n = 0;
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		if (c == '-' || c == ' ')
			continue;
		int x = letter_value(c);
		if (x < 0 || n == ALL_CHARS)
			return ERR_SYNTAX;
		v[n++] = (uint8_t)x;
	}
	if (n != ALL_CHARS)
		return ERR_SYNTAX;
	for (int i = 0; i < CODE_CHARS; i++) {
		for (int k = 0; k < 5; k++) {
			int bit = i * 5 + k - 2;
			unsigned one = v[i] >> (4 - k) & 1U;
			if (bit >= 0)
				code[bit / 8] |= (uint8_t)(one << (7 - bit % 8));
			else if (one)
				return ERR_INPUT;
		}
	}
	if (check_of(code) != (unsigned)(v[CODE_CHARS] << 5 | v[CODE_CHARS + 1]))
		return ERR_INPUT;
	memcpy(ret, code, sizeof code);
	return OK;
}

str secret_csrf(struct arena *a, const struct secret_key *k, struct id session)
{
	uint8_t b[16];
	id_bytes(session, b);
	struct hash h = secret_hash(k, SECRET_CSRF, (str){ (const char *)b, sizeof b });
	return str_hex(a, h.b, sizeof h.b);
}

bool secret_csrf_ok(const struct secret_key *k, struct id session, str given)
{
	uint8_t b[16];
	struct hash got;
	id_bytes(session, b);
	if (str_unhex(given, got.b, sizeof got.b))
		return false;
	struct hash want = secret_hash(k, SECRET_CSRF, (str){ (const char *)b, sizeof b });
	return hash_eq(&got, &want);
}
