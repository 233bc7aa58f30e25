/* Durations, shifts from now, counted periods and recurrences: see atom.h. */
#include "talk/atom.h"
#include "talk/num.h"

static bool in(const struct toks *t, size_t i, const char *list)
{
	return tok_in(t, i, list);
}

/* "une demi-heure", "trois quarts d'heure", "un quart d'heure", "une petite heure". */
static size_t odd_duration(const struct toks *t, size_t i, struct atom *x)
{
	int64_t v = 0;
	size_t j = num_read(t, i, &v);
	x->unit = UNIT_MINUTE;
	x->kind = AT_DUR;
	if (in(t, j, "quart|quarts|cart|quard") && in(t, j + 1, "d|de") &&
	    in(t, j + 2, "heure|heures")) {
		x->n = 15 * (j > i ? v : 1);
		return j + 3;
	}
	if (in(t, i, "troisquarts") && in(t, i + 1, "d|de") && in(t, i + 2, "heure")) {
		x->n = 45;
		return i + 3;
	}
	if (in(t, j, "quart|quarts") && in(t, j + 1, "heure")) {
		x->n = 15 * (j > i ? v : 1);
		return j + 2;
	}
	if (in(t, j, "demi|demie|demis|mi") && in(t, j + 1, "heure|heures|h")) {
		x->n = 30 * (j > i ? v : 1);
		x->one = true;
		return j + 2;
	}
	if (in(t, j, "demi|demie") && in(t, j + 1, "journee")) {
		x->n = 240;
		return j + 2;
	}
	if (in(t, j, "petite|bonne|grosse|grande") && in(t, j + 1, "heure|heures")) {
		x->n = 60 * (j > i ? v : 1);
		return j + 2;
	}
	return i;
}

/* "N unités", "une quinzaine (de jours)", "un an et demi", "2,5 h". */
static size_t duration(const struct toks *t, size_t i, struct atom *x)
{
	size_t j = odd_duration(t, i, x);
	if (j > i)
		return j;
	x->kind = AT_DUR;
	bool about = true;
	j = num_about(t, i, &x->n);
	if (j == i) {
		about = false;
		j = num_read(t, i, &x->n);
	}
	if (j == i)
		return i;
	size_t s = about && in(t, j, "de|d") ? j + 1 : j;
	while (in(t, s, "bonnes|petites|petits|longues|longs|pleines|bons"))
		s++;
	size_t k = atom_unit(t, s, &x->unit);
	if (k == s) {
		if (!about || (x->n != 15 && x->n != 8))
			return i;
		x->unit = UNIT_DAY; /* "une quinzaine" */
		return j;
	}
	if (in(t, s, "m") && !(s < t->n && t->v[s].glued))
		return i;
	x->one = in(t, i, "un|une");
	if (i < t->n && t->v[i].kind == TOK_NUM && t->v[i].v[1] > 0) { /* 1,5 h */
		int64_t mul = x->unit == UNIT_HOUR ? 60 : 1;
		if (mul == 60) {
			x->n = x->n * 60 + t->v[i].v[1] * 60 / 1000000;
			x->unit = UNIT_MINUTE;
			return k;
		}
	}
	int64_t extra = 0;
	bool compact = k < t->n && t->v[k].glued && t->v[k].kind == TOK_NUM &&
		       in(t, s, "h") && t->v[k].v[0] < 60;
	if (x->unit == UNIT_HOUR && compact) {
		x->n = x->n * 60 + t->v[k].v[0];
		x->unit = UNIT_MINUTE;
		return in(t, k + 1, "minutes|m") ? k + 2 : k + 1;
	}
	if (x->unit == UNIT_HOUR) {
		size_t e = in(t, k, "et") ? k + 1 : k;
		x->n *= 60;
		x->unit = UNIT_MINUTE;
		x->has_min = false;
		if (in(t, e, "demie|demi|quart")) {
			x->n += in(t, e, "quart") ? 15 : 30;
			return e + 1;
		}
		if (in(t, e, "trois") && in(t, e + 1, "quarts|quart")) {
			x->n += 45;
			return e + 2;
		}
		size_t q = num_read(t, e, &extra);
		if (q > e && extra < 60 && in(t, q, "minutes|minute")) {
			x->n += extra;
			return q + 1;
		}
		return k;
	}
	if (in(t, k, "et") && in(t, k + 1, "demi|demie")) {
		if (x->unit == UNIT_YEAR) {
			x->n = x->n * 12 + 6;
			x->unit = UNIT_MONTH;
		} else if (x->unit == UNIT_MONTH) {
			x->n = x->n * 30 + 15;
			x->unit = UNIT_DAY;
		} else if (x->unit == UNIT_DAY) {
			x->n = x->n * 1440 + 720;
			x->unit = UNIT_MINUTE;
		}
		return k + 2;
	}
	return k;
}

/* "3 prochains jours", "les deux dernières semaines", "prochaines 3 semaines". */
static size_t next_n(const struct toks *t, size_t i, struct atom *x)
{
	static const char later[] =
		"prochain|prochains|prochaine|prochaines|suivants|suivantes";
	static const char past[] = "dernier|derniers|derniere|dernieres";
	int64_t v = 0;
	size_t j = num_read(t, i, &v);
	if (j == i)
		j = num_about(t, i, &v);
	bool next = in(t, j, later), last = in(t, j, past);
	if (j > i && (next || last)) {
		size_t k = atom_unit(t, j + 1, &x->unit);
		if (k == j + 1)
			return i;
		x->kind = AT_NEXTN;
		x->n = next ? v : -v;
		return k;
	}
	if (j == i && (next || last)) {
		size_t k = num_read(t, j + 1, &v);
		size_t e = k > j + 1 ? atom_unit(t, k, &x->unit) : k;
		if (e == k)
			return i;
		x->kind = AT_NEXTN;
		x->n = next ? v : -v;
		return e;
	}
	size_t e = j > i ? atom_unit(t, j, &x->unit) : j;
	if (e > j &&
	    (in(t, e, "suivants|suivantes") || in(t, e, "precedents|precedentes"))) {
		x->kind = AT_NEXTN;
		x->n = in(t, e, "suivants|suivantes") ? v : -v;
		return e + 1;
	}
	return i;
}

static size_t shift(const struct toks *t, size_t i, struct atom *x)
{
	size_t s = i;
	int sign = 0;
	if (in(t, i, "dans|dici") && !in(t, i + 1, "la|le|l|les"))
		sign = 1, s = i + 1;
	else if (in(t, i, "il") && in(t, i + 1, "y") && in(t, i + 2, "a|aura|avait"))
		sign = -1, s = i + 3;
	while (sign && in(t, s, "a|de|environ|a_peu_pres|bientot|deja|peu|pres|moins|a"))
		s++;
	struct atom d = { 0 };
	size_t j = duration(t, s, &d);
	if (j == s)
		return i;
	if (sign == 0) {
		if (in(t, j, "plus") && in(t, j + 1, "tard|tot"))
			sign = in(t, j + 1, "tard") ? 1 : -1, j += 2;
		else if (in(t, j, "apres|avant") &&
			 (j + 1 >= t->n || t->v[j + 1].kind != TOK_WORD))
			sign = in(t, j, "apres") ? 1 : -1, x->le = true, j += 1;
		else
			return i;
		x->second = 1; /* told after the fact: "plus tard" */
	}
	x->kind = AT_SHIFT;
	x->n = d.n * sign;
	x->unit = d.unit;
	if (x->unit == UNIT_MINUTE && d.n % 60 == 0 && !in(t, j - 1, "minutes|minute") &&
	    d.n >= 60) {
		x->unit = UNIT_HOUR;
		x->n /= 60;
	}
	return j;
}

size_t atom_span(const struct toks *t, size_t i, struct atom *x)
{
	size_t j = next_n(t, i, x);
	if (j == i)
		j = shift(t, i, x);
	if (j == i)
		j = duration(t, i, x);
	return j;
}

/* Weekdays after "tous les": "lundis et jeudis", "mardis, jeudis". */
static size_t wday_list(const struct toks *t, size_t i, unsigned *days)
{
	size_t j = i;
	while (atom_day_name(t, j)) {
		*days |= 1u << (atom_day_name(t, j) - 1);
		size_t k = j + 1, s = k;
		while (s < t->n && (t->v[s].kind == TOK_COMMA || t->v[s].kind == TOK_PLUS ||
				    in(t, s, "et|les|le|puis|tous|ou")))
			s++;
		if (!atom_day_name(t, s) || atom_mday(t, s + 1, &(int){ 0 }) > s + 1)
			return k;
		j = s;
	}
	return j;
}

static size_t one_out_of(const struct toks *t, size_t i, struct atom *x)
{
	if (!in(t, i, "un|une|1"))
		if (!(i < t->n && t->v[i].kind == TOK_NUM && t->v[i].v[0] == 1))
			return i;
	int64_t v = 0;
	size_t j = i + 1;
	int w = atom_day_name(t, j);
	bool part = in(t, j, "matin|soir|nuit|apresmidi|midi");
	size_t k = w || part ? j + 1 : atom_unit(t, j, &x->unit);
	if (k == j)
		return i;
	bool slash = k < t->n && t->v[k].kind == TOK_SLASH;
	if (!slash && !in(t, k, "sur"))
		return i;
	size_t e = num_read(t, k + 1, &v);
	if (e == k + 1 || v < 2)
		return i;
	x->n = v;
	if (w) {
		x->wdays = 1u << (w - 1);
		x->unit = UNIT_WEEK;
	} else if (part) {
		x->unit = UNIT_DAY;
		x->part = in(t, j, "matin")       ? PART_MATIN
			  : in(t, j, "soir")      ? PART_SOIR
			  : in(t, j, "midi")      ? PART_MIDI
			  : in(t, j, "apresmidi") ? PART_APRESMIDI
						  : PART_NUIT;
	}
	return e;
}

static enum day_part daily_part(const struct toks *t, size_t i)
{
	return in(t, i, "matin|matins|matinees|matinee") ? PART_MATIN
	       : in(t, i, "midi|midis")                  ? PART_MIDI
	       : in(t, i, "apresmidi")                   ? PART_APRESMIDI
	       : in(t, i, "soir|soirs|soirees|soiree")   ? PART_SOIR
	       : in(t, i, "nuit|nuits")                  ? PART_NUIT
							 : PART_NONE;
}

/* "tous les ..." and "chaque ...". */
static size_t all_the(const struct toks *t, size_t i, struct atom *x)
{
	size_t s = i;
	if (in(t, i, "chaque|chaques"))
		s = i + 1;
	else if (in(t, i, "tous|toutes|tout|toute") && in(t, i + 1, "les|le"))
		s = i + 2;
	else
		return i;
	if (in(t, s, "saint"))
		s++;
	int64_t v = 1;
	size_t j = num_read(t, s, &v);
	if (j == s)
		v = 1;
	size_t o =
		num_ordinal(t, s, &v); /* "tous les premiers lundis du mois" is an AT_NTH */
	if (o > s || in(t, s, "derniers"))
		return i;
	x->n = v;
	unsigned days = 0;
	size_t k = wday_list(t, j, &days);
	if (k > j) {
		x->wdays = days;
		x->unit = UNIT_WEEK;
		return k;
	}
	enum day_part p = daily_part(t, j);
	if (p) {
		x->unit = UNIT_DAY;
		x->part = p;
		k = j + 1;
		if (in(t, k, "de|du") && in(t, k + 1, "la") && in(t, k + 2, "semaine")) {
			x->wdays = WDAYS_WORK;
			x->unit = UNIT_WEEK;
			k += 3;
		}
		return k;
	}
	if (in(t, j, "weekend")) {
		x->unit = UNIT_WEEK;
		x->wdays = 0x60;
		return j + 1;
	}
	k = atom_unit(t, j, &x->unit);
	if (k == j || x->unit < UNIT_HOUR)
		return i;
	if (in(t, i, "tout|toute"))
		return i; /* "toute la journée" */
	if (x->unit == UNIT_DAY && v == 15) {
		x->unit = UNIT_WEEK;
		x->n = 2;
	} else if (x->unit == UNIT_DAY && v == 8) {
		x->unit = UNIT_WEEK;
		x->n = 1;
	}
	if (x->unit == UNIT_DAY && in(t, k, "ouvres|ouvrables|ouvre|ouvrable|travailles")) {
		x->unit = UNIT_WEEK;
		x->wdays = in(t, k, "ouvrables|ouvrable") ? 0x3f : WDAYS_WORK;
		k++;
	} else if (x->unit == UNIT_DAY && in(t, k, "de|en") &&
		   (in(t, k + 1, "semaine") ||
		    (in(t, k + 1, "la") && in(t, k + 2, "semaine")))) {
		x->unit = UNIT_WEEK;
		x->wdays = WDAYS_WORK;
		k += in(t, k + 1, "semaine") ? 2 : 3;
	} else if (x->unit == UNIT_DAY && in(t, k, "que") && in(t, k + 1, "dieu")) {
		k += 3;
	}
	return k;
}

static size_t adverb(const struct toks *t, size_t i, struct atom *x)
{
	static const struct {
		const char *words;
		enum atom_unit u;
	} adverbs[] = { { "quotidien|quotidienne|quotidiens|quotidiennes|quotidiennement|"
			  "journalier|"
			  "journaliere|quotidienement",
			  UNIT_DAY },
			{ "hebdomadaire|hebdomadaires|hebdo|hebdomadairement", UNIT_WEEK },
			{ "mensuel|mensuelle|mensuels|mensuellement", UNIT_MONTH },
			{ "annuel|annuelle", UNIT_YEAR } };
	x->n = 1;
	for (size_t k = 0; k < sizeof adverbs / sizeof *adverbs; k++)
		if (in(t, i, adverbs[k].words)) {
			x->unit = adverbs[k].u;
			return i + 1;
		}
	if (i < t->n && t->v[i].kind == TOK_DAYS && t->v[i].v[0] == t->v[i].v[1]) {
		x->unit = UNIT_DAY;
		return i + 1;
	}
	int64_t a = 0, b = 0;
	size_t j = num_read(t, i, &a);
	if (j > i && in(t, j, "jour|jours") && in(t, j + 1, "sur")) {
		size_t k = num_read(t, j + 2, &b);
		if (k > j + 2 && a == b && a == 7) {
			x->unit = UNIT_DAY;
			return k;
		}
	}
	bool quinz = in(t, i, "bimensuel|bimensuelle|bihebdomadaire");
	if (quinz) {
		x->unit = UNIT_WEEK;
		x->n = 2;
		return i + 1;
	}
	size_t w = i + (in(t, i, "en") ? 1 : 0) +
		   (in(t, i, "les") || in(t, i, "pendant") ? 1 : 0);
	if (in(t, i, "pendant") && in(t, i + 1, "la"))
		w = i + 2;
	if (w > i && in(t, w, "semaine") && in(t, w - 1, "en|la") &&
	    !in(t, w + 1, "prochaine|derniere|suivante|du|de|des|qui")) {
		x->unit = UNIT_WEEK;
		x->wdays = WDAYS_WORK;
		return w + 1;
	}
	if (in(t, i, "jours") && in(t, i + 1, "ouvres|ouvrables|ouvre|ouvrable")) {
		x->unit = UNIT_WEEK;
		x->wdays = WDAYS_WORK;
		return i + 2;
	}
	if (in(t, i, "les|le") && in(t, i + 1, "weekend") && in(t, i, "les")) {
		x->unit = UNIT_WEEK;
		x->wdays = 0x60;
		return i + 2;
	}
	return i;
}

/* "N fois par semaine", "deux matins par semaine", "par jour", "3 fois la semaine". */
static size_t times_per(const struct toks *t, size_t i, struct atom *x)
{
	int64_t v = 0;
	size_t j = num_read(t, i, &v);
	x->kind = AT_TIMES;
	if (j > i) {
		enum day_part p = daily_part(t, j);
		if (!in(t, j,
			"fois|x|foi|passages|visites|jours|jour|seances|interventions") &&
		    !p)
			return i;
		size_t k = j + 1;
		while (in(t, k, "fixes|au|minimum|maximum"))
			k++;
		if (in(t, k, "par|dans|sur|pars") ||
		    (in(t, k, "la|le") && !in(t, k + 1, "toilette|menage")))
			k++;
		while (in(t, k, "la|le|l"))
			k++;
		size_t e = atom_unit(t, k, &x->unit);
		if (e == k || x->unit < UNIT_DAY || k == j + 1)
			return i;
		x->n = v;
		x->part = p;
		return e;
	}
	if (in(t, i, "par|/")) {
		size_t e = atom_unit(t, i + 1, &x->unit);
		if (e == i + 1 || x->unit < UNIT_DAY)
			return i;
		x->n = 0;
		return e;
	}
	if (i < t->n && t->v[i].kind == TOK_SLASH) {
		size_t e = atom_unit(t, i + 1, &x->unit);
		if (e > i + 1 && x->unit >= UNIT_DAY) {
			x->n = 0;
			return e;
		}
	}
	return i;
}

static size_t month_after(const struct toks *t, size_t k, struct atom *x)
{
	size_t s = k;
	while (in(t, s, "du|de|d|le|chaque|tous|les|ce|cette|la|l|au|en"))
		s++;
	if (s == k)
		return k;
	bool each = in(t, s - 1, "chaque|les");
	if (atom_month_name(t, s)) {
		x->m = atom_month_name(t, s);
		int64_t y = 0;
		size_t e = num_read(t, s + 1, &y);
		if (e > s + 1 && y > 1900 && y < 2200)
			return x->y = (int)y, e;
		return s + 1;
	}
	if (in(t, s, "mois")) {
		s++;
		x->habit = true; /* "du mois": recurs unless a month is named */
		if (in(t, s, "prochain|suivant"))
			return x->minute = 1, x->habit = false, s + 1;
		if (in(t, s, "dernier|passe"))
			return x->minute = -1, x->habit = false, s + 1;
		if (in(t, k + 1, "ce"))
			x->habit = false;
		return s;
	}
	if (in(t, s, "semaine") && !each)
		return k;
	return k;
}

/* "le premier lundi du mois", "dernier jour d'octobre 2015", "le 10 de chaque mois". */
static size_t nth(const struct toks *t, size_t i, struct atom *x)
{
	int64_t v = 0;
	x->kind = AT_NTH;
	size_t s = i;
	if (in(t, i, "tous|toutes|chaque"))
		s = in(t, i + 1, "les") ? i + 2 : i + 1;
	size_t j = num_ordinal(t, s, &v);
	if (j == s && in(t, s, "dernier|derniere|derniers|dernieres"))
		v = -1, j = s + 1;
	if (j == s && in(t, s, "avant") && in(t, s + 1, "dernier"))
		v = -2, j = s + 2;
	if (j > s &&
	    in(t, j, "et")) { /* "le premier et troisième lundi" is left to the reader */
		int64_t v2 = 0;
		size_t k = num_ordinal(t, in(t, j + 1, "le") ? j + 2 : j + 1, &v2);
		if (k > j + 1 && atom_day_name(t, k)) {
			x->second = (int)v2;
			j = k;
		}
	}
	if (j > s) {
		int w = atom_day_name(t, j);
		bool unit = in(t, j, "jour|semaine");
		if (in(t, j, "trimestre")) {
			int64_t y = 0;
			size_t q = in(t, j + 1, "de|en") ? j + 2 : j + 1,
			       e = num_read(t, q, &y);
			x->kind = AT_PERIOD;
			x->unit = UNIT_QUARTER;
			x->d = v < 1 ? 4 : (int)v;
			x->y = e > q && y > 1900 && y < 2200 ? (int)y : 0;
			return v > 4 ? i : x->y ? e : j + 1;
		}
		if (in(t, j, "quinzaine")) {
			x->unit = UNIT_QUARTER; /* half a month */
		} else if (w) {
			x->wdays = 1u << (w - 1);
		} else if (unit) {
			x->unit = in(t, j, "jour") ? UNIT_DAY : UNIT_WEEK;
		} else {
			return i;
		}
		size_t e = month_after(t, j + 1, x);
		if (e == j + 1)
			return i;
		x->n = v;
		return e;
	}
	int d = 0;
	j = atom_mday(t, s, &d);
	if (j == s || !((in(t, j, "de|du") && in(t, j + 1, "chaque|mois")) ||
			(in(t, j, "tous") && in(t, j + 1, "les") && in(t, j + 2, "mois")) ||
			in(t, j, "chaque")))
		return i;
	if (in(t, j, "du|de") && in(t, j + 1, "mois") && in(t, j + 2, "de|d|prochain"))
		return i;
	size_t e = month_after(t, in(t, j, "chaque|tous") ? j - 1 : j, x);
	if (in(t, j, "chaque"))
		e = in(t, j + 1, "mois") ? j + 2 : i;
	else if (in(t, j, "tous"))
		e = j + 3;
	if (e <= j)
		return i;
	x->d = d;
	x->habit = true;
	return e;
}

size_t atom_every(const struct toks *t, size_t i, struct atom *x)
{
	struct atom fresh = *x;
	static size_t (*const readers[])(const struct toks *, size_t, struct atom *) = {
		nth, one_out_of, all_the, times_per, adverb,
	};
	for (size_t k = 0; k < sizeof readers / sizeof *readers; k++) {
		*x = fresh;
		x->kind = AT_EVERY;
		size_t j = readers[k](t, i, x);
		if (j > i)
			return j;
	}
	*x = fresh;
	return i;
}
