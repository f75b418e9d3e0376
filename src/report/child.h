/* A program run as a child process: no shell, input and output by pipes, limits on its time and memory. */
#ifndef HG_REPORT_CHILD_H
#define HG_REPORT_CHILD_H

#include "base/buf.h"
#include "base/status.h"

/* Runs argv[0] (looked for in PATH, argv ends with NULL) with `in` as its standard input and appends its standard
 * output to *out, at most `most` bytes. Its standard error goes nowhere. It has `seconds` of processor time, and ten
 * times that in all. HG_EIO: it could not be started, failed, or did not end in time; *trouble then is a clause that
 * says which ("is not installed", "took too long"). */
hg_status hg_child_run(char *const argv[], hg_str in, unsigned seconds, size_t most, hg_buf *out,
                       const char **trouble);

#endif
