/* route.h - every address of the server, once: routes.tbl.
 *
 * A line gives method, path with typed parameters, name of the handler, action of the policy,
 * kind, table of fields of its input and one sentence.  Matching, rights, decoding, the
 * OpenAPI document and the tests all come from it: what is not in the table does not exist.
 *
 * To add a route: a line in routes.tbl, its fields (struct input in_NAME) and its handler
 * (enum err do_NAME(struct call *, struct http_response *)) in a file api_*.c or page_*.c.
 */
#ifndef NET_ROUTE_H
#define NET_ROUTE_H

#include "net/field.h"
#include "net/http.h"
#include "net/policy.h"
#include "net/url.h"

struct call; /* serve.h */

enum route_kind {
	ROUTE_READ,  /* answered by the thread that read the request */
	ROUTE_WRITE, /* run by the writer, answered after its commit */
	ROUTE_ASYNC  /* arranges its own answer (login); see do_..._async in serve.h */
};

/* What a handler finds in call->in. */
struct input {
	const struct field *fields;
	size_t n, size;
	const void *defaults; /* NULL: zeroes */
};
extern const struct input in_none;

/* Parameters of paths, by name. */
enum param_kind { PARAM_ID, PARAM_TERRITORY, PARAM_MONTH, PARAM_NUMBER, PARAM_WORD };
enum object_kind {
	OBJECT_NONE,
	OBJECT_VISIT,
	OBJECT_REQUEST,
	OBJECT_PERSON,
	OBJECT_CONTACT,
	OBJECT_CARER,
	OBJECT_OPERATOR,
	OBJECT_OFFER,
	OBJECT_NOTICE,
	OBJECT_SIGNALEMENT,
	OBJECT_TERRITORY
};
struct param {
	const char *name;
	enum param_kind kind;
	enum object_kind object; /* the policy looks at it */
};

#define ROUTE_PARAMS 3

struct param_value {
	const struct param *param;
	str text;
	struct id id;   /* PARAM_ID */
	int64_t number; /* PARAM_NUMBER */
};

struct route {
	enum http_method method;
	const char *path; /* "/api/visits/{visit}/check-in" */
	const char *name; /* "visit_check_in": operationId */
	enum action action;
	enum route_kind kind;
	const struct input *in;
	enum err (*run)(struct call *c, struct http_response *ret);
	const char *summary;
};

const struct route *route_table(size_t *ret_n);
const struct route *route_named(const char *name); /* NULL: none */

/* The route of a request and its parameters.
 *   ERR_NOT_FOUND  no such path (also a parameter that is not of its type);
 *   ERR_METHOD     the path exists, with other methods: *ret_allow lists them;
 *   ERR_SYNTAX     not a path. */
MUST_USE enum err route_match(struct arena *a, enum http_method method, str path,
			      const struct route **ret,
			      struct param_value values[ROUTE_PARAMS], str *ret_allow);

const struct param *param_named(str name); /* NULL: none */

/* The OpenAPI 3.1 document of the table. */
str route_openapi(struct arena *a, str version);

#endif
