/* handgrad: the table of commands. */
#include "cli/command.h"
#include "cli/print.h"

#include <gsl/gsl_errno.h>

const hg_command hg_commands[] = {
    {"check", "FILE...", "a derivation as written: .md .tex .ipynb .txt .py", hg_cmd_check},
    {"derive", "[NAME|FILE.c...]", "built-in derivations, --all, or C modules of your own; a folder of them", hg_cmd_derive},
    {"explain", "CODE...", "one page on a slip, status, reason, note or derivation", hg_cmd_explain},
    {"grade", "DIR", "a class: DIR/STUDENT.md or DIR/STUDENT/FILE; --assignment, --out", hg_cmd_grade},
    {"list", "[WHAT]", "what there is: derivations, slips, formats", hg_cmd_list},
    {"lsp", "", "a language server, for editors: problems as one types, over standard input and output", hg_cmd_lsp},
    {"merge", "DIR...", "the shards of a class put together; --out", hg_cmd_merge},
    {"new", "NAME...", "the skeleton of a derivation as a C module, NAME.c, with its wrong twins", hg_cmd_new},
    {"watch", "FILE...", "check again after every save", hg_cmd_watch},
};

const size_t hg_ncommands = sizeof hg_commands / sizeof *hg_commands;

int main(int argc, char **argv)
{
	hg_print_open();
	gsl_set_error_handler_off();
	hg_options options;
	hg_options_read(argc, argv, &options);
	return options.command->run(&options);
}
