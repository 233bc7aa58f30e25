/* travel.c - distance and time with integers only. */
#include "domain/labour/travel.h"

#include <limits.h>

/* cos(0°) ... cos(91°) times 2^24; between two degrees a straight line errs by 4e-5. */
static const int32_t cosines[92] = {
	16777216, 16774661, 16766996, 16754223, 16736348, 16713374, 16685309, 16652161,
	16613941, 16570661, 16522332, 16468971, 16410594, 16347217, 16278861, 16205546,
	16127295, 16044131, 15956081, 15863169, 15765426, 15662880, 15555564, 15443509,
	15326749, 15205322, 15079262, 14948609, 14813402, 14673684, 14529495, 14380881,
	14227886, 14070557, 13908942, 13743091, 13573053, 13398880, 13220627, 13038346,
	12852093, 12661926, 12467901, 12270079, 12068519, 11863283, 11654434, 11442034,
	11226149, 11006844, 10784187, 10558244, 10329086, 10096781, 9861400,  9623016,
	9381700,  9137527,  8890570,  8640905,  8388608,  8133756,  7876426,  7616697,
	7354647,  7090358,  6823909,  6555381,  6284856,  6012416,  5738146,  5462127,
	5184445,  4905183,  4624427,  4342263,  4058776,  3774052,  3488179,  3201244,
	2913333,  2624535,  2334937,  2044628,  1753697,  1462231,  1170319,  878052,
	585516,   292803,   0,        -292803,
};

static int64_t cos_q24(int32_t lat_e6)
{
	int32_t a = lat_e6 < 0 ? -lat_e6 : lat_e6;
	int32_t deg = a / 1000000, rest = a % 1000000;
	int64_t c0 = cosines[deg], c1 = cosines[deg + 1];
	return c0 + (c1 - c0) * rest / 1000000;
}

struct place place_of(int64_t lat_e6, int64_t lon_e6)
{
	if (lat_e6 < -90000000 || lat_e6 > 90000000 || lon_e6 < -180000000 ||
	    lon_e6 > 180000000)
		return (struct place){ 0, 0 };
	return (struct place){ (int32_t)lat_e6, (int32_t)lon_e6 };
}

uint64_t int_sqrt(uint64_t n)
{
	if (n < 2)
		return n;
	/* Newton from above: 2^ceil(bits/2) is at least the root */
	int bits = 64 - __builtin_clzll(n);
	uint64_t x = UINT64_C(1) << ((bits + 1) / 2);
	for (;;) {
		uint64_t y = (x + n / x) / 2;
		if (y >= x)
			return x;
		x = y;
	}
}

int64_t travel_circle_m(struct place a, struct place b)
{
	if (!place_is(a) || !place_is(b))
		return 0;
	int64_t dlat = (int64_t)a.lat_e6 - b.lat_e6;
	int64_t dlon = (int64_t)a.lon_e6 - b.lon_e6;
	if (dlon > 180000000)
		dlon -= 360000000;
	if (dlon < -180000000)
		dlon += 360000000;
	int64_t middle = ((int64_t)a.lat_e6 + b.lat_e6) / 2;
	dlon = dlon * cos_q24((int32_t)middle) / (1 << 24);
	/* 10^-6 degree = 0.1111951 m: hypotenuse in millionths of a degree first */
	uint64_t h = int_sqrt((uint64_t)(dlat * dlat) + (uint64_t)(dlon * dlon));
	return (int64_t)((h * 1111951 + 5000000) / 10000000);
}

int64_t travel_metres(struct place a, struct place b)
{
	return (travel_circle_m(a, b) * 13 + 5) / 10;
}

static const struct {
	int fixed_min;
	int m_per_h;
} modes[TRAVEL_MODE_COUNT] = {
	[TRAVEL_MODE_FOOT] = { 0, 4500 },
	[TRAVEL_MODE_BIKE] = { 0, 14000 },
	[TRAVEL_MODE_CAR] = { 5, 35000 },
	[TRAVEL_MODE_TRANSIT] = { 5, 14000 },
};

int travel_minutes(enum travel_mode mode, int64_t metres)
{
	ASSERT(mode < TRAVEL_MODE_COUNT && metres >= 0);
	if (metres == 0)
		return 0;
	int64_t m = modes[mode].fixed_min +
		    (metres * 60 + modes[mode].m_per_h - 1) / modes[mode].m_per_h;
	return m > INT_MAX ? INT_MAX : (int)m;
}

int64_t travel_reach_m(enum travel_mode mode, int minutes)
{
	ASSERT(mode < TRAVEL_MODE_COUNT);
	int left = minutes - modes[mode].fixed_min;
	return left <= 0 ? 0 : (int64_t)left * modes[mode].m_per_h / 60;
}
