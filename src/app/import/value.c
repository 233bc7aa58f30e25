/* value.c - one field of a file as a typed value, or what is wrong with it. */
#include "app/import/sheet.h"
#include "base/rrule.h"
#include "base/utf8.h"
#include "domain/enums_gen.h"

static const char *const weekday_names[] = { "lu", "ma", "me", "je", "ve", "sa", "di" };
const struct enum_table import_weekdays = { "weekday", weekday_names, 7 };

static const struct {
	const char *list, *said, *word;
} words[] = {
#define W(list, said, word) { #list, said, #word },
#include "app/import/words.tbl"
#undef W
};

static bool is_digits(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0;
}

static bool has_any(str s, const char *set)
{
	for (size_t i = 0; i < s.n; i++)
		if (strchr(set, s.p[i]))
			return true;
	return false;
}

static bool is_corsican(str s)
{
	return str_starts(s, S("2A")) || str_starts(s, S("2B"));
}

/* The FINESS key is Luhn's over nine digits; numbers of Corsica hold a letter and are taken
 * without it. */
static enum import_wrong finess(str s, str *ret)
{
	bool letter = is_corsican(s);
	if (s.n != 9 || !is_digits(letter ? str_from(s, 2) : s))
		return IMPORT_finess;
	int sum = 0;
	for (size_t i = 0; i < 9 && !letter; i++) {
		int v = (s.p[i] - '0') * (i % 2 ? 2 : 1);
		sum += v > 9 ? v - 9 : v;
	}
	*ret = s;
	return sum % 10 ? IMPORT_finess_key : IMPORT_right;
}

static enum import_wrong digits(str s, size_t n, bool corsica, enum import_wrong wrong,
				str *ret)
{
	*ret = s;
	bool letter = corsica && is_corsican(s);
	return s.n == n && is_digits(letter ? str_from(s, 2) : s) ? IMPORT_right : wrong;
}

/* "01 99 00 12 34" for ten French digits with any marks between, "+32..." for the others. */
static enum import_wrong phone(struct arena *a, str s, str *ret)
{
	char d[16];
	size_t n = 0;
	bool plus = str_starts(s, S("+"));
	for (size_t i = plus; i < s.n; i++) {
		if (strchr(" .-/()", s.p[i]) && s.p[i])
			continue;
		if (s.p[i] < '0' || s.p[i] > '9' || n == sizeof d)
			return IMPORT_phone;
		d[n++] = s.p[i];
	}
	str t = { d, n };
	if (!plus && str_starts(t, S("00"))) {
		plus = true;
		t = str_from(t, 2);
	}
	if (plus && str_starts(t, S("33"))) { /* home again: +33 (0)1... and +33 1... */
		t = str_from(t, str_starts(t, S("330")) ? 3 : 2);
		t = str_cat(a, S("0"), t);
		plus = false;
	}
	if (plus) {
		*ret = str_cat(a, S("+"), t);
		return t.n >= 8 && t.n <= 15 && t.p[0] != '0' ? IMPORT_right : IMPORT_phone;
	}
	if (t.n != 10 || t.p[0] != '0' || t.p[1] == '0')
		return IMPORT_phone;
	*ret = str_fmt(a, "%.2s %.2s %.2s %.2s %.2s", t.p, t.p + 2, t.p + 4, t.p + 6,
		       t.p + 8);
	return IMPORT_right;
}

static enum import_wrong mail(str s, str *ret)
{
	str domain = s, name = str_cut(&domain, '@');
	*ret = s;
	bool ok = s.n <= 254 && name.n && domain.n > 2 && !has_any(s, " <>\"(),;:\\\t\n") &&
		  str_find_byte(domain, '@') == SIZE_MAX &&
		  str_find(domain, S("..")) == SIZE_MAX && domain.p[0] != '.' &&
		  domain.p[domain.n - 1] != '.' && str_find_byte(domain, '.') != SIZE_MAX;
	return ok ? IMPORT_right : IMPORT_mail;
}

/* "-12,5" with `places` 2 is -1250.  More decimals are cut when `may_cut`. */
static enum import_wrong decimal(str s, int places, bool may_cut, int64_t *ret)
{
	bool minus = str_starts(s, S("-"));
	str rest = minus ? str_from(s, 1) : s;
	size_t dot = str_find_byte(rest, '.');
	if (dot == SIZE_MAX)
		dot = str_find_byte(rest, ',');
	str whole = str_sub(rest, 0, dot), part = { 0 };
	if (dot != SIZE_MAX)
		part = str_from(rest, dot + 1);
	uint64_t w;
	if (!is_digits(whole) || (dot != SIZE_MAX && !is_digits(part)))
		return IMPORT_number;
	if (str_uint(whole, 1000000000, &w) != OK)
		return IMPORT_range;
	if (part.n > (size_t)places && !may_cut)
		return IMPORT_number;
	int64_t v = (int64_t)w;
	for (int i = 0; i < places; i++)
		v = v * 10 + ((size_t)i < part.n ? part.p[i] - '0' : 0);
	*ret = minus ? -v : v;
	return IMPORT_right;
}

/* "1h30", "1:30", "8 h" as minutes; hours up to `most`. */
static bool hours_minutes(str s, uint64_t most, int64_t *ret)
{
	size_t at = 0;
	while (at < s.n && s.p[at] >= '0' && s.p[at] <= '9')
		at++;
	str h = str_sub(s, 0, at), rest = str_trim(str_from(s, at));
	uint64_t hours, min = 0;
	if (!rest.n || !strchr("hH:", rest.p[0]) || str_uint(h, most, &hours) != OK)
		return false;
	bool colon = rest.p[0] == ':';
	str m = str_trim(str_from(rest, 1));
	if ((colon || m.n) && (m.n != 2 || str_uint(m, 59, &min) != OK))
		return false;
	*ret = (int64_t)(hours * 60 + min);
	return true;
}

static enum import_wrong worked_hours(str s, int64_t *ret)
{
	int64_t hundredths;
	if (hours_minutes(s, 10000, ret))
		return IMPORT_right;
	enum import_wrong w = decimal(s, 2, false, &hundredths);
	if (!w)
		*ret = (hundredths * 60 + (hundredths < 0 ? -50 : 50)) / 100;
	return w;
}

static enum import_wrong a_day(str s, day *ret)
{
	uint64_t d, m, y;
	str rest = s;
	enum err e = day_parse(s, ret);
	if (e == ERR_SYNTAX && str_find_byte(s, '/') != SIZE_MAX) {
		str dd = str_cut(&rest, '/'), mm = str_cut(&rest, '/');
		if (dd.n > 2 || mm.n > 2 || rest.n != 4 || str_uint(dd, 99, &d) != OK ||
		    str_uint(mm, 99, &m) != OK || str_uint(rest, 9999, &y) != OK)
			return IMPORT_day;
		if (!civil_valid((int)y, (int)m, (int)d))
			return IMPORT_no_day;
		*ret = day_of((int)y, (int)m, (int)d);
		e = OK;
	}
	if (e != OK)
		return e == ERR_INPUT ? IMPORT_no_day : IMPORT_day;
	bool near = ret->d >= day_of(1900, 1, 1).d && ret->d <= day_of(2200, 1, 1).d;
	return near ? IMPORT_right : IMPORT_range;
}

static enum import_wrong days(struct arena *a, str s, str *ret)
{
	struct buf b = buf_init(a, 16384);
	day d;
	size_t n = 0;
	while (s.n) {
		size_t i = 0;
		while (i < s.n && !strchr(" ,;|", s.p[i]))
			i++;
		str one = str_sub(s, 0, i);
		s = str_from(s, i + 1);
		if (!one.n)
			continue;
		enum import_wrong w = a_day(one, &d);
		if (w)
			return w;
		if (++n > RECUR_EXDATES_MAX)
			return IMPORT_too_long;
		if (b.n)
			buf_byte(&b, ',');
		buf_put(&b, day_text(a, d));
	}
	*ret = buf_str(&b);
	return IMPORT_right;
}

static bool word(const struct enum_table *t, str s, unsigned *ret)
{
	const char *said = NULL;
	for (size_t i = 0; i < sizeof words / sizeof *words && !said; i++)
		if (strcmp(words[i].list, t->name) == 0 &&
		    str_eq_nocase(s, str_of(words[i].said)))
			said = words[i].word;
	for (unsigned i = 0; i < t->n; i++) {
		if (!str_eq_nocase(said ? str_of(said) : s, str_of(t->names[i])))
			continue;
		*ret = i;
		return true;
	}
	return false;
}

static enum import_wrong set(const struct enum_table *t, str s, int64_t *ret)
{
	int64_t bits = 0;
	while (s.n) {
		size_t i = 0;
		unsigned w;
		while (i < s.n && !strchr(" ,;|+/", s.p[i]))
			i++;
		str one = str_sub(s, 0, i);
		s = str_from(s, i + 1);
		if (!one.n)
			continue;
		if (!word(t, one, &w))
			return IMPORT_choice;
		bits |= INT64_C(1) << w;
	}
	*ret = bits;
	return bits ? IMPORT_right : IMPORT_choice;
}

static enum import_wrong yes_no(str s, int64_t *ret)
{
	static const char *const said[2][8] = {
		{ "0", "non", "n", "no", "false", "faux", "f", "" },
		{ "1", "oui", "o", "yes", "true", "vrai", "y", "x" },
	};
	for (int v = 0; v < 2; v++)
		for (int i = 0; i < 8; i++)
			if (str_eq_nocase(s, str_of(said[v][i]))) {
				*ret = v;
				return IMPORT_right;
			}
	return IMPORT_yes_no;
}

static enum import_wrong rule(struct arena *a, str s, str *ret)
{
	struct rrule r;
	if (str_starts(s, S("RRULE:")))
		s = str_from(s, 6);
	if (rrule_parse(s, &r) != OK)
		return IMPORT_rrule;
	*ret = rrule_text(a, &r);
	return IMPORT_right;
}

/* --- into the struct */

static void put_int(void *row, const struct column *c, int64_t v)
{
	char *at = (char *)row + c->at;
	int32_t v4 = (int32_t)v;
	bool v1 = v != 0;
	if (c->size == 8)
		memcpy(at, &v, 8);
	else if (c->size == 4)
		memcpy(at, &v4, 4);
	else
		memcpy(at, &v1, 1);
}

static enum import_wrong to_text(struct arena *a, const struct column *c, str s, str *v)
{
	*v = s;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wswitch-enum"
	switch (c->type) {
	case SHEET_REF: return s.n > 64 ? IMPORT_too_long : IMPORT_right;
	case SHEET_FINESS: return finess(s, v);
	case SHEET_INSEE: return digits(s, 5, true, IMPORT_insee, v);
	case SHEET_POSTCODE: return digits(s, 5, false, IMPORT_postcode, v);
	case SHEET_PHONE: return phone(a, s, v);
	case SHEET_MAIL: return mail(s, v);
	case SHEET_RRULE: return rule(a, s, v);
	case SHEET_DAYS: return days(a, s, v);
	default: return (int64_t)utf8_count(s) > c->max ? IMPORT_too_long : IMPORT_right;
	}
#pragma GCC diagnostic pop
}

static enum import_wrong to_int(const struct column *c, str s, int64_t *v)
{
	unsigned w = 0;
	enum import_wrong wrong;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wswitch-enum"
	switch (c->type) {
	case SHEET_LAT:
	case SHEET_LON:
		wrong = decimal(s, 6, true, v);
		if (!wrong && (*v < -180000000 || *v > 180000000))
			wrong = IMPORT_range;
		return wrong;
	case SHEET_INT: return str_int(s, v) == OK ? IMPORT_right : IMPORT_number;
	case SHEET_CENTS:
	case SHEET_BP: return decimal(s, 2, false, v);
	case SHEET_HOURS: return worked_hours(s, v);
	case SHEET_MINUTES:
		if (hours_minutes(s, 24, v))
			return IMPORT_right;
		return str_int(s, v) == OK ? IMPORT_right : IMPORT_number;
	case SHEET_BOOL: return yes_no(s, v);
	case SHEET_HM: return hours_minutes(s, 23, v) ? IMPORT_right : IMPORT_hour;
	case SHEET_SET: return set(c->words, s, v);
	default:
		if (!word(c->words, s, &w))
			return IMPORT_choice;
		*v = (int64_t)w;
		return IMPORT_right;
	}
#pragma GCC diagnostic pop
}

enum import_wrong sheet_set(struct arena *a, const struct column *c, str text, void *row)
{
	enum import_wrong wrong = IMPORT_right;
	int64_t v = 0;
	if (c->type == SHEET_SKIPPED)
		return IMPORT_right;
	if (c->type == SHEET_DAY) {
		day d;
		wrong = a_day(text, &d);
		if (!wrong)
			memcpy((char *)row + c->at, &d, sizeof d);
		return wrong;
	}
	bool is_text = c->type == SHEET_RRULE || c->type == SHEET_DAYS ||
		       (c->type >= SHEET_TEXT && c->type <= SHEET_MAIL);
	if (is_text) {
		str s;
		wrong = to_text(a, c, text, &s);
		if (!wrong)
			memcpy((char *)row + c->at, &s, sizeof s);
		return wrong;
	}
	wrong = to_int(c, text, &v);
	if (!wrong && (c->min || c->max) && (v < c->min || v > c->max))
		wrong = IMPORT_range;
	if (!wrong && c->size == 4 && (v > INT32_MAX || v < INT32_MIN))
		wrong = IMPORT_range;
	if (!wrong)
		put_int(row, c, v);
	return wrong;
}
