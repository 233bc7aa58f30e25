/* solomon.h - the text format of Solomon and of Gehring and Homberger, DIMACS convention.
 *
 * A name, VEHICLE with number and capacity, then a line a node: number, x, y, demand, ready,
 * due, service.  Distances are floor(10 * Euclid), in tenths; times become tenths too
 * (convention of the 12th DIMACS challenge).
 */
#ifndef SOLVE_SOLOMON_H
#define SOLVE_SOLOMON_H

#include "solve/vrptw.h"

/* ERR_SYNTAX for what is not of the format, ERR_LIMIT for more than VRPTW_MAX_NODES nodes or
 * numbers beyond a million, ERR_INPUT for values that contradict each other. */
MUST_USE enum err solomon_read(struct arena *a, str text, struct vrptw *ret,
			       struct plan_fault *f);

/* "Route #1: 3 7 2" lines, then "Cost 828.9" with one decimal. */
str solomon_write(struct arena *a, const struct vrptw_plan *plan);

#endif
