/* folder.c - see folder.h. */
#include "main/folder.h"

#include "base/sort.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static enum err map_file(int dir, const char *name, str *ret)
{
	struct stat st;
	int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return ERR_DAMAGED;
	void *p = MAP_FAILED;
	bool plain = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
	if (plain && st.st_size > 0)
		p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (!plain)
		return ERR_DAMAGED;
	if (st.st_size == 0) {
		*ret = S("");
		return OK;
	}
	if (p == MAP_FAILED)
		return ERR_IO;
	*ret = (str){ p, (size_t)st.st_size };
	return OK;
}

static int by_name(const void *x, const void *y, void *ctx)
{
	(void)ctx;
	return str_cmp(((const struct export_file *)x)->name,
		       ((const struct export_file *)y)->name);
}

static enum err read_entries(struct arena *a, DIR *d, struct folder *f)
{
	for (struct dirent *entry; (entry = readdir(d));) {
		str name = str_of(entry->d_name);
		if (str_eq(name, S(".")) || str_eq(name, S("..")))
			continue;
		if (f->n == EXPORT_FILES_MAX)
			return ERR_LIMIT;
		f->v[f->n].name = str_dup(a, name);
		TRY(map_file(dirfd(d), entry->d_name, &f->v[f->n].bytes));
		f->n++;
	}
	sort_by(a, f->v, f->n, sizeof *f->v, by_name, NULL);
	return OK;
}

enum err folder_read(struct arena *a, const char *dir, struct folder *ret)
{
	DIR *d = opendir(dir);
	if (!d)
		return ERR_NOT_FOUND;
	struct folder f = { .v = ARENA_ARRAY(a, struct export_file, EXPORT_FILES_MAX) };
	enum err e = read_entries(a, d, &f);
	closedir(d);
	if (e != OK)
		folder_fini(&f);
	else
		*ret = f;
	return e;
}

void folder_fini(struct folder *f)
{
	for (size_t i = 0; i < f->n; i++) {
		union {
			const char *c;
			void *p;
		} bytes = { .c = f->v[i].bytes.p };
		if (f->v[i].bytes.n)
			munmap(bytes.p, f->v[i].bytes.n);
	}
	f->n = 0;
}
