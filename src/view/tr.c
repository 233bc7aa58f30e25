#include "view/tr.h"
#include "view/tr_table.h"

str tr(enum lang lang, enum msg key)
{
	ASSERT(lang < LANG_COUNT_ && key < T_COUNT_);
	return tr_table[key].text[lang][0];
}

str tr_n(enum lang lang, enum msg key, int64_t n)
{
	ASSERT(lang < LANG_COUNT_ && key < T_COUNT_);
	bool one = lang == LANG_FR ? n >= -1 && n <= 1 : n == 1;
	return tr_table[key].text[lang][one ? 0 : 1];
}

enum msg tr_find(str key)
{
	size_t lo = 0, hi = T_COUNT_;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int c = str_cmp(tr_table[mid].key, key);
		if (c == 0)
			return (enum msg)mid;
		if (c < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return T_COUNT_;
}

void tr_put(struct buf *b, str text, const str *args, size_t n)
{
	size_t from = 0;
	for (size_t i = 0; i + 1 < text.n; i++) {
		char c = text.p[i + 1];
		if (text.p[i] != '%' || c < '1' || c > '9')
			continue;
		size_t k = (size_t)(c - '1');
		if (k >= n)
			die("%%%c has no argument in \"%" PRIstr "\"", c, STR(text));
		buf_put(b, str_sub(text, from, i));
		buf_put(b, args[k]);
		from = i + 2;
		i++;
	}
	buf_put(b, str_from(text, from));
}

str lang_code(enum lang lang)
{
	return lang == LANG_EN ? S("en") : S("fr");
}

enum lang lang_of(str accept)
{
	str rest = accept;
	while (rest.p) {
		str tag = str_trim(str_cut(&rest, ','));
		str main = str_sub(tag, 0, 2);
		bool whole =
			tag.n == 2 || (tag.n > 2 && (tag.p[2] == '-' || tag.p[2] == ';'));
		if (whole && str_eq_nocase(main, S("fr")))
			return LANG_FR;
		if (whole && str_eq_nocase(main, S("en")))
			return LANG_EN;
	}
	return LANG_FR;
}
