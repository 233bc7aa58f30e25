/* Mail as bytes, and its way to a real SMTP server (smtp_server.py). */
#include "net/smtp.h"

#include "net/mail.h"
#include "test.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

struct server {
	pid_t pid;
	int in; /* closing it ends the server */
	FILE *out;
	int port; /* 0: there is no aiosmtpd on this machine */
	char cert[128], key[128];
};

static void say_missing(const char *what)
{
	print_message("%s is not on this machine: skipped\n", what);
	skip();
}

/* A key and a certificate for 127.0.0.1, made for this run. */
static bool certificate(struct server *s)
{
	char dir[] = "/tmp/vigie-smtp-XXXXXX";
	if (!mkdtemp(dir))
		return false;
	snprintf(s->cert, sizeof s->cert, "%s/cert.pem", dir);
	snprintf(s->key, sizeof s->key, "%s/key.pem", dir);
	pid_t pid = fork();
	if (pid == 0) {
		int null = open("/dev/null", O_WRONLY);
		dup2(null, 2);
		execlp("openssl", "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
		       "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
		       "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout",
		       s->key, "-out", s->cert, (char *)NULL);
		_exit(127);
	}
	int status;
	return waitpid(pid, &status, 0) == pid && status == 0;
}

static void run_server(const struct server *s, const char *mode, int in, int out)
{
	const char *root = getenv("VIGIE_SOURCE");
	char script[4096];
	snprintf(script, sizeof script, "%s/test/net/smtp_server.py", root ? root : "..");
	dup2(in, 0);
	dup2(out, 1);
	for (int fd = 3; fd < 64; fd++)
		close(fd);
	alarm(60); /* a server that outlives its test ends, and the test's reads with it */
	/* Debian's own Python: another one on the path does not see Debian's modules */
	execl("/usr/bin/python3", "python3", script, mode, s->cert, s->key, (char *)NULL);
	_exit(127);
}

static struct server server_start(const char *mode)
{
	struct server s = { 0 };
	if (strcmp(mode, "plain") != 0 && !certificate(&s))
		return s;
	int in[2], out[2];
	assert_int_equal(pipe(in), 0);
	assert_int_equal(pipe(out), 0);
	fflush(stdout);
	s.pid = fork();
	if (s.pid == 0)
		run_server(&s, mode, in[0], out[1]);
	close(in[0]);
	close(out[1]);
	s.in = in[1];
	s.out = fdopen(out[0], "r");
	char line[32];
	s.port = fgets(line, sizeof line, s.out) ? (int)strtol(line, NULL, 10) : 0;
	return s;
}

static void server_stop(struct server *s)
{
	if (!s->pid)
		return;
	close(s->in);
	waitpid(s->pid, NULL, 0);
	fclose(s->out);
	if (!s->cert[0])
		return;
	unlink(s->cert);
	unlink(s->key);
	*strrchr(s->cert, '/') = '\0';
	rmdir(s->cert);
}

static str server_line(struct arena *a, struct server *s)
{
	static char line[1 << 16];
	if (!fgets(line, sizeof line, s->out))
		return S("");
	return str_dup(a, str_trim(str_of(line)));
}

static bool holds(str line, const char *what)
{
	bool yes = str_find(line, str_of(what)) != SIZE_MAX;
	if (!yes)
		print_error("no %s in %.*s\n", what, STR(line));
	return yes;
}

static struct mail usual(void)
{
	return (struct mail){
		.from = S("vigie@example.org"),
		.from_name = S("Vigie, aide à domicile"),
		.to = S("camille@example.org"),
		.subject = S("Votre visite de 9 h est en retard : Émilie arrive à 9 h 25, "
			     "voulez-vous "
			     "que nous cherchions ?"),
		.text = S("Bonjour,\n\n.un point en tête\nÀ 9 h 25 = une égalité, et une "
			  "ligne qui "
			  "est bien plus longue que soixante-seize caractères, accents "
			  "compris éééé.\n"
			  "fin avec un blanc \n"),
		.language = S("fr"),
		.id = { 7, 9 },
		.id_domain = S("vigie.example"),
		.at = { INT64_C(1795334400) * US_S },
	};
}

static str written(struct arena *a, const struct mail *m)
{
	struct buf b = buf_init(a, 0);
	CHECK_OK(mail_write(&b, m));
	return buf_str(&b);
}

TEST(an_address_is_taken_only_when_it_can_do_no_harm)
{
	CHECK(mail_address_ok(S("a.b+c@example.org")));
	CHECK(mail_address_ok(S("a@localhost")));
	static const char *const bad[] = {
		"",         "a",      "@b",           "a@",     "a@b@c",    "a b@c",
		"a@b\r\nc", "a@b>",   "\"a\"@b.c",    ".a@b.c", "a..b@c.d", "a@-b.c",
		"a@b..c",   "a@b.c-", "\xc3\xa9@b.c", "a@b.c\n"
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		CHECK(!mail_address_ok(str_of(bad[i])));
	CHECK(!mail_address_ok((str){ "a\0b@c.d", 7 }));
}

TEST(no_header_can_be_added_through_a_value)
{
	TEST_ARENA(a);
	struct mail m = usual();
	struct buf b = buf_init(a, 0);
	m.subject = S("x\r\nBcc: all@example.org");
	CHECK_ERR(mail_write(&b, &m), ERR_INPUT);
	m = usual();
	m.from_name = S("x\nTo: y");
	CHECK_ERR(mail_write(&b, &m), ERR_INPUT);
	m = usual();
	m.language = S("fr\r\nX: y");
	CHECK_ERR(mail_write(&b, &m), ERR_INPUT);
	m = usual();
	m.subject = S("\xff");
	CHECK_ERR(mail_write(&b, &m), ERR_INPUT);
	CHECK_INT(b.n, 0);
}

TEST(a_text_beyond_its_limit_is_refused)
{
	TEST_ARENA(a);
	struct mail m = usual();
	struct buf b = buf_init(a, 0);
	m.text = (str){ arena_alloc(a, MAIL_TEXT_MAX + 1), MAIL_TEXT_MAX + 1 };
	CHECK_ERR(mail_write(&b, &m), ERR_LIMIT);
}

TEST(a_message_is_short_lines_of_ascii_ended_by_crlf)
{
	TEST_ARENA(a);
	struct mail m = usual();
	struct rng r = rng_init(1, 2);
	for (int i = 0; i < 300; i++) {
		struct buf text = buf_init(a, 0);
		for (uint64_t n = rng_below(&r, 400); n; n--)
			buf_z(&text, (const char *[]){ "a", "é", "=", " ", "\n", "€", "😀",
						       "." }[rng_below(&r, 8)]);
		m.text = buf_str(&text);
		str rest = written(a, &m);
		CHECK(str_ends(rest, S("\r\n")));
		while (rest.p && rest.n) {
			str line = str_cut(&rest, '\n');
			CHECK(str_ends(line, S("\r")));
			if (line.n > 79)
				print_error("%zu: %.*s\n", line.n, STR(line));
			CHECK(line.n <= 79);
			for (size_t k = 0; k + 1 < line.n; k++)
				CHECK((line.p[k] >= ' ' && line.p[k] <= '~') ||
				      line.p[k] == '\t');
		}
	}
}

TEST(what_is_known_after_a_send_follows_from_how_far_it_got)
{
	CHECK_INT(smtp_outcome(true, true, 250), SMTP_SENT);
	CHECK_INT(smtp_outcome(false, false, 0), SMTP_LATER);
	CHECK_INT(smtp_outcome(false, false, 354), SMTP_LATER);
	CHECK_INT(smtp_outcome(false, false, 550), SMTP_REFUSED);
	CHECK_INT(smtp_outcome(false, false, 451), SMTP_LATER);
	CHECK_INT(smtp_outcome(false, true, 554), SMTP_REFUSED);
	CHECK_INT(smtp_outcome(false, true, 452), SMTP_LATER);
	CHECK_INT(smtp_outcome(false, true, 354), SMTP_UNKNOWN);
	CHECK_INT(smtp_outcome(false, true, 0), SMTP_UNKNOWN);
	CHECK_INT(smtp_outcome(false, true, 250), SMTP_SENT);
}

TEST(mail_goes_in_clear_to_this_machine_only)
{
	struct smtp *s;
	CHECK_ERR(smtp_open(&(struct smtp_config){ .host = "mail.example.org" }, &s),
		  ERR_INPUT);
	CHECK_ERR(
		smtp_open(&(struct smtp_config){ .host = "a/b", .security = SMTP_TLS }, &s),
		ERR_INPUT);
	CHECK_ERR(smtp_open(&(struct smtp_config){ .host = "127.0.0.1", .hello = "x\r\n" },
			    &s),
		  ERR_INPUT);
}

TEST(a_message_arrives_as_it_was_written)
{
	TEST_ARENA(a);
	struct server server = server_start("plain");
	if (!server.port)
		say_missing("python3-aiosmtpd");
	struct smtp *s;
	CHECK_OK(smtp_open(&(struct smtp_config){ .host = "127.0.0.1",
						  .port = server.port,
						  .hello = "vigie.example" },
			   &s));
	struct mail m = usual();
	for (int i = 0; i < 2; i++) { /* the second on the same connection */
		int code;
		CHECK_INT(smtp_send(s, m.from, m.to, written(a, &m), &code), SMTP_SENT);
		str got = server_line(a, &server);
		CHECK(holds(
			got,
			"\"from\":\"vigie@example.org\",\"to\":[\"camille@example.org\"]"));
		CHECK(holds(got, "\"hello\":\"vigie.example\""));
		CHECK(holds(
			got,
			"\"subject\":\"Votre visite de 9 h est en retard : Émilie arrive à "
			"9 h 25, voulez-vous que nous cherchions ?\""));
		CHECK(holds(got, "à domicile"));
		CHECK(holds(got, "\"date\":\"2026-11-22T08:00:00+00:00\""));
		CHECK(holds(got, "@vigie.example>\""));
		CHECK(holds(got, "\"defects\":0"));
		CHECK(holds(
			got,
			"\\n.un point en tête\\nÀ 9 h 25 = une égalité, et une ligne qui "
			"est "
			"bien plus longue que soixante-seize caractères, accents compris "
			"éééé.\\nfin avec un blanc \\n\""));
	}
	smtp_close(s);
	server_stop(&server);
}

TEST(each_answer_of_the_server_has_its_outcome)
{
	TEST_ARENA(a);
	struct server server = server_start("plain");
	if (!server.port)
		say_missing("python3-aiosmtpd");
	static const struct {
		const char *to;
		enum smtp_outcome outcome;
		int code;
	} cases[] = {
		{ "refused@example.org", SMTP_REFUSED, 550 },
		{ "later@example.org", SMTP_LATER, 451 },
		{ "content@example.org", SMTP_REFUSED, 554 },
		{ "full@example.org", SMTP_LATER, 452 },
		{ "gone@example.org", SMTP_UNKNOWN, 354 },
		{ "slow@example.org", SMTP_UNKNOWN, 354 },
		{ "camille@example.org", SMTP_SENT, 250 }, /* still works after all that */
		{ "no address", SMTP_REFUSED, 0 },
	};
	struct smtp *s;
	CHECK_OK(smtp_open(&(struct smtp_config){ .host = "127.0.0.1",
						  .port = server.port,
						  .total_ms = 1500 },
			   &s));
	struct mail m = usual();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int code = -1;
		enum smtp_outcome o =
			smtp_send(s, m.from, str_of(cases[i].to), written(a, &m), &code);
		if (o != cases[i].outcome || (code != cases[i].code && o != SMTP_SENT))
			print_error("%s: %s, %d\n", cases[i].to, smtp_outcome_name(o),
				    code);
		CHECK_INT(o, cases[i].outcome);
		if (o != SMTP_SENT)
			CHECK_INT(code, cases[i].code);
	}
	smtp_close(s);
	server_stop(&server);
}

TEST(without_a_server_nothing_was_sent)
{
	TEST_ARENA(a);
	struct smtp *s;
	CHECK_OK(smtp_open(&(struct smtp_config){ .host = "127.0.0.1", .port = 1 }, &s));
	struct mail m = usual();
	CHECK_INT(smtp_send(s, m.from, m.to, written(a, &m), NULL), SMTP_LATER);
	smtp_close(s);
}

static void over_tls(const char *mode, enum smtp_security security)
{
	TEST_ARENA(a);
	struct server server = server_start(mode);
	if (!server.port)
		say_missing("python3-aiosmtpd or openssl");
	struct mail m = usual();
	struct smtp_config c = { .host = "127.0.0.1",
				 .port = server.port,
				 .security = security,
				 .user = "vigie",
				 .password = "secret",
				 .total_ms = 1500 };
	struct smtp *s;
	CHECK_OK(smtp_open(&c, &s)); /* an authority that the system does not know */
	CHECK_INT(smtp_send(s, m.from, m.to, written(a, &m), NULL), SMTP_LATER);
	smtp_close(s);
	c.ca_file = server.cert;
	c.password = "wrong";
	CHECK_OK(smtp_open(&c, &s));
	CHECK_INT(smtp_send(s, m.from, m.to, written(a, &m), NULL), SMTP_LATER);
	smtp_close(s);
	c.password = "secret";
	CHECK_OK(smtp_open(&c, &s));
	CHECK_INT(smtp_send(s, m.from, m.to, written(a, &m), NULL), SMTP_SENT);
	CHECK(holds(server_line(a, &server), "\"secure\":true,\"login\":true"));
	smtp_close(s);
	server_stop(&server);
}

TEST(with_starttls_the_server_is_checked_and_the_login_is_said_inside)
{
	over_tls("starttls", SMTP_STARTTLS);
}

TEST(with_tls_the_server_is_checked_and_the_login_is_said_inside)
{
	over_tls("tls", SMTP_TLS);
}

TEST(starttls_that_the_server_does_not_offer_stops_the_sending)
{
	TEST_ARENA(a);
	struct server server = server_start("plain");
	if (!server.port)
		say_missing("python3-aiosmtpd");
	struct smtp *s;
	CHECK_OK(smtp_open(&(struct smtp_config){ .host = "127.0.0.1",
						  .port = server.port,
						  .security = SMTP_STARTTLS,
						  .total_ms = 1500 },
			   &s));
	struct mail m = usual();
	CHECK_INT(smtp_send(s, m.from, m.to, written(a, &m), NULL), SMTP_LATER);
	smtp_close(s);
	server_stop(&server);
}
