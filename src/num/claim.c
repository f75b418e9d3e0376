#include "num/claim.h"

#include "base/status.h"
#include "num/constants.h"
#include "num/point.h"
#include "num/rule.h"

#include <fenv.h>
#include <float.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

void hg_blocks_free(gsl_matrix **g, size_t n)
{
	for (size_t b = 0; g && b < n; b++)
		gsl_matrix_free(g[b]);
	free(g);
}

hg_status hg_blocks_new(const hg_point *at, hg_claimed of, gsl_matrix ***out)
{
	gsl_matrix **g = calloc(at->nblocks, sizeof *g);
	if (!g)
		return HG_ENOMEM;
	for (size_t b = 0; b < at->nblocks; b++) {
		const gsl_matrix *x = at->block[b].x;
		if (!at->block[b].wrt)
			continue;
		g[b] = of.jacobian ? hg_matrix_new(of.rows, x->size1 * x->size2) : hg_matrix_new(x->size1, x->size2);
		if (!g[b]) {
			hg_blocks_free(g, at->nblocks);
			return HG_ENOMEM;
		}
	}
	*out = g;
	return HG_OK;
}

int hg_claim_read(hg_claimed of, const hg_walk *walk, gsl_matrix **g)
{
	const gsl_matrix *const *x = (const gsl_matrix *const *)walk->x;
	for (size_t b = 0; b < walk->at->nblocks; b++)
		for (size_t i = 0; g[b] && i < g[b]->size1 * g[b]->size2; i++)
			g[b]->data[i] = NAN;
	return of.jacobian ? of.jacobian->value(x, of.jacobian->params, g) : of.gradient->value(x, of.gradient->params, g);
}

/* The claim under one rounding mode, row after row, block after block. */
static int read_rounded(hg_claim *c, int rounding, double out[])
{
	fesetround(rounding);
	int failed = hg_claim_read(c->of, c->walk, c->g);
	fesetround(FE_TONEAREST);
	for (size_t row = 0; row < c->of.rows; row++)
		for (size_t b = 0; b < c->walk->at->nblocks; b++) {
			const size_t n = c->g[b] ? c->g[b]->size1 * c->g[b]->size2 / c->of.rows : 0;
			if (n)
				memcpy(out, c->g[b]->data + row * n, n * sizeof *out);
			out += n;
		}
	return failed;
}

/* Raises the noise to the largest change of the claim under directed rounding where the walk is. */
static void listen(hg_claim *c, double noise[])
{
	for (size_t m = 0; m < PROBE_NMODES; m++) {
		int failed = read_rounded(c, PROBE_MODES[m], c->scratch);
		for (size_t k = 0; k < c->n * c->of.rows; k++) {
			double change = failed ? INFINITY : fabs(c->scratch[k] - c->nearest[k]);
			if (!(change <= noise[k]))
				noise[k] = isfinite(change) ? change : fabs(c->value[k]);
		}
	}
}

static hg_status fill(hg_claim *c)
{
	if (read_rounded(c, FE_TONEAREST, c->value) != 0)
		return HG_EFUNC;
	memcpy(c->nearest, c->value, c->n * c->of.rows * sizeof *c->value);
	listen(c, c->noise);
	return HG_OK;
}

hg_status hg_claim_open(hg_claimed of, hg_walk *walk, hg_claim *c)
{
	*c = (hg_claim){.of = of, .walk = walk, .n = hg_point_entries(walk->at)};
	const size_t all = c->n * of.rows;
	hg_status status = hg_blocks_new(walk->at, of, &c->g);
	c->value = calloc(all, sizeof *c->value);
	c->noise = calloc(all, sizeof *c->noise);
	c->louder = calloc(all, sizeof *c->louder);
	c->beside = calloc(CLAIM_PLACES * all, sizeof *c->beside);
	c->uneven = calloc(all, sizeof *c->uneven);
	c->nearest = calloc(all, sizeof *c->nearest);
	c->scratch = calloc(all, sizeof *c->scratch);
	c->doubted = calloc(of.rows, sizeof *c->doubted);
	if (!c->value || !c->noise || !c->louder || !c->beside || !c->uneven || !c->nearest || !c->scratch || !c->doubted)
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
	free(c->louder);
	free(c->beside);
	free(c->uneven);
	free(c->doubted);
	free(c->nearest);
	free(c->scratch);
	*c = (hg_claim){0};
}

/* ---- before a claim is called wrong ---------------------------------------------------------- */

static void move_by(hg_walk *walk, double share)
{
	for (size_t b = 0; b < walk->at->nblocks; b++) {
		gsl_matrix *x = walk->x[b];
		for (size_t k = 0; walk->at->block[b].wrt && k < x->size1 * x->size2; k++)
			if (isfinite(x->data[k]))
				x->data[k] += share * hg_unit_of(x->data[k], walk->at->block[b].scale);
	}
}

/* How uneven the claim runs through the point and the four beside it, `gap` apart: the second largest deviation from the
 * middle slope, since one may be a kink's. Where terms cancel that is noise which no rounding mode moves. */
static double unevenness(const double value[], const double gap[])
{
	double slope[CLAIM_PLACES], sorted[CLAIM_PLACES], largest = 0, second = 0;
	for (size_t p = 0; p < CLAIM_PLACES; p++)
		sorted[p] = slope[p] = (value[p + 1] - value[p]) / gap[p];
	gsl_sort(sorted, 1, CLAIM_PLACES);
	for (size_t p = 0; p < CLAIM_PLACES; p++) {
		const double off = fabs(slope[p] - (sorted[CLAIM_PLACES / 2 - 1] + sorted[CLAIM_PLACES / 2]) / 2) * gap[p];
		second = fmax(second, fmin(off, largest));
		largest = fmax(largest, off);
	}
	return isfinite(second) ? second : 0;
}

static void compare_around(hg_claim *c)
{
	const size_t all = c->n * c->of.rows;
	double gap[CLAIM_PLACES], value[CLAIM_PLACES + 1];
	for (size_t p = 0; p < CLAIM_PLACES; p++)
		gap[p] = (p + 1 == CLAIM_HOME ? 0 : CLAIM_APART[p < CLAIM_HOME ? p + 1 : p]) -
		         (p == CLAIM_HOME ? 0 : CLAIM_APART[p < CLAIM_HOME ? p : p - 1]);
	for (size_t k = 0; k < all; k++) {
		for (size_t p = 0; p <= CLAIM_PLACES; p++)
			value[p] = p == CLAIM_HOME ? c->value[k] : c->beside[(p < CLAIM_HOME ? p : p - 1) * all + k];
		c->uneven[k] = unevenness(value, gap);
	}
}

/* Noise at four more points, once for all rows. */
static void listen_around(hg_claim *c)
{
	const size_t all = c->n * c->of.rows;
	bool complete = true;
	c->listened = true;
	memcpy(c->louder, c->noise, all * sizeof *c->louder);
	for (size_t p = 0; p < CLAIM_PLACES; p++) {
		hg_walk_home(c->walk);
		move_by(c->walk, CLAIM_APART[p]);
		const bool read = read_rounded(c, FE_TONEAREST, c->nearest) == 0;
		memcpy(c->beside + p * all, c->nearest, all * sizeof *c->beside);
		complete = complete && read;
		if (read)
			listen(c, c->louder);
	}
	hg_walk_home(c->walk);
	for (size_t k = 0; k < all; k++)
		c->louder[k] *= CLAIM_DOUBT;
	if (complete)
		compare_around(c);
}

/* A claim that is uneven over less than the function is, by more than what bends over a step bends over the places beside
 * the point. */
static double noise_of(const hg_claim *c, size_t output, const hg_entry *e, size_t k)
{
	const size_t at = output * c->n + k;
	const hg_block *block = &c->walk->at->block[e->block];
	const double unit = hg_unit_of(block->x->data[e->i * block->x->tda + e->j], block->scale);
	const double apart = -CLAIM_APART[0] * unit / e->step, bent = CLAIM_BENT * apart * apart * fmax(fabs(e->claimed), e->typical);
	if (!c->doubted[output])
		return c->noise[at];
	return c->uneven[at] > bent ? fmax(c->louder[at], c->uneven[at]) : c->louder[at];
}

void hg_claim_decide(hg_claim *c, const hg_settings *settings, size_t output, size_t k, hg_entry *e)
{
	e->claimed = c->value[output * c->n + k];
	hg_entry_judge(settings, noise_of(c, output, e, k), e);
	if (e->outcome != HG_DISAGREES || c->doubted[output])
		return;
	c->doubted[output] = true;
	if (!c->listened)
		listen_around(c);
	hg_entry_judge(settings, noise_of(c, output, e, k), e);
}

bool hg_claim_beside(hg_claim *c, size_t output, size_t k, double x, double *claimed)
{
	const hg_point *at = c->walk->at;
	size_t b = 0, within = k;
	for (; !at->block[b].wrt || within >= at->block[b].x->size1 * at->block[b].x->size2; b++)
		within -= at->block[b].wrt ? at->block[b].x->size1 * at->block[b].x->size2 : 0;
	hg_walk_home(c->walk);
	c->walk->x[b]->data[within] = x;
	const bool read = read_rounded(c, FE_TONEAREST, c->scratch) == 0;
	hg_walk_home(c->walk);
	*claimed = c->scratch[output * c->n + k];
	return read && isfinite(*claimed);
}
