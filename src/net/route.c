#include "net/route.h"

const struct input in_none = { NULL, 0, 0, NULL };

/* Each handler and input is defined in a file of ours; the linker finds the missing one. */
#define ROUTE(method, path, name, action, kind, in, summary)                               \
	enum err do_##name(struct call *c, struct http_response *ret);                     \
	extern const struct input in_##in;
#include "net/routes.tbl"
#undef ROUTE

static const struct route table[] = {
#define ROUTE(method, path, name, action, kind, in, summary)                               \
	{ HTTP_##method, path,     #name,     ACTION_##action,                             \
	  ROUTE_##kind,  &in_##in, do_##name, summary },
#include "net/routes.tbl"
#undef ROUTE
};
#define ROUTES (sizeof table / sizeof *table)

static const struct param params[] = {
	{ "visit", PARAM_ID, OBJECT_VISIT },
	{ "request", PARAM_ID, OBJECT_REQUEST },
	{ "person", PARAM_ID, OBJECT_PERSON },
	{ "contact", PARAM_ID, OBJECT_CONTACT },
	{ "carer", PARAM_ID, OBJECT_CARER },
	{ "operator", PARAM_ID, OBJECT_OPERATOR },
	{ "offer", PARAM_ID, OBJECT_OFFER },
	{ "notice", PARAM_ID, OBJECT_NOTICE },
	{ "signalement", PARAM_ID, OBJECT_SIGNALEMENT },
	{ "session", PARAM_ID, OBJECT_NONE }, /* always one's own: the statement says so */
	{ "token", PARAM_ID, OBJECT_NONE },
	{ "account", PARAM_ID, OBJECT_NONE },
	{ "territory", PARAM_TERRITORY,
	  OBJECT_NONE }, /* public, or compared by the handler */
	{ "month", PARAM_MONTH, OBJECT_NONE },
	{ "edition", PARAM_NUMBER, OBJECT_NONE },
	{ "size", PARAM_NUMBER, OBJECT_NONE },
	{ "word", PARAM_WORD, OBJECT_NONE },
	{ "file", PARAM_WORD, OBJECT_NONE },
};

const struct route *route_table(size_t *ret_n)
{
	*ret_n = ROUTES;
	return table;
}

const struct route *route_named(const char *name)
{
	for (size_t i = 0; i < ROUTES; i++)
		if (strcmp(table[i].name, name) == 0)
			return &table[i];
	return NULL;
}

const struct param *param_named(str name)
{
	for (size_t i = 0; i < sizeof params / sizeof *params; i++)
		if (str_eq(name, str_of(params[i].name)))
			return &params[i];
	return NULL;
}

static bool digits_only(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0;
}

/* "76", "2A", "974". */
static bool territory_form(str s)
{
	bool corse = str_eq(s, S("2A")) || str_eq(s, S("2B"));
	return corse || ((s.n == 2 || s.n == 3) && digits_only(s));
}

/* "2026-11" */
static bool month_form(str s)
{
	if (s.n != 7 || s.p[4] != '-' || !digits_only(str_sub(s, 0, 4)) ||
	    !digits_only(str_from(s, 5)))
		return false;
	int m = (s.p[5] - '0') * 10 + s.p[6] - '0';
	return m >= 1 && m <= 12;
}

static bool word_form(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		      (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.'))
			return false;
	}
	return s.n > 0 && s.n <= 100 && s.p[0] != '.';
}

static bool take(const struct param *p, str text, struct param_value *ret)
{
	struct param_value v = { .param = p, .text = text };
	bool ok = false;
	switch (p->kind) {
	case PARAM_ID: ok = id_parse(text, &v.id) == OK && id_is(v.id); break;
	case PARAM_TERRITORY: ok = territory_form(text); break;
	case PARAM_MONTH: ok = month_form(text); break;
	case PARAM_NUMBER:
		ok = text.n <= 18 && digits_only(text) && str_int(text, &v.number) == OK;
		break;
	case PARAM_WORD: ok = word_form(text); break;
	}
	if (ok)
		*ret = v;
	return ok;
}

static bool match_one(const struct route *r, const str *steps, size_t n,
		      struct param_value values[ROUTE_PARAMS])
{
	str path = str_from(str_of(r->path), 1);
	size_t i = 0, k = 0;
	memset(values, 0, ROUTE_PARAMS * sizeof *values);
	while (path.p && path.n) {
		str step = str_cut(&path, '/');
		if (i == n)
			return false;
		if (step.p[0] == '{') {
			const struct param *p = param_named(str_sub(step, 1, step.n - 1));
			ASSERT(p && k < ROUTE_PARAMS);
			if (!take(p, steps[i], &values[k++]))
				return false;
		} else if (!str_eq(step, steps[i])) {
			return false;
		}
		i++;
	}
	return i == n;
}

enum err route_match(struct arena *a, enum http_method method, str path,
		     const struct route **ret, struct param_value values[ROUTE_PARAMS],
		     str *ret_allow)
{
	str steps[URL_STEPS_MAX];
	size_t n;
	struct buf allow = buf_init(a, 0);
	if (url_path(a, path, steps, &n))
		return ERR_NOT_FOUND;
	for (size_t i = 0; i < ROUTES; i++) {
		if (!match_one(&table[i], steps, n, values))
			continue;
		if (table[i].method == method) {
			*ret = &table[i];
			return OK;
		}
		buf_fmt(&allow, "%s%s", allow.n ? ", " : "",
			http_method_name(table[i].method));
	}
	if (!allow.n)
		return ERR_NOT_FOUND;
	*ret_allow = buf_str(&allow);
	return ERR_METHOD;
}
