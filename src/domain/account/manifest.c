/* manifest.c - reads the manifest of an export and holds files against it: see export.h. */
#include "domain/account/export_in.h"

bool export_cut_line(str *rest, const char *word, str *ret)
{
	size_t end = str_find_byte(*rest, '\n');
	str w = str_of(word);
	if (end == SIZE_MAX || !str_starts(*rest, w))
		return false;
	*ret = str_sub(*rest, w.n, end);
	*rest = str_from(*rest, end + 1);
	return true;
}

static bool name_ok(str name)
{
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		bool ok = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
			  (c >= 'A' && c <= 'Z') || (i && (c == '-' || c == '.'));
		if (!ok)
			return false;
	}
	return name.n > 0 && name.n <= 64;
}

static enum err parse_file_line(str line, struct manifest_file *ret)
{
	ret->name = str_cut(&line, ' ');
	if (!name_ok(ret->name))
		return ERR_SYNTAX;
	TRY(str_uint(str_cut(&line, ' '), INT64_MAX, &ret->size));
	return str_unhex(line, ret->hash.b, 32);
}

enum err manifest_parse(struct arena *a, str text, struct manifest *ret)
{
	struct manifest m = { .files = ARENA_ARRAY(a, struct manifest_file,
						   EXPORT_FILES_MAX) };
	str rest = text, line;
	if (!export_cut_line(&rest, "vigie-export 1", &line) || line.n ||
	    !export_cut_line(&rest, "month ", &m.month) ||
	    !export_cut_line(&rest, "tree_size ", &line))
		return ERR_SYNTAX;
	TRY(str_uint(line, INT64_MAX, &m.tree_size));
	if (!export_cut_line(&rest, "tree_root ", &line))
		return ERR_SYNTAX;
	TRY(str_unhex(line, m.tree_root.b, 32));
	while (export_cut_line(&rest, "file ", &line)) {
		if (m.n == EXPORT_FILES_MAX)
			return ERR_LIMIT;
		TRY(parse_file_line(line, &m.files[m.n]));
		if (m.n && str_cmp(m.files[m.n - 1].name, m.files[m.n].name) >= 0)
			return ERR_SYNTAX;
		m.n++;
	}
	if (!export_cut_line(&rest, "key ", &m.key))
		return ERR_SYNTAX;
	m.signed_part = str_sub(text, 0, text.n - rest.n);
	if (!export_cut_line(&rest, "signature ", &line) || rest.n)
		return ERR_SYNTAX;
	TRY(str_unhex(line, m.signature, 64));
	struct buf again = buf_init(a, 1 << 20);
	manifest_put(&again, &m);
	if (!str_eq(buf_str(&again), m.signed_part))
		return ERR_SYNTAX;
	*ret = m;
	return OK;
}

enum err manifest_check(const struct manifest *m, const struct export_file *files, size_t n,
			str *ret_why)
{
	for (size_t i = 0; i < n || i < m->n; i++) {
		if (i == m->n || (i < n && str_cmp(files[i].name, m->files[i].name) < 0)) {
			*ret_why = files[i].name;
			return ERR_DAMAGED;
		}
		*ret_why = m->files[i].name;
		if (i == n || !str_eq(files[i].name, m->files[i].name))
			return ERR_DAMAGED;
		struct hash h = sha256(files[i].bytes);
		if (files[i].bytes.n != m->files[i].size || !hash_eq(&h, &m->files[i].hash))
			return ERR_DAMAGED;
	}
	*ret_why = S("");
	return OK;
}
