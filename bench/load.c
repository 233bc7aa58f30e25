/* load.c - asks a server on loopback many things over some connections, kept alive, and says
 * how long it took: the same client for every server that is compared.
 *
 *   bench_load PORT CONNECTIONS FILE [HEADER]
 *
 * FILE holds a request a line, "METHOD PATH BODY" ("-": none); each is sent once.  HEADER is
 * added to each.  Prints one line of JSON: requests, seconds, latencies, answers by status.
 */
#include "base/base.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

struct lines {
	str *v;
	size_t n, cap;
};

struct peer {
	int fd;
	size_t asked; /* index of the request under way */
	int64_t sent_at;
	char answer[16384];
	size_t n;
};

static struct lines requests;
static size_t next_request, done, by_status[6];
static int64_t *latency;

static int64_t mono(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * US_S + t.tv_nsec / 1000;
}

static str file_bytes(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		die("no file of requests");
	struct buf b = buf_init(a, (size_t)1 << 30);
	char chunk[65536];
	size_t n;
	while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
		buf_put(&b, (str){ chunk, n });
	fclose(f);
	return buf_str(&b);
}

static void read_requests(struct arena *a, const char *path, const char *header)
{
	str all = file_bytes(a, path);
	while (all.p && all.n) {
		str rest = str_cut(&all, '\n'), method = str_cut(&rest, ' ');
		str where = str_cut(&rest, ' ');
		str body = str_eq(rest, S("-")) ? (str){ 0 } : rest;
		if (!method.n)
			continue;
		*ARENA_PUSH(a, &requests) = str_fmt(
			a,
			"%" PRIstr " %" PRIstr " HTTP/1.1\r\nHost: bench\r\n%s%s"
			"Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n"
			"%" PRIstr,
			STR(method), STR(where), header, *header ? "\r\n" : "", body.n,
			STR(body));
	}
}

static bool ask(struct peer *p)
{
	if (next_request == requests.n)
		return false;
	p->asked = next_request++;
	p->n = 0;
	p->sent_at = mono();
	str r = requests.v[p->asked];
	if (write(p->fd, r.p, r.n) != (ssize_t)r.n)
		die("a request could not be sent whole");
	return true;
}

/* Whether a whole answer is there: head, then as many bytes as it says. */
static bool whole(const struct peer *p)
{
	str s = { p->answer, p->n };
	size_t head = str_find(s, S("\r\n\r\n"));
	uint64_t length = 0;
	if (head == SIZE_MAX)
		return false;
	str lines = str_sub(s, 0, head);
	while (lines.p && lines.n) {
		str value = str_trim(str_cut(&lines, '\n')), name = str_cut(&value, ':');
		if (str_eq_nocase(name, S("Content-Length")) &&
		    str_uint(str_trim(value), sizeof p->answer, &length))
			die("an answer without a length");
	}
	return p->n >= head + 4 + length;
}

static void take(struct peer *p)
{
	ssize_t n = read(p->fd, p->answer + p->n, sizeof p->answer - p->n);
	if (n <= 0)
		die("the server closed a connection");
	p->n += (size_t)n;
	if (!whole(p))
		return;
	latency[done++] = mono() - p->sent_at;
	int hundred = p->answer[9] - '0';
	by_status[hundred >= 1 && hundred <= 5 ? hundred : 0]++;
	ask(p);
}

static void dial(struct peer *p, int epoll, uint16_t port)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(port) };
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	int one = 1;
	p->fd = socket(AF_INET, SOCK_STREAM, 0);
	if (p->fd < 0 || connect(p->fd, (struct sockaddr *)&to, sizeof to) ||
	    setsockopt(p->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one))
		die("cannot connect");
	struct epoll_event e = { .events = EPOLLIN, .data.ptr = p };
	if (epoll_ctl(epoll, EPOLL_CTL_ADD, p->fd, &e))
		die("epoll");
}

static int by_size(const void *a, const void *b)
{
	int64_t x, y;
	memcpy(&x, a, sizeof x);
	memcpy(&y, b, sizeof y);
	return (x > y) - (x < y);
}

static void report(int64_t took)
{
	qsort(latency, done, sizeof *latency, by_size);
	printf("{\"requests\":%zu,\"seconds\":%.3f,\"per_second\":%.0f,\"p50_ms\":%.2f,"
	       "\"p99_ms\":%.2f,\"max_ms\":%.2f,\"2xx\":%zu,\"4xx\":%zu,\"5xx\":%zu}\n",
	       done, (double)took / 1e6, (double)done * 1e6 / (double)took,
	       (double)latency[done / 2] / 1e3,
	       (double)latency[done - 1 - done / 100] / 1e3,
	       (double)latency[done - 1] / 1e3, by_status[2], by_status[4], by_status[5]);
}

int main(int argc, char **argv)
{
	if (argc < 4)
		die("usage: bench_load PORT CONNECTIONS FILE [HEADER]");
	struct arena *a = arena_new((size_t)2 << 30);
	uint16_t port = (uint16_t)strtol(argv[1], NULL, 10);
	size_t connections = (size_t)strtol(argv[2], NULL, 10);
	read_requests(a, argv[3], argc > 4 ? argv[4] : "");
	latency = ARENA_ARRAY(a, int64_t, requests.n);
	struct peer *peers = ARENA_ARRAY(a, struct peer, connections);
	int epoll = epoll_create1(0);
	for (size_t i = 0; i < connections; i++)
		dial(&peers[i], epoll, port);
	int64_t from = mono();
	for (size_t i = 0; i < connections; i++)
		ask(&peers[i]);
	while (done < requests.n) {
		struct epoll_event events[64];
		int n = epoll_wait(epoll, events, 64, 30000);
		if (n == 0)
			die("the server has stopped answering");
		for (int i = 0; i < n; i++)
			take(events[i].data.ptr);
	}
	report(mono() - from);
	return 0;
}
