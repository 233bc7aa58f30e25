/* replay.c - runs a fuzz target over its kept corpus: every file of the folder given, whole
 * and cut at each of its first 40 bytes.
 */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

static char bytes[1 << 20];

int main(int argc, char **argv)
{
	DIR *dir = argc == 2 ? opendir(argv[1]) : NULL;
	if (!dir)
		die("usage: corpus_NAME FOLDER");
	int files = 0;
	for (struct dirent *e; (e = readdir(dir));) {
		char path[4096];
		int n = snprintf(path, sizeof path, "%s/%s", argv[1], e->d_name);
		ASSERT(n > 0 && (size_t)n < sizeof path);
		FILE *f = e->d_name[0] == '.' ? NULL : fopen(path, "rb");
		if (!f)
			continue;
		size_t size = fread(bytes, 1, sizeof bytes, f);
		fclose(f);
		for (size_t cut = 0; cut <= size && cut <= 40; cut++) {
			struct arena *a = arena_new(0);
			fuzz_one(a, (str){ bytes, cut });
			arena_free(a);
		}
		struct arena *a = arena_new(0);
		fuzz_one(a, (str){ bytes, size });
		arena_free(a);
		files++;
	}
	closedir(dir);
	printf("%d files replayed\n", files);
	return files ? 0 : 1;
}
