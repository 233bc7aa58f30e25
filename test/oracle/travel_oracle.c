/* travel_oracle.c - prints what travel.c says of the pairs on stdin, for travel_oracle.py:
 * "lat lon lat lon" in millionths of a degree -> "circle_m way_m foot bike car transit". */
#include "domain/labour/travel.h"

#include <stdio.h>

int main(void)
{
	long long a, b, c, d;
	while (scanf("%lld %lld %lld %lld", &a, &b, &c, &d) == 4) {
		struct place p = place_of(a, b), q = place_of(c, d);
		int64_t m = travel_metres(p, q);
		printf("%lld %lld", (long long)travel_circle_m(p, q), (long long)m);
		for (int k = 0; k < TRAVEL_MODE_COUNT; k++)
			printf(" %d", travel_minutes((enum travel_mode)k, m));
		printf("\n");
	}
	return 0;
}
