/* page_home.c - the public pages, the door, and the first page of each role. */
#include "net/page.h"

#include "net/auth/account.h"
#include "views_gen.h"

static enum err public_page(struct call *c, struct http_response *ret)
{
	struct view_ctx cx;
	struct public_home v = { 0 };
	struct sql_territories_rows rows;
	TRY(page_context(c, (str){ 0 }, &cx));
	TRY(sql_territories(c->db, c->a, &rows));
	for (size_t i = 0; i < rows.n; i++)
		*ARENA_PUSH(c->a, &v.territories) = (struct link){
			.href = str_fmt(c->a, "/bilans/%" PRIstr, STR(rows.v[i].territory)),
			.text = str_fmt(c->a, "%" PRIstr " (%" PRIstr ")",
					STR(rows.v[i].name), STR(rows.v[i].territory)),
		};
	page_frame(c, &cx, FACE_PUBLIC, tr(c->lang, T_home_short), &v.page);
	struct buf b = buf_init(c->a, 0);
	view_public_home(&b, &cx, &v);
	answer_page(c, ret, 200, buf_str(&b));
	return OK;
}

/* Everybody's first page: the public one, or the day of one's role. */
enum err do_home(struct call *c, struct http_response *ret)
{
	switch (c->who.role) {
	case ROLE_PERSON:
	case ROLE_CIRCLE:
	case ROLE_GUARDIAN: return page_person(c, ret);
	case ROLE_CARER: return page_carer(c, ret);
	case ROLE_COORDINATOR: return page_desk(c, ret);
	case ROLE_REFERENT: return page_reports(c, ret);
	case ROLE_NONE:
	case ROLE_AUTHORITY:
	case ROLE_CERTIFIER:
	case ROLE_REPRESENTATIVE:
	case ROLE_ADMIN:
	case ROLE_OPERATOR_API:
	case ROLE_SYSTEM: break;
	}
	return public_page(c, ret);
}

/* --- the door */

enum err do_enter_page(struct call *c, struct http_response *ret)
{
	static const struct {
		const char *role;
		enum msg text;
	} roles[] = {
		{ "person", T_demo_person },     { "circle", T_demo_circle },
		{ "carer", T_demo_carer },       { "coordinator", T_demo_coordinator },
		{ "referent", T_demo_referent }, { "authority", T_demo_authority },
		{ "admin", T_demo_admin },
	};
	struct view_ctx cx;
	struct login_page v = { 0 };
	TRY(page_context(c, (str){ 0 }, &cx));
	v.note = tr(c->lang, T_demo_note);
	v.fields[0] = (struct form_line){ .name = "login",
					  .label = tr(c->lang, T_login_login),
					  .autocomplete = "username",
					  .is_required = true };
	v.fields[1] = (struct form_line){ .name = "password",
					  .type = "password",
					  .label = tr(c->lang, T_login_password),
					  .autocomplete = "current-password",
					  .is_required = true };
	v.fields[2] = (struct form_line){ .name = "totp",
					  .label = tr(c->lang, T_login_code),
					  .hint = tr(c->lang, T_login_code_hint),
					  .autocomplete = "one-time-code",
					  .inputmode = "numeric",
					  .is_short = true };
	for (size_t i = 0; call_config(c)->is_demo && i < sizeof roles / sizeof *roles; i++)
		*ARENA_PUSH(c->a, &v.demo) =
			(struct link){ .href = str_of(roles[i].role),
				       .text = tr(c->lang, roles[i].text) };
	page_frame(c, &cx, FACE_PUBLIC, tr(c->lang, T_login_title), &v.page);
	struct buf b = buf_init(c->a, 0);
	view_login(&b, &cx, &v);
	answer_page(c, ret, 200, buf_str(&b));
	return OK;
}

/* --- plain pages: how to check, what becomes of data, accessibility, the paper card */

static enum err plain_page(struct call *c, enum msg title, const enum msg *lines, size_t n,
			   struct http_response *ret)
{
	struct view_ctx cx;
	struct text_page v = { .lines = { 0 } };
	TRY(page_context(c, (str){ 0 }, &cx));
	for (size_t i = 0; i < n; i++)
		*ARENA_PUSH(c->a, &v.lines) = tr(c->lang, lines[i]);
	page_frame(c, &cx, FACE_PUBLIC, tr(c->lang, title), &v.page);
	struct buf b = buf_init(c->a, 0);
	view_text_page(&b, &cx, &v);
	answer_page(c, ret, 200, buf_str(&b));
	return OK;
}

enum err do_check_page(struct call *c, struct http_response *ret)
{
	static const enum msg lines[] = { T_check_one, T_check_two, T_check_three };
	return plain_page(c, T_check_title, lines, 3, ret);
}

enum err do_data_page(struct call *c, struct http_response *ret)
{
	static const enum msg lines[] = { T_data_one, T_data_two, T_data_three };
	return plain_page(c, T_data_title, lines, 3, ret);
}

enum err do_accessibility_page(struct call *c, struct http_response *ret)
{
	static const enum msg lines[] = { T_access_one, T_access_two };
	return plain_page(c, T_access_title, lines, 2, ret);
}

enum err do_card_page(struct call *c, struct http_response *ret)
{
	struct view_ctx cx;
	struct card_page v = { .code = { .name = "code",
					 .label = tr(c->lang, T_card_code),
					 .is_required = true } };
	TRY(page_context(c, (str){ 0 }, &cx));
	page_frame(c, &cx, FACE_PERSON, tr(c->lang, T_card_title), &v.page);
	struct buf b = buf_init(c->a, 0);
	view_card_page(&b, &cx, &v);
	answer_page(c, ret, 200, buf_str(&b));
	return OK;
}

/* --- a demo opens its doors without password: everything in it is invented */

struct demo_enter_in {
	int role;
};
static const struct field demo_enter_fields[] = {
	FIELD_WORDS(struct demo_enter_in, role, ENUM, true, role_table),
};
const struct input in_demo_enter = { demo_enter_fields, 1, sizeof(struct demo_enter_in),
				     NULL };

/* Whoever of that role has something to see now. */
static enum err demo_account(struct call *c, str territory, enum role role, int hours,
			     struct account *ret)
{
	ts from = ts_add_min(c->now, -60 * hours / 8),
	   until = ts_add_min(c->now, 60 * hours);
	*ret = (struct account){ .territory = territory, .role = role };
	if (role == ROLE_PERSON || role == ROLE_CIRCLE) {
		struct sql_demo_person_row row;
		TRY(sql_demo_person(c->db, c->a, territory, from, until, &row));
		ret->subject_id = row.person_id;
		if (role == ROLE_CIRCLE) {
			struct contacts list;
			TRY(sql_contacts_of_person(c->db, c->a, row.person_id, &list));
			if (!list.n)
				return ERR_NOT_FOUND;
			ret->subject_id = list.v[0].id;
		}
	} else if (role == ROLE_CARER) {
		struct sql_demo_carer_row row;
		struct carer k;
		TRY(sql_demo_carer(c->db, c->a, territory, from, until, &row));
		TRY(sql_carer_get(c->db, c->a, row.carer_id, &k));
		ret->subject_id = k.id;
		ret->operator_id = k.operator_id;
	} else if (role == ROLE_COORDINATOR) {
		struct sql_demo_operator_row row;
		TRY(sql_demo_operator(c->db, c->a, territory, from, until, &row));
		ret->operator_id = row.operator_id;
	} else if (role != ROLE_REFERENT && role != ROLE_AUTHORITY && role != ROLE_ADMIN) {
		return ERR_NOT_FOUND;
	}
	return OK;
}

enum err do_leave(struct call *c, struct http_response *ret)
{
	TRY(do_logout(c, ret));
	return OK;
}

enum err do_demo_enter(struct call *c, struct http_response *ret)
{
	const struct demo_enter_in *in = c->in;
	struct sql_territories_rows places;
	struct account a;
	str token;
	if (!call_config(c)->is_demo)
		return ERR_NOT_FOUND;
	TRY(sql_territories(c->db, c->a, &places));
	if (!places.n)
		return ERR_NOT_FOUND;
	enum err e = ERR_NOT_FOUND;
	for (int hours = 6; e == ERR_NOT_FOUND && hours <= 24 * 8; hours *= 4)
		e = demo_account(c, places.v[0].territory, (enum role)in->role, hours, &a);
	TRY(e);
	TRY(account_for(c->db, c->a, &a, c->now));
	TRY(session_make(c->db, c->a, &call_config(c)->key, &a, SESSION_DEMO, S("demo"),
			 c->now, &token));
	call_set_cookie(c, ret, token, SESSION_DEMO_S);
	answer_redirect(ret, S("/"));
	return OK;
}
