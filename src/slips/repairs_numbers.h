/* The repairs of a gradient of which only the numbers are known: a C module has no formula to edit. Yours and the
 * numerical gradient of one block, at several points, beside the matrices known there. */
#ifndef HG_SLIPS_REPAIRS_NUMBERS_H
#define HG_SLIPS_REPAIRS_NUMBERS_H

#include "finding/finding.h"
#include "slips/slips.h"

typedef struct hg_known {
	const char *name;    /* "A1" */
	const gsl_matrix *x;
} hg_known;

/* One block at one point. All shots of a claim name the same known matrices in the same order. */
typedef struct hg_shot {
	const gsl_matrix *claimed, *numerical, *abserr; /* of one shape; an entry without a bound has abserr NaN */
	size_t nknown;
	const hg_known *known; /* blocks of the point, and intermediates if there are any */
	double samples, outputs; /* m and the units of the last layer; 0: not known */
} hg_shot;

typedef struct hg_numbers_found {
	size_t nslips;
	const hg_slip_found *slip; /* .repaired says what mends it, in words of matrices: "yours ⊙ 1{Z1 > 0}" */
	double ratio;              /* yours / numerical where it is the same in every wrong entry of every shot; else NaN */
	const char *pattern;       /* which entries are wrong and how; NULL: nothing simple */
} hg_numbers_found;

/* Tries every repair of the catalogue that numbers allow. A slip is found only if its repair brings every entry of
 * every shot within its bound and at least one of them was outside. No shot wrong: nothing found. */
hg_status hg_diagnose_numbers(const hg_shot *shot, size_t nshots, hg_arena *arena, hg_numbers_found *found);

/* Commits each of these slips in the numerical gradient itself; counts those that some entry of some shot refuses. */
hg_status hg_power_of_numbers(const hg_shot *shot, size_t nshots, hg_power *power);

/* The sentence on the pattern alone, and the ratio; for documents too. */
hg_status hg_pattern_of(const hg_shot *shot, size_t nshots, hg_arena *arena, double *ratio, const char **pattern);

/* Is a within the bound of entry (i,j) of the shot? Beside abserr it allows for the rounding of a itself. */
bool hg_shot_agrees(const hg_shot *shot, size_t i, size_t j, double a);

#endif
