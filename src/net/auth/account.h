/* account.h - making what opens a door: accounts, sessions, links, cards, tokens.
 *
 * Every function runs in the writer's transaction and returns the secret once: afterwards only
 * its keyed hash exists.  Used by the handlers of api_account.c and by `vigie user`.
 *
 * Errors: those of the store (store/db.h), and
 *   ERR_DUPLICATE  the login is taken;   ERR_INPUT  the password is too short or the login itself.
 */
#ifndef NET_AUTH_ACCOUNT_H
#define NET_AUTH_ACCOUNT_H

#include "app/app.h"
#include "domain/access/account.h"
#include "net/auth/secret.h"
#include "net/auth/totp.h"

#define SESSION_DESK_S   (12 * 3600)
#define SESSION_HOME_S   (30 * 86400)
#define SESSION_CARD_S   86400
#define SESSION_DEVICE_S (400 * 86400)
#define SESSION_DEMO_S   (7 * 86400)
#define ENROLMENT_LIFE_S (3 * 86400)
#define TOKEN_LIFE_S     (365 * 86400)

/* The key of everything kept as a keyed hash.  It comes from the secret of the data folder,
 * which is in its backups: a card printed on paper outlives a restore. */
struct secret_key account_key(const uint8_t *id_secret, size_t n);

/* Desks need a second factor. */
bool account_is_desk(enum role r);
int64_t session_seconds(enum session_kind k, enum role r);

/* `a->role`, territory, subject, operator, login, name, language are given; id and made_at are
 * set here.  `password` may be empty: other things open the account. */
MUST_USE enum err account_make(struct db *db, struct arena *arena, struct account *a,
			       str password, ts now);

/* The account of a carer, person or contact, made when there is none. */
MUST_USE enum err account_for(struct db *db, struct arena *arena, struct account *a,
			      ts now);

/* A new second factor; *ret_uri is for the authenticator's QR. */
MUST_USE enum err account_new_totp(struct db *db, struct arena *arena,
				   const struct secret_key *key, const struct account *a,
				   str *ret_uri);
/* The secret under its seal.  False: sealed by another instance. */
bool account_totp(const struct secret_key *key, str sealed, uint8_t ret[TOTP_SECRET]);

MUST_USE enum err session_make(struct db *db, struct arena *arena,
			       const struct secret_key *key, const struct account *a,
			       enum session_kind kind, str label, ts now, str *ret_token);
/* One link at a time: it opens one session of kind device. */
MUST_USE enum err enrolment_make(struct db *db, struct arena *arena,
				 const struct secret_key *key, const struct account *a,
				 struct id made_by, ts now, str *ret_token);
/* Withdraws the account's earlier cards. */
MUST_USE enum err card_make(struct db *db, struct arena *arena,
			    const struct secret_key *key, const struct account *a,
			    struct id made_by, ts now, str *ret_code);
MUST_USE enum err token_make(struct db *db, struct arena *arena,
			     const struct secret_key *key, const struct account *a,
			     str name, uint32_t scopes, ts now, str *ret_token);

#endif
