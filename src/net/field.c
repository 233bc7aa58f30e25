#include "net/field.h"

#include "base/utf8.h"

#define TEXT_USUAL 500

const char *fault_name(enum fault_kind k)
{
	static const char *const names[] = { "required", "syntax",  "range",
					     "choice",   "unknown", "twice" };
	_Static_assert(sizeof names / sizeof *names == FAULT_KINDS_, "a name for each");
	return names[k];
}

static bool limits(const struct field *f)
{
	return f->min || f->max;
}

static bool fits(const struct field *f, int64_t v)
{
	return !limits(f) || (v >= f->min && v <= f->max);
}

static bool length_fits(const struct field *f, size_t n)
{
	return limits(f) ? (int64_t)n >= f->min && (int64_t)n <= f->max : n <= TEXT_USUAL;
}

/* Browsers send CRLF; we keep LF. */
static str plain_ends(struct arena *a, str s)
{
	struct buf b = buf_init(a, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '\r')
			buf_byte(&b, s.p[i]);
	return buf_str(&b);
}

static bool word_only(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= 0x20 || (unsigned char)s.p[i] >= 0x7f)
			return false;
	return true;
}

/* "12", "12.5", "12,50": cents. */
static enum err cents(struct arena *a, str s, int64_t *ret)
{
	size_t point = str_find_byte(s, ',');
	if (point == SIZE_MAX)
		point = str_find_byte(s, '.');
	str whole = point == SIZE_MAX ? s : str_sub(s, 0, point);
	str rest = point == SIZE_MAX ? S("00") : str_from(s, point + 1);
	if (!rest.n || rest.n > 2 || whole.n > 12)
		return ERR_SYNTAX;
	return str_int(str_fmt(a, "%" PRIstr "%" PRIstr "%s", STR(whole), STR(rest),
			       rest.n == 1 ? "0" : ""),
		       ret);
}

static bool word_index(const struct field *f, str s, unsigned *ret)
{
	for (unsigned i = 0; i < f->words->n; i++) {
		if (str_eq(s, str_of(f->words->names[i]))) {
			*ret = i;
			return true;
		}
	}
	return false;
}

static bool truth(str s, bool *ret)
{
	*ret = str_eq(s, S("on")) || str_eq(s, S("1")) || str_eq(s, S("true"));
	return *ret || str_eq(s, S("0")) || str_eq(s, S("false"));
}

static bool set_text(struct arena *a, const struct field *f, str s, void *to,
		     enum fault_kind *kind)
{
	str text = s;
	if (f->type == IN_TEXT)
		text = str_trim(plain_ends(a, s));
	if ((f->type == IN_TEXT && !utf8_clean(text)) ||
	    (f->type == IN_WORD && !word_only(text)))
		*kind = FAULT_SYNTAX;
	else if (!length_fits(f, text.n))
		*kind = FAULT_RANGE;
	else {
		memcpy(to, &text, sizeof text);
		return true;
	}
	return false;
}

static bool set_number(struct arena *a, const struct field *f, str s, void *to,
		       enum fault_kind *kind)
{
	int64_t v;
	enum err e = f->type == IN_INT ? str_int(s, &v) : cents(a, s, &v);
	*kind = e == ERR_SYNTAX ? FAULT_SYNTAX : FAULT_RANGE;
	if (e || !fits(f, v))
		return false;
	if (f->type == IN_INT)
		memcpy(to, &v, sizeof v);
	else
		memcpy(to, &(money){ v }, sizeof(money));
	return true;
}

static bool set_time(const struct field *f, str s, void *to, enum fault_kind *kind)
{
	struct id i;
	day d;
	ts t;
	int m;
	enum err e = ERR_SYNTAX;
	*kind = FAULT_SYNTAX;
	if (f->type == IN_ID && (e = id_parse(s, &i)) == OK)
		memcpy(to, &i, sizeof i);
	else if (f->type == IN_DAY && (e = day_parse(s, &d)) == OK)
		memcpy(to, &d, sizeof d);
	else if (f->type == IN_TS && (e = ts_parse(s, &t)) == OK)
		memcpy(to, &t, sizeof t);
	else if (f->type == IN_HM && (e = hm_parse(s, &m)) == OK)
		memcpy(to, &m, sizeof m);
	else {
		*kind = e == ERR_INPUT ? FAULT_RANGE : FAULT_SYNTAX;
		return false;
	}
	return true;
}

static bool set_word(const struct field *f, str s, void *to, enum fault_kind *kind)
{
	unsigned i;
	*kind = FAULT_CHOICE;
	if (!word_index(f, s, &i))
		return false;
	if (f->type == IN_ENUM) {
		memcpy(to, &(int){ (int)i }, sizeof(int));
		return true;
	}
	uint64_t bits;
	memcpy(&bits, to, sizeof bits);
	bits |= UINT64_C(1) << i;
	memcpy(to, &bits, sizeof bits);
	return true;
}

bool field_set(struct arena *a, const struct field *f, str text, void *ret,
	       enum fault_kind *ret_kind)
{
	void *to = (char *)ret + f->at;
	bool yes;
	switch (f->type) {
	case IN_TEXT:
	case IN_WORD:
	case IN_FILE: return set_text(a, f, text, to, ret_kind);
	case IN_INT:
	case IN_CENTS: return set_number(a, f, text, to, ret_kind);
	case IN_BOOL:
		*ret_kind = FAULT_SYNTAX;
		if (!truth(text, &yes))
			return false;
		memcpy(to, &yes, sizeof yes);
		return true;
	case IN_ID:
	case IN_DAY:
	case IN_HM:
	case IN_TS: return set_time(f, text, to, ret_kind);
	case IN_ENUM:
	case IN_SET: return set_word(f, text, to, ret_kind);
	}
	die("unknown type of field");
}

static void fault(struct arena *a, struct faults *faults, str field, enum fault_kind kind)
{
	*ARENA_PUSH(a, faults) = (struct fault){ str_dup(a, field), kind };
}

static size_t find(const struct field *fields, size_t n, str name)
{
	size_t i = 0;
	while (i < n && !str_eq(name, str_of(fields[i].name)))
		i++;
	return i;
}

static void missing(struct arena *a, const struct field *fields, size_t n, const bool *seen,
		    struct faults *faults)
{
	for (size_t i = 0; i < n; i++)
		if (fields[i].required && !seen[i])
			fault(a, faults, str_of(fields[i].name), FAULT_REQUIRED);
}

enum err field_from_form(struct arena *a, const struct form *form,
			 const struct field *fields, size_t n, void *ret,
			 struct faults *faults)
{
	bool seen[FIELDS_MAX] = { false };
	ASSERT(n <= FIELDS_MAX);
	for (size_t k = 0; k < form->n; k++) {
		const struct form_field *x = &form->v[k];
		size_t i = find(fields, n, x->name);
		enum fault_kind kind;
		if (str_eq(x->name, S("csrf")) || str_starts(x->name, S("_")))
			continue;
		if (i == n || (fields[i].type == IN_FILE) != x->is_file) {
			if (i == n || x->value.n)
				fault(a, faults, x->name, FAULT_UNKNOWN);
			continue;
		}
		if (!x->value.n || (fields[i].type == IN_TEXT && str_blank(x->value)))
			continue;
		if (seen[i] && fields[i].type != IN_SET) {
			fault(a, faults, x->name, FAULT_TWICE);
			continue;
		}
		seen[i] = true;
		if (!field_set(a, &fields[i], x->value, ret, &kind))
			fault(a, faults, x->name, kind);
	}
	missing(a, fields, n, seen, faults);
	return faults->n ? ERR_INPUT : OK;
}
