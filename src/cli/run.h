/* The reports of one run of the command, each with its arena. */
#ifndef HG_CLI_RUN_H
#define HG_CLI_RUN_H

#include "cli/options.h"

typedef struct hg_run {
	size_t n;
	hg_report *report;
	hg_arena **arena;       /* of each report */
	const hg_report **list; /* pointers to the reports, for the writers */
} hg_run;

/* Room for n reports, each with a fresh arena; false, and said so, when out of memory. */
bool hg_run_new(size_t n, hg_run *run);

/* Says on standard error what is wrong with a source: the trouble, one sentence with its place, or, where that is
 * NULL or memory ran out, the title and the status. */
void hg_run_complain(const char *title, const char *trouble, hg_status status);

/* The same, and report i notes that it could not be made. */
void hg_run_trouble(hg_run *run, size_t i, const char *title, const char *trouble, hg_status status);

/* Keeps what --only names, delivers, frees. The exit code. */
int hg_run_end(hg_run *run, const hg_options *options);

#endif
