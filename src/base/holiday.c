#include "base/holiday.h"

day holiday_easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
	int h = (19 * a + b - d - g + 15) % 30;
	int i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
	int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;
	return day_of(year, n / 31, n % 31 + 1);
}

/* month 0: `mday` days after Easter. */
static const struct fixed {
	int month, mday;
	int places; /* bits of holiday_place; 0: everywhere */
	const char *name;
} table[] = {
	{ 1, 1, 0, "Jour de l'an" },
	{ 0, -2, 1 << HOLIDAY_ALSACE_MOSELLE, "Vendredi saint" },
	{ 0, 1, 0, "Lundi de Pâques" },
	{ 4, 27, 1 << HOLIDAY_MAYOTTE, "Abolition de l'esclavage" },
	{ 5, 1, 0, "Fête du travail" },
	{ 5, 8, 0, "Victoire des alliés" },
	{ 0, 39, 0, "Ascension" },
	{ 0, 50, 0, "Lundi de Pentecôte" },
	{ 5, 22, 1 << HOLIDAY_MARTINIQUE, "Abolition de l'esclavage" },
	{ 5, 27, 1 << HOLIDAY_GUADELOUPE, "Abolition de l'esclavage" },
	{ 6, 10, 1 << HOLIDAY_GUYANE, "Abolition de l'esclavage" },
	{ 7, 14, 0, "Fête Nationale" },
	{ 8, 15, 0, "Assomption" },
	{ 11, 1, 0, "Toussaint" },
	{ 11, 11, 0, "Armistice" },
	{ 12, 20, 1 << HOLIDAY_REUNION, "Abolition de l'esclavage" },
	{ 12, 25, 0, "Noël" },
	{ 12, 26, 1 << HOLIDAY_ALSACE_MOSELLE, "Saint-Étienne" },
};

size_t holiday_year(enum holiday_place where, int year, struct holiday ret[HOLIDAYS_MAX])
{
	size_t n = 0;
	day easter = holiday_easter(year);
	for (size_t t = 0; t < sizeof table / sizeof *table; t++) {
		const struct fixed *f = &table[t];
		if (f->places && !(f->places >> (int)where & 1))
			continue;
		day d = f->month ? day_of(year, f->month, f->mday)
				 : day_add(easter, f->mday);
		/* Ascension can fall on 1 May, or before it: keep the order of days */
		size_t at = n++;
		for (; at > 0 && ret[at - 1].day.d > d.d; at--)
			ret[at] = ret[at - 1];
		ret[at] = (struct holiday){ d, f->name };
	}
	return n;
}

struct days holiday_set(struct arena *a, enum holiday_place where, int from, int to)
{
	struct days set = { 0 };
	for (int y = from; y <= to; y++) {
		struct holiday h[HOLIDAYS_MAX];
		size_t n = holiday_year(where, y, h);
		for (size_t i = 0; i < n; i++)
			if (!set.n || set.v[set.n - 1].d != h[i].day.d)
				*ARENA_PUSH(a, &set) = h[i].day;
	}
	return set;
}

enum holiday_place holiday_place_of(str departement)
{
	static const struct {
		const char *code;
		enum holiday_place place;
	} places[] = {
		{ "57", HOLIDAY_ALSACE_MOSELLE }, { "67", HOLIDAY_ALSACE_MOSELLE },
		{ "68", HOLIDAY_ALSACE_MOSELLE }, { "971", HOLIDAY_GUADELOUPE },
		{ "972", HOLIDAY_MARTINIQUE },    { "973", HOLIDAY_GUYANE },
		{ "974", HOLIDAY_REUNION },       { "976", HOLIDAY_MAYOTTE },
	};
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (str_eq(departement, str_of(places[i].code)))
			return places[i].place;
	return HOLIDAY_METROPOLE;
}
