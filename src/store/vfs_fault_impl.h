/* vfs_fault_impl.h - what the two files of the simulated disk share. */
#ifndef STORE_VFS_FAULT_IMPL_H
#define STORE_VFS_FAULT_IMPL_H

#include "store/vfs_fault.h"

#include <pthread.h>
#include <sqlite3.h>

#define NAME_MAX_  512
#define FILES_MAX  64
#define SHM_MAX    64
#define SHM_REGION 32768
#define SECTOR     512

struct bytes {
	char *p;
	size_t n, cap;
};

struct file { /* a name on the disk and what a process sees behind it */
	char name[NAME_MAX_];
	bool exists;
	bool fresh; /* its first flush flushes the folder too, as SQLite does for journals */
	struct bytes now;
	int users, shared; /* open handles; handles with a SHARED lock */
	bool reserved, pending, exclusive;
	void *shm[SHM_MAX];
	int shm_shared[SQLITE_SHM_NLOCK];
	bool shm_exclusive[SQLITE_SHM_NLOCK];
};

enum what { WROTE, CUT_TO, FLUSHED, CREATED, DELETED, FOLDER, MARKED }; /* FOLDER flushed */

struct step { /* one line of the log */
	enum what what;
	unsigned file;
	int64_t at; /* offset, length, or the note */
	char *p;
	size_t n;
};

struct disk {
	sqlite3_vfs vfs;
	char name[32];
	pthread_mutex_t mutex;
	struct file file[FILES_MAX];
	unsigned files;
	struct step *log;
	size_t steps, cap;
	struct rng rng;
	uint64_t space, used;
	unsigned slow_us, fail_ops;
	uint64_t fail_n, fail_times;
	bool fail_full, failed;
	struct disk_counts counts;
};

/* The file of that name, which need not exist; a place is made for it. */
struct file *disk_entry(struct disk *d, const char *name);
/* Lines of the log. */
struct step *disk_note(struct disk *d, enum what what, unsigned file);
void disk_note_write(struct disk *d, unsigned file, int64_t at, const void *p, size_t n);

void bytes_resize(struct bytes *b, size_t n);
void bytes_put(struct bytes *b, size_t at, const void *p, size_t n);

#endif
