#include "view/say.h"

static const char *const weekday_words[LANG_COUNT_][8] = {
	{ "", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche" },
	{ "", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
	  "Sunday" },
};
static const char *const month_words[LANG_COUNT_][13] = {
	{ "", "janvier", "f\303\251vrier", "mars", "avril", "mai", "juin", "juillet",
	  "ao\303\273t", "septembre", "octobre", "novembre", "d\303\251cembre" },
	{ "", "January", "February", "March", "April", "May", "June", "July", "August",
	  "September", "October", "November", "December" },
};
static const char *const weekday_short[LANG_COUNT_][8] = {
	{ "", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim." },
	{ "", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" },
};
static const char *const month_short[LANG_COUNT_][13] = {
	{ "", "janv.", "f\303\251vr.", "mars", "avril", "mai", "juin", "juil.",
	  "ao\303\273t", "sept.", "oct.", "nov.", "d\303\251c." },
	{ "", "Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct",
	  "Nov", "Dec" },
};

static void two(struct buf *b, int64_t n)
{
	if (n < 10)
		buf_byte(b, '0');
	buf_int(b, n);
}

void say_hour(struct buf *b, enum lang lang, int minutes)
{
	buf_int(b, minutes / 60);
	if (lang == LANG_EN) {
		buf_byte(b, ':');
		two(b, minutes % 60);
		return;
	}
	BUF_LIT(b, NBSP "h");
	if (minutes % 60) {
		BUF_LIT(b, NBSP);
		two(b, minutes % 60);
	}
}

void say_hours(struct buf *b, enum lang lang, int from, int until)
{
	say_hour(b, lang, from);
	/* The dash stays with what stands before it. */
	buf_put(b, lang == LANG_EN ? S("\xe2\x80\x93") : S(NBSP "\xe2\x80\x93 "));
	say_hour(b, lang, until);
}

void say_duration(struct buf *b, enum lang lang, int64_t minutes)
{
	(void)lang; /* h and min are international */
	if (minutes < 0) {
		BUF_LIT(b, "\xe2\x88\x92");
		minutes = -minutes;
	}
	if (minutes < 60) {
		buf_int(b, minutes);
		BUF_LIT(b, NBSP "min");
		return;
	}
	say_number(b, lang, minutes / 60);
	BUF_LIT(b, NBSP "h");
	if (minutes % 60) {
		BUF_LIT(b, NBSP);
		two(b, minutes % 60);
	}
}

static void say_mday(struct buf *b, enum lang lang, int mday)
{
	buf_int(b, mday);
	if (lang == LANG_FR && mday == 1)
		BUF_LIT(b, "er");
}

void say_date(struct buf *b, enum lang lang, day d, enum say_form f)
{
	if (d.d == DAY_NONE.d)
		return;
	struct civil c = day_civil(d);
	if (f != SAY_MONTH) {
		int wd = day_weekday(d);
		buf_z(b,
		      f == SAY_SHORT ? weekday_short[lang][wd] : weekday_words[lang][wd]);
		buf_byte(b, ' ');
		say_mday(b, lang, c.day);
		BUF_LIT(b, NBSP);
	}
	buf_z(b, f == SAY_SHORT ? month_short[lang][c.month] : month_words[lang][c.month]);
	if (f == SAY_FULL || f == SAY_MONTH) {
		buf_byte(b, ' ');
		buf_int(b, c.year);
	}
}

void say_near(struct buf *b, enum lang lang, day d, day today)
{
	static const char *const words[LANG_COUNT_][3] = {
		{ "hier", "aujourd\xe2\x80\x99hui", "demain" },
		{ "yesterday", "today", "tomorrow" },
	};
	if (d.d - today.d >= -1 && d.d - today.d <= 1)
		buf_z(b, words[lang][d.d - today.d + 1]);
	else
		say_date(b, lang, d, SAY_DAY);
}

void say_number(struct buf *b, enum lang lang, int64_t n)
{
	char digits[24];
	size_t k = 0;
	uint64_t u = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	do
		digits[k++] = (char)('0' + u % 10);
	while (u /= 10);
	if (n < 0)
		BUF_LIT(b, "\xe2\x88\x92"); /* U+2212, as wide as a digit */
	while (k--) {
		buf_byte(b, digits[k]);
		if (k && k % 3 == 0)
			buf_put(b, lang == LANG_EN ? S(",") : S(NNBSP));
	}
}

void say_decimal(struct buf *b, enum lang lang, int64_t n, int places)
{
	ASSERT(places >= 0 && places <= 6);
	uint64_t unit = 1;
	for (int i = 0; i < places; i++)
		unit *= 10;
	uint64_t u = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	if (n < 0)
		BUF_LIT(b, "\xe2\x88\x92");
	say_number(b, lang, (int64_t)(u / unit));
	if (!places)
		return;
	buf_byte(b, lang == LANG_EN ? '.' : ',');
	for (uint64_t rest = u % unit, p = unit / 10; p; p /= 10)
		buf_byte(b, (char)('0' + rest / p % 10));
}

void say_percent(struct buf *b, enum lang lang, int64_t permille)
{
	say_decimal(b, lang, permille, 1);
	buf_put(b, lang == LANG_EN ? S("%") : S(NBSP "%"));
}

void say_money(struct buf *b, enum lang lang, money m)
{
	if (lang == LANG_EN) {
		if (m.cents < 0)
			BUF_LIT(b, "\xe2\x88\x92");
		BUF_LIT(b, "\xe2\x82\xac");
		say_decimal(b, lang, m.cents < 0 ? -m.cents : m.cents, 2);
		return;
	}
	say_decimal(b, lang, m.cents, 2);
	BUF_LIT(b, NBSP "\xe2\x82\xac");
}

void say_distance(struct buf *b, enum lang lang, int64_t metres)
{
	if (metres < 1000) {
		buf_int(b, metres);
		BUF_LIT(b, NBSP "m");
		return;
	}
	say_decimal(b, lang, (metres + 50) / 100, 1);
	BUF_LIT(b, NBSP "km");
}

void say_list(struct buf *b, enum lang lang, const str *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i && i + 1 == n)
			buf_put(b, lang == LANG_EN ? S(" and ") : S(" et "));
		else if (i)
			BUF_LIT(b, ", ");
		buf_put(b, v[i]);
	}
}

void say_phone(struct buf *b, str phone)
{
	bool plain = phone.n == 10;
	for (size_t i = 0; i < phone.n; i++)
		plain = plain && phone.p[i] >= '0' && phone.p[i] <= '9';
	for (size_t i = 0; i < phone.n; i++) {
		if (plain && i && i % 2 == 0)
			BUF_LIT(b, NBSP);
		buf_byte(b, phone.p[i]);
	}
}

/* Length of the UTF-8 sequence that starts with `c`; 1 for a stray byte. */
static size_t utf8_step(char c)
{
	unsigned char u = (unsigned char)c;
	return u >= 0xf0 ? 4 : u >= 0xe0 ? 3 : u >= 0xc0 ? 2 : 1;
}

void say_capital(struct buf *b, size_t at)
{
	if (at >= b->n)
		return;
	char *p = b->p + at;
	if (*p >= 'a' && *p <= 'z') {
		*p = (char)(*p - 32);
		return;
	}
	/* U+00E0..U+00FE, the accented letters of French but for U+00F7, the division sign. */
	if (at + 1 < b->n && (unsigned char)p[0] == 0xc3) {
		unsigned char low = (unsigned char)p[1];
		if (low >= 0xa0 && low <= 0xbe && low != 0xb7)
			p[1] = (char)(low - 0x20);
	}
}

void say_initials(struct buf *b, str name)
{
	int letters = 0;
	bool start = true;
	for (size_t i = 0; i < name.n && letters < 2;) {
		size_t n = utf8_step(name.p[i]);
		bool blank = name.p[i] == ' ' || name.p[i] == '-';
		if (start && !blank) {
			size_t at = b->n;
			buf_put(b, str_sub(name, i, i + n));
			say_capital(b, at);
			letters++;
		}
		start = blank;
		i += n;
	}
}
