#include "base/rrule.h"
#include "talk/dialog.h"
#include "talk/reply.h"

#include <stdlib.h>
#include "test.h"

/* Wednesday 11 March 2026, 10:00 in Paris. */
static const struct talk_now now = { .day = { 20523 }, .minute = 600, .utc_offset = 60 };
static const ts at = { INT64_C(1773219600) * US_S };

static enum dialog_act say(struct arena *a, struct dialog *d, const char *said, str *ret)
{
	return dialog_turn(a, d, str_of(said), &now, at, ret);
}

static bool has(str s, const char *what)
{
	return str_find(s, str_of(what)) != SIZE_MAX;
}

TEST(nothing_is_done_before_a_yes_to_a_read_back_with_its_full_date)
{
	TEST_ARENA(a);
	struct dialog d = dialog_start(S(""));
	str t;
	CHECK_INT(say(a, &d, "je voudrais une toilette d'une heure demain à 9h", &t),
		  DIALOG_SAY);
	CHECK_STR(t, "Le jeudi 12\xc2\xa0mars à 9\xc2\xa0h, une heure, pour la toilette. "
		     "C'est bien cela\xc2\xa0?");
	CHECK_INT(d.state, DIALOG_READBACK);
	CHECK_INT(say(a, &d, "oui", &t), DIALOG_DO);
	CHECK_INT(d.state, DIALOG_DONE);
}

TEST(a_yes_can_be_undone_for_ten_minutes_and_no_longer)
{
	TEST_ARENA(a);
	struct dialog d = dialog_start(S(""));
	str t;
	say(a, &d, "annulez la visite de demain matin", &t);
	CHECK_INT(say(a, &d, "1", &t), DIALOG_DO);
	CHECK_INT(d.undo_until.us, at.us + 10 * US_MIN);
	struct dialog late = d;
	CHECK_INT(say(a, &d, "4", &t), DIALOG_UNDO);
	CHECK(dialog_turn(a, &late, S("4"), &now, ts_add_min(at, 11), &t) != DIALOG_UNDO);
}

TEST(what_is_missing_is_asked_one_thing_at_a_time)
{
	TEST_ARENA(a);
	struct dialog d = dialog_start(S(""));
	str t;
	CHECK_INT(say(a, &d, "je veux quelqu'un demain", &t), DIALOG_SAY);
	CHECK(has(t, "Pour quelle aide"));
	CHECK(!has(t, "heure"));
	say(a, &d, "la toilette", &t);
	CHECK(has(t, "quelle heure"));
	say(a, &d, "à neuf heures", &t);
	CHECK_STR(t, "Le jeudi 12\xc2\xa0mars à 9\xc2\xa0h, pour la toilette. C'est bien "
		     "cela\xc2\xa0?");
}

TEST(after_one_failed_repair_a_person_is_offered_with_the_transcript)
{
	TEST_ARENA(a);
	struct dialog d = dialog_start(S(""));
	str t;
	CHECK_INT(say(a, &d, "blibli blabla", &t), DIALOG_SAY);
	CHECK(has(t, "112")); /* what is not understood may be a cry for help */
	CHECK_INT(say(a, &d, "zzz", &t), DIALOG_HAND_OVER);
	CHECK(has(d.transcript, "> blibli blabla"));
	CHECK(has(d.transcript, "> zzz"));
}

TEST(an_emergency_interrupts_any_state_and_promises_no_help)
{
	TEST_ARENA(a);
	struct dialog d = dialog_start(S(""));
	str t;
	say(a, &d, "annulez la visite de demain", &t);
	CHECK_INT(say(a, &d, "je suis tombée et je n'arrive pas à me relever", &t),
		  DIALOG_ALERT);
	CHECK(has(t, "15") && has(t, "112") && has(t, "114"));
	CHECK(!has(t, "arrive") && !has(t, "en route"));
	CHECK(has(t, "Je ne peux prévenir personne"));
	d = dialog_start(S("Mme Petit"));
	say(a, &d, "ça sent le gaz", &t);
	CHECK(has(t, "18") && has(t, "Mme Petit"));
}

TEST(a_no_to_a_read_back_changes_nothing)
{
	TEST_ARENA(a);
	struct dialog d = dialog_start(S(""));
	str t;
	say(a, &d, "annulez la visite de demain", &t);
	CHECK_INT(say(a, &d, "non", &t), DIALOG_SAY);
	CHECK(has(t, "rien changé"));
	CHECK_INT(d.state, DIALOG_START);
}

static bool same_request(const struct talk *x, const struct talk *y)
{
	bool times = x->n_times == y->n_times;
	for (size_t i = 0; times && i < x->n_times; i++)
		times = x->times[i] == y->times[i];
	return x->intent == y->intent && x->tasks == y->tasks &&
	       str_eq(x->rrule, y->rrule) && x->dtstart.d == y->dtstart.d &&
	       x->until.d == y->until.d && times && x->parts == y->parts &&
	       x->duration == y->duration && x->window[0] == y->window[0] &&
	       x->window[1] == y->window[1] && x->except_holidays == y->except_holidays;
}

/* Runs `fn` over the sentences of data/talk/intents.tsv. */
static void each_sentence(void (*fn)(struct arena *, str, void *), void *ctx)
{
	const char *root = getenv("VIGIE_SOURCE");
	TEST_ARENA(a);
	FILE *f = fopen(str_z(a, str_fmt(a, "%s/data/talk/intents.tsv", root ? root : ".")),
			"r");
	char *line = NULL;
	size_t cap = 0;
	assert_non_null(f);
	while (getline(&line, &cap, f) > 0) {
		str rest = str_trim(str_of(line));
		str_cut(&rest, '\t');
		TEST_ARENA(one);
		fn(one, rest, ctx);
	}
	free(line);
	fclose(f);
}

static void check_rule(struct arena *a, str text, void *ctx)
{
	struct talk r = talk_read(a, text, &now);
	const str rules[] = { r.rrule, r.new_rrule };
	(void)ctx;
	for (int i = 0; i < 2; i++) {
		struct rrule rule;
		day d;
		if (!rules[i].n)
			continue;
		CHECK_OK(rrule_parse(rules[i], &rule));
		struct rrule_iter it = rrule_start(&rule, now.day, DAY_NONE);
		CHECK(rrule_next(&it, &d));
	}
}

TEST(every_recurrence_understood_parses_and_has_a_first_day)
{
	each_sentence(check_rule, NULL);
}

struct round {
	size_t all, same;
};

static void check_back(struct arena *a, str text, void *ctx)
{
	struct round *n = ctx;
	struct talk r = talk_read(a, text, &now);
	if ((r.intent != INTENT_REQUEST_VISIT && r.intent != INTENT_CANCEL_VISIT) || r.ask)
		return;
	struct buf b = buf_init(a, 4096);
	reply_back(&b, &r, now.day);
	str said = buf_str(&b);
	struct talk back =
		talk_read(a, str_sub(said, 0, str_find(said, S(" C'est bien"))), &now);
	if (back.relation != r.relation)
		back.relation = r.relation;
	n->all++;
	if (same_request(&r, &back))
		n->same++;
	else
		printf("not the same: %" PRIstr " -> %" PRIstr "\n", STR(text), STR(said));
}

TEST(a_read_back_read_again_means_the_same)
{
	struct round n = { 0 };
	each_sentence(check_back, &n);
	CHECK(n.all > 100);
	CHECK_INT(n.same, n.all);
}
