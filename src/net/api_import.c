/* api_import.c - files of others over HTTP: the import of the command line, by whoever may.
 *
 * A refused file is an answer, not an error: the report says which lines, and the import has
 * undone itself (app/import.h).
 */
#include "app/import.h"
#include "net/serve.h"

struct import_file_in {
	str file;
	bool dry_run, partial, keep_known;
};
static const struct field import_file_fields[] = {
	FIELD_LIMITS(struct import_file_in, file, FILE, true, 1, 16 << 20),
	FIELD_OPTIONAL(struct import_file_in, dry_run, BOOL),
	FIELD_OPTIONAL(struct import_file_in, partial, BOOL),
	FIELD_OPTIONAL(struct import_file_in, keep_known, BOOL),
};
const struct input in_import_file = { import_file_fields, 4, sizeof(struct import_file_in),
				      NULL };

enum err do_import_file(struct call *c, struct http_response *ret)
{
	const struct import_file_in *in = c->in;
	struct actor by = call_actor(c);
	struct import_options o = { .dry_run = in->dry_run,
				    .partial = in->partial,
				    .keep_known = in->keep_known };
	struct import_report report;
	enum import_kind kind;
	if (!import_kind_of(call_text(c, "word"), &kind))
		return ERR_NOT_FOUND;
	bool software = by.role == ROLE_OPERATOR_API;
	if (software && kind == IMPORT_CHECKINS && !(c->who.api_scopes & API_CHECKIN))
		return ERR_FORBIDDEN;
	enum err e = import_run(c->app, c->a, &by, kind, in->file, &o, c->now, &report);
	if (e != OK && e != ERR_INPUT)
		return e;
	struct buf b = buf_init(c->a, 0);
	import_report_json(&b, &report, c->lang == LANG_EN);
	answer_json(c, ret, e == OK ? 200 : 422, buf_str(&b));
	return OK;
}
