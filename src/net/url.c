#include "net/url.h"

#include "base/utf8.h"

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

enum err url_decode(struct arena *a, str s, bool plus, str *ret)
{
	char *out = arena_alloc(a, s.n);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '%') {
			int hi = i + 2 < s.n ? hex(s.p[i + 1]) : -1;
			int lo = hi >= 0 ? hex(s.p[i + 2]) : -1;
			if (lo < 0)
				return ERR_SYNTAX;
			c = (char)(hi << 4 | lo);
			i += 2;
		} else if (c == '+' && plus) {
			c = ' ';
		}
		bool blank = c == '\t' || c == '\n' || c == '\r';
		if (((unsigned char)c < 0x20 && !(plus && blank)) || c == 0x7f)
			return ERR_SYNTAX;
		out[n++] = c;
	}
	str text = { out, n };
	if (!utf8_valid(text))
		return ERR_SYNTAX;
	*ret = text;
	return OK;
}

static bool unreserved(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	       c == '-' || c == '.' || c == '_' || c == '~';
}

str url_encode(struct arena *a, str s)
{
	struct buf b = buf_init(a, 0);
	for (size_t i = 0; i < s.n; i++) {
		if (unreserved(s.p[i]))
			buf_byte(&b, s.p[i]);
		else
			buf_fmt(&b, "%%%02X", (unsigned)(unsigned char)s.p[i]);
	}
	return buf_str(&b);
}

enum err url_path(struct arena *a, str path, str ret[URL_STEPS_MAX], size_t *ret_n)
{
	size_t n = 0;
	if (!path.n || path.p[0] != '/')
		return ERR_SYNTAX;
	str rest = str_from(path, 1);
	while (rest.n || (n && rest.p)) {
		str step = str_cut(&rest, '/'), text;
		if (n == URL_STEPS_MAX)
			return ERR_LIMIT;
		TRY(url_decode(a, step, false, &text));
		if (!text.n || str_eq(text, S(".")) || str_eq(text, S("..")))
			return ERR_SYNTAX;
		ret[n++] = text;
	}
	*ret_n = n;
	return OK;
}

bool url_is_local(str path)
{
	if (!path.n || path.p[0] != '/' || (path.n > 1 && path.p[1] == '/') ||
	    path.n > 1000)
		return false;
	for (size_t i = 0; i < path.n; i++)
		if ((unsigned char)path.p[i] <= 0x20 || (unsigned char)path.p[i] >= 0x7f ||
		    path.p[i] == '\\')
			return false;
	return true;
}

/* RFC 6265 §4.1.1: printable but for blank, quote, comma, semicolon, backslash. */
static bool cookie_octets(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c <= 0x20 || c >= 0x7f || c == '"' || c == ',' || c == ';' || c == '\\')
			return false;
	}
	return true;
}

str cookie_get(str header, str name)
{
	while (header.p) {
		str value = str_trim(str_cut(&header, ';')), key = str_cut(&value, '=');
		if (value.p && str_eq(key, name))
			return cookie_octets(value) ? value : (str){ 0 };
	}
	return (str){ 0 };
}
