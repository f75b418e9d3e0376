/* Arithmetic shown with its digits. */
#ifndef HG_JUDGE_NUMBERS_H
#define HG_JUDGE_NUMBERS_H

#include "judge/judging.h"

/* Values the document gave to names, in the order given. */
typedef struct hg_value_given {
	hg_ref name;
	const hg_expr *value;
	struct hg_value_given *before;
} hg_value_given;

typedef enum hg_sum_check { HG_SUM_RIGHT, HG_SUM_WRONG, HG_SUM_OPEN } hg_sum_check;

/* Do two numeric expressions have the same value, to the digits `shown` is written with? */
hg_status hg_numbers_check(hg_setting *setting, const hg_expr *from, const hg_expr *shown, const hg_value_given *given,
                           hg_arena *scratch, hg_sum_check *check, double *value, double *written);
/* Is there a value, by numbers and what was given? */
bool hg_numbers_known(hg_setting *setting, const hg_expr *e, const hg_value_given *given, hg_arena *scratch);

#endif
