/* Second derivatives: the gradient is a function of as many outputs as it has entries. */
#include "base/status.h"
#include "num/check.h"
#include "num/claim.h"
#include "num/point.h"
#include "num/rule.h"
#include "num/screen.h"

#include <math.h>
#include <stdlib.h>

typedef struct second {
	const hg_gradient *g;
	const hg_product *product;
	const hg_point *at;
	gsl_matrix **out;  /* what the gradient, or the product, is written to */
	gsl_matrix **x, **v; /* of a product: the point moved along the direction */
} second;

/* What was written, in the order of a verdict: the k-th number to to[k * stride]. */
static void flatten(const second *s, double to[], size_t stride)
{
	for (size_t b = 0; b < s->at->nblocks; b++)
		for (size_t i = 0; s->out[b] && i < s->out[b]->size1 * s->out[b]->size2; i++, to += stride)
			*to = s->out[b]->data[i];
}

static void forget(const second *s)
{
	for (size_t b = 0; b < s->at->nblocks; b++)
		if (s->out[b])
			gsl_matrix_set_all(s->out[b], NAN);
}

static int gradient_as_map(const gsl_matrix *const x[], void *params, gsl_vector *y)
{
	const second *s = params;
	forget(s);
	const int failed = s->g->value(x, s->g->params, s->out);
	flatten(s, y->data, y->stride);
	return failed;
}

hg_status hg_check_hessian(const hg_gradient *g, const hg_jacobian *H, const hg_point *at, const hg_settings *settings,
                           hg_jacobian_verdict **verdict)
{
	second s = {.g = g, .at = at};
	if (!verdict)
		return HG_EINVAL;
	*verdict = NULL;
	if (!g || !g->value)
		return HG_EINVAL;
	HG_TRY(hg_point_check(at));
	HG_TRY(hg_blocks_new(at, (hg_claimed){.gradient = g, .rows = 1}, &s.out));
	const hg_vector_function map = {gradient_as_map, hg_point_entries(at), &s};
	const hg_status status = hg_check_jacobian(&map, H, at, settings, verdict);
	hg_blocks_free(s.out, at->nblocks);
	return status;
}

/* Rounding of the places is part of the function: it is heard like any other. */
static void move_along(const second *s, double t)
{
	for (size_t b = 0; b < s->at->nblocks; b++) {
		const gsl_matrix *from = s->at->block[b].x;
		for (size_t i = 0; s->v[b] && i < from->size1; i++)
			for (size_t j = 0; j < from->size2; j++)
				s->x[b]->data[i * s->x[b]->tda + j] =
				    from->data[i * from->tda + j] + t * s->v[b]->data[i * s->v[b]->tda + j];
	}
}

static int gradient_along(const gsl_matrix *const t[], void *params, gsl_vector *y)
{
	const second *s = params;
	move_along(s, t[0]->data[0]);
	return gradient_as_map((const gsl_matrix *const *)s->x, params, y);
}

static int product_along(const gsl_matrix *const t[], void *params, gsl_matrix *const J[])
{
	const second *s = params;
	move_along(s, t[0]->data[0]);
	forget(s);
	const int failed = s->product->value((const gsl_matrix *const *)s->x, (const gsl_matrix *const *)s->v,
	                                     s->product->params, s->out);
	flatten(s, J[0]->data, J[0]->tda);
	return failed;
}

/* The direction, or one drawn; false where it has not the shape of the point. */
static bool take_direction(const second *s, const gsl_matrix *const v[], const double u[])
{
	for (size_t b = 0; b < s->at->nblocks; b++) {
		if (!s->v[b])
			continue;
		const size_t n = s->v[b]->size1 * s->v[b]->size2;
		if (v && (!v[b] || v[b]->size1 != s->v[b]->size1 || v[b]->size2 != s->v[b]->size2))
			return false;
		if (v)
			hg_matrix_copy(s->v[b], v[b]);
		for (size_t k = 0; !v && k < n; k++)
			s->v[b]->data[k] = u[k];
		u += n;
	}
	return true;
}

/* So far along the direction do all entries move together as one of them would alone. */
static double typical_step(const second *s)
{
	double sum = 0;
	for (size_t b = 0; b < s->at->nblocks; b++) {
		const gsl_matrix *x = s->at->block[b].x, *v = s->v[b];
		for (size_t k = 0; v && k < v->size1 * v->size2; k++) {
			const double here = x->data[k / x->size2 * x->tda + k % x->size2];
			const double share = v->data[k] / hg_size_of(here, s->at->block[b].scale);
			sum += share * share;
		}
	}
	return isfinite(sum) && sum > 0 ? 1 / sqrt(sum) : 1;
}

/* Outputs of one entry each become entries of one output. */
static hg_status gather(const hg_jacobian_verdict *from, const hg_point *at, hg_verdict **out)
{
	hg_verdict *v;
	HG_TRY(hg_verdict_new(at, &v));
	v->probe_works = true;
	v->evaluations = from->evaluations;
	for (size_t k = 0; k < v->nentries; k++) {
		const hg_entry place = v->entry[k];
		v->entry[k] = from->output[k]->entry[0];
		v->entry[k].block = place.block;
		v->entry[k].i = place.i;
		v->entry[k].j = place.j;
		v->wanted = from->output[k]->wanted;
		v->probe_works = v->probe_works && from->output[k]->probe_works;
		v->tolerance = fmax(v->tolerance, from->output[k]->tolerance);
	}
	hg_verdict_sum(v);
	*out = v;
	return HG_OK;
}

static hg_status check_product(second *s, const hg_settings *settings, hg_verdict **verdict)
{
	double t = 0;
	gsl_matrix_view along = gsl_matrix_view_array(&t, 1, 1);
	hg_block block = {.name = "t", .x = &along.matrix, .wrt = true, .scale = typical_step(s)};
	const hg_point at = {.nblocks = 1, .block = &block};
	const hg_vector_function map = {gradient_along, hg_point_entries(s->at), s};
	const hg_jacobian claimed = {.value = product_along, .params = s};
	hg_jacobian_verdict *found;
	HG_TRY(hg_check_jacobian(&map, &claimed, &at, settings, &found));
	const hg_status status = gather(found, s->at, verdict);
	hg_jacobian_verdict_free(found);
	return status;
}

/* Copies of the point's blocks: those differentiated by move, the others are the caller's own. */
static hg_status blocks_open(second *s)
{
	const hg_claimed like = {.gradient = s->g, .rows = 1};
	s->x = calloc(s->at->nblocks, sizeof *s->x);
	if (!s->x)
		return HG_ENOMEM;
	HG_TRY(hg_blocks_new(s->at, like, &s->out));
	HG_TRY(hg_blocks_new(s->at, like, &s->v));
	for (size_t b = 0; b < s->at->nblocks; b++) {
		gsl_matrix *own = s->at->block[b].x;
		s->x[b] = s->v[b] ? hg_matrix_new(own->size1, own->size2) : own;
		if (!s->x[b])
			return HG_ENOMEM;
	}
	return HG_OK;
}

static void blocks_close(second *s)
{
	for (size_t b = 0; s->x && s->v && b < s->at->nblocks; b++)
		if (s->v[b])
			gsl_matrix_free(s->x[b]);
	free(s->x);
	hg_blocks_free(s->out, s->at->nblocks);
	hg_blocks_free(s->v, s->at->nblocks);
}

hg_status hg_check_hessian_vector(const hg_gradient *g, const hg_product *product, const hg_point *at,
                                  const gsl_matrix *const v[], const hg_settings *settings, hg_verdict **verdict)
{
	second s = {.g = g, .product = product, .at = at};
	if (!verdict)
		return HG_EINVAL;
	*verdict = NULL;
	if (!g || !g->value || !product || !product->value)
		return HG_EINVAL;
	HG_TRY(hg_point_check(at));
	hg_status status = blocks_open(&s);
	double *u = calloc(hg_point_entries(at), sizeof *u);
	if (status == HG_OK && !u)
		status = HG_ENOMEM;
	if (status == HG_OK)
		hg_direction_draw(at, settings ? settings->seed : 0, u);
	if (status == HG_OK && !take_direction(&s, v, u))
		status = HG_EINVAL;
	if (status == HG_OK)
		status = check_product(&s, settings, verdict);
	free(u);
	blocks_close(&s);
	return status;
}
