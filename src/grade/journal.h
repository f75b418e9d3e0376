/* The journal of a run: a header, then a line for each submission that is done. Lines are appended as they come and
 * brought to the disk; a run that was stopped goes on from there. At the end it is rewritten in order, so that two
 * runs leave the same bytes however they went. */
#ifndef HG_GRADE_JOURNAL_H
#define HG_GRADE_JOURNAL_H

#include "grade/cohort.h"

typedef struct hg_journal {
	const char *path;
	int fd, lock;
} hg_journal;

/* Locks the folder, which it makes where there is none, and reads what an earlier run left: class->record. *trouble is
 * a sentence: another run is writing here, the folder holds something else, it cannot be written. Give the records
 * worth keeping back to hg_journal_begin. */
hg_status hg_journal_open(const char *out, hg_arena *arena, hg_cohort *class, hg_journal *journal, const char **trouble);

hg_status hg_journal_begin(hg_journal *journal, const hg_cohort *class); /* the header, and class->record */
hg_status hg_journal_add(hg_journal *journal, const hg_record *record);
hg_status hg_journal_end(hg_journal *journal, const hg_cohort *class);   /* in order; HG_EIO: errno */
void hg_journal_close(hg_journal *journal);

/* Removes what processes had begun to write when they were ended; only while the folder is locked.
 * errno stays as it was. */
void hg_journal_sweep(const char *out);

/* The journal of another folder, for merging; *trouble as above. */
hg_status hg_journal_read(const char *folder, hg_arena *arena, hg_cohort *class, const char **trouble);

#endif
