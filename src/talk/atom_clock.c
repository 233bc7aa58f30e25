/* Clock times and parts of the day: see atom.h. */
#include "talk/atom.h"
#include "talk/num.h"

#include <string.h>

static bool is_hour_word(const struct toks *t, size_t i)
{
	return tok_in(t, i, "heure|heures|h|eure|eures");
}

/* "et quart", "et demie", "moins le quart", "trois quarts", "moins cinq", "vingt". */
static size_t minutes_after(const struct toks *t, size_t i, int *minutes)
{
	int64_t v = 0;
	size_t j = tok_is(t, i, "et") ? i + 1 : i;
	if (tok_in(t, j, "quart|quard|car|cart|1/4")) {
		*minutes = 15;
		return j + 1;
	}
	if (tok_in(t, j, "un") && tok_is(t, j + 1, "quart")) {
		*minutes = 15;
		return j + 2;
	}
	if (tok_in(t, j, "demie|demi|demis|demies")) {
		*minutes = 30;
		return j + 1;
	}
	if (tok_in(t, j, "trois|3") && tok_in(t, j + 1, "quarts|quart")) {
		*minutes = 45;
		return j + 2;
	}
	if (tok_in(t, i, "moins|moin")) {
		j = tok_in(t, i + 1, "le|l|un") ? i + 2 : i + 1;
		if (tok_in(t, j, "quart|car|cart|quard")) {
			*minutes = -15;
			return j + 1;
		}
		size_t k = num_read(t, j, &v);
		if (k > j && v > 0 && v < 60) {
			*minutes = (int)-v;
			return tok_in(t, k, "minutes|minute") ? k + 1 : k;
		}
		return i;
	}
	if (j > i)
		return i;
	size_t k = num_read(t, j, &v);
	if (k == j || v < 0 || v > 59 || tok_in(t, j, "un|une"))
		return i;
	if (t->v[j].kind == TOK_NUM && t->v[j].v[2] != 2 && !t->v[j].glued &&
	    !tok_in(t, k, "minutes|minute"))
		return i;
	if (tok_in(t, k,
		   "fois|jours|jour|semaines|semaine|mois|personnes|euros|matins|soirs|ans|"
		   "heures|heure|h|cachets|comprimes") ||
	    atom_month_name(t, k))
		return i;
	*minutes = (int)v;
	if (tok_in(t, k, "minutes|minute|m") && !tok_in(t, k + 1, "de"))
		k++;
	return k;
}

/* am, pm, "du matin", "de l'après-midi": the half of the day. */
static size_t meridiem(const struct toks *t, size_t i, struct atom *x)
{
	size_t j = i;
	bool am = false, pm = false;
	if (tok_in(t, j, "pm|p")) {
		pm = true;
		j++;
	} else if (tok_is(t, j, "a") && j + 1 < t->n && t->v[j + 1].glued &&
		   (tok_is(t, j + 1, "m") || t->v[j + 1].kind == TOK_STOP)) {
		am = true;
		j++;
	} else if (tok_in(t, j, "apresmidi") && str_eq_nocase(t->v[j].raw, S("am"))) {
		am = true; /* the rewriting took "9 am" for an afternoon */
		j++;
	}
	if ((am || pm) && j < t->n && t->v[j].kind == TOK_STOP && t->v[j].glued) {
		if (tok_is(t, j + 1, "m"))
			j += j + 2 < t->n && t->v[j + 2].kind == TOK_STOP ? 3 : 2;
	} else if ((am || pm) && tok_is(t, j, "m") && t->v[j].glued) {
		j++;
	}
	if (!am && !pm) {
		bool du = tok_in(t, j, "du|de") &&
			  tok_in(t, j + 1, "matin|soir|matinee|mat|nuit");
		bool del = tok_in(t, j, "de") && tok_in(t, j + 1, "l|la") &&
			   tok_in(t, j + 2, "apresmidi|nuit|soiree|matinee");
		size_t w = del ? j + 2 : j + 1;
		if (!du && !del)
			return i;
		am = tok_in(t, w, "matin|matinee|mat");
		pm = tok_in(t, w, "soir|apresmidi|soiree");
		if (tok_is(t, w, "nuit"))
			pm = x->minute >= 8 * 60 && x->minute < 12 * 60, am = !pm;
		j = w + 1;
	}
	if (!x->h12 && x->minute >= 13 * 60)
		return j;
	int h = x->minute / 60;
	if (pm && h < 12)
		x->minute += 12 * 60;
	if (am && h == 12)
		x->minute -= 12 * 60;
	x->h12 = false;
	x->hinted = true;
	x->sure = true;
	return j;
}

static size_t zone_after(const struct toks *t, size_t i, struct atom *x)
{
	static const struct {
		const char *name;
		int minutes;
	} zones[] = { { "cet", 60 },   { "cest", 120 }, { "gmt", 0 },    { "utc", 0 },
		      { "est", -300 }, { "edt", -240 }, { "pst", -480 }, { "bst", 60 } };
	for (size_t k = 0; k < sizeof zones / sizeof *zones; k++)
		if (i < t->n && t->v[i].kind == TOK_WORD && t->v[i].raw.p[0] < 'a' &&
		    tok_is(t, i, zones[k].name)) {
			x->tz = zones[k].minutes;
			return i + 1;
		}
	return i;
}

static size_t finish(const struct toks *t, size_t j, struct atom *x)
{
	if (tok_in(t, j, "pile|precise|precises|tapante|tapantes|environ|sonnantes")) {
		x->approx = x->approx || tok_is(t, j, "environ");
		j++;
	}
	return zone_after(t, meridiem(t, j, x), x);
}

static size_t colon_clock(const struct toks *t, size_t i, struct atom *x)
{
	const struct tok *k = &t->v[i];
	if (k->v[0] > 24 || k->v[1] > 59 || k->v[2] > 59)
		return i;
	x->minute = (int)(k->v[0] * 60 + k->v[1]);
	x->second = (int)k->v[2];
	x->has_min = x->sure = true;
	x->h12 = k->raw.p[0] != '0' && k->v[0] >= 1 && k->v[0] <= 12;
	size_t j = i + 1;
	if (tok_is(t, j, "h")) /* 8:30h */
		j++;
	return finish(t, j, x);
}

static size_t noon(const struct toks *t, size_t i, struct atom *x)
{
	if (!tok_in(t, i, "midi|minuit"))
		return i;
	int extra = 0;
	x->minute = tok_is(t, i, "midi") ? 720 : 0;
	x->part = tok_is(t, i, "midi") ? PART_MIDI : PART_NUIT;
	size_t j = minutes_after(t, i + 1, &extra);
	if (j > i + 1) {
		x->minute = (x->minute + extra + 1440) % 1440;
		x->has_min = true;
		x->part = PART_NONE;
	}
	x->sure = true;
	return j;
}

/* 1230pm, 630am, 11pm, "2 pm": English writing that visitors and phones use. */
static size_t english(const struct toks *t, size_t i, struct atom *x)
{
	if (t->v[i].kind != TOK_NUM || t->v[i].v[1] > 0 ||
	    !tok_in(t, i + 1, "am|pm|p|apresmidi|a"))
		return i;
	if (!t->v[i + 1].glued && !tok_is(t, i + 1, "pm"))
		return i;
	int64_t v = t->v[i].v[0], h = v >= 100 ? v / 100 : v, m = v >= 100 ? v % 100 : 0;
	if (h > 12 || h < 1 || m > 59)
		return i;
	x->minute = (int)(h * 60 + m);
	x->has_min = v >= 100;
	x->h12 = true;
	size_t j = finish(t, i + 1, x);
	return x->h12 ? i : j;
}

size_t atom_clock(const struct toks *t, size_t i, struct atom *x)
{
	x->kind = AT_CLOCK;
	x->second = -1;
	x->tz = INT32_MIN;
	if (i >= t->n)
		return i;
	if (t->v[i].kind == TOK_CLOCK)
		return colon_clock(t, i, x);
	size_t j = noon(t, i, x);
	if (j > i)
		return j;
	j = english(t, i, x);
	if (j > i)
		return j;
	int64_t h = 0;
	j = num_read(t, i, &h);
	if (j == i || h < 0 || h > 24 || (t->v[i].kind == TOK_NUM && t->v[i].v[1] > 0))
		return i;
	if (!is_hour_word(t, j)) { /* "à 6 du soir" */
		if (!(tok_is(t, j, "du") && tok_in(t, j + 1, "soir|matin")) || j > i + 1)
			return i;
		x->minute = (int)h * 60;
		x->h12 = h <= 12;
		return finish(t, j, x);
	}
	if (j + 1 < t->n && t->v[j + 1].kind == TOK_CLOCK && t->v[j + 1].glued)
		return i; /* 12h12:99s */
	x->one = tok_in(t, i, "un|une");
	x->minute = (int)h * 60;
	x->n = h * 60;
	x->h12 = h >= 1 && h <= 12 && !(t->v[i].kind == TOK_NUM && t->v[i].raw.p[0] == '0');
	int extra = 0;
	size_t k = minutes_after(t, j + 1, &extra);
	if (k > j + 1) {
		x->has_min = true;
		x->minute = (x->minute + extra + 1440) % 1440;
		x->n += extra;
		x->sure = extra < 0;
		if (k < t->n && t->v[k].kind == TOK_NUM && t->v[k].glued &&
		    tok_is(t, k + 1, "s")) {
			x->second = (int)t->v[k].v[0];
			k += 2;
		}
	}
	x->sure = x->sure || h > 12 || h == 0;
	return finish(t, k, x);
}

static enum day_part part_word(const struct toks *t, size_t i)
{
	static const struct {
		const char *words;
		enum day_part p;
	} parts[] = {
		{ "matin|matinee|matins|matinees|mat|aube|matinale", PART_MATIN },
		{ "midi|midis", PART_MIDI },
		{ "apresmidi", PART_APRESMIDI },
		{ "soir|soiree|soirs|soirees", PART_SOIR },
		{ "nuit|nuits", PART_NUIT },
		{ "journee", PART_JOURNEE },
	};
	for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
		if (tok_in(t, i, parts[k].words))
			return parts[k].p;
	return PART_NONE;
}

static size_t skip_words(const struct toks *t, size_t i, const char *list)
{
	while (tok_in(t, i, list))
		i++;
	return i;
}

/* "après déjeuner", "à l'heure du déjeuner": a meal that names a time. */
static size_t meal(const struct toks *t, size_t i, struct atom *x)
{
	static const char meals[] = "dejeuner|manger|repas";
	size_t j = i;
	bool work = tok_in(t, i, "apres|avant") && skip_words(t, i + 1, "le") == i + 2 &&
		    tok_is(t, i + 2, "travail");
	if (work) {
		x->part = PART_JOURNEE;
		x->sub = tok_is(t, i, "apres") ? SUB_LATE : SUB_EARLY;
		return i + 3;
	}
	if (tok_in(t, i, "heure|moment"))
		j = skip_words(t, i + 1, "du|de|le|d");
	else if (tok_in(t, i, "apres|avant|pendant|durant"))
		j = skip_words(t, i + 1, "le|l|de");
	if (j > i && tok_in(t, i, "heure|moment|apres") && tok_in(t, j, "diner|souper")) {
		x->part = PART_SOIR;
		x->sub = tok_is(t, i, "apres") ? SUB_LATE : SUB_EARLY;
		return j + 1;
	}
	if (j == i || !tok_in(t, j, meals) || tok_in(t, j + 1, "du|de"))
		return i;
	x->kind = AT_PART;
	x->part = PART_DEJEUNER;
	x->sub = tok_is(t, i, "apres")   ? SUB_AFTER
		 : tok_is(t, i, "avant") ? SUB_BEFORE
					 : SUB_NONE;
	return j + 1;
}

size_t atom_part(const struct toks *t, size_t i, struct atom *x)
{
	x->kind = AT_PART;
	size_t j = meal(t, i, x);
	if (j > i)
		return j;
	j = i;
	if (tok_in(t, j, "debut|milieu|fin|mi")) {
		x->sub = tok_is(t, j, "debut") ? SUB_EARLY
			 : tok_is(t, j, "fin") ? SUB_LATE
					       : SUB_MID;
		j = skip_words(t, j + 1, "de|du|d|l|la|le");
	} else if (tok_in(t, j, "tres|assez|plutot") && tok_is(t, j + 1, "tot")) {
		x->sub = SUB_EARLY;
		j = skip_words(t, j + 2, "le|ce|dans|la|au|du|d");
	} else if (tok_in(t, j, "tot|tard") && !tok_is(t, j - 1, "plus")) {
		x->sub = tok_is(t, j, "tot") ? SUB_EARLY : SUB_LATE;
		j = skip_words(t, j + 1, "le|ce|dans|la|au|du|l");
	} else if (tok_is(t, j, "petit") && tok_is(t, j + 1, "matin")) {
		x->sub = SUB_EARLY;
		j++;
	}
	enum day_part p = part_word(t, j);
	if (p == PART_NONE ||
	    (p == PART_JOURNEE && x->sub == SUB_NONE && !tok_is(t, i - 1, "en")))
		return i;
	if (p == PART_MATIN && tok_in(t, j, "aube"))
		x->sub = SUB_EARLY;
	x->part = p;
	x->habit = t->v[j].text.p[t->v[j].text.n - 1] == 's' && p != PART_NONE;
	if (tok_in(t, j, "apresmidi"))
		x->habit = false;
	j++;
	if (tok_is(t, j, "tres") && tok_is(t, j + 1, "tot"))
		j += 2, x->sub = SUB_EARLY;
	else if (tok_is(t, j, "tot"))
		j++, x->sub = SUB_EARLY;
	return j;
}
