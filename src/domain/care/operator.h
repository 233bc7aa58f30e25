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

/* A FINESS number: nine digits, the last one the Luhn key of the others (checked on the 129
 * services of the register).  Corsica's numbers begin with 2A or 2B; the letter counts as 0 in
 * the key (proposal: to be checked on a Corsican extract). */
bool finess_is_valid(str finess);

/* Whether a row may be recorded.
 *   ERR_INPUT  no name, FINESS wrong, shares above the whole, place out of range. */
MUST_USE enum err operator_check(const struct operator* o);

/* What it keeps, as declared: all three shares given and within the whole. */
bool operator_declares(const struct operator* o);

#endif
