/* A class as data: what its pages and files are made of, whether it was graded at once or in shards. */
#ifndef HG_GRADE_COHORT_H
#define HG_GRADE_COHORT_H

#include "grade/record.h"
#include "grade/marks/steps.h"

typedef struct hg_cohort {
	const char *assignment; /* path, for titles */
	const char *run;        /* hash of everything but the submissions: assignment, settings, version */
	size_t shard, nshards;  /* 1 of 1: all of them */
	size_t nstudents;       /* in all shards */
	hg_steps steps;
	size_t nwarnings;
	const char **warning;   /* about what was decided by hand; of a run alone */
	size_t nrecords;
	hg_record *record;      /* by the bytes of the student's name */
} hg_cohort;

void hg_cohort_sort(hg_cohort *class);

/* Everything about the class below the folder: index.html, grades.csv, junit.xml, gradescope/. Whole files or none.
 * HG_EIO: errno and *path say what and where. */
hg_status hg_cohort_write(const hg_cohort *class, const char *out, hg_arena *arena, const char **path);

hg_status hg_cohort_page(const hg_cohort *class, hg_buf *out);    /* index.html */
hg_status hg_cohort_csv(const hg_cohort *class, hg_buf *out);     /* grades.csv */
hg_status hg_cohort_junit(const hg_cohort *class, hg_buf *out);   /* junit.xml */
hg_status hg_cohort_gradescope(const hg_record *record, hg_buf *out); /* results.json of one student */

#endif
