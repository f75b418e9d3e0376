#include "cli/command.h"
#include "cli/nearest.h"
#include "num/derivation.h"

#include <argp.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Sets what the value says; NULL, or what is wrong with it. */
typedef const char *setter(hg_options *options, const char *value);

typedef struct option_row {
	const char *name, *arg, *of, *help; /* of: the commands that take it */
	setter *set; /* NULL: an option of documents, which hg_document_set() knows */
} option_row;

static const char *set_assignment(hg_options *o, const char *value)
{
	o->assignment = value;
	return NULL;
}

static const char *set_only(hg_options *o, const char *value)
{
	o->only = value;
	return NULL;
}

/* The index of a word in a list that ends with NULL; -1: not there. */
static int choice(const char *value, const char *const words[])
{
	for (int i = 0; words[i]; i++)
		if (strcmp(value, words[i]) == 0)
			return i;
	return -1;
}

static const char *set_out(hg_options *o, const char *value)
{
	o->out = value;
	return *value ? NULL : "the name of a folder";
}

static const char *set_exit_zero(hg_options *o, const char *value)
{
	(void)value;
	o->exit_zero = true;
	return NULL;
}

static const char *set_dump(hg_options *o, const char *value)
{
	static const char *const stages[] = {"", "doc", "tokens", "tree", "names", "model", "readings", "problems", NULL};
	int stage = choice(value, stages);
	if (stage <= 0)
		return "doc, tokens, tree, names, model, readings or problems";
	o->dump = (hg_dump)stage;
	return NULL;
}

static const char *set_color(hg_options *o, const char *value)
{
	static const char *const when[] = {"auto", "always", "never", NULL};
	int color = choice(value, when);
	if (color < 0)
		return "auto, always or never";
	o->color = (hg_color)color;
	return NULL;
}

static const char *set_format(hg_options *o, const char *value)
{
	static const char *const formats[] = {"text", "line", NULL};
	int format = choice(value, formats);
	o->one_line = format == 1;
	return format < 0 ? "text or line" : NULL;
}

static const char *set_fail_on(hg_options *o, const char *value)
{
	static const char *const what[] = {"doubt", "disagrees", NULL};
	int on = choice(value, what);
	o->fail_on = on < 0 ? HG_FAIL_ON_DOUBT : (hg_fail_on)on;
	return on < 0 ? "disagrees or doubt" : NULL;
}

static const char *set_junit_places(hg_options *o, const char *value)
{
	(void)value;
	o->junit_places = true;
	return NULL;
}

static const char *set_all(hg_options *o, const char *value)
{
	(void)value;
	o->all = true;
	return NULL;
}

/* A whole number from 1 to `most`; 0: it is none. *rest is what follows it. */
static size_t whole(const char *value, size_t most, const char **rest)
{
	char *end;
	errno = 0;
	unsigned long n = strtoul(value, &end, 10);
	*rest = end;
	return *value >= '0' && *value <= '9' && !errno && n <= most ? n : 0;
}

static const char *set_jobs(hg_options *o, const char *value)
{
	const char *rest;
	o->jobs = whole(value, 64, &rest);
	return o->jobs && !*rest ? NULL : "a number of processes from 1 to 64";
}

static const char *set_shard(hg_options *o, const char *value)
{
	const char *rest;
	o->shard = whole(value, 100000, &rest);
	o->nshards = *rest == '/' ? whole(rest + 1, 100000, &rest) : 0;
	return o->shard && o->nshards >= o->shard && !*rest ? NULL : "I/N, such as 2/4";
}

static const char *set_overrides(hg_options *o, const char *value)
{
	o->overrides = value;
	return *value ? NULL : "the name of a file";
}

static const char *set_into(hg_options *o, const char *value)
{
	o->into = value;
	return *value ? NULL : "the name of a file";
}

static const char *set_column(hg_options *o, const char *value)
{
	o->column = value;
	return *value ? NULL : "the head of a column";
}

static const option_row rows[] = {
    {"all", NULL, "derive", "every built-in derivation", set_all},
    {"assignment", "FILE", "check grade watch", "the truth: a document with forward equations; of a class of C modules, one", set_assignment},
    {"seed", "N", "check derive grade lsp watch", "of the random points; the same seed, the same bytes", NULL},
    {"rtol", "R", "check derive grade lsp watch", "tolerate a relative difference up to R; it is said", NULL},
    {"only", "ID", "check derive watch", "report this finding alone: 12 or 12.2, relu_bce.dW2 or dW2", set_only},
    {"detail", "LEVEL", "check derive grade lsp watch", "none, where, evidence (default) or full", NULL},
    {"take", "CHOICE=VALUE", "check grade lsp watch", "choose where a document leaves something open: layout=rows; `handgrad list choices'", NULL},
    {"limit", "NAME=N", "check derive grade lsp watch", "let a document or a module cost more, or less: nesting=300; the messages name the limits", NULL},
    {"out", "DIR", "check derive grade merge", "folder for reports whose option names no file", set_out},
    {"jobs", "N", "grade", "processes at a time; as many as there are cores", set_jobs},
    {"shard", "I/N", "grade", "every N-th submission from the I-th on; `handgrad merge' puts shards together", set_shard},
    {"overrides", "FILE", "grade", "decisions by hand: student,step,points,reason; overrides.csv in the folder of --out",
     set_overrides},
    {"into", "FILE", "grade merge", "fill the points into a copy of this CSV, exported from Canvas or Moodle", set_into},
    {"column", "HEAD", "grade merge", "the column of --into that takes the points", set_column},
    {"exit-zero", NULL, "check derive grade merge", "exit 0 whatever the verdicts, once the reports are written",
     set_exit_zero},
    {"fail-on", "WHAT", "check derive", "exit 1 or 2 for this and what is worse: doubt (default) or disagrees", set_fail_on},
    {"format", "HOW", "check derive watch", "for people: text (default), or line: file:line:column: error: text [slip]", set_format},
    {"junit-places", NULL, "check derive", "file and line on each test, as GitLab shows them; Jenkins' xUnit plugin refuses them", set_junit_places},
    {"dump", "STAGE", "check", "show how the document is read, and judge nothing: doc, tokens, tree, names, model, readings, problems",
     set_dump},
    {"color", "WHEN", "check derive watch", "auto (default), always or never", set_color},
};

enum { NROWS = sizeof rows / sizeof *rows, FIRST_ROW = 1000, FIRST_FORMAT = 2000, MOST_OPTIONS = NROWS + HG_MOST_WANTED };

static const char formats_of[] = "check derive";
static const char page_of[] = "watch"; /* takes the page alone, and serves it */

static bool takes(const hg_command *command, const char *of) { return !command || hg_list_has(of, command->name); }

/* The rows this command takes (all of them for none) in argp's form; ends with an empty one. */
static void options_of(const hg_command *command, struct argp_option to[static MOST_OPTIONS + 1])
{
	size_t n = 0;
	for (int i = 0; i < NROWS; i++)
		if (takes(command, rows[i].of))
			to[n++] = (struct argp_option){rows[i].name, FIRST_ROW + i, rows[i].arg, 0, rows[i].help, 0};
	for (size_t i = 0; i < hg_nformats && i < HG_MOST_WANTED; i++) {
		bool with_file = hg_formats[i].home != HG_HOME_ALWAYS_STDOUT;
		int flags = with_file && hg_formats[i].home != HG_HOME_NONE ? OPTION_ARG_OPTIONAL : 0;
		bool page = command && hg_list_has(page_of, command->name) && hg_formats[i].write == hg_write_html;
		if (takes(command, formats_of) || page)
			to[n++] = (struct argp_option){hg_formats[i].name, FIRST_FORMAT + (int)i, with_file ? "FILE" : NULL, flags,
			                               hg_formats[i].help, 1};
	}
	to[n] = (struct argp_option){0};
}

static error_t parse(int key, char *value, struct argp_state *state)
{
	hg_options *o = state->input;
	if (key >= FIRST_FORMAT && key < FIRST_FORMAT + (int)hg_nformats) {
		if (o->nwanted == HG_MOST_WANTED)
			argp_error(state, "too many reports");
		o->wanted[o->nwanted++] = (hg_wanted){&hg_formats[key - FIRST_FORMAT], value};
		return 0;
	}
	if (key >= FIRST_ROW && key < FIRST_ROW + NROWS) {
		const option_row *row = &rows[key - FIRST_ROW];
		const char *wrong = row->set ? row->set(o, value) : hg_document_set(&o->document, row->name, value);
		if (wrong)
			argp_error(state, "--%s wants %s, not '%s'", row->name, wrong, value);
		return 0;
	}
	if (key != ARGP_KEY_ARGS)
		return ARGP_ERR_UNKNOWN;
	o->args = state->argv + state->next;
	o->nargs = (size_t)(state->argc - state->next);
	return 0;
}

/* A misspelt option gets the nearest one offered before argp only says that it does not know it. */
static void refuse_unknown(int argc, char **argv, const struct argp_option *known)
{
	static const char *const fixed[] = {"help", "usage", "version"};
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (strncmp(argv[i], "--", 2) != 0)
			continue;
		hg_str name = {argv[i] + 2, strcspn(argv[i] + 2, "=")};
		hg_nearest near = hg_nearest_to(name);
		bool found = false;
		for (const struct argp_option *k = known; k->name; k++) {
			found |= strncmp(k->name, name.p, name.n) == 0;
			hg_nearest_offer(&near, k->name);
		}
		for (size_t k = 0; k < sizeof fixed / sizeof *fixed; k++) {
			found |= strncmp(fixed[k], name.p, name.n) == 0;
			hg_nearest_offer(&near, fixed[k]);
		}
		if (!found)
			hg_nearest_refuse(&near, "option", "--");
	}
}

static char *filter(int key, const char *text, void *options)
{
	const hg_options *o = options;
	if (key != ARGP_KEY_HELP_POST_DOC || o->command)
		return (char *)text;
	hg_buf doc = {0};
	hg_buf_text(&doc, "Commands:\n");
	for (size_t i = 0; i < hg_ncommands; i++) {
		hg_buf line = {0};
		hg_buf_print(&line, "%s %s", hg_commands[i].name, hg_commands[i].args);
		hg_buf_print(&doc, "  %-18s %s\n", line.failed ? "" : line.p, hg_commands[i].help);
		hg_buf_free(&line);
	}
	hg_buf_text(&doc, "\nExamples:\n"
	                  "  handgrad check hw3.md\n"
	                  "  handgrad derive --all --junit=gradients.xml\n"
	                  "  handgrad explain missing-mean\n"
	                  "\nExit code: 0 all agree, 1 something disagrees, 2 nothing disagrees but\n"
	                  "something could not be checked, 3 usage or machine trouble.\n");
	hg_buf_char(&doc, '\0');
	return doc.failed ? (char *)text : doc.p; /* argp frees it */
}

static const hg_command *command_of(const char *word)
{
	hg_nearest near = hg_nearest_to(hg_str_of(word));
	for (size_t i = 0; i < hg_ncommands; i++) {
		if (strcmp(hg_commands[i].name, word) == 0)
			return &hg_commands[i];
		hg_nearest_offer(&near, hg_commands[i].name);
	}
	if (access(word, F_OK) == 0) {
		fprintf(stderr, "handgrad: no command %s; to check the file: handgrad check %s\n", word, word);
		exit(3);
	}
	hg_nearest_refuse(&near, "command", "");
}

/* "help" and "help check" are what people try first: they mean "--help" and "check --help". */
static void turn_help(int argc, char **argv)
{
	static char help[] = "--help";
	if (argc < 2 || (strcmp(argv[1], "help") != 0 && strcmp(argv[1], "-h") != 0))
		return;
	argv[1] = argc > 2 ? argv[2] : help;
	if (argc > 2)
		argv[2] = help;
}

void hg_options_read(int argc, char **argv, hg_options *o)
{
	static char name[64];
	struct argp_option known[MOST_OPTIONS + 1];
	struct argp argp = {known, parse, "COMMAND [ARGUMENT...]", "Check gradients derived by hand.\v ", NULL, filter, NULL};
	turn_help(argc, argv);
	argp_program_version = "handgrad " HG_VERSION;
	argp_err_exit_status = 3;
	*o = (hg_options){.document = hg_document_defaults()};
	if (argc > 1 && argv[1][0] != '-') {
		o->command = command_of(argv[1]);
		snprintf(name, sizeof name, "handgrad %s", o->command->name);
		argv[1] = name;
		argc--;
		argv++;
		argp.args_doc = o->command->args;
		argp.doc = o->command->help;
	}
	options_of(o->command, known);
	if (!known->name) /* glibc leaks the help of an empty list */
		argp.options = NULL;
	refuse_unknown(argc, argv, known);
	error_t trouble = argp_parse(&argp, argc, argv, 0, NULL, o);
	if (trouble) {
		fprintf(stderr, "handgrad: %s\n", strerror(trouble));
		exit(3);
	}
	if (!o->command) {
		fputs("handgrad: which command? `handgrad --help' lists them\n", stderr);
		exit(3);
	}
}
