/* field.h - from names and texts to a typed struct, by a table; the one door for every input.
 *
 *	struct check_in_in { ts at; int64_t minutes; str note; int proof; };
 *	static const struct field check_in_fields[] = {
 *		FIELD_REQUIRED(struct check_in_in, at, TS),
 *		FIELD_LIMITS(struct check_in_in, minutes, INT, false, 0, 600),
 *		...
 *
 * The same table decodes JSON bodies, HTML forms and query strings, and writes the schema of
 * the OpenAPI document.  All faults are collected; unknown and repeated names are faults.  The
 * struct keeps its present value where a field is absent, so defaults are set before.
 *
 * Memory: texts lie in the arena.
 */
#ifndef NET_FIELD_H
#define NET_FIELD_H

#include "base/base.h"
#include "domain/enums_gen.h"
#include "net/form.h"

enum field_type {          /* stored in        limits are */
		  IN_TEXT, /* str              length in bytes; clean UTF-8, line ends are \n */
		  IN_WORD, /* str              length; printable ASCII without blanks */
		  IN_INT,  /* int64_t          value */
		  IN_CENTS, /* money           value, in cents: "12.50" or "12,50" in forms, 1250 in JSON */
		  IN_BOOL, /* bool             true/false; "on", "1", "true" in forms */
		  IN_ID,   /* struct id */
		  IN_DAY,  /* day              2026-11-22 */
		  IN_HM,   /* int              minutes of a local hour, 09:00 */
		  IN_TS,   /* ts               2026-11-22T08:00:00Z */
		  IN_ENUM, /* int              index of a word of `words` */
		  IN_SET, /* uint64_t         bits of the words of `words`; an array, a repeated name */
		  IN_FILE /* str              bytes of an uploaded file; length */
};

struct field {
	const char *name;
	enum field_type type;
	size_t at; /* offset in the struct */
	bool required;
	int64_t min, max;               /* both 0: the usual limits (texts 500 bytes) */
	const struct enum_table *words; /* of IN_ENUM and IN_SET */
};

/* clang-format off */
#define FIELD_REQUIRED(T, name, TYPE) { #name, IN_##TYPE, offsetof(T, name), true, 0, 0, NULL }
#define FIELD_OPTIONAL(T, name, TYPE) { #name, IN_##TYPE, offsetof(T, name), false, 0, 0, NULL }
#define FIELD_LIMITS(T, name, TYPE, required, min, max) \
	{ #name, IN_##TYPE, offsetof(T, name), (required), (min), (max), NULL }
#define FIELD_WORDS(T, name, TYPE, required, table) \
	{ #name, IN_##TYPE, offsetof(T, name), (required), 0, 0, &(table) }
/* clang-format on */

enum fault_kind {
	FAULT_REQUIRED, /* absent or empty */
	FAULT_SYNTAX,   /* not of its form */
	FAULT_RANGE,    /* too small, too large, too long */
	FAULT_CHOICE,   /* not a word of the list */
	FAULT_UNKNOWN,  /* no such field */
	FAULT_TWICE,
	FAULT_KINDS_
};
const char *fault_name(enum fault_kind k); /* "required"; its message is "fault.required" */

struct fault {
	str field;
	enum fault_kind kind;
};
struct faults {
	struct fault *v;
	size_t n, cap;
};

#define FIELDS_MAX 64

/* One text into its place in *ret.  False and *ret_kind when it does not fit. */
bool field_set(struct arena *a, const struct field *f, str text, void *ret,
	       enum fault_kind *ret_kind);

/* A form or a query string.  "csrf" and names that begin with "_" are skipped; an empty text
 * is an absent one.   ERR_INPUT  there are faults, all listed. */
MUST_USE enum err field_from_form(struct arena *a, const struct form *form,
				  const struct field *fields, size_t n, void *ret,
				  struct faults *faults);

/* A JSON object.  Nothing but an object of these fields is taken; a name twice, a number with
 * a point, nesting deeper than needed are refused.
 *   ERR_SYNTAX  not JSON (RFC 8259), or not an object;   ERR_INPUT  faults. */
MUST_USE enum err field_from_json(struct arena *a, str body, const struct field *fields,
				  size_t n, void *ret, struct faults *faults);

#endif
