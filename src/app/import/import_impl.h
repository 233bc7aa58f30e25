/* import_impl.h - what the files of one import share: the row being tried and its context. */
#ifndef APP_IMPORT_IMPL_H
#define APP_IMPORT_IMPL_H

#include "app/app_impl.h"
#include "app/import/rows.h"
#include "app/import/sheet.h"

struct import_seen { /* keys of the rows tried so far; open addressing, in the keep arena */
	str *v;
	size_t n, cap;
};

struct import {
	struct app *app;
	struct arena *keep; /* of the report */
	struct arena *a;    /* of the row */
	const struct actor *by;
	const struct import_options *o;
	ts now;
	struct import_report *report;
	const struct sheet *sheet;
	str territory;
	const struct zone *zone;
	day today;
	struct import_seen seen;
	int pass;      /* check-ins: 0 arrivals, 1 departures */
	size_t line;   /* of the row being tried */
	bool is_bad;   /* it has a fault */
	bool is_known; /* it is there already: nothing to do */
};

/* One row through its use case.  Faults are added with import_wrong(); what is returned is OK
 * or an error of the store. */
MUST_USE enum err import_commune(struct import *im, struct row_commune *r);
MUST_USE enum err import_operator(struct import *im, struct row_operator *r);
MUST_USE enum err import_carer(struct import *im, struct row_carer *r);
MUST_USE enum err import_person(struct import *im, struct row_person *r);
MUST_USE enum err import_plan(struct import *im, struct row_plan *r);
MUST_USE enum err import_request(struct import *im, struct row_request *r);
MUST_USE enum err import_roster(struct import *im, struct row_roster *r);
MUST_USE enum err import_checkin(struct import *im, struct row_checkin *r);

void import_wrong(struct import *im, const char *column, enum import_wrong w, str value);

/* A key twice in one file is a fault; false then. */
bool import_first(struct import *im, const char *column, str key, str shown);
/* The key is in the store: passed over with keep_known, else a fault. */
void import_exists(struct import *im, const char *column, str key);

/* What the rules said of a row: OK stays, an outcome becomes a fault of the row, an error of
 * the store is returned. */
MUST_USE enum err import_outcome(struct import *im, enum err e);

/* The operator of a row, active, of the territory and open to this actor. */
MUST_USE enum err import_find_operator(struct import *im, str finess, struct operator* ret);
MUST_USE enum err import_find_carer(struct import *im, struct id operator_id, str ref,
				    struct id *ret);
MUST_USE enum err import_find_person(struct import *im, str ref, struct id *ret);

#endif
