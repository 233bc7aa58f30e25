/* json_rows.h - rows as the JSON interface shows them: one form for each thing, everywhere. */
#ifndef NET_JSON_ROWS_H
#define NET_JSON_ROWS_H

#include "domain/care/person.h"
#include "domain/care/request.h"
#include "domain/care/visit.h"
#include "view/json.h"

void json_visit(struct json *j, const struct visit *v);
void json_request(struct json *j, const struct request *r);
void json_words(struct json *j, const char *key, const struct enum_table *t, uint64_t bits);

#endif
