#include "net/smtp.h"

#include "net/mail.h"

#include <curl/curl.h>

struct smtp {
	CURL *curl;
	struct smtp_config config;
};

struct upload {
	str rest;
	bool ended; /* the library has asked past the last byte: the final dot is on its way */
};

enum smtp_outcome smtp_outcome(bool done, bool handed_over, int code)
{
	if (done)
		return SMTP_SENT;
	if (code >= 500 && code <= 599)
		return SMTP_REFUSED;
	if (code >= 400 && code <= 499)
		return SMTP_LATER;
	if (!handed_over)
		return SMTP_LATER; /* without its final dot no server may take a message */
	return code == 250 ? SMTP_SENT : SMTP_UNKNOWN;
}

const char *smtp_outcome_name(enum smtp_outcome o)
{
	static const char *const names[] = { "sent", "refused", "later", "unknown" };
	return names[o];
}

static bool host_ok(const char *host)
{
	str s = str_of(host);
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		      (c >= '0' && c <= '9') || c == '.' || c == '-'))
			return false;
	}
	return s.n > 0 && s.n < 254;
}

static bool loopback(const char *host)
{
	str s = str_of(host);
	return str_eq(s, S("localhost")) || str_eq(s, S("127.0.0.1"));
}

static size_t give(char *to, size_t size, size_t n, void *ctx)
{
	struct upload *u = ctx;
	size_t room = size * n, k = u->rest.n < room ? u->rest.n : room;
	if (k)
		memcpy(to, u->rest.p, k);
	else
		u->ended = true;
	u->rest = str_from(u->rest, k);
	return k;
}

static void set_server(CURL *curl, const struct smtp_config *c)
{
	static const int ports[] = { 25, 587, 465 };
	char url[512];
	/* the "path" of an SMTP address is the name said in EHLO */
	snprintf(url, sizeof url, "%s://%s:%d/%s",
		 c->security == SMTP_TLS ? "smtps" : "smtp", c->host,
		 c->port ? c->port : ports[c->security], c->hello ? c->hello : "");
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS,
			 (long)(c->connect_ms ? c->connect_ms : 10000));
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS,
			 (long)(c->total_ms ? c->total_ms : 60000));
	curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT,
			 (long)(c->total_ms ? (c->total_ms + 999) / 1000 : 60));
	curl_easy_setopt(
		curl, CURLOPT_USE_SSL,
		(long)(c->security == SMTP_PLAIN ? CURLUSESSL_NONE : CURLUSESSL_ALL));
	if (c->ca_file)
		curl_easy_setopt(curl, CURLOPT_CAINFO, c->ca_file);
	if (c->user) {
		curl_easy_setopt(curl, CURLOPT_USERNAME, c->user);
		curl_easy_setopt(curl, CURLOPT_PASSWORD, c->password);
	}
}

/* A new handle, and with it no connection kept from before. */
static void connect_anew(struct smtp *s)
{
	curl_easy_cleanup(s->curl);
	s->curl = curl_easy_init();
	ASSERT(s->curl != NULL);
	set_server(s->curl, &s->config);
}

enum err smtp_open(const struct smtp_config *c, struct smtp **ret)
{
	if (!c->host || !host_ok(c->host) || (c->hello && !host_ok(c->hello)))
		return ERR_INPUT;
	if (c->security == SMTP_PLAIN && !loopback(c->host))
		return ERR_INPUT;
	ASSERT(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
	struct smtp *s = calloc(1, sizeof *s);
	ASSERT(s != NULL);
	s->config = *c;
	connect_anew(s);
	*ret = s;
	return OK;
}

void smtp_close(struct smtp *s)
{
	if (!s)
		return;
	curl_easy_cleanup(s->curl);
	free(s);
}

/* "<address>"; checked before, so nothing else can get into the dialogue. */
static void envelope(char ret[MAIL_ADDRESS_MAX + 3], str address)
{
	snprintf(ret, MAIL_ADDRESS_MAX + 3, "<%" PRIstr ">", STR(address));
}

enum smtp_outcome smtp_send(struct smtp *s, str from, str to, str message, int *ret_code)
{
	if (ret_code)
		*ret_code = 0;
	if (!mail_address_ok(from) || !mail_address_ok(to))
		return SMTP_REFUSED;
	char sender[MAIL_ADDRESS_MAX + 3], recipient[MAIL_ADDRESS_MAX + 3];
	envelope(sender, from);
	envelope(recipient, to);
	struct upload u = { .rest = message };
	struct curl_slist *rcpt = curl_slist_append(NULL, recipient);
	ASSERT(rcpt != NULL);
	curl_easy_setopt(s->curl, CURLOPT_MAIL_FROM, sender);
	curl_easy_setopt(s->curl, CURLOPT_MAIL_RCPT, rcpt);
	curl_easy_setopt(s->curl, CURLOPT_READFUNCTION, give);
	curl_easy_setopt(s->curl, CURLOPT_READDATA, &u);
	curl_easy_setopt(s->curl, CURLOPT_UPLOAD, 1L);
	CURLcode rc = curl_easy_perform(s->curl);
	long code = 0;
	curl_easy_getinfo(s->curl, CURLINFO_RESPONSE_CODE, &code);
	curl_easy_setopt(s->curl, CURLOPT_MAIL_RCPT, NULL);
	curl_slist_free_all(rcpt);
	if (ret_code)
		*ret_code = (int)code;
	/* On a connection that owes an answer, the next message would be given this one's. */
	if (rc != CURLE_OK && code < 400)
		connect_anew(s);
	if (rc ==
	    CURLE_LOGIN_DENIED) /* our fault, not the message's: nothing was said of it */
		return SMTP_LATER;
	return smtp_outcome(rc == CURLE_OK, u.ended, (int)code);
}
