/* annex.c - vigie annex: the addressee's side of a sealed report.
 *
 *   vigie annex key  --key FILE            makes a key pair: the secret in FILE (mode 600), the
 *                                          public half on stdout, to be given to Vigie
 *   vigie annex open --key FILE ANNEX      prints what ANNEX says
 *
 * Needs no data folder and no network: it runs at the addressee's.
 */
#include "main/arg.h"
#include "main/cmd.h"
#include "store/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <unistd.h>

static enum err read_file(struct arena *a, const char *path, str *ret)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		return errno == ENOENT ? ERR_NOT_FOUND : ERR_IO;
	size_t max = 2 * SEAL_TEXT_MAX + 1;
	char *p = arena_alloc(a, max);
	size_t n = fread(p, 1, max, f);
	bool bad = ferror(f) != 0;
	(void)fclose(f);
	if (bad)
		return ERR_IO;
	if (n == max)
		return ERR_LIMIT;
	*ret = (str){ p, n };
	return OK;
}

static enum err make_key(struct arena *a, const char *path)
{
	str pub, secret;
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return errno == EEXIST ? ERR_DUPLICATE : ERR_IO;
	seal_keys(a, &pub, &secret);
	str text = str_cat(a, secret, S("\n"));
	bool ok = write(fd, text.p, text.n) == (ssize_t)text.n && fsync(fd) == 0;
	ok = close(fd) == 0 && ok;
	if (!ok) {
		(void)unlink(path);
		return ERR_IO;
	}
	printf("%.*s\n", STR(pub));
	return OK;
}

static enum err open_annex(struct arena *a, const char *key, const char *path)
{
	str secret, sealed, text;
	TRY(read_file(a, key, &secret));
	TRY(read_file(a, path, &sealed));
	TRY(seal_open(a, secret, sealed, &text));
	return fwrite(text.p, 1, text.n, stdout) == text.n ? OK : ERR_IO;
}

int cmd_annex(int argc, char **argv)
{
	CLEAN_ARENA struct arena *a = arena_new(0);
	bool make = argc == 4 && str_eq(str_of(argv[1]), S("key"));
	bool open_ = argc == 5 && str_eq(str_of(argv[1]), S("open"));
	if ((!make && !open_) || !str_eq(str_of(argv[2]), S("--key"))) {
		fprintf(stderr, "vigie annex key --key FILE | open --key FILE ANNEX\n");
		return 2;
	}
	enum err e = make ? make_key(a, argv[3]) : open_annex(a, argv[3], argv[4]);
	if (e != OK)
		return arg_fail("annex", make ? argv[3] : argv[4], e);
	return 0;
}
