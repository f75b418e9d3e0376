/* What a line that differs may say instead. Each is a doubt: doubts.c. */
#ifndef HG_VERDICT_SITUATIONS_H
#define HG_VERDICT_SITUATIONS_H

#include "verdict/session.h"

bool hg_is_spoken_of(hg_doc_model *model, const hg_var *v); /* by an equation of the document, as the name stands */

bool hg_is_of_numbers(hg_doc_model *model, const hg_expr *e); /* nothing but numbers; e is one unless an equation says what it is */

const hg_expr *hg_unknown_name(const hg_judged *j); /* that the claim speaks of and no equation does; NULL: there is none */
bool hg_names_the_unknown(const hg_session *s, const hg_judged *j);
bool hg_puts_numbers_in(const hg_session *s, const hg_judged *j);
bool hg_is_total_differential(const hg_session *s, const hg_judged *j);
bool hg_is_defined_otherwise(const hg_session *s, const hg_judged *j);
bool hg_words_name_another(const hg_session *s, const hg_judged *j);
bool hg_uses_signal_of_two(const hg_session *s, const hg_judged *j);
bool hg_is_off_by_other_total(const hg_session *s, const hg_judged *j);
bool hg_is_off_by_unknown_divisor(const hg_session *s, const hg_judged *j);
bool hg_labels_are_unsaid(const hg_session *s, const hg_judged *j);
bool hg_lacks_samples(const hg_session *s, const hg_judged *j);
bool hg_sums_what_is_not_said(const hg_session *s, const hg_judged *j);

#endif
