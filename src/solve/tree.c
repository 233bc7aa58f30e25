#include "solve/tree.h"

struct reader {
	struct arena *a;
	str s;
	size_t i;
	int line, deep;
	struct plan_fault *f;
};

static enum err bad(struct reader *r, const char *why)
{
	return plan_fault_put(r->f, ERR_SYNTAX, r->line, str_dup(r->a, str_of(why)));
}

static void blank(struct reader *r)
{
	for (; r->i < r->s.n; r->i++) {
		char c = r->s.p[r->i];
		if (c == '\n')
			r->line++;
		else if (c != ' ' && c != '\t' && c != '\r')
			return;
	}
}

static char peek(struct reader *r)
{
	blank(r);
	return r->i < r->s.n ? r->s.p[r->i] : 0;
}

static enum err string(struct reader *r, str *ret)
{
	size_t from = ++r->i, n = 0;
	char *out = NULL;
	for (size_t k = from; k < r->s.n; k++) {
		char c = r->s.p[k];
		if ((unsigned char)c < 32)
			return bad(r, "a control character in a string");
		if (c == '"') {
			*ret = out ? (str){ out, n } : str_sub(r->s, from, k);
			r->i = k + 1;
			return OK;
		}
		if (c == '\\') {
			char e = k + 1 < r->s.n ? r->s.p[++k] : 0;
			if (e != '"' && e != '\\' && e != '/')
				return bad(r, "an escape that identifiers may not hold");
			if (!out) {
				size_t end = str_find_byte(str_from(r->s, k), '\n');
				size_t room =
					end == SIZE_MAX ? r->s.n - from : k + end - from;
				out = arena_alloc(r->a, room + 1);
				memcpy(out, r->s.p + from, k - 1 - from);
				n = k - 1 - from;
			}
			c = e;
		}
		if (out)
			out[n] = c;
		n++;
	}
	return bad(r, "a string without end");
}

static enum err number(struct reader *r, int64_t *ret)
{
	bool minus = r->s.p[r->i] == '-';
	r->i += minus;
	int64_t v = 0, scale = TREE_UNIT;
	size_t digits = 0;
	bool dot = false;
	int up = 0;
	for (; r->i < r->s.n; r->i++) {
		char c = r->s.p[r->i];
		if (c == '.' && !dot && digits) {
			dot = true;
		} else if (c >= '0' && c <= '9') {
			digits++;
			if (dot && scale == 1) {
				up = up ? up : c >= '5' ? 1 : -1; /* first digit left out */
				continue;
			}
			if (v > INT64_C(900000000000000000) / 10)
				return plan_fault_set(r->a, r->f, ERR_LIMIT, r->line,
						      "a number too large");
			v = v * 10 + (c - '0');
			scale = dot ? scale / 10 : scale;
		} else {
			break;
		}
	}
	if (!digits || v > INT64_C(4000000000000000000) / scale)
		return bad(r, "not a number of this size");
	*ret = (v * scale + (up > 0)) * (minus ? -1 : 1);
	return OK;
}

static enum err value(struct reader *r, struct tree *v);

static enum err members(struct reader *r, struct tree *v, char close)
{
	const struct tree **tail = &v->child;
	r->i++;
	if (++r->deep > TREE_DEEP)
		return plan_fault_set(r->a, r->f, ERR_LIMIT, r->line, "nested too deep");
	for (bool first = true;; first = false) {
		char c = peek(r);
		if (first && c == close)
			break;
		struct tree *m = ARENA_NEW(r->a, struct tree);
		if (close == '}') {
			if (c != '"')
				return bad(r, "a key in quotes was expected");
			TRY(string(r, &m->key));
			if (peek(r) != ':')
				return bad(r, "a colon was expected");
			r->i++;
		}
		TRY(value(r, m));
		*tail = m;
		tail = &m->next;
		v->n++;
		c = peek(r);
		if (c == close)
			break;
		if (c != ',')
			return bad(r, "a comma was expected");
		r->i++;
	}
	r->i++;
	r->deep--;
	return OK;
}

static enum err value(struct reader *r, struct tree *v)
{
	static const struct {
		const char *text;
		enum tree_kind kind;
		int num;
	} words[] = { { "true", TREE_BOOL, 1 },
		      { "false", TREE_BOOL, 0 },
		      { "null", TREE_NULL, 0 } };
	char c = peek(r);
	v->line = r->line;
	if (c == '{' || c == '[') {
		v->kind = c == '{' ? TREE_OBJECT : TREE_LIST;
		return members(r, v, c == '{' ? '}' : ']');
	}
	if (c == '"') {
		v->kind = TREE_STRING;
		return string(r, &v->s);
	}
	if (c == '-' || (c >= '0' && c <= '9')) {
		v->kind = TREE_NUMBER;
		return number(r, &v->num);
	}
	for (size_t k = 0; k < sizeof words / sizeof *words; k++)
		if (str_starts(str_from(r->s, r->i), str_of(words[k].text))) {
			v->kind = words[k].kind;
			v->num = words[k].num;
			r->i += str_of(words[k].text).n;
			return OK;
		}
	return bad(r, c ? "not a JSON value" : "the text ends too early");
}

enum err tree_read(struct arena *a, str text, const struct tree **ret, struct plan_fault *f)
{
	struct reader r = { a, text, 0, 1, 0, f };
	if (text.n > TREE_MAX)
		return plan_fault_set(a, f, ERR_LIMIT, 0, "longer than %zu bytes",
				      TREE_MAX);
	struct tree *v = ARENA_NEW(a, struct tree);
	TRY(value(&r, v));
	if (peek(&r))
		return bad(&r, "something after the end");
	*ret = v;
	return OK;
}

const struct tree *tree_at(const struct tree *o, const char *key)
{
	if (!o || o->kind != TREE_OBJECT)
		return NULL;
	for (const struct tree *m = o->child; m; m = m->next)
		if (str_eq(m->key, str_of(key)))
			return m;
	return NULL;
}

enum err tree_int(struct arena *a, const struct tree *o, const char *key, int64_t lo,
		  int64_t hi, int64_t absent, int64_t *ret, struct plan_fault *f)
{
	const struct tree *m = tree_at(o, key);
	int64_t v = absent;
	if (m && m->kind == TREE_NUMBER && m->num % TREE_UNIT == 0)
		v = m->num / TREE_UNIT;
	else if (m && m->kind != TREE_NULL)
		return plan_fault_set(a, f, ERR_INPUT, m->line, "%s: no whole number", key);
	if (v < lo || v > hi)
		return plan_fault_set(a, f, ERR_INPUT,
				      m   ? m->line
				      : o ? o->line
					  : 0,
				      "%s: missing, or not in %" PRId64 "..%" PRId64, key,
				      lo, hi);
	*ret = v;
	return OK;
}

str tree_str(const struct tree *o, const char *key)
{
	const struct tree *m = tree_at(o, key);
	return m && m->kind == TREE_STRING ? m->s : S("");
}

bool tree_true(const struct tree *o, const char *key)
{
	const struct tree *m = tree_at(o, key);
	return m && m->kind == TREE_BOOL && m->num;
}

void tree_put(struct buf *b, str s)
{
	buf_byte(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"' || s.p[i] == '\\')
			buf_byte(b, '\\');
		buf_byte(b, s.p[i]);
	}
	buf_byte(b, '"');
}
