#include "num/claim.h"

#include "base/status.h"
#include "num/constants.h"
#include "num/point.h"
#include "num/rule.h"

#include <fenv.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

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
static int read_rounded(const hg_gradient *gradient, const hg_walk *walk, gsl_matrix **g, int rounding,
                        double out[])
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

/* Raises the noise to the largest change of the claim under directed rounding where the walk is. */
static void listen(hg_claim *c)
{
	for (size_t m = 0; m < PROBE_NMODES; m++) {
		int failed = read_rounded(c->gradient, c->walk, c->g, PROBE_MODES[m], c->scratch);
		for (size_t k = 0; k < c->n; k++) {
			double change = failed ? INFINITY : fabs(c->scratch[k] - c->nearest[k]);
			if (!(change <= c->noise[k]))
				c->noise[k] = isfinite(change) ? change : fabs(c->value[k]);
		}
	}
}

static hg_status fill(hg_claim *c)
{
	if (read_rounded(c->gradient, c->walk, c->g, FE_TONEAREST, c->value) != 0)
		return HG_EFUNC;
	memcpy(c->nearest, c->value, c->n * sizeof *c->value);
	listen(c);
	return HG_OK;
}

hg_status hg_claim_open(const hg_gradient *gradient, hg_walk *walk, hg_claim *c)
{
	const size_t n = hg_point_entries(walk->at);
	*c = (hg_claim){.gradient = gradient, .walk = walk, .n = n};
	hg_status status = hg_blocks_new(walk->at, &c->g);
	c->value = calloc(n, sizeof *c->value);
	c->noise = calloc(n, sizeof *c->noise);
	c->nearest = calloc(n, sizeof *c->nearest);
	c->scratch = calloc(n, sizeof *c->scratch);
	if (!c->value || !c->noise || !c->nearest || !c->scratch)
		status = HG_ENOMEM;
	hg_walk_home(walk);
	if (status == HG_OK)
		status = fill(c);
	hg_walk_home(walk);
	if (status != HG_OK)
		hg_claim_close(c);
	return status;
}

void hg_claim_close(hg_claim *c)
{
	if (c->walk)
		hg_blocks_free(c->g, c->walk->at->nblocks);
	free(c->value);
	free(c->noise);
	free(c->nearest);
	free(c->scratch);
	*c = (hg_claim){0};
}

/* ---- before a claim is called wrong by little ---------------------------------------------------------- */

static void move_by(hg_walk *walk, double share)
{
	for (size_t b = 0; b < walk->at->nblocks; b++) {
		gsl_matrix *x = walk->x[b];
		for (size_t k = 0; walk->at->block[b].wrt && k < x->size1 * x->size2; k++)
			if (isfinite(x->data[k]))
				x->data[k] += share * hg_unit_of(x->data[k], walk->at->block[b].scale);
	}
}

static void doubt(hg_claim *c)
{
	c->doubted = true;
	for (size_t p = 0; p < sizeof CLAIM_APART / sizeof *CLAIM_APART; p++) {
		hg_walk_home(c->walk);
		move_by(c->walk, CLAIM_APART[p]);
		if (read_rounded(c->gradient, c->walk, c->g, FE_TONEAREST, c->nearest) == 0)
			listen(c);
	}
	hg_walk_home(c->walk);
	for (size_t k = 0; k < c->n; k++)
		c->noise[k] *= CLAIM_DOUBT;
}

void hg_claim_decide(hg_claim *c, const hg_settings *settings, size_t k, hg_entry *e)
{
	e->claimed = c->value[k];
	hg_entry_judge(settings, c->noise[k], e);
	const double error = fabs(e->claimed - e->numerical), size = fmax(fabs(e->claimed), fabs(e->numerical));
	const bool close = error <= CLAIM_CLOSE * (e->abserr + c->noise[k] + DBL_EPSILON * size);
	if (e->outcome != HG_DISAGREES || c->doubted || !close)
		return;
	doubt(c);
	hg_entry_judge(settings, c->noise[k], e);
}
