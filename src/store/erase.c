#include "store/erase.h"

#include "keys_gen.h"
#include "sql_gen.h"

enum err erase_may(struct db *db, struct arena *a, struct id person,
		   struct erase_waits *ret)
{
	struct sql_erase_waits_row row;
	TRY(sql_erase_waits(db, a, person, &row));
	*ret = (struct erase_waits){ row.reports != 0, row.contests != 0 };
	return OK;
}

static enum err erase_rows(struct db *db, struct id subject)
{
	static enum err (*const steps[])(struct db *, struct id) = {
		/* accounts are found through contacts, which keep their ids */
		sql_erase_contacts,   sql_erase_wishes,       sql_erase_plan_lines,
		sql_erase_answers,    sql_erase_requests,     sql_erase_visits,
		sql_erase_notices,    sql_erase_signalements, sql_erase_decisions,
		sql_erase_cahier,     sql_erase_journal,      sql_erase_private,
		sql_erase_carer,      sql_erase_sessions,     sql_erase_cards,
		sql_erase_enrolments, sql_erase_accounts,     sql_erase_answers_kept,
	};
	TRY(sql_erase_person(db, PERSON_STATE_ERASED, subject));
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		TRY(steps[i](db, subject));
	return OK;
}

enum err erase_subject(struct db *db, struct ledger *l, struct arena *a, struct id subject,
		       struct id actor, enum role role, ts now)
{
	struct event e = {
		.kind = EV_PERSON_ERASED,
		.at = now,
		.subject = subject,
		.actor = actor,
		.actor_role = role,
	};
	TRY(erase_rows(db, subject));
	TRY(ledger_drop_key(l, a, subject, now));
	return ledger_append(l, a, &e);
}

enum err erase_flush(struct db *db, struct db *keys)
{
	TRY(db_checkpoint(keys));
	return db_checkpoint(db);
}

static enum err again(struct db *db, struct db *keys, struct ledger *l, struct arena *a,
		      ts now, int *ret_count)
{
	struct erasure_all_rows rows;
	int count = 0;
	TRY(erasure_all(keys, a, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		struct id id = rows.v[i].person_id;
		struct sql_erase_undone_row undone;
		TRY(sql_erase_undone(db, a, id, PERSON_STATE_ERASED, &undone));
		if (!undone.n)
			continue;
		enum err e = erase_subject(db, l, a, id, ID_NONE, ROLE_SYSTEM, now);
		if (e != OK && e != ERR_DUPLICATE)
			return e;
		count++;
	}
	*ret_count = count;
	return OK;
}

enum err erase_again(struct db *db, struct db *keys, struct ledger *l, ts now,
		     int *ret_count)
{
	CLEAN_ARENA struct arena *a = arena_new(0);
	int count = 0;
	TRY(db_begin(db));
	enum err e = again(db, keys, l, a, now, &count);
	if (e == OK)
		e = db_commit(db);
	else
		db_rollback(db);
	TRY(e);
	if (count)
		TRY(erase_flush(db, keys));
	*ret_count = count;
	return OK;
}
