/* event.h - a fact: what happened, to what, when, by whom; and its canonical text.
 *
 * The kinds of facts and their fields are declared in events.def.  A fact has a public
 * line, which the ledger hashes in clear, and for some kinds a private line, which the
 * ledger holds only as a commitment and which can be erased.  Each has exactly one form,
 * so that another language recomputes the same bytes:
 *
 *   {"event":"visit_started","v":1,"at":"2026-11-22T08:00:00Z","subject":"0...","n":3,
 *    "person":"0...","actor":"0...","actor_role":"carer",FIELDS}          (one line, no blank)
 *   {FIELDS}                                                        (private line)
 *
 * Keys in this order ("v": version of the format, "n": version of the subject), fields in the order of events.def, all present ("person" only for
 * kinds that carry one).  Strings in UTF-8 with the minimal escapes of RFC 8785; integers
 * and money (cents) in decimal; booleans true and false; ids in base32, "" for none;
 * instants and days in ISO 8601, "" for none, "never" for TS_NEVER; enumerations by name;
 * hashes in lower-case hexadecimal; lists in brackets.
 *
 * Memory:  decoded facts live in the arena given, nothing borrows from the texts.
 * Threads: no hidden state.
 */
#ifndef DOMAIN_EVENT_H
#define DOMAIN_EVENT_H

#include "domain/events_gen.h"

#define EVENT_LINE_MAX ((size_t)1 << 20) /* bytes of a public or private line */

struct event {
	enum event_kind kind;
	int64_t version; /* of the subject after this fact; (subject, kind, version) is unique */
	ts at;           /* recorded */
	struct id subject;
	struct id
		person; /* whose key protects the private part; only for kinds that say so */
	struct id actor; /* account or thing that acted; zero for the system */
	enum role actor_role;
	bool erased; /* decoded without its private part: private fields are blank */
	union event_fields u;
};

struct events {
	struct event *v;
	size_t n, cap;
};

enum field_kind {
	FIELD_ID,
	FIELD_TS,
	FIELD_DAY,
	FIELD_INT,
	FIELD_MONEY,
	FIELD_BOOL,
	FIELD_STR,
	FIELD_HASH,
	FIELD_ENUM,
	FIELD_IDS,
	FIELD_INTS,
	FIELD_STRS,
};

struct event_field {
	const char *name;
	enum field_kind kind;
	bool is_private;
	size_t offset; /* in struct ev_X */
	const struct enum_table *table;
};

struct event_schema { /* one version of one kind */
	const char *name;
	int version;
	enum event_kind kind;
	enum aggregate subject;
	bool has_person;
	const struct event_field *fields;
	size_t field_count;
	size_t size;                                                  /* of struct ev_X */
	void (*upcast)(struct arena *a, const void *from, void *ret); /* NULL: the newest */
	size_t newer; /* index of the version that upcast gives */
};

/* The newest versions first, indexed by kind, then the older ones; an order by name. */
extern const struct event_schema event_schemas[];
extern const size_t event_schema_count;
extern const uint16_t event_schema_order[];

const char *event_name(enum event_kind kind);         /* "visit_started" */
enum aggregate event_aggregate(enum event_kind kind); /* what its subject is */
bool event_has_person(enum event_kind kind);          /* does it carry a person */
bool event_has_private(enum event_kind kind);         /* has it private fields */
bool event_kind_of(str name, enum event_kind *ret);   /* false: no such kind */
const struct event_schema *event_schema_find(str name, int64_t version); /* NULL: none */

/* Appends the canonical lines (no newline).  Bytes that are not UTF-8 become U+FFFD, so
 * a line is always valid; more than the buf's maximum sets its overflow.  The private
 * line of a kind without private fields is empty.  Aborts on a number outside its
 * enumeration and on more than 65,535 elements in a list: limit them at input. */
void event_public_json(struct buf *b, const struct event *e);
void event_private_json(struct buf *b, const struct event *e);

/* Reads a fact back; `private_line` is empty when erased or when there is none.  Facts of
 * older versions come back as the newest.  Only canonical lines are accepted.
 *   ERR_SYNTAX   not the canonical text of a fact;
 *   ERR_VERSION  well begun, but of a kind or version unknown to this program;
 *   ERR_LIMIT    a line longer than EVENT_LINE_MAX. */
MUST_USE enum err event_decode(struct arena *a, str public_line, str private_line,
			       struct event *ret);

#endif
