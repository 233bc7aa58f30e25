/* board.c - the lanes of a coordinator's day as SVG: places in percent of the width, so that the
 * drawing follows the screen without a script and without distorting its text.
 */
#include "view/svg.h"

#define BOARD_MAX ((size_t)1 << 20)

/* A minute of the day as a place: "12.50%". */
static void place(struct buf *b, const struct board *d, int minutes)
{
	int from = d->from, until = d->until;
	int m = minutes < from ? from : minutes > until ? until : minutes;
	int part = (m - from) * 10000 / (until - from);
	buf_fmt(b, "%d.%02d%%", part / 100, part % 100);
}

static bool shows_now(const struct board *d)
{
	return d->now >= d->from && d->now <= d->until;
}

struct html svg_hours(struct arena *a, const struct board *d, enum lang lang)
{
	ASSERT(d->from < d->until);
	struct buf buf = buf_init(a, BOARD_MAX), *b = &buf;
	BUF_LIT(b, "<svg class=\"lane-hours\" aria-hidden=\"true\">");
	for (int h = (d->from + 59) / 60; h * 60 < d->until; h++) {
		BUF_LIT(b, "<svg overflow=\"visible\" x=\"");
		place(b, d, h * 60);
		BUF_LIT(b, "\"><text x=\"5\" y=\"24\">");
		say_hour(b, lang, h * 60);
		BUF_LIT(b, "</text></svg>");
	}
	if (shows_now(d)) {
		BUF_LIT(b, "<svg overflow=\"visible\" x=\"");
		place(b, d, d->now);
		BUF_LIT(b, "\"><rect class=\"now-ground\" x=\"-34\" y=\"5\" width=\"68\" "
			   "height=\"27\" "
			   "rx=\"8\"/><text class=\"now-text\" y=\"24\">");
		say_hour(b, lang, d->now);
		BUF_LIT(b, "</text></svg>");
	}
	BUF_LIT(b, "</svg>");
	return (struct html){ buf_str(b) };
}

static void rule(struct buf *b, const struct board *d, int minutes, const char *kind)
{
	buf_fmt(b, "<line class=\"%s\" y1=\"0\" y2=\"100%%\" x1=\"", kind);
	place(b, d, minutes);
	BUF_LIT(b, "\" x2=\"");
	place(b, d, minutes);
	BUF_LIT(b, "\"/>");
}

static void block(struct buf *b, const struct board *d, const struct board_block *k)
{
	struct board_block shown = *k;
	shown.from = k->from < d->from ? d->from : k->from;
	shown.until = k->until > d->until ? d->until : k->until;
	if (shown.from >= shown.until)
		return;
	bool link = k->href.n != 0;
	buf_z(b, link ? "<a class=\"tone-" : "<g role=\"img\" class=\"tone-");
	show_tone(b, NULL, k->tone);
	BUF_LIT(b, "\" aria-label=\"");
	html_text(b, k->text);
	BUF_LIT(b, " : ");
	html_text(b, k->label);
	if (link) {
		BUF_LIT(b, "\" href=\"");
		html_url(b, k->href);
	}
	BUF_LIT(b, "\"><title>");
	html_text(b, k->label);
	BUF_LIT(b, "</title><svg overflow=\"visible\" y=\"9\" height=\"46\" x=\"");
	place(b, d, shown.from);
	BUF_LIT(b, "\" width=\"");
	place(b, d, d->from + shown.until - shown.from);
	BUF_LIT(b, "\"><rect class=\"body\" width=\"100%\" height=\"46\" rx=\"7\"/>");
	if (k->tone == TONE_UNKNOWN || k->tone == TONE_ABSENT) {
		BUF_LIT(b,
			"<rect width=\"100%\" height=\"46\" rx=\"7\" fill=\"url(#hatch-");
		show_tone(b, NULL, k->tone);
		BUF_LIT(b, ")\"/>");
	}
	if (k->tone == TONE_LATE)
		BUF_LIT(b, "<rect class=\"edge\" width=\"8\" height=\"46\" rx=\"3\"/>");
	buf_fmt(b,
		"<svg width=\"100%%\" height=\"46\"><text x=\"%d\" y=\"20\" "
		"aria-hidden=\"true\">",
		k->tone == TONE_LATE ? 14 : 8);
	html_text(b, k->text);
	buf_fmt(b, "</text></svg></svg></%s>", link ? "a" : "g");
}

struct html svg_lane(struct arena *a, const struct board *d, const struct lane *l)
{
	ASSERT(d->from < d->until);
	struct buf buf = buf_init(a, BOARD_MAX), *b = &buf;
	BUF_LIT(b, "<svg class=\"lane\" role=\"group\" aria-label=\"");
	html_text(b, l->name);
	BUF_LIT(b, "\">");
	for (int h = (d->from + 59) / 60; h * 60 < d->until; h++)
		if (h * 60 > d->from)
			rule(b, d, h * 60, "rule");
	if (shows_now(d)) /* under the blocks, whose text stays legible */
		rule(b, d, d->now, "now");
	for (size_t i = 0; i < l->n; i++)
		block(b, d, &l->v[i]);
	BUF_LIT(b, "</svg>");
	return (struct html){ buf_str(b) };
}
