#include "net/mail.h"

#include "base/utf8.h"

#define LINE 76 /* RFC 2045 6.7, RFC 2047 2 */

static bool alnum(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* atext of RFC 5322 3.2.3 */
static bool atext(char c)
{
	return alnum(c) || (c && memchr("!#$%&'*+-/=?^_`{|}~", c, 19));
}

/* Labels parted by single dots, each of characters that `ok` takes. */
static bool dotted(str s, bool (*ok)(char))
{
	bool dot = true;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '.' ? dot : !ok(s.p[i]))
			return false;
		dot = s.p[i] == '.';
	}
	return !dot;
}

static bool label_char(char c)
{
	return alnum(c) || c == '-';
}

bool mail_address_ok(str s)
{
	size_t at = str_find_byte(s, '@');
	if (at == SIZE_MAX || at == 0 || at > 64 || s.n > MAIL_ADDRESS_MAX)
		return false;
	str local = str_sub(s, 0, at), domain = str_from(s, at + 1);
	return dotted(local, atext) && dotted(domain, label_char) && domain.p[0] != '-' &&
	       domain.p[domain.n - 1] != '-';
}

/* What may stand in a header: UTF-8 without control characters, so no line can be added. */
static bool header_ok(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
			return false;
	return utf8_valid(s);
}

static bool plain(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!alnum(s.p[i]) && !memchr(" ,.-'()/:", s.p[i], 9))
			return false;
	return s.n < 60;
}

/* An unstructured value or display name: as it is when plain, else encoded words of base64,
 * each with whole characters, one a line (RFC 2047). */
static void header_text(struct buf *b, str s)
{
	if (plain(s)) {
		buf_put(b, s);
		return;
	}
	while (s.n) {
		size_t n = s.n < 30 ? s.n : 30; /* 40 letters, 52 with the frame */
		while (n < s.n && ((unsigned char)s.p[n] & 0xc0) == 0x80)
			n--;
		BUF_LIT(b, "=?UTF-8?B?");
		buf_put(b, str_base64(b->arena, str_sub(s, 0, n)));
		BUF_LIT(b, "?=");
		s = str_from(s, n);
		if (s.n)
			BUF_LIT(b, "\r\n ");
	}
}

static void quoted_byte(struct buf *b, char c)
{
	static const char hex[] = "0123456789ABCDEF";
	buf_byte(b, '=');
	buf_byte(b, hex[(unsigned char)c >> 4]);
	buf_byte(b, hex[(unsigned char)c & 15]);
}

/* One line of text as quoted-printable, cut by soft breaks; characters are kept whole. */
static void quoted_line(struct buf *b, str s)
{
	size_t column = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool last = i + 1 == s.n;
		bool literal = (c > ' ' && c <= '~' && c != '=') ||
			       ((c == ' ' || c == '\t') && !last);
		bool first_byte = ((unsigned char)c & 0xc0) != 0x80;
		/* room for a character of four bytes and the soft break */
		if (column > LINE - (literal ? 2 : 13) && first_byte) {
			BUF_LIT(b, "=\r\n");
			column = 0;
		}
		if (literal)
			buf_byte(b, c);
		else
			quoted_byte(b, c);
		column += literal ? 1 : 3;
	}
	BUF_LIT(b, "\r\n");
}

static void date(struct buf *b, ts at)
{
	static const char days[] = "MonTueWedThuFriSatSun";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	struct civil c = ts_civil(at);
	const char *d = days + 3 * (day_weekday(day_of(c.year, c.month, c.day)) - 1);
	const char *m = months + 3 * (c.month - 1);
	buf_fmt(b, "Date: %.3s, %02d %.3s %04d %02d:%02d:%02d +0000\r\n", d, c.day, m,
		c.year, c.hour, c.min, c.sec);
}

static void head(struct buf *b, const struct mail *m)
{
	date(b, m->at);
	BUF_LIT(b, "From: ");
	if (m->from_name.n) {
		header_text(b, m->from_name);
		BUF_LIT(b, "\r\n ");
	}
	buf_fmt(b, "<%" PRIstr ">\r\nTo: <%" PRIstr ">\r\nSubject: ", STR(m->from),
		STR(m->to));
	header_text(b, m->subject);
	buf_fmt(b, "\r\nMessage-ID: <%" PRIstr "@%" PRIstr ">\r\n",
		STR(id_text(b->arena, m->id)), STR(m->id_domain));
	buf_fmt(b, "Content-Language: %" PRIstr "\r\n", STR(m->language));
	BUF_LIT(b, "Auto-Submitted: auto-generated\r\n"
		   "MIME-Version: 1.0\r\n"
		   "Content-Type: text/plain; charset=utf-8\r\n"
		   "Content-Transfer-Encoding: quoted-printable\r\n"
		   "\r\n");
}

enum err mail_write(struct buf *b, const struct mail *m)
{
	if (m->subject.n > MAIL_SUBJECT_MAX || m->from_name.n > MAIL_SUBJECT_MAX ||
	    m->text.n > MAIL_TEXT_MAX)
		return ERR_LIMIT;
	if (!mail_address_ok(m->from) || !mail_address_ok(m->to) ||
	    !header_ok(m->subject) || !header_ok(m->from_name) ||
	    !dotted(m->id_domain, label_char) || !dotted(m->language, label_char) ||
	    !utf8_valid(m->text))
		return ERR_INPUT;
	head(b, m);
	str rest = m->text;
	while (rest.p && rest.n) {
		str line = str_cut(&rest, '\n');
		if (str_ends(line, S("\r")))
			line.n--;
		quoted_line(b, line);
	}
	return b->overflow ? ERR_LIMIT : OK;
}
