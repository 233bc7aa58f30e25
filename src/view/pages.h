/* pages.h - what the pages of each role show; filled by src/net/page_*.c, one struct a page. */
#ifndef VIEW_PAGES_H
#define VIEW_PAGES_H

#include "view/visit.h"

/* The person and her circle: today and tomorrow. */
struct person_today {
	struct page page;
	str hello; /* her first name */
	day today, tomorrow;
	struct visit_cards now, next;
	str service, phone, hours; /* whom to call */
	bool may_attest;           /* else the page only tells */
};

/* The carer: the list of the day in the order of the round, and true offers. */
struct offer_card {
	struct id id;
	ts start_at, end_at, expires_at;
	str what, place, reasons; /* why she is asked, in words */
	int64_t minutes, travel_min, travel_m, amplitude_min;
};
struct offer_cards {
	struct offer_card *v;
	size_t n, cap;
};
struct carer_today {
	struct page page;
	str hello;
	day today;
	struct visit_cards visits;
	struct offer_cards offers;
	int64_t minutes, travel_min, travel_m, amplitude_min;
	str service, phone, hours;
};

/* The desk: what is to be done, worst first; requests that wait for an answer; calls. */
struct ask_card {
	struct id id;
	str person, words, place;
	ts transmitted_at, silent_at; /* after it the request counts as silent */
};
struct ask_cards {
	struct ask_card *v;
	size_t n, cap;
};
struct desk_today {
	struct page page;
	str name;
	day today;
	int64_t asked, done, late, uncovered, unknown, missed;
	struct visit_cards alerts;
	struct ask_cards asks;
	struct visit_cards visits; /* the rest of the day, by hour */
};
struct carer_choice {
	struct id id;
	str name, why; /* reasons, for or against */
	bool is_blocked;
	int64_t travel_min, travel_m;
};
struct carer_choices {
	struct carer_choice *v;
	size_t n, cap;
};
struct desk_visit { /* one visit: who could come, with the reasons */
	struct page page;
	struct visit_card visit;
	bool is_open; /* somebody may still be sent */
	struct carer_choices choices;
	struct event_lines {
		struct event_line {
			ts at;
			str text;
			enum tone tone;
		} * v;
		size_t n, cap;
	} story;
};
struct call_card {
	struct id id;
	str who, phone, sentence;
	int64_t tries;
	ts since;
};
struct call_cards {
	struct call_card *v;
	size_t n, cap;
};
struct call_list {
	struct page page;
	struct call_cards calls;
};

/* The référent: reports proposed, to be decided with a reason. */
struct report_card {
	struct id id;
	str person, service, facts; /* the facts in words */
	day first_on, last_on;
	int64_t visits;
	str state;
	enum tone tone;
	bool is_open;
};
struct report_cards {
	struct report_card *v;
	size_t n, cap;
};
struct report_list {
	struct page page;
	struct report_cards reports;
};

/* Public: the home page and the bilan of a territory. */
struct figure_line {
	str label, value, detail;
	int64_t permille; /* of what was asked; -1: not a share */
};
struct figure_lines {
	struct figure_line *v;
	size_t n, cap;
};
struct service_line {
	str name, share, interval, hours;
};
struct service_lines {
	struct service_line *v;
	size_t n, cap;
};
struct public_home {
	struct page page;
	struct links territories;
};
struct public_bilan {
	struct page page;
	str territory, code, month, lead; /* one sentence that a citizen can repeat */
	bool is_provisional;
	struct figure_lines figures;
	struct service_lines services;
	struct links months;
	str head; /* the tree head that seals it */
};
struct text_page { /* a page of plain sentences */
	struct page page;
	struct strs lines;
};
struct card_page {
	struct page page;
	struct form_line code;
};
struct login_page {
	struct page page;
	struct form_line fields[3];
	str note;          /* demo: how to enter */
	struct links demo; /* one line per role, in a demo only */
};

#endif
