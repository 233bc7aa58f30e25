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

/* The board of a day (views/pieces.html: board()): hours are minutes of the local day. */
struct board_block {
	int from, until;
	enum tone tone;
	str text; /* in the block, cut where it does not fit: "Lever" */
	str label,
		href; /* what is said after the text, and where it leads; no href: no link */
};

struct lane {
	str name, note;
	bool is_unassigned; /* the lane of the visits without carer */
	const struct board_block *v;
	size_t n;
};

struct board {
	int from, until; /* hours shown: from < until, whole hours read best */
	int now;         /* minutes; outside from..until: not drawn */
	const struct lane *v;
	size_t n;
};

struct html svg_hours(struct arena *a, const struct board *d, enum lang lang);
struct html svg_lane(struct arena *a, const struct board *d, const struct lane *l);

struct html svg_line(struct arena *a, const struct svg_chart *c);
struct html svg_columns(struct arena *a, const struct svg_chart *c);

#endif
