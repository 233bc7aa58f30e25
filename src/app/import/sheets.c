/* sheets.c - what each kind of file holds.  doc/formats is generated from these tables
 * (tools/formats.py); a column added here is read, documented and checked. */
#include "app/import/rows.h"
#include "app/import/sheet.h"

#define AT(T, field) offsetof(struct T, field), sizeof(((struct T *)0)->field)
#define NEED         true, false
#define MAY          false, false
#define NEED_PRIVATE true, true
#define MAY_PRIVATE  false, true
#define SKIP(name, what)                                                                   \
	{                                                                                  \
		name, NULL, SHEET_SKIPPED, 0, 0, MAY, 0, 0, NULL, what                     \
	}
#define ALL(v) (v), sizeof(v) / sizeof *(v)

/* clang-format off */
static const struct column communes[] = {
	{ "insee", "code_commune", SHEET_INSEE, AT(row_commune, insee), NEED, 0, 0, NULL, "Code INSEE de la commune." },
	{ "name", "nom", SHEET_TEXT, AT(row_commune, name), NEED, 0, 100, NULL, "Nom de la commune." },
	{ "postal_codes", "codes_postaux", SHEET_TEXT, AT(row_commune, postcodes), NEED, 0, 400, NULL, "Codes postaux, un blanc entre deux." },
	{ "population", NULL, SHEET_INT, AT(row_commune, population), NEED, 0, 5000000, NULL, "Population légale." },
	{ "lat", "latitude", SHEET_LAT, AT(row_commune, lat_e6), MAY, 0, 0, NULL, "Latitude du centre, en degrés (WGS84)." },
	{ "lon", "longitude", SHEET_LON, AT(row_commune, lon_e6), MAY, 0, 0, NULL, "Longitude du centre." },
	SKIP("arrondissement", "Non utilisé."), SKIP("siren", "Non utilisé."), SKIP("centroid_quality", "Non utilisé."),
};

static const struct column operators[] = {
	{ "finess", NULL, SHEET_FINESS, AT(row_operator, o.finess), NEED, 0, 0, NULL, "Numéro FINESS, clé comprise." },
	{ "name", "nom", SHEET_TEXT, AT(row_operator, o.name), NEED, 0, 150, NULL, "Nom du service." },
	{ "kind", "type", SHEET_ENUM, AT(row_operator, o.kind), NEED, 0, 0, &operator_kind_table, "Sorte de service." },
	{ "commune_insee", "code_commune", SHEET_INSEE, AT(row_operator, o.insee), NEED, 0, 0, NULL, "Commune du service." },
	{ "postal_code", "code_postal", SHEET_POSTCODE, AT(row_operator, o.postcode), MAY, 0, 0, NULL, "Code postal." },
	{ "lat", "latitude", SHEET_LAT, AT(row_operator, o.lat_e6), MAY, 0, 0, NULL, "Latitude ; sinon celle de la commune." },
	{ "lon", "longitude", SHEET_LON, AT(row_operator, o.lon_e6), MAY, 0, 0, NULL, "Longitude." },
	{ "phone", "telephone", SHEET_PHONE, AT(row_operator, o.phone), MAY, 0, 0, NULL, "Téléphone du service." },
	{ "mail", "courriel", SHEET_MAIL, AT(row_operator, o.mail), MAY, 0, 0, NULL, "Courriel du service." },
	{ "hours", "horaires", SHEET_TEXT, AT(row_operator, o.hours), MAY, 0, 200, NULL, "Heures où le téléphone répond." },
	{ "authorised", "autorise", SHEET_BOOL, AT(row_operator, o.is_authorised), MAY, 0, 0, NULL, "Autorisation (CASF L313-1) ; oui si la colonne est vide : FINESS n'inscrit que des services autorisés." },
	{ "agree", "agrement", SHEET_BOOL, AT(row_operator, o.is_agree), MAY, 0, 0, NULL, "Agrément (code du travail L7232-1) ; non si vide." },
	{ "natural_person", "personne_physique", SHEET_BOOL, AT(row_operator, o.is_natural_person), MAY, 0, 0, NULL, "Personne physique : jamais nommée en public." },
	{ "relay", "relais", SHEET_BOOL, AT(row_operator, o.is_relay), MAY, 0, 0, NULL, "Prend en relais les visites des autres." },
	{ "idcc", "convention", SHEET_ENUM, AT(row_operator, o.idcc), MAY, 0, 0, &idcc_table, "Convention collective." },
	{ "wage_share", "part_salaires", SHEET_BP, AT(row_operator, o.wage_share_bp), MAY, 0, 10000, NULL, "Part du tarif qui va aux salaires, en pour cent." },
	{ "travel_share", "part_trajets", SHEET_BP, AT(row_operator, o.travel_share_bp), MAY, 0, 10000, NULL, "Part qui va aux trajets." },
	{ "structure_share", "part_structure", SHEET_BP, AT(row_operator, o.structure_share_bp), MAY, 0, 10000, NULL, "Part qui reste au service." },
	{ "source", NULL, SHEET_TEXT, AT(row_operator, o.source), MAY, 0, 200, NULL, "D'où vient cette ligne." },
	SKIP("commune", "Non utilisé : le code fait foi."), SKIP("departement", "Non utilisé."),
	SKIP("geo_commune_insee", "Non utilisé."), SKIP("match", "Non utilisé."), SKIP("luhn_ok", "Non utilisé : la clé est vérifiée."),
};

static const struct column carers[] = {
	{ "operator", "service", SHEET_FINESS, AT(row_carer, finess), NEED, 0, 0, NULL, "FINESS du service qui emploie." },
	{ "ref", "matricule", SHEET_REF, AT(row_carer, c.external_ref), NEED, 0, 0, NULL, "Référence dans le logiciel du service." },
	{ "first_name", "prenom", SHEET_TEXT, AT(row_carer, c.first_name), NEED_PRIVATE, 0, 80, NULL, "Prénom." },
	{ "last_name", "nom", SHEET_TEXT, AT(row_carer, c.last_name), NEED_PRIVATE, 0, 80, NULL, "Nom." },
	{ "phone", "telephone", SHEET_PHONE, AT(row_carer, c.phone), MAY_PRIVATE, 0, 0, NULL, "Téléphone professionnel." },
	{ "mail", "courriel", SHEET_MAIL, AT(row_carer, c.mail), MAY_PRIVATE, 0, 0, NULL, "Courriel professionnel." },
	{ "channel", "canal", SHEET_ENUM, AT(row_carer, c.channel), MAY, 0, 0, &channel_table, "Comment la prévenir ; fichier si vide." },
	{ "status", "statut", SHEET_ENUM, AT(row_carer, c.status), MAY, 0, 0, &carer_status_table, "Statut ; salariée si vide." },
	{ "commune_insee", "code_commune", SHEET_INSEE, AT(row_carer, c.insee), MAY, 0, 0, NULL, "Commune où la journée commence ; sinon celle du service." },
	{ "lat", "latitude", SHEET_LAT, AT(row_carer, c.lat_e6), MAY_PRIVATE, 0, 0, NULL, "Latitude du départ ; sinon celle de la commune." },
	{ "lon", "longitude", SHEET_LON, AT(row_carer, c.lon_e6), MAY_PRIVATE, 0, 0, NULL, "Longitude du départ." },
	{ "travel", "deplacement", SHEET_ENUM, AT(row_carer, c.travel_mode), MAY, 0, 0, &travel_mode_table, "Moyen de déplacement ; voiture si vide." },
	{ "idcc", "convention", SHEET_ENUM, AT(row_carer, c.idcc), MAY, 0, 0, &idcc_table, "Convention ; celle du service si vide." },
	{ "week_hours", "heures_semaine", SHEET_HOURS, AT(row_carer, c.week_min), NEED, 0, 48 * 60, NULL, "Heures du contrat par semaine : 24,5 ou 24h30." },
	{ "extra_wanted", "souhaite_heures", SHEET_BOOL, AT(row_carer, c.is_extra_wanted), MAY, 0, 0, NULL, "A demandé plus d'heures." },
	{ "outside_open", "ouvert_offres", SHEET_BOOL, AT(row_carer, c.is_outside_open), MAY, 0, 0, NULL, "Accepte des offres hors de son planning." },
	{ "woman", "femme", SHEET_BOOL, AT(row_carer, c.is_woman), MAY_PRIVATE, 0, 0, NULL, "Seulement pour les soins intimes, à la demande de la personne." },
	{ "qualification", NULL, SHEET_ENUM, AT(row_carer, q.kind), MAY, 0, 0, &qualification_kind_table, "Preuve qui ouvre les actes réservés." },
	{ "qualified_on", "qualifie_le", SHEET_DAY, AT(row_carer, q.issued_on), MAY, 0, 0, NULL, "Date de la preuve ; obligatoire avec elle." },
	{ "qualified_until", "qualifie_jusqu", SHEET_DAY, AT(row_carer, q.expires_on), MAY, 0, 0, NULL, "Fin de validité, s'il y en a une." },
	{ "days", "jours", SHEET_SET, AT(row_carer, days), MAY, 0, 0, &import_weekdays, "Jours disponibles : lu ma me je ve sa di." },
	{ "from", "de", SHEET_HM, AT(row_carer, from_minute), MAY, 0, 0, NULL, "Début de la plage disponible ; 07:00 si vide." },
	{ "until", "a", SHEET_HM, AT(row_carer, until_minute), MAY, 0, 0, NULL, "Fin de la plage ; 20:30 si vide." },
};

static const struct column people[] = {
	{ "ref", "reference", SHEET_REF, AT(row_person, p.external_ref), NEED, 0, 0, NULL, "Référence du département ou du service, sans donnée personnelle." },
	{ "first_name", "prenom", SHEET_TEXT, AT(row_person, p.first_name), NEED_PRIVATE, 0, 80, NULL, "Prénom." },
	{ "last_name", "nom", SHEET_TEXT, AT(row_person, p.last_name), NEED_PRIVATE, 0, 80, NULL, "Nom." },
	{ "commune_insee", "code_commune", SHEET_INSEE, AT(row_person, p.insee), NEED, 0, 0, NULL, "Commune du domicile." },
	{ "address", "adresse", SHEET_TEXT, AT(row_person, p.address), MAY_PRIVATE, 0, 250, NULL, "Adresse." },
	{ "lat", "latitude", SHEET_LAT, AT(row_person, p.lat_e6), MAY_PRIVATE, 0, 0, NULL, "Latitude du domicile ; sinon celle de la commune." },
	{ "lon", "longitude", SHEET_LON, AT(row_person, p.lon_e6), MAY_PRIVATE, 0, 0, NULL, "Longitude du domicile." },
	{ "phone", "telephone", SHEET_PHONE, AT(row_person, p.phone), MAY_PRIVATE, 0, 0, NULL, "Téléphone." },
	{ "mail", "courriel", SHEET_MAIL, AT(row_person, p.mail), MAY_PRIVATE, 0, 0, NULL, "Courriel." },
	{ "birth_year", "annee_naissance", SHEET_INT, AT(row_person, p.birth_year), MAY_PRIVATE, 1900, 2100, NULL, "Année de naissance." },
	{ "access_note", "acces", SHEET_TEXT, AT(row_person, p.access_note), MAY_PRIVATE, 0, 500, NULL, "Clés, code, habitudes." },
	{ "language", "langue", SHEET_ENUM, AT(row_person, p.language), MAY, 0, 0, &language_table, "Langue ; français si vide." },
	{ "channel", "canal", SHEET_ENUM, AT(row_person, p.channel), MAY, 0, 0, &channel_table, "Comment la prévenir ; appel si vide." },
	{ "reminder", "rappel", SHEET_ENUM, AT(row_person, p.reminder), MAY, 0, 0, &reminder_table, "Rappel souhaité ; aucun si vide." },
	{ "vulnerable", NULL, SHEET_BOOL, AT(row_person, p.is_vulnerable), MAY_PRIVATE, 0, 0, NULL, "Hors d'état de se protéger." },
	{ "alone", "seule", SHEET_BOOL, AT(row_person, p.is_alone), MAY_PRIVATE, 0, 0, NULL, "Vit seule." },
	{ "relay_agreed", "accord_relais", SHEET_BOOL, AT(row_person, p.is_relay_agreed), MAY, 0, 0, NULL, "D'accord d'avance pour un service de relais." },
};

static const struct column plans[] = {
	{ "person", "personne", SHEET_REF, AT(row_plan, person), NEED, 0, 0, NULL, "Référence de la personne." },
	{ "mode", NULL, SHEET_ENUM, AT(row_plan, l.mode), MAY, 0, 0, &care_mode_table, "Mode d'intervention ; prestataire si vide." },
	{ "payer", "financeur", SHEET_ENUM, AT(row_plan, l.payer), NEED, 0, 0, &payer_table, "Qui finance." },
	{ "tasks", "taches", SHEET_SET, AT(row_plan, l.tasks), NEED_PRIVATE, 0, 0, &task_table, "Aides prévues, un blanc ou + entre deux." },
	{ "hours_month", "heures_mois", SHEET_HOURS, AT(row_plan, l.minutes_month), NEED, 0, 744 * 60, NULL, "Heures par mois." },
	{ "tariff", "tarif", SHEET_CENTS, AT(row_plan, l.tariff_cents), NEED, 0, 100000, NULL, "Tarif horaire, en euros." },
	{ "participation", NULL, SHEET_BP, AT(row_plan, l.participation_bp), MAY, 0, 10000, NULL, "Participation de la personne, en pour cent." },
	{ "starts_on", "debut", SHEET_DAY, AT(row_plan, l.starts_on), NEED, 0, 0, NULL, "Premier jour." },
	{ "ends_on", "fin", SHEET_DAY, AT(row_plan, l.ends_on), MAY, 0, 0, NULL, "Dernier jour, compris ; ouvert si vide." },
};

static const struct column requests[] = {
	{ "ref", "reference", SHEET_REF, AT(row_request, r.external_ref), NEED, 0, 0, NULL, "Référence de la demande." },
	{ "person", "personne", SHEET_REF, AT(row_request, person), NEED, 0, 0, NULL, "Référence de la personne." },
	{ "own_words", "mots", SHEET_TEXT, AT(row_request, r.own_words), NEED_PRIVATE, 0, 1000, NULL, "La demande dans les mots de la personne." },
	{ "tasks", "taches", SHEET_SET, AT(row_request, r.tasks), NEED_PRIVATE, 0, 0, &task_table, "Aides demandées." },
	{ "payer", "financeur", SHEET_ENUM, AT(row_request, r.payer), NEED, 0, 0, &payer_table, "Qui finance." },
	{ "mode", NULL, SHEET_ENUM, AT(row_request, r.mode), MAY, 0, 0, &care_mode_table, "Mode ; prestataire si vide." },
	{ "criticality", "criticite", SHEET_ENUM, AT(row_request, r.criticality), NEED, 0, 0, &criticality_table, "Ce qu'une absence ferait." },
	{ "rrule", "recurrence", SHEET_RRULE, AT(row_request, r.rrule), MAY, 0, 0, NULL, "Récurrence (RFC 5545) ; une seule fois si vide." },
	{ "starts_on", "debut", SHEET_DAY, AT(row_request, r.starts_on), NEED, 0, 0, NULL, "Premier jour." },
	{ "ends_on", "fin", SHEET_DAY, AT(row_request, r.ends_on), MAY, 0, 0, NULL, "Dernier jour, compris." },
	{ "hour", "heure", SHEET_HM, AT(row_request, r.start_minute), NEED, 0, 0, NULL, "Heure locale : 08:30 ou 8h30." },
	{ "duration", "duree", SHEET_MINUTES, AT(row_request, r.duration_min), NEED, 0, 0, NULL, "Durée : 45 (minutes) ou 1h30." },
	{ "tolerance", NULL, SHEET_MINUTES, AT(row_request, r.tolerance_min), MAY, 0, 0, NULL, "Tolérance ; 15 minutes, 30 pour le confort, si vide." },
	{ "exdates", "sauf", SHEET_DAYS, AT(row_request, r.exdates), MAY, 0, 0, NULL, "Jours exceptés." },
	{ "no_holidays", "sauf_feries", SHEET_BOOL, AT(row_request, r.is_holidays_excluded), MAY, 0, 0, NULL, "Pas les jours fériés." },
	{ "preferences", NULL, SHEET_TEXT, AT(row_request, r.preferences), MAY_PRIVATE, 0, 500, NULL, "Préférences." },
	{ "operator", "service", SHEET_FINESS, AT(row_request, finess), MAY, 0, 0, NULL, "FINESS du service qui sert déjà cette demande." },
	{ "answer", "reponse", SHEET_ENUM, AT(row_request, answer), MAY, 0, 0, &answer_table, "Réponse du service ; acceptée si vide." },
	{ "reason", "motif", SHEET_ENUM, AT(row_request, reason), MAY, 0, 0, &refusal_reason_table, "Motif d'un refus." },
	{ "carer", "intervenant", SHEET_REF, AT(row_request, carer), MAY, 0, 0, NULL, "Matricule de l'intervenante habituelle." },
};

static const struct column roster[] = {
	{ "operator", "service", SHEET_FINESS, AT(row_roster, finess), NEED, 0, 0, NULL, "FINESS du service." },
	{ "request", "demande", SHEET_REF, AT(row_roster, request), MAY, 0, 0, NULL, "Référence de la demande ; sinon la personne et l'heure." },
	{ "person", "personne", SHEET_REF, AT(row_roster, person), MAY, 0, 0, NULL, "Référence de la personne." },
	{ "date", "jour", SHEET_DAY, AT(row_roster, on), NEED, 0, 0, NULL, "Jour de la visite." },
	{ "hour", "heure", SHEET_HM, AT(row_roster, minute), MAY, 0, 0, NULL, "Heure prévue." },
	{ "carer", "intervenant", SHEET_REF, AT(row_roster, carer), NEED, 0, 0, NULL, "Matricule de l'intervenante." },
};

static const struct column checkins[] = {
	{ "operator", "service", SHEET_FINESS, AT(row_checkin, finess), NEED, 0, 0, NULL, "FINESS du service." },
	{ "request", "demande", SHEET_REF, AT(row_checkin, request), MAY, 0, 0, NULL, "Référence de la demande ; sinon la personne et l'heure." },
	{ "person", "personne", SHEET_REF, AT(row_checkin, person), MAY, 0, 0, NULL, "Référence de la personne." },
	{ "date", "jour", SHEET_DAY, AT(row_checkin, on), NEED, 0, 0, NULL, "Jour de la visite." },
	{ "hour", "heure", SHEET_HM, AT(row_checkin, minute), MAY, 0, 0, NULL, "Heure prévue." },
	{ "carer", "intervenant", SHEET_REF, AT(row_checkin, carer), NEED, 0, 0, NULL, "Matricule de l'intervenante." },
	{ "arrived", "arrivee", SHEET_HM, AT(row_checkin, arrived), MAY, 0, 0, NULL, "Heure d'arrivée." },
	{ "left", "depart", SHEET_HM, AT(row_checkin, left), MAY, 0, 0, NULL, "Heure de départ ; le lendemain si elle est avant l'arrivée." },
	{ "proof", "preuve", SHEET_ENUM, AT(row_checkin, proof), MAY, 0, 0, &proof_table, "Preuve ; manuel si vide." },
	{ "tasks_done", "taches_faites", SHEET_SET, AT(row_checkin, tasks_done), MAY_PRIVATE, 0, 0, &task_table, "Aides faites." },
	{ "note", NULL, SHEET_TEXT, AT(row_checkin, note), MAY_PRIVATE, 0, 500, NULL, "Note." },
};
/* clang-format on */

static void start_operator(void *row)
{
	struct row_operator *r = row;
	r->o.wage_share_bp = r->o.travel_share_bp = r->o.structure_share_bp = -1;
	r->o.is_authorised = true;
	r->o.source = S("import");
}

static void start_carer(void *row)
{
	struct row_carer *r = row;
	r->c.channel = CHANNEL_FILE;
	r->c.travel_mode = TRAVEL_MODE_CAR;
	r->q.issued_on = r->q.expires_on = DAY_NONE;
	r->from_minute = 7 * 60;
	r->until_minute = 20 * 60 + 30;
}

static void start_person(void *row)
{
	struct row_person *r = row;
	r->p.channel = CHANNEL_CALL;
}

static void start_plan(void *row)
{
	struct row_plan *r = row;
	r->l.starts_on = r->l.ends_on = DAY_NONE;
}

static void start_request(void *row)
{
	struct row_request *r = row;
	r->answer = ANSWER_ACCEPTED;
	r->r.starts_on = r->r.ends_on = DAY_NONE;
	r->r.tolerance_min = -1;
	r->r.is_imported = true;
}

static void start_roster(void *row)
{
	struct row_roster *r = row;
	r->minute = -1;
}

static void start_checkin(void *row)
{
	struct row_checkin *r = row;
	r->minute = r->arrived = r->left = -1;
	r->proof = PROOF_MANUAL;
}

/* In the order of enum import_kind. */
const struct sheet import_sheets[IMPORT_KINDS_] = {
	{ "communes", "Communes du territoire", "insee", ALL(communes),
	  sizeof(struct row_commune), NULL },
	{ "operators", "Services d'aide à domicile", "finess", ALL(operators),
	  sizeof(struct row_operator), start_operator },
	{ "carers", "Intervenantes et intervenants", "operator ref", ALL(carers),
	  sizeof(struct row_carer), start_carer },
	{ "people", "Personnes aidées", "ref", ALL(people), sizeof(struct row_person),
	  start_person },
	{ "plans", "Plans d'aide", "person payer mode starts_on", ALL(plans),
	  sizeof(struct row_plan), start_plan },
	{ "requests", "Demandes déjà servies ailleurs", "ref", ALL(requests),
	  sizeof(struct row_request), start_request },
	{ "roster", "Planning : qui va où", "", ALL(roster), sizeof(struct row_roster),
	  start_roster },
	{ "checkins", "Pointages d'un autre logiciel", "", ALL(checkins),
	  sizeof(struct row_checkin), start_checkin },
};
