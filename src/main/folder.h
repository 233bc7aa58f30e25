/* folder.h - the files of a folder, seen as bytes: for exports. */
#ifndef MAIN_FOLDER_H
#define MAIN_FOLDER_H

#include "domain/account/export.h"

struct folder {
	struct export_file *v; /* sorted by name; the bytes are mapped, not copied */
	size_t n;
};

/* Every entry must be a plain file.  ERR_NOT_FOUND; ERR_DAMAGED: an entry is something else;
 * ERR_LIMIT: more than EXPORT_FILES_MAX; ERR_IO.  Give back with folder_fini(). */
MUST_USE enum err folder_read(struct arena *a, const char *dir, struct folder *ret);
void folder_fini(struct folder *f);

#endif
