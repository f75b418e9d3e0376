#include "num/claim.h"

#include "base/status.h"
#include "num/point.h"

#include <fenv.h>
#include <math.h>
#include <stdlib.h>

void hg_blocks_free(gsl_matrix **g, size_t n)
{
	for (size_t b = 0; g && b < n; b++)
		gsl_matrix_free(g[b]);
	free(g);
}

hg_status hg_blocks_new(const hg_point *at, gsl_matrix ***out)
{
	gsl_matrix **g = calloc(at->nblocks, sizeof *g);
	if (!g)
		return HG_ENOMEM;
	for (size_t b = 0; b < at->nblocks; b++) {
		const gsl_matrix *x = at->block[b].x;
		if (at->block[b].wrt && !(g[b] = hg_matrix_new(x->size1, x->size2))) {
			hg_blocks_free(g, at->nblocks);
			return HG_ENOMEM;
		}
	}
	*out = g;
	return HG_OK;
}

int hg_claim_read(const hg_gradient *gradient, const hg_walk *walk, gsl_matrix **g)
{
	for (size_t b = 0; b < walk->at->nblocks; b++)
		for (size_t i = 0; g[b] && i < g[b]->size1 * g[b]->size2; i++)
			g[b]->data[i] = NAN;
	return gradient->value((const gsl_matrix *const *)walk->x, gradient->params, g);
}

/* The claim under one rounding mode, block after block. */
static int read_rounded(const hg_gradient *gradient, const hg_walk *walk, gsl_matrix **g, int rounding, double out[])
{
	size_t k = 0;
	fesetround(rounding);
	int failed = hg_claim_read(gradient, walk, g);
	fesetround(FE_TONEAREST);
	for (size_t b = 0; b < walk->at->nblocks; b++)
		for (size_t i = 0; g[b] && i < g[b]->size1 * g[b]->size2; i++)
			out[k++] = g[b]->data[i];
	return failed;
}

static hg_status fill(const hg_gradient *gradient, hg_walk *walk, gsl_matrix **g, double scratch[], hg_claim *claim)
{
	static const int directed[] = {FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};
	if (read_rounded(gradient, walk, g, FE_TONEAREST, claim->value) != 0)
		return HG_EFUNC;
	for (size_t m = 0; m < sizeof directed / sizeof *directed; m++) {
		int failed = read_rounded(gradient, walk, g, directed[m], scratch);
		for (size_t k = 0; k < claim->n; k++) {
			double change = failed ? INFINITY : fabs(scratch[k] - claim->value[k]);
			if (!(change <= claim->noise[k]))
				claim->noise[k] = isfinite(change) ? change : fabs(claim->value[k]);
		}
	}
	return HG_OK;
}

hg_status hg_claim_open(const hg_gradient *gradient, hg_walk *walk, hg_claim *claim)
{
	gsl_matrix **g = NULL;
	const size_t n = hg_point_entries(walk->at);
	*claim = (hg_claim){.n = n};
	HG_TRY(hg_blocks_new(walk->at, &g));
	claim->value = calloc(n, sizeof *claim->value);
	claim->noise = calloc(n, sizeof *claim->noise);
	double *scratch = calloc(n, sizeof *scratch);
	hg_walk_home(walk);
	hg_status status = claim->value && claim->noise && scratch ? fill(gradient, walk, g, scratch, claim) : HG_ENOMEM;
	hg_walk_home(walk);
	free(scratch);
	hg_blocks_free(g, walk->at->nblocks);
	if (status != HG_OK)
		hg_claim_close(claim);
	return status;
}

void hg_claim_close(hg_claim *claim)
{
	free(claim->value);
	free(claim->noise);
	*claim = (hg_claim){0};
}
