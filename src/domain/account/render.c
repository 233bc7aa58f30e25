/* render.c - the forms of a bilan: see render.h. */
#include "domain/account/render.h"

void json_put(struct buf *b, str s)
{
	static const char hex[] = "0123456789abcdef";
	buf_byte(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		const char *esc = c == '"'    ? "\\\""
				  : c == '\\' ? "\\\\"
				  : c == '\b' ? "\\b"
				  : c == '\f' ? "\\f"
				  : c == '\n' ? "\\n"
				  : c == '\r' ? "\\r"
				  : c == '\t' ? "\\t"
					      : NULL;
		if (esc)
			buf_z(b, esc);
		else if (c < 0x20) {
			BUF_LIT(b, "\\u00");
			buf_byte(b, hex[c >> 4]);
			buf_byte(b, hex[c & 15]);
		} else
			buf_byte(b, (char)c);
	}
	buf_byte(b, '"');
}

bool csv_is_formula(str s)
{
	return s.n && str_find_byte(S("=+-@\t\r"), s.p[0]) != SIZE_MAX;
}

void csv_put(struct buf *b, str s)
{
	bool quoted = false;
	for (size_t i = 0; i < s.n; i++)
		quoted |=
			s.p[i] == '"' || s.p[i] == ',' || s.p[i] == '\n' || s.p[i] == '\r';
	if (quoted)
		buf_byte(b, '"');
	if (csv_is_formula(s))
		buf_byte(b, '\'');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_byte(b, '"');
		buf_byte(b, s.p[i]);
	}
	if (quoted)
		buf_byte(b, '"');
}

static bool is_shown(const struct bilan_line *l, str only)
{
	return !only.n || str_eq(l->key, only);
}

static void line_json(struct buf *b, const struct bilan_line *l)
{
	BUF_LIT(b, "{\"line\":");
	json_put(b, l->key);
	BUF_LIT(b, ",\"name\":");
	json_put(b, l->name);
	BUF_LIT(b, ",\"finess\":");
	json_put(b, l->finess);
	buf_z(b, l->is_withheld ? ",\"withheld\":true" : ",\"withheld\":false");
	buf_fmt(b, ",\"clusters\":[%" PRId64 ",%" PRId64 ",%" PRId64 "]", l->deff[0],
		l->deff[1], l->deff[2]);
	BUF_LIT(b, ",\"reply\":");
	json_put(b, l->reply);
	BUF_LIT(b, ",\"figures\":{");
	for (int i = 0; i < FIG_COUNT; i++) {
		buf_fmt(b, "%s\"%s\":", i ? "," : "", figure_infos[i].key);
		if (l->f.v[i] == FIG_NONE)
			BUF_LIT(b, "null");
		else
			buf_int(b, l->f.v[i]);
	}
	BUF_LIT(b, "}}");
}

void bilan_json(struct buf *b, const struct bilan *x, str only)
{
	BUF_LIT(b, "{\"format\":\"vigie-bilan-1\",\"territory\":");
	json_put(b, x->territory);
	BUF_LIT(b, ",\"month\":");
	json_put(b, x->month);
	buf_fmt(b,
		",\"state\":\"%s\",\"edition\":%" PRId64 ",\"measure\":%" PRId64
		",\"contest_days\":%" PRId64 ",\"entitled_source\":",
		bilan_state_name(x->state), x->edition, x->measure, x->policy);
	json_put(b, x->entitled_source);
	BUF_LIT(b, ",\"lines\":[");
	bool first = true;
	for (size_t i = 0; i < x->n; i++) {
		if (!is_shown(&x->lines[i], only))
			continue;
		buf_z(b, first ? "\n" : ",\n");
		line_json(b, &x->lines[i]);
		first = false;
	}
	BUF_LIT(b, "\n]}\n");
}

static void line_csv(struct buf *b, const struct bilan *x, const struct bilan_line *l)
{
	csv_put(b, x->territory);
	buf_byte(b, ',');
	csv_put(b, x->month);
	buf_fmt(b, ",%s,%" PRId64 ",%" PRId64 ",", bilan_state_name(x->state), x->edition,
		x->measure);
	csv_put(b, l->key);
	buf_byte(b, ',');
	csv_put(b, l->name);
	buf_byte(b, ',');
	csv_put(b, l->finess);
	buf_fmt(b, ",%d,%" PRId64 ",%" PRId64 ",%" PRId64, l->is_withheld, l->deff[0],
		l->deff[1], l->deff[2]);
	for (int i = 0; i < FIG_COUNT; i++) {
		buf_byte(b, ',');
		if (l->f.v[i] != FIG_NONE)
			buf_int(b, l->f.v[i]);
	}
	buf_byte(b, ',');
	csv_put(b, l->reply);
	buf_byte(b, '\n');
}

void bilan_csv(struct buf *b, const struct bilan *x, str only)
{
	BUF_LIT(b, "territoire,mois,etat,edition,mesure,ligne,nom,finess,retenu,"
		   "grappe_demande,grappe_accepte,grappe_confirme");
	for (int i = 0; i < FIG_COUNT; i++) {
		buf_byte(b, ',');
		buf_z(b, figure_infos[i].key);
	}
	BUF_LIT(b, ",reponse\n");
	for (size_t i = 0; i < x->n; i++)
		if (is_shown(&x->lines[i], only))
			line_csv(b, x, &x->lines[i]);
}

#define NBSP "\xC2\xA0"

static void thousands(struct buf *b, int64_t v)
{
	if (v >= 1000) {
		thousands(b, v / 1000);
		buf_fmt(b, NBSP "%03" PRId64, v % 1000);
	} else
		buf_int(b, v);
}

void figure_text(struct buf *b, enum figure f, int64_t v)
{
	if (v == FIG_NONE) {
		BUF_LIT(b, "non donné");
		return;
	}
	switch (figure_infos[f].unit) {
	case UNIT_N: thousands(b, v); break;
	case UNIT_S:
		thousands(b, v / 3600);
		buf_fmt(b, NBSP "h" NBSP "%02" PRId64, v / 60 % 60);
		break;
	case UNIT_M:
		thousands(b, v);
		BUF_LIT(b, NBSP "min");
		break;
	case UNIT_C:
		thousands(b, v / 100);
		buf_fmt(b, ",%02" PRId64 NBSP "€", v % 100);
		break;
	case UNIT_B:
		buf_fmt(b, "%" PRId64 ",%" PRId64 NBSP "%%", (v + 5) / 10 / 10,
			(v + 5) / 10 % 10);
		break;
	}
}

/* What a reader asks first; the rest is in the JSON and the CSV. */
static const struct {
	const char *label;
	enum figure f;
} text_rows[] = {
	{ "Personnes suivies", FIG_PERSONS },
	{ "Personnes ayant droit", FIG_T_ENTITLED },
	{ "Couverture", FIG_T_COVERAGE },
	{ "Temps accordé (APA)", FIG_T_S_GRANTED_APA },
	{ "Temps accordé (PCH)", FIG_T_S_GRANTED_PCH },
	{ "Temps demandé", FIG_S_ASKED },
	{ "Temps accepté par un service", FIG_S_ACCEPTED },
	{ "Temps confirmé la veille", FIG_S_CONFIRMED },
	{ "Temps réalisé", FIG_S_DONE },
	{ "  dont départ non prouvé", FIG_S_DONE_UNPROVEN },
	{ "Non réalisé, cause du service", FIG_S_MISSED_OPERATOR },
	{ "Non réalisé, autre cause", FIG_S_MISSED_OTHER },
	{ "Annulé par la personne à moins de 24 h", FIG_S_CANCELLED },
	{ "Non prouvé", FIG_S_NOT_PROVEN },
	{ "Suppléé par un proche", FIG_S_SUPPLEED },
	{ "Visites demandées", FIG_V_ASKED },
	{ "Visites acceptées", FIG_V_ACCEPTED },
	{ "Visites confirmées", FIG_V_CONFIRMED },
	{ "Visites réalisées", FIG_V_DONE },
	{ "  à l'heure", FIG_V_ON_TIME },
	{ "  en retard", FIG_V_LATE },
	{ "    dont 60 minutes et plus", FIG_V_LATE_60 },
	{ "  écourtées", FIG_V_SHORT },
	{ "Visites manquées", FIG_V_MISSED },
	{ "  absence non remplacée", FIG_V_MISSED_ABSENCE },
	{ "  manque d'intervenants", FIG_V_MISSED_SHORTAGE },
	{ "  retrait du service", FIG_V_MISSED_WITHDRAWAL },
	{ "  erreur de planning", FIG_V_MISSED_PLANNING },
	{ "  autre cause", FIG_V_MISSED_OTHER },
	{ "Visites remplacées", FIG_V_REPLACED },
	{ "Délai médian de remplacement", FIG_M_REPLACED },
	{ "Pointages tardifs", FIG_B_RECORDED_LATE },
	{ "Pointages corrigés", FIG_B_CORRECTED },
	{ "Visites contestées", FIG_V_CONTESTED },
	{ "Demandes transmises", FIG_R_SENT },
	{ "  acceptées", FIG_R_ACCEPTED },
	{ "  acceptées en partie", FIG_R_PARTLY },
	{ "  refusées", FIG_R_REFUSED },
	{ "  sans réponse", FIG_R_SILENT },
	{ "  toujours non servies", FIG_R_UNSERVED },
	{ "Délai médian de réponse", FIG_M_ANSWER },
	{ "Aide demandée", FIG_C_ASKED },
	{ "Aide non versée (APA)", FIG_C_UNPAID_APA },
	{ "Aide non versée (PCH)", FIG_C_UNPAID_PCH },
};

static void text_rate(struct buf *b, const struct bilan_line *l, const char *label,
		      enum figure f)
{
	buf_fmt(b, "  %s : ", label);
	figure_text(b, f, l->f.v[f]);
	if (l->f.v[f + 1] != FIG_NONE) {
		BUF_LIT(b, " (entre ");
		figure_text(b, f + 1, l->f.v[f + 1]);
		BUF_LIT(b, " et ");
		figure_text(b, f + 2, l->f.v[f + 2]);
		buf_byte(b, ')');
	}
	buf_byte(b, '\n');
}

static void line_text(struct buf *b, const struct bilan_line *l)
{
	buf_byte(b, '\n');
	buf_put(b, l->name);
	if (l->finess.n)
		buf_fmt(b, " (FINESS %" PRIstr ")", STR(l->finess));
	buf_byte(b, '\n');
	if (l->is_withheld) {
		BUF_LIT(b, "  Chiffres retenus : trop peu de personnes ou de services.\n");
		return;
	}
	BUF_LIT(b, " Visites réalisées\n");
	text_rate(b, l, "sur demandées", FIG_B_DONE_ASKED);
	text_rate(b, l, "sur acceptées", FIG_B_DONE_ACCEPTED);
	text_rate(b, l, "sur confirmées", FIG_B_DONE_CONFIRMED);
	if (l->reply.n)
		buf_fmt(b, " Réponse du service : %" PRIstr "\n", STR(l->reply));
	for (size_t i = 0; i < sizeof text_rows / sizeof *text_rows; i++) {
		enum figure f = text_rows[i].f;
		if (l->f.v[f] == FIG_NONE)
			continue;
		buf_fmt(b, " %s : ", text_rows[i].label);
		figure_text(b, f, l->f.v[f]);
		buf_byte(b, '\n');
	}
}

void bilan_text(struct buf *b, const struct bilan *x, str only)
{
	static const char *const states[] = { "provisoire", "contesté", "définitif" };
	buf_fmt(b,
		"Bilan %" PRIstr " · territoire %" PRIstr " · %s · édition %" PRId64 "\n",
		STR(x->month), STR(x->territory), states[x->state], x->edition);
	for (size_t i = 0; i < x->n; i++)
		if (is_shown(&x->lines[i], only))
			line_text(b, &x->lines[i]);
}
