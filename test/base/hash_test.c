#include "base/hash.h"
#include "test.h"

static str hex(struct arena *a, struct hash h)
{
	return str_hex(a, h.b, sizeof h.b);
}

/* FIPS 180-4 examples. */
TEST(sha256_gives_the_published_values)
{
	TEST_ARENA(a);
	CHECK_STR(hex(a, sha256(S(""))),
		  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	CHECK_STR(hex(a, sha256(S("abc"))),
		  "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	str parts[] = { S("abcdbcdecdefdefgefgh"), S(""),
			S("fghighijhijkijkljklmklmnlmnomnopnopq") };
	CHECK_STR(hex(a, sha256_parts(parts, 3)),
		  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

/* RFC 4231, cases 1, 2 and 6 (a key longer than a block). */
TEST(hmac_gives_the_published_values)
{
	TEST_ARENA(a);
	char key[131];
	memset(key, 0x0b, 20);
	CHECK_STR(hex(a, hmac_sha256((str){ key, 20 }, S("Hi There"))),
		  "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
	CHECK_STR(hex(a, hmac_sha256(S("Jefe"), S("what do ya want for nothing?"))),
		  "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
	memset(key, 0xaa, sizeof key);
	str parts[] = { S("Test Using Larger Than Block-Size Key"),
			S(" - Hash Key First") };
	CHECK_STR(hex(a, hmac_sha256_parts((str){ key, sizeof key }, parts, 2)),
		  "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}
