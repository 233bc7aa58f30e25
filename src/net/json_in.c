/* json_in.c - JSON bodies into typed fields.  jansson reads the text; values are copied into
 * the arena, and its tree is gone when this returns. */
#include "base/utf8.h"
#include "net/field.h"

#include <jansson.h>

/* An object of values and arrays of values: anything deeper is not ours.  jansson itself
 * stops at 2048 levels; deep texts are refused before it is asked. */
#define DEPTH_MAX 4

static bool too_deep(str s)
{
	int depth = 0;
	bool quoted = false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (quoted && c == '\\')
			i++;
		else if (c == '"')
			quoted = !quoted;
		else if (!quoted && (c == '{' || c == '[') && ++depth > DEPTH_MAX)
			return true;
		else if (!quoted && (c == '}' || c == ']'))
			depth--;
	}
	return false;
}

static bool value_set(struct arena *a, const struct field *f, const json_t *v, void *ret,
		      enum fault_kind *kind)
{
	*kind = FAULT_SYNTAX;
	if (json_is_string(v) && f->type != IN_INT && f->type != IN_CENTS &&
	    f->type != IN_BOOL) {
		str text = { json_string_value(v), json_string_length(v) };
		return field_set(a, f, str_dup(a, text), ret, kind);
	}
	if (json_is_integer(v) && f->type == IN_INT)
		return field_set(a, f, str_fmt(a, "%lld", (long long)json_integer_value(v)),
				 ret, kind);
	if (json_is_integer(v) && f->type == IN_CENTS) {
		int64_t n = json_integer_value(v);
		*kind = FAULT_RANGE;
		if (n < f->min || (f->max && n > f->max))
			return false;
		memcpy((char *)ret + f->at, &(money){ n }, sizeof(money));
		return true;
	}
	if (json_is_boolean(v) && f->type == IN_BOOL)
		return field_set(a, f, json_is_true(v) ? S("true") : S("false"), ret, kind);
	return false;
}

static bool array_set(struct arena *a, const struct field *f, const json_t *v, void *ret,
		      enum fault_kind *kind)
{
	*kind = FAULT_SYNTAX;
	if (!json_is_array(v) || json_array_size(v) > f->words->n)
		return false;
	for (size_t i = 0; i < json_array_size(v); i++)
		if (!value_set(a, f, json_array_get(v, i), ret, kind))
			return false;
	return true;
}

static void add(struct arena *a, struct faults *faults, const char *field,
		enum fault_kind kind)
{
	*ARENA_PUSH(a, faults) = (struct fault){ str_dup(a, str_of(field)), kind };
}

static void object_set(struct arena *a, json_t *root, const struct field *fields, size_t n,
		       void *ret, struct faults *faults)
{
	bool seen[FIELDS_MAX] = { false };
	const char *key;
	json_t *v;
	json_object_foreach(root, key, v)
	{
		size_t i = 0;
		enum fault_kind kind;
		while (i < n && !str_eq(str_of(key), str_of(fields[i].name)))
			i++;
		if (i == n) {
			add(a, faults, key, FAULT_UNKNOWN);
			continue;
		}
		/* null, "" and blanks say nothing, as an empty line of a form */
		if (json_is_null(v) ||
		    (json_is_string(v) && str_blank(str_of(json_string_value(v)))))
			continue;
		seen[i] = true;
		bool ok = fields[i].type == IN_SET
				  ? array_set(a, &fields[i], v, ret, &kind)
				  : value_set(a, &fields[i], v, ret, &kind);
		if (!ok)
			add(a, faults, key, kind);
	}
	for (size_t i = 0; i < n; i++)
		if (fields[i].required && !seen[i])
			add(a, faults, fields[i].name, FAULT_REQUIRED);
}

enum err field_from_json(struct arena *a, str body, const struct field *fields, size_t n,
			 void *ret, struct faults *faults)
{
	ASSERT(n <= FIELDS_MAX);
	if (too_deep(body) || !utf8_valid(body))
		return ERR_SYNTAX;
	json_error_t error;
	/* without JSON_ALLOW_NUL a \u0000 is refused, so keys and values are C strings */
	json_t *root =
		json_loadb(body.p ? body.p : "", body.n, JSON_REJECT_DUPLICATES, &error);
	if (!root || !json_is_object(root)) {
		json_decref(root);
		return ERR_SYNTAX;
	}
	object_set(a, root, fields, n, ret, faults);
	json_decref(root);
	return faults->n ? ERR_INPUT : OK;
}
