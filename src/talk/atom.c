#include "talk/atom.h"
#include "talk/num.h"

#include <string.h>

struct link {
	const char *words; /* last word first */
	enum atom_role role;
	bool approx;
};

/* The small words that stand before an expression and give it its role. */
static const struct link links[] = {
	{ "de partir a", ROLE_FROM, false },
	{ "du partir a", ROLE_FROM, false },
	{ "des partir a", ROLE_FROM, false },
	{ "d partir a", ROLE_FROM, false },
	{ "de compter a", ROLE_FROM, false },
	{ "du compter a", ROLE_FROM, false },
	{ "d compter a", ROLE_FROM, false },
	{ "partir a", ROLE_FROM, false },
	{ "depuis", ROLE_SINCE, false },
	{ "jusquau", ROLE_UNTIL, false },
	{ "jusqua", ROLE_UNTIL, false },
	{ "au jusqua", ROLE_UNTIL, false },
	{ "a jusqua", ROLE_UNTIL, false },
	{ "dici", ROLE_UNTIL, false },
	{ "au dici", ROLE_UNTIL, false },
	{ "que tard plus", ROLE_AFTER, false },
	{ "que tot plus", ROLE_BEFORE, false },
	{ "avant", ROLE_BEFORE, false },
	{ "d avant", ROLE_BEFORE, false },
	{ "apres", ROLE_AFTER, false },
	{ "d lendemain", ROLE_AFTER, false },
	{ "entre", ROLE_BETWEEN, false },
	{ "sauf", ROLE_EXCEPT, false },
	{ "excepte", ROLE_EXCEPT, false },
	{ "hormis", ROLE_EXCEPT, false },
	{ "hors", ROLE_EXCEPT, false },
	{ "part a", ROLE_EXCEPT, false },
	{ "pas mais", ROLE_EXCEPT, false },
	{ "pas", ROLE_EXCEPT, false },
	{ "de exception l a", ROLE_EXCEPT, false },
	{ "du exception l a", ROLE_EXCEPT, false },
	{ "des exception l a", ROLE_EXCEPT, false },
	{ "pendant", ROLE_FOR, false },
	{ "durant", ROLE_FOR, false },
	{ "vers", ROLE_NONE, true },
	{ "environ", ROLE_NONE, true },
	{ "vers a", ROLE_A, true },
	{ "alentours aux", ROLE_NONE, true },
	{ "de alentours aux", ROLE_NONE, true },
	{ "du alentours aux", ROLE_NONE, true },
	{ "de autour", ROLE_NONE, true },
	{ "du autour", ROLE_NONE, true },
	{ "de environs aux", ROLE_NONE, true },
	{ "coups les sur", ROLE_NONE, true },
	{ "de coup le sur", ROLE_NONE, true },
	{ "de coups les sur", ROLE_NONE, true },
	{ "sur", ROLE_NONE, true },
	{ "de lieu au", ROLE_INSTEAD, false },
	{ "du lieu au", ROLE_INSTEAD, false },
	{ "d lieu au", ROLE_INSTEAD, false },
	{ "de place la a", ROLE_INSTEAD, false },
	{ "du place la a", ROLE_INSTEAD, false },
	{ "que plutot", ROLE_INSTEAD, false },
	{ "qu plutot", ROLE_INSTEAD, false },
	{ "pas et", ROLE_INSTEAD, false },
	{ "non et", ROLE_INSTEAD, false },
	{ "pas non", ROLE_INSTEAD, false },
	{ "de", ROLE_DE, false },
	{ "d", ROLE_DE, false },
	{ "du", ROLE_DE, false },
	{ "a", ROLE_A, false },
	{ "au", ROLE_A, false },
	{ "aux", ROLE_A, false },
	{ "pour", ROLE_POUR, false },
	{ "en", ROLE_EN, false },
	{ "dans", ROLE_EN, false },
};

/* Length of `words` (last first) ending right before token i, or 0. */
static size_t link_len(const struct toks *t, size_t i, const char *words)
{
	str rest = str_of(words);
	size_t n = 0;
	while (rest.n) {
		str w = str_cut(&rest, ' ');
		if (n >= i || t->v[i - 1 - n].kind != TOK_WORD ||
		    !str_eq(t->v[i - 1 - n].text, w))
			return 0;
		n++;
	}
	return n;
}

static size_t skip_articles(const struct toks *t, size_t head, size_t least, struct atom *x)
{
	while (head > least) {
		if (tok_in(t, head - 1, "le|la|l"))
			x->le = true;
		else if (tok_is(t, head - 1, "les"))
			x->les = true;
		else if (tok_in(t, head - 1, "ce|cet|cette|ces|se"))
			x->ce = true;
		else if (!tok_in(t, head - 1, "tout|toute|mon|ma|mes") || x->kind == AT_DUR)
			break;
		head--;
	}
	return head;
}

static void find_role(const struct toks *t, size_t least, struct atom *x)
{
	size_t head = skip_articles(t, x->at, least, x);
	for (int round = 0; round < 3; round++) {
		size_t best = 0;
		const struct link *hit = NULL;
		for (size_t k = 0; k < sizeof links / sizeof *links; k++) {
			size_t n = link_len(t, head, links[k].words);
			if (n > best && head - n >= least) {
				best = n;
				hit = &links[k];
			}
		}
		if (!hit)
			break;
		if (tok_in(t, head - 1, "au|aux|du") && x->kind != AT_DUR)
			x->le = true;
		if (x->role == ROLE_NONE || hit->role == ROLE_FROM ||
		    hit->role == ROLE_UNTIL)
			x->role = hit->role != ROLE_NONE ? hit->role : x->role;
		x->approx = x->approx || hit->approx;
		head -= best;
		head = skip_articles(t, head, least, x);
	}
	/* "dès" folds to "des": it needs an article or a moment after it */
	if (head > least && tok_is(t, head - 1, "des") && x->role == ROLE_NONE &&
	    (x->le || x->kind == AT_OFFSET || x->kind == AT_NOW || x->kind == AT_CLOCK ||
	     (x->kind == AT_WDAY && !x->habit) || x->kind == AT_PERIOD)) {
		x->role = ROLE_FROM;
		head--;
	}
	x->head = head;
}

static size_t relative_day(const struct toks *t, size_t i, struct atom *x)
{
	static const struct {
		const char *w;
		int n;
	} days[] = { { "aujourdhui", 0 },   { "demain", 1 },     { "apresdemain", 2 },
		     { "hier", -1 },        { "avanthier", -2 }, { "lendemain", 1 },
		     { "surlendemain", 2 }, { "veille", -1 },    { "avantveille", -2 },
		     { "tantot", 0 } };
	x->kind = AT_OFFSET;
	if (tok_in(t, i, "apres") && tok_is(t, i + 1, "apresdemain")) {
		x->n = 3;
		return i + 2;
	}
	for (size_t k = 0; k < sizeof days / sizeof *days; k++)
		if (tok_is(t, i, days[k].w)) {
			x->n = days[k].n;
			if (tok_is(t, i, "tantot"))
				x->part = PART_APRESMIDI;
			return i + 1;
		}
	if (tok_in(t, i, "ce|se") && tok_is(t, i + 1, "jour")) {
		return i + 2;
	}
	if (tok_is(t, i, "jour") && tok_is(t, i + 1, "meme"))
		return i + 2;
	if (tok_is(t, i, "jour") && tok_is(t, i + 1, "d") && tok_is(t, i + 2, "apres")) {
		x->n = 1;
		return i + 3;
	}
	if (tok_is(t, i, "jour") && tok_is(t, i + 1, "d") && tok_is(t, i + 2, "avant")) {
		x->n = -1;
		return i + 3;
	}
	return i;
}

static size_t now_or_ferie(const struct toks *t, size_t i, struct atom *x)
{
	x->kind = AT_NOW;
	if (tok_in(t, i, "maintenant"))
		return i + 1;
	if (tok_is(t, i, "tout") && tok_is(t, i + 1, "de") && tok_is(t, i + 2, "suite"))
		return i + 3;
	x->kind = AT_FERIE;
	if (tok_in(t, i, "ferie|feries"))
		return i + 1;
	return i;
}

typedef size_t (*reader)(const struct toks *, size_t, struct atom *);

/* The longest reading at token i; earlier readers win ties. */
static size_t read_one(const struct toks *t, size_t i, struct atom *ret)
{
	static const reader readers[] = { atom_every, atom_feast,  relative_day, atom_date,
					  atom_wday,  atom_clock,  atom_period,  atom_span,
					  atom_part,  now_or_ferie };
	size_t best = i;
	for (size_t k = 0; k < sizeof readers / sizeof *readers; k++) {
		struct atom x = { .second = -1, .tz = INT32_MIN };
		size_t j = readers[k](t, i, &x);
		if (j > best) {
			best = j;
			x.at = i;
			x.end = j;
			*ret = x;
		}
	}
	return best;
}

/* "entre A et B", "de A à B", "A - B": the second end. */
static void mark_ends(const struct toks *t, struct atoms *l)
{
	for (size_t k = 1; k < l->n; k++) {
		struct atom *x = &l->v[k], *p = &l->v[k - 1];
		if (p->role == ROLE_BETWEEN && x->role == ROLE_NONE &&
		    x->head == p->end + 1 && tok_is(t, p->end, "et"))
			x->role = ROLE_TO;
		if (x->at == p->end + 1 && t->v[p->end].kind == TOK_DASH)
			x->role = ROLE_TO;
	}
}

/* "entre 9 et 11 heures", "de 9 à 11 h": the first hour has no unit of its own. */
static size_t bare_hour(const struct toks *t, size_t i, struct atom *x)
{
	int64_t v = 0, w = 0;
	if (!i || !tok_in(t, i - 1, "entre|de|vers|a|h"))
		return i;
	size_t j = num_read(t, i, &v), k = 0;
	if (j == i || v < 0 || v > 24)
		return i;
	if (tok_in(t, i - 1, "entre|de")) {
		bool sep = tok_in(t, j, "et|a") || (j < t->n && t->v[j].kind == TOK_DASH);
		k = sep ? num_read(t, j + 1, &w) : j;
		if (k <= j + 1 || w > 24)
			return i;
		bool hours = tok_in(t, k, "h|heure|heures") || tok_in(t, j + 1, "midi");
		if (!hours && !(tok_is(t, i - 1, "entre") && !atom_month_name(t, k)))
			return i;
		enum atom_unit u;
		if (!hours && atom_unit(t, k, &u) > k)
			return i;
	} else if (!(tok_is(t, i - 1, "a") && i > 1 &&
		     tok_in(t, i - 2, "apresmidi|matin|soir")) &&
		   !tok_is(t, i - 1, "vers")) {
		return i;
	}
	x->kind = AT_CLOCK;
	x->minute = (int)v * 60;
	x->h12 = v >= 1 && v <= 12;
	x->sure = true;
	x->tz = INT32_MIN;
	x->second = -1;
	return j;
}

/* "entre 9 et 11": the second, when nothing else claims it. */
static size_t bare_second(const struct toks *t, size_t i, const struct atoms *l,
			  struct atom *x)
{
	int64_t v = 0;
	if (!l->n || l->v[l->n - 1].kind != AT_CLOCK || l->v[l->n - 1].end + 1 != i)
		return i;
	bool dash = t->v[i - 1].kind == TOK_DASH;
	if (!(tok_is(t, i - 1, "et") && l->v[l->n - 1].role == ROLE_BETWEEN) &&
	    !(tok_is(t, i - 1, "a")) && !dash)
		return i;
	size_t j = num_read(t, i, &v);
	enum atom_unit u;
	if (j == i || v > 24 || atom_month_name(t, j) || atom_unit(t, j, &u) > j)
		return i;
	x->kind = AT_CLOCK;
	x->minute = (int)v * 60;
	x->h12 = v >= 1 && v <= 12;
	x->sure = true;
	x->tz = INT32_MIN;
	x->second = -1;
	return j;
}

/* "du 13 au 15 juillet", "du treize au 15", "1er au 10 juillet", "13-15 juillet". */
static size_t bare_day(const struct toks *t, size_t i, struct atom *x)
{
	int d = 0;
	size_t j = atom_mday(t, i, &d);
	if (j == i)
		return i;
	bool dash = j < t->n && t->v[j].kind == TOK_DASH;
	if (!dash && !tok_in(t, j, "au|et|a") && !(tok_is(t, j, "jusquau")))
		return i;
	struct atom y = { 0 };
	size_t s = j + 1;
	while (tok_in(t, s, "le|au"))
		s++;
	if (atom_date(t, s, &y) == s || !y.m)
		return i;
	x->kind = AT_DATE;
	x->d = d;
	return j;
}

struct atoms atom_scan(struct arena *a, const struct toks *t)
{
	struct atoms l = { 0 };
	size_t least = 0;
	for (size_t i = 0; i < t->n;) {
		struct atom x = { .second = -1, .tz = INT32_MIN };
		size_t j = read_one(t, i, &x);
		if (j == i || (x.kind == AT_DATE && x.m == 0)) {
			struct atom y = { .second = -1, .tz = INT32_MIN };
			size_t k = bare_day(t, i, &y);
			if (k == i)
				k = bare_hour(t, i, &y);
			if (k == i)
				k = bare_second(t, i, &l, &y);
			if (k > j) {
				j = k;
				x = y;
			}
		}
		if (j == i) {
			i++;
			continue;
		}
		x.at = i;
		x.end = j;
		find_role(t, least, &x);
		*ARENA_PUSH(a, &l) = x;
		i = least = j;
	}
	mark_ends(t, &l);
	return l;
}
