/* import.h - files of others become rows of Vigie: enter once, carry everywhere.
 *
 * A file is CSV (base/csv.h) of one kind; its columns are a table (import/sheets.c), from which
 * the documented schema (doc/formats) is written too.  Every row goes through the same use case
 * as a page would: an import has no right that its actor has not.
 *
 * Nothing is imported unless every row is right, or `partial` says that the right ones are wanted.
 * What was refused is told line by line; what is known already and the same is counted apart.
 *
 * Memory:  the report lies in the arena given.  Threads: those of struct app.
 */
#ifndef APP_IMPORT_H
#define APP_IMPORT_H

#include "app/app.h"

#define IMPORT_BYTES_MAX  ((size_t)32 << 20)
#define IMPORT_ROWS_MAX   200000
#define IMPORT_FAULTS_MAX 1000 /* listed; the rest is counted */
#define IMPORT_SHOWN      24   /* letters of a wrong value that a report repeats */

enum import_kind {
	IMPORT_COMMUNES,
	IMPORT_OPERATORS,
	IMPORT_CARERS,
	IMPORT_PEOPLE,
	IMPORT_PLANS,
	IMPORT_REQUESTS,
	IMPORT_ROSTER,
	IMPORT_CHECKINS,
	IMPORT_KINDS_
};

/* What was wrong: one value, one sentence per language in import/faults.tbl. */
enum import_wrong {
	IMPORT_right,
#define F(name, fr, en) IMPORT_##name,
#include "app/import/faults.tbl"
#undef F
	IMPORT_WRONGS_
};

struct import_fault {
	size_t line; /* of the file, from 1 */
	str column;  /* as the schema names it; empty: the row or the file */
	enum import_wrong wrong;
	str value; /* shortened; empty for personal data */
};
struct import_faults {
	struct import_fault *v;
	size_t n, cap;
};

struct import_options {
	bool dry_run;    /* everything is tried, nothing is kept */
	bool partial;    /* the right rows are kept although others are wrong */
	bool keep_known; /* rows whose key exists already are passed over, not refused */
	/* The transaction holds nothing else and the caller rolls it back on any error and after a
	 * dry run: no savepoint around the file (in SQLite each row would cost the size of it). */
	bool is_alone;
	str territory; /* empty: the actor's, else the only one there is */
	/* of IMPORT_COMMUNES: the territory is opened when it does not exist and has a name */
	str name, zone, entitled_source;
	int64_t entitled;
};

struct import_report {
	enum import_kind kind;
	size_t rows, done, known, refused; /* rows = done + known + refused */
	struct import_faults faults;
	size_t faults_left_off;
	bool is_kept; /* something was written */
};

const char *import_kind_name(enum import_kind k); /* "communes"... */
bool import_kind_of(str name, enum import_kind *ret);

/* Imports inside the caller's transaction.  The report is written in every case.
 *   ERR_INPUT      faults: nothing was written;
 *   ERR_FORBIDDEN  this kind is not this actor's;
 *   others         the store's: nothing was written.
 * With `partial`, OK although rows were refused. */
MUST_USE enum err import_run(struct app *app, struct arena *a, const struct actor *by,
			     enum import_kind kind, str bytes,
			     const struct import_options *o, ts now,
			     struct import_report *ret);

/* The report, for a human (a line each), as CSV and as JSON.  `lang` 0 French, 1 English. */
void import_report_text(struct buf *b, const struct import_report *r, int lang);
void import_report_csv(struct buf *b, const struct import_report *r, int lang);
void import_report_json(struct buf *b, const struct import_report *r, int lang);

/* The Table Schema of a kind (specs.frictionlessdata.io/table-schema). */
void import_schema(struct buf *b, enum import_kind kind);

#endif
