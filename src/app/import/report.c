/* report.c - the report of an import for a human, as CSV and JSON; the schema of a kind. */
#include "app/import/sheet.h"
#include "view/csv.h"
#include "view/json.h"

static const struct {
	const char *name, *text[2];
} wrongs[] = {
	{ "right", { "", "" } },
#define F(name, fr, en) { #name, { fr, en } },
#include "app/import/faults.tbl"
#undef F
};

static str sentence(const struct import_fault *f, int lang)
{
	return str_of(wrongs[f->wrong].text[lang != 0]);
}

static void count(struct buf *b, size_t n, const char *one, const char *many)
{
	buf_fmt(b, "%zu %s", n, n < 2 ? one : many);
}

static void summary_fr(struct buf *b, const struct import_report *r)
{
	count(b, r->rows, "ligne : ", "lignes : ");
	count(b, r->done, "bonne, ", "bonnes, ");
	count(b, r->known, "déjà connue, ", "déjà connues, ");
	count(b, r->refused, "refusée ; ", "refusées ; ");
	buf_z(b, r->is_kept ? "importé.\n" : "rien n'a été écrit.\n");
}

static void summary_en(struct buf *b, const struct import_report *r)
{
	count(b, r->rows, "row: ", "rows: ");
	buf_fmt(b, "%zu right, %zu known already, %zu refused; %s\n", r->done, r->known,
		r->refused, r->is_kept ? "imported." : "nothing was written.");
}

static void line_text(struct buf *b, const struct import_fault *f, int lang)
{
	if (f->line && lang)
		buf_fmt(b, "line %zu", f->line);
	else if (f->line)
		buf_fmt(b, "ligne %zu", f->line);
	else
		buf_z(b, lang ? "file" : "fichier");
	if (f->column.n) {
		buf_z(b, lang ? ", column " : ", colonne ");
		buf_put(b, f->column);
	}
	buf_z(b, lang ? ": " : " : ");
	buf_put(b, sentence(f, lang));
	if (f->value.n) {
		buf_z(b, lang ? " (\"" : " (« ");
		buf_put(b, f->value);
		buf_z(b, lang ? "\")" : " »)");
	}
	buf_byte(b, '\n');
}

void import_report_text(struct buf *b, const struct import_report *r, int lang)
{
	for (size_t i = 0; i < r->faults.n; i++)
		line_text(b, &r->faults.v[i], lang);
	if (r->faults_left_off) {
		buf_z(b, lang ? "... more: " : "... et d'autres : ");
		buf_fmt(b, "%zu\n", r->faults_left_off);
	}
	if (lang)
		summary_en(b, r);
	else
		summary_fr(b, r);
}

void import_report_csv(struct buf *b, const struct import_report *r, int lang)
{
	static const char *const head[] = { "line", "column", "fault", "value",
					    "sentence" };
	struct csv_out o = csv_to(b, false);
	csv_header(&o, head, 5);
	for (size_t i = 0; i < r->faults.n; i++) {
		const struct import_fault *f = &r->faults.v[i];
		csv_int(&o, (int64_t)f->line);
		csv_text(&o, f->column);
		csv_text(&o, str_of(wrongs[f->wrong].name));
		csv_text(&o, f->value);
		csv_text(&o, sentence(f, lang));
		csv_row_end(&o);
	}
}

void import_report_json(struct buf *b, const struct import_report *r, int lang)
{
	struct json j = json_to(b);
	json_obj(&j);
	JSON(&j, "kind", import_kind_name(r->kind));
	JSON(&j, "rows", (int64_t)r->rows);
	JSON(&j, "done", (int64_t)r->done);
	JSON(&j, "known", (int64_t)r->known);
	JSON(&j, "refused", (int64_t)r->refused);
	JSON(&j, "kept", r->is_kept);
	json_key(&j, "faults");
	json_arr(&j);
	for (size_t i = 0; i < r->faults.n; i++) {
		const struct import_fault *f = &r->faults.v[i];
		json_obj(&j);
		JSON(&j, "line", (int64_t)f->line);
		JSON(&j, "column", f->column);
		JSON(&j, "fault", wrongs[f->wrong].name);
		JSON(&j, "value", f->value);
		JSON(&j, "sentence", sentence(f, lang));
		json_end(&j);
	}
	json_end(&j);
	JSON(&j, "faults_left_off", (int64_t)r->faults_left_off);
	json_end(&j);
	json_done(&j);
}

/* --- Table Schema.  Types are "string" where the reader takes more forms than the standard
 * knows (hours as 24,5 or 24h30): a pattern says which. */

static const struct {
	const char *type, *format, *pattern;
} types[SHEET_TYPES_] = {
	[SHEET_SKIPPED] = { "any", NULL, NULL },
	[SHEET_TEXT] = { "string", NULL, NULL },
	[SHEET_REF] = { "string", NULL, NULL },
	[SHEET_FINESS] = { "string", NULL, "^(\\d{9}|2[AB]\\d{7})$" },
	[SHEET_INSEE] = { "string", NULL, "^(\\d{5}|2[AB]\\d{3})$" },
	[SHEET_POSTCODE] = { "string", NULL, "^\\d{5}$" },
	[SHEET_PHONE] = { "string", NULL, "^\\+?[0-9 ()./-]{8,24}$" },
	[SHEET_MAIL] = { "string", "email", NULL },
	[SHEET_LAT] = { "number", NULL, NULL },
	[SHEET_LON] = { "number", NULL, NULL },
	[SHEET_INT] = { "integer", NULL, NULL },
	[SHEET_CENTS] = { "string", NULL, "^\\d+([.,]\\d{1,2})?$" },
	[SHEET_BP] = { "string", NULL, "^\\d+([.,]\\d{1,2})?$" },
	[SHEET_HOURS] = { "string", NULL, "^\\d+([.,]\\d{1,2}|[hH:](\\d{2})?)?$" },
	[SHEET_MINUTES] = { "string", NULL, "^\\d+([hH:](\\d{2})?)?$" },
	[SHEET_BOOL] = { "boolean", NULL, NULL },
	[SHEET_DAY] = { "date", "any", NULL },
	[SHEET_HM] = { "string", NULL, "^\\d{1,2}([hH:](\\d{2})?)$" },
	[SHEET_ENUM] = { "string", NULL, NULL },
	[SHEET_SET] = { "string", NULL, NULL },
	[SHEET_RRULE] = { "string", NULL, "^(RRULE:)?[A-Za-z0-9=;,+-]+$" },
	[SHEET_DAYS] = { "string", NULL, NULL },
};

static void texts(struct json *j, const char *key, const char *const *v, size_t n)
{
	json_key(j, key);
	json_arr(j);
	for (size_t i = 0; i < n; i++)
		json_z(j, v[i]);
	json_end(j);
}

static void constraints(struct json *j, const struct column *c)
{
	json_key(j, "constraints");
	json_obj(j);
	JSON(j, "required", c->required);
	if (types[c->type].pattern)
		JSON(j, "pattern", types[c->type].pattern);
	if (c->type == SHEET_REF)
		JSON(j, "maxLength", 64);
	if (c->type == SHEET_TEXT)
		JSON(j, "maxLength", c->max);
	if (c->type == SHEET_INT && (c->min || c->max)) {
		JSON(j, "minimum", c->min);
		JSON(j, "maximum", c->max);
	}
	json_end(j);
}

static void field(struct json *j, const struct column *c)
{
	static const char *const yes[] = { "oui", "1", "true", "x" };
	static const char *const no[] = { "non", "0", "false" };
	json_obj(j);
	JSON(j, "name", c->name);
	if (c->alias)
		JSON(j, "vigie:alias", c->alias);
	JSON(j, "type", types[c->type].type);
	if (types[c->type].format)
		JSON(j, "format", types[c->type].format);
	JSON(j, "description", c->what);
	if (c->type == SHEET_BOOL) {
		texts(j, "trueValues", yes, 4);
		texts(j, "falseValues", no, 3);
	}
	if (c->words)
		texts(j, c->type == SHEET_SET ? "vigie:setOf" : "vigie:words",
		      c->words->names, c->words->n);
	if (c->type != SHEET_SKIPPED)
		constraints(j, c);
	if (c->is_private)
		JSON(j, "vigie:personal", true);
	json_end(j);
}

void import_schema(struct buf *b, enum import_kind kind)
{
	static const char *const empty[] = { "" };
	const struct sheet *s = &import_sheets[kind];
	struct json j = json_to(b);
	json_obj(&j);
	JSON(&j, "name", s->name);
	JSON(&j, "title", s->title);
	texts(&j, "missingValues", empty, 1);
	str key = str_of(s->key);
	if (key.n) {
		json_key(&j, "primaryKey");
		json_arr(&j);
		while (key.n)
			json_str(&j, str_cut(&key, ' '));
		json_end(&j);
	}
	/* cppcheck-suppress constStatement ; a call, misread by 2.10 behind _Generic */
	json_key(&j, "fields");
	json_arr(&j);
	for (size_t i = 0; i < s->n; i++)
		field(&j, &s->v[i]);
	json_end(&j);
	json_end(&j);
	json_done(&j);
}
