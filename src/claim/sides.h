/* The two sides of a claim in one world. */
#ifndef HG_CLAIM_SIDES_H
#define HG_CLAIM_SIDES_H

#include "claim/reading.h"

typedef struct hg_sides {
	bool local;          /* a derivative of an array by an array */
	hg_shape shape;      /* of the numerical side */
	double *numerical;
	hg_tensor tensor;    /* of a local derivative, by its axes */
	gsl_matrix *jacobian;
	double error;        /* what its entries may be off by */
	hg_shape above, below; /* of what is differentiated, and of the variable */
} hg_sides;

/* The left side: numbers found by differencing, or by evaluating it. False: ev->trouble says why there are none. */
bool hg_sides_left(hg_eval *ev, const hg_asked *asked, hg_sides *sides, hg_try *result);

/* The right side evaluated as it stands, and compared. */
void hg_sides_literal(hg_eval *ev, const hg_asked *asked, hg_sides *sides, hg_try *result);

/* The right side as a product of scalars or of linear maps, whatever the order and the transposes written. */
void hg_sides_pretended(hg_eval *ev, const hg_asked *asked, hg_sides *sides, hg_try *result);

#endif
