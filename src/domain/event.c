#include "domain/event.h"

#define LIST_MAX 65535 /* elements of a list */

static const struct event_schema *newest(enum event_kind kind)
{
	ASSERT((unsigned)kind < EV_COUNT);
	return &event_schemas[kind];
}

const char *event_name(enum event_kind kind)
{
	return newest(kind)->name;
}

enum aggregate event_aggregate(enum event_kind kind)
{
	return newest(kind)->subject;
}

bool event_has_person(enum event_kind kind)
{
	return newest(kind)->has_person;
}

static bool has_private(const struct event_schema *s)
{
	for (size_t i = 0; i < s->field_count; i++)
		if (s->fields[i].is_private)
			return true;
	return false;
}

bool event_has_private(enum event_kind kind)
{
	return has_private(newest(kind));
}

/* Binary search by name, then version. */
const struct event_schema *event_schema_find(str name, int64_t version)
{
	size_t lo = 0, hi = event_schema_count;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		const struct event_schema *s = &event_schemas[event_schema_order[mid]];
		int c = str_cmp(name, str_of(s->name));
		if (c == 0)
			c = (version > s->version) - (version < s->version);
		if (c == 0)
			return s;
		if (c < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return NULL;
}

bool event_kind_of(str name, enum event_kind *ret)
{
	const struct event_schema *s = event_schema_find(name, 1);
	if (s == NULL)
		return false;
	*ret = s->kind;
	return true;
}

/* ---- writing */

/* Length of the well-formed UTF-8 sequence at p (RFC 3629), 0 when there is none. */
static size_t utf8_len(const uint8_t *p, size_t n)
{
	if (p[0] < 0x80)
		return 1;
	size_t len = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
	if (p[0] < 0xc2 || p[0] > 0xf4 || len > n)
		return 0;
	for (size_t i = 1; i < len; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) ||
	    (p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))
		return 0;
	return len;
}

static void put_escape(struct buf *b, uint8_t c)
{
	static const char hex[] = "0123456789abcdef";
	static const char letters[] = "btn\0fr"; /* 8 to 13 */
	if (c == '"' || c == '\\') {
		buf_byte(b, '\\');
		buf_byte(b, (char)c);
	} else if (c >= 8 && c <= 13 && c != 11) {
		buf_byte(b, '\\');
		buf_byte(b, letters[c - 8]);
	} else {
		buf_put(b, S("\\u00"));
		buf_byte(b, hex[c >> 4]);
		buf_byte(b, hex[c & 15]);
	}
}

static void put_str(struct buf *b, str s)
{
	const uint8_t *p = (const uint8_t *)s.p;
	size_t from = 0;
	buf_byte(b, '"');
	for (size_t i = 0; i < s.n;) {
		size_t len = utf8_len(p + i, s.n - i);
		if (len > 0 && p[i] >= 0x20 && p[i] != '"' && p[i] != '\\') {
			i += len;
			continue;
		}
		buf_put(b, str_sub(s, from, i));
		if (len)
			put_escape(b, p[i]);
		else
			buf_put(b, S("\xef\xbf\xbd")); /* U+FFFD */
		from = ++i;
	}
	buf_put(b, str_from(s, from));
	buf_byte(b, '"');
}

/* A word that needs no escape. */
static void put_word(struct buf *b, str s)
{
	buf_byte(b, '"');
	buf_put(b, s);
	buf_byte(b, '"');
}

static void put_digits(struct buf *b, int v, int width)
{
	char tmp[8];
	for (int i = width - 1; i >= 0; i--, v /= 10)
		tmp[i] = (char)('0' + v % 10);
	buf_put(b, (str){ tmp, (size_t)width });
}

static void put_civil_day(struct buf *b, const struct civil *c)
{
	put_digits(b, c->year, 4);
	buf_byte(b, '-');
	put_digits(b, c->month, 2);
	buf_byte(b, '-');
	put_digits(b, c->day, 2);
}

/* The years of four digits; beyond them an instant is "never" and a day is none. */
#define DAY_FIRST (-719528) /* 0000-01-01 */
#define DAY_LAST  2932896   /* 9999-12-31 */

static void put_day(struct buf *b, day d)
{
	buf_byte(b, '"');
	if (d.d >= DAY_FIRST && d.d <= DAY_LAST) {
		struct civil c = day_civil(d);
		put_civil_day(b, &c);
	}
	buf_byte(b, '"');
}

static void put_ts(struct buf *b, ts t)
{
	if (!ts_is(t)) {
		buf_put(b, S("\"\""));
		return;
	}
	if (t.us < DAY_FIRST * US_DAY || t.us >= (DAY_LAST + 1) * US_DAY) {
		buf_put(b, S("\"never\""));
		return;
	}
	struct civil c = ts_civil(t);
	buf_byte(b, '"');
	put_civil_day(b, &c);
	buf_byte(b, 'T');
	put_digits(b, c.hour, 2);
	buf_byte(b, ':');
	put_digits(b, c.min, 2);
	buf_byte(b, ':');
	put_digits(b, c.sec, 2);
	if (c.us) {
		buf_byte(b, '.');
		put_digits(b, c.us, 6);
	}
	buf_put(b, S("Z\""));
}

static void put_id(struct buf *b, struct id i)
{
	put_word(b, id_is(i) ? id_text(b->arena, i) : S(""));
}

static void put_enum(struct buf *b, const struct enum_table *t, unsigned v)
{
	ASSERT(v < t->n);
	put_word(b, str_of(t->names[v]));
}

static void put_list(struct buf *b, const struct event_field *f, const void *p)
{
	const struct ids *ids = p;
	const struct ints *ints = p;
	const struct strs *strs = p;
	size_t n = f->kind == FIELD_IDS    ? ids->n
		   : f->kind == FIELD_INTS ? ints->n
					   : strs->n;
	ASSERT(n <= LIST_MAX);
	buf_byte(b, '[');
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_byte(b, ',');
		if (f->kind == FIELD_IDS)
			put_id(b, ids->v[i]);
		else if (f->kind == FIELD_INTS)
			buf_int(b, ints->v[i]);
		else
			put_str(b, strs->v[i]);
	}
	buf_byte(b, ']');
}

static void put_value(struct buf *b, const struct event_field *f, const void *p)
{
	switch (f->kind) {
	case FIELD_ID: put_id(b, *(const struct id *)p); break;
	case FIELD_TS: put_ts(b, *(const ts *)p); break;
	case FIELD_DAY: put_day(b, *(const day *)p); break;
	case FIELD_INT: buf_int(b, *(const int64_t *)p); break;
	case FIELD_MONEY: buf_int(b, ((const money *)p)->cents); break;
	case FIELD_BOOL: buf_put(b, *(const bool *)p ? S("true") : S("false")); break;
	case FIELD_STR: put_str(b, *(const str *)p); break;
	case FIELD_HASH:
		put_word(b, str_hex(b->arena, ((const struct hash *)p)->b, 32));
		break;
	case FIELD_ENUM: put_enum(b, f->table, *(const unsigned *)p); break;
	case FIELD_IDS:
	case FIELD_INTS:
	case FIELD_STRS: put_list(b, f, p); break;
	}
}

static void put_key(struct buf *b, const char *name, bool first)
{
	buf_put(b, first ? S("\"") : S(",\""));
	buf_z(b, name);
	buf_put(b, S("\":"));
}

static void put_fields(struct buf *b, const struct event_schema *s, const void *fields,
		       bool is_private, bool first)
{
	for (size_t i = 0; i < s->field_count; i++) {
		const struct event_field *f = &s->fields[i];
		if (f->is_private != is_private)
			continue;
		put_key(b, f->name, first);
		put_value(b, f, (const char *)fields + f->offset);
		first = false;
	}
}

static void put_public(struct buf *b, const struct event_schema *s, const struct event *e,
		       const void *fields)
{
	buf_put(b, S("{\"event\":"));
	put_word(b, str_of(s->name));
	put_key(b, "v", false);
	buf_int(b, s->version);
	put_key(b, "at", false);
	put_ts(b, e->at);
	put_key(b, "subject", false);
	put_id(b, e->subject);
	put_key(b, "n", false);
	buf_int(b, e->version);
	if (s->has_person) {
		put_key(b, "person", false);
		put_id(b, e->person);
	}
	put_key(b, "actor", false);
	put_id(b, e->actor);
	put_key(b, "actor_role", false);
	put_enum(b, &role_table, e->actor_role);
	put_fields(b, s, fields, false, false);
	buf_byte(b, '}');
}

static void put_private(struct buf *b, const struct event_schema *s, const void *fields)
{
	if (!has_private(s))
		return;
	buf_byte(b, '{');
	put_fields(b, s, fields, true, true);
	buf_byte(b, '}');
}

void event_public_json(struct buf *b, const struct event *e)
{
	put_public(b, newest(e->kind), e, &e->u);
}

void event_private_json(struct buf *b, const struct event *e)
{
	put_private(b, newest(e->kind), &e->u);
}

/* ---- reading: `rest` loses what was read; any deviation is ERR_SYNTAX */

static enum err eat(str *rest, str lit)
{
	if (!str_starts(*rest, lit))
		return ERR_SYNTAX;
	*rest = str_from(*rest, lit.n);
	return OK;
}

/* The text between two quotation marks, escapes left as they are. */
static enum err get_raw(str *rest, str *ret)
{
	TRY(eat(rest, S("\"")));
	for (size_t i = 0; i < rest->n; i++) {
		if (rest->p[i] == '\\') {
			i++;
		} else if (rest->p[i] == '"') {
			*ret = str_sub(*rest, 0, i);
			*rest = str_from(*rest, i + 1);
			return OK;
		}
	}
	return ERR_SYNTAX;
}

static enum err get_escape(str s, size_t *i, char *ret)
{
	static const char from[] = "\"\\btnfr", to[] = "\"\\\b\t\n\f\r";
	if (*i + 1 >= s.n)
		return ERR_SYNTAX;
	char c = s.p[*i + 1];
	if (c == 'u') {
		uint8_t code[2];
		if (*i + 6 > s.n)
			return ERR_SYNTAX;
		TRY(str_unhex(str_sub(s, *i + 2, *i + 6), code, 2));
		if (code[0] != 0)
			return ERR_SYNTAX; /* never escaped in the canonical form */
		*ret = (char)code[1];
		*i += 6;
		return OK;
	}
	size_t at = str_find_byte(S("\"\\btnfr"), c);
	if (at == SIZE_MAX || from[at] != c)
		return ERR_SYNTAX;
	*ret = to[at];
	*i += 2;
	return OK;
}

static enum err get_str(struct arena *a, str *rest, str *ret)
{
	str raw;
	TRY(get_raw(rest, &raw));
	if (str_find_byte(raw, '\\') == SIZE_MAX) {
		*ret = str_dup(a, raw);
		return OK;
	}
	char *p = arena_alloc(a, raw.n);
	size_t n = 0;
	for (size_t i = 0; i < raw.n;) {
		if (raw.p[i] == '\\')
			TRY(get_escape(raw, &i, &p[n]));
		else
			p[n] = raw.p[i++];
		n++;
	}
	*ret = (str){ p, n };
	return OK;
}

static enum err get_int(str *rest, int64_t *ret)
{
	size_t n = 0;
	while (n < rest->n &&
	       (rest->p[n] == '-' || (rest->p[n] >= '0' && rest->p[n] <= '9')))
		n++;
	if (str_int(str_sub(*rest, 0, n), ret) != OK)
		return ERR_SYNTAX;
	*rest = str_from(*rest, n);
	return OK;
}

static enum err get_ts(str *rest, ts *ret)
{
	str s;
	TRY(get_raw(rest, &s));
	if (s.n == 0)
		*ret = TS_NONE;
	else if (str_eq(s, S("never")))
		*ret = TS_NEVER;
	else if (ts_parse(s, ret) != OK)
		return ERR_SYNTAX;
	return OK;
}

static enum err get_day(str *rest, day *ret)
{
	str s;
	TRY(get_raw(rest, &s));
	if (s.n == 0)
		*ret = DAY_NONE;
	else if (day_parse(s, ret) != OK)
		return ERR_SYNTAX;
	return OK;
}

static enum err get_id(str *rest, struct id *ret)
{
	str s;
	TRY(get_raw(rest, &s));
	*ret = ID_NONE;
	return s.n == 0 ? OK : id_parse(s, ret);
}

static enum err get_bool(str *rest, bool *ret)
{
	*ret = str_starts(*rest, S("true"));
	return eat(rest, *ret ? S("true") : S("false"));
}

static enum err get_hash(str *rest, struct hash *ret)
{
	str s;
	TRY(get_raw(rest, &s));
	return str_unhex(s, ret->b, sizeof ret->b);
}

static enum err get_enum(str *rest, const struct enum_table *t, unsigned *ret)
{
	str s;
	TRY(get_raw(rest, &s));
	for (unsigned i = 0; i < t->n; i++)
		if (str_eq(s, str_of(t->names[i]))) {
			*ret = i;
			return OK;
		}
	return ERR_SYNTAX;
}

static enum err get_item(struct arena *a, str *rest, enum field_kind kind, void *list)
{
	struct ids *ids = list;
	struct ints *ints = list;
	struct strs *strs = list;
	if (kind == FIELD_IDS)
		return get_id(rest, ARENA_PUSH(a, ids));
	if (kind == FIELD_INTS)
		return get_int(rest, ARENA_PUSH(a, ints));
	return get_str(a, rest, ARENA_PUSH(a, strs));
}

static enum err get_list(struct arena *a, str *rest, enum field_kind kind, void *list)
{
	TRY(eat(rest, S("[")));
	if (str_starts(*rest, S("]")))
		return eat(rest, S("]"));
	for (size_t i = 0; i < LIST_MAX; i++) {
		TRY(get_item(a, rest, kind, list));
		if (str_starts(*rest, S("]")))
			return eat(rest, S("]"));
		TRY(eat(rest, S(",")));
	}
	return ERR_SYNTAX;
}

static enum err get_value(struct arena *a, str *rest, const struct event_field *f, void *p)
{
	switch (f->kind) {
	case FIELD_ID: return get_id(rest, p);
	case FIELD_TS: return get_ts(rest, p);
	case FIELD_DAY: return get_day(rest, p);
	case FIELD_INT: return get_int(rest, p);
	case FIELD_MONEY: return get_int(rest, &((money *)p)->cents);
	case FIELD_BOOL: return get_bool(rest, p);
	case FIELD_STR: return get_str(a, rest, p);
	case FIELD_HASH: return get_hash(rest, p);
	case FIELD_ENUM: return get_enum(rest, f->table, p);
	case FIELD_IDS:
	case FIELD_INTS:
	case FIELD_STRS: return get_list(a, rest, f->kind, p);
	}
	return ERR_SYNTAX;
}

static enum err eat_key(str *rest, const char *name, bool first)
{
	TRY(eat(rest, first ? S("\"") : S(",\"")));
	TRY(eat(rest, str_of(name)));
	return eat(rest, S("\":"));
}

static enum err get_fields(struct arena *a, str *rest, const struct event_schema *s,
			   bool is_private, bool first, void *fields)
{
	for (size_t i = 0; i < s->field_count; i++) {
		const struct event_field *f = &s->fields[i];
		if (f->is_private != is_private)
			continue;
		TRY(eat_key(rest, f->name, first));
		TRY(get_value(a, rest, f, (char *)fields + f->offset));
		first = false;
	}
	return OK;
}

/* {"event":NAME,"v":N : which schema the rest follows. */
static enum err get_schema(str *rest, const struct event_schema **ret)
{
	str name;
	int64_t v;
	TRY(eat(rest, S("{\"event\":")));
	TRY(get_raw(rest, &name));
	TRY(eat_key(rest, "v", false));
	TRY(get_int(rest, &v));
	*ret = event_schema_find(name, v);
	return *ret ? OK : ERR_VERSION;
}

static enum err get_public(struct arena *a, str *rest, const struct event_schema *s,
			   struct event *e, void *fields)
{
	unsigned role;
	TRY(eat_key(rest, "at", false));
	TRY(get_ts(rest, &e->at));
	TRY(eat_key(rest, "subject", false));
	TRY(get_id(rest, &e->subject));
	TRY(eat_key(rest, "n", false));
	TRY(get_int(rest, &e->version));
	if (s->has_person) {
		TRY(eat_key(rest, "person", false));
		TRY(get_id(rest, &e->person));
	}
	TRY(eat_key(rest, "actor", false));
	TRY(get_id(rest, &e->actor));
	TRY(eat_key(rest, "actor_role", false));
	TRY(get_enum(rest, &role_table, &role));
	e->actor_role = (enum role)role;
	TRY(get_fields(a, rest, s, false, false, fields));
	TRY(eat(rest, S("}")));
	return rest->n == 0 ? OK : ERR_SYNTAX;
}

static enum err get_private(struct arena *a, str line, const struct event_schema *s,
			    struct event *e, void *fields)
{
	bool some = has_private(s);
	if (line.n == 0) {
		e->erased = some;
		return OK;
	}
	if (!some)
		return ERR_SYNTAX;
	TRY(eat(&line, S("{")));
	TRY(get_fields(a, &line, s, true, true, fields));
	TRY(eat(&line, S("}")));
	return line.n == 0 ? OK : ERR_SYNTAX;
}

/* Writing what was read must give the same bytes: the one canonical form. */
static bool is_canonical(struct arena *a, const struct event_schema *s,
			 const struct event *e, const void *fields, str public_line,
			 str private_line)
{
	struct arena_mark m = arena_mark(a);
	struct buf b = buf_init(a, 2 * EVENT_LINE_MAX);
	put_public(&b, s, e, fields);
	bool same = str_eq(buf_str(&b), public_line);
	if (same && private_line.n) {
		b.n = 0;
		put_private(&b, s, fields);
		same = str_eq(buf_str(&b), private_line);
	}
	arena_reset(a, m);
	return same;
}

enum err event_decode(struct arena *a, str public_line, str private_line, struct event *ret)
{
	const struct event_schema *s;
	struct event e = { 0 };
	str rest = public_line;
	if (public_line.n > EVENT_LINE_MAX || private_line.n > EVENT_LINE_MAX)
		return ERR_LIMIT;
	TRY(get_schema(&rest, &s));
	void *fields = arena_alloc(a, s->size);
	TRY(get_public(a, &rest, s, &e, fields));
	TRY(get_private(a, private_line, s, &e, fields));
	if (!is_canonical(a, s, &e, fields, public_line, private_line))
		return ERR_SYNTAX;
	while (s->upcast) {
		const struct event_schema *to = &event_schemas[s->newer];
		void *newer = arena_alloc(a, to->size);
		s->upcast(a, fields, newer);
		fields = newer;
		s = to;
	}
	ASSERT(s->size <= sizeof e.u);
	memcpy(&e.u, fields, s->size);
	e.kind = s->kind;
	*ret = e;
	return OK;
}
