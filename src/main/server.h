/* server.h - the whole server put together: data folder, writer, doors.  vigied starts one; the
 * tests start many. */
#ifndef MAIN_SERVER_H
#define MAIN_SERVER_H

#include "main/config.h"
#include "net/auth/secret.h"
#include "run/writer.h"

struct server; /* opaque */

/* Opens the data folder (made when it is not there), starts writer and doors.
 * *ret_what names, on an error, what could not be done. */
MUST_USE enum err server_start(const struct config *c, struct server **ret,
			       const char **ret_what);
uint16_t server_port(const struct server *s);
struct writer *server_writer(struct server *s);
/* The key under which the secrets of this data folder are kept. */
struct secret_key server_key(const struct server *s);

/* Refuses new clients, serves those inside, commits what is queued, signs a last head. */
void server_stop(struct server *s, int seconds);

#endif
