/* suppress.c - protection of small numbers: see suppress.h. */
#include "domain/account/suppress.h"

static bool over_part(int64_t part, int64_t whole)
{
	return part * 10000 > whole * SUPPRESS_PART_BP;
}

static bool stands_alone(const struct suppress_unit *u)
{
	if (u->is_natural || u->was_grouped || u->persons < SUPPRESS_PERSONS)
		return false;
	if (!u->is_without && u->carers < SUPPRESS_CARERS)
		return false;
	return !over_part(u->max_part, u->weight);
}

static bool group_holds(const struct suppress_unit *u, size_t n, const bool *in,
			suppress_union *persons, void *ctx)
{
	int64_t units = 0, carers = 0, weight = 0, biggest = 0;
	for (size_t i = 0; i < n; i++)
		if (in[i]) {
			units++;
			carers += u[i].carers;
			weight += u[i].weight;
			biggest = u[i].weight > biggest ? u[i].weight : biggest;
		}
	if (!units)
		return true;
	return units >= SUPPRESS_UNITS && carers >= SUPPRESS_CARERS &&
	       !over_part(biggest, weight) && persons(ctx, in, n) >= SUPPRESS_PERSONS;
}

void suppress_units(const struct suppress_unit *u, size_t n, suppress_union *persons,
		    void *ctx, struct suppress_result *r)
{
	for (size_t i = 0; i < n; i++)
		r->grouped[i] = !stands_alone(&u[i]);
	r->is_withheld = false;
	while (!group_holds(u, n, r->grouped, persons, ctx)) {
		size_t next = n;
		for (size_t i = 0; i < n; i++)
			if (!r->grouped[i] && (next == n || u[i].persons < u[next].persons))
				next = i;
		if (next == n) {
			r->is_withheld = true;
			break;
		}
		r->grouped[next] = true;
	}
	if (r->is_withheld) /* nothing adds up to a total: what stands alone may be shown */
		for (size_t i = 0; i < n; i++)
			r->grouped[i] = !stands_alone(&u[i]);
}

static bool bounds_tell(int64_t line, int64_t cell, int64_t all)
{
	int64_t low = line - (all - cell);
	int64_t high = line < cell ? line : cell;
	return low > 0 && high - low <= 3;
}

void suppress_cells(const struct suppress_cell *c, size_t n, const int64_t *line_totals,
		    size_t lines, bool *ret_shown)
{
	int64_t all = 0, hidden_persons = 0;
	for (size_t i = 0; i < n; i++) {
		all += c[i].count;
		ret_shown[i] = c[i].persons == 0 || c[i].persons >= SUPPRESS_PERSONS;
		hidden_persons += ret_shown[i] ? 0 : c[i].persons;
	}
	while (hidden_persons > 0 && hidden_persons < SUPPRESS_PERSONS) {
		size_t next = n;
		for (size_t i = 0; i < n; i++)
			if (ret_shown[i] && c[i].persons > 0 &&
			    (next == n || c[i].persons < c[next].persons))
				next = i;
		if (next == n)
			break;
		ret_shown[next] = false;
		hidden_persons += c[next].persons;
	}
	bool told = hidden_persons > 0 && hidden_persons < SUPPRESS_PERSONS;
	for (size_t l = 0; l < lines; l++)
		for (size_t i = 0; i < n; i++)
			told |= ret_shown[i] &&
				bounds_tell(line_totals[l], c[i].count, all);
	for (size_t i = 0; i < n && told; i++)
		ret_shown[i] = false;
	/* among hidden cells a shown zero would say where the rest lies */
	for (size_t i = 0; i < n && hidden_persons > 0; i++)
		if (!c[i].count)
			ret_shown[i] = false;
}
