/* The path test: f(b) - f(a) against the integral of the claimed gradient along the segment. It sees what no test
 * at a point does, a branch taken at the wrong place; and the convention at a kink does not matter to it (Bolte and
 * Pauwels, Conservative set valued fields, 2020). The rule is closed: with open ones a jump of the gradient between
 * the end and the first node is invisible. */
#include "base/status.h"
#include "num/claim.h"
#include "num/company.h"
#include "num/constants.h"
#include "num/point.h"
#include "num/rule.h"
#include "num/stencil.h"

#include <fenv.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct path {
	hg_walk walk;
	hg_claimed claimed;
	const hg_point *from, *to;
	gsl_matrix **g;
	double largest; /* of sum |g_i u_i| seen */
	double rise;    /* f(b) - f(a) */
	size_t pieces;
} path;

typedef struct integral {
	double value, error; /* error: sum of |full rule - half rule|; NaN value: the claim is not finite somewhere */
} integral;

/* Both ends and what lies between are the same in every rounding mode. */
static void move_to(path *p, double t)
{
	const int mode = fegetround();
	fesetround(FE_TONEAREST);
	for (size_t b = 0; b < p->from->nblocks; b++) {
		gsl_matrix *x = p->walk.x[b];
		const gsl_matrix *from = p->from->block[b].x, *to = p->to->block[b].x;
		for (size_t i = 0; i < x->size1; i++)
			for (size_t j = 0; j < x->size2; j++) {
				const double a = from->data[i * from->tda + j], u = to->data[i * to->tda + j] - a;
				x->data[i * x->tda + j] = a + t * u;
			}
	}
	fesetround(mode);
}

static double value_on_path(void *self, double t)
{
	path *p = self;
	move_to(p, t);
	return hg_walk_value(&p->walk);
}

/* <g(a + t (b - a)), b - a> */
static double slope_on_path(void *self, double t)
{
	path *p = self;
	double sum = 0, size = 0;
	move_to(p, t);
	if (hg_claim_read(p->claimed, &p->walk, p->g) != 0)
		return NAN;
	for (size_t b = 0; b < p->from->nblocks; b++) {
		const gsl_matrix *g = p->g[b], *from = p->from->block[b].x, *to = p->to->block[b].x;
		for (size_t i = 0; g && i < g->size1; i++)
			for (size_t j = 0; j < g->size2; j++) {
				double term =
				    g->data[i * g->tda + j] * (to->data[i * to->tda + j] - from->data[i * from->tda + j]);
				sum += term;
				size += fabs(term);
			}
	}
	p->largest = fmax(p->largest, size);
	return sum;
}

static integral integrate(path *p, double a, double b, int depth)
{
	const hg_rule *rule = &hg_clenshaw_curtis;
	double full = 0, half = 0;
	for (int k = 0; k < HG_RULE_NODES; k++) {
		double g = slope_on_path(p, a + (b - a) * rule->node[k]);
		full += rule->full[k] * g;
		half += rule->half[k] * g;
	}
	p->pieces++;
	integral whole = {(b - a) * full, (b - a) * fabs(full - half)};
	const double enough = fmax(PATH_WANTED * fabs(p->rise), PATH_ULPS * DBL_EPSILON * p->largest * (b - a));
	if (!(whole.error > enough) || depth == PATH_DEPTH || p->pieces >= PATH_PIECES)
		return whole;
	integral left = integrate(p, a, (a + b) / 2, depth + 1), right = integrate(p, (a + b) / 2, b, depth + 1);
	return (integral){left.value + right.value, left.error + right.error};
}

/* Where the integral misses a part of the rise, halve towards it: does the function itself jump there? Then the
 * gradient is not at fault. */
static bool jumps(path *p, double missing)
{
	double a = 0, b = 1, fa = value_on_path(p, a), fb = value_on_path(p, b);
	while (b - a > 1e-13) {
		const double middle = (a + b) / 2, f = value_on_path(p, middle);
		p->pieces = 0;
		const double left = fabs(f - fa - integrate(p, a, middle, 0).value);
		p->pieces = 0;
		const double right = fabs(fb - f - integrate(p, middle, b, 0).value);
		if (!isfinite(left) || !isfinite(right))
			return true;
		if (fmax(left, right) < 0.5 * missing)
			return false;
		if (left > right) {
			b = middle;
			fb = f;
		} else {
			a = middle;
			fa = f;
		}
	}
	return fabs(fb - fa) > 0.5 * missing;
}

static void conclude(hg_entry *e, hg_outcome outcome, hg_reason reason, hg_class class)
{
	hg_entry_conclude(e, outcome, reason);
	e->kind = class;
}

static void judge(path *p, const hg_settings *settings, hg_entry *e)
{
	hg_line value[2] = {{.value = value_on_path, .self = p, .x = 0},
	                    {.value = value_on_path, .self = p, .x = 1}};
	const double wanted = hg_settings_wanted(settings);
	double noise = 0;
	conclude(e, HG_CANNOT_TELL, HG_NO_DERIVATIVE, HG_DOMAIN);
	for (int end = 0; end < 2; end++) {
		if (hg_line_probe_once(&value[end]) != 0)
			return;
		noise += PATH_NOISE * fmax(value[end].spread, DBL_EPSILON * fabs(value[end].f));
	}
	p->rise = e->numerical = value[1].f - value[0].f;
	const integral sum = integrate(p, 0, 1, 0);
	e->claimed = sum.value;
	double rough = 0;
	for (int k = 0; k <= 4; k++) {
		hg_line slope = {.value = slope_on_path, .self = p, .x = k / 4.0};
		if (hg_line_probe_once(&slope) == 0)
			rough = fmax(rough, slope.spread);
	}
	noise += PATH_NOISE * rough + 8 * DBL_EPSILON * p->largest;
	if (!isfinite(sum.value)) {
		e->kind = HG_UNRESOLVED;
		return;
	}
	e->abserr = PATH_ERROR * sum.error + noise;
	const double missing = fabs(e->claimed - e->numerical), size = fmax(fabs(e->claimed), fabs(e->numerical));
	e->resolution = size > 0 ? e->abserr / size : NAN;
	if (missing > e->abserr + settings->rtol * size && jumps(p, missing))
		conclude(e, HG_CANNOT_TELL, HG_NO_DERIVATIVE, HG_JUMP);
	else if (missing > e->abserr + settings->rtol * size)
		conclude(e, HG_DISAGREES, HG_OUTSIDE_BOUND, HG_SMOOTH);
	else if (size == 0)
		conclude(e, HG_AGREES, HG_BOTH_ZERO, HG_FLAT);
	else if (e->abserr <= wanted * size)
		conclude(e, HG_AGREES, missing > e->abserr ? HG_WITHIN_RTOL : HG_WITHIN_BOUND, HG_SMOOTH);
	else
		conclude(e, HG_CANNOT_TELL, HG_LOW_RESOLUTION, HG_SMOOTH);
}

/* Both ends have the same blocks, and those not differentiated by have the same values. */
static hg_status ends_check(const hg_point *from, const hg_point *to)
{
	HG_TRY(hg_point_check(from));
	HG_TRY(hg_point_check(to));
	if (from->nblocks != to->nblocks)
		return HG_EINVAL;
	for (size_t b = 0; b < from->nblocks; b++) {
		const gsl_matrix *x = from->block[b].x, *y = to->block[b].x;
		if (x->size1 != y->size1 || x->size2 != y->size2 || from->block[b].wrt != to->block[b].wrt)
			return HG_EINVAL;
		for (size_t i = 0; !from->block[b].wrt && i < x->size1; i++)
			if (memcmp(x->data + i * x->tda, y->data + i * y->tda, x->size2 * sizeof *x->data) != 0)
				return HG_EINVAL;
	}
	return HG_OK;
}

hg_status hg_check_path(const hg_function *f, const hg_gradient *g, const hg_point *from, const hg_point *to,
                        const hg_settings *settings, hg_entry *verdict)
{
	static const hg_settings defaults;
	const hg_function by_value = f ? (hg_function){.value = f->value, .params = f->params} : (hg_function){0};
	path p = {.claimed = {.gradient = g, .rows = 1}, .from = from, .to = to};
	if (!by_value.value || !g || !g->value || !verdict)
		return HG_EINVAL;
	settings = settings ? settings : &defaults;
	HG_TRY(hg_settings_check(settings));
	HG_TRY(ends_check(from, to));
	*verdict = hg_entry_new(0, 0, 0);
	verdict->step = 1;
	const hg_company before = hg_company_enter();
	hg_status status = hg_walk_open(&by_value, from, settings, &p.walk);
	if (status == HG_OK) {
		status = hg_blocks_new(from, p.claimed, &p.g);
		if (status == HG_OK)
			judge(&p, settings, verdict);
		if (p.walk.spent)
			conclude(verdict, HG_CANNOT_TELL, HG_OUT_OF_BUDGET, HG_UNRESOLVED);
		hg_blocks_free(p.g, from->nblocks);
		hg_walk_close(&p.walk);
	}
	hg_company_leave(before);
	return status;
}
