/* export.c - writes the files of an export: see export.h.  Reading is in export_read.c. */
#include "domain/account/export_in.h"
#include "domain/account/render.h"

#include "base/sort.h"

const enum figure export_declared[EXPORT_DECLARED] = { FIG_OPERATORS,    FIG_PERSONS,
						       FIG_CARERS,       FIG_C_ASKED,
						       FIG_C_DONE,       FIG_C_UNPAID_APA,
						       FIG_C_UNPAID_PCH, FIG_C_APART };

struct hash export_salt(str secret, str month, int64_t edition, struct id visit)
{
	uint8_t text[64];
	ASSERT(month.n <= 32);
	memcpy(text, month.p, month.n);
	for (size_t i = 0; i < 8; i++)
		text[month.n + i] = (uint8_t)((uint64_t)edition >> (56 - 8 * i));
	id_bytes(visit, text + month.n + 8);
	return hmac_sha256(secret, (str){ (const char *)text, month.n + 24 });
}

struct hash export_ref(const struct hash *salt, const struct hash *leaf, str row)
{
	char text[13 + 32 + EXPORT_ROW_MAX];
	ASSERT(row.n <= EXPORT_ROW_MAX);
	memcpy(text, "vigie-fact-1\n", 13);
	memcpy(text + 13, leaf->b, 32);
	memcpy(text + 45, row.p, row.n);
	return hmac_sha256((str){ (const char *)salt->b, 32 }, (str){ text, 45 + row.n });
}

void export_fact_row(struct buf *b, const struct fact *x, str key)
{
	buf_put(b, key);
	buf_fmt(b,
		",%d,%d,%d,%d,%s,%s,%d,%s,%" PRId32 ",%" PRId32
		",%d,%s,%s,%s,%d,%d,%d,%d,%" PRId32 ",",
		x->is_counted, x->is_accepted, x->is_confirmed, x->is_begun,
		verdict_name((enum verdict)x->verdict),
		late_band_name((enum late_band)x->late), x->is_short,
		fact_cause_name((enum fact_cause)x->cause), x->promised_s, x->done_s,
		x->is_no_departure, notice_band_name((enum notice_band)x->notice),
		cancel_by_name((enum cancel_by)x->cancelled_by),
		proof_name((enum proof)x->proof), x->is_recorded_late, x->is_corrected,
		x->is_contested, x->is_suppleed, x->supplee_s);
	if (x->replaced_min >= 0)
		buf_int(b, x->replaced_min);
	buf_fmt(b, ",%d", x->is_levelled);
}

void export_totals(struct buf *b, const struct bilan *x)
{
	BUF_LIT(b, "cle,valeur\nterritory,");
	csv_put(b, x->territory);
	BUF_LIT(b, "\nmonth,");
	csv_put(b, x->month);
	buf_fmt(b,
		"\nstate,%s\nedition,%" PRId64 "\nmeasure,%" PRId64
		"\ncontest_days,%" PRId64 "\nentitled_source,",
		bilan_state_name(x->state), x->edition, x->measure, x->policy);
	csv_put(b, x->entitled_source);
	buf_byte(b, '\n');
	for (int i = 0; i < FIG_COUNT; i++) {
		if (figure_infos[i].level != LEVEL_T || i == FIG_T_COVERAGE)
			continue;
		buf_fmt(b, "%s,", figure_infos[i].key);
		if (x->lines[0].f.v[i] != FIG_NONE)
			buf_int(b, x->lines[0].f.v[i]);
		buf_byte(b, '\n');
	}
}

/* The territory declares its persons and carers; its services and aid are sums. */
static bool is_declared(const struct bilan_line *l, enum figure f)
{
	return !l->is_withheld &&
	       (l->kind != LINE_TERRITORY || f == FIG_PERSONS || f == FIG_CARERS);
}

void export_lines(struct buf *b, const struct bilan *x)
{
	BUF_LIT(b, "ligne,nom,finess,retenu,grappe_demande,grappe_accepte,grappe_confirme");
	for (size_t k = 0; k < EXPORT_DECLARED; k++)
		buf_fmt(b, ",%s", figure_infos[export_declared[k]].key);
	BUF_LIT(b, ",reponse\n");
	for (size_t i = 0; i < x->n; i++) {
		const struct bilan_line *l = &x->lines[i];
		csv_put(b, l->key);
		buf_byte(b, ',');
		csv_put(b, l->name);
		buf_byte(b, ',');
		csv_put(b, l->finess);
		buf_fmt(b, ",%d,%" PRId64 ",%" PRId64 ",%" PRId64, l->is_withheld,
			l->deff[0], l->deff[1], l->deff[2]);
		for (size_t k = 0; k < EXPORT_DECLARED; k++) {
			buf_byte(b, ',');
			if (is_declared(l, export_declared[k]))
				buf_int(b, l->f.v[export_declared[k]]);
		}
		buf_byte(b, ',');
		csv_put(b, l->reply);
		buf_byte(b, '\n');
	}
}

void export_answer_row(struct buf *b, const struct fact_answer *x, str key)
{
	buf_put(b, key);
	buf_fmt(b, ",%s,%s,", answer_name((enum answer)x->answer),
		refusal_reason_name((enum refusal_reason)x->reason));
	if (x->minutes >= 0)
		buf_int(b, x->minutes);
	buf_fmt(b, ",%d\n", x->is_unserved);
}

void export_answers(struct buf *b, const struct facts_closed *c)
{
	BUF_LIT(b, EXPORT_ANSWERS_HEAD);
	for (size_t i = 0; i < c->answers_n; i++)
		export_answer_row(b, &c->answers[i],
				  c->bilan.lines[c->answers[i].line].key);
}

static void put_hex(struct buf *b, const uint8_t *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		buf_byte(b, "0123456789abcdef"[p[i] >> 4]);
		buf_byte(b, "0123456789abcdef"[p[i] & 15]);
	}
}

static int by_ref(const void *x, const void *y, void *ctx)
{
	const struct fact *v = ctx;
	return memcmp(v[*(const uint32_t *)x].ref.b, v[*(const uint32_t *)y].ref.b, 32);
}

enum err export_visits(struct arena *a, const struct facts_closed *c,
		       struct export_sink sink)
{
	uint32_t *at = ARENA_ARRAY(a, uint32_t, c->n + 1);
	for (size_t i = 0; i < c->n; i++)
		at[i] = (uint32_t)i;
	sort_by(a, at, c->n, sizeof *at, by_ref, c->v);
	TRY(sink.write(sink.ctx, S(EXPORT_VISITS_HEAD)));
	struct buf b = buf_init(a, 1024); /* one row at a time, in the same bytes */
	for (size_t i = 0; i < c->n; i++) {
		const struct fact *x = &c->v[at[i]];
		b.n = 0;
		put_hex(&b, x->ref.b, 32);
		buf_byte(&b, ',');
		export_fact_row(&b, x, c->bilan.lines[x->line].key);
		buf_byte(&b, '\n');
		TRY(sink.write(sink.ctx, buf_str(&b)));
	}
	return OK;
}

struct hash export_facts_hash(const struct hash parts[4])
{
	return sha256((str){ (const char *)parts, 4 * sizeof *parts });
}

void manifest_put(struct buf *b, const struct manifest *m)
{
	buf_fmt(b, "vigie-export 1\nmonth %" PRIstr "\ntree_size %" PRIu64 "\ntree_root ",
		STR(m->month), m->tree_size);
	put_hex(b, m->tree_root.b, 32);
	buf_byte(b, '\n');
	for (size_t i = 0; i < m->n; i++) {
		buf_fmt(b, "file %" PRIstr " %" PRIu64 " ", STR(m->files[i].name),
			m->files[i].size);
		put_hex(b, m->files[i].hash.b, 32);
		buf_byte(b, '\n');
	}
	buf_fmt(b, "key %" PRIstr "\n", STR(m->key));
}
