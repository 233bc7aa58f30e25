#include "talk/word.h"

#include "base/buf.h"

#include <string.h>

static int cmp_z(str s, const char *z)
{
	size_t n = strlen(z), k = s.n < n ? s.n : n;
	int c = k ? memcmp(s.p, z, k) : 0;
	return c ? c : (s.n > n) - (s.n < n);
}

const struct talk_form *word_find(str w)
{
	size_t lo = 0, hi = talk_forms_n;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		int c = cmp_z(w, talk_forms[mid].form);
		if (c == 0)
			return &talk_forms[mid];
		if (c < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return NULL;
}

/* The sound key: the same replacements, in the same order, as tools/talk_lexicon.py. */
struct swap {
	const char *from, *to;
};
static const struct swap swaps[] = {
	{ "eaux", "o" }, { "eau", "o" }, { "au", "o" },   { "ph", "f" },   { "ch", "C" },
	{ "qu", "k" },   { "gn", "N" },  { "ge", "je" },  { "gi", "ji" },  { "ce", "se" },
	{ "ci", "si" },  { "ss", "s" },  { "ain", "in" }, { "ein", "in" }, { "ai", "e" },
	{ "ei", "e" },   { "oi", "W" },  { "ou", "U" },   { "am", "an" },  { "em", "an" },
	{ "en", "an" },  { "om", "on" }, { "im", "in" },  { "c", "k" },    { "z", "s" },
	{ "y", "i" },    { "h", "" },
};

#define MAX_KEY 40

static size_t replace(char *s, size_t n, const struct swap *w)
{
	size_t f = strlen(w->from), t = strlen(w->to), k = 0;
	for (size_t i = 0; i < n;) {
		if (i + f <= n && memcmp(s + i, w->from, f) == 0) {
			memmove(s + k, w->to, t);
			k += t;
			i += f;
		} else {
			s[k++] = s[i++];
		}
	}
	return k;
}

static size_t sound_key(str w, char *key)
{
	size_t n = w.n < MAX_KEY ? w.n : MAX_KEY, k = 0;
	memcpy(key, w.p, n);
	for (size_t i = 0; i < sizeof swaps / sizeof *swaps; i++)
		n = replace(key, n, &swaps[i]);
	for (size_t i = 0; i < n;) { /* each pair of equal letters becomes one */
		key[k++] = key[i];
		i += i + 1 < n && key[i + 1] == key[i] ? 2 : 1;
	}
	while (k > 2 && memchr("estdxpr", key[k - 1], 7))
		k--;
	return k;
}

/* Optimal string alignment distance, given up above `max`. */
static int distance(str a, const char *b, size_t bn, int max)
{
	int row[3][MAX_KEY + 1];
	if (a.n > MAX_KEY || bn > MAX_KEY)
		return max + 1;
	for (size_t j = 0; j <= bn; j++)
		row[0][j] = (int)j;
	for (size_t i = 1; i <= a.n; i++) {
		int *cur = row[i % 3], *up = row[(i + 2) % 3], *up2 = row[(i + 1) % 3];
		int best = cur[0] = (int)i;
		for (size_t j = 1; j <= bn; j++) {
			int d = up[j - 1] + (a.p[i - 1] != b[j - 1]);
			if (up[j] + 1 < d)
				d = up[j] + 1;
			if (cur[j - 1] + 1 < d)
				d = cur[j - 1] + 1;
			if (i > 1 && j > 1 && a.p[i - 1] == b[j - 2] &&
			    a.p[i - 2] == b[j - 1] && up2[j - 2] + 1 < d)
				d = up2[j - 2] + 1;
			cur[j] = d;
			if (d < best)
				best = d;
		}
		if (best > max)
			return max + 1;
	}
	return row[a.n % 3][bn];
}

static const struct talk_form *near_sound(str w)
{
	char key[MAX_KEY + 8];
	str k = { key, sound_key(w, key) };
	size_t lo = 0, hi = talk_sounds_n;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (cmp_z(k, talk_sounds[mid].key) > 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	const struct talk_form *best = NULL;
	int least = 4;
	for (; lo < talk_sounds_n && cmp_z(k, talk_sounds[lo].key) == 0; lo++) {
		const struct talk_form *f = &talk_forms[talk_sounds[lo].form];
		int d = distance(w, f->form, strlen(f->form), 3);
		/* letters are more often left out than added */
		if (d < least ||
		    (d == least && best && strlen(f->form) > strlen(best->form))) {
			least = d;
			best = f;
		}
	}
	return best;
}

static const struct talk_form *near_typing(str w)
{
	size_t lo = 0, hi = talk_forms_n;
	str first = { w.p, 1 };
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (cmp_z(first, talk_forms[mid].form) > 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	int max = w.n >= 9 ? 2 : 1, least = max + 1;
	const struct talk_form *best = NULL;
	for (; lo < talk_forms_n && talk_forms[lo].form[0] == w.p[0]; lo++) {
		size_t n = strlen(talk_forms[lo].form);
		if (n + (size_t)max < w.n || n > w.n + (size_t)max || n < 4 ||
		    (talk_forms[lo].flags & WORD_NAME))
			continue;
		int d = distance(w, talk_forms[lo].form, n, max);
		if (d < least) {
			least = d;
			best = &talk_forms[lo];
		}
	}
	return best;
}

const struct talk_form *word_near(str w)
{
	if (w.n < 4)
		return NULL;
	const struct talk_form *s = near_sound(w);
	if (w.n < 5 || (s && distance(w, s->form, strlen(s->form), 2) <= 1))
		return s;
	const struct talk_form *t = near_typing(w);
	return t ? t : s;
}

bool tok_is(const struct toks *t, size_t i, const char *w)
{
	return i < t->n && t->v[i].kind == TOK_WORD && cmp_z(t->v[i].text, w) == 0;
}

bool tok_in(const struct toks *t, size_t i, const char *list)
{
	if (i >= t->n || t->v[i].kind != TOK_WORD)
		return false;
	str rest = str_of(list), w = t->v[i].text;
	while (rest.n)
		if (str_eq(str_cut(&rest, '|'), w))
			return true;
	return false;
}

bool tok_lemma(const struct toks *t, size_t i, const char *lemma)
{
	if (i >= t->n || t->v[i].kind != TOK_WORD)
		return false;
	for (int k = 0; k < 3; k++)
		if (t->v[i].lemma[k] >= 0 &&
		    str_eq(str_of(talk_lemmas[t->v[i].lemma[k]]), str_of(lemma)))
			return true;
	return false;
}

struct rewrite {
	str from, to;
};
static const struct rewrite rewrites[] = {
#define R(x, y) { { x, sizeof(x) - 1 }, { y, sizeof(y) - 1 } },
#include "talk/rewrite.tbl"
#undef R
};

/* How many tokens from i are the words of `from`; 0 when they are not. */
static size_t rewrite_len(const struct toks *t, size_t i, str from)
{
	size_t n = 0;
	while (from.n) {
		str w = str_cut(&from, ' ');
		if (i + n >= t->n || t->v[i + n].kind != TOK_WORD ||
		    !str_eq(t->v[i + n].text, w))
			return 0;
		n++;
	}
	return n;
}

static const char day_names[] = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche";

/* Short forms that are also plain words: only where the writing shows that they are short. */
static bool rewrite_fits(const struct toks *t, size_t i, str from)
{
	const struct tok *x = &t->v[i];
	const struct tok *next = i + 1 < t->n ? &t->v[i + 1] : NULL;
	if (from.n == 1) /* c, g, o: not an elision */
		return !x->glued && !(next && next->glued && next->kind == TOK_WORD);
	if (str_eq(from, S("am")))
		return i > 0 && t->v[i - 1].kind == TOK_WORD && !x->glued;
	if (tok_in(t, i, "lun|mer|merc|jeu|ven|vend|sam|dim|mar"))
		return next &&
		       ((next->kind == TOK_STOP && next->glued) || next->kind == TOK_NUM ||
			next->kind == TOK_DATE || tok_in(t, i + 1, day_names) ||
			tok_in(t, i + 1, "matin|soir|midi|apresmidi|prochain"));
	return true;
}

static void look_up(struct tok *x)
{
	const struct talk_form *f = word_find(x->text);
	x->known = f != NULL;
	x->flags = f ? f->flags : 0;
	for (int k = 0; k < 3; k++)
		x->lemma[k] = f ? f->lemma[k] : (int16_t)-1;
}

static void add_words(struct arena *a, struct toks *out, const struct tok *like, str words)
{
	bool first = true;
	while (words.n) {
		struct tok *x = ARENA_PUSH(a, out);
		*x = *like;
		x->text = str_cut(&words, ' ');
		if (!first)
			x->glued = x->cap = false;
		first = false;
		look_up(x);
	}
}

static struct toks rewrite_all(struct arena *a, struct toks t)
{
	struct toks out = { 0 };
	for (size_t i = 0; i < t.n && out.n < TALK_MAX_TOKENS;) {
		size_t best = 0;
		str to = S("");
		for (size_t k = 0;
		     t.v[i].kind == TOK_WORD && k < sizeof rewrites / sizeof *rewrites;
		     k++) {
			if (rewrites[k].from.p[0] != t.v[i].text.p[0])
				continue;
			size_t n = rewrite_len(&t, i, rewrites[k].from);
			if (n > best && rewrite_fits(&t, i, rewrites[k].from)) {
				best = n;
				to = rewrites[k].to;
			}
		}
		if (best)
			add_words(a, &out, &t.v[i], to);
		else
			*ARENA_PUSH(a, &out) = t.v[i];
		bool shortened = best == 1 && t.v[i].text.n <= 5;
		i += best ? best : 1;
		if (shortened && i < t.n && t.v[i].kind == TOK_STOP && t.v[i].glued &&
		    str_eq(t.v[i].raw, S(".")) && i + 1 < t.n)
			i++; /* the full stop of an abbreviation */
	}
	return out;
}

/* A hyphen inside a word or name is not a token; one between hours or days is. */
static struct toks drop_hyphens(struct arena *a, struct toks t)
{
	struct toks out = { 0 };
	for (size_t i = 0; i < t.n; i++) {
		bool inner = t.v[i].kind == TOK_DASH && i && i + 1 < t.n && t.v[i].glued &&
			     t.v[i + 1].glued && t.v[i - 1].kind == TOK_WORD &&
			     t.v[i + 1].kind == TOK_WORD;
		bool hour =
			inner &&
			(tok_in(&t, i - 1, "h|heures|midi") ||
			 (tok_in(&t, i - 1, day_names) && tok_in(&t, i + 1, day_names)));
		if (!inner || hour)
			*ARENA_PUSH(a, &out) = t.v[i];
	}
	return out;
}

/* "jarrive", "dune", "quil": a lost apostrophe.  Returns the length of the first part. */
static size_t lost_apostrophe(str w)
{
	static const char vowels[] = "aeiouyh";
	size_t head = w.n > 3 && w.p[0] == 'q' && w.p[1] == 'u' ? 2 : 1;
	if (w.n < head + 1 || !memchr("qldjmtsnc", w.p[0], 9))
		return 0;
	str rest = str_from(w, head);
	const struct talk_form *f = word_find(rest);
	if (!f && w.p[0] == 'j' && rest.n > 3)
		f = word_near(rest);
	if (!f || (f->flags & WORD_NAME))
		return 0;
	if (memchr(vowels, rest.p[0], 7))
		return head;
	bool verb = f->flags & (WORD_PRES | WORD_PAST | WORD_FUT | WORD_COND);
	return w.p[0] == 'j' && verb && rest.n > 2 ? 1 : 0;
}

static bool may_correct(const struct toks *t, size_t i)
{
	const struct tok *x = &t->v[i];
	if (x->kind != TOK_WORD || x->known || x->text.n < 4)
		return false;
	bool all_caps = x->raw.n > 1 && x->raw.p[1] >= 'A' && x->raw.p[1] <= 'Z';
	bool starts =
		i == 0 || t->v[i - 1].kind == TOK_STOP || t->v[i - 1].kind == TOK_COMMA;
	if (i && tok_in(t, i - 1, "madame|monsieur|mademoiselle|docteur"))
		return false;
	return !x->cap || all_caps || starts;
}

static struct toks spell(struct arena *a, struct toks t)
{
	struct toks out = { 0 };
	for (size_t i = 0; i < t.n && out.n < TALK_MAX_TOKENS; i++) {
		struct tok *x = ARENA_PUSH(a, &out);
		*x = t.v[i];
		if (x->kind != TOK_WORD || x->known)
			continue;
		const struct talk_form *same =
			x->text.n > 4 && memchr("mtsnc", x->text.p[0], 5)
				? near_sound(x->text)
				: NULL;
		bool doubled =
			same && distance(x->text, same->form, strlen(same->form), 1) <= 1;
		size_t cut = doubled || (x->cap && i) ? 0 : lost_apostrophe(x->text);
		if (cut) {
			struct tok first = *x;
			x->text = str_sub(x->text, 0, cut);
			look_up(x);
			x = ARENA_PUSH(a, &out);
			*x = first;
			x->text = str_from(first.text, cut);
			x->cap = false;
			x->glued = true;
			look_up(x);
		}
		const struct talk_form *f =
			x->known || !may_correct(&t, i) ? NULL : word_near(x->text);
		if (f) {
			x->text = str_of(f->form);
			look_up(x);
			x->known = false;
			x->fixed = true;
		}
	}
	return out;
}

struct toks word_plain(struct arena *a, struct toks t)
{
	t = drop_hyphens(a, t);
	for (size_t i = 0; i < t.n; i++)
		if (t.v[i].kind == TOK_WORD)
			look_up(&t.v[i]);
	t = rewrite_all(a, t);
	t = spell(a, t);
	return rewrite_all(a, t);
}
