/* The real server on a free port, asked by a client that may be rude. */
#include "net/http.h"
#include "peer.h"
#include "test.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

static struct {
	struct http_request *waiting;
	struct http_stream *stream;
	pthread_t thread;
	int workers;
} shared;

static void *answer_later(void *p)
{
	struct http_request *rq = p;
	struct http_response r = { .status = 201,
				   .type = "text/plain",
				   .body = S("later") };
	http_reply(rq, &r);
	return NULL;
}

static enum http_when handle(void *ctx, struct http_request *rq, struct http_response *ret)
{
	(void)ctx;
	if (str_eq(rq->path, S("/later"))) {
		http_suspend(rq);
		if (pthread_create(&shared.thread, NULL, answer_later, rq))
			die("no thread");
		return HTTP_LATER;
	}
	*ret = (struct http_response){ .status = 200, .type = "text/plain" };
	if (str_eq(rq->path, S("/stream"))) {
		ret->type = "text/event-stream";
		ret->stream = true;
		shared.stream = http_stream_open(rq);
		return HTTP_NOW;
	}
	ret->body = str_fmt(rq->arena,
			    "%s path=%" PRIstr " query=%" PRIstr " body=%zu cookie=%" PRIstr
			    " peer=%" PRIstr " worker=%s",
			    http_method_name(rq->method), STR(rq->path), STR(rq->query),
			    rq->body.n, STR(rq->cookie), STR(rq->peer),
			    rq->worker ? "yes" : "no");
	http_add_header(ret, "X-Test", S("1"));
	return HTTP_NOW;
}

static void *worker_new(void *ctx)
{
	(void)ctx;
	__atomic_add_fetch(&shared.workers, 1, __ATOMIC_SEQ_CST);
	return malloc(1);
}

static void worker_free(void *w)
{
	__atomic_sub_fetch(&shared.workers, 1, __ATOMIC_SEQ_CST);
	free(w);
}

static size_t body_limit(void *ctx, enum http_method m, str path)
{
	(void)ctx;
	(void)m;
	return str_eq(path, S("/big")) ? 5000 : 100;
}

static struct http_server *start(struct http_config c)
{
	struct http_server *s = NULL;
	c.address = "127.0.0.1";
	c.handle = handle;
	c.worker_new = worker_new;
	c.worker_free = worker_free;
	CHECK_OK(http_start(&c, &s));
	return s;
}

#define END "Host: x\r\nConnection: close\r\n\r\n"

TEST(a_request_arrives_whole_and_undecoded)
{
	TEST_ARENA(a);
	struct http_server *s = start((struct http_config){ 0 });
	str r = peer_ask(a, http_port(s),
			 S("GET /a%2Fb/%C3%A9?x=%26&y HTTP/1.1\r\nCookie: k=v\r\n" END));
	CHECK_INT(peer_status(r), 200);
	CHECK_STR(peer_body(r), "GET path=/a%2Fb/%C3%A9 query=x=%26&y body=0 cookie=k=v "
				"peer=127.0.0.1 worker=yes");
	CHECK(str_find(r, S("X-Test: 1\r\n")) != SIZE_MAX);
	r = peer_ask(a, http_port(s), S("HEAD /x HTTP/1.1\r\n" END));
	CHECK_INT(peer_status(r), 200);
	CHECK_STR(peer_body(r), "");
	r = peer_ask(a, http_port(s),
		     S("POST / HTTP/1.1\r\nContent-Length: 5\r\n" END "hello"));
	CHECK(str_starts(peer_body(r), S("POST path=/ query= body=5")));
	r = peer_ask(a, http_port(s), S("BREW / HTTP/1.1\r\n" END));
	CHECK(str_starts(peer_body(r), S("OTHER")));
	http_stop(s, 5);
	CHECK_INT(shared.workers, 0);
}

TEST(a_connection_serves_several_requests)
{
	TEST_ARENA(a);
	struct http_server *s = start((struct http_config){ 0 });
	int fd = peer_connect(http_port(s));
	for (int i = 0; i < 5; i++) {
		peer_send(fd, str_fmt(a,
				      "POST /%d HTTP/1.1\r\nHost: x\r\nContent-Length: 2"
				      "\r\n\r\nab",
				      i));
		str r = peer_read_until(a, fd, S("worker=yes"));
		CHECK(str_find(r, str_fmt(a, "path=/%d ", i)) != SIZE_MAX);
	}
	peer_close(fd);
	http_stop(s, 5);
}

TEST(a_body_too_large_is_refused_before_it_is_read)
{
	TEST_ARENA(a);
	struct http_server *s = start((struct http_config){ .body_limit = body_limit });
	/* only the head is sent: the answer must not wait for the body */
	int fd = peer_connect(http_port(s));
	peer_send(fd, S("POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 101\r\n\r\n"));
	CHECK_INT(peer_status(peer_read(a, fd, 65536)), 413);
	peer_close(fd);
	fd = peer_connect(http_port(s));
	peer_send(fd, S("POST /big HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n"
			"Connection: close\r\n\r\n"));
	char *p = arena_alloc(a, 5000);
	memset(p, 'x', 5000);
	peer_send(fd, (str){ p, 5000 });
	CHECK(str_find(peer_read(a, fd, 65536), S("body=5000")) != SIZE_MAX);
	peer_close(fd);
	http_stop(s, 5);
}

TEST(a_request_of_unknown_or_foolish_length_is_refused)
{
	TEST_ARENA(a);
	struct http_server *s = start((struct http_config){ 0 });
	CHECK_INT(peer_status(
			  peer_ask(a, http_port(s),
				   S("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" END
				     "5\r\nhello\r\n0\r\n\r\n"))),
		  411);
	int got = peer_status(peer_ask(
		a, http_port(s), S("POST / HTTP/1.1\r\nContent-Length: -1\r\n" END "x")));
	CHECK_INT(got, 400);
	struct buf b = buf_init(a, 0);
	BUF_LIT(&b, "GET / HTTP/1.1\r\n");
	for (int i = 0; i < 20; i++)
		buf_fmt(&b, "X-H%d: %0*d\r\n", i, 1000, 0);
	BUF_LIT(&b, END);
	CHECK_INT(peer_status(peer_ask(a, http_port(s), buf_str(&b))), 431);
	http_stop(s, 5);
}

TEST(whoever_drips_bytes_is_cut)
{
	TEST_ARENA(a);
	struct http_server *s = start((struct http_config){ .head_s = 1, .body_s = 1 });
	int head = peer_connect(http_port(s)), body = peer_connect(http_port(s));
	peer_send(head, S("GET / HTTP/1.1\r\nHos"));
	peer_send(body, S("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab"));
	CHECK_STR(peer_read(a, head, 1000), "");
	str r = peer_read(a, body, 1000);
	CHECK_INT(peer_status(r), 0);
	peer_close(head);
	peer_close(body);
	CHECK_INT(http_stats(s).cut, 2);
	http_stop(s, 5);
}

TEST(another_thread_may_answer_later)
{
	TEST_ARENA(a);
	for (unsigned threads = 1; threads < 4; threads++) {
		struct http_server *s = start((struct http_config){ .threads = threads });
		for (int i = 0; i < 50; i++) {
			str r = peer_ask(a, http_port(s), S("GET /later HTTP/1.1\r\n" END));
			CHECK_INT(peer_status(r), 201);
			CHECK_STR(peer_body(r), "later");
			pthread_join(shared.thread, NULL);
		}
		http_stop(s, 5);
	}
}

TEST(a_stream_sends_as_things_happen)
{
	TEST_ARENA(a);
	struct http_server *s = start((struct http_config){ 0 });
	int fd = peer_connect(http_port(s));
	peer_send(fd, S("GET /stream HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
	peer_read_until(a, fd, S("\r\n\r\n"));
	for (int i = 0; i < 3; i++) {
		CHECK(http_stream_send(shared.stream, str_fmt(a, "data: %d\n\n", i)));
		str r = peer_read_until(a, fd, str_fmt(a, "data: %d\n\n", i));
		CHECK(str_find(r, str_fmt(a, "data: %d", i)) != SIZE_MAX);
	}
	http_stream_close(shared.stream);
	peer_read(a, fd, 65536); /* ends: the server closes */
	peer_close(fd);
	http_stop(s, 5);
}

TEST(a_stream_that_nobody_reads_is_let_go)
{
	TEST_ARENA(a);
	struct http_server *s = start((struct http_config){ 0 });
	int fd = peer_connect(http_port(s));
	peer_send(fd, S("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n"));
	peer_read_until(a, fd, S("\r\n\r\n"));
	char *big = arena_alloc(a, 100000);
	memset(big, 'x', 100000);
	bool ok = true;
	for (int i = 0; i < 1000 && ok; i++)
		ok = http_stream_send(shared.stream, (str){ big, 100000 });
	CHECK(!ok);
	http_stream_close(shared.stream);
	peer_close(fd);
	http_stop(s, 5);
}

TEST(stopping_refuses_new_clients_and_serves_those_inside)
{
	TEST_ARENA(a);
	struct http_server *s = start((struct http_config){ 0 });
	uint16_t port = http_port(s);
	int fd = peer_connect(port);
	peer_send(fd, S("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\na"));
	for (int i = 0; i < 100 && http_stats(s).connections == 0; i++)
		usleep(5000);
	http_drain(s);
	peer_send(fd, S("b"));
	str r = peer_read(a, fd, 65536);
	CHECK_INT(peer_status(r), 200);
	CHECK(str_find(r, S("Connection: close")) != SIZE_MAX);
	peer_close(fd);
	http_stop(s, 5);
}

TEST(the_peer_is_whom_a_trusted_proxy_names)
{
	TEST_ARENA(a);
	str ask = S("GET / HTTP/1.1\r\nX-Forwarded-For: 6.6.6.6, 2001:db8::7\r\n" END);
	struct http_server *s = start((struct http_config){ .trust_proxy = true });
	CHECK(str_find(peer_ask(a, http_port(s), ask), S("peer=2001:db8::7 ")) != SIZE_MAX);
	http_stop(s, 5);
	s = start((struct http_config){ 0 });
	CHECK(str_find(peer_ask(a, http_port(s), ask), S("peer=127.0.0.1 ")) != SIZE_MAX);
	http_stop(s, 5);
}

TEST(a_bad_address_or_a_taken_port_is_an_outcome)
{
	struct http_config c = { .address = "localhost", .handle = handle };
	struct http_server *s = start((struct http_config){ 0 }), *t = NULL;
	CHECK_ERR(http_start(&c, &t), ERR_INPUT);
	http_stop(s, 5);
}
