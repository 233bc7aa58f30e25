#include "view/svg.h"

#define SVG_MAX ((size_t)256 << 10)

/* The frame of the two whole charts, in units of the viewBox. */
enum { WIDTH = 360, HEIGHT = 190, LEFT = 58, RIGHT = 354, TOP = 12, BOTTOM = 158 };

static int64_t clamp(int64_t v, int64_t lo, int64_t hi)
{
	return v < lo ? lo : v > hi ? hi : v;
}

/* `v` of `max` on a length, without overflow for any sensible chart. */
static int64_t scale(int64_t v, int64_t max, int64_t length)
{
	ASSERT(max > 0 && max < INT64_MAX / 4000);
	return clamp(v, 0, max) * length / max;
}

struct html svg_bar(struct arena *a, int64_t from, int64_t until, int64_t max,
		    enum tone tone)
{
	struct buf b = buf_init(a, SVG_MAX);
	int64_t x = scale(from, max, 1000), y = scale(until, max, 1000);
	buf_fmt(&b, "<svg class=\"bar tone-");
	show_tone(&b, NULL, tone);
	buf_fmt(&b,
		"\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" "
		"aria-hidden=\"true\">"
		"<rect class=\"track\" width=\"1000\" height=\"10\"/>"
		"<rect class=\"fill\" x=\"%" PRId64 "\" width=\"%" PRId64
		"\" height=\"10\"/>"
		"</svg>",
		x, y > x ? y - x : 0);
	return (struct html){ buf_str(&b) };
}

struct html svg_interval(struct arena *a, int64_t low, int64_t mid, int64_t high,
			 int64_t min, int64_t max)
{
	struct buf b = buf_init(a, SVG_MAX);
	int64_t l = scale(low - min, max - min, 200) + 8,
		m = scale(mid - min, max - min, 200) + 8,
		h = scale(high - min, max - min, 200) + 8;
	buf_fmt(&b,
		"<svg class=\"interval\" viewBox=\"0 0 216 16\" aria-hidden=\"true\">"
		"<path class=\"axis\" d=\"M8 8H208\"/>"
		"<rect class=\"range\" x=\"%" PRId64 "\" y=\"4.5\" width=\"%" PRId64
		"\" height=\"7\" rx=\"3.5\"/>"
		"<circle class=\"dot\" cx=\"%" PRId64 "\" cy=\"8\" r=\"5.5\"/></svg>",
		l - 3, h - l + 6, m);
	return (struct html){ buf_str(&b) };
}

/* ---- whole charts ---- */

static void chart_open(struct buf *b, const struct svg_chart *c, const char *kind)
{
	ASSERT(c->n >= 2 && c->n <= 400);
	buf_fmt(b,
		"<svg class=\"chart %s\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"",
		kind, WIDTH, HEIGHT);
	html_text(b, c->title);
	BUF_LIT(b, ". ");
	html_text(b, c->desc);
	BUF_LIT(b, "\"><title>");
	html_text(b, c->title);
	BUF_LIT(b, "</title><desc>");
	html_text(b, c->desc);
	BUF_LIT(b, "</desc>");
	for (int i = 0; i <= 2; i++) {
		int y = BOTTOM - (BOTTOM - TOP) * i / 2;
		buf_fmt(b, "<path class=\"%s\" d=\"M%d %dH%d\"/>", i ? "grid" : "axis",
			LEFT, y, RIGHT);
	}
	buf_fmt(b, "<text class=\"end\" x=\"%d\" y=\"%d\">", LEFT - 8, TOP + 5);
	html_text(b, c->max_label);
	buf_fmt(b, "</text><text class=\"end\" x=\"%d\" y=\"%d\">0</text>", LEFT - 8,
		BOTTOM + 5);
}

static int64_t x_of(const struct svg_chart *c, size_t i)
{
	int64_t n = (int64_t)c->n;
	return LEFT + (RIGHT - LEFT) * (2 * (int64_t)i + 1) / (2 * n);
}

static int64_t y_of(const struct svg_chart *c, size_t i)
{
	return BOTTOM - scale(c->v[i].value, c->max, BOTTOM - TOP);
}

static void labels(struct buf *b, const struct svg_chart *c)
{
	for (size_t i = 0; i < c->n; i++) {
		if (!c->v[i].label.n)
			continue;
		buf_fmt(b, "<text class=\"mid\" x=\"%" PRId64 "\" y=\"%d\">", x_of(c, i),
			BOTTOM + 24);
		html_text(b, c->v[i].label);
		BUF_LIT(b, "</text>");
	}
	BUF_LIT(b, "</svg>");
}

struct html svg_line(struct arena *a, const struct svg_chart *c)
{
	struct buf buf = buf_init(a, SVG_MAX), *b = &buf;
	chart_open(b, c, "line");
	BUF_LIT(b, "<path class=\"curve\" d=\"");
	for (size_t i = 0; i < c->n; i++)
		buf_fmt(b, "%c%" PRId64 " %" PRId64, i ? 'L' : 'M', x_of(c, i), y_of(c, i));
	BUF_LIT(b, "\"/>");
	size_t last = c->n - 1;
	buf_fmt(b,
		"<circle class=\"dot\" cx=\"%" PRId64 "\" cy=\"%" PRId64 "\" r=\"4.5\"/>",
		x_of(c, last), y_of(c, last));
	labels(b, c);
	return (struct html){ buf_str(b) };
}

struct html svg_columns(struct arena *a, const struct svg_chart *c)
{
	struct buf buf = buf_init(a, SVG_MAX), *b = &buf;
	chart_open(b, c, "columns");
	int64_t step = (RIGHT - LEFT) / (int64_t)c->n, width = step * 7 / 10;
	width = width < 1 ? 1 : width;
	for (size_t i = 0; i < c->n; i++) {
		int64_t y = y_of(c, i);
		BUF_LIT(b, "<rect class=\"tone-");
		show_tone(b, NULL, c->v[i].tone);
		buf_fmt(b,
			"\" x=\"%" PRId64 "\" y=\"%" PRId64 "\" width=\"%" PRId64
			"\" height=\"%" PRId64 "\"/>",
			x_of(c, i) - width / 2, y, width, BOTTOM - y);
	}
	labels(b, c);
	return (struct html){ buf_str(b) };
}
