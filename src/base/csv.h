/* csv.h - reads CSV from outside, strictly (RFC 4180), with the line of every fault.
 *
 * Accepted beyond the RFC: a byte order mark, lines ended by LF, a last line without end, empty
 * lines (skipped), and ";" as the separator, which the header decides (French spreadsheets).
 * Refused: text that is not UTF-8, control characters, a quote in the middle of a bare field, a
 * quoted field that does not end, a row with another number of fields than the header.
 *
 *	struct csv c = csv_init(arena, bytes);
 *	TRY(csv_next(&c, &head));
 *	while ((e = csv_next(&c, &row)) == OK || e == ERR_INPUT) ...
 *
 * Memory:  fields are borrowed from the input; those with doubled quotes are in the arena.
 * Threads: no hidden state.
 */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "base/str.h"

#define CSV_BYTES_MAX  ((size_t)64 << 20)
#define CSV_FIELDS_MAX 256
#define CSV_FIELD_MAX  8192 /* bytes of one field */

enum csv_fault {
	CSV_NONE,
	CSV_UTF8,      /* not UTF-8, or a control character */
	CSV_QUOTE,     /* a quote inside a bare field, or text after a closing quote */
	CSV_UNCLOSED,  /* a quoted field that does not end */
	CSV_COLUMNS,   /* another number of fields than the header */
	CSV_TOO_LARGE, /* a limit above */
};

struct csv {
	struct arena *arena;
	str rest;
	size_t line;    /* of the next row, from 1 */
	size_t columns; /* of the header; 0 before it is read */
	char separator;
	enum csv_fault fault; /* what the last outcome other than OK meant */
	size_t fault_line;
};

struct csv_row {
	size_t line;
	str *v;
	size_t n, cap;
};

struct csv csv_init(struct arena *a, str bytes);

/* The next row.
 *   ERR_NOT_FOUND  no more rows;
 *   ERR_INPUT      this row has another number of fields (c->fault says so; *ret holds it): the
 *                  reader may go on;
 *   ERR_SYNTAX     anything after it cannot be trusted: the reader stops;
 *   ERR_LIMIT      larger than the limits above: the same. */
MUST_USE enum err csv_next(struct csv *c, struct csv_row *ret);

/* The column of that name in the header (blanks around it and ASCII case do not count), or
 * SIZE_MAX. */
size_t csv_column(const struct csv_row *head, str name);

#endif
