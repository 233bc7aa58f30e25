/* lex.c - made by re2c from lex.re: see lex.h. */
#include "talk/lex.h"

#include <string.h>

/* Folds one UTF-8 letter of Latin-1, Latin Extended-A oe, or ASCII; drops combining marks. */
static size_t fold_letter(const unsigned char *p, char *out)
{
	static const char latin[] = "aaaaaa\0ceeeeiiiidnooooo\0ouuuuy\0s"
				    "aaaaaa\0ceeeeiiiidnooooo\0ouuuuy\0y";
	size_t n = 0;
	if (p[0] < 0x80) {
		out[n++] = (char)(p[0] >= 'A' && p[0] <= 'Z' ? p[0] + 32 : p[0]);
	} else if (p[0] == 0xc3 && (p[1] == 0x86 || p[1] == 0xa6)) {
		out[n++] = 'a';
		out[n++] = 'e';
	} else if (p[0] == 0xc3) {
		char c = latin[p[1] & 0x3f];
		if (c)
			out[n++] = c;
	} else if (p[0] == 0xc5) {
		out[n++] = 'o';
		out[n++] = 'e';
	}
	return n;
}

static str fold_word(struct arena *a, const unsigned char *p, const unsigned char *end)
{
	char *out = arena_alloc(a, (size_t)(end - p) + 2);
	size_t n = 0;
	while (p < end) {
		n += fold_letter(p, out + n);
		p += *p < 0x80 ? 1 : 2;
	}
	return (str){ out, n };
}

static struct tok *push(struct arena *a, struct toks *t, enum tok_kind k,
			const unsigned char *from, const unsigned char *to)
{
	struct tok *x = ARENA_PUSH(a, t);
	memset(x, 0, sizeof *x);
	x->kind = k;
	x->raw = (str){ (const char *)from, (size_t)(to - from) };
	x->lemma[0] = x->lemma[1] = x->lemma[2] = -1;
	x->v[0] = x->v[1] = x->v[2] = -1;
	return x;
}

static void word(struct arena *a, struct toks *t, const unsigned char *from,
		 const unsigned char *to)
{
	struct tok *x = push(a, t, TOK_WORD, from, to);
	x->text = fold_word(a, from, to);
	x->cap = (from[0] >= 'A' && from[0] <= 'Z') ||
		 (from[0] == 0xc3 && from[1] >= 0x80 && from[1] <= 0x9e);
	if (x->text.n == 0)
		t->n--;
}

/* The runs of digits of [p, end) into v: at most three, each at most nine digits. */
static void digits(struct tok *x, const unsigned char *p, const unsigned char *end)
{
	size_t k = 0;
	while (p < end && k < 3) {
		if (*p < '0' || *p > '9') {
			p++;
			continue;
		}
		int64_t v = 0;
		for (int n = 0; p < end && *p >= '0' && *p <= '9'; p++, n++)
			if (n < 9)
				v = v * 10 + (*p - '0');
		x->v[k++] = v;
	}
}

static void number(struct tok *x, const unsigned char *p, const unsigned char *end)
{
	int64_t v = 0, dec = 0, unit = 100000, n = 0;
	bool after = false;
	for (; p < end; p++) {
		bool digit = *p >= '0' && *p <= '9';
		if (digit && after) {
			dec += unit * (*p - '0');
			unit /= 10;
		} else if (digit && n < 15) {
			v = v * 10 + (*p - '0');
			n++;
		} else if (*p == ',') {
			after = true;
		} else if (*p == '.' && end - p < 4) {
			after = true;
		}
	}
	x->v[0] = v;
	x->v[1] = dec;
	x->v[2] = n;
}

static int64_t full_year(int64_t y, size_t n)
{
	return n > 2 || y < 0 ? y : y < 50 ? 2000 + y : 1900 + y;
}

static void date_tok(struct tok *x, const unsigned char *from, const unsigned char *to)
{
	digits(x, from, to);
	size_t n = 0;
	while (n < (size_t)(to - from) && to[-1 - (ptrdiff_t)n] >= '0' &&
	       to[-1 - (ptrdiff_t)n] <= '9')
		n++;
	x->v[2] = full_year(x->v[2], n);
}

static void iso_tok(struct tok *x, const unsigned char *from, const unsigned char *to)
{
	digits(x, from, to);
	int64_t y = x->v[0];
	x->v[0] = x->v[2];
	x->v[2] = y;
}

static void hui(struct tok *x)
{
	x->text = S("aujourdhui");
}

struct toks lex_cut(struct arena *a, str text)
{
	struct toks t = { 0 };
	size_t n = text.n < TALK_MAX_BYTES ? text.n : TALK_MAX_BYTES;
	unsigned char *copy = arena_alloc(a, n + 8);
	for (size_t i = 0; i < n; i++)
		copy[i] = text.p[i] ? (unsigned char)text.p[i] : ' ';
	const unsigned char *YYCURSOR = copy, *YYMARKER = copy, *start = copy;
	bool glued = true, hyphen = false;
	while (t.n < TALK_MAX_TOKENS) {
		const unsigned char *b = YYCURSOR;
		size_t before = t.n;
		bool keep = false;
		/*!re2c
		re2c:define:YYCTYPE = "unsigned char";
		re2c:yyfill:enable = 0;
		re2c:eof = -1;

		D = [0-9];
		L = [A-Za-z] | "\xc3" [\x80-\x96\x98-\xb6\xb8-\xbf] | "\xc5" [\x92\x93]
		  | "\xcc" [\x80-\xbf] | "\xcd" [\x80-\xaf];
		AP = ['`] | "\xe2\x80\x99" | "\xe2\x80\x98" | "\xc2\xb4" | "\xca\xbc";
		B = [ \t\r] | "\xc2\xa0" | "\xe2\x80" [\x80-\x8b\xaf];
		DASH = "-" | "\xe2\x80" [\x90-\x95];

		"\x00"   { break; }
		B+       { goto blank; }
		AP       { keep = true; goto glue; }
		DASH     { push(a, &t, TOK_DASH, b, YYCURSOR); goto next; }
		'aujourd' (AP | B | DASH)? 'hui' { hui(push(a, &t, TOK_WORD, b, YYCURSOR)); goto next; }
		'qq1' | 'kk1' | 'kelk1' | 'kelkun' | 'qqun' | 'quelqu1' { word(a, &t, b, YYCURSOR); t.v[t.n - 1].text = S("quelquun"); goto next; }
		'2m1' | 'dem1' | '2main' | 'dmain' | 'dm1' { word(a, &t, b, YYCURSOR); t.v[t.n - 1].text = S("demain"); goto next; }
		'bi1' { word(a, &t, b, YYCURSOR); t.v[t.n - 1].text = S("bien"); goto next; }
		'2nuit' { word(a, &t, b, YYCURSOR); t.v[t.n - 1].text = S("nuit"); goto next; }
		L+       { word(a, &t, b, YYCURSOR); goto next; }
		D{1,2} B? ('j' | 'jr' | 'jrs' | 'jour' | 'jours') B? ("/" | 'sur') B? D{1,2} B? ('j' | 'jour' | 'jours')?
		         { digits(push(a, &t, TOK_DAYS, b, YYCURSOR), b, YYCURSOR); goto next; }
		"," D+ { number(push(a, &t, TOK_NUM, b, YYCURSOR), b, YYCURSOR); goto next; }
		[13] "/" [24] B [dD] {
			word(a, &t, b, YYCURSOR);
			t.v[t.n - 1].text = b[2] == '2' ? S("demi") : b[0] == '3' ? S("troisquarts") : S("quart");
			YYCURSOR--;
			goto next;
		}
		D{1,3} "\"" {
			number(push(a, &t, TOK_NUM, b, YYCURSOR - 1), b, YYCURSOR - 1);
			push(a, &t, TOK_OTHER, YYCURSOR - 1, YYCURSOR)->text = S("\"");
			goto next;
		}
		D{1,3} "'" {
			number(push(a, &t, TOK_NUM, b, YYCURSOR - 1), b, YYCURSOR - 1);
			push(a, &t, TOK_OTHER, YYCURSOR - 1, YYCURSOR)->text = S("'");
			goto next;
		}
		D{1,2} ":" D{2} (":" D{2})? ("." D{1,3})?
		         { digits(push(a, &t, TOK_CLOCK, b, YYCURSOR), b, YYCURSOR); goto next; }
		D{1,2} "/" D{1,2} ("/" (D{4} | D{2}))?
		         { date_tok(push(a, &t, TOK_DATE, b, YYCURSOR), b, YYCURSOR); goto next; }
		D{1,2} "." D{1,2} "." (D{4} | D{2}) | D{1,2} "-" D{1,2} "-" (D{4} | D{2})
		         { date_tok(push(a, &t, TOK_DATE, b, YYCURSOR), b, YYCURSOR); goto next; }
		D{4} [-/] D{1,2} [-/] D{1,2}
		         { iso_tok(push(a, &t, TOK_ISO, b, YYCURSOR), b, YYCURSOR); goto next; }
		D+ ("," D+)? | D{1,3} ("." D{3})+ ("," D+)? | D{1,3} (B D{3})+ "," D+ | D+ "." D{1,2}
		         { number(push(a, &t, TOK_NUM, b, YYCURSOR), b, YYCURSOR); goto next; }
		[.!?;\n] | "\xe2\x80\xa6" { push(a, &t, TOK_STOP, b, YYCURSOR); goto next; }
		[,:()"_*] | "\xc2\xab" | "\xc2\xbb" | "\xe2\x80" [\x9c\x9d] { push(a, &t, TOK_COMMA, b, YYCURSOR); goto next; }
		[+&]     { push(a, &t, TOK_PLUS, b, YYCURSOR); goto next; }
		"/"      { push(a, &t, TOK_SLASH, b, YYCURSOR); goto next; }
		*        { push(a, &t, TOK_OTHER, b, YYCURSOR); goto next; }
		*/
	next:
		if (t.n > before) {
			struct tok *x = &t.v[t.n - 1];
			x->glued = glued && b > start;
			x->hyphen = hyphen;
			hyphen = x->kind == TOK_DASH;
		}
	glue:
		glued = true;
		if (!keep && t.n == before)
			hyphen = false;
		continue;
	blank:
		glued = hyphen = false;
	}
	return t;
}

str lex_fold(struct arena *a, str s)
{
	struct toks t = lex_cut(a, s);
	str out = S("");
	for (size_t i = 0; i < t.n; i++) {
		const struct tok *x = &t.v[i];
		str w = x->kind == TOK_WORD ? x->text : x->kind == TOK_NUM ? x->raw : S("");
		if (w.n)
			out = out.n ? str_fmt(a, "%" PRIstr " %" PRIstr, STR(out), STR(w)) : w;
	}
	return out;
}
