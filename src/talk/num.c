#include "talk/num.h"

#include <string.h>

struct num_word {
	const char *w;
	int v;
};

static const struct num_word small[] = {
	{ "zero", 0 },    { "un", 1 },     { "une", 1 },     { "deux", 2 },
	{ "trois", 3 },   { "quatre", 4 }, { "cinq", 5 },    { "six", 6 },
	{ "sept", 7 },    { "huit", 8 },   { "neuf", 9 },    { "dix", 10 },
	{ "onze", 11 },   { "douze", 12 }, { "treize", 13 }, { "quatorze", 14 },
	{ "quinze", 15 }, { "seize", 16 }, { "ouit", 8 },    { "wit", 8 },
	{ "cinque", 5 },
};
static const struct num_word tens[] = {
	{ "vingt", 20 },    { "vingts", 20 },    { "vint", 20 },     { "trente", 30 },
	{ "quarante", 40 }, { "cinquante", 50 }, { "soixante", 60 }, { "septante", 70 },
	{ "huitante", 80 }, { "octante", 80 },   { "nonante", 90 },
};

static int in_table(const struct toks *t, size_t i, const struct num_word *tab, size_t n)
{
	for (size_t k = 0; k < n; k++)
		if (tok_is(t, i, tab[k].w))
			return tab[k].v;
	return -1;
}
#define SMALL(t, i) in_table(t, i, small, sizeof small / sizeof *small)
#define TENS(t, i)  in_table(t, i, tens, sizeof tens / sizeof *tens)

/* 1 to 99. */
static size_t below_100(const struct toks *t, size_t i, int64_t *v)
{
	if (tok_in(t, i, "quatre") && tok_in(t, i + 1, "vingt|vingts|vint")) {
		*v = 80;
		i += 2;
	} else if (TENS(t, i) >= 0) {
		*v = TENS(t, i);
		i++;
	} else if (SMALL(t, i) >= 0) {
		int s = SMALL(t, i);
		*v = s;
		i++;
		int next = SMALL(t, i);
		if (s == 10 && next >= 7 && next <= 9) { /* dix-sept */
			*v = 10 + next;
			i++;
		}
		return i;
	} else {
		return i;
	}
	size_t j = tok_is(t, i, "et") ? i + 1 : i;
	int s = SMALL(t, j);
	bool teens = *v == 60 || *v == 80;
	if (s < 1 || (s > 9 && !teens) || (j > i && s != 1 && s != 11))
		return i;
	if (s == 1 && tok_is(t, j, "une") && j == i && *v != 80)
		return i; /* "vingt une" is not a number */
	*v += s;
	i = j + 1;
	int next = SMALL(t, i);
	if (s == 10 && next >= 7 && next <= 9) { /* soixante dix-sept */
		*v += next;
		i++;
	}
	return i;
}

static size_t below_1000(const struct toks *t, size_t i, int64_t *v)
{
	int64_t head = 1, rest = 0;
	size_t j = below_100(t, i, &head);
	if (!tok_in(t, j, "cent|cents")) {
		*v = head;
		return j;
	}
	if (j > i && (head < 2 || head > 99))
		return i;
	size_t k = below_100(t, j + 1, &rest);
	*v = head * 100 + (k > j + 1 ? rest : 0);
	return k;
}

static size_t in_words(const struct toks *t, size_t i, int64_t *v)
{
	int64_t head = 1, rest = 0;
	size_t j = below_1000(t, i, &head);
	int64_t unit = tok_is(t, j, "mille")              ? 1000
		       : tok_in(t, j, "million|millions") ? 1000000
							  : 0;
	if (!unit) {
		*v = head;
		return j;
	}
	size_t k = below_1000(t, j + 1, &rest);
	*v = head * unit + (k > j + 1 ? rest : 0);
	return k;
}

size_t num_read(const struct toks *t, size_t i, int64_t *ret)
{
	int64_t v = 0;
	size_t j;
	if (i < t->n && t->v[i].kind == TOK_NUM) {
		v = t->v[i].v[0];
		j = i + 1;
		if (tok_is(t, j, "m") && t->v[j].glued && str_eq(t->v[j].raw, S("M"))) {
			v = v * 1000000 + t->v[i].v[1];
			j++;
		} else if (tok_is(t, j, "k") && t->v[j].glued) {
			v *= 1000;
			j++;
		} else if (tok_is(t, j, "mille") || tok_in(t, j, "million|millions")) {
			v *= tok_is(t, j, "mille") ? 1000 : 1000000;
			j++;
		}
	} else {
		j = in_words(t, i, &v);
	}
	if (j > i)
		*ret = v;
	return j;
}

static const struct num_word ordinals[] = {
	{ "premier", 1 },   { "premiere", 1 },   { "premiers", 1 },     { "premieres", 1 },
	{ "second", 2 },    { "seconde", 2 },    { "deuxieme", 2 },     { "troisieme", 3 },
	{ "quatrieme", 4 }, { "cinquieme", 5 },  { "sixieme", 6 },      { "septieme", 7 },
	{ "huitieme", 8 },  { "neuvieme", 9 },   { "dixieme", 10 },     { "onzieme", 11 },
	{ "douzieme", 12 }, { "treizieme", 13 }, { "quatorzieme", 14 }, { "quinzieme", 15 },
	{ "seizieme", 16 }, { "vingtieme", 20 }, { "trentieme", 30 },   { "centieme", 100 },
};

/* "vingt et unieme", "dix septieme", "vingt cinquieme": a number before the ordinal. */
size_t num_ordinal(const struct toks *t, size_t i, int64_t *ret)
{
	if (i < t->n && t->v[i].kind == TOK_NUM && i + 1 < t->n && t->v[i + 1].glued &&
	    tok_in(t, i + 1, "er|ere|e|eme|ieme|nd|nde|re|ème|me")) {
		*ret = t->v[i].v[0];
		return i + 2;
	}
	int64_t head = 0;
	size_t j =
		TENS(t, i) >= 0 || SMALL(t, i) == 10 || tok_is(t, i, "cent") ||
				(tok_is(t, i, "quatre") && tok_in(t, i + 1, "vingt|vingts"))
			? below_1000(t, i, &head)
			: i;
	if (tok_is(t, j, "et"))
		j++;
	int o = in_table(t, j, ordinals, sizeof ordinals / sizeof *ordinals);
	if (o < 0 && j > i && tok_is(t, j, "unieme"))
		o = 1;
	if (o < 0)
		return i;
	*ret = head + o;
	return j + 1;
}

size_t num_about(const struct toks *t, size_t i, int64_t *ret)
{
	static const struct num_word lots[] = {
		{ "huitaine", 8 },     { "dizaine", 10 },   { "douzaine", 12 },
		{ "quinzaine", 15 },   { "vingtaine", 20 }, { "trentaine", 30 },
		{ "quarantaine", 40 }, { "centaine", 100 },
	};
	int64_t n = 1;
	size_t j = num_read(t, i, &n);
	int v = in_table(t, j, lots, sizeof lots / sizeof *lots);
	if (v < 0)
		return i;
	*ret = n * v;
	return j + 1;
}
