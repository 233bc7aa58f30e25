#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

str str_of(const char *z)
{
	return z ? (str){ z, strlen(z) } : (str){ 0 };
}

str str_dup(struct arena *a, str s)
{
	if (!s.n)
		return (str){ "", 0 };
	return (str){ arena_copy(a, s.p, s.n), s.n };
}

const char *str_z(struct arena *a, str s)
{
	char *z = arena_alloc(a, s.n + 1);
	if (s.n)
		memcpy(z, s.p, s.n);
	return z;
}

str str_fmt(struct arena *a, const char *fmt, ...)
{
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	ASSERT(n >= 0);
	char *p = arena_alloc(a, (size_t)n + 1);
	vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return (str){ p, (size_t)n };
}

str str_cat(struct arena *a, str x, str y)
{
	char *p = arena_alloc(a, x.n + y.n + 1);
	if (x.n)
		memcpy(p, x.p, x.n);
	if (y.n)
		memcpy(p + x.n, y.p, y.n);
	return (str){ p, x.n + y.n };
}

bool str_eq(str a, str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool str_eq_nocase(str a, str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

int str_cmp(str a, str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;
	return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(str s, str prefix)
{
	return s.n >= prefix.n && str_eq((str){ s.p, prefix.n }, prefix);
}

bool str_ends(str s, str suffix)
{
	return s.n >= suffix.n && str_eq((str){ s.p + (s.n - suffix.n), suffix.n }, suffix);
}

size_t str_find(str s, str what)
{
	if (what.n == 0)
		return 0;
	for (size_t i = 0; what.n <= s.n && i <= s.n - what.n; i++)
		if (memcmp(s.p + i, what.p, what.n) == 0)
			return i;
	return SIZE_MAX;
}

size_t str_find_byte(str s, char c)
{
	const char *p = s.n ? memchr(s.p, c, s.n) : NULL;
	return p ? (size_t)(p - s.p) : SIZE_MAX;
}

str str_sub(str s, size_t from, size_t to)
{
	if (to > s.n)
		to = s.n;
	if (from > to)
		from = to;
	return (str){ s.p ? s.p + from : NULL, to - from };
}

str str_from(str s, size_t from)
{
	return str_sub(s, from, s.n);
}

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

str str_trim(str s)
{
	while (s.n && blank(s.p[0]))
		s.p++, s.n--;
	while (s.n && blank(s.p[s.n - 1]))
		s.n--;
	return s;
}

bool str_blank(str s)
{
	return str_trim(s).n == 0;
}

str str_cut(str *rest, char sep)
{
	size_t i = str_find_byte(*rest, sep);
	str head = *rest;
	if (i == SIZE_MAX) {
		*rest = (str){ 0 };
		return head;
	}
	head.n = i;
	*rest = str_from(*rest, i + 1);
	return head;
}

enum err str_uint(str s, uint64_t max, uint64_t *ret)
{
	if (s.n == 0)
		return ERR_SYNTAX;
	uint64_t v = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return ERR_SYNTAX;
		if (__builtin_mul_overflow(v, 10u, &v) ||
		    __builtin_add_overflow(v, (uint64_t)(s.p[i] - '0'), &v) || v > max)
			return ERR_LIMIT;
	}
	*ret = v;
	return OK;
}

enum err str_int(str s, int64_t *ret)
{
	bool minus = s.n && s.p[0] == '-';
	uint64_t v;
	TRY(str_uint(minus ? str_from(s, 1) : s, (uint64_t)INT64_MAX, &v));
	*ret = minus ? -(int64_t)v : (int64_t)v;
	return OK;
}

str str_hex(struct arena *a, const void *p, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	const unsigned char *b = p;
	char *q = arena_alloc(a, 2 * n + 1);
	for (size_t i = 0; i < n; i++) {
		q[2 * i] = digits[b[i] >> 4];
		q[2 * i + 1] = digits[b[i] & 15];
	}
	return (str){ q, 2 * n };
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

enum err str_unhex(str s, void *ret, size_t n)
{
	if (s.n != 2 * n)
		return ERR_SYNTAX;
	for (size_t i = 0; i < s.n; i++)
		if (hex_digit(s.p[i]) < 0)
			return ERR_SYNTAX;
	unsigned char *q = ret;
	for (size_t i = 0; i < n; i++)
		q[i] = (unsigned char)(hex_digit(s.p[2 * i]) * 16 +
				       hex_digit(s.p[2 * i + 1]));
	return OK;
}

static const char b64[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

str str_base64(struct arena *a, str bytes)
{
	size_t n = (bytes.n + 2) / 3 * 4;
	char *q = arena_alloc(a, n + 1);
	size_t o = 0;
	for (size_t i = 0; i < bytes.n; i += 3) {
		uint32_t v = (uint32_t)(unsigned char)bytes.p[i] << 16;
		if (i + 1 < bytes.n)
			v |= (uint32_t)(unsigned char)bytes.p[i + 1] << 8;
		if (i + 2 < bytes.n)
			v |= (unsigned char)bytes.p[i + 2];
		q[o++] = b64[v >> 18];
		q[o++] = b64[v >> 12 & 63];
		q[o++] = i + 1 < bytes.n ? b64[v >> 6 & 63] : '=';
		q[o++] = i + 2 < bytes.n ? b64[v & 63] : '=';
	}
	return (str){ q, n };
}

enum err str_unbase64(struct arena *a, str s, str *ret)
{
	if (s.n % 4)
		return ERR_SYNTAX;
	char *q = arena_alloc(a, s.n / 4 * 3 + 1);
	size_t o = 0;
	for (size_t i = 0; i < s.n; i += 4) {
		uint32_t v = 0;
		int pad = 0;
		for (size_t k = 0; k < 4; k++) {
			char c = s.p[i + k];
			const char *d = c ? memchr(b64, c, 64) : NULL;
			if (d && !pad)
				v = v << 6 | (uint32_t)(d - b64);
			else if (c == '=' && i + 4 == s.n && k >= 2)
				v <<= 6, pad++;
			else
				return ERR_SYNTAX;
		}
		if ((pad == 1 && (v & 0xff)) || (pad == 2 && (v & 0xffff)))
			return ERR_SYNTAX;
		q[o++] = (char)(v >> 16);
		if (pad < 2)
			q[o++] = (char)(v >> 8 & 0xff);
		if (pad < 1)
			q[o++] = (char)(v & 0xff);
	}
	*ret = (str){ q, o };
	return OK;
}

uint64_t str_hash(str s)
{
	uint64_t h = 14695981039346656037u;
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 1099511628211u;
	return h;
}
