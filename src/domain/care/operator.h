/* operator.h - an operator (service d'aide à domicile): its title decides what it may serve.
 * One row of `operator`, column for column. */
#ifndef DOMAIN_CARE_OPERATOR_H
#define DOMAIN_CARE_OPERATOR_H

#include "base/base.h"
#include "domain/enums_gen.h"
#include "domain/event.h"

struct operator
{
	struct id id;
	str territory, finess, name;
	enum operator_kind kind;
	enum operator_state state;
	str insee, postcode;
	int64_t lat_e6, lon_e6;
	str phone, mail, hours;
	bool is_authorised, is_agree, is_natural_person, is_relay;
	enum idcc idcc;
	int64_t wage_share_bp, travel_share_bp, structure_share_bp; /* -1: non déclaré */
	str source;
};

struct operators {
	struct operator* v;
	size_t n, cap;
};

#endif
