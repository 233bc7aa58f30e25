#include "talk/sent.h"

#include <string.h>

static const struct {
	enum talk_task task;
	const char *pattern;
} task_patterns[] = {
#define T(task, pattern) { TASK_##task, pattern },
#include "talk/task.tbl"
#undef T
};

void sent_find_tasks(struct sent *s)
{
	for (size_t i = 0; i < s->t.n;) {
		size_t best = i;
		enum talk_task task = TASK_NONE;
		for (size_t k = 0; k < sizeof task_patterns / sizeof *task_patterns; k++) {
			size_t end = pat_at(s, i, task_patterns[k].pattern);
			if (end != SIZE_MAX && end > best) {
				best = end;
				task = task_patterns[k].task;
			}
		}
		if (best == i) {
			i++;
			continue;
		}
		if (task != TASK_NONE) {
			s->tasks |= 1u << task;
			s->task_len[i] = (uint8_t)(best - i);
			memset(s->task + i, (int)task + 1, best - i);
		}
		i = best;
	}
}

struct relation {
	const char *words, *name;
	bool helped;
};
static const struct relation relations[] = {
	{ "mere|maman|meman|mman", "mère", true },
	{ "pere|papa", "père", true },
	{ "parents", "parents", true },
	{ "grandmere|mamie|mami|meme|mamy|mémé", "grand-mère", true },
	{ "grandpere|papi|papy|pepe", "grand-père", true },
	{ "grandsparents", "grands-parents", true },
	{ "bellemere", "belle-mère", true },
	{ "beaupere", "beau-père", true },
	{ "beauxparents", "beaux-parents", true },
	{ "mari|epoux", "mari", true },
	{ "femme|epouse", "femme", true },
	{ "conjoint|compagnon", "conjoint", true },
	{ "conjointe|compagne", "conjointe", true },
	{ "tante|tatie|tata", "tante", true },
	{ "oncle|tonton", "oncle", true },
	{ "frere", "frère", true },
	{ "soeur", "sœur", true },
	{ "bellesoeur", "belle-sœur", true },
	{ "beaufrere", "beau-frère", true },
	{ "marraine", "marraine", true },
	{ "fils", "fils", false },
	{ "fille", "fille", false },
	{ "petitfils", "petit-fils", false },
	{ "petitefille", "petite-fille", false },
	{ "petitsenfants|enfants", "enfants", false },
	{ "neveu", "neveu", false },
	{ "niece", "nièce", false },
	{ "voisin", "voisin", false },
	{ "voisine", "voisine", false },
	{ "ami|copain", "ami", false },
	{ "amie|copine", "amie", false },
	{ "cousin", "cousin", false },
	{ "cousine", "cousine", false },
	{ "bellefille", "belle-fille", false },
	{ "beaufils|gendre", "gendre", false },
};

const char *rel_name(int rel)
{
	ASSERT(rel >= 0 && (size_t)rel < sizeof relations / sizeof *relations);
	return relations[rel].name;
}

bool rel_helped(int rel)
{
	ASSERT(rel >= 0 && (size_t)rel < sizeof relations / sizeof *relations);
	return relations[rel].helped;
}

static void find_relations(struct sent *s)
{
	for (size_t i = 0; i < s->t.n; i++) {
		bool own = i && tok_in(&s->t, i - 1, "ma|mon|mes|notre|nos|sa|son|ses|m");
		bool alone =
			tok_in(&s->t, i,
			       "maman|papa|mamie|papi|mami|papy|meman|tatie|tata|tonton");
		bool adj = i > 1 &&
			   tok_in(&s->t, i - 1,
				  "vieille|vieux|pauvre|chere|petite|grande|petit") &&
			   tok_in(&s->t, i - 2, "ma|mon|mes");
		bool madame_votre = i > 1 && tok_in(&s->t, i - 1, "la|le") &&
				    tok_in(&s->t, i + 1, "de|du");
		if (!own && !alone && !adj && !(madame_votre && false))
			continue;
		for (size_t k = 0; k < sizeof relations / sizeof *relations; k++)
			if (tok_in(&s->t, i, relations[k].words))
				s->rel[i] = (uint8_t)(k + 1);
	}
}

static bool starts_phrase(const struct sent *s, size_t i)
{
	return i == 0 || s->t.v[i - 1].kind == TOK_STOP ||
	       tok_in(&s->t, i - 1, "bonjour|bonsoir");
}

/* Length of the name at token i: a first name, or a capital where none is due. */
static size_t name_len(const struct sent *s, size_t i)
{
	const struct tok *x = &s->t.v[i];
	if (x->kind != TOK_WORD || s->atom[i] >= 0 || s->rel[i] || x->text.n < 2)
		return 0;
	bool title = i && tok_in(&s->t, i - 1, "madame|monsieur|mademoiselle|docteur");
	bool first = (x->flags & WORD_NAME) != 0;
	bool common = x->lemma[1] >= 0 || (x->known && !first);
	bool caps = x->raw.n > 1 && x->raw.p[1] >= 'A' && x->raw.p[1] <= 'Z';
	bool shown = x->cap && !caps && !starts_phrase(s, i);
	bool homonym =
		first && tok_in(&s->t, i,
				"rose|noel|reine|claude|aurore|remi|marine|prune|violette|"
				"victoire|clemence|felix|constant|desire|aime|fleur");
	if (title)
		return !tok_in(&s->t, i,
			       "qui|est|la|le|a|de|et|pour|vient|ne|n|du|svp|merci")
			       ? 1
			       : 0;
	if (shown && (!common || first || !x->known) &&
	    !tok_in(&s->t, i, "samu|rdv|sms|tv|bonjour|merci|dieu|internet"))
		return 1;
	if (first && (!homonym || x->cap) &&
	    (!common || shown || !x->cap || starts_phrase(s, i)))
		return 1;
	return x->cap && !caps && !x->known && !x->fixed && starts_phrase(s, i) &&
			       x->text.n > 3
		       ? 1
		       : 0;
}

static void find_names(struct sent *s)
{
	for (size_t i = 0; i < s->t.n;) {
		size_t n = s->task_len[i] ? 0 : name_len(s, i);
		if (!n) {
			i++;
			continue;
		}
		/* "Jean-Pierre", "Marie Dupont" */
		while (i + n < s->t.n && s->t.v[i + n].cap &&
		       s->t.v[i + n].kind == TOK_WORD && s->atom[i + n] < 0 &&
		       (s->t.v[i + n].hyphen || name_len(s, i + n)) && n < 4)
			n++;
		while (i + n < s->t.n && s->t.v[i + n].hyphen &&
		       (s->t.v[i + n].flags & WORD_NAME) && n < 4)
			n++;
		s->name[i] = (uint8_t)n;
		i += n;
	}
}

void sent_find_people(struct sent *s)
{
	find_relations(s);
	find_names(s);
}

struct sent *sent_read(struct arena *a, str text)
{
	struct sent *s = ARENA_NEW(a, struct sent);
	s->text = text;
	s->t = word_plain(a, lex_cut(a, text));
	if (s->t.n > TALK_MAX_TOKENS)
		s->t.n = TALK_MAX_TOKENS;
	s->l = atom_scan(a, &s->t);
	for (size_t i = 0; i < TALK_MAX_TOKENS; i++)
		s->atom[i] = -1;
	for (size_t k = 0; k < s->l.n; k++)
		for (size_t i = s->l.v[k].at; i < s->l.v[k].end && i < TALK_MAX_TOKENS; i++)
			s->atom[i] = (int16_t)k;
	for (size_t k = 0; k < s->l.n;
	     k++) /* "à partir de" is no departure, "à compter" no sum */
		for (size_t i = s->l.v[k].head;
		     s->l.v[k].role == ROLE_FROM && i < s->l.v[k].at; i++)
			s->t.v[i].lemma[0] = s->t.v[i].lemma[1] = s->t.v[i].lemma[2] = -1;
	sent_find_tasks(s);
	sent_find_people(s);
	size_t q = str_find_byte(text, '?');
	s->question = q != SIZE_MAX;
	return s;
}
