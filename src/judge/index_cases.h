/* Lines for some values of their indices alone. */
#ifndef HG_JUDGE_INDEX_CASES_H
#define HG_JUDGE_INDEX_CASES_H

#include "judge/reading.h"

/* Is the statement i = j, or i != j, of two letters? */
bool hg_index_case_of(const hg_statements *said, const hg_statement *s, hg_index_case *found);
/* The condition under which the line of the statement being judged is meant; false: none is near. */
bool hg_index_case_near(const hg_doc_model *model, const hg_line *line, hg_index_case *found);

#endif
