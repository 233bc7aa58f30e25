#include "net/page.h"

#include "views_gen.h"

enum err page_context(struct call *c, str territory, struct view_ctx *ret)
{
	const struct zone *z = NULL;
	str place = territory.n ? territory : c->who.territory;
	if (!place.n) { /* a public page: the first territory gives the hour */
		struct sql_territories_rows rows;
		TRY(sql_territories(c->db, c->a, &rows));
		if (rows.n)
			place = rows.v[0].territory;
	}
	if (place.n)
		TRY(call_zone(c, place, &z));
	*ret = (struct view_ctx){ .lang = c->lang,
				  .zone = z,
				  .now = c->now,
				  .csrf = call_csrf(c),
				  .path = c->rq->path,
				  .is_demo = call_config(c)->is_demo };
	return OK;
}

static void add_link(struct call *c, struct page *p, const char *href, enum msg text)
{
	*ARENA_PUSH(c->a, &p->nav) =
		(struct link){ .href = str_of(href),
			       .text = tr(c->lang, text),
			       .here = str_eq(c->rq->path, str_of(href)) };
}

void page_frame(struct call *c, const struct view_ctx *cx, enum face face, str title,
		struct page *ret)
{
	(void)cx;
	*ret = (struct page){ .title = title, .face = face };
	if (c->who.role == ROLE_NONE)
		return;
	ret->account = tr(c->lang, T_layout_connected);
	add_link(c, ret, "/", T_nav_today);
	if (c->who.role == ROLE_COORDINATOR || c->who.role == ROLE_REFERENT)
		add_link(c, ret, "/appels", T_nav_calls);
	if (c->who.role == ROLE_REFERENT)
		add_link(c, ret, "/signalements", T_nav_reports);
}

static str short_name(struct call *c, str first, str last, bool is_full)
{
	if (!is_full || !last.n)
		return first;
	size_t n = 1;
	while (n < last.n && ((unsigned char)last.p[n] & 0xc0) == 0x80)
		n++;
	return str_fmt(c->a, "%" PRIstr " %" PRIstr ".", STR(first),
		       STR(str_sub(last, 0, n)));
}

str page_person_name(struct call *c, struct id person_id, bool is_full)
{
	struct person p;
	if (!id_is(person_id) || sql_person_get(c->db, c->a, person_id, &p) != OK)
		return (str){ 0 };
	return short_name(c, p.first_name, p.last_name, is_full);
}

str page_carer_name(struct call *c, struct id carer_id, bool is_full)
{
	struct carer k;
	if (!id_is(carer_id) || sql_carer_get(c->db, c->a, carer_id, &k) != OK)
		return (str){ 0 };
	return short_name(c, k.first_name, k.last_name, is_full);
}

str page_place(struct call *c, struct id person_id)
{
	struct person p;
	struct sql_commune_name_row row;
	if (sql_person_get(c->db, c->a, person_id, &p) != OK ||
	    sql_commune_name(c->db, c->a, p.insee, &row) != OK)
		return (str){ 0 };
	return row.name;
}
