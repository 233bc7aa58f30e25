/* vigied.c - the server: reads its configuration, starts, waits for a signal, stops gently.
 *
 *	vigied --data DIR [--listen 127.0.0.1:8080] [--clock real|simulated:SPEED] [--actors SEED]
 *	       [--web DIR] [--config FILE]
 */
#include "main/server.h"

#include "main/arg.h"
#include "store/files.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#define STOP_SECONDS 20

static int usage(void)
{
	fprintf(stderr, "usage: vigied --data DIR [--listen 127.0.0.1:8080]\n"
			"              [--clock real|simulated:SPEED] [--actors SEED]\n"
			"              [--web DIR] [--config FILE]\n");
	return 2;
}

static int stop(const char *what, const char *about, enum err e)
{
	fprintf(stderr, "vigied: %s%s%s: %s\n", about, *about ? ": " : "", what,
		err_name(e));
	return 2;
}

struct wishes {
	const char *config, *data, *listen, *clock, *actors, *web;
};

static int read_file(struct arena *a, const char *path, struct config *c)
{
	str text;
	int line;
	enum err e = file_read(a, path, CONFIG_TEXT_MAX, &text);
	if (e)
		return stop("the configuration cannot be read", path, e);
	e = config_parse(text, c, &line);
	if (e) {
		fprintf(stderr, "vigied: %s:%d: %s\n", path, line, err_name(e));
		return 2;
	}
	return 0;
}

/* The command line wins over the file. */
static int read_wishes(struct arena *a, const struct wishes *w, struct config *c)
{
	const struct {
		const char *key, *value;
	} given[] = { { "data", w->data },
		      { "listen", w->listen },
		      { "clock", w->clock },
		      { "actors", w->actors },
		      { "web", w->web } };
	int status = w->config ? read_file(a, w->config, c) : 0;
	for (size_t i = 0; !status && i < sizeof given / sizeof *given; i++) {
		if (!given[i].value)
			continue;
		enum err e = config_set(c, str_of(given[i].key), str_of(given[i].value));
		if (e)
			status = stop(given[i].value, given[i].key, e);
	}
	return status;
}

/* Beside the sources when run from them, else where it was installed. */
static void find_web(struct config *c)
{
	static const char *const places[] = { "web", VIGIE_DATADIR "/web" };
	struct stat st;
	for (size_t i = 0; !c->web.n && i < sizeof places / sizeof *places; i++)
		if (stat(places[i], &st) == 0 && S_ISDIR(st.st_mode))
			c->web = str_of(places[i]);
}

/* Blocked before any thread starts, so that only this one takes them. */
static void block_signals(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGTERM);
	sigaddset(set, SIGINT);
	sigaddset(set, SIGHUP);
	sigaddset(set, SIGPIPE);
	if (sigprocmask(SIG_BLOCK, set, NULL))
		die("signals cannot be blocked");
}

static int wait_for_end(const sigset_t *set)
{
	for (;;) {
		int sig = sigwaitinfo(set, NULL);
		if (sig == SIGTERM || sig == SIGINT)
			return sig;
		if (sig < 0 && errno != EINTR)
			die("signals cannot be waited for");
	}
}

int main(int argc, char **argv)
{
	CLEAN_ARENA struct arena *a = arena_new(0);
	struct wishes w = { 0 };
	const struct arg_option options[] = {
		{ "--config", &w.config, NULL }, { "--data", &w.data, NULL },
		{ "--listen", &w.listen, NULL }, { "--clock", &w.clock, NULL },
		{ "--actors", &w.actors, NULL }, { "--web", &w.web, NULL },
	};
	struct config c = config_default();
	struct server *s;
	const char *what;
	sigset_t set;
	argv[0] = (char[]){ "vigied" };
	if (!arg_read(argc, argv, options, sizeof options / sizeof *options))
		return usage();
	int status = read_wishes(a, &w, &c);
	if (status)
		return status;
	umask(077);
	find_web(&c);
	block_signals(&set);
	enum err e = server_start(&c, &s, &what);
	if (e)
		return stop(what, "", e);
	printf("vigied: listening on http://%" PRIstr ":%u\n", STR(c.address),
	       (unsigned)server_port(s));
	fflush(stdout);
	int sig = wait_for_end(&set);
	fprintf(stderr, "vigied: stopping (signal %d)\n", sig);
	server_stop(s, STOP_SECONDS);
	return 0;
}
