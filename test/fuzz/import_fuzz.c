/* import_fuzz.c - files of others; the first byte chooses the kind.  Laws: a row is given whole or
 * has at least one fault; lines grow; what a text field holds fits its column; faults show
 * clean text, cut, and nothing of personal columns.
 */
#include "fuzz.h"
#include "app/import/rows.h"
#include "app/import/sheet.h"
#include "base/utf8.h"

static void check_texts(const struct sheet *s, const void *row)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct column *c = &s->v[i];
		str v;
		int64_t n;
		if (c->type == SHEET_TEXT || c->type == SHEET_REF) {
			memcpy(&v, (const char *)row + c->at, sizeof v);
			ASSERT(utf8_valid(v));
			ASSERT((int64_t)utf8_count(v) <=
			       (c->type == SHEET_REF ? 64 : c->max));
			ASSERT(!c->required || v.n > 0);
		}
		if (c->size == 8 && (c->min || c->max) && c->type == SHEET_INT) {
			memcpy(&n, (const char *)row + c->at, sizeof n);
			ASSERT(n == 0 || (n >= c->min && n <= c->max));
		}
	}
}

static void check_faults(struct arena *a, const struct import_report *r)
{
	for (size_t i = 0; i < r->faults.n; i++) {
		const struct import_fault *f = &r->faults.v[i];
		ASSERT(f->wrong > IMPORT_right && f->wrong < IMPORT_WRONGS_);
		ASSERT(utf8_valid(f->value) && utf8_count(f->value) <= IMPORT_SHOWN + 1);
		if (f->column.n && f->value.n)
			ASSERT(!sheet_column(&import_sheets[r->kind], str_z(a, f->column))
					->is_private);
	}
}

void fuzz_one(struct arena *a, str input)
{
	struct sheet_reader r;
	struct import_report report;
	union import_row row;
	size_t line = 0, rows = 0;
	if (!input.n)
		return;
	enum import_kind k = (enum import_kind)((unsigned char)input.p[0] % IMPORT_KINDS_);
	enum err e = sheet_open(&r, a, k, str_from(input, 1), &report);
	ASSERT(e == OK || (e == ERR_INPUT && report.faults.n > 0));
	while (e != ERR_NOT_FOUND && e != ERR_LIMIT && r.sheet && r.csv.columns &&
	       !(e == ERR_INPUT && rows == 0)) {
		size_t before = report.faults.n + report.faults_left_off, now;
		e = sheet_next(&r, a, &row, &now);
		if (e == ERR_NOT_FOUND)
			break;
		rows++;
		ASSERT(now > line);
		line = now;
		if (e == OK)
			check_texts(r.sheet, &row);
		else
			ASSERT(report.faults.n + report.faults_left_off > before);
	}
	check_faults(a, &report);
	struct buf b = buf_init(a, 0);
	import_report_json(&b, &report, 0);
	import_report_csv(&b, &report, 1);
	import_report_text(&b, &report, 1);
}
