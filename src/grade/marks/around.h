/* What stands around a line and takes it back. Words are told by lists of a few languages: who is caught by mistake costs a
 * person a look, and nobody a point. */
#ifndef HG_GRADE_AROUND_H
#define HG_GRADE_AROUND_H

#include "finding/finding.h"

/* The statement a finding is about; NULL. */
const hg_statement *hg_statement_of(const hg_report *report, const hg_finding *finding);

/* A clause for people, or NULL: why the line may not be meant; the same of the whole submission. */
const char *hg_around_doubt(const hg_report *report, const hg_finding *finding);
const char *hg_words_doubt(const hg_report *report);

#endif
