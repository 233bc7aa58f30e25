/* config.h - the configuration of vigied: one file of "key = value" lines, strict.
 *
 * Blank lines and lines that begin with # are skipped.  A key that is unknown or given twice,
 * or a value that does not fit, is refused with its line: a watchman must not start on a
 * misspelt wish.  Every key is also an option of the command line, which wins.
 */
#ifndef MAIN_CONFIG_H
#define MAIN_CONFIG_H

#include "base/base.h"

struct config {
	str data;        /* folder of the database and keys */
	str address;     /* where to listen */
	uint16_t port;   /* 0: any free one (tests) */
	str web;         /* folder of style, fonts and scripts */
	int64_t speed;   /* of a simulated clock; 0: the real one */
	bool has_actors; /* made-up people live on (demo data only) */
	int64_t actors;  /* their seed */
	int64_t threads, connections, connections_per_address;
	bool trust_proxy; /* the client's address is the last one of X-Forwarded-For */
	bool secure_cookie; /* cookies only over TLS: a proxy with a certificate is in front */
};

#define CONFIG_TEXT_MAX (64 * 1024)

struct config config_default(void);

/* One key.   ERR_NOT_FOUND  no such key;   ERR_INPUT  the value does not fit. */
MUST_USE enum err config_set(struct config *c, str key, str value);

/* A whole file; *ret_line is the line of the fault (from 1).
 *   ERR_LIMIT, ERR_SYNTAX (no "="), ERR_NOT_FOUND, ERR_DUPLICATE, ERR_INPUT */
MUST_USE enum err config_parse(str text, struct config *ret, int *ret_line);

#endif
