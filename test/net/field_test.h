/* field_test.h - a struct with a field of every type, for tests and fuzzers. */
#ifndef TEST_NET_FIELD_TEST_H
#define TEST_NET_FIELD_TEST_H

#include "net/field.h"

struct sample {
	str text, word, file;
	int64_t number;
	money price;
	bool yes;
	struct id id;
	day day;
	int hour, kind;
	ts at;
	uint64_t tasks;
};

static const char *const sample_names[] = { "toilette", "repas", "courses" };
static const struct enum_table sample_words = { "sample", sample_names, 3 };

static const struct field sample_fields[] = {
	FIELD_REQUIRED(struct sample, text, TEXT),
	FIELD_LIMITS(struct sample, word, WORD, false, 2, 5),
	FIELD_LIMITS(struct sample, file, FILE, false, 1, 10000),
	FIELD_LIMITS(struct sample, number, INT, false, -5, 600),
	FIELD_LIMITS(struct sample, price, CENTS, false, 0, 100000),
	FIELD_OPTIONAL(struct sample, yes, BOOL),
	FIELD_OPTIONAL(struct sample, id, ID),
	FIELD_OPTIONAL(struct sample, day, DAY),
	FIELD_OPTIONAL(struct sample, hour, HM),
	FIELD_OPTIONAL(struct sample, at, TS),
	FIELD_WORDS(struct sample, kind, ENUM, false, sample_words),
	FIELD_WORDS(struct sample, tasks, SET, false, sample_words),
};
#define SAMPLE_FIELDS (sizeof sample_fields / sizeof *sample_fields)

#endif
