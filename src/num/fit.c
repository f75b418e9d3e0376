#include "num/fit.h"

#include "num/constants.h"

#include <float.h>
#include <math.h>

/* The nearest step for which every x + H u is a double: a place that is rounded would pass for noise where f is steep. */
static double exact_step(const hg_line *line, const hg_stencil *s, double step)
{
	const double quantum = s->grid * ldexp(hg_line_eps(line), ilogb(fabs(line->x) + step));
	return step > quantum ? rint(step / quantum) * quantum : step;
}

static bool sample(const hg_line *line, const hg_stencil *s, hg_side side, double step, double f[],
                   double *largest)
{
	const double to = side == HG_LEFT ? -step : step;
	*largest = 0;
	for (int j = 0; j < s->n; j++) {
		f[j] = s->u[j] == 0 ? line->f : hg_line_at(line, line->x + to * s->u[j]);
		if (!isfinite(f[j]))
			return false;
		*largest = fmax(*largest, fabs(f[j]));
	}
	return true;
}

/* a_k = sum_j q_k(u_j) f_j; one sample is taken off first, so that a large offset costs no digits. */
static void transform(const hg_stencil *s, double f[], hg_fit *fit)
{
	fit->last = f[s->n - 1];
	for (int j = 0; j < s->n; j++) {
		f[j] -= fit->last;
		fit->range = fmax(fit->range, fabs(f[j]));
	}
	fit->flat = fit->range == 0;
	for (int k = 0; k < s->n; k++) {
		double sum = 0;
		for (int j = 0; j < s->n; j++)
			sum += s->q[k][j] * f[j];
		fit->a[k] = sum;
	}
}

/* Squares are taken of shares of the range, so that f may be of size 1e-300 or 1e300. */
static double square_of_share(const hg_fit *fit, int k)
{
	const double share = fit->range > 0 ? fit->a[k] / fit->range : 0;
	return share * share;
}

static double rms_from(const hg_fit *fit, int k)
{
	const int n = fit->stencil->n, terms = n - k;
	double sum = 0;
	for (; k < n; k++)
		sum += square_of_share(fit, k);
	return fit->range * sqrt(sum / terms);
}

/* What the terms beyond degree K can still add to the derivative. */
static double truncation(const hg_fit *fit, int K)
{
	const double *a = fit->a, *c = fit->stencil->slope;
	const int n = fit->stencil->n;
#define TERM(k, l) (K + (k) < n && K + (l) < n ? fabs(a[K + (k)] * c[K + (l)]) : 0)
	if (n - 1 - K < LEAN_FREEDOM) /* the term left out is at most as large as the last even one, or as the odd ones fall off */
		return LEAN_EVEN * fabs(a[K + 1] * c[K]) + LEAN_ODD * fabs(a[K] * c[K]) * fmin(1, fabs(a[K] / a[K - 2]));
	if (fit->stencil->sides == 1)
		return TERM(1, 1) + TERM(2, 2) + TERM(3, 3);
	return FIT_TRUNCATION * (TERM(2, 2) + TERM(4, 4)) + FIT_KINK[K] * (TERM(1, 2) + TERM(3, 4));
#undef TERM
}

static double truncation_of_value(const hg_fit *fit, int K)
{
	const double *a = fit->a, *c = fit->stencil->value;
	return fabs(a[K + 1] * c[K + 1]) + fabs(a[K + 2] * c[K + 2]);
}

/* For each degree: the noise, statistically by the residual and at worst by the ulp and the probe, and the
 * truncation; the degree with the smallest bound wins. */
void hg_fit_bound(const hg_line *line, double noise, hg_fit *fit)
{
	const hg_stencil *s = fit->stencil;
	const double ulp = hg_line_eps(line) * fit->largest + DBL_MIN;
	const double random = fmax(fit->floor, noise);
	const double heard = hg_line_noise(line, fit->step);
	const double worst = fmax(fmax(fit->flat ? 4 * ulp : ulp, (fit->flat ? 1 : 0.5) * heard), 2 * noise);
	double best = INFINITY, slope = 0, value = fit->last + fit->a[0] * s->value[0], rest = 0;
	double square[HG_NODES + 1] = {0};
	for (int k = s->n - 1; k >= 0; k--)
		square[k] = rest += square_of_share(fit, k);
	for (int K = 1; K <= s->degree; K++) {
		slope += fit->a[K] * s->slope[K];
		value += fit->a[K] * s->value[K];
		if (s->sides == 2 && K % 2 == 0)
			continue; /* even terms do not move the slope at the middle; they enter its bound, in truncation() */
		const int freedom = s->n - 1 - K;
		const bool lean = freedom < LEAN_FREEDOM; /* so few terms are left that they say nothing of noise: they count as terms */
		const double residual = lean ? random : fmax(fit->range * sqrt(square[K + 1] / freedom), random);
		const double quantile = lean ? LEAN_QUANTILE : STUDENT_T[freedom];
		double bound =
		    fmax(quantile * residual * s->slope_l2[K], worst * s->slope_l1[K]) + truncation(fit, K);
		if (!(bound < best))
			continue;
		best = bound;
		fit->degree = K;
		fit->slope = (fit->side == HG_LEFT ? -slope : slope) / fit->step;
		fit->abserr = FIT_SAFETY * bound / fit->step;
		fit->value = value;
		fit->value_abserr = FIT_SAFETY * (fmax(quantile * residual * s->value_l2[K], worst * s->value_l1[K]) +
		                                  truncation_of_value(fit, K));
	}
	fit->abserr += 4 * DBL_EPSILON * fabs(fit->slope) + DBL_MIN;
}

bool hg_fit_find(const hg_line *line, const hg_stencil *stencil, hg_side side, double step, hg_fit *fit)
{
	double f[HG_NODES] = {0};
	step = exact_step(line, stencil, step);
	*fit = (hg_fit){
	    .stencil = stencil, .side = side, .step = step, .abserr = INFINITY, .value_abserr = INFINITY};
	if (!sample(line, stencil, side, step, f, &fit->largest))
		return false;
	transform(stencil, f, fit);
	fit->floor = fmax(FIT_ULPS * hg_line_eps(line) * fit->largest + DBL_MIN, FIT_ULPS * hg_line_floor(line, step));
	fit->tail = rms_from(fit, stencil->tail);
	hg_fit_bound(line, 0, fit);
	return true;
}

double hg_fit_noise(const hg_line *line, const hg_stencil *s, double step)
{
	const double ulp = hg_line_eps(line) * fabs(line->f) + DBL_MIN, heard = hg_line_noise(line, step);
	const double random = FIT_ULPS * fmax(ulp, heard), worst = fmax(ulp, 0.5 * heard);
	return FIT_SAFETY * fmax(LEAN_QUANTILE * random * s->slope_l2[s->degree], worst * s->slope_l1[s->degree]) / step;
}

bool hg_fit_resolved(const hg_fit *fit) { return fit->tail <= FIT_RESOLVED * fit->floor; }

/* ---- at the point and close by ---------------------------------------------------------------------------- */

static double slack_of_values(const hg_line *line)
{
	return 4 * hg_line_eps(line) * fabs(line->f) + DBL_MIN + 2 * line->spread;
}

bool hg_fit_meets_point(const hg_line *line, const hg_fit *fit)
{
	return fabs(fit->value - line->f) <= fit->value_abserr + slack_of_values(line);
}

/* The odd (or even) part of the fit at the c-th place close by. */
static double part_of_fit(const hg_fit *fit, int c, int parity)
{
	double sum = 0;
	for (int k = parity; k <= fit->degree; k += 2)
		sum += fit->a[k] * fit->stencil->close[c][k];
	return sum;
}

/* The places are rounded, so the samples are `d` apart from their middle, which lies `off` the point. */
static bool follows(const hg_line *line, const hg_fit *fit, int c, double step)
{
	const double up = line->x + step, down = line->x - step;
	const double d = (up - line->x + (line->x - down)) / 2, off = (up - line->x - (line->x - down)) / 2;
	const double right = hg_line_at(line, up), left = hg_line_at(line, down);
	const double odd = right / 2 - left / 2, even = (right - fit->last) / 2 + (left - fit->last) / 2;
	const double noise = slack_of_values(line) + CLOSE_TAILS * fit->tail;
	const double odd_fit = part_of_fit(fit, c, 1) + fit->slope * (d - step);
	const double even_fit = part_of_fit(fit, c, 0) + fit->slope * off;
	return fabs(odd - odd_fit) <= fit->abserr * d + noise && fabs(even - even_fit) <= fit->value_abserr + noise;
}

double hg_fit_departs(const hg_line *line, const hg_fit *fit)
{
	for (int c = 0; c < HG_CLOSE; c++) {
		const double step = ldexp(fit->step, HG_CLOSE_BITS * (c + 1));
		if (step < CLOSE_EXACT * hg_line_eps(line) * fabs(line->x) || step < SCAN_TINY)
			return 0;
		if (!follows(line, fit, c, step))
			return step;
	}
	return 0;
}
