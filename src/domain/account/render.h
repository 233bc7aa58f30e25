/* render.h - a bilan as canonical JSON, as CSV, and as French text.
 *
 * JSON and CSV have exactly one form: two programs that agree on the figures write the same
 * bytes.  Text is for a terminal or a letter and may change.
 *
 * Memory:  the caller's buf.  Threads: no hidden state.
 */
#ifndef DOMAIN_ACCOUNT_RENDER_H
#define DOMAIN_ACCOUNT_RENDER_H

#include "domain/account/bilan.h"

/* `only`: the key of one line, or empty for all. */
void bilan_json(struct buf *b, const struct bilan *x, str only);
void bilan_csv(struct buf *b, const struct bilan *x, str only);
void bilan_text(struct buf *b, const struct bilan *x, str only);

/* One value in the words of a reader: "1 234", "12 h 05", "96,1 %", "98 200,00 €", "non donné". */
void figure_text(struct buf *b, enum figure f, int64_t v);

/* A field of a CSV row: quoted when RFC 4180 asks for it; a text that a spreadsheet would run
 * as a formula is preceded by an apostrophe. */
void csv_put(struct buf *b, str s);
bool csv_is_formula(str s); /* begins as a formula would */
/* A JSON string with the minimal escapes of RFC 8785. */
void json_put(struct buf *b, str s);

#endif
