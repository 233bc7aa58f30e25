/* home.h - the domain struct that the statements of test/store/sql fill. */
#ifndef STORE_HOME_H
#define STORE_HOME_H

#include "base/base.h"

enum home_kind { HOME_FLAT, HOME_HOUSE, HOME_BOAT };

struct hours {
	ts opens;
};

struct home {
	struct id id, parent_id;
	str name, note, photo;
	enum home_kind kind;
	uint8_t small;
	struct hours hours;
	day since_on;
	money price_cents;
	bool is_open;
	struct hash seal_hash;
};

struct homes {
	struct home *v;
	size_t n, cap;
};

#endif
