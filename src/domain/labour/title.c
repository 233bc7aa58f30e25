/* title.c - operator's title by mode, payer and task. */
#include "domain/labour/title.h"

#include "domain/labour/qualification.h"

static const struct {
	const char *name, *source;
} faults[TITLE_FAULT_COUNT] = {
	[TITLE_CLOSED] = { "title.closed", "CASF L313-16 (suspension, closure)" },
	[TITLE_NO_OPERATOR] = { "title.no_operator",
				"code du travail L7221-1 (the person employs)" },
	[TITLE_AUTHORISATION] = { "title.authorisation",
				  "CASF L313-1, L313-1-2; code du travail D7231-1" },
	[TITLE_AGREMENT] = { "title.agrement", "code du travail L7232-1, D7231-1" },
	[TITLE_KIND] = { "title.kind",
			 "CASF L312-1, D312-1 (what each kind of service does)" },
	[TITLE_INDEPENDENT] = { "title.independent",
				"proposal: off unless the territory allows them" },
};

const char *title_fault_name(enum title_fault f)
{
	ASSERT(f < TITLE_FAULT_COUNT);
	return faults[f].name;
}

const char *title_fault_source(enum title_fault f)
{
	ASSERT(f < TITLE_FAULT_COUNT);
	return faults[f].source;
}

/* Tasks that a kind of operator does, as bits. */
static uint32_t tasks_of(enum operator_kind kind)
{
	const uint32_t all = (1u << TASK_COUNT) - 1;
	const uint32_t care = TASK_BIT(TASK_TOILETTE) | TASK_BIT(TASK_LEVER) |
			      TASK_BIT(TASK_COUCHER) | TASK_BIT(TASK_HABILLAGE) |
			      TASK_BIT(TASK_TRANSFERT) | TASK_BIT(TASK_MEDICAMENTS);
	switch (kind) {
	case OPERATOR_KIND_SSIAD: return care;
	case OPERATOR_KIND_CARRIER: return TASK_BIT(TASK_REPAS) | TASK_BIT(TASK_COURSES);
	case OPERATOR_KIND_SAAD:
	case OPERATOR_KIND_SPASAD:
	case OPERATOR_KIND_INDEPENDENT:
	default: return all;
	}
}

static bool paid_by_solidarity(enum payer p)
{
	return p == PAYER_APA || p == PAYER_PCH || p == PAYER_DEPARTEMENT;
}

uint32_t title_check(const struct operator* o, const struct title_ask *ask)
{
	uint32_t f = 0;
	bool dependent = paid_by_solidarity(ask->payer) || tasks_reserved(ask->tasks);
	if (o->state != OPERATOR_STATE_ACTIVE)
		f |= 1u << TITLE_CLOSED;
	if (ask->tasks & ~tasks_of(o->kind))
		f |= 1u << TITLE_KIND;
	if (o->kind == OPERATOR_KIND_INDEPENDENT && !ask->independents_allowed)
		f |= 1u << TITLE_INDEPENDENT;
	switch (ask->mode) {
	case CARE_MODE_PRESTATAIRE:
		if (dependent && !o->is_authorised)
			f |= 1u << TITLE_AUTHORISATION;
		break;
	case CARE_MODE_MANDATAIRE:
		if (dependent && !o->is_agree)
			f |= 1u << TITLE_AGREMENT;
		break;
	case CARE_MODE_EMPLOI_DIRECT:
	case CARE_MODE_AIDANT:
	default: f |= 1u << TITLE_NO_OPERATOR; break;
	}
	return f;
}
