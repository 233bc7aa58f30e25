/* form.h - forms as browsers send them: application/x-www-form-urlencoded (also query strings)
 * and multipart/form-data (RFC 7578).  Pure: bytes in, names and values out.
 *
 * Memory: decoded values lie in the arena; parts of a multipart body are slices of it.
 */
#ifndef NET_FORM_H
#define NET_FORM_H

#include "base/base.h"

#define FORM_FIELDS_MAX 500

struct form_field {
	str name, value;
	str file; /* name of an uploaded file, without its folder; for nothing but showing */
	str type; /* Content-Type of a part */
	bool is_file;
};

struct form {
	struct form_field *v;
	size_t n, cap;
};

/*   ERR_SYNTAX  not of that form, or text that is not UTF-8 or holds control characters;
 *   ERR_LIMIT   more than FORM_FIELDS_MAX fields. */
MUST_USE enum err form_urlencoded(struct arena *a, str body, struct form *ret);
MUST_USE enum err form_multipart(struct arena *a, str body, str boundary, struct form *ret);

/* By the request's Content-Type.   ERR_UNSUPPORTED  neither of the two. */
MUST_USE enum err form_parse(struct arena *a, str content_type, str body, struct form *ret);

/* Parameters of a header value: content_param("a/b; x=\"1\"", "x") gives 1; empty if absent. */
str content_param(struct arena *a, str header, str name);
str content_base(str header); /* "a/b" */

const struct form_field *form_get(const struct form *f, str name); /* the first; or NULL */
str form_value(const struct form *f, str name);                    /* empty if absent */

#endif
