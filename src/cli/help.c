#include "cli/help.h"

#include "report/style.h"

enum { COLUMNS = 79, OPTION_COLUMN = 29, COMMAND_COLUMN = 21 };

/* "      --seed=N               of the random points", its words broken where they stand. */
static void write_row(const char *head, size_t column, const char *words, hg_buf *out)
{
	size_t n = hg_str_of(head).n;
	hg_buf_text(out, head);
	if (n + 1 > column) {
		hg_buf_char(out, '\n');
		n = 0;
	}
	hg_buf_print(out, "%*s", (int)(column - n), "");
	hg_wrap(hg_str_of(words), column, column, COLUMNS, out);
	hg_buf_char(out, '\n');
}

static void write_option(const hg_offered *o, hg_buf *out)
{
	hg_buf head = {0};
	hg_buf_print(&head, "      --%s%s%s%s%s", o->name, o->may_lack ? "[" : "", o->arg ? "=" : "", o->arg ? o->arg : "", o->may_lack ? "]" : "");
	hg_buf_char(&head, '\0');
	write_row(head.failed ? "" : head.p, OPTION_COLUMN, o->help, out);
	out->failed |= head.failed;
	hg_buf_free(&head);
}

static void write_commands(hg_buf *out)
{
	hg_buf_text(out, "\nCommands:\n");
	for (size_t i = 0; i < hg_ncommands; i++) {
		hg_buf head = {0};
		hg_buf_print(&head, "  %s %s", hg_commands[i].name, hg_commands[i].args);
		hg_buf_char(&head, '\0');
		write_row(head.failed ? "" : head.p, COMMAND_COLUMN, hg_commands[i].help, out);
		out->failed |= head.failed;
		hg_buf_free(&head);
	}
	hg_buf_text(out, "\nExamples:\n"
	                 "  handgrad check hw3.md\n"
	                 "  handgrad derive --all --junit=gradients.xml\n"
	                 "  handgrad explain missing-mean\n"
	                 "\nExit code: 0 all agree, 1 something disagrees, 2 nothing disagrees but\n"
	                 "something could not be checked, 3 usage or machine trouble.\n");
}

void hg_help_write(const hg_command *command, const hg_offered *offered, size_t n, hg_buf *out)
{
	if (command)
		hg_buf_print(out, "Usage: handgrad %s [OPTION...] %s\n", command->name, command->args);
	else
		hg_buf_text(out, "Usage: handgrad COMMAND [OPTION...] [ARGUMENT...]\n");
	hg_wrap(hg_str_of(command ? command->help : "Check gradients derived by hand."), 0, 0, COLUMNS, out);
	hg_buf_text(out, "\n\n");
	for (size_t i = 0; i < n; i++)
		write_option(&offered[i], out);
	hg_buf_text(out, "  -h, --help                 this\n  -V, --version              which version this is\n");
	if (!command)
		write_commands(out);
}
