/* import.c - see import.h: one file, one savepoint around it, one around each row. */
#include "app/import/import_impl.h"
#include "base/sort.h"

/* Who may bring what.  Desks of a territory bring what they keep; an operator brings its own
 * people and days; whoever runs the machine brings all. */
#define R(x) (1u << ROLE_##x)
#define OURS (R(SYSTEM) | R(ADMIN))
static const uint32_t may[IMPORT_KINDS_] = {
	[IMPORT_COMMUNES] = OURS | R(AUTHORITY),
	[IMPORT_OPERATORS] = OURS | R(AUTHORITY),
	[IMPORT_CARERS] = OURS | R(COORDINATOR) | R(OPERATOR_API),
	[IMPORT_PEOPLE] = OURS | R(REFERENT) | R(COORDINATOR),
	[IMPORT_PLANS] = OURS | R(REFERENT),
	[IMPORT_REQUESTS] = OURS | R(REFERENT) | R(COORDINATOR),
	[IMPORT_ROSTER] = OURS | R(COORDINATOR) | R(OPERATOR_API),
	[IMPORT_CHECKINS] = OURS | R(COORDINATOR) | R(OPERATOR_API),
};

void import_wrong(struct import *im, const char *column, enum import_wrong w, str value)
{
	const struct column *c = column ? sheet_column(im->sheet, column) : NULL;
	sheet_fault(im->keep, im->report, im->line, c, w, value);
	im->is_bad = true;
}

static bool seen_add(struct import *im, str key)
{
	struct import_seen *s = &im->seen;
	if (s->n * 2 >= s->cap) {
		struct import_seen old = *s;
		s->cap = old.cap ? old.cap * 2 : 1024;
		s->v = ARENA_ARRAY(im->keep, str, s->cap);
		for (size_t i = 0; i < old.cap; i++) {
			if (!old.v[i].p)
				continue;
			size_t at = str_hash(old.v[i]) % s->cap;
			while (s->v[at].p)
				at = (at + 1) % s->cap;
			s->v[at] = old.v[i];
		}
	}
	size_t at = str_hash(key) % s->cap;
	for (; s->v[at].p; at = (at + 1) % s->cap)
		if (str_eq(s->v[at], key))
			return false;
	s->v[at] = str_dup(im->keep, key);
	s->n++;
	return true;
}

bool import_first(struct import *im, const char *column, str key, str shown)
{
	if (seen_add(im, key))
		return true;
	import_wrong(im, column, IMPORT_twice, shown);
	return false;
}

void import_exists(struct import *im, const char *column, str key)
{
	if (im->o->keep_known)
		im->is_known = true;
	else
		import_wrong(im, column, IMPORT_exists, key);
}

enum err import_outcome(struct import *im, enum err e)
{
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wswitch-enum"
	switch (e) {
	case OK: return OK;
	case ERR_INPUT:
	case ERR_NOT_FOUND:
	case ERR_FORBIDDEN:
	case ERR_WRONG_STATE:
	case ERR_CONFLICT:
	case ERR_RULE:
	case ERR_ERASED:
	case ERR_GONE: import_wrong(im, NULL, IMPORT_refused, S("")); return OK;
	case ERR_DUPLICATE: import_wrong(im, NULL, IMPORT_exists, S("")); return OK;
	default: return e;
	}
#pragma GCC diagnostic pop
}

/* --- the territory of a file */

static enum err open_territory(struct import *im)
{
	struct sql_territories_rows all;
	str wanted = im->o->territory.n ? im->o->territory : im->by->territory;
	TRY(sql_territories(app_db(im->app), im->keep, &all));
	if (!wanted.n && all.n == 1)
		wanted = all.v[0].territory;
	for (size_t i = 0; i < all.n; i++)
		if (str_eq(all.v[i].territory, wanted)) {
			im->territory = all.v[i].territory;
			return OK;
		}
	bool desk = im->by->role == ROLE_SYSTEM || im->by->role == ROLE_ADMIN;
	if (!wanted.n || !im->o->name.n || !desk || im->report->kind != IMPORT_COMMUNES)
		return ERR_INPUT;
	str zone = im->o->zone.n ? im->o->zone : S("Europe/Paris");
	im->territory = wanted;
	return app_territory_add(im->app, im->keep, wanted, im->o->name, zone,
				 im->o->entitled, im->o->entitled_source, im->now);
}

/* --- rows */

static enum err apply(struct import *im, union import_row *row)
{
	switch (im->report->kind) {
	case IMPORT_COMMUNES: return import_commune(im, &row->commune);
	case IMPORT_OPERATORS: return import_operator(im, &row->operator_);
	case IMPORT_CARERS: return import_carer(im, &row->carer);
	case IMPORT_PEOPLE: return import_person(im, &row->person);
	case IMPORT_PLANS: return import_plan(im, &row->plan);
	case IMPORT_REQUESTS: return import_request(im, &row->request);
	case IMPORT_ROSTER: return import_roster(im, &row->roster);
	case IMPORT_CHECKINS: return import_checkin(im, &row->checkin);
	case IMPORT_KINDS_: break;
	}
	die("no such kind of import");
}

static enum err try_row(struct import *im, union import_row *row)
{
	TRY(db_savepoint(app_db(im->app)));
	enum err e = apply(im, row);
	if (e != OK || im->is_bad) {
		db_undo(app_db(im->app));
		return e;
	}
	return db_keep(app_db(im->app));
}

enum row_state { ROW_DONE, ROW_KNOWN, ROW_REFUSED };
struct row_states {
	uint8_t *v;
	size_t n, cap;
};

/* Reads the file once; a second pass passes over what the first has refused. */
static enum err one_pass(struct import *im, struct sheet_reader *r,
			 struct row_states *states)
{
	union import_row row;
	for (size_t i = 0;; i++) {
		struct arena_mark m = arena_mark(im->a);
		enum err e = sheet_next(r, im->a, &row, &im->line);
		if (e == ERR_NOT_FOUND)
			return OK;
		if (i == states->n)
			*ARENA_PUSH(im->keep, states) = ROW_DONE;
		im->is_bad = e != OK;
		im->is_known = false;
		if (e == OK && states->v[i] != ROW_REFUSED) {
			TRY(try_row(im, &row));
			if (im->is_known)
				states->v[i] = ROW_KNOWN;
		}
		if (im->is_bad)
			states->v[i] = ROW_REFUSED;
		arena_reset(im->a, m);
		if (e == ERR_LIMIT)
			return OK;
	}
}

static enum err all_passes(struct import *im, str bytes)
{
	struct sheet_reader r;
	struct row_states states = { 0 };
	struct import_report *rep = im->report;
	int passes = rep->kind == IMPORT_CHECKINS ? 2 : 1;
	for (im->pass = 0; im->pass < passes; im->pass++) {
		struct import_report again; /* faults of form are told once */
		TRY(sheet_open(&r, im->keep, rep->kind, bytes, &again));
		r.report = im->pass == 0 ? rep : &again;
		TRY(one_pass(im, &r, &states));
	}
	rep->rows = states.n;
	for (size_t i = 0; i < states.n; i++) {
		rep->done += states.v[i] == ROW_DONE;
		rep->known += states.v[i] == ROW_KNOWN;
		rep->refused += states.v[i] == ROW_REFUSED;
	}
	return OK;
}

static int by_line(const void *x, const void *y, void *ctx)
{
	const struct import_fault *f = x, *g = y;
	(void)ctx;
	return (f->line > g->line) - (f->line < g->line);
}

static enum err run(struct import *im, str bytes)
{
	enum err e = open_territory(im);
	if (e == ERR_INPUT) {
		sheet_fault(im->keep, im->report, 0, NULL, IMPORT_no_territory, S(""));
		return e;
	}
	TRY(e);
	TRY(app_zone(im->app, im->territory, &im->zone));
	im->today = zone_day(im->zone, im->now);
	TRY(all_passes(im, bytes));
	struct import_faults *f = &im->report->faults;
	sort_by(im->keep, f->v, f->n, sizeof *f->v, by_line, NULL);
	return im->report->refused && !im->o->partial ? ERR_INPUT : OK;
}

enum err import_run(struct app *app, struct arena *a, const struct actor *by,
		    enum import_kind kind, str bytes, const struct import_options *o,
		    ts now, struct import_report *ret)
{
	struct import_report report;
	struct sheet_reader header;
	*ret = (struct import_report){ .kind = kind };
	if (!(may[kind] & 1u << by->role))
		return ERR_FORBIDDEN;
	enum err e = sheet_open(&header, a, kind, bytes, &report);
	*ret = report;
	if (e != OK)
		return e;
	CLEAN_ARENA struct arena *row = arena_new((size_t)256 << 20);
	struct import im = { .app = app,
			     .keep = a,
			     .a = row,
			     .by = by,
			     .o = o,
			     .now = now,
			     .report = ret,
			     .sheet = &import_sheets[kind] };
	if (!o->is_alone)
		TRY(db_savepoint(app_db(app)));
	e = run(&im, bytes);
	ret->is_kept = e == OK && !o->dry_run && ret->done > 0;
	if (o->is_alone)
		return e;
	if (e == OK && !o->dry_run)
		return db_keep(app_db(app));
	db_undo(app_db(app));
	return e;
}
