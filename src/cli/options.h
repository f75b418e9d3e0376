/* The options of the command line: one table, from which help, errors and the settings of a run are made. */
#ifndef HG_CLI_OPTIONS_H
#define HG_CLI_OPTIONS_H

#include "document/document.h"

typedef struct hg_command hg_command;

typedef enum hg_dump { HG_DUMP_NOTHING, HG_DUMP_DOC, HG_DUMP_TOKENS, HG_DUMP_TREE, HG_DUMP_NAMES, HG_DUMP_MODEL, HG_DUMP_READINGS, HG_DUMP_PROBLEMS } hg_dump;
typedef enum hg_fail_on { HG_FAIL_ON_DOUBT, HG_FAIL_ON_DISAGREES } hg_fail_on;
typedef enum hg_color { HG_COLOR_AUTO, HG_COLOR_ALWAYS, HG_COLOR_NEVER } hg_color;

/* A report that was asked for; path NULL: where its format says. */
typedef struct hg_wanted {
	const hg_format_row *format;
	const char *path;
} hg_wanted;

enum { HG_MOST_WANTED = 16 };

typedef struct hg_options {
	const hg_command *command;
	size_t nargs;
	char **args; /* what follows the options: files, names */
	hg_document_options document; /* and the settings of a derivation */
	const char *assignment, *only, *out;
	const char *overrides, *into, *column; /* of a class: decisions by hand, a gradebook and the column to fill */
	size_t jobs, shard, nshards;           /* 0: not given */
	hg_dump dump;
	hg_color color;
	bool all, exit_zero;
	bool one_line;           /* --format=line */
	bool junit_places;
	hg_fail_on fail_on;
	/* Sees the reports once they are delivered, or NULL: what watch compares with what was there before. */
	void (*seen)(const hg_report *const *reports, size_t n, void *by);
	void *by;
	size_t nwanted;
	hg_wanted wanted[HG_MOST_WANTED];
} hg_options;

/* Reads the command line. Help, the version and errors end the process here (0 and 3). */
void hg_options_read(int argc, char **argv, hg_options *options);

#endif
