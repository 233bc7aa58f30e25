#include "test.h"
#include "test_views_gen.h"

static struct view_ctx context(void)
{
	return (struct view_ctx){ .lang = LANG_FR, .csrf = S("t<k") };
}

#define RENDER(a, call)                                                                    \
	__extension__({                                                                    \
		struct buf buf_ = buf_init((a), 0), *b = &buf_;                            \
		struct view_ctx cx_ = context(), *cx = &cx_;                               \
		(void)cx;                                                                  \
		call;                                                                      \
		buf_str(b);                                                                \
	})

TEST(a_value_is_escaped_for_the_place_where_it_stands)
{
	TEST_ARENA(a);
	str evil = S("\"><script>&'x");
	CHECK_STR(RENDER(a, view_text(b, cx, evil)),
		  "<p>&quot;&gt;&lt;script&gt;&amp;&#39;x</p>\n");
	CHECK_STR(RENDER(a, view_attr(b, cx, evil)),
		  "<p title=\"&quot;&gt;&lt;script&gt;&amp;&#39;x\">x</p>\n");
	CHECK_STR(RENDER(a, view_part(b, cx, S("a/b ?\xc3\xa9&x"))),
		  "<a href=\"/a/a%2Fb%20%3F%C3%A9%26x?q=a%2Fb%20%3F%C3%A9%26x\">x</a>\n");
}

TEST(a_link_goes_only_where_a_link_may_go)
{
	static const char *const good[] = { "/x?y=1#z",
					    "https://vigie.example/x",
					    "#x",
					    "mailto:a@b.fr",
					    "tel:0235010203",
					    "x/y:z",
					    "" };
	static const char *const bad[] = { "javascript:alert(1)", "JaVaScRiPt:1",
					   " javascript:1",       "java\tscript:1",
					   "data:text/html,x",    "//evil.example",
					   "vbscript:x",          "\\\\evil",
					   "http\n://x" };
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		CHECK(html_url_safe(str_of(good[i])));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		CHECK(!html_url_safe(str_of(bad[i])));
	TEST_ARENA(a);
	CHECK_STR(RENDER(a, view_url(b, cx, S("javascript:1"))), "<a href=\"#\">x</a>\n");
	CHECK_STR(RENDER(a, view_url(b, cx, S("/a?b=1&c"))),
		  "<a href=\"/a?b=1&amp;c\">x</a>\n");
}

TEST(the_type_decides_how_a_value_is_shown)
{
	TEST_ARENA(a);
	struct html bold = { S("<b>x</b>") };
	CHECK_STR(RENDER(a, view_types(b, cx, -3, 7, (money){ 123450 }, (struct id){ 0, 1 },
				       bold, "a<b")),
		  "<p data-m=\"1" NNBSP "234,50" NBSP "\xe2\x82\xac\">-3 7 1" NNBSP
		  "234,50" NBSP
		  "\xe2\x82\xac 00000000000000000000000001 <b>x</b> a&lt;b</p>\n");
}

TEST(loops_and_branches_stand_anywhere_in_a_tag)
{
	TEST_ARENA(a);
	struct link v[] = { { S("/"), S("a"), false },
			    { S("/"), S("b"), true },
			    { S("/"), S("c"), false } };
	struct links l = { v, 3, 3 };
	CHECK_STR(RENDER(a, view_list(b, cx, &l)),
		  "<ul>\n<li class=\"n first\">0 a</li>\n"
		  "<li aria-current=\"page\" class=\"n second\">1 b</li>\n"
		  "<li class=\"n more\">2 c</li>\n</ul>\n");
}

TEST(a_frame_surrounds_what_stands_in_it)
{
	TEST_ARENA(a);
	CHECK_STR(RENDER(a, view_framed(b, cx, S("t"))),
		  "<section><h2>t</h2>\n<p>t</p>\n\n</section>\n");
}

TEST(a_form_that_writes_carries_the_secret_of_the_session)
{
	TEST_ARENA(a);
	CHECK_STR(RENDER(a, view_form(b, cx, S("a/b"))),
		  "<form method=\"post\" action=\"/x/a%2Fb/y\" class=\"quiet\">"
		  "<input type=\"hidden\" name=\"csrf\" value=\"t&lt;k\">\n"
		  "<button type=\"submit\">ok</button>\n</form>\n"
		  "<form method=\"get\" action=\"/find\"><input name=\"q\" "
		  "value=\"a/b\"></form>\n");
}

TEST(messages_are_escaped_like_values)
{
	TEST_ARENA(a);
	CHECK_STR(RENDER(a, view_words(b, cx, S(""))),
		  "<p title=\"Vigie\">Identifiez-vous pour continuer.</p>\n");
}
