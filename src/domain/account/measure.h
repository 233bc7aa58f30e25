/* measure.h - what one visit counts for, the same way in every territory and operator.
 *
 * Alerts are policy and may differ; measures may not.  A definition is a numbered row of
 * constants: it never changes, a new version is added, and a visit is measured with the
 * version stamped at its freeze.  The rules are those of DOMAIN ("Need, denominator,
 * freeze", "Measure is not alert"); test/account/measure_test.c states each of them, and
 * doc/definitions.md says them in French for the reader of a bilan.
 *
 * Measuring never overwrites: it reads the evidence kept in the visit and gives a reading.
 * Both attestations stay; where they disagree the reading says "contested" and follows the
 * check-in.
 *
 * Units:   seconds for durations that are summed (elapsed whole seconds, nothing rounded to
 *          quarters or tenths of an hour), minutes where the name says so.
 * Memory:  none.  Threads: no hidden state.
 */
#ifndef DOMAIN_ACCOUNT_MEASURE_H
#define DOMAIN_ACCOUNT_MEASURE_H

#include "domain/care/visit.h"

#define MEASURE_VERSION 1 /* what new visits are stamped with */

/* The constants of one version of the definition. */
struct measure_def {
	int version;
	int late_min[3];       /* lower bounds of the bands, minutes after the hour */
	int short_floor_min;   /* short: done < promised - max(floor, promised * share) */
	int short_share_bp;    /* in 1/10000 */
	int notice_min;        /* a cancellation this early leaves the denominator */
	int unknown_min;       /* "à confirmer" at most until the end of the slot + this */
	int recorded_late_min; /* recorded more than this after the fact */
	int notice_bands_min[3]; /* lower bounds of the notice bands 2, 3, 4 */
};

/* NULL for a version that does not exist (data written by a newer program). */
const struct measure_def *measure_def(int version);

/* How long after the hour asked; counted only beyond the person's own tolerance. */
enum late_band { LATE_NONE, LATE_TOLERANCE, LATE_15, LATE_30, LATE_60, LATE_BAND_COUNT };

/* How long before its hour a visit was cancelled. */
enum notice_band {
	NOTICE_BAND_NONE, /* not cancelled */
	NOTICE_BAND_0,    /* under 2 h, or after the hour */
	NOTICE_BAND_2H,
	NOTICE_BAND_24H,
	NOTICE_BAND_7D,
	NOTICE_BAND_COUNT
};

struct measured {
	enum verdict verdict;
	bool is_counted;   /* in the denominator "demandées" */
	bool is_accepted;  /* an operator had promised it */
	bool is_confirmed; /* and the day before had been frozen with it */
	bool is_begun;     /* somebody came before the end of the slot and the next need */
	bool is_short;
	enum late_band late; /* of a begun visit, excused or not */
	int64_t promised_s;
	int64_t done_s;             /* overlap of actual and promised */
	bool is_departure_unproven; /* no check-out: done_s runs to the end of the slot */
	enum cause cause; /* of what was not as promised; CAUSE_NONE when all was */
	enum operator_cause operator_cause; /* with CAUSE_OPERATOR */
	enum notice_band notice;
	enum cancel_by cancelled_by;
	enum proof proof; /* of the arrival */
	bool is_recorded_late, is_corrected, is_contested;
	bool is_replaced;     /* a visit without carer was covered again */
	int64_t replaced_min; /* minutes after the promised hour; 0 when before it */
	bool is_suppleed;     /* a relative stood in; the visit stays missed */
	int64_t supplee_s;
};

/* Reads a visit as it stands at `at`; TS_NEVER: the month is closed, nothing is awaited.
 *   ERR_VERSION  the definition asked for does not exist. */
MUST_USE enum err measure_visit(const struct visit *v, ts at, int version,
				struct measured *ret);

const char *late_band_name(enum late_band b);
const char *notice_band_name(enum notice_band b);

#endif
