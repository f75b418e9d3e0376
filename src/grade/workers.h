/* Many small pieces of work, each in a process of its own: one that crashes, hangs or eats memory is reported, and the
 * others go on. */
#ifndef HG_GRADE_WORKERS_H
#define HG_GRADE_WORKERS_H

#include "base/buf.h"
#include "base/status.h"

typedef struct hg_workers {
	size_t n, jobs;       /* pieces; processes at a time */
	unsigned cpu_seconds; /* of each; ten times that in all, for a machine that is busy */
	size_t memory;        /* bytes of address space of each; 0: no limit */
	void *self;
	/* Here, before the process starts: HG_OK to go on, *skip to leave piece i out. */
	hg_status (*prepare)(void *self, size_t i, bool *skip);
	/* In the process: the answer, whatever it is. */
	hg_status (*work)(void *self, size_t i, hg_buf *answer);
	/* Here, afterwards: the answer, or NULL and a sentence on how the process ended without one. */
	hg_status (*take)(void *self, size_t i, const hg_buf *answer, const char *died);
} hg_workers;

/* HG_OK when every piece was taken or skipped; else the status of the first prepare or take that failed, or HG_EIO when
 * no process can be started. *signal is SIGINT or SIGTERM if that stopped it, after every child was ended. */
hg_status hg_workers_run(const hg_workers *workers, int *signal);

#endif
