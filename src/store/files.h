/* files.h - small files written so that they are there whole or not at all.
 *
 * Errors: ERR_DISK full or read-only, ERR_IO otherwise.
 */
#ifndef STORE_FILES_H
#define STORE_FILES_H

#include "base/base.h"

bool file_exists(const char *path);
/* At most `max` bytes.  ERR_NOT_FOUND, ERR_LIMIT. */
MUST_USE enum err file_read(struct arena *a, const char *path, size_t max, str *ret);
/* Written aside, flushed, renamed, the folder flushed.  ERR_DUPLICATE: it exists. */
MUST_USE enum err file_create(const char *path, str bytes, unsigned mode);
MUST_USE enum err file_copy(const char *from, const char *to, unsigned mode);
MUST_USE enum err folder_make(const char *path); /* 0700; one that exists is fine */
MUST_USE enum err folder_flush(const char *path);

#endif
