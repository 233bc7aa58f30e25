#include "store/vfs_fault_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct handle {
	sqlite3_file base;
	struct disk *disk;
	struct file *file;
	int level; /* SQLITE_LOCK_* */
	bool delete_on_close;
	uint16_t shm_shared, shm_exclusive; /* bits of what it holds */
};

/* ---- bytes and the log */

static void must(const void *p)
{
	if (!p)
		die("out of memory: simulated disk");
}

void bytes_resize(struct bytes *b, size_t n)
{
	if (n > b->cap) {
		size_t cap = b->cap ? b->cap : 4096;
		while (cap < n)
			cap *= 2;
		b->p = realloc(b->p, cap);
		must(b->p);
		b->cap = cap;
	}
	if (n > b->n)
		memset(b->p + b->n, 0, n - b->n);
	b->n = n;
}

void bytes_put(struct bytes *b, size_t at, const void *p, size_t n)
{
	if (at + n > b->n)
		bytes_resize(b, at + n);
	if (n)
		memcpy(b->p + at, p, n);
}

struct step *disk_note(struct disk *d, enum what what, unsigned file)
{
	if (d->steps == d->cap) {
		d->cap = d->cap ? 2 * d->cap : 1024;
		d->log = realloc(d->log, d->cap * sizeof *d->log);
		must(d->log);
	}
	d->log[d->steps] = (struct step){ .what = what, .file = file };
	return &d->log[d->steps++];
}

void disk_note_write(struct disk *d, unsigned file, int64_t at, const void *p, size_t n)
{
	struct step *s = disk_note(d, WROTE, file);
	s->p = malloc(n ? n : 1);
	must(s->p);
	memcpy(s->p, p, n);
	s->n = n;
	s->at = at;
}

static unsigned index_of(const struct disk *d, const struct file *f)
{
	return (unsigned)(f - d->file);
}

/* ---- faults */

static int fault(struct disk *d, enum disk_op op, int io_error)
{
	if (!(d->fail_ops & op) || d->fail_n == 0)
		return SQLITE_OK;
	if (d->fail_n > 1) {
		d->fail_n--;
		return SQLITE_OK;
	}
	d->failed = true;
	if (d->fail_times && --d->fail_times == 0)
		d->fail_n = 0;
	return d->fail_full && op == DISK_WRITE ? SQLITE_FULL : io_error;
}

/* ---- files */

static int f_close(sqlite3_file *h);
static int f_unlock(sqlite3_file *h, int level);

static int f_read(sqlite3_file *base, void *p, int n, sqlite3_int64 at)
{
	struct handle *h = (struct handle *)base;
	pthread_mutex_lock(&h->disk->mutex);
	h->disk->counts.reads++;
	int rc = fault(h->disk, DISK_READ, SQLITE_IOERR_READ);
	const struct bytes *b = &h->file->now;
	size_t from = (size_t)at < b->n ? (size_t)at : b->n, have = b->n - from;
	if (rc == SQLITE_OK && have < (size_t)n) {
		memset(p, 0, (size_t)n);
		rc = SQLITE_IOERR_SHORT_READ;
	}
	if (rc == SQLITE_OK || rc == SQLITE_IOERR_SHORT_READ)
		memcpy(p, have ? b->p + from : "", have < (size_t)n ? have : (size_t)n);
	pthread_mutex_unlock(&h->disk->mutex);
	return rc;
}

static bool grows_too_large(struct disk *d, const struct file *f, size_t end)
{
	uint64_t more = end > f->now.n ? end - f->now.n : 0;
	if (d->space && d->used + more > d->space)
		return true;
	d->used += more;
	return false;
}

static int f_write(sqlite3_file *base, const void *p, int n, sqlite3_int64 at)
{
	struct handle *h = (struct handle *)base;
	struct disk *d = h->disk;
	pthread_mutex_lock(&d->mutex);
	d->counts.writes++;
	int rc = fault(d, DISK_WRITE, SQLITE_IOERR_WRITE);
	if (rc == SQLITE_OK && grows_too_large(d, h->file, (size_t)at + (size_t)n))
		rc = SQLITE_FULL;
	if (rc == SQLITE_OK) {
		bytes_put(&h->file->now, (size_t)at, p, (size_t)n);
		disk_note_write(d, index_of(d, h->file), at, p, (size_t)n);
	}
	pthread_mutex_unlock(&d->mutex);
	return rc;
}

static int f_truncate(sqlite3_file *base, sqlite3_int64 size)
{
	struct handle *h = (struct handle *)base;
	pthread_mutex_lock(&h->disk->mutex);
	if ((size_t)size < h->file->now.n)
		h->disk->used -= h->file->now.n - (size_t)size;
	bytes_resize(&h->file->now, (size_t)size);
	disk_note(h->disk, CUT_TO, index_of(h->disk, h->file))->at = size;
	pthread_mutex_unlock(&h->disk->mutex);
	return SQLITE_OK;
}

static int f_sync(sqlite3_file *base, int flags)
{
	struct handle *h = (struct handle *)base;
	(void)flags;
	pthread_mutex_lock(&h->disk->mutex);
	unsigned us = h->disk->slow_us;
	h->disk->counts.syncs++;
	int rc = fault(h->disk, DISK_SYNC, SQLITE_IOERR_FSYNC);
	if (rc == SQLITE_OK) {
		disk_note(h->disk, FLUSHED, index_of(h->disk, h->file));
		if (h->file->fresh)
			disk_note(h->disk, FOLDER, 0);
		h->file->fresh = false;
	}
	pthread_mutex_unlock(&h->disk->mutex);
	if (us)
		usleep(us);
	return rc;
}

static int f_size(sqlite3_file *base, sqlite3_int64 *ret)
{
	struct handle *h = (struct handle *)base;
	pthread_mutex_lock(&h->disk->mutex);
	*ret = (sqlite3_int64)h->file->now.n;
	pthread_mutex_unlock(&h->disk->mutex);
	return SQLITE_OK;
}

/* ---- locks between the connections of this process */

static int f_lock(sqlite3_file *base, int level)
{
	struct handle *h = (struct handle *)base;
	struct file *f = h->file;
	int rc = SQLITE_OK, others;
	pthread_mutex_lock(&h->disk->mutex);
	others = f->shared - (h->level >= SQLITE_LOCK_SHARED);
	if (level <= h->level) {
		/* has it */
	} else if (level == SQLITE_LOCK_SHARED) {
		if (f->pending || f->exclusive)
			rc = SQLITE_BUSY;
		else
			f->shared++, h->level = level;
	} else if (level == SQLITE_LOCK_RESERVED) {
		if (f->reserved || f->pending || f->exclusive)
			rc = SQLITE_BUSY;
		else
			f->reserved = true, h->level = level;
	} else {
		if (h->level < SQLITE_LOCK_RESERVED && (f->reserved || f->pending))
			rc = SQLITE_BUSY;
		else if (others)
			f->pending = true, h->level = SQLITE_LOCK_PENDING, rc = SQLITE_BUSY;
		else
			f->exclusive = true, h->level = SQLITE_LOCK_EXCLUSIVE;
	}
	pthread_mutex_unlock(&h->disk->mutex);
	return rc;
}

static int f_unlock(sqlite3_file *base, int level)
{
	struct handle *h = (struct handle *)base;
	struct file *f = h->file;
	pthread_mutex_lock(&h->disk->mutex);
	if (h->level >= SQLITE_LOCK_RESERVED && level < SQLITE_LOCK_RESERVED)
		f->reserved = f->pending = f->exclusive = false;
	if (h->level >= SQLITE_LOCK_SHARED && level < SQLITE_LOCK_SHARED)
		f->shared--;
	if (level < h->level)
		h->level = level;
	pthread_mutex_unlock(&h->disk->mutex);
	return SQLITE_OK;
}

static int f_reserved(sqlite3_file *base, int *ret)
{
	struct handle *h = (struct handle *)base;
	pthread_mutex_lock(&h->disk->mutex);
	*ret = h->file->reserved || h->file->pending || h->file->exclusive;
	pthread_mutex_unlock(&h->disk->mutex);
	return SQLITE_OK;
}

static int f_control(sqlite3_file *base, int op, void *p)
{
	(void)base, (void)op, (void)p;
	return SQLITE_NOTFOUND;
}

static int f_sector(sqlite3_file *base)
{
	(void)base;
	return SECTOR;
}

static int f_traits(sqlite3_file *base)
{
	(void)base;
	return SQLITE_IOCAP_POWERSAFE_OVERWRITE; /* as SQLite takes unix disks to be */
}

/* ---- the shared memory of WAL: lost with the power, never on the disk */

static int f_shm_map(sqlite3_file *base, int region, int size, int extend,
		     void volatile **ret)
{
	struct handle *h = (struct handle *)base;
	int rc = SQLITE_OK;
	pthread_mutex_lock(&h->disk->mutex);
	*ret = NULL;
	if (region >= SHM_MAX || size > SHM_REGION) {
		rc = SQLITE_IOERR_SHMSIZE;
	} else {
		if (!h->file->shm[region] && extend) {
			h->file->shm[region] = calloc(1, SHM_REGION);
			must(h->file->shm[region]);
		}
		*ret = h->file->shm[region];
	}
	pthread_mutex_unlock(&h->disk->mutex);
	return rc;
}

static bool shm_free(const struct handle *h, int i, bool exclusive)
{
	const struct file *f = h->file;
	int own = h->shm_shared >> i & 1;
	if (f->shm_exclusive[i])
		return h->shm_exclusive >> i & 1;
	return !exclusive || f->shm_shared[i] == own;
}

static void shm_set(struct handle *h, int i, int flags)
{
	struct file *f = h->file;
	uint16_t bit = (uint16_t)(1 << i);
	if (flags & SQLITE_SHM_UNLOCK) {
		f->shm_shared[i] -= (h->shm_shared & bit) != 0;
		if (h->shm_exclusive & bit)
			f->shm_exclusive[i] = false;
		h->shm_shared &= (uint16_t)~bit;
		h->shm_exclusive &= (uint16_t)~bit;
	} else if (flags & SQLITE_SHM_SHARED) {
		f->shm_shared[i] += !(h->shm_shared & bit);
		h->shm_shared |= bit;
	} else {
		f->shm_exclusive[i] = true;
		h->shm_exclusive |= bit;
	}
}

static int f_shm_lock(sqlite3_file *base, int from, int n, int flags)
{
	struct handle *h = (struct handle *)base;
	bool good = true;
	pthread_mutex_lock(&h->disk->mutex);
	if (flags & SQLITE_SHM_LOCK)
		for (int i = from; i < from + n; i++)
			good = good && shm_free(h, i, flags & SQLITE_SHM_EXCLUSIVE);
	for (int i = from; good && i < from + n; i++)
		shm_set(h, i, flags);
	pthread_mutex_unlock(&h->disk->mutex);
	return good ? SQLITE_OK : SQLITE_BUSY;
}

static void f_shm_barrier(sqlite3_file *base)
{
	struct handle *h = (struct handle *)base;
	pthread_mutex_lock(&h->disk->mutex);
	pthread_mutex_unlock(&h->disk->mutex);
}

static int f_shm_unmap(sqlite3_file *base, int forget)
{
	struct handle *h = (struct handle *)base;
	pthread_mutex_lock(&h->disk->mutex);
	for (int i = 0; i < SQLITE_SHM_NLOCK; i++)
		shm_set(h, i, SQLITE_SHM_UNLOCK);
	for (int i = 0; forget && i < SHM_MAX; i++) {
		free(h->file->shm[i]);
		h->file->shm[i] = NULL;
	}
	pthread_mutex_unlock(&h->disk->mutex);
	return SQLITE_OK;
}

static const sqlite3_io_methods methods = {
	2,          f_close,       f_read,      f_write,   f_truncate, f_sync,   f_size,
	f_lock,     f_unlock,      f_reserved,  f_control, f_sector,   f_traits, f_shm_map,
	f_shm_lock, f_shm_barrier, f_shm_unmap, NULL,      NULL,
};

/* ---- the folder */

static struct file *find(struct disk *d, const char *name)
{
	for (unsigned i = 0; i < d->files; i++)
		if (strcmp(d->file[i].name, name) == 0)
			return &d->file[i];
	return NULL;
}

struct file *disk_entry(struct disk *d, const char *name)
{
	struct file *f = find(d, name);
	if (!f) {
		ASSERT(d->files < FILES_MAX);
		f = &d->file[d->files++];
		snprintf(f->name, sizeof f->name, "%s", name);
	}
	return f;
}

static int v_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags,
		  int *ret)
{
	struct disk *d = vfs->pAppData;
	struct handle *h = (struct handle *)base;
	char made_up[32];
	*h = (struct handle){ .disk = d };
	pthread_mutex_lock(&d->mutex);
	int rc = fault(d, DISK_OPEN, SQLITE_CANTOPEN);
	if (!name) {
		snprintf(made_up, sizeof made_up, "temporary-%u", d->files);
		name = made_up;
	}
	struct file *f = find(d, name);
	if (rc == SQLITE_OK && (!f || !f->exists) && !(flags & SQLITE_OPEN_CREATE))
		rc = SQLITE_CANTOPEN;
	if (rc == SQLITE_OK) {
		f = disk_entry(d, name);
		if (!f->exists) {
			disk_note(d, CREATED, index_of(d, f));
			f->fresh = flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL);
		}
		f->exists = true;
		f->users++;
		h->file = f;
		h->delete_on_close = flags & SQLITE_OPEN_DELETEONCLOSE;
		h->base.pMethods = &methods;
	}
	pthread_mutex_unlock(&d->mutex);
	if (ret)
		*ret = flags;
	return rc;
}

static void remove_file(struct disk *d, struct file *f, bool flush)
{
	f->exists = false;
	d->used -= f->now.n;
	f->now.n = 0;
	disk_note(d, DELETED, index_of(d, f));
	if (flush)
		disk_note(d, FOLDER, 0);
}

static int f_close(sqlite3_file *base)
{
	struct handle *h = (struct handle *)base;
	f_unlock(base, SQLITE_LOCK_NONE);
	pthread_mutex_lock(&h->disk->mutex);
	h->file->users--;
	if (h->delete_on_close)
		remove_file(h->disk, h->file, false);
	pthread_mutex_unlock(&h->disk->mutex);
	return SQLITE_OK;
}

static int v_delete(sqlite3_vfs *vfs, const char *name, int flush)
{
	struct disk *d = vfs->pAppData;
	pthread_mutex_lock(&d->mutex);
	int rc = fault(d, DISK_DELETE, SQLITE_IOERR_DELETE);
	struct file *f = find(d, name);
	if (rc == SQLITE_OK && (!f || !f->exists))
		rc = SQLITE_IOERR_DELETE_NOENT;
	if (rc == SQLITE_OK)
		remove_file(d, f, flush);
	pthread_mutex_unlock(&d->mutex);
	return rc;
}

static int v_access(sqlite3_vfs *vfs, const char *name, int flags, int *ret)
{
	struct disk *d = vfs->pAppData;
	(void)flags;
	pthread_mutex_lock(&d->mutex);
	struct file *f = find(d, name);
	*ret = f && f->exists && (flags != SQLITE_ACCESS_EXISTS || f->now.n > 0);
	pthread_mutex_unlock(&d->mutex);
	return SQLITE_OK;
}

static int v_path(sqlite3_vfs *vfs, const char *name, int n, char *ret)
{
	(void)vfs;
	return snprintf(ret, (size_t)n, "%s", name) < n ? SQLITE_OK : SQLITE_CANTOPEN;
}

static int v_random(sqlite3_vfs *vfs, int n, char *ret)
{
	struct disk *d = vfs->pAppData;
	pthread_mutex_lock(&d->mutex);
	rng_bytes(&d->rng, ret, (size_t)n);
	pthread_mutex_unlock(&d->mutex);
	return n;
}

static int v_sleep(sqlite3_vfs *vfs, int us)
{
	(void)vfs;
	usleep((useconds_t)us);
	return us;
}

static int v_time(sqlite3_vfs *vfs, sqlite3_int64 *ret)
{
	(void)vfs;
	*ret = INT64_C(212000000000000); /* a day in 2006: nothing of ours asks */
	return SQLITE_OK;
}

static int v_error(sqlite3_vfs *vfs, int n, char *ret)
{
	(void)vfs, (void)n, (void)ret;
	return 0;
}

/* ---- disks */

struct disk *disk_new(uint64_t seed)
{
	static _Atomic unsigned count;
	struct disk *d = calloc(1, sizeof *d);
	must(d);
	snprintf(d->name, sizeof d->name, "disk-%u", ++count);
	pthread_mutex_init(&d->mutex, NULL);
	d->rng = rng_init(seed, 77);
	d->vfs = (sqlite3_vfs){
		.iVersion = 2,
		.szOsFile = sizeof(struct handle),
		.mxPathname = NAME_MAX_ - 1,
		.zName = d->name,
		.pAppData = d,
		.xOpen = v_open,
		.xDelete = v_delete,
		.xAccess = v_access,
		.xFullPathname = v_path,
		.xRandomness = v_random,
		.xSleep = v_sleep,
		.xGetLastError = v_error,
		.xCurrentTimeInt64 = v_time,
	};
	if (sqlite3_vfs_register(&d->vfs, 0) != SQLITE_OK)
		die("the simulated disk cannot be registered");
	return d;
}

void disk_free(struct disk *d)
{
	if (!d)
		return;
	sqlite3_vfs_unregister(&d->vfs);
	for (unsigned i = 0; i < d->files; i++) {
		ASSERT(d->file[i].users == 0);
		for (int k = 0; k < SHM_MAX; k++)
			free(d->file[i].shm[k]);
		free(d->file[i].now.p);
	}
	for (size_t i = 0; i < d->steps; i++)
		free(d->log[i].p);
	free(d->log);
	pthread_mutex_destroy(&d->mutex);
	free(d);
}

void disk_freep(struct disk **d)
{
	disk_free(*d);
}

const char *disk_vfs(const struct disk *d)
{
	return d->name;
}

size_t disk_moment(const struct disk *d)
{
	return d->steps;
}

void disk_mark(struct disk *d, int64_t what)
{
	pthread_mutex_lock(&d->mutex);
	disk_note(d, MARKED, 0)->at = what;
	pthread_mutex_unlock(&d->mutex);
}

int64_t disk_marked(const struct disk *d, size_t moment, int64_t none)
{
	for (size_t i = 0; i < moment && i < d->steps; i++)
		if (d->log[i].what == MARKED && d->log[i].at > none)
			none = d->log[i].at;
	return none;
}

void disk_fail(struct disk *d, unsigned ops, uint64_t n, uint64_t times, bool full)
{
	d->fail_ops = ops;
	d->fail_n = n;
	d->fail_times = times;
	d->fail_full = full;
	d->failed = false;
}

bool disk_failed(const struct disk *d)
{
	return d->failed;
}

void disk_space(struct disk *d, uint64_t bytes)
{
	d->space = bytes;
}

void disk_slow(struct disk *d, unsigned us)
{
	d->slow_us = us;
}

struct disk_counts disk_counts(const struct disk *d)
{
	return d->counts;
}
