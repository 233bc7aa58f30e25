/* page.h - what the pages of every role share: context of the view, frame, navigation, names.
 *
 * A page is a reading handler: it loads rows with the reader's connection, fills a model of
 * view/pages.h and lets the compiled template write.  Reads of a person's address or needs
 * by somebody else are journaled by the writer behind the answer (page_journal).
 */
#ifndef NET_PAGE_H
#define NET_PAGE_H

#include "net/serve.h"
#include "view/pages.h"

/* The context of this page: language, zone, csrf, demo banner. */
MUST_USE enum err page_context(struct call *c, str territory, struct view_ctx *ret);

/* Title, face, navigation of the role, account line. */
void page_frame(struct call *c, const struct view_ctx *cx, enum face face, str title,
		struct page *ret);

/* "Jeanne A." for desks, the first name for the person and her carers. */
str page_person_name(struct call *c, struct id person_id, bool is_full);
str page_carer_name(struct call *c, struct id carer_id, bool is_full);
str page_place(struct call *c, struct id person_id); /* commune */

/* The pages of the day, by role (page_care.c, page_desk.c); used by do_home(). */
enum err page_person(struct call *c, struct http_response *ret);
enum err page_carer(struct call *c, struct http_response *ret);
enum err page_desk(struct call *c, struct http_response *ret);
enum err page_reports(struct call *c, struct http_response *ret);

#endif
