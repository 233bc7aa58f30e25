/* leaf.h - from a fact to the leaf of the tree.
 *
 *   commitment = HMAC-SHA-256(key of the person, public line ‖ 0x0a ‖ private line)
 *                or 32 zero bytes when the kind has no private part
 *   leaf       = SHA-256(0x00 ‖ public line ‖ 0x0a ‖ commitment)
 *
 * The canonical lines hold no raw 0x0a and the commitment has a fixed length, so the input
 * of the leaf can be read in one way only.  Once key and private line are destroyed the
 * commitment says nothing any more (the key has 256 random bits), and the leaf is still
 * recomputed from the public line and these 32 opaque bytes.  The public line is under
 * the commitment too, so that two equal private lines of one person do not show as equal.
 *
 * Memory:  none.  Threads: no hidden state.
 */
#ifndef LEDGER_LEAF_H
#define LEDGER_LEAF_H

#include "base/base.h"

#define PERSON_KEY 32 /* bytes */

struct hash leaf_commitment(const uint8_t key[PERSON_KEY], str public_line,
			    str private_line);
struct hash leaf_hash(str public_line, const struct hash *commitment);

#endif
