/* cmd.h - the sub-commands of vigie: one file each, one line each in the table of vigie.c.
 *
 * A command gets its own arguments (argv[0] is its name) and returns the exit status:
 * 0 done, 1 the answer is no or a check failed, 2 wrong use or unreadable input.
 */
#ifndef MAIN_CMD_H
#define MAIN_CMD_H

int cmd_annex(int argc, char **argv);
int cmd_backup(int argc, char **argv);
int cmd_bilan(int argc, char **argv);
int cmd_demo(int argc, char **argv);
int cmd_erase(int argc, char **argv);
int cmd_export(int argc, char **argv);
int cmd_export_hours(int argc, char **argv);
int cmd_head(int argc, char **argv);
int cmd_import(int argc, char **argv);
int cmd_openapi(int argc, char **argv);
int cmd_plan(int argc, char **argv);
int cmd_policy(int argc, char **argv);
int cmd_restore(int argc, char **argv);
int cmd_talk(int argc, char **argv);
int cmd_user(int argc, char **argv);
int cmd_verify(int argc, char **argv);
int cmd_version(int argc, char **argv);

#endif
