/* Nineteen textbook functions with their true derivatives and classic slips, at typical and at stress points. */
#ifndef HG_TESTS_CORPUS_H
#define HG_TESTS_CORPUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MOST_SLIPS = 4, POINTS = 40 };

typedef enum domain { REAL, POSITIVE, SHARE } domain;

typedef struct curve {
	const char *name;
	domain domain;
	double (*f)(double x);       /* in double */
	double (*single)(double x);  /* in float */
	double (*d)(double x);       /* f', in binary128, rounded once */
	void (*slips)(double x, double out[MOST_SLIPS]); /* NaN where there are fewer */
} curve;

extern const curve curves[];
extern const size_t ncurves;

/* How f is computed: as written, in float, with noise of 1e-9 |f|, with 1e6 added, times 1e-7, times 1e7. */
typedef enum variant { PLAIN, SINGLE, NOISY, OFFSET, SMALL, LARGE, NVARIANTS } variant;

extern const char *const variants[NVARIANTS];

double curve_value(const curve *c, variant v, double x);
double curve_factor(variant v); /* of the derivative */

/* The k-th point: typical in [-3,3] or the domain; stress with |x| log-uniform in 1e-8 .. 316, p down to 1e-8. */
typedef enum points { TYPICAL, STRESS } points;
double curve_point(const curve *c, points where, uint64_t *state);

/* Wrong by more than 1 %, and by more than the last bit of f shows: below that nobody can see it in doubles. */
bool is_wrong(const curve *c, double x, double claim);

#endif
