/* Fifty-six families of functions of several entries, with a truth known far beyond double: what the engine is measured on
 * from outside. */
#ifndef HG_TESTS_FAMILIES_H
#define HG_TESTS_FAMILIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FAMILY_ENTRIES = 9, FAMILY_CONSTANTS = 8 };

typedef struct family {
	const char *name;
	size_t n;
	double low, high, furthest;
} family;

extern const family families[];
extern const size_t nfamilies;

/* One case: constants and a point. */
typedef struct instance {
	size_t family, n;
	double x[FAMILY_ENTRIES], c[FAMILY_CONSTANTS];
} instance;

void instance_draw(size_t family, uint64_t seed, bool stress, instance *to);
double instance_value(const instance *of, const double x[]);

/* The slopes at the point, rounded once; false where differences in binary128 do not settle: a kink stands at the point. */
bool instance_truth(const instance *of, double slope[]);

#endif
