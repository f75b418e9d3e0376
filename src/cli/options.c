#include "cli/help.h"
#include "cli/nearest.h"
#include "cli/print.h"
#include "num/derivation.h"

#include <errno.h>
#include <getopt.h>
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
enum { TROUBLE = 3 }; /* exit code */

static const char formats_of[] = "check derive";
static const char page_of[] = "watch"; /* takes the page alone, and serves it */

static bool takes(const hg_command *command, const char *of) { return !command || hg_list_has(of, command->name); }

/* The rows this command takes, all of them for none: how many. */
static size_t offers_of(const hg_command *command, hg_offered to[static MOST_OPTIONS])
{
	size_t n = 0;
	for (int i = 0; i < NROWS; i++)
		if (takes(command, rows[i].of))
			to[n++] = (hg_offered){.name = rows[i].name, .arg = rows[i].arg, .help = rows[i].help, .key = FIRST_ROW + i};
	for (size_t i = 0; i < hg_nformats && i < HG_MOST_WANTED; i++) {
		bool with_file = hg_formats[i].home != HG_HOME_ALWAYS_STDOUT;
		bool page = command && hg_list_has(page_of, command->name) && hg_formats[i].write == hg_write_html;
		if (takes(command, formats_of) || page)
			to[n++] = (hg_offered){.name = hg_formats[i].name, .arg = with_file ? "FILE" : NULL, .help = hg_formats[i].help,
			                       .may_lack = with_file && hg_formats[i].home != HG_HOME_NONE, .key = FIRST_FORMAT + (int)i};
	}
	return n;
}

static const char *name_of(const hg_options *o) { return o->command ? o->command->name : ""; }

static _Noreturn void end_with_hint(const hg_options *o)
{
	fprintf(stderr, "Try `handgrad%s%s --help' for more information.\n", o->command ? " " : "", name_of(o));
	exit(TROUBLE);
}

static void take(hg_options *o, int key, const char *value)
{
	if (key >= FIRST_FORMAT) {
		if (o->nwanted == HG_MOST_WANTED) {
			fprintf(stderr, "handgrad %s: too many reports\n", name_of(o));
			end_with_hint(o);
		}
		o->wanted[o->nwanted++] = (hg_wanted){&hg_formats[key - FIRST_FORMAT], value};
		return;
	}
	const option_row *row = &rows[key - FIRST_ROW];
	const char *wrong = row->set ? row->set(o, value) : hg_document_set(&o->document, row->name, value);
	if (wrong) {
		fprintf(stderr, "handgrad %s: --%s wants %s, not '%s'\n", name_of(o), row->name, wrong, value);
		end_with_hint(o);
	}
}

/* A misspelt option gets the nearest one offered before getopt only says that it does not know it. */
static void refuse_unknown(int argc, char **argv, const hg_offered *offered, size_t n)
{
	static const char *const fixed[] = {"help", "version"};
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (strncmp(argv[i], "--", 2) != 0)
			continue;
		hg_str name = {argv[i] + 2, strcspn(argv[i] + 2, "=")};
		hg_nearest near = hg_nearest_to(name);
		bool found = false;
		for (size_t k = 0; k < n; k++) {
			found |= strncmp(offered[k].name, name.p, name.n) == 0;
			hg_nearest_offer(&near, offered[k].name);
		}
		for (size_t k = 0; k < sizeof fixed / sizeof *fixed; k++) {
			found |= strncmp(fixed[k], name.p, name.n) == 0;
			hg_nearest_offer(&near, fixed[k]);
		}
		if (!found)
			hg_nearest_refuse(&near, "option", "--");
	}
}

static _Noreturn void help(const hg_options *o, const hg_offered *offered, size_t n)
{
	hg_buf text = {0};
	hg_help_write(o->command, offered, n, &text);
	hg_print(hg_buf_slice(&text));
	hg_buf_free(&text);
	exit(0);
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
		exit(TROUBLE);
	}
	hg_nearest_refuse(&near, "command", "");
}

/* "help" and "help check" are what people try first: they mean "--help" and "check --help". */
static void turn_help(int argc, char **argv)
{
	static char help[] = "--help";
	if (argc < 2 || strcmp(argv[1], "help") != 0)
		return;
	argv[1] = argc > 2 ? argv[2] : help;
	if (argc > 2)
		argv[2] = help;
}

static void read_options(int argc, char **argv, hg_options *o)
{
	hg_offered offered[MOST_OPTIONS];
	struct option known[MOST_OPTIONS + 3] = {{"help", no_argument, NULL, 'h'}, {"version", no_argument, NULL, 'V'}};
	const size_t n = offers_of(o->command, offered);
	for (size_t i = 0; i < n; i++)
		known[i + 2] = (struct option){offered[i].name, offered[i].may_lack ? optional_argument : offered[i].arg ? required_argument : no_argument,
		                               NULL, offered[i].key};
	refuse_unknown(argc, argv, offered, n);
	for (int key; (key = getopt_long(argc, argv, "hV", known, NULL)) != -1;) {
		if (key == 'h')
			help(o, offered, n);
		if (key == '?')
			end_with_hint(o);
		if (key == 'V') {
			hg_print(HG_STR("handgrad " HG_VERSION "\n"));
			exit(0);
		}
		take(o, key, optarg);
	}
	o->args = argv + optind;
	o->nargs = (size_t)(argc - optind);
}

void hg_options_read(int argc, char **argv, hg_options *o)
{
	static char name[64], *program = name;
	turn_help(argc, argv);
	*o = (hg_options){.document = hg_document_defaults()};
	if (argc > 1 && argv[1][0] != '-') {
		o->command = command_of(argv[1]);
		snprintf(name, sizeof name, "handgrad %s", o->command->name);
		argv[1] = program; /* what getopt's complaints begin with */
		argc--;
		argv++;
	}
	read_options(argc, argv, o);
	if (!o->command) {
		fputs("handgrad: which command? `handgrad --help' lists them\n", stderr);
		exit(TROUBLE);
	}
}
