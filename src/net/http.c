#include "net/http.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define ARENA_MAX  ((size_t)64 << 20)
#define POOL_BYTES ((size_t)48 * 1024) /* of libmicrohttpd: head and write buffer */

struct link { /* one connection, watched for slowness */
	int fd;
	int64_t deadline; /* monotonic µs; 0: none */
	struct link *next, **prev;
};

enum step { STEP_HEAD, STEP_BODY, STEP_SUSPENDED, STEP_REPLIED, STEP_SENT };

struct http_stream {
	pthread_mutex_t lock; /* guards all below */
	int refs;
	struct MHD_Connection *connection; /* NULL once the client has gone */
	bool suspended, closed;
	char *p;
	size_t n, at;
};

struct http_exchange {
	struct http_server *server;
	struct arena *arena;
	struct MHD_Connection *connection;
	struct http_request rq;
	struct http_response response;
	_Atomic(enum step) step;
	struct buf body;
	size_t body_max;
	int64_t began;
	struct http_stream *stream;
	int status;
};

struct http_server {
	struct http_config config;
	struct MHD_Daemon *daemon;
	pthread_mutex_t lock; /* guards links and streams */
	struct link *links;
	pthread_t reaper;
	_Atomic bool stopping;
	_Atomic int64_t connections, requests, cut, active;
	pthread_key_t worker_key;
	uint16_t port;
};

static int64_t mono(void)
{
	struct timespec t;
	if (clock_gettime(CLOCK_MONOTONIC, &t))
		die("no monotonic clock");
	return t.tv_sec * US_S + t.tv_nsec / 1000;
}

static const struct {
	const char *name;
	enum http_method method;
} methods[] = {
	{ "GET", HTTP_GET }, { "HEAD", HTTP_GET },    { "POST", HTTP_POST },
	{ "PUT", HTTP_PUT }, { "PATCH", HTTP_PATCH }, { "DELETE", HTTP_DELETE },
};

const char *http_method_name(enum http_method m)
{
	static const char *const names[] = { "GET",   "POST",   "PUT",
					     "PATCH", "DELETE", "OTHER" };
	return names[m];
}

static enum http_method method_of(const char *name)
{
	for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
		if (strcmp(name, methods[i].name) == 0)
			return methods[i].method;
	return HTTP_OTHER;
}

void http_add_header(struct http_response *r, const char *name, str value)
{
	for (size_t i = 0; i < value.n; i++)
		if ((unsigned char)value.p[i] < 0x20 || value.p[i] == 0x7f)
			die("control character in the header %s", name);
	ASSERT(r->n_headers < HTTP_HEADERS_MAX);
	r->headers[r->n_headers++] = (struct http_header){ name, value };
}

/* ---- links: the deadline of each connection ---- */

static struct link *link_of(struct MHD_Connection *c)
{
	const union MHD_ConnectionInfo *i =
		MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	return i ? i->socket_context : NULL;
}

static void set_deadline(struct http_exchange *x, int seconds)
{
	struct link *l = link_of(x->connection);
	if (!l)
		return;
	pthread_mutex_lock(&x->server->lock);
	l->deadline = seconds ? mono() + seconds * US_S : 0;
	pthread_mutex_unlock(&x->server->lock);
}

static void link_add(struct http_server *s, struct MHD_Connection *c, void **socket_context)
{
	const union MHD_ConnectionInfo *i =
		MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);
	struct link *l = calloc(1, sizeof *l);
	if (!l)
		die("out of memory: connection");
	l->fd = i ? i->connect_fd : -1;
	l->deadline = mono() + s->config.head_s * US_S;
	pthread_mutex_lock(&s->lock);
	l->next = s->links;
	l->prev = &s->links;
	if (l->next)
		l->next->prev = &l->next;
	s->links = l;
	pthread_mutex_unlock(&s->lock);
	*socket_context = l;
}

static void on_connection(void *cls, struct MHD_Connection *c, void **socket_context,
			  enum MHD_ConnectionNotificationCode code)
{
	struct http_server *s = cls;
	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		s->connections++;
		link_add(s, c, socket_context);
		return;
	}
	s->connections--;
	struct link *l = *socket_context;
	if (!l)
		return;
	pthread_mutex_lock(&s->lock);
	*l->prev = l->next;
	if (l->next)
		l->next->prev = l->prev;
	pthread_mutex_unlock(&s->lock);
	free(l);
}

/* The library limits silence only; this cuts whoever has not finished in time.  The socket is
 * open as long as its link is in the list: it is taken out, under the lock, before closing. */
static void *reap(void *cls)
{
	struct http_server *s = cls;
	while (!s->stopping) {
		struct timespec quarter = { 0, 250 * 1000 * 1000 };
		nanosleep(&quarter, NULL);
		int64_t now = mono();
		pthread_mutex_lock(&s->lock);
		for (struct link *l = s->links; l; l = l->next) {
			if (!l->deadline || l->deadline > now)
				continue;
			l->deadline = 0;
			s->cut++;
			shutdown(l->fd, SHUT_RDWR);
		}
		pthread_mutex_unlock(&s->lock);
	}
	return NULL;
}

/* ---- answers ---- */

static void stream_unref(struct http_stream *s)
{
	pthread_mutex_lock(&s->lock);
	bool last = --s->refs == 0;
	pthread_mutex_unlock(&s->lock);
	if (!last)
		return;
	pthread_mutex_destroy(&s->lock);
	free(s->p);
	free(s);
}

static ssize_t stream_read(void *cls, uint64_t pos, char *out, size_t max)
{
	(void)pos;
	struct http_stream *s = cls;
	ssize_t n = 0;
	pthread_mutex_lock(&s->lock);
	size_t rest = s->n - s->at;
	if (rest) {
		n = (ssize_t)(rest < max ? rest : max);
		memcpy(out, s->p + s->at, (size_t)n);
		s->at += (size_t)n;
	} else if (s->closed) {
		n = MHD_CONTENT_READER_END_OF_STREAM;
	} else if (s->connection) {
		s->suspended = true;
		MHD_suspend_connection(s->connection);
	}
	pthread_mutex_unlock(&s->lock);
	return n;
}

static struct MHD_Response *make_response(struct http_exchange *x)
{
	const struct http_response *r = &x->response;
	if (r->stream) {
		ASSERT(x->stream);
		return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 4096,
							 stream_read, x->stream, NULL);
	}
	/* PERSISTENT: the arena outlives the answer.  The library never writes to it. */
	union {
		const char *from;
		void *to;
	} p = { .from = r->body.p };
	return MHD_create_response_from_buffer(r->body.n, p.to, MHD_RESPMEM_PERSISTENT);
}

static enum MHD_Result send_response(struct http_exchange *x)
{
	const struct http_response *r = &x->response;
	struct MHD_Response *m = make_response(x);
	if (!m)
		die("out of memory: response");
	if (r->type)
		MHD_add_response_header(m, "Content-Type", r->type);
	if (r->close || x->server->stopping)
		MHD_add_response_header(m, "Connection", "close");
	for (size_t i = 0; i < r->n_headers; i++)
		MHD_add_response_header(m, r->headers[i].name,
					str_z(x->arena, r->headers[i].value));
	x->step = STEP_SENT;
	x->status = r->status;
	set_deadline(x, r->stream ? 0 : x->server->config.answer_s);
	enum MHD_Result ok = MHD_queue_response(x->connection, (unsigned)r->status, m);
	MHD_destroy_response(m);
	return ok;
}

static enum MHD_Result refuse(struct http_exchange *x, int status)
{
	x->response = (struct http_response){ .status = status, .close = true };
	return send_response(x);
}

/* ---- requests ---- */

static str header(struct http_exchange *x, const char *name)
{
	return str_of(MHD_lookup_connection_value(x->connection, MHD_HEADER_KIND, name));
}

static enum MHD_Result add_size(void *cls, enum MHD_ValueKind kind, const char *key,
				const char *value)
{
	(void)kind;
	size_t *n = cls;
	*n += strlen(key) + (value ? strlen(value) : 0) + 4;
	return MHD_YES;
}

static str peer_of(struct http_exchange *x)
{
	if (x->server->config.trust_proxy) {
		str chain = header(x, "X-Forwarded-For"), last = { 0 };
		while (chain.p && chain.n)
			last = str_trim(str_cut(&chain, ','));
		if (last.n && last.n <= 45)
			return last;
	}
	const union MHD_ConnectionInfo *i =
		MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	char text[INET6_ADDRSTRLEN] = "";
	if (i && i->client_addr->sa_family == AF_INET6) {
		struct sockaddr_in6 a;
		memcpy(&a, i->client_addr, sizeof a);
		inet_ntop(AF_INET6, &a.sin6_addr, text, sizeof text);
	} else if (i && i->client_addr->sa_family == AF_INET) {
		struct sockaddr_in a;
		memcpy(&a, i->client_addr, sizeof a);
		inet_ntop(AF_INET, &a.sin_addr, text, sizeof text);
	}
	return str_dup(x->arena, str_of(text));
}

static void *worker_of(struct http_server *s)
{
	if (!s->config.worker_new)
		return NULL;
	void *w = pthread_getspecific(s->worker_key);
	if (!w) {
		w = s->config.worker_new(s->config.ctx);
		if (pthread_setspecific(s->worker_key, w))
			die("out of memory: worker");
	}
	return w;
}

static void fill_request(struct http_exchange *x, const char *method)
{
	struct http_request *rq = &x->rq;
	rq->arena = x->arena;
	rq->exchange = x;
	rq->method = method_of(method);
	struct {
		str *to;
		const char *name;
	} const wanted[] = {
		{ &rq->host, "Host" },
		{ &rq->content_type, "Content-Type" },
		{ &rq->cookie, "Cookie" },
		{ &rq->authorization, "Authorization" },
		{ &rq->accept, "Accept" },
		{ &rq->accept_language, "Accept-Language" },
		{ &rq->accept_encoding, "Accept-Encoding" },
		{ &rq->if_none_match, "If-None-Match" },
		{ &rq->idempotency_key, "Idempotency-Key" },
		{ &rq->origin, "Origin" },
		{ &rq->fetch_site, "Sec-Fetch-Site" },
		{ &rq->csrf, "X-CSRF-Token" },
	};
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		*wanted[i].to = str_dup(x->arena, header(x, wanted[i].name));
	rq->peer = peer_of(x);
}

/* The head is complete: what is wrong with it is answered before any byte of the body. */
static enum MHD_Result begin(struct http_exchange *x, struct MHD_Connection *c,
			     const char *method)
{
	struct http_server *s = x->server;
	x->connection = c;
	x->step = STEP_BODY;
	size_t head = x->rq.path.n + x->rq.query.n;
	MHD_get_connection_values(c, MHD_HEADER_KIND, add_size, &head);
	if (head > HTTP_HEAD_MAX)
		return refuse(x, 431);
	fill_request(x, method);
	x->body_max = s->config.body_max;
	if (s->config.body_limit)
		x->body_max = s->config.body_limit(s->config.ctx, x->rq.method, x->rq.path);
	if (header(x, "Transfer-Encoding").n)
		return refuse(x, 411);
	uint64_t length = 0;
	str cl = header(x, "Content-Length");
	if (cl.n && str_uint(cl, UINT64_MAX, &length))
		return refuse(x, 400);
	if (length > x->body_max)
		return refuse(x, 413);
	x->body = buf_init(x->arena, x->body_max ? x->body_max : 1);
	set_deadline(x, s->config.body_s);
	return MHD_YES;
}

static enum MHD_Result answer(struct http_exchange *x)
{
	struct http_server *s = x->server;
	set_deadline(x, 0);
	x->rq.body = buf_str(&x->body);
	x->rq.worker = worker_of(s);
	s->requests++;
	/* from here on, with HTTP_LATER, the exchange may already belong to another thread */
	struct http_response r = { .status = 500 };
	if (s->config.handle(s->config.ctx, &x->rq, &r) == HTTP_LATER)
		return MHD_YES;
	ASSERT(x->step == STEP_BODY);
	x->response = r;
	return send_response(x);
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *c, const char *url,
				  const char *method, const char *version, const char *data,
				  size_t *size, void **context)
{
	(void)cls;
	(void)url;
	(void)version;
	struct http_exchange *x = *context;
	enum step step = x->step;
	switch (step) {
	case STEP_HEAD: return begin(x, c, method);
	case STEP_BODY:
		if (!*size)
			return answer(x);
		buf_put(&x->body, (str){ data, *size });
		*size = 0;
		return x->body.overflow ? MHD_NO : MHD_YES;
	case STEP_REPLIED: return send_response(x);
	case STEP_SUSPENDED: return MHD_YES;
	case STEP_SENT:
		*size = 0; /* refused already: the rest is thrown away */
		return MHD_YES;
	}
	return MHD_NO;
}

/* The whole request target, before the library takes it apart. */
static void *on_uri(void *cls, const char *uri, struct MHD_Connection *c)
{
	struct http_server *s = cls;
	struct arena *a = arena_new(ARENA_MAX);
	struct http_exchange *x = ARENA_NEW(a, struct http_exchange);
	x->server = s;
	x->arena = a;
	x->connection = c;
	x->began = mono();
	str rest = str_dup(a, str_of(uri));
	x->rq.path = str_cut(&rest, '?');
	x->rq.query = rest;
	s->active++;
	set_deadline(x, s->config.head_s);
	return x;
}

static void on_completed(void *cls, struct MHD_Connection *c, void **context,
			 enum MHD_RequestTerminationCode code)
{
	(void)c;
	(void)code;
	struct http_server *s = cls;
	struct http_exchange *x = *context;
	*context = NULL;
	if (!x)
		return;
	if (x->stream) {
		pthread_mutex_lock(&x->stream->lock);
		x->stream->connection = NULL;
		pthread_mutex_unlock(&x->stream->lock);
		stream_unref(x->stream);
	}
	set_deadline(x, s->config.idle_s + 5); /* the library closes politely at idle_s */
	if (s->config.done)
		s->config.done(s->config.ctx, x->status, mono() - x->began);
	arena_free(x->arena);
	s->active--;
}

/* Keeps %XX as it is: decoding is ours (net/url.h), strict, after the path is cut. */
static size_t no_unescape(void *cls, struct MHD_Connection *c, char *s)
{
	(void)cls;
	(void)c;
	return strlen(s);
}

void http_suspend(struct http_request *rq)
{
	struct http_exchange *x = rq->exchange;
	ASSERT(x->step == STEP_BODY);
	x->step = STEP_SUSPENDED;
	MHD_suspend_connection(x->connection);
}

void http_reply(struct http_request *rq, const struct http_response *response)
{
	struct http_exchange *x = rq->exchange;
	ASSERT(x->step == STEP_SUSPENDED);
	x->response = *response;
	x->step = STEP_REPLIED;
	MHD_resume_connection(x->connection);
}

/* ---- streams ---- */

struct http_stream *http_stream_open(struct http_request *rq)
{
	struct http_exchange *x = rq->exchange;
	ASSERT(!x->stream);
	struct http_stream *s = calloc(1, sizeof *s);
	if (!s || pthread_mutex_init(&s->lock, NULL))
		die("out of memory: stream");
	s->refs = 2; /* the exchange and the caller */
	s->connection = x->connection;
	x->stream = s;
	return s;
}

static void stream_wake(struct http_stream *s)
{
	if (!s->suspended || !s->connection)
		return;
	s->suspended = false;
	MHD_resume_connection(s->connection);
}

bool http_stream_send(struct http_stream *s, str bytes)
{
	pthread_mutex_lock(&s->lock);
	size_t rest = s->n - s->at;
	bool ok = s->connection && !s->closed && rest + bytes.n <= HTTP_STREAM_BYTES;
	if (ok) {
		char *p = malloc(rest + bytes.n + 1);
		if (!p)
			die("out of memory: stream");
		if (rest)
			memcpy(p, s->p + s->at, rest);
		if (bytes.n)
			memcpy(p + rest, bytes.p, bytes.n);
		free(s->p);
		s->p = p;
		s->at = 0;
		s->n = rest + bytes.n;
		stream_wake(s);
	}
	pthread_mutex_unlock(&s->lock);
	return ok;
}

void http_stream_close(struct http_stream *s)
{
	pthread_mutex_lock(&s->lock);
	s->closed = true;
	stream_wake(s);
	pthread_mutex_unlock(&s->lock);
	stream_unref(s);
}

/* ---- life of the server ---- */

static enum err address_of(const struct http_config *c, struct sockaddr_storage *ret)
{
	memset(ret, 0, sizeof *ret);
	struct sockaddr_in a4 = { .sin_family = AF_INET, .sin_port = htons(c->port) };
	struct sockaddr_in6 a6 = { .sin6_family = AF_INET6, .sin6_port = htons(c->port) };
	if (inet_pton(AF_INET, c->address, &a4.sin_addr) == 1)
		memcpy(ret, &a4, sizeof a4);
	else if (inet_pton(AF_INET6, c->address, &a6.sin6_addr) == 1)
		memcpy(ret, &a6, sizeof a6);
	else
		return ERR_INPUT;
	return OK;
}

static void defaults(struct http_config *c)
{
	c->threads = c->threads ? c->threads : 2;
	c->connections = c->connections ? c->connections : 1000;
	c->head_s = c->head_s ? c->head_s : 10;
	c->body_s = c->body_s ? c->body_s : 20;
	c->idle_s = c->idle_s ? c->idle_s : 60;
	c->answer_s = c->answer_s ? c->answer_s : 120;
	c->body_max = c->body_max ? c->body_max : (size_t)1 << 20;
}

static struct MHD_Daemon *start_daemon(struct http_server *s,
				       const struct sockaddr *address)
{
	const struct http_config *c = &s->config;
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;
	if (address->sa_family == AF_INET6)
		flags |= MHD_USE_IPv6;
	/* the pool divides the limit among its threads: keep at least one each */
	return MHD_start_daemon(
		flags, 0, NULL, NULL, on_request, s, MHD_OPTION_SOCK_ADDR, address,
		MHD_OPTION_THREAD_POOL_SIZE, c->threads > 1 ? c->threads : 0,
		MHD_OPTION_CONNECTION_LIMIT, c->connections,
		MHD_OPTION_PER_IP_CONNECTION_LIMIT, c->connections_per_ip,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, POOL_BYTES,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)c->idle_s,
		MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_LISTENING_ADDRESS_REUSE, 1U,
		MHD_OPTION_UNESCAPE_CALLBACK, no_unescape, NULL,
		MHD_OPTION_URI_LOG_CALLBACK, on_uri, s, MHD_OPTION_NOTIFY_COMPLETED,
		on_completed, s, MHD_OPTION_NOTIFY_CONNECTION, on_connection, s,
		MHD_OPTION_END);
}

static uint16_t bound_port(struct MHD_Daemon *d)
{
	const union MHD_DaemonInfo *i = MHD_get_daemon_info(d, MHD_DAEMON_INFO_BIND_PORT);
	return i ? i->port : 0;
}

enum err http_start(const struct http_config *config, struct http_server **ret)
{
	struct sockaddr_storage address;
	TRY(address_of(config, &address));
	struct http_server *s = calloc(1, sizeof *s);
	if (!s || pthread_mutex_init(&s->lock, NULL) ||
	    pthread_key_create(&s->worker_key, config->worker_free))
		die("out of memory: server");
	s->config = *config;
	defaults(&s->config);
	s->daemon = start_daemon(s, (const struct sockaddr *)&address);
	if (!s->daemon) {
		pthread_key_delete(s->worker_key);
		pthread_mutex_destroy(&s->lock);
		free(s);
		return ERR_IO;
	}
	s->port = bound_port(s->daemon);
	if (pthread_create(&s->reaper, NULL, reap, s))
		die("no thread for the server");
	*ret = s;
	return OK;
}

uint16_t http_port(const struct http_server *s)
{
	return s->port;
}

void http_drain(struct http_server *s)
{
	if (atomic_exchange(&s->stopping, true))
		return;
	MHD_socket fd = MHD_quiesce_daemon(s->daemon);
	if (fd != MHD_INVALID_SOCKET)
		close(fd);
	pthread_join(s->reaper, NULL);
}

void http_stop(struct http_server *s, int seconds)
{
	http_drain(s);
	int64_t end = mono() + seconds * US_S;
	while (s->active > 0 && mono() < end) {
		struct timespec t = { 0, 5 * 1000 * 1000 };
		nanosleep(&t, NULL);
	}
	MHD_stop_daemon(s->daemon);
	pthread_key_delete(s->worker_key);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

struct http_stats http_stats(struct http_server *s)
{
	return (struct http_stats){ s->connections, s->requests, s->cut };
}
