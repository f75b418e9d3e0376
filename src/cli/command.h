/* The commands: one row each. */
#ifndef HG_CLI_COMMAND_H
#define HG_CLI_COMMAND_H

#include "cli/options.h"

typedef struct hg_command {
	const char *name, *args, *help;
	int (*run)(const hg_options *options); /* the exit code, DESIGN 5 */
} hg_command;

extern const hg_command hg_commands[];
extern const size_t hg_ncommands;

int hg_cmd_check(const hg_options *options);
int hg_cmd_derive(const hg_options *options);
int hg_cmd_explain(const hg_options *options);
int hg_cmd_grade(const hg_options *options);
int hg_cmd_list(const hg_options *options);
int hg_cmd_lsp(const hg_options *options);
int hg_cmd_merge(const hg_options *options);
int hg_cmd_new(const hg_options *options);
int hg_cmd_watch(const hg_options *options);

#endif
