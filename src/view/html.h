/* html.h - text made safe for each place of an HTML page.
 *
 * Templates choose the escape by where a value stands (tools/tmplc.py); C code that makes HTML
 * by hand (svg.c) calls these.  `struct html` is text that is HTML already: only an escaper or
 * a writer of markup makes one, so a str cannot be mistaken for it.
 *
 * Memory:  the buffer's arena.
 */
#ifndef VIEW_HTML_H
#define VIEW_HTML_H

#include "base/base.h"

struct html {
	str s;
};

enum view_esc {
	VIEW_TEXT, /* between tags */
	VIEW_ATTR, /* inside quotes */
	VIEW_URL,  /* a whole URL: http, https, mailto, tel or our own page; else "#" */
	VIEW_PART, /* a piece of a URL: percent-encoded */
};

void html_text(struct buf *b,
	       str s); /* & < > " ' : safe in text and in quoted attributes */
void html_url(struct buf *b, str s);
void html_part(struct buf *b, str s);

/* Escapes in place what was appended since `at`. */
void view_escape(struct buf *b, enum view_esc how, size_t at);

/* Takes away what was appended since `at` and returns a copy of it. */
str view_take(struct buf *b, size_t at);

/* Whether a link may go there: http:, https:, mailto:, tel:, or a path, query or fragment. */
bool html_url_safe(str s);

#endif
