/* csv_fuzz.c - CSV from outside.  Laws: every row that is accepted has the header's number of
 * fields, clean text, and rows come with growing line numbers; writing what was read and
 * reading it again gives the same fields.
 */
#include "fuzz.h"
#include "base/csv.h"
#include "base/utf8.h"

static void put_row(struct buf *b, const struct csv_row *r, char separator)
{
	for (size_t i = 0; i < r->n; i++) {
		if (i)
			buf_byte(b, separator);
		buf_byte(b, '"');
		for (size_t k = 0; k < r->v[i].n; k++) {
			if (r->v[i].p[k] == '"')
				buf_byte(b, '"');
			buf_byte(b, r->v[i].p[k]);
		}
		buf_byte(b, '"');
	}
	BUF_LIT(b, "\n");
}

void fuzz_one(struct arena *a, str input)
{
	struct csv c = csv_init(a, input);
	struct buf copy = buf_init(a, 0);
	struct csv_row rows[64];
	size_t n = 0, line = 0;
	enum err e;
	struct csv_row r;
	while ((e = csv_next(&c, &r)) == OK || e == ERR_INPUT) {
		ASSERT(r.line > line && r.n > 0);
		line = r.line;
		ASSERT((e == OK) == (r.n == c.columns));
		if (e != OK || n == 64)
			continue;
		for (size_t i = 0; i < r.n; i++)
			ASSERT(utf8_valid(r.v[i]) && r.v[i].n <= CSV_FIELD_MAX);
		put_row(&copy, &r, c.separator);
		rows[n++] = r;
	}
	ASSERT(e == ERR_NOT_FOUND || (c.fault != CSV_NONE && c.fault_line > 0));
	struct csv again = csv_init(a, buf_str(&copy));
	again.separator = c.separator; /* a header of one column may hold the other sign */
	for (size_t k = 0; k < n; k++) {
		ASSERT(csv_next(&again, &r) == OK && r.n == rows[k].n);
		for (size_t i = 0; i < r.n; i++)
			ASSERT(str_eq(r.v[i], rows[k].v[i]));
	}
	ASSERT(csv_next(&again, &r) == ERR_NOT_FOUND);
}
