/* A whole class: each submission judged in a process of its own, a page for each student, then the pages and files
 * about the class. */
#ifndef HG_GRADE_GRADE_H
#define HG_GRADE_GRADE_H

#include "grade/cohort.h"
#include "grade/marks/overrides.h"
#include "report/report.h"

typedef struct hg_grade {
	const char *folder, *out;
	const char *assignment;  /* path */
	const char *settings;    /* everything else a result depends on, as text */
	hg_steps steps;
	hg_overrides overrides;
	size_t jobs, shard, nshards; /* shard 1 of 1: all */
	unsigned cpu_seconds;        /* for one submission; 0: 10 */
	const hg_budget *limits;     /* of one submission; NULL: the usual ones */
	hg_write_options write;
	void *self;
	/* Judges one submission; runs in the process of that submission. */
	hg_status (*judge)(void *self, const hg_source *source, hg_arena *arena, hg_report *report);
	void (*progress)(size_t done, size_t n, const char *student); /* NULL: none */
} hg_grade;

/* Grades what is not graded yet. HG_OK and *class; HG_EIO or HG_EINVAL and *trouble, a sentence; HG_ENOMEM. *signal:
 * it was asked to stop; what is done is kept. What was decided by hand and cannot be meant so is marked in
 * grade->overrides and said in class->warning. */
hg_status hg_grade_run(hg_grade *grade, hg_arena *arena, hg_cohort *class, int *signal, const char **trouble);

/* Puts the shards of a class together in a new folder: their pages, then everything about the class. */
hg_status hg_grade_merge(const char *const *folders, size_t n, const char *out, hg_arena *arena, hg_cohort *class,
                         const char **trouble);

#endif
