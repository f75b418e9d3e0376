/* The submissions of a class: DIR/STUDENT.md or DIR/STUDENT/FILE. Names and files are not ours: no link is followed,
 * nothing but a regular file is opened, and what was read is what is judged. */
#ifndef HG_GRADE_FOLDER_H
#define HG_GRADE_FOLDER_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/status.h"

typedef struct hg_submission {
	const char *student; /* name of the file without its ending, or of the folder */
	const char *file;    /* below the folder: "anna.md", "anna/hw3.md"; NULL: see trouble */
	const char *trouble; /* "has no file that could be read (.md .tex .ipynb .txt .rst .py)" */
	const char *page;    /* a name for files about this student: letters, digits and %-escapes, unique */
} hg_submission;

typedef struct hg_cohort_folder {
	int fd; /* of the folder, open */
	const char *path;
	size_t n;
	hg_submission *at; /* by the bytes of the student's name */
} hg_cohort_folder;

/* Is it such a name? Of one that somebody else wrote down, before a path is made of it. */
bool hg_is_page(const char *page);

/* `prefer` is the assignment's file name: of several files of a student the one of that name is taken. The folder is
 * closed by hg_folder_close. HG_EIO: it cannot be read, errno says why. */
hg_status hg_folder_open(const char *path, const char *prefer, hg_arena *arena, hg_cohort_folder *folder);
void hg_folder_close(hg_cohort_folder *folder);

/* The bytes of a submission, at most `most`; *trouble is a sentence and *bytes empty where it cannot be read. */
hg_status hg_folder_read(const hg_cohort_folder *folder, const hg_submission *submission, size_t most, hg_arena *arena,
                         hg_buf *bytes, const char **trouble);

#endif
