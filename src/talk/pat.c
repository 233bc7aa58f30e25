#include "talk/sent.h"

#include "talk/num.h"

#include <string.h>

static bool word_fits(const struct sent *s, size_t i, str w)
{
	const struct tok *x = &s->t.v[i];
	if (x->kind != TOK_WORD || !w.n)
		return false;
	if (w.p[0] == '=') {
		str lemma = str_from(w, 1);
		for (int k = 0; k < 3; k++)
			if (x->lemma[k] >= 0 &&
			    str_eq(lemma, str_of(talk_lemmas[x->lemma[k]])))
				return true;
		return false;
	}
	if (w.p[w.n - 1] == '*')
		return str_starts(x->text, str_sub(w, 0, w.n - 1));
	return x->text.p[0] == w.p[0] && str_eq(x->text, w);
}

static bool any_fits(const struct sent *s, size_t i, str alternatives)
{
	while (alternatives.n)
		if (word_fits(s, i, str_cut(&alternatives, '|')))
			return true;
	return false;
}

static bool is_date_kind(enum atom_kind k)
{
	return k == AT_DATE || k == AT_WDAY || k == AT_OFFSET || k == AT_FEAST ||
	       k == AT_PERIOD || k == AT_NTH || k == AT_NOW;
}

/* The end of an expression of time that begins at i (its role words may be skipped). */
static size_t time_class(const struct sent *s, size_t i, str c)
{
	size_t at = i;
	while (at < i + 4 && at + 1 < s->t.n && s->atom[at] < 0)
		at++;
	if (s->atom[at] < 0)
		return SIZE_MAX;
	const struct atom *x = &s->l.v[s->atom[at]];
	if (x->at != i && (x->head > i || x->at < i))
		return SIZE_MAX;
	bool ok = str_eq(c, S("when")) || (str_eq(c, S("clock")) && x->kind == AT_CLOCK) ||
		  (str_eq(c, S("dur")) &&
		   (x->kind == AT_DUR || (x->kind == AT_CLOCK && x->n))) ||
		  (str_eq(c, S("part")) && x->kind == AT_PART) ||
		  (str_eq(c, S("every")) && (x->kind == AT_EVERY || x->kind == AT_TIMES)) ||
		  (str_eq(c, S("date")) && is_date_kind(x->kind));
	return ok ? x->end : SIZE_MAX;
}

static size_t class_at(const struct sent *s, size_t i, str c)
{
	if (str_eq(c, S("task")))
		return s->task_len[i] ? i + s->task_len[i] : SIZE_MAX;
	if (str_eq(c, S("name")))
		return s->name[i] ? i + s->name[i] : SIZE_MAX;
	if (str_eq(c, S("rel")))
		return s->rel[i] ? i + 1 : SIZE_MAX;
	if (str_eq(c, S("hot"))) { /* a body temperature that is an emergency */
		int64_t v;
		size_t j = num_read(&s->t, i, &v);
		return j > i && v >= 40 && v <= 43 ? j : SIZE_MAX;
	}
	if (str_eq(c, S("num"))) {
		int64_t v;
		size_t j = num_read(&s->t, i, &v);
		return j > i ? j : SIZE_MAX;
	}
	return time_class(s, i, c);
}

/* Words joined by plus signs: "tout+de+suite". */
static size_t phrase_at(const struct sent *s, size_t i, str w)
{
	while (w.n) {
		str one = str_cut(&w, '+');
		if (i >= s->t.n || !word_fits(s, i, one))
			return SIZE_MAX;
		i++;
	}
	return i;
}

/* One element at i: the token after it, or SIZE_MAX. */
static size_t element_at(const struct sent *s, size_t i, str e)
{
	if (str_eq(e, S("^")))
		return i == 0 ? 0 : SIZE_MAX;
	if (str_eq(e, S("$"))) {
		while (i < s->t.n && (s->t.v[i].kind == TOK_STOP ||
				      tok_is(&s->t, i, "svp") || tok_is(&s->t, i, "merci")))
			i++;
		return i == s->t.n ? i : SIZE_MAX;
	}
	if (e.p[0] == '!')
		return i < s->t.n && any_fits(s, i, str_from(e, 1)) ? SIZE_MAX : i;
	if (i >= s->t.n)
		return SIZE_MAX;
	while (e.n) {
		str w = str_cut(&e, '|');
		size_t end = str_find_byte(w, '+') != SIZE_MAX ? phrase_at(s, i, w)
			     : w.p[0] == '<'      ? class_at(s, i, str_sub(w, 1, w.n - 1))
			     : word_fits(s, i, w) ? i + 1
						  : SIZE_MAX;
		if (end != SIZE_MAX)
			return end;
	}
	return SIZE_MAX;
}

static size_t match(const struct sent *s, size_t i, str rest)
{
	if (!rest.n)
		return i;
	str e = str_cut(&rest, ' ');
	if (e.p[0] == '_') {
		size_t gap = e.n > 1 ? (size_t)(e.p[1] - '0') : 1;
		for (size_t k = 0; k <= gap && i + k <= s->t.n; k++) {
			size_t end = match(s, i + k, rest);
			if (end != SIZE_MAX)
				return end;
			if (i + k < s->t.n && s->t.v[i + k].kind == TOK_STOP)
				break;
		}
		return SIZE_MAX;
	}
	bool optional = e.n > 1 && e.p[e.n - 1] == '?';
	if (optional)
		e.n--;
	size_t j = element_at(s, i, e);
	if (j != SIZE_MAX) {
		size_t end = match(s, j, rest);
		if (end != SIZE_MAX || !optional)
			return end;
	}
	return optional ? match(s, i, rest) : SIZE_MAX;
}

size_t pat_at(const struct sent *s, size_t i, const char *pattern)
{
	return match(s, i, str_of(pattern));
}

size_t pat_find(const struct sent *s, size_t from, const char *pattern, size_t *ret_end)
{
	str p = str_of(pattern);
	for (size_t i = from; i <= s->t.n; i++) {
		size_t end = match(s, i, p);
		if (end != SIZE_MAX) {
			if (ret_end)
				*ret_end = end;
			return i;
		}
		if (p.p[0] == '^')
			break;
	}
	return SIZE_MAX;
}

bool pat_has(const struct sent *s, const char *pattern)
{
	return pat_find(s, 0, pattern, NULL) != SIZE_MAX;
}
