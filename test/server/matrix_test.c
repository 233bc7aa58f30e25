/* Every route as every role for one's own things, another's of the same operator, another
 * operator's and another territory's: the answer must be what the policy table says, and what
 * may not be seen must look like what does not exist. */
#include "../net/peer.h"
#include "net/route.h"
#include "test.h"
#include "town.h"

#define NOTHING ((str){ 0 })

TEST(the_policy_table_is_decided_line_by_line)
{
	size_t n;
	const struct allow *l = policy_lines(&n);
	struct id me = { 1, 1 }, other = { 2, 2 };
	for (size_t i = 0; i < n; i++) {
		struct principal w = { .role = l[i].role,
				       .account_id = me,
				       .subject_id = me,
				       .person_id = me,
				       .operator_id = me,
				       .territory = S("76"),
				       .scopes = UINT32_MAX,
				       .api_scopes = UINT32_MAX };
		struct object mine = { me, S("76"), me, me, me, me },
			      theirs = { other, S("14"), other, other, other, other };
		CHECK_OK(policy_allows(l[i].action, &w, &mine));
		CHECK_ERR(policy_allows(l[i].action, &w, &theirs),
			  l[i].relation == REL_ANY ? OK : ERR_NOT_FOUND);
		w.scopes = w.api_scopes = 0;
		CHECK_ERR(policy_allows(l[i].action, &w, &mine),
			  l[i].scope ? ERR_FORBIDDEN : OK);
		w.role = ROLE_NONE;
		CHECK_ERR(policy_allows(l[i].action, &w, &mine), ERR_LOGIN);
		/* an empty id on both sides is no relation */
		struct principal nobody = { .role = l[i].role,
					    .scopes = UINT32_MAX,
					    .api_scopes = UINT32_MAX };
		if (l[i].relation != REL_ANY)
			CHECK_ERR(
				policy_allows(l[i].action, &nobody, &(struct object){ 0 }),
				ERR_NOT_FOUND);
	}
}

TEST(every_route_has_a_policy_and_a_path_of_its_own)
{
	size_t n, lines;
	const struct route *t = route_table(&n);
	const struct allow *l = policy_lines(&lines);
	for (size_t i = 0; i < n; i++) {
		bool allowed = t[i].action == ACTION_public;
		for (size_t k = 0; k < lines; k++)
			allowed |= l[k].action == t[i].action;
		CHECK(allowed);
		CHECK(t[i].method == HTTP_GET || t[i].kind != ROUTE_READ);
		CHECK(t[i].method != HTTP_GET || t[i].kind == ROUTE_READ);
		for (size_t k = 0; k < i; k++) {
			CHECK(strcmp(t[i].name, t[k].name) != 0);
			CHECK(t[i].method != t[k].method ||
			      strcmp(t[i].path, t[k].path) != 0);
		}
	}
}

/* ---- over HTTP ---- */

static struct id thing(const struct town_side *s, enum object_kind k)
{
	switch (k) {
	case OBJECT_VISIT: return s->visit_id;
	case OBJECT_REQUEST: return s->request_id;
	case OBJECT_PERSON: return s->person_id;
	case OBJECT_CONTACT: return s->contact_id;
	case OBJECT_CARER: return s->carer_id;
	case OBJECT_OPERATOR: return s->operator_id;
	case OBJECT_OFFER:
	case OBJECT_NOTICE:
	case OBJECT_SIGNALEMENT:
	case OBJECT_TERRITORY:
	case OBJECT_NONE: break;
	}
	return ID_NONE;
}

static struct object facts(const struct town_side *s, enum object_kind k,
			   const char *territory)
{
	struct object o = { .id = thing(s, k), .territory = str_of(territory) };
	if (k != OBJECT_CARER && k != OBJECT_OPERATOR)
		o.person_id = s->person_id;
	if (k == OBJECT_VISIT || k == OBJECT_REQUEST || k == OBJECT_CARER ||
	    k == OBJECT_PERSON || k == OBJECT_OPERATOR)
		o.operator_id = s->operator_id;
	if (k == OBJECT_VISIT || k == OBJECT_REQUEST || k == OBJECT_CARER)
		o.carer_id = s->carer_id;
	return o;
}

static str path_for(struct town *t, const struct route *r, struct id id,
		    enum object_kind *kind)
{
	struct buf b = buf_init(t->a, 0);
	str path = str_from(str_of(r->path), 1);
	*kind = OBJECT_NONE;
	while (path.p && path.n) {
		str step = str_cut(&path, '/');
		buf_byte(&b, '/');
		if (step.p[0] != '{') {
			buf_put(&b, step);
			continue;
		}
		const struct param *p = param_named(str_sub(step, 1, step.n - 1));
		if (p->object != OBJECT_NONE)
			*kind = p->object;
		if (p->kind == PARAM_ID)
			buf_put(&b, id_text(t->a, id_is(id) ? id : (struct id){ 1, 7 }));
		else
			BUF_LIT(&b, "76");
	}
	return buf_str(&b);
}

static struct principal as(const struct town *t, enum role role)
{
	const struct town_side *s = &t->side[0][0];
	struct principal w = { .role = role,
			       .territory = S("76"),
			       .kind = SESSION_PASSWORD };
	if (role == ROLE_PERSON || role == ROLE_CIRCLE || role == ROLE_GUARDIAN)
		w.person_id = s->person_id;
	if (role == ROLE_CIRCLE || role == ROLE_GUARDIAN)
		w.scopes = SCOPE_SEE_TODAY | SCOPE_ATTEST;
	if (role == ROLE_CARER)
		w.subject_id = s->carer_id;
	if (role == ROLE_COORDINATOR || role == ROLE_CARER || role == ROLE_OPERATOR_API)
		w.operator_id = s->operator_id;
	if (role == ROLE_OPERATOR_API)
		w.api_scopes = API_READ | API_ROSTER | API_CHECKIN;
	return w;
}

/* What a refusal by the policy looks like; 0: it may pass (and then fail for other reasons). */
static int refusal(enum err e)
{
	return e ? err_status(e) : 0;
}

/* POST with a body that no route takes: what the policy lets through then ends in 422, so the
 * matrix changes nothing. */
static int ask(struct town *t, enum role role, const struct route *r, str path)
{
	bool get = r->method == HTTP_GET;
	str body = get ? NOTHING : S("{\"zz\":1}");
	return peer_status(town_ask(t, role, http_method_name(r->method), path, body));
}

static size_t check_route(struct town *t, const struct route *r, enum role role)
{
	static const char *const territories[] = { "76", "14" };
	enum object_kind kind;
	size_t wrong = 0;
	for (int i = 0; i < TOWN_SIDES * TOWN_SIDES + 1; i++) {
		bool none = i == TOWN_SIDES * TOWN_SIDES; /* a thing that does not exist */
		const struct town_side *s = none ? NULL : &t->side[i / 2][i % 2];
		path_for(t, r, ID_NONE, &kind);
		if (kind == OBJECT_NONE && i)
			break;
		str path = path_for(t, r, none ? ID_NONE : thing(s, kind), &kind);
		struct object o =
			none ? (struct object){ 0 } : facts(s, kind, territories[i / 2]);
		bool made = !none && id_is(o.id);
		struct principal w = as(t, role);
		enum err e = policy_allows(
			r->action, &w,
			made || kind == OBJECT_NONE ? &o : &(struct object){ 0 });
		int want = refusal(e), got = ask(t, role, r, path);
		if (kind != OBJECT_NONE && !made && !want)
			want = 404;
		bool ok = want ? got == want : got != 401 && got != 403 && got != 500;
		if (want == 0 && kind != OBJECT_NONE)
			ok &= got != 404;
		if (!ok)
			print_error("%s %" PRIstr " as %s: %d, the policy says %d\n",
				    r->name, STR(path), role_name(role), got, want);
		wrong += !ok;
	}
	return wrong;
}

TEST(every_route_answers_every_role_as_the_policy_says)
{
	static struct town t;
	struct arena *a = arena_new((size_t)1 << 30);
	size_t n, wrong = 0, asked = 0;
	town_open(&t, a);
	const struct route *table = route_table(&n);
	for (size_t i = 0; i < n; i++) {
		if (!str_starts(str_of(table[i].path), S("/api/")) ||
		    strcmp(table[i].name, "logout") == 0)
			continue; /* pages have tests of their own */
		if (table[i].action == ACTION_account && table[i].method != HTTP_GET)
			continue; /* these end the sessions that the rest needs */
		for (int r = ROLE_NONE; r < ROLE_SYSTEM; r++) {
			if (r == ROLE_REPRESENTATIVE)
				continue;
			struct arena_mark m = arena_mark(a);
			wrong += check_route(&t, &table[i], (enum role)r);
			arena_reset(a, m);
			asked++;
		}
	}
	CHECK(asked > 300);
	CHECK_INT(wrong, 0);
	town_close(&t);
	arena_free(a);
}

TEST(a_planted_hole_in_the_policy_is_seen)
{
	/* were the relation of a line forgotten, the first test above would find it: a stranger
	 * passes where only the holder may */
	struct principal stranger = { .role = ROLE_CARER, .subject_id = { 9, 9 } };
	struct object visit = { .id = { 1, 1 }, .carer_id = { 2, 2 } };
	CHECK_ERR(policy_allows(ACTION_visit_check_in, &stranger, &visit), ERR_NOT_FOUND);
	stranger.subject_id = visit.carer_id;
	CHECK_OK(policy_allows(ACTION_visit_check_in, &stranger, &visit));
}
