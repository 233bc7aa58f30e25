#include "net/static.h"

#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>

struct file {
	str name; /* "font/x.woff2" */
	const char *type;
	str body, gzip;
	str etag; /* with its quotes */
	str hash; /* eight letters */
};

struct static_files {
	struct file *v;
	size_t n, cap;
};

static const struct {
	const char *ending, *type;
} types[] = {
	{ ".css", "text/css; charset=utf-8" },
	{ ".js", "text/javascript; charset=utf-8" },
	{ ".svg", "image/svg+xml" },
	{ ".png", "image/png" },
	{ ".ico", "image/x-icon" },
	{ ".woff2", "font/woff2" },
	{ ".webmanifest", "application/manifest+json" },
	{ ".txt", "text/plain; charset=utf-8" },
	{ ".json", "application/json" },
};

static const char *type_of(str name)
{
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (str_ends(name, str_of(types[i].ending)))
			return types[i].type;
	return NULL;
}

static enum err read_file(struct arena *a, const char *path, str *ret)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		return ERR_IO;
	char *p = arena_alloc(a, STATIC_FILE_MAX + 1);
	size_t n = fread(p, 1, STATIC_FILE_MAX + 1, f);
	bool bad = ferror(f) != 0;
	fclose(f);
	if (bad || n > STATIC_FILE_MAX)
		return bad ? ERR_IO : ERR_LIMIT;
	*ret = (str){ p, n };
	return OK;
}

/* A file is read into a scratch arena of its full limit, then kept at its size. */
static enum err keep_file(struct arena *a, const char *path, str *ret)
{
	CLEAN_ARENA struct arena *scratch = arena_new(2 * STATIC_FILE_MAX);
	str body;
	TRY(read_file(scratch, path, &body));
	*ret = str_dup(a, body);
	return OK;
}

static enum err add_file(struct arena *a, struct static_files *all, str name, str path)
{
	struct file f = { .name = name, .type = type_of(name) };
	if (!f.type)
		return OK;
	if (all->n == STATIC_FILES)
		return ERR_LIMIT;
	TRY(keep_file(a, str_z(a, path), &f.body));
	struct hash h = sha256(f.body);
	f.hash = str_hex(a, h.b, 4);
	f.etag = str_fmt(a, "\"%" PRIstr "\"", STR(str_hex(a, h.b, 16)));
	const char *gz = str_z(a, str_fmt(a, "%" PRIstr ".gz", STR(path)));
	if (keep_file(a, gz, &f.gzip) != OK)
		f.gzip = (str){ 0 };
	*ARENA_PUSH(a, all) = f;
	return OK;
}

static enum err add_folder(struct arena *a, struct static_files *all, str prefix, str dir,
			   int depth)
{
	DIR *d = opendir(str_z(a, dir));
	if (!d)
		return depth ? ERR_IO : ERR_NOT_FOUND;
	enum err e = OK;
	const struct dirent *entry;
	while (e == OK && (entry = readdir(d))) {
		str base = str_of(entry->d_name);
		struct stat st;
		if (str_starts(base, S(".")))
			continue;
		str path = str_fmt(a, "%" PRIstr "/%" PRIstr, STR(dir), STR(base));
		str name = str_cat(a, prefix, base);
		if (stat(str_z(a, path), &st))
			e = ERR_IO;
		else if (S_ISDIR(st.st_mode) && depth < 4)
			e = add_folder(a, all, str_cat(a, name, S("/")), path, depth + 1);
		else if (S_ISREG(st.st_mode))
			e = add_file(a, all, name, path);
	}
	closedir(d);
	return e;
}

enum err static_load(struct arena *a, const char *dir, const struct static_files **ret)
{
	struct static_files *all = ARENA_NEW(a, struct static_files);
	TRY(add_folder(a, all, (str){ 0 }, str_of(dir), 0));
	*ret = all;
	return OK;
}

/* "style.3f2a9c1d.css" is "style.css" of that hash. */
static bool is_named(const struct file *f, str asked, bool *ret_hashed)
{
	*ret_hashed = false;
	if (str_eq(asked, f->name))
		return true;
	size_t dot = f->name.n;
	while (dot > 0 && f->name.p[dot - 1] != '.')
		dot--;
	*ret_hashed = asked.n == f->name.n + 9 &&
		      str_eq(str_sub(asked, 0, dot), str_sub(f->name, 0, dot)) &&
		      str_eq(str_sub(asked, dot, dot + 8), f->hash) &&
		      str_eq(str_from(asked, dot + 9), str_from(f->name, dot)) &&
		      asked.p[dot + 8] == '.';
	return *ret_hashed;
}

bool static_answer(const struct static_files *all, const struct http_request *rq, str name,
		   struct http_response *ret)
{
	for (size_t i = 0; all && i < all->n; i++) {
		const struct file *f = &all->v[i];
		bool hashed;
		if (!is_named(f, name, &hashed))
			continue;
		*ret = (struct http_response){ .status = 200,
					       .type = f->type,
					       .body = f->body };
		http_add_header(ret, "ETag", f->etag);
		http_add_header(ret, "Cache-Control",
				hashed ? S("public, max-age=31536000, immutable")
				       : S("public, max-age=0, must-revalidate"));
		http_add_header(ret, "Vary", S("Accept-Encoding"));
		if (str_find(rq->if_none_match, f->etag) != SIZE_MAX) {
			ret->status = 304;
			ret->body = (str){ 0 };
		} else if (f->gzip.n &&
			   str_find(rq->accept_encoding, S("gzip")) != SIZE_MAX) {
			ret->body = f->gzip;
			http_add_header(ret, "Content-Encoding", S("gzip"));
		}
		return true;
	}
	return false;
}

str static_url(struct arena *a, const struct static_files *all, str name)
{
	for (size_t i = 0; all && i < all->n; i++) {
		const struct file *f = &all->v[i];
		if (!str_eq(f->name, name))
			continue;
		size_t dot = name.n;
		while (dot > 0 && name.p[dot - 1] != '.')
			dot--;
		return str_fmt(a, "/static/%" PRIstr "%" PRIstr ".%" PRIstr,
			       STR(str_sub(name, 0, dot)), STR(f->hash),
			       STR(str_from(name, dot)));
	}
	return str_cat(a, S("/static/"), name);
}
