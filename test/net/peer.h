/* peer.h - a client that says exactly what a test wants, byte by byte, to a server on loopback. */
#ifndef TEST_NET_PEER_H
#define TEST_NET_PEER_H

#include "base/base.h"

int peer_connect(uint16_t port);
void peer_send(int fd, str bytes); /* a server that has closed is no error here */
str peer_read(struct arena *a, int fd,
	      size_t max); /* until the other side closes, or max */
str peer_read_until(struct arena *a, int fd, str what); /* until `what` has come */
void peer_close(int fd);

/* One request on its own connection: the whole answer. */
str peer_ask(struct arena *a, uint16_t port, str request);
int peer_status(str answer); /* 0 when there is none */
str peer_body(str answer);

#endif
