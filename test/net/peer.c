#include "peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

int peer_connect(uint16_t port)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(port) };
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	struct timeval t = { 30, 0 }; /* so that a fault ends the test */
	if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof to) ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &t, sizeof t))
		die("cannot connect to the server under test");
	return fd;
}

void peer_send(int fd, str bytes)
{
	while (bytes.n) {
		ssize_t n = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL);
		if (n <= 0)
			return;
		bytes = str_from(bytes, (size_t)n);
	}
}

static str read_while(struct arena *a, int fd, size_t max, str until)
{
	struct buf b = buf_init(a, max);
	while (b.n < max) {
		char chunk[4096];
		size_t want = max - b.n < sizeof chunk ? max - b.n : sizeof chunk;
		ssize_t n = recv(fd, chunk, want, 0);
		if (n <= 0)
			break;
		buf_put(&b, (str){ chunk, (size_t)n });
		if (until.n && str_find(buf_str(&b), until) != SIZE_MAX)
			break;
	}
	return buf_str(&b);
}

str peer_read(struct arena *a, int fd, size_t max)
{
	return read_while(a, fd, max, (str){ 0 });
}

str peer_read_until(struct arena *a, int fd, str what)
{
	return read_while(a, fd, (size_t)4 << 20, what);
}

void peer_close(int fd)
{
	close(fd);
}

str peer_ask(struct arena *a, uint16_t port, str request)
{
	int fd = peer_connect(port);
	peer_send(fd, request);
	shutdown(fd, SHUT_WR);
	str s = peer_read(a, fd, (size_t)4 << 20);
	close(fd);
	return s;
}

int peer_status(str answer)
{
	int64_t v = 0;
	if (!str_starts(answer, S("HTTP/1.1 ")) || str_int(str_sub(answer, 9, 12), &v))
		return 0;
	return (int)v;
}

str peer_body(str answer)
{
	size_t at = str_find(answer, S("\r\n\r\n"));
	return at == SIZE_MAX ? (str){ 0 } : str_from(answer, at + 4);
}
