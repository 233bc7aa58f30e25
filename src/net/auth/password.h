/* password.h - chosen passwords: argon2id (libsodium), computed by two threads of their own.
 *
 * One check takes 64 MiB and tens of milliseconds: two run at most, 32 wait, more is BUSY, so
 * a flood of logins takes neither the memory nor the threads that serve visits.
 */
#ifndef NET_AUTH_PASSWORD_H
#define NET_AUTH_PASSWORD_H

#include "base/base.h"

#define PASSWORD_MIN                                                                       \
	12 /* CNIL 2022 with throttling: 50 bits; length serves better than rules */
#define PASSWORD_MAX  200
#define PASSWORD_TEXT 128 /* libsodium's encoded form, with its salt */

/* Long enough, and not the login itself.  ERR_INPUT */
MUST_USE enum err password_acceptable(str password, str login);

/* Slow, on purpose: the calling thread waits. */
str password_hash(struct arena *a, str password);
bool password_ok(str hash, str password);
/* A hash of nothing: checked for unknown logins, so that they take as long as known ones. */
str password_decoy(void);

struct password_pool; /* opaque */

struct password_job {
	str hash, password;                    /* live until done is called */
	void (*done)(void *ctx, bool matches); /* on a thread of the pool */
	void *ctx;
};

struct password_pool *password_pool_new(void);
void password_pool_free(struct password_pool *p); /* finishes what waits */
/* ERR_BUSY  the queue is full. */
MUST_USE enum err password_check(struct password_pool *p, struct password_job job);

#endif
