#include "view/html.h"

/* What each byte becomes in text and attributes; NULL: itself. */
static const char *entity(char c)
{
	switch (c) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&quot;";
	case '\'': return "&#39;";
	default: return NULL;
	}
}

void html_text(struct buf *b, str s)
{
	size_t from = 0;
	for (size_t i = 0; i < s.n; i++) {
		const char *e = entity(s.p[i]);
		if (!e)
			continue;
		buf_put(b, str_sub(s, from, i));
		buf_z(b, e);
		from = i + 1;
	}
	buf_put(b, str_from(s, from));
}

bool html_url_safe(str s)
{
	static const char *const schemes[] = { "http:", "https:", "mailto:", "tel:" };
	/* Browsers drop controls and leading blanks, so "java\tscript:" would run. */
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= ' ' || s.p[i] == '\\')
			return false;
	if (str_starts(s, S("//")))
		return false;
	size_t colon = str_find_byte(s, ':');
	for (size_t i = 0; i < s.n && i < colon; i++)
		if (s.p[i] == '/' || s.p[i] == '?' || s.p[i] == '#')
			return true;
	if (colon == SIZE_MAX)
		return true;
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
		if (str_eq_nocase(str_sub(s, 0, colon + 1), str_of(schemes[i])))
			return true;
	return false;
}

void html_url(struct buf *b, str s)
{
	html_text(b, html_url_safe(s) ? s : S("#"));
}

void html_part(struct buf *b, str s)
{
	static const char hex[] = "0123456789ABCDEF";
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			     (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' ||
			     c == '~';
		if (plain) {
			buf_byte(b, c);
			continue;
		}
		buf_byte(b, '%');
		buf_byte(b, hex[(unsigned char)c >> 4]);
		buf_byte(b, hex[c & 15]);
	}
}

str view_take(struct buf *b, size_t at)
{
	ASSERT(at <= b->n);
	str s = str_dup(b->arena, str_sub(buf_str(b), at, b->n));
	b->n = at;
	return s;
}

void view_escape(struct buf *b, enum view_esc how, size_t at)
{
	str tail = str_sub(buf_str(b), at, b->n);
	if (how == VIEW_TEXT || how == VIEW_ATTR) {
		bool plain = true;
		for (size_t i = 0; i < tail.n && plain; i++)
			plain = !entity(tail.p[i]);
		if (plain)
			return;
	}
	str s = view_take(b, at);
	if (how == VIEW_URL)
		html_url(b, s);
	else if (how == VIEW_PART)
		html_part(b, s);
	else
		html_text(b, s);
}
