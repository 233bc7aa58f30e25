/* openapi.c - the OpenAPI 3.1 document, written from the table of routes. */
#include "net/route.h"

#include "view/json.h"

static void schema_of_text(struct json *j, const struct field *f, const char *format)
{
	JSON(j, "type", "string");
	if (format)
		JSON(j, "format", format);
	if (f->type == IN_TEXT || f->type == IN_WORD || f->type == IN_FILE) {
		JSON(j, "maxLength", f->max ? f->max : INT64_C(500));
		if (f->min)
			JSON(j, "minLength", f->min);
	}
	if (f->type == IN_ID)
		JSON(j, "pattern", "^[0-7][0-9A-HJKMNP-TV-Z]{25}$");
	if (f->type == IN_HM)
		JSON(j, "pattern", "^([01][0-9]|2[0-3]):[0-5][0-9]$");
}

static void words(struct json *j, const struct field *f)
{
	JSON(j, "type", "string");
	json_key(j, "enum"), json_arr(j);
	for (unsigned i = 0; i < f->words->n; i++)
		json_z(j, f->words->names[i]);
	json_end(j);
}

static void schema(struct json *j, const struct field *f)
{
	json_obj(j);
	switch (f->type) {
	case IN_TEXT:
	case IN_WORD:
	case IN_ID:
	case IN_HM: schema_of_text(j, f, NULL); break;
	case IN_FILE: schema_of_text(j, f, "binary"); break;
	case IN_DAY: schema_of_text(j, f, "date"); break;
	case IN_TS: schema_of_text(j, f, "date-time"); break;
	case IN_BOOL: JSON(j, "type", "boolean"); break;
	case IN_INT:
	case IN_CENTS:
		JSON(j, "type", "integer");
		if (f->min || f->max) {
			JSON(j, "minimum", f->min);
			JSON(j, "maximum", f->max);
		}
		break;
	case IN_ENUM: words(j, f); break;
	case IN_SET:
		JSON(j, "type", "array");
		json_key(j, "items"), json_obj(j);
		words(j, f);
		json_end(j);
		break;
	}
	json_end(j);
}

static void path_params(struct json *j, const struct route *r)
{
	str path = str_from(str_of(r->path), 1);
	while (path.p && path.n) {
		static const char *const patterns[] = { "^[0-7][0-9A-HJKMNP-TV-Z]{25}$",
							"^(2A|2B|[0-9]{2,3})$",
							"^[0-9]{4}-(0[1-9]|1[0-2])$",
							"^[0-9]{1,18}$",
							"^[A-Za-z0-9_-][A-Za-z0-9._-]*$" };
		str step = str_cut(&path, '/');
		if (step.p[0] != '{')
			continue;
		const struct param *p = param_named(str_sub(step, 1, step.n - 1));
		json_obj(j);
		JSON(j, "name", p->name);
		JSON(j, "in", "path");
		JSON(j, "required", (bool)true);
		json_key(j, "schema"), json_obj(j);
		JSON(j, "type", "string");
		JSON(j, "pattern", patterns[p->kind]);
		json_end(j), json_end(j);
	}
}

static void query_params(struct json *j, const struct input *in)
{
	for (size_t i = 0; i < in->n; i++) {
		json_obj(j);
		JSON(j, "name", in->fields[i].name);
		JSON(j, "in", "query");
		JSON(j, "required", in->fields[i].required);
		json_key(j, "schema"), schema(j, &in->fields[i]);
		json_end(j);
	}
}

static void body(struct json *j, const struct input *in)
{
	json_key(j, "requestBody"), json_obj(j);
	JSON(j, "required", (bool)true);
	json_key(j, "content"), json_obj(j);
	json_key(j, "application/json"), json_obj(j);
	json_key(j, "schema"), json_obj(j);
	JSON(j, "type", "object");
	JSON(j, "additionalProperties", (bool)false);
	json_key(j, "required"), json_arr(j);
	for (size_t i = 0; i < in->n; i++)
		if (in->fields[i].required)
			json_z(j, in->fields[i].name);
	json_end(j);
	json_key(j, "properties"), json_obj(j);
	for (size_t i = 0; i < in->n; i++)
		json_key(j, in->fields[i].name), schema(j, &in->fields[i]);
	json_end(j);
	json_end(j), json_end(j), json_end(j), json_end(j);
}

static void responses(struct json *j, const struct route *r)
{
	static const enum err errors[] = { ERR_LOGIN, ERR_FORBIDDEN, ERR_NOT_FOUND,
					   ERR_INPUT, ERR_CONFLICT,  ERR_TOO_MANY,
					   ERR_BUSY };
	json_key(j, "responses"), json_obj(j);
	json_key(j, "200"), json_obj(j);
	JSON(j, "description", r->summary);
	json_end(j);
	for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
		static const char *const codes[] = { "401", "403", "404", "422",
						     "409", "429", "503" };
		if (r->action == ACTION_public && errors[i] == ERR_FORBIDDEN)
			continue;
		json_key(j, codes[i]), json_obj(j);
		JSON(j, "description", err_name(errors[i]));
		json_end(j);
	}
	json_end(j);
}

static void operation(struct json *j, const struct route *r)
{
	static const char *const methods[] = { "get", "post", "put", "patch", "delete" };
	json_key(j, methods[r->method]), json_obj(j);
	JSON(j, "operationId", r->name);
	JSON(j, "summary", r->summary);
	JSON(j, "x-vigie-action", action_name(r->action));
	json_key(j, "parameters"), json_arr(j);
	path_params(j, r);
	if (r->method == HTTP_GET)
		query_params(j, r->in);
	json_end(j);
	if (r->method != HTTP_GET && r->in->n)
		body(j, r->in);
	responses(j, r);
	json_key(j, "security"), json_arr(j);
	if (r->action != ACTION_public) {
		json_obj(j), json_key(j, "session"), json_arr(j), json_end(j), json_end(j);
		json_obj(j), json_key(j, "token"), json_arr(j), json_end(j), json_end(j);
	}
	json_end(j);
	json_end(j);
}

static void schemes(struct json *j)
{
	json_key(j, "components"), json_obj(j);
	json_key(j, "securitySchemes"), json_obj(j);
	json_key(j, "session"), json_obj(j);
	JSON(j, "type", "apiKey"), JSON(j, "in", "cookie"), JSON(j, "name", "vigie");
	json_end(j);
	json_key(j, "token"), json_obj(j);
	JSON(j, "type", "http"), JSON(j, "scheme", "bearer");
	json_end(j);
	json_end(j), json_end(j);
}

/* Routes of one path stand together in the table or not: a path is written at its first. */
static bool seen_before(const struct route *t, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (strcmp(t[k].path, t[i].path) == 0)
			return true;
	return false;
}

str route_openapi(struct arena *a, str version)
{
	size_t n;
	const struct route *t = route_table(&n);
	struct buf b = buf_init(a, 0);
	struct json j = json_to(&b);
	json_obj(&j);
	JSON(&j, "openapi", "3.1.0");
	json_key(&j, "info"), json_obj(&j);
	JSON(&j, "title", "Vigie");
	JSON(&j, "version", version);
	json_key(&j, "license"), json_obj(&j);
	JSON(&j, "name", "EUPL-1.2");
	json_end(&j), json_end(&j);
	json_key(&j, "paths"), json_obj(&j);
	for (size_t i = 0; i < n; i++) {
		if (!str_starts(str_of(t[i].path), S("/api/")) || seen_before(t, i))
			continue;
		json_key(&j, t[i].path), json_obj(&j);
		for (size_t k = i; k < n; k++)
			if (strcmp(t[k].path, t[i].path) == 0)
				operation(&j, &t[k]);
		json_end(&j);
	}
	json_end(&j);
	schemes(&j);
	json_end(&j);
	json_done(&j);
	return buf_str(&b);
}
