#include "net/json_rows.h"

void json_words(struct json *j, const char *key, const struct enum_table *t, uint64_t bits)
{
	json_key(j, key), json_arr(j);
	for (unsigned i = 0; i < t->n; i++)
		if (bits >> i & 1)
			json_z(j, t->names[i]);
	json_end(j);
}

void json_visit(struct json *j, const struct visit *v)
{
	json_obj(j);
	JSON(j, "id", v->id);
	JSON(j, "request_id", v->request_id);
	JSON(j, "person_id", v->person_id);
	JSON(j, "operator_id", v->operator_id);
	JSON(j, "carer_id", v->carer_id);
	JSON(j, "start_at", v->start_at);
	JSON(j, "end_at", v->end_at);
	JSON(j, "asked_start_at", v->asked_start_at);
	JSON(j, "criticality", criticality_name(v->criticality));
	json_words(j, "tasks", &task_table, v->tasks);
	JSON(j, "state", visit_state_name(v->state));
	JSON(j, "verdict", verdict_name(v->verdict));
	JSON(j, "started_at", v->started_at);
	JSON(j, "start_proof", proof_name(v->start_proof));
	JSON(j, "ended_at", v->ended_at);
	JSON(j, "end_proof", proof_name(v->end_proof));
	json_words(j, "tasks_done", &task_table, v->tasks_done);
	JSON(j, "frozen_at", v->frozen_at);
	JSON(j, "announced_min", v->announced_min);
	JSON(j, "told_at", v->told_at);
	JSON(j, "right_at", v->right_at);
	JSON(j, "replaced_at", v->replaced_at);
	JSON(j, "cause", cause_name(v->cause));
	JSON(j, "operator_cause", operator_cause_name(v->operator_cause));
	JSON(j, "attestation", attestation_name(v->attestation));
	JSON(j, "contested", v->is_contested);
	JSON(j, "unknown", v->is_unknown);
	JSON(j, "version", v->version);
	json_end(j);
}

void json_request(struct json *j, const struct request *r)
{
	json_obj(j);
	JSON(j, "id", r->id);
	JSON(j, "person_id", r->person_id);
	JSON(j, "own_words", r->own_words);
	JSON(j, "read_back", r->read_back);
	json_words(j, "tasks", &task_table, r->tasks);
	JSON(j, "rrule", r->rrule);
	JSON(j, "exdates", r->exdates);
	JSON(j, "holidays_excluded", r->is_holidays_excluded);
	JSON(j, "starts_on", r->starts_on);
	JSON(j, "ends_on", r->ends_on);
	JSON(j, "start", hm_text(j->b->arena, r->start_minute));
	JSON(j, "minutes", r->duration_min);
	JSON(j, "tolerance_min", r->tolerance_min);
	JSON(j, "mode", care_mode_name(r->mode));
	JSON(j, "payer", payer_name(r->payer));
	JSON(j, "criticality", criticality_name(r->criticality));
	JSON(j, "state", request_state_name(r->state));
	JSON(j, "operator_id", r->operator_id);
	JSON(j, "carer_id", r->carer_id);
	JSON(j, "imported", r->is_imported);
	JSON(j, "confirmed", r->is_read_back);
	JSON(j, "asked_at", r->asked_at);
	JSON(j, "suspended_until_on", r->suspended_until_on);
	JSON(j, "external_ref", r->external_ref);
	JSON(j, "version", r->version);
	json_end(j);
}
