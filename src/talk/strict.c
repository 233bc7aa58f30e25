#include "talk/strict.h"

#include "base/buf.h"

struct reader {
	struct arena *a;
	str s;
	size_t i;
};

static enum err value(struct reader *r, int depth, struct strict *ret);

static void blanks(struct reader *r)
{
	while (r->i < r->s.n && (r->s.p[r->i] == ' ' || r->s.p[r->i] == '\n' ||
				 r->s.p[r->i] == '\t' || r->s.p[r->i] == '\r'))
		r->i++;
}

static bool take(struct reader *r, char c)
{
	blanks(r);
	if (r->i >= r->s.n || r->s.p[r->i] != c)
		return false;
	r->i++;
	return true;
}

static int hex4(const struct reader *r)
{
	int v = 0;
	if (r->i + 4 > r->s.n)
		return -1;
	for (size_t k = r->i; k < r->i + 4; k++) {
		char c = r->s.p[k];
		int d = c >= '0' && c <= '9'   ? c - '0'
			: c >= 'a' && c <= 'f' ? c - 'a' + 10
			: c >= 'A' && c <= 'F' ? c - 'A' + 10
					       : -1;
		if (d < 0)
			return -1;
		v = v * 16 + d;
	}
	return v;
}

static void put_utf8(struct buf *out, int c)
{
	if (c < 0x80) {
		buf_byte(out, (char)c);
	} else if (c < 0x800) {
		buf_byte(out, (char)(0xc0 | c >> 6));
		buf_byte(out, (char)(0x80 | (c & 0x3f)));
	} else if (c < 0x10000) {
		buf_byte(out, (char)(0xe0 | c >> 12));
		buf_byte(out, (char)(0x80 | (c >> 6 & 0x3f)));
		buf_byte(out, (char)(0x80 | (c & 0x3f)));
	} else {
		buf_byte(out, (char)(0xf0 | c >> 18));
		buf_byte(out, (char)(0x80 | (c >> 12 & 0x3f)));
		buf_byte(out, (char)(0x80 | (c >> 6 & 0x3f)));
		buf_byte(out, (char)(0x80 | (c & 0x3f)));
	}
}

/* After a backslash: one escape. */
static enum err escape(struct reader *r, struct buf *out)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	if (r->i >= r->s.n)
		return ERR_SYNTAX;
	char c = r->s.p[r->i++];
	if (c == 'u') {
		int v = hex4(r);
		if (v <= 0 || (v >= 0xdc00 && v <= 0xdfff))
			return ERR_SYNTAX;
		r->i += 4;
		if (v >= 0xd800 && v <= 0xdbff) {
			if (r->i + 6 > r->s.n || r->s.p[r->i] != '\\' ||
			    r->s.p[r->i + 1] != 'u')
				return ERR_SYNTAX;
			r->i += 2;
			int low = hex4(r);
			if (low < 0xdc00 || low > 0xdfff)
				return ERR_SYNTAX;
			r->i += 4;
			v = 0x10000 + ((v - 0xd800) << 10) + (low - 0xdc00);
		}
		put_utf8(out, v);
		return OK;
	}
	for (size_t k = 0; k < sizeof from - 1; k++)
		if (from[k] == c) {
			buf_byte(out, to[k]);
			return OK;
		}
	return ERR_SYNTAX;
}

static enum err string(struct reader *r, str *ret)
{
	struct buf out = buf_init(r->a, 1 << 20);
	if (!take(r, '"'))
		return ERR_SYNTAX;
	while (r->i < r->s.n) {
		char c = r->s.p[r->i++];
		if (c == '"') {
			*ret = buf_str(&out);
			return OK;
		}
		if ((unsigned char)c < 0x20)
			return ERR_SYNTAX;
		if (c == '\\')
			TRY(escape(r, &out));
		else
			buf_byte(&out, c);
	}
	return ERR_SYNTAX;
}

static enum err number(struct reader *r, struct strict *ret)
{
	size_t from = r->i;
	while (r->i < r->s.n &&
	       str_find_byte(S("+-.0123456789eE"), r->s.p[r->i]) != SIZE_MAX)
		r->i++;
	ret->kind = STRICT_NUMBER;
	ret->text = str_sub(r->s, from, r->i);
	return r->i > from ? OK : ERR_SYNTAX;
}

static enum err members(struct reader *r, int depth, bool object, struct strict *ret)
{
	struct {
		struct strict *v;
		size_t n, cap;
	} items = { 0 };
	struct strs keys = { 0 };
	char end = object ? '}' : ']';
	r->i++;
	ret->kind = object ? STRICT_OBJECT : STRICT_ARRAY;
	if (take(r, end))
		return OK;
	do {
		struct strict one = { 0 };
		str key = S("");
		blanks(r);
		if (object) {
			TRY(string(r, &key));
			for (size_t k = 0; k < keys.n; k++)
				if (str_eq(keys.v[k], key))
					return ERR_SYNTAX;
			if (!take(r, ':'))
				return ERR_SYNTAX;
		}
		TRY(value(r, depth + 1, &one));
		*ARENA_PUSH(r->a, &items) = one;
		*ARENA_PUSH(r->a, &keys) = key;
	} while (take(r, ','));
	ret->item = items.v;
	ret->key = keys.v;
	ret->n = items.n;
	return take(r, end) ? OK : ERR_SYNTAX;
}

static enum err value(struct reader *r, int depth, struct strict *ret)
{
	static const struct {
		str word;
		enum strict_kind kind;
	} words[] = { { { "true", 4 }, STRICT_BOOL },
		      { { "false", 5 }, STRICT_BOOL },
		      { { "null", 4 }, STRICT_NULL } };
	blanks(r);
	if (depth > STRICT_MAX_DEPTH || r->i >= r->s.n)
		return ERR_SYNTAX;
	char c = r->s.p[r->i];
	if (c == '"') {
		ret->kind = STRICT_STRING;
		return string(r, &ret->text);
	}
	if (c == '{' || c == '[')
		return members(r, depth, c == '{', ret);
	for (size_t k = 0; k < 3; k++)
		if (str_starts(str_from(r->s, r->i), words[k].word)) {
			ret->kind = words[k].kind;
			ret->text = words[k].word;
			r->i += words[k].word.n;
			return OK;
		}
	return number(r, ret);
}

enum err strict_read(struct arena *a, str s, struct strict *ret)
{
	struct reader r = { a, s, 0 };
	struct strict v = { 0 };
	TRY(value(&r, 0, &v));
	blanks(&r);
	if (r.i != s.n)
		return ERR_SYNTAX;
	*ret = v;
	return OK;
}

const struct strict *strict_get(const struct strict *o, str key)
{
	for (size_t i = 0; o && o->kind == STRICT_OBJECT && i < o->n; i++)
		if (str_eq(o->key[i], key))
			return &o->item[i];
	return NULL;
}

void strict_string(struct buf *out, str s)
{
	buf_byte(out, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '"' || c == '\\')
			buf_fmt(out, "\\%c", c);
		else if (c < 0x20)
			buf_fmt(out, "\\u%04x", c);
		else
			buf_byte(out, s.p[i]);
	}
	buf_byte(out, '"');
}
