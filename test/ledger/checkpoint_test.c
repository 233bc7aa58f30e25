#include "ledger/checkpoint.h"
#include "test.h"

/* The key of RFC 8032 §7.1 test 1. */
static const char seed_hex[] =
	"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

static struct signing_key key(str name, enum key_kind kind, uint8_t twist)
{
	struct signing_key k;
	uint8_t seed[32];
	CHECK_OK(str_unhex(str_of(seed_hex), seed, 32));
	seed[0] ^= twist;
	CHECK_OK(key_make(name, kind, seed, &k));
	return k;
}

static str signed_text(struct arena *a)
{
	struct signing_key k = key(S("vigie.example/76"), KEY_LOG, 0);
	struct hash root = sha256(S("abc"));
	return checkpoint_sign(a, &k, 4711, &root);
}

TEST(a_key_is_that_of_rfc_8032)
{
	TEST_ARENA(a);
	struct signing_key k = key(S("x"), KEY_LOG, 0);
	CHECK_STR(str_hex(a, k.pub.key, 32),
		  "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
}

/* The key and the note of the documentation of the signed-note format, golang.org/x/mod. */
TEST(a_public_note_key_of_others_is_read)
{
	TEST_ARENA(a);
	struct public_key k;
	CHECK_OK(key_public_parse(
		a, S("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"),
		&k));
	CHECK_STR(k.name, "PeterNeumann");
	CHECK_ERR(key_public_parse(a,
				   S("PeterNeumann+c74f20a4+"
				     "ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"),
				   &k),
		  ERR_SYNTAX);
}

TEST(key_files_come_back)
{
	TEST_ARENA(a);
	struct signing_key k = key(S("vigie.example/76"), KEY_LOG, 0), back;
	struct public_key p;
	CHECK_OK(key_private_parse(a, str_cat(a, key_private_text(a, &k), S("\n")), &back));
	CHECK(memcmp(back.seed, k.seed, 32) == 0 && str_eq(back.pub.name, k.pub.name));
	CHECK_OK(key_public_parse(a, key_public_text(a, &k.pub), &p));
	CHECK(memcmp(p.key, k.pub.key, 32) == 0 && memcmp(p.id, k.pub.id, 4) == 0);
	CHECK_ERR(key_private_parse(a, key_public_text(a, &k.pub), &back), ERR_SYNTAX);
	CHECK_ERR(key_make(S("two words"), KEY_LOG, k.seed, &back), ERR_INPUT);
	CHECK_ERR(key_make(S(""), KEY_LOG, k.seed, &back), ERR_INPUT);
	CHECK_ERR(key_make(S("a+b"), KEY_LOG, k.seed, &back), ERR_INPUT);
}

TEST(a_signed_head_is_read_and_checked)
{
	TEST_ARENA(a);
	struct signed_checkpoint c;
	struct signing_key k = key(S("vigie.example/76"), KEY_LOG, 0),
			   other = key(S("vigie.example/76"), KEY_LOG, 1),
			   renamed = key(S("vigie.example/27"), KEY_LOG, 0);
	str text = signed_text(a);
	CHECK_OK(checkpoint_parse(a, text, &c));
	CHECK(c.head.size == 4711);
	CHECK_STR(c.head.origin, "vigie.example/76");
	CHECK_OK(checkpoint_check(&c, &k.pub, NULL));
	CHECK_ERR(checkpoint_check(&c, &other.pub, NULL), ERR_NOT_FOUND);
	CHECK_ERR(checkpoint_check(&c, &renamed.pub, NULL), ERR_CRYPTO);
}

TEST(no_bit_of_a_signed_head_can_change)
{
	TEST_ARENA(a);
	struct signing_key k = key(S("vigie.example/76"), KEY_LOG, 0);
	str text = signed_text(a);
	for (size_t i = 0; i < 8 * text.n; i++) {
		struct arena_mark m = arena_mark(a);
		char *p = arena_copy(a, text.p, text.n);
		struct signed_checkpoint c;
		p[i / 8] ^= (char)(1 << i % 8);
		enum err e = checkpoint_parse(a, (str){ p, text.n }, &c);
		if (e == OK)
			e = checkpoint_check(&c, &k.pub, NULL);
		CHECK(e != OK);
		arena_reset(a, m);
	}
}

TEST(witnesses_sign_beside_the_log)
{
	TEST_ARENA(a);
	struct signing_key k = key(S("vigie.example/76"), KEY_LOG, 0),
			   w = key(S("temoin.example"), KEY_WITNESS, 2),
			   x = key(S("autre.example"), KEY_WITNESS, 3);
	struct signed_checkpoint c;
	int64_t when = 0;
	str text;
	CHECK_OK(checkpoint_cosign(a, signed_text(a), &w, 1763798400, &text));
	CHECK_OK(checkpoint_cosign(a, text, &x, 1763798460, &text));
	CHECK_OK(checkpoint_parse(a, text, &c));
	CHECK_INT(c.n, 3);
	CHECK_OK(checkpoint_check(&c, &k.pub, NULL));
	CHECK_OK(checkpoint_check(&c, &w.pub, &when));
	CHECK(when == 1763798400);
	CHECK_OK(checkpoint_check(&c, &x.pub, &when));
	CHECK(when == 1763798460);
	char *p = (char *)(uintptr_t)c.v[1].bytes.p;
	p[7] ^= 1; /* another time */
	CHECK_ERR(checkpoint_check(&c, &w.pub, &when), ERR_CRYPTO);
}

TEST(a_head_of_another_form_is_refused)
{
	static const char *const wrong[] = {
		"",
		"\n\n",
		"a\n1\n\n",
		"a\n01\nungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=\n\n",
		"a\n1\nungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=\n\n",
		"a\n1\nungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=\n\n- a AAAAAAA=\n",
		"a\n1\nungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=\nmore\n\n\xe2\x80\x94 "
		"a AAAAAAA=\n",
		"a\n1\nungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=\n\n\xe2\x80\x94 a "
		"AAAAAAA=",
		"a\n1\nungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=\n\n\xe2\x80\x94 a "
		"AAAAAAA=\n\n",
		"a\n1\nungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=\n\n\xe2\x80\x94 a "
		"AAAA\n",
		"a\n1\nungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa1=\n\n\xe2\x80\x94 a "
		"AAAAAAA=\n",
		"a\n-1\nungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=\n\n\xe2\x80\x94 a "
		"AAAAAAA=\n",
		"a b\n1\nungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=\n\n\xe2\x80\x94 a "
		"AAAAAAA=\n",
	};
	TEST_ARENA(a);
	struct signed_checkpoint c;
	CHECK_OK(checkpoint_parse(a,
				  S("a\n1\nungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/"
				    "YfIAFa0=\n\n\xe2\x80\x94 a AAAAAAA=\n"),
				  &c));
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		CHECK_ERR(checkpoint_parse(a, str_of(wrong[i]), &c), ERR_SYNTAX);
}

TEST(a_key_file_of_another_form_is_refused)
{
	static const char *const wrong[] = {
		"",
		"PRIVATE+KEY+",
		"PRIVATE+KEY+x+00000000",
		"PRIVATE+KEY+x+0000000g+AJ1hsZ3v/VpguoRK9JLsLMREScVpe2kyaXA6wDHK5/Yw",
		"PRIVATE+KEY+x y+00000000+AZ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g",
		"PRIVATE+KEY+x+00000000+AZ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g",
		"PRIVATE+KEY+x+00000000+Ap1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g",
		"PRIVATE+KEY+x+00000000+AZ1hsZ3v",
		"PRIVATE+KEY+x+00000000+!",
	};
	TEST_ARENA(a);
	struct signing_key k;
	struct public_key p;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		CHECK_ERR(key_private_parse(a, str_of(wrong[i]), &k), ERR_SYNTAX);
		CHECK_ERR(key_public_parse(a, str_of(wrong[i]), &p), ERR_SYNTAX);
	}
	char name[300];
	memset(name, 'n', sizeof name);
	CHECK(!key_name_ok((str){ name, 256 }));
	CHECK(key_name_ok((str){ name, 255 }));
	CHECK(!key_name_ok(S("é")));
}

TEST(a_head_takes_so_many_witnesses_and_no_more)
{
	TEST_ARENA(a);
	struct signing_key w = key(S("temoin.example"), KEY_WITNESS, 2);
	struct signed_checkpoint c;
	str text = signed_text(a), more;
	for (int n = 1; n < CHECKPOINT_SIGNATURES; n++)
		CHECK_OK(checkpoint_cosign(a, text, &w, n, &text));
	CHECK_OK(checkpoint_parse(a, text, &c));
	CHECK_INT(c.n, CHECKPOINT_SIGNATURES);
	CHECK_ERR(checkpoint_cosign(a, text, &w, 99, &more), ERR_LIMIT);
	CHECK_ERR(checkpoint_cosign(a, S("no head"), &w, 99, &more), ERR_SYNTAX);
	char *big = arena_alloc(a, CHECKPOINT_MAX + 1);
	memset(big, 'x', CHECKPOINT_MAX + 1);
	CHECK_ERR(checkpoint_parse(a, (str){ big, CHECKPOINT_MAX + 1 }, &c), ERR_LIMIT);
	/* one line more than fits */
	size_t last = text.n - 1;
	while (text.p[last - 1] != '\n')
		last--;
	str line = str_from(text, last);
	CHECK_ERR(checkpoint_parse(a, str_cat(a, text, line), &c), ERR_LIMIT);
}

TEST(a_signature_of_another_length_or_time_is_refused)
{
	TEST_ARENA(a);
	struct signing_key k = key(S("vigie.example/76"), KEY_LOG, 0),
			   w = key(S("temoin.example"), KEY_WITNESS, 2);
	struct signed_checkpoint c;
	str text;
	CHECK_OK(checkpoint_cosign(a, signed_text(a), &w, 5, &text));
	CHECK_OK(checkpoint_parse(a, text, &c));
	CHECK_OK(checkpoint_check(&c, &w.pub, NULL));
	c.v[0].bytes.n--;
	CHECK_ERR(checkpoint_check(&c, &k.pub, NULL), ERR_CRYPTO);
	c.v[1].bytes.n--;
	CHECK_ERR(checkpoint_check(&c, &w.pub, NULL), ERR_CRYPTO);
	c.v[1].bytes.n++;
	((char *)(uintptr_t)c.v[1].bytes.p)[0] = (char)0x80; /* a time before 1970 */
	CHECK_ERR(checkpoint_check(&c, &w.pub, NULL), ERR_CRYPTO);
}
