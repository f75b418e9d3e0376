/* handgrad-outputs.h — functions of several outputs, and second derivatives: Jacobians, Hessians, products with them.
 *
 * Everything that handgrad.h says of functions, points, settings and verdicts holds here. */
#ifndef HANDGRAD_OUTPUTS_H
#define HANDGRAD_OUTPUTS_H

#include <gsl/gsl_vector.h>
#include <handgrad.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A function of noutputs outputs: writes y, and returns as that of an hg_function does. An output left unwritten, or not
 * finite, cannot be computed there; the others can. */
typedef struct hg_vector_function {
	int (*value)(const gsl_matrix *const x[], void *params, gsl_vector *y);
	size_t noutputs;
	void *params;
} hg_vector_function;

/* A claimed Jacobian: writes J[b], of a row for each output and a column for each entry of x[b], row by row, for every
 * block asked for; J[b] is NULL for the others.
 *
 * Sparsity is optional: depends() says false where an output never depends on an entry. Where 0 is claimed there too,
 * it is not differenced for: entries that share no output are moved at once, so that a band of k costs some k columns.
 * What was said wrongly shows along two directions in which all entries move, and is then differenced for after all. */
typedef struct hg_jacobian {
	int (*value)(const gsl_matrix *const x[], void *params, gsl_matrix *const J[]);
	bool (*depends)(void *params, size_t output, size_t block, size_t i, size_t j); /* NULL: every output on every entry */
	void *params;
} hg_jacobian;

/* One verdict for each output, as hg_check() of that output alone gives it. */
typedef struct hg_jacobian_verdict {
	hg_outcome outcome; /* disagrees if any output does; else cannot tell if any cannot; else agrees */
	size_t noutputs, worst; /* worst: the output that decided */
	hg_verdict **output;
	size_t agree, disagree, cannot_tell; /* entries */
	unsigned long evaluations;           /* of the function: one sweep serves all outputs */
} hg_jacobian_verdict;

/* Checks the claim J of the Jacobian of f. */
HG_API hg_status hg_check_jacobian(const hg_vector_function *f, const hg_jacobian *J, const hg_point *at, const hg_settings *settings,
                                   hg_jacobian_verdict **verdict);

/* Checks a claimed Hessian: as the Jacobian of the gradient g, which is trusted here; check it by hg_check() before. The
 * outputs are the entries of g, in the order of a verdict: block by block, row by row. */
HG_API hg_status hg_check_hessian(const hg_gradient *g, const hg_jacobian *H, const hg_point *at, const hg_settings *settings,
                                  hg_jacobian_verdict **verdict);

/* The product of a Hessian with a direction v: writes p[b] as a gradient does; v[b] has the shape of x[b], and is NULL
 * for blocks not differentiated by. */
typedef struct hg_product {
	int (*value)(const gsl_matrix *const x[], const gsl_matrix *const v[], void *params, gsl_matrix *const p[]);
	void *params;
} hg_product;

/* Checks a claimed product against differences of the trusted gradient g along v, or along a random direction of the
 * seed where v is NULL: one entry of the verdict for each of the product. Some fifty evaluations of g where it is right,
 * whatever its size. */
HG_API hg_status hg_check_hessian_vector(const hg_gradient *g, const hg_product *product, const hg_point *at,
                                         const gsl_matrix *const v[], const hg_settings *settings, hg_verdict **verdict);

HG_API void hg_jacobian_verdict_free(hg_jacobian_verdict *verdict); /* NULL is fine */

/* The message of the output that decided, and how many others there are like it. Outputs are counted from 1. */
HG_API char *hg_jacobian_message(const hg_jacobian_verdict *verdict, const hg_point *at, const char *name);

#ifdef __cplusplus
}
#endif
#endif
