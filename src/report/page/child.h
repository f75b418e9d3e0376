/* A program run as a child process: no shell, input and output by pipes, limits on its time and memory. */
#ifndef HG_REPORT_CHILD_H
#define HG_REPORT_CHILD_H

#include "base/buf.h"
#include "base/status.h"

typedef struct hg_child {
	char *const *argv; /* argv[0] is looked for in PATH; ends with NULL */
	hg_str in;         /* its standard input */
	unsigned seconds;  /* of processor time, and ten times that in all */
	size_t most;       /* bytes of its output */
	char *const *environment; /* NULL: a clean one */
	bool errors_only;         /* takes its standard error; the standard output goes nowhere. Else the other way round */
} hg_child;

/* Runs it and appends its output to *out. HG_EIO: it could not be started, failed, or did not end in time; *trouble then is
 * a clause that says which ("is not installed", "took too long"), and *out what it said till then. */
hg_status hg_child_run(const hg_child *child, hg_buf *out, const char **trouble);

#endif
