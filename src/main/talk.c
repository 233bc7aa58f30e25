/* vigie talk - sentences in, what was understood out.
 *
 *   vigie talk [--at TIME] [--tz ZONE]       one sentence a line in, JSON a line out
 *   vigie talk --say                         what would be said back instead of JSON
 *   vigie talk --why                         the words read and the cues that matched
 *   vigie talk --rows FILE.jsonl             rows {"id","text","reference",...} in
 *   vigie talk --time --rows FILE.jsonl      expressions of time only
 *   vigie talk --score FILE.jsonl            how well the rows are understood
 */
#include "main/cmd.h"

#include "main/talk_score.h"

#include "base/base.h"
#include "base/zone.h"
#include "talk/alarm.h"
#include "talk/reply.h"
#include "talk/talk.h"
#include "talk/value.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define LINE_MAX_BYTES 65536
#define SENTENCE_ARENA (16u << 20)

struct options {
	const char *rows, *score, *at, *tz;
	bool time, why, confusion, say;
};

static int usage(void)
{
	fprintf(stderr, "usage: vigie talk [--at TIME] [--tz ZONE] < sentences\n"
			"       vigie talk [--time] --rows FILE.jsonl\n"
			"       vigie talk --score FILE.jsonl [--confusion]\n");
	return 2;
}

static const char *text_of(const json_t *row, const char *key)
{
	const char *s = json_string_value(json_object_get(row, key));
	return s ? s : "";
}

/* "2026-03-11T10:00:00+01:00", the zone perhaps missing: the local present. */
static bool read_reference(str s, struct talk_now *ret)
{
	day d;
	int m;
	if (s.n < 16 || day_parse(str_sub(s, 0, 10), &d) ||
	    hm_parse(str_sub(s, 11, 16), &m))
		return false;
	*ret = (struct talk_now){ .day = d, .minute = m };
	int64_t sec = 0;
	if (s.n >= 19 && !str_int(str_sub(s, 17, 19), &sec))
		ret->second = (int)sec;
	if (s.n >= 6 && (s.p[s.n - 6] == '+' || s.p[s.n - 6] == '-') &&
	    s.p[s.n - 3] == ':') {
		int off;
		if (!hm_parse(str_from(s, s.n - 5), &off))
			ret->utc_offset = s.p[s.n - 6] == '-' ? -off : off;
	}
	return true;
}

static void out_line(const struct buf *b)
{
	fwrite(b->p, 1, b->n, stdout);
	fputc('\n', stdout);
}

static void put_id(struct buf *out, const json_t *row)
{
	char *id = json_dumps(json_object_get(row, "id"), JSON_ENCODE_ANY);
	buf_fmt(out, "{\"id\":%s,", id ? id : "null");
	free(id);
}

static void time_row(struct arena *a, const json_t *row, const struct talk_now *now)
{
	struct buf out = buf_init(a, 1 << 20);
	/* chrono tells the last unit of an interval and lets "jeudi" be today */
	bool chrono = strcmp(text_of(row, "source"), "chrono") == 0;
	struct value_ways ways = { .ends_included = chrono,
				   .today_too = chrono,
				   .nearest_year = chrono };
	struct values v = value_find(a, str_of(text_of(row, "text")), now, ways);
	put_id(&out, row);
	BUF_LIT(&out, "\"values\":");
	value_json(&out, &v);
	buf_byte(&out, '}');
	out_line(&out);
}

static void talk_row(struct arena *a, const json_t *row, const struct talk_now *now)
{
	struct buf out = buf_init(a, 1 << 20);
	struct talk r = talk_read(a, str_of(text_of(row, "text")), now);
	put_id(&out, row);
	BUF_LIT(&out, "\"result\":");
	talk_json(a, &out, &r);
	buf_byte(&out, '}');
	out_line(&out);
}

static int score_one(struct arena *a, const json_t *row, const struct talk_now *now,
		     struct score *sc)
{
	struct buf out = buf_init(a, 1 << 20);
	struct talk r = talk_read(a, str_of(text_of(row, "text")), now);
	talk_json(a, &out, &r);
	json_t *pred = json_loadb(out.p, out.n, 0, NULL);
	if (!pred)
		return 2;
	score_row(a, sc, row, pred);
	json_decref(pred);
	return 0;
}

static int run_rows(const struct options *o)
{
	CLEAN_ARENA struct arena *a = arena_new(SENTENCE_ARENA);
	const char *path = o->score ? o->score : o->rows;
	struct score sc = { 0 };
	FILE *f = fopen(path, "r");
	if (!f) {
		fprintf(stderr, "vigie talk: cannot read %s\n", path);
		return 2;
	}
	char *line = NULL;
	size_t cap = 0;
	int status = 0;
	while (getline(&line, &cap, f) > 0) {
		json_t *row = json_loads(line, 0, NULL);
		struct talk_now now;
		if (!row || !read_reference(str_of(text_of(row, "reference")), &now)) {
			fprintf(stderr,
				"vigie talk: a row is no JSON or has no reference\n");
			status = 2;
		} else if (o->score) {
			status |= score_one(a, row, &now, &sc);
		} else if (o->time) {
			time_row(a, row, &now);
		} else {
			talk_row(a, row, &now);
		}
		json_decref(row);
		arena_clear(a);
	}
	free(line);
	fclose(f);
	if (o->score)
		score_print(&sc);
	if (o->score && o->confusion)
		score_confusion(&sc);
	return status;
}

/* The zone file of the machine, or NULL. */
static const struct zone *load_zone(struct arena *a, const char *name)
{
	const struct zone *z = NULL;
	char *bytes = arena_alloc(a, ZONE_BYTES_MAX + 1);
	if (strstr(name, "..") || name[0] == '/')
		return NULL;
	FILE *f = fopen(str_z(a, str_fmt(a, "/usr/share/zoneinfo/%s", name)), "rb");
	if (!f)
		return NULL;
	size_t n = fread(bytes, 1, ZONE_BYTES_MAX + 1, f);
	fclose(f);
	return zone_parse(a, str_of(name), (str){ bytes, n }, &z) ? NULL : z;
}

/* --at as UTC ("...Z") or as a reference with its offset; the clock when not said. */
static bool present(struct arena *a, const struct options *o, struct talk_now *ret)
{
	ts t;
	if (o->at && ts_parse(str_of(o->at), &t))
		return read_reference(str_of(o->at), ret);
	if (!o->at) {
		struct timespec now;
		clock_gettime(CLOCK_REALTIME, &now);
		t.us = now.tv_sec * US_S;
	}
	const struct zone *z = load_zone(a, o->tz);
	if (!z)
		return false;
	struct zone_local l = zone_local(z, t);
	*ret = (struct talk_now){
		.day = l.day, .minute = l.min, .second = l.sec, .utc_offset = l.off_s / 60
	};
	return true;
}

static int run_lines(const struct options *o)
{
	CLEAN_ARENA struct arena *keep = arena_new(1 << 20);
	CLEAN_ARENA struct arena *a = arena_new(SENTENCE_ARENA);
	struct talk_now now;
	if (!present(keep, o, &now)) {
		fprintf(stderr, "vigie talk: unknown --tz or --at\n");
		return 2;
	}
	char *line = NULL;
	size_t cap = 0;
	while (getline(&line, &cap, stdin) > 0) {
		struct buf out = buf_init(a, 1 << 20);
		str text = str_trim(str_of(line));
		if (o->why) {
			alarm_why(&out, sent_read(a, text));
			intent_why(&out, sent_read(a, text));
		}
		struct talk r = talk_read(a, text, &now);
		if (!o->say)
			talk_json(a, &out, &r);
		else if (r.intent == INTENT_EMERGENCY)
			reply_emergency(&out, &r, S(""));
		else if (r.ask)
			reply_question(&out, &r);
		else
			reply_back(&out, &r, now.day);
		out_line(&out);
		arena_clear(a);
	}
	free(line);
	return 0;
}

int cmd_talk(int argc, char **argv)
{
	struct options o = { .tz = "Europe/Paris" };
	for (int i = 1; i < argc; i++) {
		const char **value = strcmp(argv[i], "--rows") == 0    ? &o.rows
				     : strcmp(argv[i], "--score") == 0 ? &o.score
				     : strcmp(argv[i], "--at") == 0    ? &o.at
				     : strcmp(argv[i], "--tz") == 0    ? &o.tz
								       : NULL;
		if (value && i + 1 < argc)
			*value = argv[++i];
		else if (strcmp(argv[i], "--time") == 0)
			o.time = true;
		else if (strcmp(argv[i], "--say") == 0)
			o.say = true;
		else if (strcmp(argv[i], "--confusion") == 0)
			o.confusion = true;
		else if (strcmp(argv[i], "--why") == 0)
			o.why = true;
		else
			return usage();
	}
	if (o.rows || o.score)
		return run_rows(&o);
	return run_lines(&o);
}
