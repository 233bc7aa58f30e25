/* csv.h - CSV out (RFC 4180: CRLF, every text quoted when it must be).
 *
 * A spreadsheet takes a text that begins with = + - @, a tab or a carriage return for a formula,
 * which can send data away when the file is opened (OWASP "CSV injection").  Such texts get an
 * apostrophe in front; numbers are typed and never do.
 *
 * The reader of outside files is base/csv.h.
 */
#ifndef VIEW_CSV_H
#define VIEW_CSV_H

#include "base/base.h"

struct csv_out {
	struct buf *b;
	size_t column;
};

/* `bom`: the byte order mark that makes Excel read UTF-8. */
struct csv_out csv_to(struct buf *b, bool bom);
void csv_text(struct csv_out *o, str s);
void csv_int(struct csv_out *o, int64_t v);
void csv_decimal(struct csv_out *o, int64_t v, int places); /* "-12.50", always a point */
void csv_ts(struct csv_out *o, ts t);                       /* TS_NONE: empty */
void csv_day(struct csv_out *o, day d);                     /* DAY_NONE: empty */
void csv_row_end(struct csv_out *o);
void csv_header(struct csv_out *o, const char *const *names, size_t n); /* a whole row */

#endif
