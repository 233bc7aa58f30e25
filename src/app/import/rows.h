/* rows.h - a row of each kind of file, as the reader gives it: a struct of the domain where there
 * is one, and beside it the references that the store resolves. */
#ifndef APP_IMPORT_ROWS_H
#define APP_IMPORT_ROWS_H

#include "domain/care/operator.h"
#include "domain/care/person.h"
#include "domain/care/request.h"
#include "domain/labour/carer.h"

struct row_commune {
	str insee, name, postcodes;
	int64_t population, lat_e6, lon_e6;
};

struct row_operator {
	struct operator o;
};

struct row_carer {
	str finess;
	struct carer c;
	struct qualification q; /* kind none: not said */
	uint32_t days;          /* bits of the weekdays from Monday; 0: not said */
	int from_minute, until_minute;
};

struct row_person {
	struct person p;
};

struct row_plan {
	str person;
	struct plan_line l;
};

struct row_request {
	str person, finess, carer;
	enum answer answer;
	enum refusal_reason reason;
	struct request r;
};

struct row_roster {
	str finess, request, person, carer;
	day on;
	int minute; /* -1: not said */
};

struct row_checkin {
	str finess, request, person, carer, note;
	day on;
	int minute, arrived, left; /* local minutes; -1: not said */
	enum proof proof;
	uint32_t tasks_done;
};

union import_row {
	struct row_commune commune;
	struct row_operator operator_;
	struct row_carer carer;
	struct row_person person;
	struct row_plan plan;
	struct row_request request;
	struct row_roster roster;
	struct row_checkin checkin;
};

#endif
