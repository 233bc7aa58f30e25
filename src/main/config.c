#include "main/config.h"

struct config config_default(void)
{
	return (struct config){
		.address = S("127.0.0.1"),
		.port = 8080,
		.threads = 2,
		.connections = 1000,
	};
}

static enum err text(str *to, str value)
{
	if (!value.n || value.n > 400)
		return ERR_INPUT;
	for (size_t i = 0; i < value.n; i++)
		if ((unsigned char)value.p[i] < 0x20)
			return ERR_INPUT;
	*to = value;
	return OK;
}

static enum err number(int64_t *to, str value, int64_t lo, int64_t hi)
{
	int64_t v;
	if (str_int(value, &v) || v < lo || v > hi)
		return ERR_INPUT;
	*to = v;
	return OK;
}

static enum err yes_no(bool *to, str value)
{
	if (!str_eq(value, S("yes")) && !str_eq(value, S("no")))
		return ERR_INPUT;
	*to = str_eq(value, S("yes"));
	return OK;
}

static enum err set_data(struct config *c, str v)
{
	return text(&c->data, v);
}

static enum err set_web(struct config *c, str v)
{
	return text(&c->web, v);
}

/* "127.0.0.1:8080", "[::1]:8080" */
static enum err set_listen(struct config *c, str v)
{
	size_t colon = v.n;
	int64_t port;
	str address;
	while (colon > 0 && v.p[colon - 1] != ':')
		colon--;
	if (colon < 2)
		return ERR_INPUT;
	address = str_sub(v, 0, colon - 1);
	TRY(number(&port, str_from(v, colon), 0, 65535));
	if (str_starts(address, S("[")) && str_ends(address, S("]")))
		address = str_sub(address, 1, address.n - 1);
	else if (str_find_byte(address, ':') != SIZE_MAX)
		return ERR_INPUT;
	TRY(text(&c->address, address));
	c->port = (uint16_t)port;
	return OK;
}

/* "real", "simulated:60" */
static enum err set_clock(struct config *c, str v)
{
	if (str_eq(v, S("real"))) {
		c->speed = 0;
		return OK;
	}
	if (!str_starts(v, S("simulated:")))
		return ERR_INPUT;
	return number(&c->speed, str_from(v, 10), 1, 100000);
}

static enum err set_actors(struct config *c, str v)
{
	TRY(number(&c->actors, v, 0, INT64_MAX));
	c->has_actors = true;
	return OK;
}

static enum err set_threads(struct config *c, str v)
{
	return number(&c->threads, v, 1, 64);
}

static enum err set_connections(struct config *c, str v)
{
	return number(&c->connections, v, 10, 100000);
}

static enum err set_per_address(struct config *c, str v)
{
	return number(&c->connections_per_address, v, 0, 100000);
}

static enum err set_proxy(struct config *c, str v)
{
	return yes_no(&c->trust_proxy, v);
}

static enum err set_secure(struct config *c, str v)
{
	return yes_no(&c->secure_cookie, v);
}

static const struct key {
	const char *name;
	enum err (*set)(struct config *c, str v);
} keys[] = {
	{ "data", set_data },
	{ "listen", set_listen },
	{ "web", set_web },
	{ "clock", set_clock },
	{ "actors", set_actors },
	{ "threads", set_threads },
	{ "connections", set_connections },
	{ "connections_per_address", set_per_address },
	{ "trust_proxy", set_proxy },
	{ "secure_cookie", set_secure },
};
#define KEYS (sizeof keys / sizeof *keys)

static size_t key_index(str key)
{
	size_t i = 0;
	while (i < KEYS && !str_eq(key, str_of(keys[i].name)))
		i++;
	return i;
}

enum err config_set(struct config *c, str key, str value)
{
	size_t i = key_index(key);
	return i == KEYS ? ERR_NOT_FOUND : keys[i].set(c, value);
}

static enum err parse_line(struct config *c, str line, unsigned *seen)
{
	line = str_trim(line);
	if (!line.n || line.p[0] == '#')
		return OK;
	str value = line, key = str_trim(str_cut(&value, '='));
	size_t i = key_index(key);
	if (!value.p)
		return ERR_SYNTAX;
	if (i < KEYS && (*seen & 1U << i))
		return ERR_DUPLICATE;
	TRY(config_set(c, key, str_trim(value)));
	*seen |= 1U << i;
	return OK;
}

enum err config_parse(str text_, struct config *ret, int *ret_line)
{
	struct config c = *ret;
	unsigned seen = 0;
	*ret_line = 0;
	if (text_.n > CONFIG_TEXT_MAX)
		return ERR_LIMIT;
	while (text_.p) {
		(*ret_line)++;
		TRY(parse_line(&c, str_cut(&text_, '\n'), &seen));
	}
	*ret = c;
	return OK;
}
