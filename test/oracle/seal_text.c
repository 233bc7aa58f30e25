/* seal_text.c - seals stdin for the public key argv[1], as the server does: for annex_test.py. */
#include "store/seal.h"

#include <stdio.h>

int main(int argc, char **argv)
{
	CLEAN_ARENA struct arena *a = arena_new(0);
	static char text[65536];
	str sealed;
	size_t n = fread(text, 1, sizeof text, stdin);
	if (argc != 2 || seal(a, str_of(argv[1]), (str){ text, n }, &sealed) != OK)
		return 1;
	return fwrite(sealed.p, 1, sealed.n, stdout) == sealed.n ? 0 : 1;
}
