/* Dates, weekdays, feasts and periods: see atom.h. */
#include "talk/atom.h"
#include "talk/num.h"

#include <string.h>

static int name_index(const struct toks *t, size_t i, const char *const *names, int n)
{
	for (int k = 0; k < n; k++)
		if (tok_in(t, i, names[k]))
			return k + 1;
	return 0;
}

int atom_month_name(const struct toks *t, size_t i)
{
	static const char *const names[] = { "janvier|jan", "fevrier",  "mars",
					     "avril",       "mai",      "juin",
					     "juillet|jul", "aout",     "septembre|sep",
					     "octobre",     "novembre", "decembre" };
	int m = name_index(t, i, names, 12);
	if (!m && tok_is(t, i, "sept") && i && (t->v[i - 1].kind == TOK_NUM))
		m = 9;
	return m;
}

int atom_day_name(const struct toks *t, size_t i)
{
	static const char *const names[] = { "lundi|lundis",       "mardi|mardis",
					     "mercredi|mercredis", "jeudi|jeudis",
					     "vendredi|vendredis", "samedi|samedis",
					     "dimanche|dimanches" };
	return name_index(t, i, names, 7);
}

size_t atom_unit(const struct toks *t, size_t i, enum atom_unit *ret)
{
	static const struct {
		const char *words;
		enum atom_unit u;
	} units[] = {
		{ "seconde|secondes", UNIT_SECOND },
		{ "minute|minutes|m", UNIT_MINUTE },
		{ "heure|heures|h", UNIT_HOUR },
		{ "jour|jours|journee|journees|j|nuit|nuits", UNIT_DAY },
		{ "semaine|semaines", UNIT_WEEK },
		{ "mois", UNIT_MONTH },
		{ "trimestre|trimestres", UNIT_QUARTER },
		{ "an|ans|annee|annees", UNIT_YEAR },
		{ "weekend", UNIT_WEEKEND },
	};
	if (i < t->n && t->v[i].kind == TOK_OTHER && str_eq(t->v[i].text, S("'"))) {
		*ret = UNIT_MINUTE;
		return i + 1;
	}
	if (i < t->n && t->v[i].kind == TOK_OTHER && str_eq(t->v[i].text, S("\""))) {
		*ret = UNIT_SECOND;
		return i + 1;
	}
	for (size_t k = 0; k < sizeof units / sizeof *units; k++)
		if (tok_in(t, i, units[k].words)) {
			*ret = units[k].u;
			return i + 1;
		}
	return i;
}

size_t atom_mday(const struct toks *t, size_t i, int *ret)
{
	int64_t v = 0;
	if (i >= t->n || (t->v[i].kind == TOK_NUM && t->v[i].v[1] > 0))
		return i;
	size_t j = num_ordinal(t, i, &v);
	if (j > i && v > 1 && t->v[i].kind == TOK_WORD)
		return i; /* "le deuxième lundi" is no day of the month */
	if (j == i)
		j = num_read(t, i, &v);
	if (j == i || v < 1 || v > 31 || tok_in(t, i, "un|une"))
		return i;
	*ret = (int)v;
	return j;
}

static size_t year_after(const struct toks *t, size_t i, int *ret)
{
	int64_t v = 0;
	size_t s = tok_is(t, i, "en") || tok_is(t, i, "de") ? i + 1 : i;
	size_t j = num_read(t, s, &v);
	if (j == s)
		return i;
	if (v >= 1900 && v <= 2200) {
		*ret = (int)v;
		return j;
	}
	bool era = tok_in(t, j, "p|ap|apres");
	bool bare =
		j >= t->n || t->v[j].kind == TOK_STOP || t->v[j].kind == TOK_COMMA || era;
	if (t->v[s].kind == TOK_NUM && t->v[s].v[2] == 2 && bare && s == i) {
		*ret = (int)(era ? v : v < 50 ? 2000 + v : 1900 + v);
		return j;
	}
	return i;
}

/* A date whose numbers are all there: day month [year] in letters or figures. */
static size_t full_date(const struct toks *t, size_t i, struct atom *x)
{
	if (i >= t->n)
		return i;
	if (t->v[i].kind == TOK_DATE || t->v[i].kind == TOK_ISO) {
		x->d = (int)t->v[i].v[0];
		x->m = (int)t->v[i].v[1];
		x->y = t->v[i].v[2] > 0 ? (int)t->v[i].v[2] : 0;
		bool us = x->m > 12 && x->d <= 12; /* 4/18: not French; refuse */
		return us || x->m < 1 || x->m > 12 || x->d < 1 || x->d > 31 ? i : i + 1;
	}
	int d = 0;
	int64_t odd = 0;
	size_t j = atom_mday(t, i, &d);
	if (j == i && num_read(t, i, &odd) == i + 1 && t->v[i].kind == TOK_NUM &&
	    odd > 31 && odd < 100 &&
	    atom_month_name(t, i + 1)) { /* "32 août": a date that is none */
		x->bad = true;
		x->m = atom_month_name(t, i + 1);
		return year_after(t, i + 2, &x->y);
	}
	if (j == i)
		return i;
	size_t k = tok_in(t, j, "du|de") && tok_is(t, j + 1, "mois") &&
				   tok_in(t, j + 2, "de|d")
			   ? j + 3
			   : j;
	if (j < t->n && t->v[j].kind == TOK_DASH && atom_month_name(t, j + 1))
		k = j + 1;
	if (tok_in(t, k, "de|d") && atom_month_name(t, k + 1))
		k++;
	int m = atom_month_name(t, k);
	if (!m)
		return i;
	x->d = d;
	x->m = m;
	k++;
	return year_after(t, k, &x->y);
}

/* "le 15", "vendredi 15", "au 15": not "15 h", "15 jours". */
static size_t lone_day(const struct toks *t, size_t i, struct atom *x, bool after_wday)
{
	int d = 0;
	size_t j = atom_mday(t, i, &d);
	enum atom_unit u;
	if (j == i || atom_unit(t, j, &u) > j ||
	    tok_in(t, j,
		   "fois|euros|euro|pour|personnes|sur|premiers|premieres|derniers|"
		   "dernieres|prochains|prochaines|visites|passages|demi"))
		return i;
	if (t->v[i].kind == TOK_WORD && tok_in(t, i, "premier|un|deux|trois|six|neuf") &&
	    !after_wday && tok_is(t, i, "premier"))
		return i;
	if (j < t->n && (t->v[j].kind == TOK_OTHER || t->v[j].kind == TOK_CLOCK))
		return t->v[j].kind == TOK_CLOCK ? (x->d = d, j) : i;
	bool article = i && tok_in(t, i - 1, "le|au|du|les");
	if (!after_wday && !article)
		return i;
	x->d = d;
	return j;
}

size_t atom_date(const struct toks *t, size_t i, struct atom *x)
{
	x->kind = AT_DATE;
	int w = atom_day_name(t, i);
	size_t j = w ? i + 1 : i;
	if (w && j < t->n && t->v[j].kind == TOK_COMMA && str_eq(t->v[j].raw, S(",")))
		j++;
	size_t s = tok_is(t, j, "le") && w ? j + 1 : j;
	size_t k = full_date(t, s, x);
	if (k == s && w && t->v[j - 1].kind == TOK_WORD) {
		k = lone_day(t, s, x, true);
	} else if (k == s) {
		k = lone_day(t, s, x, false);
	}
	if (k == s)
		return i;
	if (w)
		x->wdays = 1u << (w - 1);
	bool leap_ok = x->m == 2 && x->d == 29 && x->y == 0;
	if (x->m && !leap_ok && !civil_valid(x->y ? x->y : 2001, x->m, x->d))
		x->bad = true;
	return k;
}

/* "mardi prochain", "mardi en huit", "mardi de la semaine prochaine". */
static size_t wday_mod(const struct toks *t, size_t j, struct atom *x)
{
	if (tok_in(t, j, "prochain|prochains|suivant|prochaine|procain")) {
		x->next = true;
		x->wmod = tok_is(t, j, "suivant") ? -1 : 0;
		return j + 1;
	}
	if (tok_in(t, j, "dernier|passe|derniers|derniere|precedent")) {
		x->last = true;
		return j + 1;
	}
	if (tok_is(t, j, "qui") && tok_in(t, j + 1, "vient|arrive|suit")) {
		x->next = true;
		return j + 2;
	}
	if (tok_in(t, j, "d|de") && tok_in(t, j + 1, "apres|avant")) {
		x->next = tok_is(t, j + 1, "apres");
		x->last = !x->next;
		if (x->next)
			x->wmod = -1; /* "mercredi d'après": the one of next week */
		return j + 2;
	}
	int64_t v = 0;
	if (tok_in(t, j, "en")) {
		size_t k = num_read(t, j + 1, &v);
		enum atom_unit u;
		if (k > j + 1 && (v == 8 || v == 15) && atom_unit(t, k, &u) == k) {
			x->wmod = v == 8 ? 1 : 2;
			return k;
		}
	}
	return j;
}

size_t atom_wday(const struct toks *t, size_t i, struct atom *x)
{
	x->kind = AT_WDAY;
	size_t s = i;
	if (tok_in(t, i, "prochain|dernier") && atom_day_name(t, i + 1)) {
		x->next = tok_is(t, i, "prochain");
		x->last = !x->next;
		s = i + 1;
	}
	int w = atom_day_name(t, s);
	if (!w)
		return i;
	x->wdays = 1u << (w - 1);
	x->habit = t->v[s].text.p[t->v[s].text.n - 1] == 's';
	return wday_mod(t, s + 1, x);
}

static const struct {
	const char *words;
	enum feast f;
	int shift;
} feasts[] = {
	{ "reveillon de noel", FEAST_NOEL, -1 },
	{ "veille de noel", FEAST_NOEL, -1 },
	{ "lendemain de noel", FEAST_NOEL, 1 },
	{ "noel", FEAST_NOEL, 0 },
	{ "jour de l an", FEAST_JOUR_DE_L_AN, 0 },
	{ "nouvel an", FEAST_JOUR_DE_L_AN, 0 },
	{ "premier de l an", FEAST_JOUR_DE_L_AN, 0 },
	{ "reveillon du nouvel an", FEAST_SYLVESTRE, 0 },
	{ "reveillon du jour de l an", FEAST_SYLVESTRE, 0 },
	{ "veille du nouvel an", FEAST_SYLVESTRE, 0 },
	{ "veille du jour de l an", FEAST_SYLVESTRE, 0 },
	{ "saint sylvestre", FEAST_SYLVESTRE, 0 },
	{ "st sylvestre", FEAST_SYLVESTRE, 0 },
	{ "reveillon", FEAST_SYLVESTRE, 0 },
	{ "fete du travail", FEAST_TRAVAIL, 0 },
	{ "fete nationale", FEAST_NATIONALE, 0 },
	{ "assomption", FEAST_ASSOMPTION, 0 },
	{ "toussaint", FEAST_TOUSSAINT, 0 },
	{ "jour des morts", FEAST_TOUSSAINT, 1 },
	{ "fete des morts", FEAST_TOUSSAINT, 1 },
	{ "armistice", FEAST_ARMISTICE, 0 },
	{ "lundi de paques", FEAST_PAQUES, 1 },
	{ "dimanche de paques", FEAST_PAQUES, 0 },
	{ "vendredi saint", FEAST_PAQUES, -2 },
	{ "jeudi saint", FEAST_PAQUES, -3 },
	{ "samedi saint", FEAST_PAQUES, -1 },
	{ "dimanche des rameaux", FEAST_PAQUES, -7 },
	{ "rameaux", FEAST_PAQUES, -7 },
	{ "mardi gras", FEAST_PAQUES, -47 },
	{ "mercredi des cendres", FEAST_PAQUES, -46 },
	{ "paques", FEAST_PAQUES, 0 },
	{ "jeudi de l ascension", FEAST_PAQUES, 39 },
	{ "ascension", FEAST_PAQUES, 39 },
	{ "lundi de pentecote", FEAST_PAQUES, 50 },
	{ "lundi de la pentecote", FEAST_PAQUES, 50 },
	{ "pentecote", FEAST_PAQUES, 49 },
	{ "epiphanie", FEAST_EPIPHANIE, 0 },
	{ "fete des rois", FEAST_EPIPHANIE, 0 },
	{ "jour des rois", FEAST_EPIPHANIE, 0 },
	{ "chandeleur", FEAST_CHANDELEUR, 0 },
	{ "saint valentin", FEAST_VALENTIN, 0 },
	{ "st valentin", FEAST_VALENTIN, 0 },
	{ "halloween", FEAST_HALLOWEEN, 0 },
	{ "fete des meres", FEAST_MERES, 0 },
	{ "fete des mamans", FEAST_MERES, 0 },
	{ "fete des peres", FEAST_PERES, 0 },
	{ "fete de la musique", FEAST_MUSIQUE, 0 },
};

static size_t words_at(const struct toks *t, size_t i, const char *words)
{
	str rest = str_of(words);
	size_t j = i;
	while (rest.n) {
		str w = str_cut(&rest, ' ');
		if (j >= t->n || t->v[j].kind != TOK_WORD || !str_eq(t->v[j].text, w))
			return i;
		j++;
	}
	return j;
}

size_t atom_feast(const struct toks *t, size_t i, struct atom *x)
{
	size_t s = i;
	bool soir = false;
	if (tok_in(t, i, "soir|jour|journee|fete|matin") && tok_in(t, i + 1, "de|du|d")) {
		soir = tok_is(t, i, "soir");
		s = i + 2;
		while (tok_in(t, s, "la|l|le"))
			s++;
	}
	for (int pass = 0; pass < 2; pass++, s = i) {
		for (size_t k = 0; k < sizeof feasts / sizeof *feasts; k++) {
			size_t j = words_at(t, s, feasts[k].words);
			if (j == s)
				continue;
			x->kind = AT_FEAST;
			x->n = (int64_t)feasts[k].f * 1000 + feasts[k].shift;
			if (soir && pass == 0)
				x->part = PART_SOIR;
			return year_after(t, j, &x->y);
		}
	}
	return i;
}

static size_t sub_before(const struct toks *t, size_t i, enum sub_part *sub)
{
	if (!tok_in(t, i, "debut|milieu|fin|mi|courant"))
		return i;
	*sub = tok_is(t, i, "debut") ? SUB_EARLY : tok_is(t, i, "fin") ? SUB_LATE : SUB_MID;
	if (tok_is(t, i, "courant"))
		*sub = SUB_NONE;
	size_t j = i + 1;
	while (tok_in(t, j, "de|du|d|la|le|l|ce|cette|cet"))
		j++;
	if (tok_is(t, j, "mois") && tok_in(t, j + 1, "de|d"))
		j += 2;
	return j;
}

static int season(const struct toks *t, size_t i)
{
	return tok_in(t, i, "printemps") ? 1
	       : tok_is(t, i, "ete") && i &&
			       tok_in(t, i - 1, "l|cet|en|d|prochain|dernier") &&
			       !tok_in(t, i - 1, "a")
		       ? 2
	       : tok_in(t, i, "automne") ? 3
	       : tok_in(t, i, "hiver")   ? 4
					 : 0;
}

static size_t period_mod(const struct toks *t, size_t j, struct atom *x)
{
	if (tok_in(t, j, "prochain|prochaine|suivant|suivante|prochains|prochaines")) {
		x->n = 1;
		x->next = true;
		return j + 1;
	}
	if (tok_in(t, j, "dernier|derniere|passe|passee|precedent|precedente")) {
		x->n = -1;
		x->last = true;
		return j + 1;
	}
	if (tok_in(t, j, "d") && tok_in(t, j + 1, "apres|avant")) {
		x->n = tok_is(t, j + 1, "apres") ? 1 : -1;
		return j + 2;
	}
	if ((tok_is(t, j, "qui") && tok_in(t, j + 1, "vient|arrive|suit")) ||
	    (tok_is(t, j, "a") && tok_is(t, j + 1, "venir"))) {
		x->n = 1;
		x->next = true;
		return j + 2;
	}
	if (tok_is(t, j, "en") && tok_is(t, j + 1, "cours"))
		return j + 2;
	if (tok_is(t, j, "ci"))
		return j + 1;
	return j;
}

size_t atom_period(const struct toks *t, size_t i, struct atom *x)
{
	x->kind = AT_PERIOD;
	size_t s = sub_before(t, i, &x->sub);
	bool before_next = tok_in(t, s, "prochain|prochaine"),
	     before_last = tok_in(t, s, "derniere|dernier");
	size_t p = before_next || before_last ? s + 1 : s;
	int m = atom_month_name(t, p);
	if (m) {
		bool ok = s > i || p == 0 || t->v[p].text.n > 3 ||
			  tok_in(t, p - 1, "en|mois|de|d");
		if (!ok || (m == 3 && tok_is(t, p - 1, "planete")))
			return i;
		x->unit = UNIT_MONTH;
		x->m = m;
		size_t j = year_after(t, p + 1, &x->y);
		return j > p + 1 ? j : period_mod(t, p + 1, x);
	}
	if (season(t, p)) {
		x->unit = UNIT_SEASON;
		x->m = season(t, p);
		return period_mod(t, p + 1, x);
	}
	int64_t y = 0;
	size_t yj = num_read(t, p, &y);
	if (yj > p && y >= 1900 && y <= 2100 && p && tok_in(t, p - 1, "en|annee|an|de")) {
		x->unit = UNIT_YEAR;
		x->y = (int)y;
		return yj;
	}
	size_t j = atom_unit(t, p, &x->unit);
	if (j == p || x->unit < UNIT_WEEK)
		return i;
	if (x->unit == UNIT_MONTH && (t->v[p].text.n < 4))
		return i;
	int named = tok_in(t, j, "de|d") ? atom_month_name(t, j + 1) : 0;
	if (x->unit == UNIT_MONTH && named) { /* "le mois de juillet" */
		x->m = named;
		size_t after = year_after(t, j + 2, &x->y);
		return after > j + 2 ? after : period_mod(t, j + 2, x);
	}
	size_t k = period_mod(t, j, x);
	if (before_next)
		x->n = 1, x->next = true;
	if (before_last)
		x->n = -1, x->last = true;
	bool det = p && tok_in(t, p - 1, "ce|cette|cet|la|le|l|du|se|au|mon|du|de");
	bool weak = k == j && !before_next && !before_last && s == i;
	if (weak && !det && x->unit != UNIT_WEEKEND)
		return i;
	return k;
}
