/* page_bilan.c - the published bilan of a territory, as everybody reads it. */
#include "net/page.h"

#include "domain/account/render.h"
#include "views_gen.h"

#include <jansson.h>

enum { MONTHS_SHOWN = 24 };

/* The figures of the page, in the order of the cascade: what was asked comes first. */
static const struct {
	const char *name;
	enum msg label;
} shown[] = {
	{ "secondes_demandees", T_bilan_hours_asked },
	{ "secondes_acceptees", T_bilan_hours_accepted },
	{ "secondes_confirmees", T_bilan_hours_confirmed },
	{ "secondes_realisees", T_bilan_hours_done },
	{ "secondes_manquees_service", T_bilan_hours_failed },
	{ "secondes_manquees_autre_cause", T_bilan_hours_other },
	{ "secondes_annulees_par_la_personne", T_bilan_hours_cancelled },
	{ "visites_demandees", T_bilan_visits_asked },
	{ "visites_realisees", T_bilan_visits_done },
	{ "visites_en_retard", T_bilan_visits_late },
	{ "visites_ecourtees", T_bilan_visits_short },
	{ "visites_manquees", T_bilan_visits_missed },
	{ "visites_remplacees", T_bilan_visits_replaced },
	{ "demandes_transmises", T_bilan_requests },
	{ "demandes_non_servies", T_bilan_requests_unserved },
	{ "aide_non_versee_apa_centimes", T_bilan_aid_unpaid },
	{ "couverture", T_bilan_coverage },
};

static bool figure_named(const char *name, enum figure *ret)
{
	for (int f = 0; f < FIG_COUNT; f++) {
		if (strcmp(figure_infos[f].key, name) == 0) {
			*ret = (enum figure)f;
			return true;
		}
	}
	return false;
}

static str value_of(struct call *c, const json_t *figures, const char *name)
{
	enum figure f;
	const json_t *v = json_object_get(figures, name);
	struct buf b = buf_init(c->a, 100);
	if (!json_is_integer(v) || !figure_named(name, &f))
		return tr(c->lang, T_bilan_withheld);
	figure_text(&b, f, json_integer_value(v));
	return buf_str(&b);
}

static int64_t number(const json_t *figures, const char *name)
{
	const json_t *v = json_object_get(figures, name);
	return json_is_integer(v) ? json_integer_value(v) : -1;
}

static void lead(struct call *c, const json_t *figures, struct public_bilan *v)
{
	int64_t done = number(figures, "taux_heures_realisees");
	struct buf b = buf_init(c->a, 1000), n = buf_init(c->a, 20);
	buf_int(&n, (done + 50) / 100);
	str args[1] = { buf_str(&n) };
	if (done >= 0)
		tr_put(&b, tr(c->lang, T_bilan_lead), args, 1);
	v->lead = buf_str(&b);
}

static void add_service(struct call *c, const json_t *line, const json_t *figures,
			struct public_bilan *v)
{
	struct buf b = buf_init(c->a, 100);
	bool hidden = json_is_true(json_object_get(line, "withheld"));
	if (!hidden && number(figures, "taux_realise_sur_demande") >= 0) {
		buf_put(&b, value_of(c, figures, "taux_realise_sur_demande_bas"));
		BUF_LIT(&b, " – ");
		buf_put(&b, value_of(c, figures, "taux_realise_sur_demande_haut"));
	}
	*ARENA_PUSH(c->a, &v->services) = (struct service_line){
		.name = str_dup(c->a,
				str_of(json_string_value(json_object_get(line, "name")))),
		.share = value_of(c, figures, "taux_realise_sur_demande"),
		.interval = buf_str(&b),
		.hours = value_of(c, figures, "secondes_demandees"),
	};
}

static void fill(struct call *c, const json_t *root, struct public_bilan *v)
{
	const json_t *lines = json_object_get(root, "lines");
	for (size_t i = 0; i < json_array_size(lines); i++) {
		const json_t *line = json_array_get(lines, i);
		const json_t *figures = json_object_get(line, "figures");
		if (i > 0) {
			add_service(c, line, figures, v);
			continue;
		}
		lead(c, figures, v);
		for (size_t k = 0; k < sizeof shown / sizeof *shown; k++)
			*ARENA_PUSH(c->a, &v->figures) = (struct figure_line){
				.label = tr(c->lang, shown[k].label),
				.value = value_of(c, figures, shown[k].name),
			};
	}
}

static day first_of(str month)
{
	day d = DAY_NONE;
	char text[16];
	if (month.n != 7)
		return d;
	memcpy(text, month.p, 7);
	memcpy(text + 7, "-01", 3);
	if (day_parse((str){ text, 10 }, &d) != OK)
		return DAY_NONE;
	return d;
}

static str month_words(struct call *c, str month)
{
	struct buf b = buf_init(c->a, 64);
	say_date(&b, c->lang, first_of(month), SAY_MONTH);
	return buf_str(&b);
}

static enum err show(struct call *c, str territory, str month, struct http_response *ret)
{
	struct view_ctx cx;
	struct public_bilan v = { .code = territory };
	struct sql_bilan_months_rows months;
	struct sql_bilan_last_row row;
	struct sql_territories_rows places;
	TRY(page_context(c, territory, &cx));
	TRY(sql_territories(c->db, c->a, &places));
	for (size_t i = 0; i < places.n; i++)
		if (str_eq(places.v[i].territory, territory))
			v.territory = places.v[i].name;
	if (!v.territory.n)
		return ERR_NOT_FOUND;
	TRY(sql_bilan_months(c->db, c->a, territory, MONTHS_SHOWN, &months));
	if (!month.n && months.n)
		month = months.v[0].month;
	for (size_t i = 0; i < months.n; i++)
		*ARENA_PUSH(c->a, &v.months) = (struct link){
			.href = str_fmt(c->a, "/bilans/%" PRIstr "/%" PRIstr,
					STR(territory), STR(months.v[i].month)),
			.text = month_words(c, months.v[i].month),
			.here = str_eq(months.v[i].month, month),
		};
	v.month = month.n ? month_words(c, month) : tr(c->lang, T_bilan_none_yet);
	enum err e = month.n ? sql_bilan_last(c->db, c->a, territory, month, ID_NONE, &row)
			     : ERR_NOT_FOUND;
	if (e == OK) {
		json_t *root =
			json_loadb(row.body.p, row.body.n, JSON_REJECT_DUPLICATES, NULL);
		if (!root)
			return ERR_DAMAGED;
		v.is_provisional = row.state != BILAN_STATE_FINAL;
		fill(c, root, &v);
		json_decref(root);
	} else if (e != ERR_NOT_FOUND || v.months.n) {
		return e; /* a month that was not published does not exist */
	}
	struct head_last_row head;
	if (head_last(c->db, c->a, &head) == OK)
		v.head = head.checkpoint;
	page_frame(c, &cx, FACE_PUBLIC, v.territory, &v.page);
	struct buf b = buf_init(c->a, 0);
	view_public_bilan(&b, &cx, &v);
	answer_page(c, ret, 200, buf_str(&b));
	return OK;
}

enum err do_bilan_page(struct call *c, struct http_response *ret)
{
	return show(c, call_text(c, "territory"), (str){ 0 }, ret);
}

enum err do_bilan_month_page(struct call *c, struct http_response *ret)
{
	return show(c, call_text(c, "territory"), call_text(c, "month"), ret);
}
