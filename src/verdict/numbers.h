/* Arithmetic shown with its digits. */
#ifndef HG_VERDICT_NUMBERS_H
#define HG_VERDICT_NUMBERS_H

#include "claim/judging.h"

/* What the document said a name or a derivative is worth, in the order said: numbers, or a formula that was found right. */
typedef struct hg_value_given {
	hg_ref name;         /* of a name; of a derivative its base is empty */
	const hg_expr *left; /* as written */
	const hg_expr *value; /* NULL: a formula that was not found right */
	bool formula;
	struct hg_value_given *before;
} hg_value_given;

/* Where the derivatives in a formula have their values from. */
typedef enum hg_worth {
	HG_WORTH_SHOWN,   /* the numbers shown for them last, */
	HG_WORTH_DERIVED, /* or their own formulas: the numbers may be those of an earlier example */
} hg_worth;

typedef enum hg_sum_check {
	HG_SUM_RIGHT, HG_SUM_WRONG, HG_SUM_OPEN,
	HG_SUM_DOUBT, /* right only if numbers written with fewer digits than the result are rounded ones */
} hg_sum_check;

typedef struct hg_numbers {
	hg_setting *setting;
	const hg_value_given *given;
	hg_worth worth;
	hg_arena *scratch;
} hg_numbers;

/* Do two expressions have the same value, to the digits `shown` is written with? */
hg_status hg_numbers_check(const hg_numbers *n, const hg_expr *from, const hg_expr *shown, hg_sum_check *check, double *value,
                           double *written);
/* A derivative of the loss against its value by differencing, at the numbers given for inputs and parameters, nothing on
 * the way rounded. Room is what rounding may do; further off by less than `grey` of the value it is open. */
hg_status hg_numbers_check_slope(const hg_numbers *n, const hg_expr *derivative, const hg_expr *shown, hg_sum_check *check,
                                 double *value, double *written);
/* Is there a value, by numbers and what was given? */
bool hg_numbers_known(const hg_numbers *n, const hg_expr *e);

#endif
