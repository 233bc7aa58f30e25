/* What comes from outside: paths, cookies, forms, JSON, into typed fields. */
#include "field_test.h"
#include "net/url.h"
#include "test.h"

TEST(percent_signs_are_decoded_strictly)
{
	static const struct {
		const char *in;
		bool plus;
		const char *out; /* NULL: refused */
	} cases[] = {
		{ "abc", false, "abc" },        { "a%20b%C3%a9", false, "a b\xc3\xa9" },
		{ "a+b", false, "a+b" },        { "a+b", true, "a b" },
		{ "a%0D%0Ab", true, "a\r\nb" }, { "a%0Ab", false, NULL },
		{ "%", false, NULL },           { "%4", false, NULL },
		{ "%zz", false, NULL },         { "%00", true, NULL },
		{ "%C3", false, NULL },         { "%C0%80", false, NULL },
		{ "%7f", true, NULL },          { "", false, "" },
	};
	TEST_ARENA(a);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		str out = { 0 };
		enum err e = url_decode(a, str_of(cases[i].in), cases[i].plus, &out);
		CHECK_ERR(e, cases[i].out ? OK : ERR_SYNTAX);
		if (cases[i].out)
			CHECK_STR(out, cases[i].out);
	}
	CHECK_STR(url_encode(a, S("a b/\xc3\xa9~")), "a%20b%2F%C3%A9~");
}

TEST(a_path_has_one_form)
{
	TEST_ARENA(a);
	str steps[URL_STEPS_MAX];
	size_t n = 99;
	CHECK_OK(url_path(a, S("/"), steps, &n));
	CHECK_INT(n, 0);
	CHECK_OK(url_path(a, S("/visites/a%2Fb/x"), steps, &n));
	CHECK_INT(n, 3);
	CHECK_STR(steps[1], "a/b");
	static const char *const bad[] = { "",     "x",     "//",        "/a/",   "/a//b",
					   "/./a", "/a/..", "/%2e%2e/a", "/a%0a", "*" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		CHECK_ERR(url_path(a, str_of(bad[i]), steps, &n), ERR_SYNTAX);
	CHECK_ERR(url_path(a, S("/1/2/3/4/5/6/7/8/9/10/11/12/13"), steps, &n), ERR_LIMIT);
}

TEST(only_a_place_of_ours_is_gone_to_after_a_login)
{
	CHECK(url_is_local(S("/")) && url_is_local(S("/visites?x=1#y")));
	static const char *const bad[] = {
		"",        "//evil.example", "https://evil.example",
		"/\\evil", "/a b",           "/a\r\nSet-Cookie: x",
		"evil"
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		CHECK(!url_is_local(str_of(bad[i])));
}

TEST(a_cookie_is_the_first_of_its_name)
{
	CHECK_STR(cookie_get(S("a=1; vigie=abc; vigie=def"), S("vigie")), "abc");
	CHECK_STR(cookie_get(S("xvigie=1; vigie"), S("vigie")), "");
	CHECK_STR(cookie_get(S("vigie=a b"), S("vigie")), "");
	CHECK_STR(cookie_get(S("vigie=\"a\""), S("vigie")), "");
	CHECK_STR(cookie_get(S(""), S("vigie")), "");
}

TEST(a_urlencoded_form_is_read)
{
	TEST_ARENA(a);
	struct form f;
	CHECK_OK(form_parse(a, S("application/x-www-form-urlencoded; charset=utf-8"),
			    S("nom=Mme+L%C3%A9a&vide=&seul&nom=2"), &f));
	CHECK_INT(f.n, 4);
	CHECK_STR(form_value(&f, S("nom")), "Mme L\xc3\xa9"
					    "a");
	CHECK_STR(form_value(&f, S("seul")), "");
	CHECK(!form_get(&f, S("autre")));
	CHECK_OK(form_urlencoded(a, (str){ 0 }, &f));
	CHECK_INT(f.n, 0);
	CHECK_ERR(form_urlencoded(a, S("=x"), &f), ERR_SYNTAX);
	CHECK_ERR(form_urlencoded(a, S("a=%zz"), &f), ERR_SYNTAX);
	CHECK_ERR(form_parse(a, S("text/plain"), S("a=b"), &f), ERR_UNSUPPORTED);
	struct buf b = buf_init(a, 0);
	for (int i = 0; i <= FORM_FIELDS_MAX; i++)
		BUF_LIT(&b, "a=b&");
	CHECK_ERR(form_urlencoded(a, buf_str(&b), &f), ERR_LIMIT);
}

#define PART(head, body) "--XyZ\r\n" head "\r\n\r\n" body "\r\n"

TEST(a_multipart_form_is_read)
{
	TEST_ARENA(a);
	struct form f;
	str type = S("multipart/form-data; boundary=\"XyZ\"");
	str body = S(PART("Content-Disposition: form-data; name=\"mois\"", "2026-11")
			     PART("content-disposition: form-data; name=\"plan\"; "
				  "filename=\"C:\\\\x\\\\plan \\\"1\\\".csv\"\r\n"
				  "Content-Type: text/csv",
				  "a;b\r\n--Xy\r\n\xff") "--XyZ--\r\n");
	CHECK_OK(form_parse(a, type, body, &f));
	CHECK_INT(f.n, 2);
	CHECK_STR(form_value(&f, S("mois")), "2026-11");
	CHECK_STR(f.v[1].file, "plan \"1\".csv");
	CHECK_STR(f.v[1].type, "text/csv");
	CHECK_STR(f.v[1].value, "a;b\r\n--Xy\r\n\xff");
	CHECK(f.v[1].is_file && !f.v[0].is_file);
	CHECK_OK(form_multipart(a, S("--XyZ--"), S("XyZ"), &f));
	CHECK_INT(f.n, 0);
	for (size_t n = 0; n + 3 < body.n; n++) /* cut anywhere */
		CHECK_ERR(form_multipart(a, str_sub(body, 0, n), S("XyZ"), &f), ERR_SYNTAX);
	static const char *const bad[] = {
		PART("X: 1", "a") "--XyZ--",
		PART("Content-Disposition: form-data", "a") "--XyZ--",
		PART("Content-Disposition: attachment; name=a", "a") "--XyZ--",
		PART("Content-Disposition: form-data; name=a\nX", "a") "--XyZ--",
		PART("Content-Disposition: form-data; name=a", "\xff") "--XyZ--",
		PART("Content-Disposition: form-data; name=a", "b") "--XyZx",
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		CHECK_ERR(form_multipart(a, str_of(bad[i]), S("XyZ"), &f), ERR_SYNTAX);
	CHECK_ERR(form_parse(a, S("multipart/form-data"), body, &f), ERR_SYNTAX);
}

static struct sample taken(struct arena *a, str body)
{
	struct sample s = { .number = 7 };
	struct faults faults = { 0 };
	struct form f;
	CHECK_OK(form_urlencoded(a, body, &f));
	CHECK_OK(field_from_form(a, &f, sample_fields, SAMPLE_FIELDS, &s, &faults));
	return s;
}

TEST(a_form_becomes_a_typed_struct)
{
	TEST_ARENA(a);
	struct sample s = taken(
		a,
		S("csrf=x&_lang=fr&text=+deux%0D%0Alignes+&word=abc&number=-5&price=12%2C5&"
		  "yes=on&id=01ARZ3NDEKTSV4RRFFQ69G5FAV&day=2026-11-22&hour=09%3A30&"
		  "at=2026-11-22T08%3A00%3A00Z&kind=repas&tasks=toilette&tasks=courses"));
	CHECK_STR(s.text, "deux\nlignes");
	CHECK_STR(s.word, "abc");
	CHECK_INT(s.number, -5);
	CHECK_INT(s.price.cents, 1250);
	CHECK(s.yes && id_is(s.id));
	CHECK_INT(s.day.d, day_of(2026, 11, 22).d);
	CHECK_INT(s.hour, 570);
	CHECK_INT(s.kind, 1);
	CHECK_INT(s.tasks, 5);
	CHECK_INT(taken(a, S("text=x&number=")).number, 7); /* empty keeps the default */
	CHECK_INT(taken(a, S("text=x&price=12")).price.cents, 1200);
}

static str faults_text(struct arena *a, const struct faults *f)
{
	struct buf b = buf_init(a, 0);
	for (size_t i = 0; i < f->n; i++)
		buf_fmt(&b, "%s%" PRIstr ":%s", i ? " " : "", STR(f->v[i].field),
			fault_name(f->v[i].kind));
	return buf_str(&b);
}

TEST(all_faults_of_a_form_are_told_at_once)
{
	TEST_ARENA(a);
	struct sample s = { 0 };
	struct faults faults = { 0 };
	struct form f;
	CHECK_OK(form_urlencoded(
		a,
		S("word=a&number=601&price=1,234&yes=maybe&id=x&day=2026-02-30"
		  "&hour=25%3A00&at=now&kind=x&tasks=repas&tasks=y&new=1&word=b"),
		&f));
	CHECK_ERR(field_from_form(a, &f, sample_fields, SAMPLE_FIELDS, &s, &faults),
		  ERR_INPUT);
	CHECK_STR(faults_text(a, &faults),
		  "word:range number:range price:syntax yes:syntax id:syntax day:range "
		  "hour:range at:syntax kind:choice tasks:choice new:unknown word:twice "
		  "text:required");
}

static str json_faults(struct arena *a, const char *body)
{
	struct sample s = { 0 };
	struct faults faults = { 0 };
	enum err e =
		field_from_json(a, str_of(body), sample_fields, SAMPLE_FIELDS, &s, &faults);
	return e == ERR_INPUT ? faults_text(a, &faults) : str_of(err_name(e));
}

TEST(a_json_body_becomes_a_typed_struct)
{
	TEST_ARENA(a);
	struct sample s = { .number = 7 };
	struct faults faults = { 0 };
	CHECK_OK(field_from_json(
		a,
		S("{\"text\": \"d\\u00e9j\\u00e0\", \"price\": 1250, \"yes\": true, "
		  "\"hour\": "
		  "\"09:30\", \"tasks\": [\"repas\", \"courses\"], \"number\": null}"),
		sample_fields, SAMPLE_FIELDS, &s, &faults));
	CHECK_STR(s.text, "d\xc3\xa9j\xc3\xa0");
	CHECK_INT(s.price.cents, 1250);
	CHECK_INT(s.hour, 570);
	CHECK_INT(s.tasks, 6);
	CHECK_INT(s.number, 7);
	CHECK(s.yes);
}

TEST(a_json_body_that_is_not_ours_is_refused)
{
	static const char *const cases[][2] = {
		{ "", "SYNTAX" },
		{ "[]", "SYNTAX" },
		{ "3", "SYNTAX" },
		{ "{\"text\":\"a\",}", "SYNTAX" },
		{ "{\"text\":\"a\"} x", "SYNTAX" },
		{ "{\"text\":\"a\",\"text\":\"b\"}", "SYNTAX" },
		{ "{\"text\":\"\xff\"}", "SYNTAX" },
		{ "{\"text\":\"a\\u0000b\"}", "SYNTAX" },
		{ "{\"text\":[[[[[1]]]]]}", "SYNTAX" },
		{ "{\"number\":99999999999999999999}", "SYNTAX" },
		{ "{}", "text:required" },
		{ "{\"text\":\"\"}", "text:required" },
		{ "{\"text\":\"a\",\"x\":1}", "x:unknown" },
		{ "{\"text\":1}", "text:syntax" },
		{ "{\"text\":\"a\\u0007\"}", "text:syntax" },
		{ "{\"text\":\"a\",\"number\":\"5\"}", "number:syntax" },
		{ "{\"text\":\"a\",\"number\":5.0}", "number:syntax" },
		{ "{\"text\":\"a\",\"price\":-1}", "price:range" },
		{ "{\"text\":\"a\",\"yes\":\"on\"}", "yes:syntax" },
		{ "{\"text\":\"a\",\"tasks\":\"repas\"}", "tasks:syntax" },
		{ "{\"text\":\"a\",\"tasks\":[1]}", "tasks:syntax" },
		{ "{\"text\":\"a\",\"tasks\":[\"x\"]}", "tasks:choice" },
	};
	TEST_ARENA(a);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		CHECK_STR(json_faults(a, cases[i][0]), cases[i][1]);
}
