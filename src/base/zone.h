/* zone.h - local time of a place, from TZif bytes (RFC 9636) given by the caller.
 *
 * A département outre-mer has its own hour, so several zones live in one process and none
 * is "the" local one.  Nothing here opens a file: the shell reads /usr/share/zoneinfo.
 *
 * Rule for hours that are not unique (the one of RFC 5545 §3.3.5): an hour that does not
 * exist (clocks go forward) is read with the offset before the change, so it is shifted
 * forward by the gap (02:30 becomes 03:30); an hour that exists twice is the first one.
 *
 * Memory:  a zone lies in the arena it was parsed into, and never changes.
 * Threads: any number may read one zone.
 */
#ifndef BASE_ZONE_H
#define BASE_ZONE_H

#include "base/time.h"

struct zone; /* opaque, immutable */

#define ZONE_BYTES_MAX (64 * 1024) /* the largest file of tzdata has 3.6 KiB */

/* What a clock on the wall shows. */
struct zone_local {
	day day;
	int min;       /* minutes since local midnight, 0..1439 */
	int sec, us;   /* the rest below the minute */
	int32_t off_s; /* local minus UTC, in seconds */
	bool dst;      /* summer time */
};

/* Reads version 2, 3 or 4 of the format with its footer; `name` ("Europe/Paris") is copied.
 *   ERR_LIMIT        more than ZONE_BYTES_MAX bytes, or a count beyond reason;
 *   ERR_VERSION      version 1 (32-bit only) or unknown;
 *   ERR_UNSUPPORTED  leap seconds ("right/" zones);
 *   ERR_SYNTAX       anything else that is not well formed. */
MUST_USE enum err zone_parse(struct arena *a, str name, str bytes, const struct zone **ret);

str zone_name(const struct zone *z);

struct zone_local zone_local(const struct zone *z, ts t);
day zone_day(const struct zone *z, ts t);

/* The instant of a local day and hour by the rule above.  `minutes` may lie outside
 * 0..1439: the excess moves the day first (1500 is 01:00 of the next day). */
ts zone_ts(const struct zone *z, day d, int minutes);

/* The next change of offset or summer time after `t`; TS_NEVER when none comes before 9999. */
ts zone_next_change(const struct zone *z, ts t);

#endif
