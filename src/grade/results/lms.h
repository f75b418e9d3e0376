/* Grades into a file a learning platform exported. Nothing is invented: the file's own rows and columns, and of those
 * one column alone; every other byte stays as it was. */
#ifndef HG_GRADE_LMS_H
#define HG_GRADE_LMS_H

#include "grade/cohort.h"

typedef struct hg_lms {
	size_t filled;
	size_t nunknown;         /* submissions nobody in the file has */
	const char **unknown;
	size_t nwaiting;         /* submissions without a score yet: their cells stay as they are */
	const char **waiting;
	size_t nabsent;          /* people in the file without a submission */
	const char **absent;
} hg_lms;

/* `column` is the head of the column, whole or without what stands in brackets behind it ("HW3" for "HW3 (1234)").
 * A student is known by any cell left of it that is exactly his name here: a name, a login, an id, an address or what
 * stands before its @; or, where the submission is named as Moodle does it (NAME_ID_assignsubmission_file_), by that
 * number.
 * HG_EINVAL and *trouble: no such column, or not a CSV file. */
hg_status hg_lms_fill(hg_str bytes, const char *path, const char *column, const hg_cohort *class, hg_arena *arena,
                      hg_buf *out, hg_lms *lms, const char **trouble);

#endif
