#include "net/auth/password.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>

#define POOL_THREADS 2
#define POOL_QUEUE   32

_Static_assert(PASSWORD_TEXT == crypto_pwhash_STRBYTES, "libsodium's length");

enum err password_acceptable(str password, str login)
{
	if (password.n < PASSWORD_MIN || password.n > PASSWORD_MAX || str_blank(password))
		return ERR_INPUT;
	return login.n && str_eq_nocase(password, login) ? ERR_INPUT : OK;
}

str password_hash(struct arena *a, str password)
{
	char *text = arena_alloc(a, PASSWORD_TEXT);
	ASSERT(password.n <= PASSWORD_MAX);
	if (crypto_pwhash_str(text, password.p, password.n,
			      crypto_pwhash_OPSLIMIT_INTERACTIVE,
			      crypto_pwhash_MEMLIMIT_INTERACTIVE))
		die("out of memory: argon2id");
	return str_of(text);
}

bool password_ok(str hash, str password)
{
	char text[PASSWORD_TEXT] = "";
	if (hash.n >= sizeof text || password.n > PASSWORD_MAX)
		return false;
	if (hash.n)
		memcpy(text, hash.p, hash.n);
	return crypto_pwhash_str_verify(text, password.p ? password.p : "", password.n) ==
	       0;
}

str password_decoy(void)
{
	/* argon2id of a random text that was thrown away; same cost as ours */
	return S("$argon2id$v=19$m=65536,t=2,p=1$Y2hvc2VuIGF0IHJhbmRvbQ$"
		 "2Nq0Tn4mI1m1T2E3Xr7kq9sY4wLbC8vUeR5aZpFhJdo");
}

struct password_pool {
	pthread_mutex_t lock; /* guards all below */
	pthread_cond_t some;
	struct password_job jobs[POOL_QUEUE];
	size_t n;
	bool stopping;
	pthread_t threads[POOL_THREADS];
};

static void *work(void *cls)
{
	struct password_pool *p = cls;
	for (;;) {
		pthread_mutex_lock(&p->lock);
		while (!p->n && !p->stopping)
			pthread_cond_wait(&p->some, &p->lock);
		if (!p->n) {
			pthread_mutex_unlock(&p->lock);
			return NULL;
		}
		struct password_job job = p->jobs[0];
		p->n--;
		memmove(p->jobs, p->jobs + 1, p->n * sizeof *p->jobs);
		pthread_mutex_unlock(&p->lock);
		job.done(job.ctx, password_ok(job.hash, job.password));
	}
}

struct password_pool *password_pool_new(void)
{
	struct password_pool *p = calloc(1, sizeof *p);
	if (!p || sodium_init() < 0 || pthread_mutex_init(&p->lock, NULL) ||
	    pthread_cond_init(&p->some, NULL))
		die("out of memory: passwords");
	for (int i = 0; i < POOL_THREADS; i++)
		if (pthread_create(&p->threads[i], NULL, work, p))
			die("no thread for passwords");
	return p;
}

void password_pool_free(struct password_pool *p)
{
	if (!p)
		return;
	pthread_mutex_lock(&p->lock);
	p->stopping = true;
	pthread_cond_broadcast(&p->some);
	pthread_mutex_unlock(&p->lock);
	for (int i = 0; i < POOL_THREADS; i++)
		pthread_join(p->threads[i], NULL);
	pthread_cond_destroy(&p->some);
	pthread_mutex_destroy(&p->lock);
	free(p);
}

enum err password_check(struct password_pool *p, struct password_job job)
{
	enum err e = ERR_BUSY;
	pthread_mutex_lock(&p->lock);
	if (p->n < POOL_QUEUE && !p->stopping) {
		p->jobs[p->n++] = job;
		pthread_cond_signal(&p->some);
		e = OK;
	}
	pthread_mutex_unlock(&p->lock);
	return e;
}
