/* sender.h - takes due notices out of the outbox and hands them to their channel.
 *
 * Claimed durably before the send, the outcome recorded after it; the notice's id is the
 * idempotency key.  A crash in between leaves "claimed": its outcome is unknown, and a
 * channel that does not deduplicate is not asked again: a human sees it.
 */
#ifndef RUN_SENDER_H
#define RUN_SENDER_H

#include "app/app.h"

struct channel_port {
	void *ctx;
	/* Sends one notice; *ret_why gets a short reason without personal data on failure. */
	enum notice_state (*send)(void *ctx, struct arena *a, const struct notice *n,
				  str *ret_why);
	bool deduplicates;
};

struct sender {
	struct channel_port ports[CHANNEL_COUNT]; /* send == NULL: channel not configured */
};

/* Channels that only record (the inbox shows the text): file, and everything in a demo. */
struct sender sender_recording(void);

/* Only the inbox shown on the pages (channel file).  A channel that is not configured fails
 * with the reason "no_channel": nothing is ever said to be sent that was not. */
struct sender sender_inbox(void);

/* Sends what is due, at most `limit`, in the caller's transaction. */
MUST_USE enum err sender_step(const struct sender *s, struct app *app, ts now, int limit,
			      int *ret_handled);

#endif
