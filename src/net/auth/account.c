#include "net/auth/account.h"

#include "net/auth/password.h"

#include <sodium.h>

struct secret_key account_key(const uint8_t *id_secret, size_t n)
{
	struct hash h = hmac_sha256((str){ (const char *)id_secret, n }, S("vigie access"));
	struct secret_key k;
	memcpy(k.b, h.b, sizeof k.b);
	return k;
}

bool account_is_desk(enum role r)
{
	return r == ROLE_COORDINATOR || r == ROLE_REFERENT || r == ROLE_AUTHORITY ||
	       r == ROLE_CERTIFIER || r == ROLE_ADMIN;
}

int64_t session_seconds(enum session_kind k, enum role r)
{
	switch (k) {
	case SESSION_PASSWORD: return account_is_desk(r) ? SESSION_DESK_S : SESSION_HOME_S;
	case SESSION_DEVICE: return SESSION_DEVICE_S;
	case SESSION_CARD: return SESSION_CARD_S;
	case SESSION_DEMO: return SESSION_DEMO_S;
	case SESSION_API: return TOKEN_LIFE_S;
	}
	die("unknown kind of session");
}

static struct id fresh(ts now)
{
	uint8_t r[16];
	randombytes_buf(r, sizeof r);
	return id_make(now, r);
}

enum err account_make(struct db *db, struct arena *arena, struct account *a, str password,
		      ts now)
{
	if (password.n) {
		TRY(password_acceptable(password, a->login));
		a->password = password_hash(arena, password);
	}
	a->id = fresh(now);
	a->made_at = now;
	return sql_account_insert(db, a);
}

enum err account_for(struct db *db, struct arena *arena, struct account *a, ts now)
{
	struct accounts list;
	TRY(sql_account_of_subject(db, arena, a->subject_id, &list));
	for (size_t i = 0; i < list.n; i++) {
		if (list.v[i].role == a->role) {
			*a = list.v[i];
			return OK;
		}
	}
	return account_make(db, arena, a, (str){ 0 }, now);
}

/* ---- the second factor, sealed so that a stolen database does not give it ---- */

#define SEAL_NONCE crypto_secretbox_NONCEBYTES
#define SEALED     (SEAL_NONCE + crypto_secretbox_MACBYTES + TOTP_SECRET)

static struct hash seal_key(const struct secret_key *key)
{
	return hmac_sha256((str){ (const char *)key->b, sizeof key->b }, S("totp seal"));
}

enum err account_new_totp(struct db *db, struct arena *arena, const struct secret_key *key,
			  const struct account *a, str *ret_uri)
{
	uint8_t secret[TOTP_SECRET], *box = arena_alloc(arena, SEALED);
	struct hash k = seal_key(key);
	randombytes_buf(secret, sizeof secret);
	randombytes_buf(box, SEAL_NONCE);
	crypto_secretbox_easy(box + SEAL_NONCE, secret, sizeof secret, box, k.b);
	TRY(sql_account_set_totp(db, (str){ (const char *)box, SEALED }, a->id));
	*ret_uri = totp_uri(arena, secret, a->login);
	return OK;
}

bool account_totp(const struct secret_key *key, str sealed, uint8_t ret[TOTP_SECRET])
{
	struct hash k = seal_key(key);
	if (sealed.n != SEALED)
		return false;
	const unsigned char *box = (const unsigned char *)sealed.p;
	return crypto_secretbox_open_easy(ret, box + SEAL_NONCE, SEALED - SEAL_NONCE, box,
					  k.b) == 0;
}

/* ---- secrets ---- */

static str new_token(struct arena *arena, enum secret_purpose p)
{
	uint8_t raw[SECRET_TOKEN];
	randombytes_buf(raw, sizeof raw);
	return secret_token_text(arena, p, raw);
}

enum err session_make(struct db *db, struct arena *arena, const struct secret_key *key,
		      const struct account *a, enum session_kind kind, str label, ts now,
		      str *ret_token)
{
	str token = new_token(arena, SECRET_SESSION);
	struct session s = {
		.id = fresh(now),
		.territory = a->territory,
		.account_id = a->id,
		.token_hash = secret_hash(key, SECRET_SESSION, token),
		.kind = kind,
		.label = label,
		.opened_at = now,
		.used_at = now,
		.expires_at = ts_add_s(now, session_seconds(kind, a->role)),
	};
	TRY(sql_session_insert(db, &s));
	*ret_token = token;
	return OK;
}

enum err enrolment_make(struct db *db, struct arena *arena, const struct secret_key *key,
			const struct account *a, struct id made_by, ts now, str *ret_token)
{
	str token = new_token(arena, SECRET_ENROLMENT);
	struct enrolment e = {
		.id = fresh(now),
		.territory = a->territory,
		.account_id = a->id,
		.token_hash = secret_hash(key, SECRET_ENROLMENT, token),
		.made_by_id = made_by,
		.made_at = now,
		.expires_at = ts_add_s(now, ENROLMENT_LIFE_S),
	};
	TRY(sql_enrolment_insert(db, &e));
	*ret_token = token;
	return OK;
}

enum err card_make(struct db *db, struct arena *arena, const struct secret_key *key,
		   const struct account *a, struct id made_by, ts now, str *ret_code)
{
	uint8_t raw[SECRET_CODE];
	int64_t earlier;
	randombytes_buf(raw, sizeof raw);
	str code = secret_code_text(arena, raw);
	struct card card = {
		.id = fresh(now),
		.territory = a->territory,
		.account_id = a->id,
		.code_hash = secret_hash(key, SECRET_CARD, code),
		.made_by_id = made_by,
		.made_at = now,
	};
	TRY(sql_card_revoke(db, now, a->id, &earlier));
	TRY(sql_card_insert(db, &card));
	*ret_code = code;
	return OK;
}

enum err token_make(struct db *db, struct arena *arena, const struct secret_key *key,
		    const struct account *a, str name, uint32_t scopes, ts now,
		    str *ret_token)
{
	str token = new_token(arena, SECRET_API);
	struct api_token t = {
		.id = fresh(now),
		.territory = a->territory,
		.account_id = a->id,
		.token_hash = secret_hash(key, SECRET_API, token),
		.name = name,
		.scopes = scopes,
		.made_at = now,
		.expires_at = ts_add_s(now, TOKEN_LIFE_S),
	};
	TRY(sql_api_token_insert(db, &t));
	*ret_token = token;
	return OK;
}
