/* Forms, query strings, paths and cookies.  Laws: decoded text is UTF-8 without NUL, encoding
 * and decoding again gives the same; slices stay within the input. */
#include "fuzz.h"

#include "../net/field_test.h"
#include "base/utf8.h"
#include "net/url.h"

static void fields(struct arena *a, const struct form *f)
{
	struct sample s = { 0 };
	struct faults faults = { 0 };
	enum err e = field_from_form(a, f, sample_fields, SAMPLE_FIELDS, &s, &faults);
	ASSERT((e == OK) == (faults.n == 0));
	ASSERT(e != OK || (s.text.n && utf8_clean(s.text) && s.number >= -5));
}

void fuzz_one(struct arena *a, str input)
{
	struct form f;
	str steps[URL_STEPS_MAX], again;
	size_t n;
	if (form_urlencoded(a, input, &f) == OK) {
		for (size_t i = 0; i < f.n; i++) {
			str code = url_encode(a, f.v[i].value);
			ASSERT(url_decode(a, code, true, &again) == OK);
			ASSERT(str_eq(again, f.v[i].value));
		}
		fields(a, &f);
	}
	if (form_multipart(a, input, S("XyZ"), &f) == OK) {
		for (size_t i = 0; i < f.n; i++)
			ASSERT(f.v[i].value.p >= input.p &&
			       f.v[i].value.p + f.v[i].value.n <= input.p + input.n);
		fields(a, &f);
	}
	if (url_path(a, input, steps, &n) == OK)
		ASSERT(n <= URL_STEPS_MAX);
	str cookie = cookie_get(input, S("vigie"));
	ASSERT(cookie.n <= input.n);
	content_param(a, input, S("boundary"));
	url_is_local(input);
	str rest = input, type = str_cut(&rest, '\n');
	if (form_parse(a, type, rest, &f) == OK)
		ASSERT(f.n <= FORM_FIELDS_MAX);
}
