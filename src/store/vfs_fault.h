/* vfs_fault.h - a disk in memory that can lose power, fail, fill up and be slow: for tests.
 *
 * It is a sqlite3_vfs, so the real src/store runs on it unchanged.  It remembers every write,
 * truncation, flush, creation and deletion in order, and from that log builds, for any
 * moment, the disk that a power cut at that moment could have left: what was flushed is
 * there; of what was not, any part may be, in any order, torn at sectors of 512 bytes.
 *
 * The model is harsher than most disks: a file that was never flushed may not exist, a hole
 * between two writes reads as zeros, and each sector decides for itself.
 *
 * Memory:  on the heap.  Threads: one mutex per disk; made and freed by one thread.
 */
#ifndef STORE_VFS_FAULT_H
#define STORE_VFS_FAULT_H

#include "base/base.h"

struct disk; /* opaque */

struct disk *disk_new(uint64_t seed); /* empty, registered under a name of its own */
void disk_free(struct disk *d);       /* no connection may be open; NULL is allowed */
void disk_freep(struct disk **d);
const char *disk_vfs(const struct disk *d); /* for struct db_options */

/* ---- power */

enum disk_cut {
	CUT_KEEP,    /* everything written is there, flushed or not (a process killed) */
	CUT_DROP,    /* only what was flushed */
	CUT_SOME,    /* each write not flushed is there or not */
	CUT_TORN,    /* each sector of such a write is there or not */
	CUT_SHUFFLE, /* as CUT_SOME, and they reached the disk in any order */
	CUT_COUNT
};

size_t disk_moment(const struct disk *d);     /* how many operations there were so far */
void disk_mark(struct disk *d, int64_t note); /* something was acknowledged now */
/* The largest note marked before `moment`; `none` when there is none. */
int64_t disk_marked(const struct disk *d, size_t moment, int64_t none);
/* The disk after a power cut at `moment`, a new one.  `seed` decides what survives. */
struct disk *disk_cut(const struct disk *d, size_t moment, enum disk_cut how,
		      uint64_t seed);

/* ---- faults of a running disk */

enum disk_op {
	DISK_READ = 1,
	DISK_WRITE = 2,
	DISK_SYNC = 4,
	DISK_OPEN = 8,
	DISK_DELETE = 16
};

/* The `n`-th operation (from 1) among `ops` from now on fails, and the `times`-1 after it
 * (0: all of them): a full disk when `full`, else an input/output error.  n = 0: none. */
void disk_fail(struct disk *d, unsigned ops, uint64_t n, uint64_t times, bool full);
bool disk_failed(const struct disk *d);          /* since disk_fail() */
void disk_space(struct disk *d, uint64_t bytes); /* all files together; 0: no limit */
void disk_slow(struct disk *d, unsigned us);     /* each flush takes so long */

struct disk_counts {
	uint64_t reads, writes, syncs;
};
struct disk_counts disk_counts(const struct disk *d);

#endif
