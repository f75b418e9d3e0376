/* Programs that compute a smooth function to a tolerance, as programs do: what the engine is measured on where no rounding
 * mode tells how exactly a value is computed. */
#ifndef HG_TESTS_SOLVERS_H
#define HG_TESTS_SOLVERS_H

#include <stdbool.h>
#include <stddef.h>

enum { SOLVER_CONSTANTS = 4 };

/* value() is within some tolerances of a function whose slope is slope(), to the last digits. Constants lie between 0.2 and
 * 1.2. */
typedef struct solver {
	const char *name;
	double (*value)(double x, double tolerance, const double c[]);
	double (*slope)(double x, const double c[]);
	double low, high; /* of x */
	double finest;    /* the least tolerance the program can be asked for */
	bool smooth;      /* its error is as smooth as the function */
} solver;

extern const solver solvers[];
extern const size_t nsolvers;

#define SOLVER(name, low, high, finest, smooth)                       \
	double solver_##name(double x, double tolerance, const double c[]); \
	double solver_##name##_slope(double x, const double c[]);
#include "solvers.def"
#undef SOLVER

#endif
