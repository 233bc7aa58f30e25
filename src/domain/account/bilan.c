/* bilan.c - figures, rates and intervals: see bilan.h. */
#include "domain/account/bilan.h"

#include "base/sort.h"

__extension__ typedef unsigned __int128 u128;

const struct figure_info figure_infos[FIG_COUNT] = {
#define FIG(name, key, unit, level, definition)                                            \
	[FIG_##name] = { key, UNIT_##unit, LEVEL_##level, definition },
#include "domain/account/figures.tbl"
#undef FIG
};

bool figure_is_additive(enum figure f)
{
	return f >= FIG_V_REMOVED && f <= FIG_R_UNSERVED;
}

void figures_zero(struct figures *f)
{
	for (int i = 0; i < FIG_COUNT; i++)
		f->v[i] = figure_is_additive((enum figure)i) ? 0 : FIG_NONE;
}

void figures_add(struct figures *f, const struct figures *g)
{
	for (int i = 0; i < FIG_COUNT; i++)
		if (figure_is_additive((enum figure)i))
			f->v[i] += g->v[i];
}

static int cmp_i32(const void *x, const void *y, void *ctx)
{
	(void)ctx;
	int32_t a = *(const int32_t *)x, b = *(const int32_t *)y;
	return (a > b) - (a < b);
}

int64_t median_low(struct arena *a, int32_t *v, size_t n)
{
	if (!n)
		return FIG_NONE;
	sort_by(a, v, n, sizeof *v, cmp_i32, NULL);
	return v[(n - 1) / 2];
}

int64_t rate_bp(int64_t x, int64_t n)
{
	return n ? (x * 20000 + n) / (2 * n) : FIG_NONE;
}

static u128 isqrt(u128 n)
{
	u128 r = 0, bit = (u128)1 << 126;
	while (bit > n)
		bit >>= 2;
	for (; bit; bit >>= 2)
		if (n >= r + bit) {
			n -= r + bit;
			r = (r >> 1) + bit;
		} else
			r >>= 1;
	return r;
}

/* z = 1.96.  With N = n * 100 / deff independent visits and p = x / n, the bounds are
 *   (2 N p + z^2 -+ z sqrt(z^2 + 4 N p (1 - p))) / (2 (N + z^2));
 * both sides are multiplied by n and by 10000 to stay in integers (Wilson 1927). */
static const u128 z2_e4 = 38416;

void wilson_bp(int64_t x, int64_t n, int64_t deff, int64_t *ret_low, int64_t *ret_high)
{
	ASSERT(n > 0 && x >= 0 && x <= n && n < INT64_C(1) << 24 && deff >= 100);
	int64_t eff = n * 100 / deff > 0 ? n * 100 / deff : 1;
	u128 nn = (u128)n, xx = (u128)x, ee = (u128)eff;
	u128 mid = 2 * ee * xx * 10000 + z2_e4 * nn;
	u128 square = z2_e4 * z2_e4 * nn * nn + 4 * z2_e4 * 10000 * ee * xx * (nn - xx);
	u128 root = isqrt(square);
	if (root * root < square)
		root++;
	u128 den = 2 * nn * (ee * 10000 + z2_e4);
	u128 low = mid > root ? (mid - root) * 10000 / den : 0;
	u128 high = ((mid + root) * 10000 + den - 1) / den;
	*ret_low = (int64_t)low;
	*ret_high = high > 10000 ? 10000 : (int64_t)high;
}

/* deff = m / (m - 1) * sum (y_i X - Y x_i)^2 / (X Y (X - Y)): the variance of a ratio over
 * clusters (Cochran 1977, 6.3 and 11) divided by that of X independent visits. */
int64_t design_effect(const struct cluster_sums *s)
{
	if (!s->x)
		return 0;
	u128 x = (u128)s->x, y = (u128)s->y, m = (u128)s->persons;
	u128 num, den;
	if (s->persons < 2 || s->y == 0 || s->y == s->x) {
		num = x;
		den = m;
	} else {
		u128 xx = (u128)s->xx, xy = (u128)s->xy, yy = (u128)s->yy;
		u128 plus = x * x * yy + y * y * xx;
		u128 minus = 2 * x * y * xy;
		num = m * (plus - minus);
		den = (m - 1) * x * y * (x - y);
	}
	u128 deff = (num * 100 + den - 1) / den;
	return deff < 100 ? 100 : (int64_t)deff;
}

static void derive_rate(struct bilan_line *l, int rate, enum figure x, enum figure n,
			enum figure out)
{
	int64_t *v = l->f.v;
	v[out] = rate_bp(v[x], v[n]);
	v[out + 1] = v[out + 2] = FIG_NONE;
	if (v[n])
		wilson_bp(v[x], v[n], l->deff[rate], &v[out + 1], &v[out + 2]);
}

void line_derive(struct bilan_line *l)
{
	int64_t *v = l->f.v;
	derive_rate(l, RATE_ASKED, FIG_V_DONE, FIG_V_ASKED, FIG_B_DONE_ASKED);
	derive_rate(l, RATE_ACCEPTED, FIG_V_DONE_ACCEPTED, FIG_V_ACCEPTED,
		    FIG_B_DONE_ACCEPTED);
	derive_rate(l, RATE_CONFIRMED, FIG_V_DONE_CONFIRMED, FIG_V_CONFIRMED,
		    FIG_B_DONE_CONFIRMED);
	v[FIG_B_HOURS] = rate_bp(v[FIG_S_DONE], v[FIG_S_ASKED]);
	v[FIG_B_RECORDED_LATE] = rate_bp(v[FIG_V_RECORDED_LATE], v[FIG_V_DONE]);
	v[FIG_B_CORRECTED] = rate_bp(v[FIG_V_CORRECTED], v[FIG_V_DONE]);
}

enum bilan_state bilan_state_at(ts published, int contest_days, bool contested,
				bool settled, ts now, ts *ret_look_at)
{
	ts until = { published.us + contest_days * US_DAY };
	if (ts_before(now, until)) {
		*ret_look_at = until;
		return contested ? BILAN_STATE_CONTESTED : BILAN_STATE_PROVISIONAL;
	}
	*ret_look_at = TS_NEVER;
	return contested && !settled ? BILAN_STATE_CONTESTED : BILAN_STATE_FINAL;
}
