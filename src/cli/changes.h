/* What needs her in one check, and what that is beside the check before: "mended 5.1; new 7.2". */
#ifndef HG_CLI_CHANGES_H
#define HG_CLI_CHANGES_H

#include "report/report.h"

/* One line a problem: id, what it is about, what was written; parted by tabs. Ids move when lines come and go, the other
 * two tell a problem from another. */
void hg_problems_list(const hg_report *const *reports, size_t n, hg_buf *out);

/* In words, what is on only one of the lists; nothing where they are alike. */
void hg_changes_say(hg_str before, hg_str now, hg_buf *out);

#endif
