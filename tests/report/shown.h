/* A report made by hand, with one finding of every kind: what the writers are tried on without a judge. */
#ifndef HG_TESTS_REPORT_SHOWN_H
#define HG_TESTS_REPORT_SHOWN_H

#include "finding/finding.h"

/* The report of a document; foreign text in it is hostile when `hostile` is not NULL (it replaces names). */
const hg_report *shown_document(hg_arena *arena, const char *hostile);
/* The report of a C derivation. */
const hg_report *shown_derivation(hg_arena *arena);

#endif
