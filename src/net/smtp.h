/* smtp.h - hands one message to a mail server, and says exactly what is known afterwards.
 *
 * libcurl does the dialogue.  The outcome is what a watch needs to know: a message that may
 * have been delivered is neither sent again nor called a failure, it is "unknown", and a
 * human sees it (mail has no key that would make a second sending harmless).
 *
 * Memory:  a struct smtp owns one connection, kept between messages; close it.  The strings
 *          of its configuration are borrowed until then.
 * Threads: one at a time.  Blocks up to the time limit: never call it from the writer.
 */
#ifndef NET_SMTP_H
#define NET_SMTP_H

#include "base/base.h"

enum smtp_security {
	SMTP_PLAIN,    /* only for loopback */
	SMTP_STARTTLS, /* refuses to go on without TLS */
	SMTP_TLS,      /* TLS from the first byte */
};

struct smtp_config {
	const char *host; /* name or address, no port */
	int port;         /* 0: 25, 587 or 465 by security */
	enum smtp_security security;
	const char *user, *password; /* NULL: no login */
	const char *hello;           /* our name in EHLO; NULL: the machine's */
	const char *ca_file;         /* NULL: the system's authorities */
	int connect_ms, total_ms;    /* 0: 10 s and 60 s */
};

enum smtp_outcome {
	SMTP_SENT,    /* the server took responsibility */
	SMTP_REFUSED, /* it said no for good (5xx): the address, the content, our rights */
	SMTP_LATER, /* surely not sent; the same call may succeed later (4xx, no connection) */
	SMTP_UNKNOWN, /* everything was said and no answer came: it may have been sent */
};

struct smtp; /* opaque */

/* ERR_INPUT: SMTP_PLAIN to a host that is not loopback, or a host name of odd characters. */
MUST_USE enum err smtp_open(const struct smtp_config *c, struct smtp **ret);
void smtp_close(struct smtp *s); /* NULL is allowed */

/* Sends `message` (as mail_write() makes it) from one address to one.  `*ret_code` (may be
 * NULL) gets the server's last code, 0 when it said none.  Its text is never kept: it often
 * repeats the address. */
enum smtp_outcome smtp_send(struct smtp *s, str from, str to, str message, int *ret_code);

/* What is known, from: did the library call it done, was the whole message handed over, and
 * the last code of the server (0: none). */
enum smtp_outcome smtp_outcome(bool done, bool handed_over, int code);
const char *
smtp_outcome_name(enum smtp_outcome o); /* "sent", "refused", "later", "unknown" */

#endif
