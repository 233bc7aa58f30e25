/* atom.h - the expressions of time in a sentence, found and read but not yet dated.
 *
 * An atom is one expression: a date, weekdays, a clock time, a duration, a recurrence...
 * with the small words that gave it a role ("à partir de", "sauf", "vers").  Two readers
 * use the same atoms: value.h makes single values, slot.h makes a request.
 *
 * Memory:  the list lives in the arena.  Threads: no hidden state.
 */
#ifndef TALK_ATOM_H
#define TALK_ATOM_H

#include "base/time.h"
#include "talk/word.h"

enum atom_kind {
	AT_NONE,
	AT_DATE,   /* d, m, y (0: not said), perhaps with wdays said before it */
	AT_WDAY,   /* wdays, wmod */
	AT_OFFSET, /* n days from today: demain */
	AT_FEAST,  /* n: enum feast; y perhaps */
	AT_PERIOD, /* unit, n: offset from the present one; or m / y named */
	AT_NEXTN,  /* n units that follow (n < 0: that went before) */
	AT_NTH,    /* n-th (-1 last) weekday, or day, of a month */
	AT_CLOCK,  /* minute of the day, h12 when the half of the day is open */
	AT_PART,   /* part of the day, sub part */
	AT_DUR,    /* n units */
	AT_SHIFT,  /* n units from now: dans, il y a */
	AT_EVERY,  /* recurrence: unit, n = interval, wdays */
	AT_TIMES,  /* n times per unit */
	AT_COUNT,  /* n visits: "huit séances" */
	AT_FERIE,  /* public holidays as a group */
	AT_NOW
};

enum atom_unit {
	UNIT_SECOND,
	UNIT_MINUTE,
	UNIT_HOUR,
	UNIT_DAY,
	UNIT_WEEK,
	UNIT_MONTH,
	UNIT_QUARTER,
	UNIT_YEAR,
	UNIT_WEEKEND,
	UNIT_SEASON
};

enum atom_role {
	ROLE_NONE,
	ROLE_FROM,    /* à partir de, dès, à compter de */
	ROLE_UNTIL,   /* jusqu'à */
	ROLE_BEFORE,  /* avant */
	ROLE_AFTER,   /* après */
	ROLE_BETWEEN, /* entre */
	ROLE_EXCEPT,  /* sauf */
	ROLE_FOR,     /* pendant */
	ROLE_SINCE,   /* depuis */
	ROLE_DE,      /* de, du, des */
	ROLE_A,       /* à, au, aux */
	ROLE_TO, /* the second end of a range: "au 15", "à 11 h", "et 11 h", "- 11 h" */
	ROLE_INSTEAD, /* au lieu de */
	ROLE_POUR,
	ROLE_EN
};

enum day_part {
	PART_NONE,
	PART_MATIN,
	PART_MIDI,
	PART_APRESMIDI,
	PART_SOIR,
	PART_NUIT,
	PART_JOURNEE,
	PART_DEJEUNER /* the meal as a time: value.h only */
};
enum sub_part {
	SUB_NONE,
	SUB_EARLY, /* début, tôt */
	SUB_MID,
	SUB_LATE, /* fin, tard */
	SUB_VERY_EARLY,
	SUB_AFTER,
	SUB_BEFORE
};

enum feast {
	FEAST_NOEL,
	FEAST_JOUR_DE_L_AN,
	FEAST_TRAVAIL,
	FEAST_VICTOIRE,
	FEAST_NATIONALE,
	FEAST_ASSOMPTION,
	FEAST_TOUSSAINT,
	FEAST_ARMISTICE,
	FEAST_PAQUES,
	FEAST_LUNDI_PAQUES,
	FEAST_ASCENSION,
	FEAST_PENTECOTE,
	FEAST_LUNDI_PENTECOTE,
	FEAST_SYLVESTRE,
	FEAST_EPIPHANIE,
	FEAST_CHANDELEUR,
	FEAST_VALENTIN,
	FEAST_HALLOWEEN,
	FEAST_MERES,
	FEAST_PERES,
	FEAST_REVEILLON_NOEL,
	FEAST_MUSIQUE,
	FEAST_VENDREDI_SAINT,
	FEAST_RAMEAUX,
	FEAST_CENDRES,
	FEAST_COUNT_
};

/* Bits of atom.wdays: Monday is bit 0. */
#define WDAYS_ALL  0x7fu
#define WDAYS_WORK 0x1fu

struct atom {
	enum atom_kind kind;
	enum atom_role role;
	size_t head, at, end; /* tokens [at, end); role words begin at head */
	bool approx;          /* vers, environ */
	bool le, les, ce;     /* the article or demonstrative before it */
	bool one;             /* "une heure": the number was an article */
	bool sure;            /* a clock that can be nothing else */
	bool hinted;          /* a clock whose half of the day was said */
	bool h12;             /* hour 1-12 said, half of the day open */
	bool has_min;         /* minutes were said */
	bool range;           /* weekdays given as "du lundi au vendredi" */
	bool habit;           /* plural or "chaque": repeats by itself */
	bool next, last;      /* prochain, dernier */
	bool bad;             /* a date that does not exist, two that disagree */
	int y, m, d;
	unsigned wdays;
	int wmod; /* weeks added: en huit 1, en quinze 2 */
	enum atom_unit unit;
	int64_t n;
	int minute, second; /* of the day; second -1: not said */
	int tz;             /* minutes east of UTC said ("CET"), or INT32_MIN */
	enum day_part part;
	enum sub_part sub;
};

struct atoms {
	struct atom *v;
	size_t n, cap;
};

/* All atoms of the sentence, left to right, none overlapping. */
struct atoms atom_scan(struct arena *a, const struct toks *t);

/* The readers of one kind, each: token after the expression at i, or i. */
size_t atom_clock(const struct toks *t, size_t i, struct atom *x);
size_t atom_part(const struct toks *t, size_t i, struct atom *x);
size_t atom_date(const struct toks *t, size_t i, struct atom *x);
size_t atom_wday(const struct toks *t, size_t i, struct atom *x);
size_t atom_feast(const struct toks *t, size_t i, struct atom *x);
size_t atom_period(const struct toks *t, size_t i, struct atom *x);
size_t atom_span(const struct toks *t, size_t i, struct atom *x);
size_t atom_every(const struct toks *t, size_t i, struct atom *x);

/* Shared small readers. */
int atom_month_name(const struct toks *t, size_t i); /* 1-12, 0: none */
int atom_day_name(const struct toks *t, size_t i);   /* 1-7, 0: none */
size_t atom_unit(const struct toks *t, size_t i, enum atom_unit *ret);

/* Day of the month 1-31 at i ("1er", "premier", "quinze", "15e"); or i. */
size_t atom_mday(const struct toks *t, size_t i, int *ret);

#endif
