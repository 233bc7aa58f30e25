/* svg.h - small charts as SVG made on the server: they print, need no script, and are read aloud.
 *
 * Colours and shapes come from the classes of web/style.css (tone-done...), so dark, contrast
 * and print sets apply; no style stands in the markup.  Two kinds:
 *   - bars and intervals are one stretched drawing per row, hidden from readers, because the
 *     number stands beside it as text;
 *   - the line and column charts are whole figures with a title and a description.
 * Values are integers; the caller scales them (hours, permille).
 */
#ifndef VIEW_SVG_H
#define VIEW_SVG_H

#include "view/model.h"

/* A bar from `from` to `until` on a track 0..max (max > 0; values are clamped). */
struct html svg_bar(struct arena *a, int64_t from, int64_t until, int64_t max,
		    enum tone tone);

/* A point with its interval on a track min..max: low <= mid <= high. */
struct html svg_interval(struct arena *a, int64_t low, int64_t mid, int64_t high,
			 int64_t min, int64_t max);

struct svg_point {
	str label; /* under the axis; empty: no label */
	int64_t value;
	enum tone tone; /* columns only */
};

struct svg_chart {
	str title, desc; /* both said by screen readers; desc tells what is to be seen */
	const struct svg_point *v;
	size_t n;      /* 2 to 400 */
	int64_t max;   /* top of the axis, > 0 */
	str max_label; /* "100 %" */
	enum lang lang;
};

struct html svg_line(struct arena *a, const struct svg_chart *c);
struct html svg_columns(struct arena *a, const struct svg_chart *c);

#endif
