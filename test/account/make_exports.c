/* make_exports.c - writes made-up exports, OUT/SEED/..., for the verifier in the other language:
 *	make_exports OUT FIRST_SEED LAST_SEED OPERATORS PERSONS VISITS_EACH [tiny] */
#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static void write_file(struct arena *a, str dir, const struct export_file *f)
{
	const char *path =
		str_z(a, str_fmt(a, "%" PRIstr "/%" PRIstr, STR(dir), STR(f->name)));
	FILE *out = fopen(path, "wb");
	if (!out || fwrite(f->bytes.p, 1, f->bytes.n, out) != f->bytes.n ||
	    fclose(out) != 0)
		die("cannot write");
}

int main(int argc, char **argv)
{
	if (argc < 7)
		return 2;
	for (uint64_t seed = strtoull(argv[2], NULL, 10);
	     seed <= strtoull(argv[3], NULL, 10); seed++) {
		struct arena *a = arena_new((size_t)2 << 30);
		struct world_size z = { strtoull(argv[4], NULL, 10),
					strtoull(argv[5], NULL, 10),
					strtoull(argv[6], NULL, 10), argc > 7 };
		struct export_files f = world_export(a, seed, z);
		str dir = str_fmt(a, "%s/%llu", argv[1], (unsigned long long)seed);
		mkdir(str_z(a, dir), 0777);
		for (size_t i = 0; i < f.n; i++)
			write_file(a, dir, &f.v[i]);
		arena_free(a);
	}
	return 0;
}
