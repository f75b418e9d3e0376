/* An equation solved for its derivative. */
#ifndef HG_CLAIM_SOLVE_H
#define HG_CLAIM_SOLVE_H

#include "model/model.h"

typedef enum hg_solved {
	HG_SOLVED_NOT,  /* it has another form, or is solved already */
	HG_SOLVED,
	HG_SOLVED_ZERO, /* it was D - R = 0, which may as well ask where that vanishes */
} hg_solved;

/* Of c D = R, -D = R, D / c = R, D^T = R^T, D - R = 0 or R = D, with one derivative D (or gradient's name) and numbers c: left and
 * right become D and what the equation says it is. Gives HG_SOLVED_NOT where memory ends. */
hg_solved hg_solve_for_derivative(hg_doc_model *model, const hg_expr **left, const hg_expr **right, hg_arena *arena);

#endif
