/* demo.c - see demo.h. */
#include "run/demo.h"

#include <stdlib.h>

static const char *const first_w[] = {
#define FIRST_W(x) x,
#include "run/demo_words.tbl"
#undef FIRST_W
};
static const char *const first_m[] = {
#define FIRST_M(x) x,
#include "run/demo_words.tbl"
#undef FIRST_M
};
static const char *const carer_first[] = {
#define CARER(x) x,
#include "run/demo_words.tbl"
#undef CARER
};
static const char *const last_names[] = {
#define LAST(x) x,
#include "run/demo_words.tbl"
#undef LAST
};
static const char *const services[] = {
#define SERVICE(x) x,
#include "run/demo_words.tbl"
#undef SERVICE
};
#define COUNT(t)   (sizeof(t) / sizeof *(t))
#define PICK(r, t) str_of((t)[rng_below((r), COUNT(t))])

enum { SLOT_MIN = 15, SLOTS = 1440 / SLOT_MIN };

/* A carer while the regular rounds are drawn. */
struct pool_carer {
	struct carer c;
	uint8_t busy[8][SLOTS]; /* by ISO weekday */
	int week_used;
	bool is_qualified;
};

struct pool {
	struct operator op;
	struct pool_carer *v;
	size_t n;
};

struct demo {
	struct app *app;
	const struct demo_options *o;
	struct arena *a;
	struct rng rng;
	struct pool *pools;
	size_t pool_count;
	ts now;
	int64_t population;
};

static const struct actor desk = { .role = ROLE_SYSTEM };

static const struct demo_commune *draw_commune(struct demo *d)
{
	int64_t at = (int64_t)rng_below(&d->rng, (uint64_t)d->population);
	for (size_t i = 0; i < d->o->commune_count; i++) {
		at -= d->o->communes[i].population;
		if (at < 0)
			return &d->o->communes[i];
	}
	return &d->o->communes[0];
}

/* A place near the middle of a commune: never the place of a real home. */
static void draw_place(struct demo *d, const struct demo_commune *c, int64_t *lat,
		       int64_t *lon)
{
	*lat = c->lat_e6 + rng_range(&d->rng, -9000, 9000);
	*lon = c->lon_e6 + rng_range(&d->rng, -14000, 14000);
}

/* Nine digits, prefix 00, with the key that real numbers have (Luhn), so that checks run. */
static str draw_finess(struct demo *d, int n)
{
	char p[10];
	snprintf(p, sizeof p, "00%06d0", n * 137 % 1000000);
	int sum = 0;
	for (int i = 0; i < 8; i++) {
		int v = (p[i] - '0') * (i % 2 ? 2 : 1);
		sum += v > 9 ? v - 9 : v;
	}
	p[8] = (char)('0' + (10 - sum % 10) % 10);
	return str_dup(d->a, (str){ p, 9 });
}

static str draw_phone(struct demo *d)
{
	/* 01 99 00 xx xx: a range that Arcep reserves for works of fiction */
	return str_fmt(d->a, "01 99 00 %02d %02d", (int)rng_below(&d->rng, 100),
		       (int)rng_below(&d->rng, 100));
}

/* --- services and their carers */

static enum err make_operator(struct demo *d, struct pool *p, size_t n, size_t total)
{
	const struct demo_commune *c;
	for (int guard = 0;; guard++) { /* only where at least three real ones hide it */
		c = draw_commune(d);
		if (c->services >= 3 || guard > 2000)
			break;
	}
	const char *base = services[n % COUNT(services)];
	struct operator o = {
		.territory = d->o->territory,
		.finess = draw_finess(d, (int)n + 1),
		.name = n < COUNT(services) ? str_of(base)
					    : str_fmt(d->a, "%s %d", base,
						      (int)(n / COUNT(services)) + 1),
		.kind = n % 9 == 8 ? OPERATOR_KIND_SPASAD : OPERATOR_KIND_SAAD,
		.insee = c->insee,
		.phone = draw_phone(d),
		.hours = S("8 h 30 – 18 h, du lundi au vendredi"),
		.is_authorised = true,
		.is_agree = n % 3 == 0,
		.is_relay = n % 4 == 1,
		.idcc = n % 3 == 2 ? IDCC_SAP_3127 : IDCC_BAD_2941,
		.wage_share_bp = n % 5 == 4 ? -1 : 7200,
		.travel_share_bp = n % 5 == 4 ? -1 : 500,
		.structure_share_bp = n % 5 == 4 ? -1 : 2300,
		.source = S("made up"),
	};
	(void)total;
	draw_place(d, c, &o.lat_e6, &o.lon_e6);
	TRY(app_operator_add(d->app, d->a, &desk, &o, d->now));
	p->op = o;
	return OK;
}

static enum err make_carer(struct demo *d, struct pool *p, struct pool_carer *x)
{
	struct carer c = {
		.territory = d->o->territory,
		.operator_id = p->op.id,
		.status = CARER_STATUS_EMPLOYEE,
		.first_name = PICK(&d->rng, carer_first),
		.last_name = PICK(&d->rng, last_names),
		.phone = draw_phone(d),
		.channel = CHANNEL_FILE,
		.insee = p->op.insee,
		.travel_mode = rng_chance(&d->rng, 8, 10)  ? TRAVEL_MODE_CAR
			       : rng_chance(&d->rng, 1, 2) ? TRAVEL_MODE_BIKE
							   : TRAVEL_MODE_FOOT,
		.idcc = p->op.idcc,
		.week_min = 60 * (int64_t[]){ 24, 28, 30, 35, 35 }[rng_below(&d->rng, 5)],
		.is_extra_wanted = rng_chance(&d->rng, 1, 4),
		.is_outside_open = rng_chance(&d->rng, 1, 3),
		.is_woman = rng_chance(&d->rng, 9, 10),
	};
	c.lat_e6 = p->op.lat_e6 + rng_range(&d->rng, -60000, 60000);
	c.lon_e6 = p->op.lon_e6 + rng_range(&d->rng, -90000, 90000);
	TRY(app_carer_add(d->app, d->a, &desk, &c, d->now));
	x->c = c;
	x->is_qualified = rng_chance(&d->rng, 85, 100);
	if (x->is_qualified) {
		struct qualification q = {
			.carer_id = c.id,
			.kind = (enum qualification_kind)(1 + rng_below(&d->rng, 3)),
			.territory = c.territory,
			.state = QUALIFICATION_STATE_VALID,
			.issued_on =
				day_add(d->o->first, -(int)rng_below(&d->rng, 3000) - 60),
			.expires_on = DAY_NONE,
			.issuer = S("made up"),
		};
		TRY(app_carer_qualify(d->app, d->a, &desk, &q, d->now));
	}
	for (int w = 1; w <= 7; w++) {
		if (w >= 6 && !rng_chance(&d->rng, 1, 2))
			continue;
		struct availability v = { c.id, w, 7 * 60, 20 * 60 + 30 };
		TRY(sql_availability_put(app_db(d->app), &v));
	}
	return OK;
}

static enum err make_pools(struct demo *d)
{
	size_t n = (size_t)(d->o->persons / 110);
	n = n < 5 ? 5 : n > 120 ? 120 : n;
	d->pools = ARENA_ARRAY(d->a, struct pool, n);
	d->pool_count = n;
	/* plausible sizes: a few large services, many small ones */
	int64_t *weight = ARENA_ARRAY(d->a, int64_t, n), total = 0;
	for (size_t i = 0; i < n; i++)
		total += weight[i] = (int64_t)(100 / (i / 2 + 1)) + 15;
	for (size_t i = 0; i < n; i++) {
		struct pool *p = &d->pools[i];
		TRY(make_operator(d, p, i, n));
		p->n = (size_t)(d->o->persons * weight[i] * 36 / total / 100) + 2;
		p->v = ARENA_ARRAY(d->a, struct pool_carer, p->n);
		for (size_t k = 0; k < p->n; k++)
			TRY(make_carer(d, p, &p->v[k]));
	}
	return OK;
}

/* --- people and what they ask for */

struct pattern {
	const char *words, *rrule;
	int from, until; /* range of the hour, minutes */
	int duration;
	uint32_t tasks;
	enum criticality criticality;
	int chance; /* of a person, in 100 */
};

#define T(x) (1u << TASK_##x)
static const struct pattern patterns[] = {
	{ "Chaque jour à %s, %s pour m'aider à me lever et à me laver.", "FREQ=DAILY", 420,
	  585, 60, T(TOILETTE) | T(LEVER) | T(HABILLAGE), CRITICALITY_PERSONAL, 38 },
	{ "Tous les jours de la semaine à %s, %s pour la toilette.",
	  "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", 450, 600, 45, T(TOILETTE) | T(HABILLAGE),
	  CRITICALITY_PERSONAL, 18 },
	{ "Chaque midi vers %s, %s pour préparer mon repas et manger avec quelqu'un.",
	  "FREQ=DAILY", 690, 750, 45, T(REPAS) | T(COMPAGNIE), CRITICALITY_PERSONAL, 22 },
	{ "Chaque soir à %s, %s pour m'aider à me coucher.", "FREQ=DAILY", 1080, 1200, 45,
	  T(COUCHER) | T(HABILLAGE), CRITICALITY_PERSONAL, 16 },
	{ "Matin et soir je ne peux pas quitter mon lit seul : venez à %s, %s, pour le "
	  "transfert.",
	  "FREQ=DAILY", 480, 540, 45, T(TRANSFERT) | T(LEVER) | T(MEDICAMENTS),
	  CRITICALITY_VITAL, 6 },
	{ "Le mardi et le vendredi à %s, %s de ménage.", "FREQ=WEEKLY;BYDAY=TU,FR", 540,
	  960, 120, T(MENAGE), CRITICALITY_COMFORT, 30 },
	{ "Une fois par semaine à %s, %s pour faire les courses avec moi.",
	  "FREQ=WEEKLY;BYDAY=WE", 570, 930, 90, T(COURSES) | T(SORTIE), CRITICALITY_COMFORT,
	  26 },
	{ "Un jour sur deux à %s, %s pour marcher un peu et parler.",
	  "FREQ=DAILY;INTERVAL=2", 840, 990, 60, T(COMPAGNIE) | T(SORTIE),
	  CRITICALITY_COMFORT, 8 },
};

static str words_hour(struct arena *a, int minute)
{
	return minute % 60 ? str_fmt(a, "%d h %02d", minute / 60, minute % 60)
			   : str_fmt(a, "%d h", minute / 60);
}

static str words_duration(struct arena *a, int min)
{
	if (min < 60)
		return str_fmt(a, "%d minutes", min);
	if (min == 60)
		return S("une heure");
	return min % 60 ? str_fmt(a, "%d h %02d", min / 60, min % 60)
			: str_fmt(a, "%d heures", min / 60);
}

static str own_words(struct arena *a, const struct pattern *p, int hour)
{
	struct buf b = buf_init(a, 1000);
	str rest = str_of(p->words),
	    parts[2] = { words_hour(a, hour), words_duration(a, p->duration) };
	for (int i = 0; i < 2; i++) {
		size_t at = str_find(rest, S("%s"));
		buf_put(&b, str_sub(rest, 0, at));
		buf_put(&b, parts[i]);
		rest = str_from(rest, at + 2);
	}
	buf_put(&b, rest);
	return buf_str(&b);
}

/* Days of the week that a pattern fills, as bits 1..7; every second day is taken as every day. */
static unsigned weekdays_of(const struct pattern *p)
{
	struct rrule r;
	if (rrule_parse(str_of(p->rrule), &r) != OK || !r.weekdays)
		return 0xfe;
	return r.weekdays;
}

static bool is_free(const struct pool_carer *x, unsigned days, int from, int until)
{
	for (int w = 1; w <= 7; w++)
		if (days & 1u << w)
			for (int s = from / SLOT_MIN;
			     s <= (until + 14) / SLOT_MIN && s < SLOTS; s++)
				if (x->busy[w][s])
					return false;
	return true;
}

/* The nearest carer of the service who is free at that hour, qualified, with hours left. */
static struct pool_carer *regular_carer(struct demo *d, struct pool *pool,
					const struct person *who, const struct pattern *p,
					int hour)
{
	struct pool_carer *best = NULL;
	int64_t best_cost = INT64_MAX;
	unsigned days = weekdays_of(p);
	int week = __builtin_popcount(days) * p->duration;
	(void)d;
	for (size_t i = 0; i < pool->n; i++) {
		struct pool_carer *x = &pool->v[i];
		bool needs = p->tasks & (T(TOILETTE) | T(TRANSFERT) | T(HABILLAGE));
		if (x->week_used + week > x->c.week_min * 9 / 10 ||
		    (needs && !x->is_qualified) ||
		    !is_free(x, days, hour - 15, hour + p->duration + 15))
			continue;
		int64_t cost = llabs(x->c.lat_e6 - who->lat_e6) +
			       llabs(x->c.lon_e6 - who->lon_e6) * 2 / 3;
		if (cost < best_cost)
			best_cost = cost, best = x;
	}
	if (!best)
		return NULL;
	best->week_used += week;
	for (int w = 1; w <= 7; w++)
		if (days & 1u << w)
			for (int s = hour / SLOT_MIN;
			     s < (hour + p->duration + 14) / SLOT_MIN && s < SLOTS; s++)
				best->busy[w][s] = 1;
	return best;
}

static enum err make_request(struct demo *d, struct pool *pool, const struct person *who,
			     struct id plan_line, const struct pattern *p)
{
	int hour = (int)rng_range(&d->rng, p->from / 15, p->until / 15) * 15;
	bool weekly = hour % 60 == 0 || rng_chance(&d->rng, 1, 2);
	(void)weekly;
	struct request r = {
		.person_id = who->id,
		.plan_line_id = plan_line,
		.mode = CARE_MODE_PRESTATAIRE,
		.payer = PAYER_APA,
		.criticality = p->criticality,
		.own_words = own_words(d->a, p, hour),
		.tasks = p->tasks,
		.rrule = str_of(p->rrule),
		.starts_on = d->o->first,
		.ends_on = DAY_NONE,
		.start_minute = hour,
		.duration_min = p->duration,
		.tolerance_min = p->criticality == CRITICALITY_COMFORT ? 30 : 15,
		.is_imported = rng_chance(&d->rng, 9, 10),
	};
	r.read_back = r.own_words;
	struct pool_carer *x = regular_carer(d, pool, who, p, hour);
	/* a service accepts more than it can serve: a tenth of what finds no carer all the same */
	bool accepted = x || rng_chance(&d->rng, 1, 2);
	return app_request_import(d->app, d->a, &desk, &r, pool->op.id,
				  accepted ? ANSWER_ACCEPTED : ANSWER_REFUSED,
				  accepted ? REFUSAL_REASON_NONE : REFUSAL_REASON_NO_CARER,
				  x ? x->c.id : ID_NONE, d->now);
}

static enum err make_circle(struct demo *d, const struct person *p)
{
	if (!rng_chance(&d->rng, 7, 10))
		return OK;
	struct contact c = {
		.person_id = p->id,
		.kind = rng_chance(&d->rng, 1, 12) ? CONTACT_KIND_TUTEUR
						   : CONTACT_KIND_RELATIVE,
		.phone = draw_phone(d),
		.channel = CHANNEL_FILE,
		.scopes = SCOPE_SEE_TODAY | SCOPE_SEE_HISTORY | SCOPE_ATTEST |
			  SCOPE_CAHIER | SCOPE_ALERTED,
		.ends_on = DAY_NONE,
	};
	c.name = str_fmt(d->a, "%s %s", carer_first[rng_below(&d->rng, COUNT(carer_first))],
			 last_names[rng_below(&d->rng, COUNT(last_names))]);
	if (c.kind == CONTACT_KIND_TUTEUR) {
		c.scopes |= SCOPE_REQUEST;
		c.judgment = S("made up");
		c.ends_on = day_add(d->o->first, 900);
	}
	return app_contact_add(d->app, d->a, &desk, &c, d->now);
}

static struct pool *pool_of(struct demo *d, const struct person *p)
{
	/* the nearest of three drawn: people choose, and services have their area */
	struct pool *best = NULL;
	int64_t best_cost = INT64_MAX;
	for (int i = 0; i < 4; i++) {
		struct pool *x = &d->pools[rng_below(&d->rng, d->pool_count)];
		int64_t cost =
			llabs(x->op.lat_e6 - p->lat_e6) + llabs(x->op.lon_e6 - p->lon_e6);
		cost = cost * 100 / (int64_t)(20 + x->n);
		if (cost < best_cost)
			best_cost = cost, best = x;
	}
	return best;
}

static enum err make_person(struct demo *d)
{
	const struct demo_commune *c = draw_commune(d);
	bool woman = rng_chance(&d->rng, 73, 100);
	bool landline = rng_chance(&d->rng, 6, 10);
	struct person p = {
		.territory = d->o->territory,
		.insee = c->insee,
		.first_name = woman ? PICK(&d->rng, first_w) : PICK(&d->rng, first_m),
		.last_name = PICK(&d->rng, last_names),
		.phone = draw_phone(d),
		.birth_year = rng_range(&d->rng, 1930, 1951),
		.channel = landline ? CHANNEL_CALL : CHANNEL_FILE,
		.reminder = landline                    ? REMINDER_NONE
			    : rng_chance(&d->rng, 1, 4) ? REMINDER_EVENING
							: REMINDER_HOUR,
		.is_vulnerable = rng_chance(&d->rng, 35, 100),
		.is_alone = rng_chance(&d->rng, 6, 10),
		.is_relay_agreed = rng_chance(&d->rng, 6, 10),
		.is_demo = true,
	};
	p.address = str_fmt(d->a, "%d rue des Essais", (int)rng_range(&d->rng, 1, 99));
	draw_place(d, c, &p.lat_e6, &p.lon_e6);
	TRY(app_person_add(d->app, d->a, &desk, &p, d->now));
	TRY(make_circle(d, &p));
	struct plan_line line = {
		.person_id = p.id,
		.mode = CARE_MODE_PRESTATAIRE,
		.payer = PAYER_APA,
		.tasks = (1u << TASK_COUNT) - 1,
		.minutes_month = 60 * rng_range(&d->rng, 12, 60),
		.tariff_cents = { rng_range(&d->rng, 2350, 2600) },
		.participation_bp = rng_range(&d->rng, 0, 40) * 100,
		.starts_on = day_add(d->o->first, -200),
		.ends_on = DAY_NONE,
	};
	TRY(app_plan_line_add(d->app, d->a, &desk, &line, d->now));
	struct pool *pool = pool_of(d, &p);
	bool any = false;
	for (size_t i = 0; i < COUNT(patterns); i++) {
		bool last = i + 1 == COUNT(patterns) && !any;
		if (last || rng_chance(&d->rng, (uint64_t)patterns[i].chance, 100)) {
			TRY(make_request(d, pool, &p, line.id, &patterns[i]));
			any = true;
		}
	}
	return OK;
}

enum err demo_make(struct app *app, const struct demo_options *o, ts now)
{
	CLEAN_ARENA struct arena *a = arena_new((size_t)2 << 30);
	struct demo d = {
		.app = app, .o = o, .a = a, .rng = rng_init(o->seed, 1), .now = now
	};
	for (size_t i = 0; i < o->commune_count; i++) {
		const struct demo_commune *c = &o->communes[i];
		d.population += c->population;
	}
	TRY(app_territory_add(app, a, o->territory, o->name, o->zone, o->entitled,
			      o->entitled_source, now));
	for (size_t i = 0; i < o->commune_count; i++) {
		const struct demo_commune *c = &o->communes[i];
		TRY(sql_commune_insert(app_db(app), c->insee, o->territory, c->name,
				       (str){ 0 }, c->population, c->lat_e6, c->lon_e6));
	}
	TRY(make_pools(&d));
	for (int i = 0; i < o->persons; i++) {
		struct arena_mark m = arena_mark(a);
		TRY(make_person(&d));
		arena_reset(a, m);
	}
	return OK;
}
