/* handgrad.h — check a gradient derived by hand against finite differences whose error is bounded.
 *
 * A function of named blocks (GSL matrices) has a value; somebody claims a gradient;
 * hg_check() differences the function numerically and says for every entry whether the claim agrees,
 * disagrees, or cannot be decided here, and to what resolution that was certified. Functions of several outputs, and
 * second derivatives: handgrad-outputs.h.
 *
 * No function exits, aborts or prints. Inputs are bit-identical after every call. GSL's error handler is off while the
 * functions are asked, so that GSL returns a status or NaN outside of a domain; it and the rounding mode are as they
 * were afterwards. Everything returns a status; a verdict is a value.
 */
#ifndef HANDGRAD_H
#define HANDGRAD_H

#ifdef __FAST_MATH__
#error "handgrad needs IEEE arithmetic: compile without -ffast-math"
#endif

#include <gsl/gsl_matrix.h>
#include <gsl/gsl_rng.h>
#include <stdbool.h>
#include <stddef.h>

/* Names and meanings change with the first of these, or with the second while the first is 0. */
#define HANDGRAD_VERSION_MAJOR 0
#define HANDGRAD_VERSION_MINOR 1
#define HANDGRAD_VERSION_PATCH 0

#if defined(__GNUC__)
#define HG_API __attribute__((visibility("default")))
#else
#define HG_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- status: trouble with the machine or the call, never with the mathematics ------------------------- */

typedef enum hg_status {
	HG_OK = 0,
	HG_ENOMEM, /* out of memory */
	HG_EINVAL, /* an argument is missing or the shapes do not fit */
	HG_ESIZE,  /* a size is zero where it must not be, or beyond the limit (GSL's allocators overflow silently) */
	HG_EFUNC,  /* the claimed gradient reported failure at the point; a function that does gives HG_DOMAIN */
	HG_EIO,    /* a file could not be read or written */
	HG_ELIMIT, /* a limit of the program was reached */
} hg_status;

HG_API const char *hg_status_text(hg_status status);

/* Of the library this program runs with: "0.1.0". */
HG_API const char *hg_version(void);

/* ---- what is checked ----------------------------------------------------------------------------------- */

/* A scalar function of `nblocks` matrices. `value` returns 0, or non-zero where it cannot be computed (the
 * point then lies outside the domain); NaN and infinity mean the same. It must be a function of x alone.
 *
 * The poke is optional: keep() evaluates at x once and keeps what it likes, poke() gives the value after the
 * one entry x[block](i,j) has become t, drop() frees. It makes a network a thousand times cheaper to check. It
 * is compared with value() now and then, and never needed. */
typedef struct hg_function {
	int (*value)(const gsl_matrix *const x[], void *params, double *f);
	void *(*keep)(const gsl_matrix *const x[], void *params); /* NULL: out of memory */
	int (*poke)(void *kept, size_t block, size_t i, size_t j, double t, double *f);
	void (*drop)(void *kept);
	void *params;
} hg_function;

/* A claimed gradient: writes g[b], of the shape of x[b], for every block asked for; g[b] is NULL for the others. */
typedef struct hg_gradient {
	int (*value)(const gsl_matrix *const x[], void *params, gsl_matrix *const g[]);
	void *params;
} hg_gradient;

/* A point: named blocks, and which of them the gradient is taken with respect to. */
typedef struct hg_block {
	const char *name;
	gsl_matrix *x;
	bool wrt;
	double scale; /* typical size of its entries, for units far from 1 (1e-10 for lengths of atoms); 0: 1. Steps begin at
	               * the larger of this and |x| */
} hg_block;

typedef struct hg_point {
	size_t nblocks;
	hg_block *block;
	const char *label;  /* what kind of point, for the report: "batch 5", "z = 36.7", or NULL */
	const char *stages; /* of a derivation: the stages it is meant for, separated by spaces; NULL: all */
} hg_point;

typedef struct hg_settings {
	unsigned long seed;
	double rtol;       /* a relative difference up to this is tolerated, and reported as such; 0: the bound alone decides */
	double atol;       /* the same of an absolute difference */
	double resolution; /* relative resolution a claim must be certified to in order to agree; 0: 1e-6. Where the derivative
	                    * almost vanishes it is taken beside the slopes nearby, as long as three digits are left */
	double ftol;       /* the function is computed to this share of itself only (a solver, a quadrature; 1e-16: as exactly as its
	                    * arithmetic goes); 0: nobody knows, and what solvers leave is looked for before a claim is refused by
	                    * little: small jumps and waves nearby, errors as smooth as the function */
	size_t max_evaluations; /* of the function, for the whole check; 0: no limit */
	bool single;       /* the function takes, and computes in, floats: the point and every place are rounded to them, values are
	                    * trusted to a float's rounding at best, and .resolution is 1e-2 where it is 0 */
} hg_settings;

/* ---- the verdict ------------------------------------------------------------------------------------------ */

typedef enum hg_outcome { HG_AGREES, HG_DISAGREES, HG_CANNOT_TELL } hg_outcome;

/* What the function looks like around the point along one entry. */
typedef enum hg_class {
	HG_SMOOTH, HG_NEAR_KINK, HG_NOISY, HG_FLAT,                      /* carry a bound */
	HG_KINK,                                                         /* two one-sided slopes */
	HG_JUMP, HG_STAIRCASE, HG_DOMAIN_EDGE, HG_DOMAIN, HG_UNRESOLVED, /* carry no verdict */
} hg_class;

typedef enum hg_reason {
	HG_WITHIN_BOUND,     /* agrees, certified to .resolution */
	HG_BOTH_ZERO,        /* agrees: claimed and numerical are 0, exactly or beside the slopes nearby; no evidence */
	HG_WITHIN_RTOL,      /* outside the bound, within the tolerance asked for */
	HG_OUTSIDE_BOUND,    /* disagrees */
	HG_OUTSIDE_SLOPES,   /* disagrees: at a kink, and outside the one-sided slopes */
	HG_CLAIM_NOT_FINITE, /* disagrees: NaN or infinity claimed where the function has a derivative */
	HG_LOW_RESOLUTION,   /* cannot tell: the bound is wider than the resolution wanted */
	HG_CLAIM_NOISY,      /* cannot tell: the claim itself is computed too roughly (formula right, numerics poor) */
	HG_AT_KINK,          /* cannot tell: between the one-sided slopes */
	HG_NO_DERIVATIVE,    /* cannot tell: jump, staircase, edge or outside of the domain, unresolved: see the class */
	HG_OUT_OF_BUDGET,    /* cannot tell: max_evaluations */
	HG_NOT_OF_X_ALONE,   /* cannot tell: the function gave two different values at the same point */
	HG_WITHIN_TOLERANCE, /* cannot tell: off by little at every place, by another share at each: the function may be computed to
	                      * a tolerance. Say how exactly it is in .ftol, and the bound alone decides */
} hg_reason;

typedef struct hg_entry {
	size_t block, i, j;
	double claimed, numerical, abserr; /* the derivative lies within numerical +- abserr */
	double left, right;                /* one-sided slopes, at a kink; NaN otherwise */
	double step;                       /* scale of the differences that gave the bound */
	double typical;                    /* slope of the function nearby, beside which 0 is 0; where flat: |f| / max(|x|, 1) */
	double resolution;                 /* (|claimed - numerical| + abserr + rounding of the claim) / the larger of the two;
	                                    * both 0: NaN */
	hg_class kind;
	hg_outcome outcome;
	hg_reason reason;
} hg_entry;

typedef struct hg_verdict {
	hg_outcome outcome; /* disagrees if any entry does; else cannot tell if any entry cannot; else agrees */
	hg_reason reason;   /* of the worst entry */
	size_t nentries, worst; /* worst: index of the entry that decided */
	hg_entry *entry;        /* block by block, row by row */
	size_t agree, disagree, cannot_tell;
	size_t zeros;            /* of those that agree: zero against zero, which shows nothing */
	double max_abs, max_rel; /* largest discrepancy; its relative size */
	double resolution;       /* the coarsest among the agreeing entries that are not both zero */
	double tolerance;        /* the function seems to be computed to this share of itself, or is said to be; 0: exactly */
	double wanted;           /* the resolution asked for */
	bool probe_works;        /* rounding modes reach the function; otherwise noise was estimated from residuals */
	unsigned long evaluations, pokes;
} hg_verdict;

/* Checks the claim g of the gradient of f at the point. HG_OK and *verdict, or a status and *verdict = NULL. */
HG_API hg_status hg_check(const hg_function *f, const hg_gradient *g, const hg_point *at, const hg_settings *settings,
                          hg_verdict **verdict);

/* The numerical side alone: every entry's derivative with its bound and class; claimed is NaN. */
HG_API hg_status hg_differentiate(const hg_function *f, const hg_point *at, const hg_settings *settings,
                                  hg_verdict **numerical);

/* Judges another claim against derivatives already known, which changes *numerical in place: no evaluation
 * of f is spent, and only differences beyond the stored bounds are seen. */
HG_API hg_status hg_compare(const hg_gradient *g, const hg_point *at, const hg_settings *settings,
                            hg_verdict *numerical);

/* The path test: f(b) - f(a) = integral of <gradient, b - a> along the segment; sees wrong branches and thresholds. */
HG_API hg_status hg_check_path(const hg_function *f, const hg_gradient *g, const hg_point *from, const hg_point *to,
                               const hg_settings *settings, hg_entry *verdict);

/* A gradient of very many entries in one call: the path test along one random direction in each block, from a little
 * before the point to a little behind it. One entry of the verdict for each block differentiated by: the slopes claimed
 * and found along the direction. A block that disagrees is halved until one wrong entry is left, whose place and slopes
 * the entry then has. Some ten evaluations of f and some fifty of g a block, whatever its size; an error is seen that
 * shows in the whole block's slope, of one entry among 100,000 if it is wrong by some per cent. */
HG_API hg_status hg_check_direction(const hg_function *f, const hg_gradient *g, const hg_point *at,
                                    const hg_settings *settings, hg_verdict **verdict);

HG_API void hg_verdict_free(hg_verdict *verdict); /* NULL is fine */

/* The part of a verdict on one block: its entries with their counts and worst. A view: not to be freed. Cannot tell where
 * the block was not differentiated by. */
HG_API hg_verdict hg_verdict_of_block(const hg_verdict *verdict, size_t block);

HG_API const char *hg_outcome_text(hg_outcome outcome); /* "agrees", "disagrees", "cannot-tell" */
HG_API const char *hg_class_text(hg_class kind);        /* "smooth", "near-kink", ... */
HG_API const char *hg_reason_text(hg_reason reason);    /* a clause for people */

/* The message for one verdict, as the command prints it: a malloc'ed string, or NULL when out of memory. */
HG_API char *hg_verdict_message(const hg_verdict *verdict, const hg_point *at, const char *name);

/* All entries, one a line: name, claimed, numerical, bound, verdict and why. malloc'ed, or NULL when out of memory. */
HG_API char *hg_verdict_list(const hg_verdict *verdict, const hg_point *at);

/* ---- points ------------------------------------------------------------------------------------------------ */

/* Adds a block of zeros (rows x cols, checked against the limits) to a point; *x is owned by the point, the name is not:
 * it must live as long. */
HG_API hg_status hg_point_add(hg_point *point, const char *name, size_t rows, size_t cols, gsl_matrix **x);
HG_API void hg_point_clear(hg_point *point);

/* ---- derivations ------------------------------------------------------------------------------------------- */

/* One step of a derivation: a function of the blocks, the block(s) it is differentiated by, the gradient claimed. */
typedef struct hg_stage {
	const char *name;    /* "dW2" */
	const char *formula; /* the claim in LaTeX: "dW_2 = \\frac{1}{m} dZ_2 A_1^T" */
	const char *wrt;     /* names of blocks, separated by spaces */
	hg_function f;
	hg_gradient g;
	const char *uses;    /* the stages above whose claims this one builds on, separated by spaces; NULL: none */
} hg_stage;

/* A classic wrong version of a stage's gradient, and the slip (id in slips.def) it commits. */
typedef struct hg_twin {
	const char *stage, *slip;
	const char *formula;
	hg_gradient g;
} hg_twin;

/* A derivation: one C file, one record. point() builds the k-th of npoints points; the same blocks serve all stages. */
typedef struct hg_derivation {
	const char *name, *title;
	const hg_stage *stage;
	size_t nstages;
	const hg_twin *twin;
	size_t ntwins;
	size_t npoints;
	hg_status (*point)(size_t k, gsl_rng *rng, hg_point *point);
} hg_derivation;

/* Checks every stage at every point, and that every twin is refused at one. *message: NULL where all is well, else a
 * malloc'ed string on the first that is not. */
HG_API hg_status hg_check_derivation(const hg_derivation *derivation, const hg_settings *settings, char **message);

#ifdef __cplusplus
}
#endif
#endif
