/* render_components.c - writes the page of components, for the pictures and checks of pages.
 * usage: render_components person|carer|desk|public > page.html
 */
#include "base/base.h"
#include "views_gen.h"

#include <stdio.h>

static enum face face_of(const char *name)
{
	str s = str_of(name);
	if (str_eq(s, S("person")))
		return FACE_PERSON;
	if (str_eq(s, S("carer")))
		return FACE_CARER;
	return str_eq(s, S("desk")) ? FACE_DESK : FACE_PUBLIC;
}

static struct page sample_page(enum face face)
{
	static struct link nav[] = {
		{ { "/", 1 }, { "Aujourd\xe2\x80\x99hui", 13 }, true },
		{ { "/semaine", 8 }, { "Ma semaine", 10 }, false },
		{ { "/demander", 9 }, { "Demander", 8 }, false },
	};
	return (struct page){
		.title = S("Composants"),
		.face = face,
		.nav = { nav, 3, 3 },
		.account = face == FACE_DESK ? S("Agence de Rouen rive gauche") : S(""),
		.flash = S("La visite de 9 h est confi\303\251e \303\240 Lucas."),
		.undo_url = S("/x"),
	};
}

int main(int argc, char **argv)
{
	struct arena *a CLEAN_ARENA = arena_new(0);
	struct page page = sample_page(face_of(argc > 1 ? argv[1] : "person"));
	struct view_ctx cx = { .lang = LANG_FR,
			       .path = S("/composants"),
			       .is_demo = true,
			       .help_name = S("Mon service"),
			       .help_phone = S("0235000000"),
			       .help_hours = S("de 7 h \303\240 21 h") };
	struct html bars[8] = {
		svg_bar(a, 0, 31240, 31240, TONE_BRAND),
		svg_bar(a, 0, 28910, 31240, TONE_BRAND),
		svg_bar(a, 0, 26020, 31240, TONE_PLAIN),
		svg_bar(a, 0, 23730, 31240, TONE_DONE),
		svg_bar(a, 23730, 31240, 31240, TONE_FAILED),
		svg_interval(a, 952, 961, 968, 500, 1000),
		svg_interval(a, 760, 795, 830, 500, 1000),
		svg_interval(a, 760, 820, 880, 500, 1000),
	};
	struct svg_point v[] = {
		{ S("mai"), 78, TONE_DONE },   { S("juin"), 80, TONE_DONE },
		{ S("juil."), 74, TONE_LATE }, { S("ao\303\273t"), 61, TONE_FAILED },
		{ S("sept."), 77, TONE_DONE }, { S("oct."), 82, TONE_UNKNOWN },
	};
	struct svg_chart chart = {
		S("Part r\303\251alis\303\251"
		  "e"),
		S("De 78 % en mai \303\240 82 % en octobre, 61 % en ao\303\273t"),
		v,
		6,
		100,
		S("100 %"),
		LANG_FR
	};
	struct form_line fields[] = {
		{ .name = "mots",
		  .type = "textarea",
		  .label = S("De quoi avez-vous besoin ?"),
		  .hint = S("Avec vos mots : quel jour, \303\240 quelle heure, pour quoi "
			    "faire."),
		  .is_required = true },
		{ .name = "code",
		  .label = S("Code de votre carte"),
		  .value = S("4F7K"),
		  .wrong = S("Il manque quatre lettres."),
		  .is_required = true,
		  .is_short = true },
		{ .name = "tel",
		  .type = "tel",
		  .label = S("T\303\251l\303\251phone"),
		  .inputmode = "tel",
		  .autocomplete = "tel" },
	};
	struct choice choices[] = {
		{ "canal", "appel",
		  S("On m\xe2\x80\x99"
		    "appelle"),
		  S("une personne, la veille au soir"), true, false },
		{ "canal", "mail", S("Par courriel"), S(""), false, false },
		{ "relais", "1",
		  S("D\xe2\x80\x99"
		    "accord pour qu\xe2\x80\x99un autre service vienne si le mien ne peut "
		    "pas"),
		  S(""), false, true },
	};
	struct board_block without[] = {
		{ 480, 540, TONE_FAILED, S("8 h Toilette"),
		  S("sans intervenant, à Sotteville"), S("/x") },
		{ 720, 765, TONE_FAILED, S("12 h Repas"), S("sans intervenant, à Oissel"),
		  S("/x") },
	};
	struct board_block one[] = {
		{ 450, 510, TONE_DONE, S("Lever"), S("7 h 30, réalisé"), S("/x") },
		{ 540, 600, TONE_LATE, S("Toilette"), S("9 h, en retard"), S("/x") },
		{ 630, 720, TONE_PLAIN, S("Courses"), S("10 h 30, prévues"), S("/x") },
	};
	struct board_block two[] = {
		{ 435, 480, TONE_DONE, S("Lever"), S("7 h 15, réalisé"), S("/x") },
		{ 510, 570, TONE_DOOR, S("Pas de réponse"), S("8 h 30, toilette"),
		  S("/x") },
	};
	struct board_block away[] = {
		{ 360, 840, TONE_ABSENT,
		  S("Absent (dé"
		    "claré à 7 h 08)"),
		  S("Absent toute la journé"
		    "e"),
		  S("") },
	};
	struct board_block three[] = {
		{ 450, 495, TONE_DONE, S("Lever"), S("7 h 30, réalisé"), S("/x") },
		{ 525, 585, TONE_UNKNOWN, S("À confirmer"), S("8 h 45, toilette"),
		  S("/x") },
	};
	struct lane lanes[] = {
		{ S("Sans intervenant"), S("2 visites"), true, without, 2 },
		{ S("Aï"
		    "cha B."),
		  S("35 h · 28 h 30"), false, one, 3 },
		{ S("Nadège R."), S("35 h · 31 h"), false, two, 2 },
		{ S("Olivier T."), S("35 h · absent"), false, away, 1 },
		{ S("Samia K."), S("28 h · 26 h"), false, three, 2 },
	};
	struct board day = { 360, 840, 552, lanes, 5 };
	struct buf b = buf_init(a, 0);
	view_components(&b, &cx, &page, bars, svg_line(a, &chart), svg_columns(a, &chart),
			fields, choices, &day);
	return fwrite(b.p, 1, b.n, stdout) == b.n ? 0 : 1;
}
