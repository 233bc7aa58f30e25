/* base.h - everything of base/ that nearly every file needs. */
#ifndef BASE_BASE_H
#define BASE_BASE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/die.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/money.h"
#include "base/rng.h"
#include "base/str.h"
#include "base/time.h"

#include <inttypes.h>
#include <string.h>

#endif
