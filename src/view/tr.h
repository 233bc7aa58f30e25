/* tr.h - the words of the interface, from po/fr.po and po/en.po, compiled in.
 *
 * A message is named by T_key ("visit.late" is T_visit_late): a key that does not exist does
 * not compile, and a key that nobody uses stops the build (tools/poc.py).  Keys kept as text
 * (err_key()) are found with tr_find().
 *
 * Memory:  constant tables; nothing is allocated.
 */
#ifndef VIEW_TR_H
#define VIEW_TR_H

#include "base/base.h"
#include "tr_gen.h"

enum lang { LANG_FR, LANG_EN, LANG_COUNT_ }; /* the order of enum language */

str tr(enum lang lang, enum msg key);

/* The form for `n` things: French has one form for 0 and 1, English for 1 alone. */
str tr_n(enum lang lang, enum msg key, int64_t n);

/* The message of a key known only as text.  T_COUNT_ when there is none. */
enum msg tr_find(str key);

/* Appends `text` with %1 ... %9 replaced; a number without argument is a bug and aborts. */
void tr_put(struct buf *b, str text, const str *args, size_t n);

/* The language of "fr", "en", "en-GB,en;q=0.9,fr;q=0.8" (first one known wins); else French. */
enum lang lang_of(str accept);
str lang_code(enum lang lang); /* "fr", "en" */

#endif
