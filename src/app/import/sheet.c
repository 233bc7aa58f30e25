/* sheet.c - see sheet.h: from bytes to rows, by the tables of sheets.c. */
#include "app/import/sheet.h"
#include "base/utf8.h"

const char *import_kind_name(enum import_kind k)
{
	return import_sheets[k].name;
}

bool import_kind_of(str name, enum import_kind *ret)
{
	for (int k = 0; k < IMPORT_KINDS_; k++) {
		if (!str_eq(name, str_of(import_sheets[k].name)))
			continue;
		*ret = (enum import_kind)k;
		return true;
	}
	return false;
}

const struct column *sheet_column(const struct sheet *s, const char *name)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->v[i].name, name) == 0)
			return &s->v[i];
	die("the sheet %s has no column %s", s->name, name);
}

void sheet_fault(struct arena *keep, struct import_report *r, size_t line,
		 const struct column *c, enum import_wrong wrong, str value)
{
	if (r->faults.n == IMPORT_FAULTS_MAX) {
		r->faults_left_off++;
		return;
	}
	str shown = { 0 };
	if (c && !c->is_private && value.n) {
		size_t n = 0;
		str rest = value;
		while (rest.n && n++ < IMPORT_SHOWN)
			(void)utf8_next(&rest);
		shown = str_dup(keep, str_sub(value, 0, value.n - rest.n));
		if (rest.n)
			shown = str_cat(keep, shown, S("…"));
	}
	*ARENA_PUSH(keep, &r->faults) =
		(struct import_fault){ line, c ? str_of(c->name) : (str){ 0 }, wrong,
				       shown };
}

/* A fault of the file itself: its column is a word of the header, not personal. */
static enum err bad_header(struct sheet_reader *r, str word, enum import_wrong wrong)
{
	static const struct column none = { .name = "" };
	sheet_fault(r->keep, r->report, r->csv.fault_line ? r->csv.fault_line : 1, &none,
		    wrong, word);
	return ERR_INPUT;
}

static enum import_wrong wrong_of(const struct csv *c)
{
	switch (c->fault) {
	case CSV_UTF8: return IMPORT_control; /* not UTF-8 was seen before */
	case CSV_QUOTE: return IMPORT_quote;
	case CSV_UNCLOSED: return IMPORT_unclosed;
	case CSV_COLUMNS: return IMPORT_columns;
	case CSV_TOO_LARGE: return IMPORT_too_large;
	case CSV_NONE: break;
	}
	return IMPORT_no_header;
}

/* Headers as people write them: without accents, blanks as underscores. */
static str fold(char *p, size_t max, str name)
{
	static const struct {
		uint32_t code;
		char plain;
	} marks[] = { { 0xe0, 'a' }, { 0xe2, 'a' }, { 0xe7, 'c' }, { 0xe8, 'e' },
		      { 0xe9, 'e' }, { 0xea, 'e' }, { 0xeb, 'e' }, { 0xee, 'i' },
		      { 0xef, 'i' }, { 0xf4, 'o' }, { 0xf9, 'u' }, { 0xfb, 'u' },
		      { 0xc9, 'e' }, { 0xc8, 'e' }, { ' ', '_' },  { '-', '_' } };
	size_t n = 0;
	while (name.n && n < max) {
		uint32_t c = utf8_next(&name);
		char plain = c < 128 ? (char)c : '?';
		for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
			if (marks[i].code == c)
				plain = marks[i].plain;
		p[n++] = plain;
	}
	return (str){ p, n };
}

static size_t column_of(const struct sheet *s, str said)
{
	char plain[64];
	str name = fold(plain, sizeof plain, said);
	for (size_t i = 0; i < s->n; i++)
		if (str_eq_nocase(name, str_of(s->v[i].name)) ||
		    (s->v[i].alias && str_eq_nocase(name, str_of(s->v[i].alias))))
			return i;
	return SIZE_MAX;
}

static enum err map_header(struct sheet_reader *r, const struct csv_row *head)
{
	bool seen[SHEET_COLUMNS_MAX] = { 0 };
	enum err e = OK;
	for (size_t i = 0; i < head->n; i++) {
		str name = str_trim(head->v[i]);
		size_t c = column_of(r->sheet, name);
		r->map[i] = c;
		if (c == SIZE_MAX)
			e = bad_header(r, name, IMPORT_unknown_column);
		else if (seen[c])
			e = bad_header(r, name, IMPORT_column_twice);
		else
			seen[c] = true;
	}
	for (size_t c = 0; c < r->sheet->n; c++)
		if (r->sheet->v[c].required && !seen[c])
			e = bad_header(r, str_of(r->sheet->v[c].name),
				       IMPORT_column_missing);
	return e;
}

static size_t bad_line(str bytes)
{
	size_t line = 1;
	str rest = bytes;
	while (rest.n) {
		str before = rest;
		uint32_t c = utf8_next(&rest);
		if (c == 0xfffd && before.n - rest.n == 1)
			break;
		line += c == '\n';
	}
	return line;
}

enum err sheet_open(struct sheet_reader *r, struct arena *keep, enum import_kind kind,
		    str bytes, struct import_report *report)
{
	struct csv_row head = { 0 };
	*report = (struct import_report){ .kind = kind };
	*r = (struct sheet_reader){ .sheet = &import_sheets[kind],
				    .keep = keep,
				    .report = report };
	ASSERT(r->sheet->n <= SHEET_COLUMNS_MAX);
	if (bytes.n > IMPORT_BYTES_MAX)
		return bad_header(r, S(""), IMPORT_too_large);
	if (str_starts(bytes, S("\xff\xfe")) || str_starts(bytes, S("\xfe\xff")))
		return bad_header(r, S(""), IMPORT_utf16);
	if (!utf8_valid(bytes)) {
		r->csv.fault_line = bad_line(bytes);
		return bad_header(r, S(""), IMPORT_encoding);
	}
	r->csv = csv_init(keep, bytes);
	if (csv_next(&r->csv, &head) != OK)
		return bad_header(r, S(""), wrong_of(&r->csv));
	return map_header(r, &head);
}

/* The corners of France, in tenths of a degree: south, north, west, east. */
static bool is_in_france(int64_t lat, int64_t lon)
{
	static const struct {
		const char *name;
		int16_t s, n, w, e;
	} parts[] = {
		{ "métropole", 412, 512, -53, 97 },
		{ "Guadeloupe", 158, 166, -619, -609 },
		{ "Martinique", 143, 150, -613, -607 },
		{ "Guyane", 20, 60, -547, -515 },
		{ "La Réunion", -215, -208, 551, 559 },
		{ "Mayotte", -131, -126, 449, 454 },
		{ "Saint-Pierre-et-Miquelon", 467, 472, -565, -561 },
	};
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (lat >= parts[i].s * 100000 && lat <= parts[i].n * 100000 &&
		    lon >= parts[i].w * 100000 && lon <= parts[i].e * 100000)
			return true;
	return false;
}

static enum import_wrong check_place(const struct sheet *s, const void *row,
				     const bool *given, const struct column **ret)
{
	const struct column *lat = NULL, *lon = NULL;
	int64_t y, x;
	for (size_t i = 0; i < s->n; i++) {
		if (s->v[i].type == SHEET_LAT && given[i])
			lat = &s->v[i];
		if (s->v[i].type == SHEET_LON && given[i])
			lon = &s->v[i];
	}
	*ret = lat ? lat : lon;
	if (!lat || !lon)
		return lat || lon ? IMPORT_half_place : IMPORT_right;
	memcpy(&y, (const char *)row + lat->at, sizeof y);
	memcpy(&x, (const char *)row + lon->at, sizeof x);
	return is_in_france(y, x) ? IMPORT_right : IMPORT_outside;
}

static enum err fill(struct sheet_reader *r, struct arena *a, const struct csv_row *in,
		     void *row)
{
	const struct sheet *s = r->sheet;
	bool given[SHEET_COLUMNS_MAX] = { 0 };
	const struct column *place;
	enum err e = OK;
	for (size_t i = 0; i < in->n; i++) {
		const struct column *c = &s->v[r->map[i]];
		str text = str_trim(in->v[i]);
		enum import_wrong w = IMPORT_right;
		if (text.n) {
			w = sheet_set(a, c, text, row);
			given[r->map[i]] = !w;
		} else if (c->required) {
			w = IMPORT_required;
		}
		if (!w)
			continue;
		sheet_fault(r->keep, r->report, in->line, c, w, text);
		e = ERR_INPUT;
	}
	enum import_wrong w = e == OK ? check_place(s, row, given, &place) : IMPORT_right;
	if (!w)
		return e;
	sheet_fault(r->keep, r->report, in->line, place, w, S(""));
	return ERR_INPUT;
}

enum err sheet_next(struct sheet_reader *r, struct arena *a, void *row, size_t *ret_line)
{
	struct csv_row in = { 0 };
	r->csv.arena = a;
	enum err e = csv_next(&r->csv, &in);
	if (e == ERR_NOT_FOUND)
		return e;
	*ret_line = e == OK ? in.line : r->csv.fault_line;
	if (e == OK && r->rows == IMPORT_ROWS_MAX) {
		sheet_fault(r->keep, r->report, in.line, NULL, IMPORT_too_many, S(""));
		return ERR_LIMIT;
	}
	r->rows++;
	if (e != OK) {
		sheet_fault(r->keep, r->report, *ret_line, NULL, wrong_of(&r->csv), S(""));
		return e == ERR_INPUT ? ERR_INPUT : ERR_LIMIT;
	}
	memset(row, 0, r->sheet->size);
	if (r->sheet->start)
		r->sheet->start(row);
	return fill(r, a, &in, row);
}
