/* static.h - the files of web/ held in memory: style, fonts, signs, scripts.
 *
 * Read once at start; each has an ETag of its content and, when a .gz stands beside it, a
 * compressed form.  A name that carries its hash ("style.3f2a9c1d.css") is immutable for the
 * browser; the plain name answers too, to be asked again.
 */
#ifndef NET_STATIC_H
#define NET_STATIC_H

#include "net/http.h"

struct static_files; /* opaque, immutable once loaded */

#define STATIC_FILE_MAX ((size_t)4 << 20)
#define STATIC_FILES    500

/* Every file of the folder and its sub-folders with a known type.
 *   ERR_NOT_FOUND  no such folder;   ERR_LIMIT  too many or too large;   ERR_IO. */
MUST_USE enum err static_load(struct arena *a, const char *dir,
			      const struct static_files **ret);

/* "/static/..." answered; false when it is no file of ours. */
bool static_answer(const struct static_files *f, const struct http_request *rq, str name,
		   struct http_response *ret);

/* "/static/style.3f2a9c1d.css" of "style.css", for pages; the plain one when unknown. */
str static_url(struct arena *a, const struct static_files *f, str name);

#endif
