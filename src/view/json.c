#include "view/json.h"
#include "base/utf8.h"

struct json json_to(struct buf *b)
{
	return (struct json){ .b = b };
}

void json_done(struct json *j)
{
	ASSERT(j->depth == 0 && j->some && !j->key);
}

/* What stands before a value: nothing after a key, a comma in an array. */
static void before(struct json *j)
{
	if (j->depth == 0)
		ASSERT(!j->some);
	else if (j->stack[j->depth - 1] == '{')
		ASSERT(j->key);
	else if (j->some)
		buf_byte(j->b, ',');
	j->key = false;
	j->some = true;
}

static void open(struct json *j, char c)
{
	before(j);
	ASSERT(j->depth < JSON_DEPTH);
	j->stack[j->depth++] = c;
	j->some = false;
	buf_byte(j->b, c);
}

void json_obj(struct json *j)
{
	open(j, '{');
}

void json_arr(struct json *j)
{
	open(j, '[');
}

void json_end(struct json *j)
{
	ASSERT(j->depth > 0 && !j->key);
	buf_byte(j->b, j->stack[--j->depth] == '{' ? '}' : ']');
	j->some = true;
}

static void text(struct buf *b, str s)
{
	static const char hex[] = "0123456789abcdef";
	s = utf8_repair(b->arena, s);
	buf_byte(b, '"');
	size_t from = 0;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		buf_put(b, str_sub(s, from, i));
		from = i + 1;
		if (c == '"' || c == '\\') {
			buf_byte(b, '\\');
			buf_byte(b, s.p[i]);
		} else if (c == '\n') {
			BUF_LIT(b, "\\n");
		} else {
			BUF_LIT(b, "\\u00");
			buf_byte(b, hex[c >> 4]);
			buf_byte(b, hex[c & 15]);
		}
	}
	buf_put(b, str_from(s, from));
	buf_byte(b, '"');
}

void json_key(struct json *j, const char *key)
{
	ASSERT(j->depth > 0 && j->stack[j->depth - 1] == '{' && !j->key);
	if (j->some)
		buf_byte(j->b, ',');
	text(j->b, str_of(key));
	buf_byte(j->b, ':');
	j->key = true;
}

void json_str(struct json *j, str s)
{
	before(j);
	text(j->b, s);
}

void json_z(struct json *j, const char *z)
{
	json_str(j, str_of(z));
}

void json_int(struct json *j, int64_t v)
{
	before(j);
	buf_int(j->b, v);
}

void json_money(struct json *j, money m)
{
	json_int(j, m.cents);
}

void json_bool(struct json *j, bool v)
{
	before(j);
	buf_put(j->b, v ? S("true") : S("false"));
}

void json_null(struct json *j)
{
	before(j);
	BUF_LIT(j->b, "null");
}

void json_id(struct json *j, struct id i)
{
	if (id_is(i))
		json_str(j, id_text(j->b->arena, i));
	else
		json_null(j);
}

void json_ts(struct json *j, ts t)
{
	if (ts_is(t) && t.us != TS_NEVER.us)
		json_str(j, ts_text(j->b->arena, t));
	else
		json_null(j);
}

void json_day(struct json *j, day d)
{
	if (d.d != DAY_NONE.d)
		json_str(j, day_text(j->b->arena, d));
	else
		json_null(j);
}

void json_hash(struct json *j, const struct hash *h)
{
	json_str(j, str_hex(j->b->arena, h->b, sizeof h->b));
}
