/* sheet.h - the columns of each kind of file, as tables, and the reader that follows them.
 *
 * A row of a file becomes a struct (rows.h) or a list of faults; nothing here touches a store.
 * The header names columns by their English name or French alias, in any order and either case;
 * a column that the table does not know is refused, because a misspelt one would lose its data
 * without a word.  SHEET_SKIPPED columns are known and not used (public registers have them).
 *
 * Memory: texts of a row are borrowed from the file or lie in the arena of the row.
 */
#ifndef APP_IMPORT_SHEET_H
#define APP_IMPORT_SHEET_H

#include "app/import.h"
#include "base/csv.h"

enum sheet_type {
	SHEET_SKIPPED,
	SHEET_TEXT, /* str; max: code points */
	SHEET_REF, /* str: the reference of somebody's own software, personal data not in it */
	SHEET_FINESS,   /* str */
	SHEET_INSEE,    /* str */
	SHEET_POSTCODE, /* str */
	SHEET_PHONE,    /* str, written "01 99 00 12 34" or "+32..." */
	SHEET_MAIL,     /* str */
	SHEET_LAT,      /* int64_t, millionths of a degree */
	SHEET_LON,
	SHEET_INT,     /* any integer */
	SHEET_CENTS,   /* money: "23,50" */
	SHEET_BP,      /* per cent in the file, 1/10000 in the field */
	SHEET_HOURS,   /* minutes; "24,5", "24h30" */
	SHEET_MINUTES, /* minutes; "45", "1h30", "1:30" */
	SHEET_BOOL,
	SHEET_DAY,
	SHEET_HM,    /* int, minutes of a local hour */
	SHEET_ENUM,  /* a word of `words` or its French alias */
	SHEET_SET,   /* bits 1 << word */
	SHEET_RRULE, /* str, canonical */
	SHEET_DAYS,  /* str, ISO days with commas between */
	SHEET_TYPES_
};

struct column {
	const char *name, *alias;
	enum sheet_type type;
	size_t at, size; /* of the field in the struct of the row */
	bool required, is_private;
	int64_t min, max; /* both 0: none */
	const struct enum_table *words;
	const char *what; /* one French sentence for the schema */
};

struct sheet {
	const char *name, *title; /* "people", "Personnes aidées" */
	const char *key;          /* columns of the primary key, blank between; "" none */
	const struct column *v;
	size_t n, size;
	void (*start)(void *row); /* defaults; NULL: zeroes */
};

#define SHEET_COLUMNS_MAX 32

extern const struct sheet import_sheets[IMPORT_KINDS_];
extern const struct enum_table import_weekdays; /* lu ma me je ve sa di */

struct sheet_reader {
	const struct sheet *sheet;
	struct csv csv;
	size_t map[CSV_FIELDS_MAX]; /* field of the file -> column */
	struct arena *keep;         /* of the report */
	struct import_report *report;
	size_t rows;
};

/* Reads the header.  Faults go into the report.   ERR_INPUT: the file cannot be used. */
MUST_USE enum err sheet_open(struct sheet_reader *r, struct arena *keep,
			     enum import_kind kind, str bytes,
			     struct import_report *report);

/* The next row, its texts in `a`.
 *   ERR_NOT_FOUND  the end;   ERR_INPUT  this row has faults, reading may go on;
 *   ERR_LIMIT      the rest of the file cannot be read (the fault is in the report). */
MUST_USE enum err sheet_next(struct sheet_reader *r, struct arena *a, void *row,
			     size_t *ret_line);

/* One value into its place in `row`: IMPORT_right, or what is wrong.  Pure. */
enum import_wrong sheet_set(struct arena *a, const struct column *c, str text, void *row);

/* Adds a fault; `keep` is the report's arena.  `column` may be NULL. */
void sheet_fault(struct arena *keep, struct import_report *r, size_t line,
		 const struct column *c, enum import_wrong wrong, str value);
const struct column *sheet_column(const struct sheet *s, const char *name);

#endif
