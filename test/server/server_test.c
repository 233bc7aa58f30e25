/* The real server, its writer and its database, asked over loopback. */
#include "../net/peer.h"
#include "net/route.h"
#include "test.h"
#include "town.h"

#include <curl/curl.h>

static struct town town;

/* One town for all tests of this file: they leave each other's things alone. */
static struct town *open_town(void)
{
	static struct arena *a;
	if (!a) {
		a = arena_new((size_t)512 << 20);
		town_open(&town, a);
	}
	return &town;
}

static int status(str answer)
{
	return peer_status(answer);
}

#define NOTHING ((str){ 0 })

TEST(the_machine_answers_for_itself)
{
	struct town *t = open_town();
	CHECK_INT(status(town_ask(t, ROLE_NONE, "GET", S("/health"), NOTHING)), 200);
	CHECK_INT(status(town_ask(t, ROLE_NONE, "GET", S("/ready"), NOTHING)), 200);
	str m = town_ask(t, ROLE_NONE, "GET", S("/metrics"), NOTHING);
	CHECK(str_find(m, S("vigie_commits_total")) != SIZE_MAX);
	CHECK(str_find(m, S("vigie_http_seconds_bucket")) != SIZE_MAX);
	CHECK_INT(status(town_ask(t, ROLE_NONE, "GET", S("/api/nothing"), NOTHING)), 404);
	str r = town_ask(t, ROLE_NONE, "DELETE", S("/health"), NOTHING);
	CHECK_INT(status(r), 405);
	CHECK(str_find(r, S("Allow: GET")) != SIZE_MAX);
}

TEST(every_answer_carries_the_protective_headers)
{
	struct town *t = open_town();
	static const char *const wanted[] = { "default-src 'none'",
					      "frame-ancestors 'none'",
					      "X-Content-Type-Options: nosniff",
					      "Referrer-Policy: same-origin" };
	const str paths[] = { S("/health"), S("/nowhere"), S("/api/visits"),
			      S("/static/x") };
	for (size_t p = 0; p < 4; p++) {
		str r = town_ask(t, ROLE_NONE, "GET", paths[p], NOTHING);
		for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
			CHECK(str_find(r, str_of(wanted[i])) != SIZE_MAX);
	}
	str own = town_ask(t, ROLE_PERSON, "GET", S("/api/session"), NOTHING);
	CHECK(str_find(own, S("Cache-Control: no-store")) != SIZE_MAX);
}

static str login_body(struct town *t, const char *password, str code)
{
	return str_fmt(t->a,
		       "{\"login\":\"%" PRIstr "\",\"password\":\"%s\",\"code\":\"%" PRIstr
		       "\"}",
		       STR(t->totp_login), password, STR(code));
}

TEST(a_desk_logs_in_with_password_and_code_once)
{
	struct town *t = open_town();
	str path = S("/api/login");
	str r = town_ask(t, ROLE_NONE, "POST", path,
			 login_body(t, "un autre mot de passe", S("")));
	CHECK_INT(status(r), 401);
	CHECK(str_find(r, S("\"code\"")) == SIZE_MAX ||
	      str_find(r, S("\"field\":\"code\"")) ==
		      SIZE_MAX); /* no hint before the password */
	r = town_ask(t, ROLE_NONE, "POST", path, login_body(t, TOWN_PASSWORD, S("")));
	CHECK_INT(status(r), 401);
	CHECK(str_find(r, S("\"field\":\"code\"")) != SIZE_MAX);
	ts now = writer_health(server_writer(t->server)).now;
	str code =
		str_fmt(t->a, "%06u", totp_code(t->totp, now.us / US_S / TOTP_STEP_S, 6));
	r = town_ask(t, ROLE_NONE, "POST", path, login_body(t, TOWN_PASSWORD, code));
	CHECK_INT(status(r), 200);
	CHECK(str_find(r, S("HttpOnly; SameSite=Strict")) != SIZE_MAX);
	CHECK_INT(status(town_ask(t, ROLE_NONE, "POST", path,
				  login_body(t, TOWN_PASSWORD, code))),
		  401); /* the code was used */
}

TEST(passwords_cannot_be_tried_for_ever)
{
	struct town *t = open_town();
	str body = S("{\"login\":\"nobody@example.fr\",\"password\":\"x\"}");
	int refused = 0;
	for (int i = 0; i < 12; i++)
		refused += status(town_ask(t, ROLE_NONE, "POST", S("/api/login"), body)) ==
			   429;
	CHECK(refused >= 3);
}

static str cookie_of(struct town *t, str answer)
{
	size_t at = str_find(answer, S("Set-Cookie: vigie="));
	CHECK(at != SIZE_MAX);
	str rest = str_from(answer, at + 18);
	str value = str_cut(&rest, ';');
	return str_fmt(t->a, "Cookie: vigie=%" PRIstr "\r\n", STR(value));
}

TEST(a_paper_card_attests_and_does_no_more)
{
	struct town *t = open_town();
	struct town_side *s = &t->side[0][0];
	str visit = str_fmt(t->a, "/api/visits/%" PRIstr, STR(id_text(t->a, s->visit_id)));
	str r = town_ask(t, ROLE_NONE, "POST", S("/api/login/card"),
			 str_fmt(t->a, "{\"code\":\"%" PRIstr "\"}", STR(t->card)));
	CHECK_INT(status(r), 200);
	str cookie = cookie_of(t, r);
	r = town_raw(t, "GET", S("/api/session"), cookie, NOTHING);
	str head = str_fmt(t->a,
			   "%" PRIstr "X-CSRF-Token: %" PRIstr
			   "\r\nContent-Type: application/json\r\n",
			   STR(cookie), STR(town_member(r, "csrf")));
	CHECK_INT(status(town_raw(t, "GET", visit, cookie, NOTHING)), 200);
	CHECK_INT(status(town_raw(t, "POST", str_cat(t->a, visit, S("/cancel")), head,
				  S("{}"))),
		  403);
	str slip = str_cat(t->a, str_sub(t->card, 0, t->card.n - 1),
			   t->card.p[t->card.n - 1] == '0' ? S("1") : S("0"));
	r = town_ask(t, ROLE_NONE, "POST", S("/api/login/card"),
		     str_fmt(t->a, "{\"code\":\"%" PRIstr "\"}", STR(slip)));
	CHECK_INT(status(r), 422); /* a slip of the hand is told as one */
	/* a new card ends the old one */
	str card = str_fmt(t->a, "/api/persons/%" PRIstr "/card",
			   STR(id_text(t->a, s->person_id)));
	CHECK_INT(status(town_ask(t, ROLE_PERSON, "POST", card, NOTHING)), 200);
	r = town_ask(t, ROLE_NONE, "POST", S("/api/login/card"),
		     str_fmt(t->a, "{\"code\":\"%" PRIstr "\"}", STR(t->card)));
	CHECK_INT(status(r), 401);
}

TEST(a_device_is_enrolled_once_and_can_be_put_out)
{
	struct town *t = open_town();
	str carer = str_fmt(t->a, "/api/carers/%" PRIstr "/device",
			    STR(id_text(t->a, t->side[0][0].carer_id)));
	str r = town_ask(t, ROLE_COORDINATOR, "POST", carer, NOTHING);
	CHECK_INT(status(r), 200);
	str body = str_fmt(t->a, "{\"token\":\"%" PRIstr "\",\"label\":\"Mon téléphone\"}",
			   STR(town_member(r, "token")));
	r = town_ask(t, ROLE_NONE, "POST", S("/api/login/device"), body);
	CHECK_INT(status(r), 200);
	str cookie = cookie_of(t, r);
	CHECK_STR(
		town_member(town_raw(t, "GET", S("/api/session"), cookie, NOTHING), "role"),
		"carer");
	CHECK_INT(status(town_ask(t, ROLE_NONE, "POST", S("/api/login/device"), body)),
		  410);
	CHECK_INT(status(town_ask(t, ROLE_COORDINATOR, "POST",
				  str_cat(t->a, carer, S("/revoke")), NOTHING)),
		  200);
	r = town_raw(t, "GET", S("/api/session"), cookie, NOTHING);
	CHECK_STR(town_member(r, "role"), "none");
}

TEST(a_change_needs_the_value_of_its_session)
{
	struct town *t = open_town();
	str path = S("/api/language"), body = S("{\"language\":\"en\"}");
	str cookie = str_fmt(
		t->a, "Cookie: vigie=%" PRIstr "\r\nContent-Type: application/json\r\n",
		STR(t->cookie[ROLE_CIRCLE]));
	CHECK_INT(status(town_raw(t, "POST", path, cookie, body)), 403);
	str other = str_fmt(t->a, "%" PRIstr "X-CSRF-Token: %" PRIstr "\r\n", STR(cookie),
			    STR(t->csrf[ROLE_PERSON]));
	CHECK_INT(status(town_raw(t, "POST", path, other, body)), 403);
	str good = str_fmt(t->a, "%" PRIstr "X-CSRF-Token: %" PRIstr "\r\n", STR(cookie),
			   STR(t->csrf[ROLE_CIRCLE]));
	CHECK_INT(status(town_raw(t, "POST", path,
				  str_cat(t->a, good, S("Sec-Fetch-Site: cross-site\r\n")),
				  body)),
		  403);
	CHECK_INT(
		status(town_raw(t, "POST", path,
				str_cat(t->a, good, S("Origin: https://evil.example\r\n")),
				body)),
		403);
	CHECK_INT(status(town_raw(t, "POST", path, good, body)), 200);
}

TEST(a_repeated_call_is_done_once)
{
	struct town *t = open_town();
	str path = str_fmt(t->a, "/api/persons/%" PRIstr "/contacts",
			   STR(id_text(t->a, t->side[0][0].person_id)));
	str body = S("{\"kind\":\"relative\",\"name\":\"Zoé\",\"scopes\":[\"see_today\"]}");
	str head = str_fmt(t->a,
			   "Cookie: vigie=%" PRIstr "\r\nX-CSRF-Token: %" PRIstr "\r\n"
			   "Content-Type: application/json\r\nIdempotency-Key: k1\r\n",
			   STR(t->cookie[ROLE_PERSON]), STR(t->csrf[ROLE_PERSON]));
	str one = town_raw(t, "POST", path, head, body);
	CHECK_INT(status(one), 200);
	str two = town_raw(t, "POST", path, head, body);
	CHECK_INT(status(two), 200);
	CHECK_STRS(town_member(two, "id"), town_member(one, "id"));
	CHECK(str_find(two, S("Idempotent-Replay: true")) != SIZE_MAX);
	CHECK_INT(status(town_raw(t, "POST", path, head,
				  S("{\"kind\":\"relative\",\"name\":\"Luc\"}"))),
		  409); /* the key of another call */
}

TEST(bad_input_is_told_field_by_field)
{
	struct town *t = open_town();
	str path = str_fmt(t->a, "/api/persons/%" PRIstr "/requests",
			   STR(id_text(t->a, t->side[0][0].person_id)));
	str r = town_ask(t, ROLE_PERSON, "POST", path,
			 S("{\"own_words\":\"x\",\"tasks\":[\"danse\"],\"start\":\"25:00\","
			   "\"new\":1}"));
	CHECK_INT(status(r), 422);
	CHECK(str_find(r, S("{\"field\":\"tasks\",\"fault\":\"choice\"}")) != SIZE_MAX);
	CHECK(str_find(r, S("{\"field\":\"start\",\"fault\":\"range\"}")) != SIZE_MAX);
	CHECK(str_find(r, S("{\"field\":\"new\",\"fault\":\"unknown\"}")) != SIZE_MAX);
	CHECK(str_find(r, S("{\"field\":\"minutes\",\"fault\":\"required\"}")) != SIZE_MAX);
	CHECK_INT(status(town_ask(t, ROLE_PERSON, "POST", path, S("not json"))), 400);
	r = town_ask(t, ROLE_PERSON, "POST", path,
		     S("{\"own_words\":\"x\",\"tasks\":[\"repas\"],\"start\":\"09:00\","
		       "\"minutes\":60,"
		       "\"starts_on\":\"2026-12-01\",\"rrule\":\"FREQ=NEVER\"}"));
	CHECK_INT(status(r), 422);
	CHECK(str_find(r, S("{\"field\":\"rrule\",\"fault\":\"syntax\"}")) != SIZE_MAX);
}

TEST(sessions_are_listed_and_revoked)
{
	struct town *t = open_town();
	str r = town_ask(t, ROLE_AUTHORITY, "GET", S("/api/sessions"), NOTHING);
	CHECK_INT(status(r), 200);
	CHECK(str_find(r, S("\"here\":true")) != SIZE_MAX);
	/* somebody else's session does not exist for her */
	str id = town_member(r, "id");
	str path = str_fmt(t->a, "/api/sessions/%" PRIstr "/revoke", STR(id));
	CHECK_INT(status(town_ask(t, ROLE_CERTIFIER, "POST", path, NOTHING)), 404);
	CHECK_INT(status(town_ask(t, ROLE_AUTHORITY, "POST", path, NOTHING)), 200);
	CHECK_INT(status(town_ask(t, ROLE_AUTHORITY, "GET", S("/api/sessions"), NOTHING)),
		  401);
}

static size_t keep_body(char *p, size_t size, size_t n, void *ctx)
{
	buf_put(ctx, (str){ p, size * n });
	return size * n;
}

TEST(the_document_of_the_interface_is_served_to_another_client)
{
	struct town *t = open_town();
	struct buf b = buf_init(t->a, 0);
	long code = 0;
	CURL *c = curl_easy_init();
	curl_easy_setopt(c, CURLOPT_URL,
			 str_fmt(t->a, "http://127.0.0.1:%d/api/openapi.json", t->port).p);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, keep_body);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, &b);
	CHECK_INT(curl_easy_perform(c), CURLE_OK);
	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &code);
	curl_easy_cleanup(c);
	CHECK_INT(code, 200);
	size_t n;
	const struct route *table = route_table(&n);
	for (size_t i = 0; i < n; i++)
		if (str_starts(str_of(table[i].path), S("/api/")))
			CHECK(str_find(buf_str(&b), str_fmt(t->a, "\"operationId\":\"%s\"",
							    table[i].name)) != SIZE_MAX);
}

TEST(what_was_acknowledged_is_there_after_a_restart)
{
	struct town *t = open_town();
	str visit = str_fmt(t->a, "/api/visits/%" PRIstr,
			    STR(id_text(t->a, t->side[0][0].visit_id)));
	str before = town_ask(t, ROLE_PERSON, "GET", visit, NOTHING);
	CHECK_INT(status(before), 200);
	str cancel = str_cat(t->a, visit, S("/cancel"));
	str body = S("{\"cause\":\"person_absent\"}");
	str r = town_ask(t, ROLE_PERSON, "POST", cancel, body);
	CHECK_INT(status(r), 200);
	CHECK_STR(town_member(r, "state"), "cancelled");
	town_restart(t);
	CHECK_STR(town_member(town_ask(t, ROLE_PERSON, "GET", visit, NOTHING), "state"),
		  "cancelled");
	CHECK_INT(status(town_ask(t, ROLE_PERSON, "POST", cancel, body)), 409);
	town_close(t); /* the last test of the file */
}
