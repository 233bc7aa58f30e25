/* town.h - a server on a free port over two small territories made through the use cases: in
 * each two operators, carers, persons, a request with its visits, and an account of every role.
 */
#ifndef TEST_SERVER_TOWN_H
#define TEST_SERVER_TOWN_H

#include "main/server.h"
#include "net/auth/account.h"

enum { TOWN_SIDES = 2 }; /* of everything one, and another of the same kind elsewhere */

struct town_side { /* what one operator of one territory has */
	struct id operator_id, carer_id, person_id, contact_id, request_id, visit_id;
};

struct town {
	struct arena *a;
	char dir[64];
	struct server *server;
	uint16_t port;
	/* [territory][operator] */
	struct town_side side[TOWN_SIDES][TOWN_SIDES];
	/* a session (cookie, CSRF value) of each role of side [0][0]; empty: not a human's role */
	str cookie[ROLE_COUNT], csrf[ROLE_COUNT];
	str token; /* of the operator's software */
	str card;  /* of person [0][0] */
	str totp_login;
	uint8_t totp[TOTP_SECRET];
};

#define TOWN_PASSWORD "un mot de passe long"

void town_open(struct town *t, struct arena *a);
void town_close(struct town *t); /* stops the server and removes the folder */
void town_restart(struct town *t);

/* One request as a role (ROLE_NONE: nobody): the whole answer.  `body` is JSON, or empty. */
str town_ask(struct town *t, enum role role, const char *method, str path, str body);
/* With headers of one's own, each ended by CRLF. */
str town_raw(struct town *t, const char *method, str path, str headers, str body);
/* A string member of a JSON body, found by its key; for what tests read. */
str town_member(str answer, const char *key);

#endif
