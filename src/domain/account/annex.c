/* annex.c - the sealed annex as text. */
#include "domain/account/annex.h"

static void line(struct buf *b, const char *label, str value)
{
	buf_z(b, label);
	BUF_LIT(b, " : ");
	buf_put(b, value.n ? value : S("non renseigné"));
	buf_byte(b, '\n');
}

static void facts(struct buf *b, const struct signalement *s)
{
	BUF_LIT(b, "\nFAITS ÉTABLIS\n");
	if (s->is_illtreatment)
		BUF_LIT(b, "- maltraitance signalée par un témoin\n");
	if (s->facts & FACT_UNABLE)
		BUF_LIT(b, "- personne hors d'état de se protéger\n");
	if (s->facts & FACT_ESSENTIAL)
		BUF_LIT(b, "- besoin essentiel\n");
	if (s->facts & FACT_LASTING)
		BUF_LIT(b, "- durée ou répétition\n");
	if (s->facts & FACT_ALONE)
		BUF_LIT(b, "- personne ne s'est substitué\n");
}

static str cause_words(const struct visit *v)
{
	if (v->operator_cause == OPERATOR_CAUSE_MANQUE_INTERVENANTS)
		return S("manque d'intervenants");
	if (v->cause == CAUSE_NONE || v->cause == CAUSE_OPERATOR)
		return S("absence non remplacée");
	return S("autre cause déclarée");
}

static void one_visit(struct arena *a, struct buf *b, const struct visit *v,
		      const struct zone *z)
{
	struct zone_local l = zone_local(z, v->asked_start_at);
	int minutes = (int)ts_minutes(v->start_at, v->end_at);
	BUF_LIT(b, "- ");
	buf_put(b, day_text(a, l.day));
	buf_byte(b, ' ');
	buf_put(b, hm_text(a, l.min));
	buf_fmt(b, ", %d min promises : non réalisée (", minutes);
	buf_put(b, cause_words(v));
	BUF_LIT(b, ")");
	if (v->attestation == ATTESTATION_NOBODY)
		BUF_LIT(b, ", attesté par la personne ou ses proches");
	if (v->is_contested)
		BUF_LIT(b, ", contesté");
	if (v->supplee_min > 0)
		buf_fmt(b, ", un proche est venu %d min", v->supplee_min);
	buf_byte(b, '\n');
}

static void people(struct buf *b, const struct annex *x)
{
	const struct person *p = x->person;
	BUF_LIT(b, "\nPERSONNE\n");
	buf_z(b, "Nom : ");
	buf_put(b, p->last_name);
	buf_byte(b, ' ');
	buf_put(b, p->first_name);
	buf_byte(b, '\n');
	if (p->birth_year)
		buf_fmt(b, "Née en : %lld\n", (long long)p->birth_year);
	line(b, "Adresse", p->address);
	line(b, "Téléphone", p->phone);
	buf_z(b, p->is_alone ? "Vit seule.\n" : "");
	line(b, "Sa demande", x->own_words);
	line(b, "Service", x->op ? x->op->name : S("sans opérateur"));
	line(b, "Accord de la personne", x->consent);
}

enum err annex_text(struct arena *a, const struct annex *x, const struct zone *z, ts now,
		    str *ret)
{
	struct buf b = buf_init(a, ANNEX_MAX);
	struct zone_local l = zone_local(z, now);
	BUF_LIT(&b, "SIGNALEMENT D'UNE PRIVATION D'AIDE");
	if (x->number > 0)
		buf_fmt(&b, " - SUPPLÉMENT N° %d", x->number);
	BUF_LIT(&b, "\nRéférence : ");
	buf_put(&b, id_text(a, x->s->id));
	BUF_LIT(&b, "\nÉtabli le : ");
	buf_put(&b, day_text(a, l.day));
	buf_byte(&b, ' ');
	buf_put(&b, hm_text(a, l.min));
	buf_byte(&b, '\n');
	line(&b, "Envoyé par", x->sender);
	people(&b, x);
	facts(&b, x->s);
	size_t first =
		x->visits->n > ANNEX_VISITS_MAX ? x->visits->n - ANNEX_VISITS_MAX : 0;
	BUF_LIT(&b, "\nVISITES\n");
	if (first)
		buf_fmt(&b, "(%zu visites plus anciennes ne sont pas listées)\n", first);
	for (size_t i = first; i < x->visits->n; i++)
		one_visit(a, &b, &x->visits->v[i], z);
	BUF_LIT(&b, "\nMOTIF\n");
	buf_put(&b, x->reason);
	BUF_LIT(&b, "\n\nCes faits sont établis au regard de la demande de la personne. "
		    "Aucun intervenant n'est mis en cause.\n");
	if (b.overflow)
		return ERR_LIMIT;
	*ret = buf_str(&b);
	return OK;
}
