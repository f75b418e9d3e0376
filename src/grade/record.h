/* What is kept of one submission: enough for every page and file about the class. One line of the journal. */
#ifndef HG_GRADE_RECORD_H
#define HG_GRADE_RECORD_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/status.h"
#include "finding/finding.h"
#include "report/score.h"

typedef struct hg_record {
	const char *student, *file, *page;
	const char *key;     /* of everything the result depends on: a hash */
	const char *trouble; /* why it could not be checked; NULL: it was */
	size_t count[HG_NSTATUSES];
	hg_score score;
} hg_record;

/* A line without its end, with a checksum in front; every byte of it ASCII. */
hg_status hg_record_write(const hg_record *record, hg_buf *line);
/* HG_EINVAL: torn, changed by hand, or of another version. */
hg_status hg_record_read(hg_str line, hg_arena *arena, hg_record *record);

/* The checksum lines begin with (FNV-1a, 64 bits). */
unsigned long long hg_record_sum(hg_str text);

#endif
