#include "net/form.h"

#include "base/utf8.h"
#include "net/url.h"

static enum err add(struct arena *a, struct form *f, struct form_field field)
{
	if (f->n == FORM_FIELDS_MAX)
		return ERR_LIMIT;
	*ARENA_PUSH(a, f) = field;
	return OK;
}

enum err form_urlencoded(struct arena *a, str body, struct form *ret)
{
	struct form f = { 0 };
	while (body.p && body.n) {
		str value = str_cut(&body, '&'), name = str_cut(&value, '=');
		struct form_field field = { 0 };
		if (!name.n)
			return ERR_SYNTAX;
		TRY(url_decode(a, name, true, &field.name));
		TRY(url_decode(a, value, true, &field.value));
		TRY(add(a, &f, field));
	}
	*ret = f;
	return OK;
}

str content_base(str header)
{
	return str_trim(str_cut(&header, ';'));
}

/* A token or a "quoted \"string\"" at the front of *rest, up to the next ';'. */
static str param_value(struct arena *a, str *rest)
{
	if (!rest->n || rest->p[0] != '"')
		return str_trim(str_cut(rest, ';'));
	struct buf b = buf_init(a, rest->n);
	size_t i = 1;
	for (; i < rest->n && rest->p[i] != '"'; i++) {
		if (rest->p[i] == '\\' && i + 1 < rest->n)
			i++;
		buf_byte(&b, rest->p[i]);
	}
	*rest = str_from(*rest, i);
	str_cut(rest, ';');
	return buf_str(&b);
}

str content_param(struct arena *a, str header, str name)
{
	str_cut(&header, ';');
	while (header.p && header.n) {
		size_t eq = str_find_byte(header, '=');
		if (eq == SIZE_MAX)
			break;
		str key = str_trim(str_sub(header, 0, eq));
		header = str_from(header, eq + 1);
		str value = param_value(a, &header);
		if (str_eq_nocase(key, name))
			return value;
	}
	return (str){ 0 };
}

/* A browser may send "C:\folder\plan.csv": only the last step is kept. */
static str last_step(str s)
{
	for (size_t i = s.n; i > 0; i--)
		if (s.p[i - 1] == '/' || s.p[i - 1] == '\\')
			return str_from(s, i);
	return s;
}

/* The lines of a part's head, each ended by CRLF. */
static enum err part_head(struct arena *a, str head, struct form_field *f)
{
	bool named = false;
	while (head.p && head.n) {
		str line = str_cut(&head, '\n');
		if (!line.n || line.p[line.n - 1] != '\r')
			return ERR_SYNTAX;
		line.n--;
		str value = line, key = str_cut(&value, ':');
		if (!value.p)
			return ERR_SYNTAX;
		value = str_trim(value);
		if (str_eq_nocase(key, S("Content-Type")))
			f->type = value;
		if (!str_eq_nocase(key, S("Content-Disposition")))
			continue;
		if (named || !str_eq_nocase(content_base(value), S("form-data")))
			return ERR_SYNTAX;
		named = true;
		f->name = content_param(a, value, S("name"));
		f->file = last_step(content_param(a, value, S("filename")));
		f->is_file = f->file.n > 0;
	}
	if (!f->name.n || !utf8_clean(f->name) || !utf8_clean(f->file))
		return ERR_SYNTAX;
	return OK;
}

static enum err one_part(struct arena *a, str part, struct form *f)
{
	struct form_field field = { 0 };
	size_t end = str_find(part, S("\r\n\r\n"));
	if (end == SIZE_MAX)
		return ERR_SYNTAX;
	TRY(part_head(a, str_sub(part, 0, end + 2), &field));
	field.value = str_from(part, end + 4);
	if (!field.is_file && !utf8_valid(field.value))
		return ERR_SYNTAX;
	return add(a, f, field);
}

enum err form_multipart(struct arena *a, str body, str boundary, struct form *ret)
{
	struct form f = { 0 };
	if (!boundary.n || boundary.n > 70) /* RFC 2046 §5.1.1 */
		return ERR_SYNTAX;
	str mark = str_fmt(a, "\r\n--%" PRIstr, STR(boundary));
	if (!str_starts(body, str_from(mark, 2)))
		return ERR_SYNTAX;
	body = str_from(body, mark.n - 2);
	for (;;) {
		if (str_eq(body, S("--")) || str_eq(body, S("--\r\n")))
			break;
		if (!str_starts(body, S("\r\n")))
			return ERR_SYNTAX;
		body = str_from(body, 2);
		size_t end = str_find(body, mark);
		if (end == SIZE_MAX)
			return ERR_SYNTAX;
		TRY(one_part(a, str_sub(body, 0, end), &f));
		body = str_from(body, end + mark.n);
	}
	*ret = f;
	return OK;
}

enum err form_parse(struct arena *a, str content_type, str body, struct form *ret)
{
	str base = content_base(content_type);
	if (str_eq_nocase(base, S("application/x-www-form-urlencoded")))
		return form_urlencoded(a, body, ret);
	if (str_eq_nocase(base, S("multipart/form-data")))
		return form_multipart(a, body,
				      content_param(a, content_type, S("boundary")), ret);
	return ERR_UNSUPPORTED;
}

const struct form_field *form_get(const struct form *f, str name)
{
	for (size_t i = 0; i < f->n; i++)
		if (str_eq(f->v[i].name, name))
			return &f->v[i];
	return NULL;
}

str form_value(const struct form *f, str name)
{
	const struct form_field *x = form_get(f, name);
	return x ? x->value : (str){ 0 };
}
