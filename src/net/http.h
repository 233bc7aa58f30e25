/* http.h - the HTTP server behind a port of our own: bytes in, one function, bytes out.
 *
 * libmicrohttpd (epoll) runs a small pool of threads.  A whole request, body included, is
 * given to `handle` on one of them; it answers at once, or suspends the exchange, hands it to
 * another thread (the writer, the password checker) and lets that thread answer later: no
 * thread waits for a disk.  TLS, HTTP/2 and compression on the fly belong to the proxy.
 *
 * Everything has a limit: head 16 KiB, body by path (1 MiB at most by default, refused from
 * its Content-Length before a byte is read; bodies of unknown length are refused), connections
 * in all and by address, and a deadline for the whole head and the whole body, so that a
 * client that drips bytes is cut.
 *
 * Memory:  each exchange has an arena, freed when its answer has left.
 * Threads: `handle` runs on several threads at once, each with its own `worker` value; an
 *          exchange belongs to one thread at a time.
 */
#ifndef NET_HTTP_H
#define NET_HTTP_H

#include "base/base.h"

#define HTTP_HEAD_MAX     (16 * 1024)
#define HTTP_HEADERS_MAX  24 /* of an answer, beside those that are always sent */
#define HTTP_STREAM_BYTES (256 * 1024)

enum http_method {
	HTTP_GET, /* HEAD too: the library leaves the body out */
	HTTP_POST,
	HTTP_PUT,
	HTTP_PATCH,
	HTTP_DELETE,
	HTTP_OTHER
};
const char *http_method_name(enum http_method m);

struct http_exchange; /* opaque */

/* Texts are as received (not decoded) and live as long as the arena; absent is empty. */
struct http_request {
	struct arena *arena;
	enum http_method method;
	str path, query;
	str body;
	str host, content_type, cookie, authorization, accept, accept_language,
		accept_encoding, if_none_match, idempotency_key, origin, fetch_site, csrf;
	str peer;     /* address; behind a trusted proxy the one it names */
	void *worker; /* of this thread, made by config.worker_new */
	struct http_exchange *exchange;
};

struct http_header {
	const char *name;
	str value; /* no control characters: they abort, since they would split the answer */
};

struct http_response {
	int status;
	const char *type; /* NULL without a body */
	str body;         /* lives at least as long as the request's arena */
	struct http_header headers[HTTP_HEADERS_MAX];
	size_t n_headers;
	bool stream; /* text/event-stream: the body is sent by http_stream_send() */
	bool close;
};

void http_add_header(struct http_response *r, const char *name, str value);

enum http_when { HTTP_NOW, HTTP_LATER };

struct http_config {
	const char *address;                      /* "127.0.0.1", "::1", "0.0.0.0", "::" */
	uint16_t port;                            /* 0: any free one, see http_port() */
	unsigned threads;                         /* 0: 2 */
	unsigned connections, connections_per_ip; /* 0: 1000, and no limit by address */
	int head_s, body_s, idle_s, answer_s;     /* 0: 10, 20, 60, 120 seconds */
	size_t body_max;                          /* 0: 1 MiB */
	bool trust_proxy; /* the peer is the last address of X-Forwarded-For */

	void *ctx;
	/* HTTP_NOW with *ret filled; or HTTP_LATER after http_suspend(), when another thread
	 * has the request and will call http_reply(). */
	enum http_when (*handle)(void *ctx, struct http_request *rq,
				 struct http_response *ret);
	/* Optional: the largest body for this method and path, before it is read. */
	size_t (*body_limit)(void *ctx, enum http_method m, str path);
	/* Optional: one value for each thread (its read connection...). */
	void *(*worker_new)(void *ctx);
	void (*worker_free)(void *worker);
	/* Optional: called when the answer left or the client did, for metrics. */
	void (*done)(void *ctx, int status, int64_t microseconds);
};

struct http_server; /* opaque */

/*   ERR_INPUT  the address is not one;
 *   ERR_IO     the port cannot be bound. */
MUST_USE enum err http_start(const struct http_config *config, struct http_server **ret);
uint16_t http_port(const struct http_server *s);

/* Stops accepting, lets requests in progress end (at most `seconds`), ends streams, frees
 * everything.  A request still suspended after that is a bug and aborts. */
void http_stop(struct http_server *s, int seconds);
void http_drain(struct http_server *s); /* only the first step: refuse new connections */

/* To be called by `handle` before it gives the request to another thread. */
void http_suspend(struct http_request *rq);
/* Answers a suspended request, from any thread; the request is not the caller's any more. */
void http_reply(struct http_request *rq, const struct http_response *response);

/* ---- streams of server-sent events ---- */

struct http_stream; /* opaque, counted */

/* The stream of a response with `stream` set; one reference for the caller. */
struct http_stream *http_stream_open(struct http_request *rq);
/* Queues bytes.  False when the client has gone or reads too slowly: the caller lets it go. */
bool http_stream_send(struct http_stream *s, str bytes);
void http_stream_close(struct http_stream *s); /* ends it and gives the reference back */

/* Numbers for /metrics. */
struct http_stats {
	int64_t connections, requests, cut; /* open now; handled; cut for slowness */
};
struct http_stats http_stats(struct http_server *s);

#endif
