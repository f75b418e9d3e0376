/* Which of the document's conditions on indices hold for one line. */
#ifndef HG_CLAIM_LINE_CONDITIONS_H
#define HG_CLAIM_LINE_CONDITIONS_H

#include "claim/reading.h"

/* Those that may hold for a line of a statement. */
void hg_line_conditions(const hg_doc_model *model, size_t statement, const hg_expr *left, const hg_expr *right, hg_line *line);

/* An edited line stands where the other stood. */
void hg_line_inherit(hg_line *edited, const hg_line *line);

/* Without a condition written around it: e |_{i != j}, {e if i = j}. */
const hg_expr *hg_without_condition(const hg_expr *e);

/* Are the values the letters have now among those the reading speaks of? */
bool hg_condition_admits(const hg_line *line, hg_indices which, const hg_doc_model *model, size_t correct, const hg_local *local);

#endif
