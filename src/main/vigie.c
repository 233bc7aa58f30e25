/* vigie - the command line of Vigie: a table of sub-commands. */
#include "main/cmd.h"

#include <stdio.h>
#include <string.h>

static const struct command {
	const char *name;
	int (*fn)(int argc, char **argv);
	const char *help;
} commands[] = {
	{ "annex", cmd_annex, "open a sealed report (at its addressee's)" },
	{ "backup", cmd_backup, "copy a data folder while it is in use" },
	{ "bilan", cmd_bilan, "print the bilan of a month" },
	{ "demo", cmd_demo, "make a made-up territory and live some days of it" },
	{ "erase", cmd_erase, "erase a person (article 17 RGPD)" },
	{ "export", cmd_export, "write a month as a folder that anyone can verify" },
	{ "export-hours", cmd_export_hours, "hours and travel of each carer, for pay" },
	{ "head", cmd_head, "sign the ledger as it is now, to be kept elsewhere" },
	{ "import", cmd_import, "bring in a CSV file of another program" },
	{ "openapi", cmd_openapi, "print the OpenAPI document of the JSON interface" },
	{ "plan", cmd_plan, "make, check, explain or repair the rounds of a territory" },
	{ "policy", cmd_policy, "list or set the dated values of the watch" },
	{ "restore", cmd_restore, "put a backup back and compare it with its head" },
	{ "talk", cmd_talk, "understand French sentences: intents, dates, recurrences" },
	{ "user", cmd_user, "accounts, second factors, cards, tokens" },
	{ "verify", cmd_verify, "recompute the whole ledger" },
	{ "version", cmd_version, "versions of the program, schema and libraries" },
};

static void usage(FILE *out)
{
	fprintf(out, "usage: vigie COMMAND [ARGUMENTS]\n");
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		fprintf(out, "  %-12s %s\n", commands[i].name, commands[i].help);
}

int main(int argc, char **argv)
{
	if (argc < 2 || strcmp(argv[1], "--help") == 0) {
		usage(argc < 2 ? stderr : stdout);
		return argc < 2 ? 2 : 0;
	}
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (strcmp(argv[1], commands[i].name) == 0)
			return commands[i].fn(argc - 1, argv + 1);
	usage(stderr);
	return 2;
}
