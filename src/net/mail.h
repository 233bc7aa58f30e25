/* mail.h - one message for one person as the bytes that go over SMTP (RFC 5322, RFC 2045-2047).
 *
 * Text only, UTF-8 as quoted-printable: readable in every program, and nothing in it can
 * track who opens it.  One recipient per message, so nobody learns who else was told.  The
 * Message-ID is made from the id of the notice: a message sent twice can be recognised.
 *
 * Pure: the hour is an argument.  Memory: the bytes go to the buf.  Threads: any.
 */
#ifndef NET_MAIL_H
#define NET_MAIL_H

#include "base/base.h"

#define MAIL_ADDRESS_MAX 254 /* RFC 5321 4.5.3.1.3, less the brackets */
#define MAIL_SUBJECT_MAX 200 /* bytes */
#define MAIL_TEXT_MAX    ((size_t)64 << 10)

struct mail {
	str from;      /* address */
	str from_name; /* shown; may be empty */
	str to;        /* address */
	str subject;
	str text;      /* lines end with LF */
	str language;  /* "fr", "en" */
	struct id id;  /* of the notice */
	str id_domain; /* right of the @ in the Message-ID */
	ts at;         /* Date */
};

/* An address that SMTP takes as it is: local@domain, ASCII letters, digits and the signs
 * of a dot-atom; the domain has a dot-separated label of letters, digits and hyphens.
 * Quoted local parts and internationalised addresses are not taken. */
bool mail_address_ok(str s);

/* Appends the message, lines ended by CR LF, none longer than 78 bytes but for the address.
 *   ERR_INPUT  an address, or a control character in a header;
 *   ERR_LIMIT  subject or text too long. */
MUST_USE enum err mail_write(struct buf *b, const struct mail *m);

#endif
