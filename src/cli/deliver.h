/* The reports of a run, written to wherever they were asked for. */
#ifndef HG_CLI_DELIVER_H
#define HG_CLI_DELIVER_H

#include "cli/options.h"

/* Files first, standard output last. The exit code: the worst of the reports, or 3. */
int hg_deliver(const hg_report *const *reports, size_t n, const hg_options *options);

#endif
