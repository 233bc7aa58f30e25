#include "store/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static enum err outcome(int e)
{
	switch (e) {
	case ENOENT: return ERR_NOT_FOUND;
	case EEXIST: return ERR_DUPLICATE;
	case ENOSPC:
	case EDQUOT:
	case EFBIG:
	case EROFS:
	case EACCES:
	case EPERM: return ERR_DISK;
	default: return ERR_IO;
	}
}

static void close_fd(const int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

bool file_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

enum err file_read(struct arena *a, const char *path, size_t max, str *ret)
{
	CLEANUP(close_fd) int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return outcome(errno);
	struct buf b = buf_init(a, max);
	char block[8192];
	for (ssize_t n; (n = read(fd, block, sizeof block)) != 0;) {
		if (n < 0)
			return outcome(errno);
		buf_put(&b, (str){ block, (size_t)n });
	}
	if (b.overflow)
		return ERR_LIMIT;
	*ret = buf_str(&b);
	return OK;
}

static enum err write_all(int fd, str bytes)
{
	while (bytes.n) {
		ssize_t n = write(fd, bytes.p, bytes.n);
		if (n < 0)
			return outcome(errno);
		bytes = str_from(bytes, (size_t)n);
	}
	return fsync(fd) == 0 ? OK : outcome(errno);
}

static enum err flush_parent(const char *path)
{
	char dir[1024];
	snprintf(dir, sizeof dir, "%s", path);
	char *slash = strrchr(dir, '/');
	if (slash)
		*slash = 0;
	return folder_flush(slash ? dir : ".");
}

enum err file_create(const char *path, str bytes, unsigned mode)
{
	char aside[1024];
	if (snprintf(aside, sizeof aside, "%s.new", path) >= (int)sizeof aside)
		return ERR_LIMIT;
	if (file_exists(path))
		return ERR_DUPLICATE;
	unlink(aside);
	CLEANUP(close_fd)
	int fd = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, (mode_t)mode);
	if (fd < 0)
		return outcome(errno);
	enum err e = write_all(fd, bytes);
	if (e == OK &&
	    link(aside, path) != 0) /* rename() would replace what came meanwhile */
		e = outcome(errno);
	unlink(aside);
	TRY(e);
	return flush_parent(path);
}

enum err file_copy(const char *from, const char *to, unsigned mode)
{
	CLEAN_ARENA struct arena *a = arena_new(0);
	str bytes;
	TRY(file_read(a, from, (size_t)1 << 20, &bytes));
	return file_create(to, bytes, mode);
}

enum err folder_make(const char *path)
{
	return mkdir(path, 0700) == 0 || errno == EEXIST ? OK : outcome(errno);
}

enum err folder_flush(const char *path)
{
	CLEANUP(close_fd) int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return outcome(errno);
	return fsync(fd) == 0 ? OK : outcome(errno);
}
