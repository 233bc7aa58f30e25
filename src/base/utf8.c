#include "base/utf8.h"
#include "base/buf.h"

#define REPLACEMENT 0xfffd

/* The code point at the front and its length; length 0 when the bytes are not valid. */
static uint32_t decode(str s, size_t *ret_n)
{
	static const uint32_t least[5] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *p = (const unsigned char *)s.p;
	size_t n = p[0] < 0x80   ? 1
		   : p[0] < 0xc2 ? 0
		   : p[0] < 0xe0 ? 2
		   : p[0] < 0xf0 ? 3
				 : 4;
	*ret_n = 0;
	if (n == 0 || n > s.n || p[0] > 0xf4)
		return REPLACEMENT;
	uint32_t code = n == 1 ? p[0] : p[0] & (0x7fU >> n);
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return REPLACEMENT;
		code = code << 6 | (p[i] & 0x3f);
	}
	bool surrogate = code >= 0xd800 && code <= 0xdfff;
	if (code < least[n] || code > 0x10ffff || surrogate)
		return REPLACEMENT;
	*ret_n = n;
	return code;
}

uint32_t utf8_next(str *rest)
{
	ASSERT(rest->n > 0);
	size_t n;
	uint32_t code = decode(*rest, &n);
	*rest = str_from(*rest, n ? n : 1);
	return code;
}

bool utf8_valid(str s)
{
	while (s.n) {
		size_t n;
		decode(s, &n);
		if (!n)
			return false;
		s = str_from(s, n);
	}
	return true;
}

static bool refused(uint32_t c)
{
	if (c < 0x20)
		return c != '\t' && c != '\n';
	if (c >= 0x7f && c <= 0x9f)
		return true;
	return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

bool utf8_clean(str s)
{
	while (s.n) {
		size_t n;
		uint32_t c = decode(s, &n);
		if (!n || refused(c))
			return false;
		s = str_from(s, n);
	}
	return true;
}

void utf8_put(struct arena *a, uint32_t c, str *ret)
{
	ASSERT(c <= 0x10ffff && !(c >= 0xd800 && c <= 0xdfff));
	char *p = arena_alloc(a, 4);
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	static const unsigned char first[5] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	for (size_t i = n; i-- > 1; c >>= 6)
		p[i] = (char)(0x80 | (c & 0x3f));
	p[0] = (char)(first[n] | c);
	*ret = (str){ p, n };
}

size_t utf8_count(str s)
{
	size_t n = 0;
	for (; s.n; n++)
		utf8_next(&s);
	return n;
}

str utf8_prefix(str s, size_t max)
{
	if (s.n <= max)
		return s;
	size_t n = max;
	while (n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80 && max - n < 4)
		n--;
	return str_sub(s, 0, n);
}

str utf8_repair(struct arena *a, str s)
{
	if (utf8_valid(s))
		return s;
	struct buf b = buf_init(a, s.n * 3);
	while (s.n) {
		size_t n;
		decode(s, &n);
		buf_put(&b, n ? str_sub(s, 0, n) : S("\xef\xbf\xbd"));
		s = str_from(s, n ? n : 1);
	}
	return buf_str(&b);
}
