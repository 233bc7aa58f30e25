#include "net/policy.h"

#include "domain/care/person.h"

static const struct {
	const char *name;
	bool card;
} actions[] = {
#define ACTION(name, card) { #name, (card) },
#define ALLOW(action, role, relation, scope)
#include "net/policy.tbl"
#undef ACTION
#undef ALLOW
};

static const struct allow lines[] = {
#define ACTION(name, card)
#define ALLOW(action, role, relation, scope)                                               \
	{ ACTION_##action, ROLE_##role, REL_##relation, (scope) },
#include "net/policy.tbl"
#undef ACTION
#undef ALLOW
};

const char *action_name(enum action a)
{
	return actions[a].name;
}

const struct allow *policy_lines(size_t *ret_n)
{
	*ret_n = sizeof lines / sizeof *lines;
	return lines;
}

static bool same(struct id a, struct id b)
{
	return id_is(a) && id_eq(a, b);
}

static bool related(enum relation r, const struct principal *w, const struct object *t)
{
	switch (r) {
	case REL_ANY: return true;
	case REL_SELF:
		return w->role == ROLE_CARER ? same(w->subject_id, t->carer_id)
					     : same(w->person_id, t->person_id);
	case REL_CIRCLE: return same(w->person_id, t->person_id);
	case REL_OPERATOR:
		return same(w->operator_id, t->operator_id) ||
		       same(w->operator_id, t->operator2_id);
	case REL_TERRITORY: return w->territory.n && str_eq(w->territory, t->territory);
	}
	die("unknown relation");
}

static bool scoped(const struct allow *l, const struct principal *w)
{
	uint32_t has = w->role == ROLE_OPERATOR_API ? w->api_scopes : w->scopes;
	return (has & l->scope) == l->scope;
}

enum err policy_allows(enum action a, const struct principal *who,
		       const struct object *thing)
{
	if (a == ACTION_public)
		return OK;
	if (who->role == ROLE_NONE)
		return ERR_LOGIN;
	if (who->kind == SESSION_CARD && !actions[a].card)
		return ERR_FORBIDDEN;
	enum err e = ERR_FORBIDDEN;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		const struct allow *l = &lines[i];
		if (l->action != a || l->role != who->role || !scoped(l, who))
			continue;
		if (related(l->relation, who, thing))
			return OK;
		e = ERR_NOT_FOUND;
	}
	return e;
}
