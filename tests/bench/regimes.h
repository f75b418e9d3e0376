/* Twenty-three kinds of scalar problems with a derivative known to 113 bits: one coordinate of a textbook function
 * or of a small network, ordinary and hard. What the oracle is measured on. */
#ifndef HG_TESTS_REGIMES_H
#define HG_TESTS_REGIMES_H

#include "handgrad.h"

#include <stdbool.h>
#include <stdint.h>

enum { NREGIMES = 23, INPUTS = 3, HIDDEN = 4, BATCH = 5 };

typedef struct problem {
	int regime;
	double x;                  /* the coordinate */
	double y;                  /* label of a scalar function */
	double offset;             /* added to the value */
	double X[BATCH][INPUTS], Y[BATCH];
	double W1[HIDDEN][INPUTS], b1[HIDDEN], W2[HIDDEN], b2;
	int row, column;           /* the coordinate is W1[row][column] */
} problem;

extern const struct regime {
	const char *name;
	bool ordinary; /* one of the ten where a checker has no excuse */
} regimes[NREGIMES];

/* splitmix64; the whole state. */
uint64_t random_next(uint64_t *state);
double random_uniform(uint64_t *state, double a, double b);
double random_gaussian(uint64_t *state);

void problem_draw(int regime, uint64_t *state, problem *p);
double problem_value(const problem *p, double x);    /* in double, but one regime, which computes in float */
double problem_gradient(const problem *p, double x); /* the hand derivation, in double */
double problem_truth(const problem *p, double x);    /* in binary128, rounded once */

#endif
