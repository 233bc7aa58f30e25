#include "base/csv.h"
#include "base/buf.h"
#include "base/utf8.h"

/* The separator is what the first line holds more of. */
static char separator_of(str bytes)
{
	size_t commas = 0, semicolons = 0;
	for (size_t i = 0; i < bytes.n && bytes.p[i] != '\n'; i++) {
		commas += bytes.p[i] == ',';
		semicolons += bytes.p[i] == ';';
	}
	return semicolons > commas ? ';' : ',';
}

struct csv csv_init(struct arena *a, str bytes)
{
	if (str_starts(bytes, S("\xef\xbb\xbf")))
		bytes = str_from(bytes, 3);
	return (struct csv){
		.arena = a, .rest = bytes, .line = 1, .separator = separator_of(bytes)
	};
}

static enum err fault(struct csv *c, enum csv_fault f, size_t line)
{
	c->fault = f;
	c->fault_line = line;
	if (f == CSV_COLUMNS)
		return ERR_INPUT;
	c->rest = (str){ NULL, 0 };
	return f == CSV_TOO_LARGE ? ERR_LIMIT : ERR_SYNTAX;
}

/* Cuts LF or CRLF from the front; false when neither stands there. */
static bool cut_end(struct csv *c)
{
	size_t n = str_starts(c->rest, S("\r\n")) ? 2
		   : str_starts(c->rest, S("\n")) ? 1
						  : 0;
	c->rest = str_from(c->rest, n);
	c->line += n != 0;
	return n != 0;
}

static bool at_end_of_field(const struct csv *c)
{
	return c->rest.n == 0 || c->rest.p[0] == c->separator || c->rest.p[0] == '\n' ||
	       str_starts(c->rest, S("\r\n"));
}

/* A field in quotes; c->rest starts after the opening one. */
static enum err quoted(struct csv *c, str *ret)
{
	str s = c->rest;
	size_t i = 0, doubled = 0, newlines = 0;
	for (;; i++) {
		if (i >= s.n)
			return fault(c, CSV_UNCLOSED, c->line);
		newlines += s.p[i] == '\n';
		if (s.p[i] != '"')
			continue;
		if (i + 1 >= s.n || s.p[i + 1] != '"')
			break;
		doubled++;
		i++;
	}
	str inside = str_sub(s, 0, i);
	c->rest = str_from(s, i + 1);
	if (!at_end_of_field(c))
		return fault(c, CSV_QUOTE, c->line + newlines);
	c->line += newlines;
	*ret = inside;
	if (!doubled || inside.n > CSV_FIELD_MAX)
		return OK;
	char *p = arena_alloc(c->arena, inside.n);
	size_t n = 0;
	for (size_t k = 0; k < inside.n; k++) {
		p[n++] = inside.p[k];
		k += inside.p[k] == '"';
	}
	*ret = (str){ p, n };
	return OK;
}

static enum err field(struct csv *c, str *ret)
{
	if (str_starts(c->rest, S("\""))) {
		c->rest = str_from(c->rest, 1);
		TRY(quoted(c, ret));
	} else {
		str s = c->rest;
		while (!at_end_of_field(c)) {
			if (c->rest.p[0] == '"')
				return fault(c, CSV_QUOTE, c->line);
			c->rest = str_from(c->rest, 1);
		}
		*ret = str_sub(s, 0, s.n - c->rest.n);
	}
	if (ret->n > CSV_FIELD_MAX)
		return fault(c, CSV_TOO_LARGE, c->line);
	/* A line break in a quoted field may be CRLF; the rest must be clean text. */
	for (size_t i = 0; i < ret->n; i++)
		if (ret->p[i] == '\r' && (i + 1 >= ret->n || ret->p[i + 1] != '\n'))
			return fault(c, CSV_UTF8, c->line);
	str rest = *ret;
	while (rest.p && rest.n)
		if (!utf8_clean(str_cut(&rest, '\r')))
			return fault(c, CSV_UTF8, c->line);
	return OK;
}

enum err csv_next(struct csv *c, struct csv_row *ret)
{
	if (c->rest.n > CSV_BYTES_MAX)
		return fault(c, CSV_TOO_LARGE, c->line);
	while (cut_end(c))
		;
	if (c->rest.n == 0)
		return ERR_NOT_FOUND;
	struct csv_row row = { .line = c->line };
	for (;;) {
		str f;
		TRY(field(c, &f));
		if (row.n == CSV_FIELDS_MAX)
			return fault(c, CSV_TOO_LARGE, row.line);
		*ARENA_PUSH(c->arena, &row) = f;
		if (c->rest.n == 0 || c->rest.p[0] != c->separator)
			break;
		c->rest = str_from(c->rest, 1);
	}
	cut_end(c);
	if (!c->columns)
		c->columns = row.n;
	*ret = row;
	return row.n == c->columns ? OK : fault(c, CSV_COLUMNS, row.line);
}

size_t csv_column(const struct csv_row *head, str name)
{
	for (size_t i = 0; i < head->n; i++)
		if (str_eq_nocase(str_trim(head->v[i]), name))
			return i;
	return SIZE_MAX;
}
