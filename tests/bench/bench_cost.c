/* What a check of a black box costs: evaluations an entry, and the time beside the loop of two evaluations an entry that
 * everybody writes, of smooth functions of many entries, and of kinks at exactly 0: bench_cost [SIZE...]. Fails where an
 * entry of a smooth function costs more than six evaluations, a kink at 0 more than 300, a right claim is refused, or one of
 * those planted that are wrong passes beyond what is certified. */
#include "handgrad.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const double MOST_EACH = 6;
enum { MOST_AT_ZERO = 300, NAIVE_SAMPLE = 400, ROWS = 20 };

static uint64_t state;

static double uniform(double low, double high)
{
	state = state * 6364136223846793005U + 1442695040888963407U;
	return low + (high - low) * (double)(state >> 11) * 0x1p-53;
}

/* A row of data: coefficients that depend on row and column alone. */
static double datum(size_t row, size_t k) { return sin(1.7 * (double)row + 0.9 * (double)k + 0.3 * (double)(row * k)); }
static double label(size_t row) { return row % 3 == 0; }

typedef struct smooth {
	const char *name;
	double (*f)(const double x[], size_t n);
	void (*df)(const double x[], size_t n, double g[]);
} smooth;

static double rosenbrock(const double x[], size_t n)
{
	double f = 0;
	for (size_t i = 0; i + 1 < n; i++) {
		const double u = x[i + 1] - x[i] * x[i], v = 1 - x[i];
		f += 100 * u * u + v * v;
	}
	return f;
}

static void rosenbrock_df(const double x[], size_t n, double g[])
{
	g[0] = 0;
	for (size_t i = 0; i + 1 < n; i++) {
		const double u = x[i + 1] - x[i] * x[i];
		g[i] += -400 * x[i] * u - 2 * (1 - x[i]);
		g[i + 1] = 200 * u;
	}
}

static double score(const double x[], size_t n, size_t row)
{
	double z = 0;
	for (size_t k = 0; k < n; k++)
		z += datum(row, k) * x[k];
	return z / sqrt((double)n);
}

/* Logistic regression with a penalty: mean over rows of log(1 + e^z) - y z, and |x|^2 / 2n. */
static double logistic(const double x[], size_t n)
{
	double f = 0;
	for (size_t row = 0; row < ROWS; row++) {
		const double z = score(x, n, row);
		f += (fmax(z, 0) + log1p(exp(-fabs(z))) - label(row) * z) / ROWS;
	}
	for (size_t k = 0; k < n; k++)
		f += x[k] * x[k] / 2 / (double)n;
	return f;
}

static void logistic_df(const double x[], size_t n, double g[])
{
	for (size_t k = 0; k < n; k++)
		g[k] = x[k] / (double)n;
	for (size_t row = 0; row < ROWS; row++) {
		const double z = score(x, n, row), delta = (1 / (1 + exp(-z)) - label(row)) / ROWS / sqrt((double)n);
		for (size_t k = 0; k < n; k++)
			g[k] += delta * datum(row, k);
	}
}

static double log_sum_exp(const double x[], size_t n)
{
	double s = 0;
	for (size_t k = 0; k < n; k++)
		s += exp(x[k]);
	return log(s);
}

static void log_sum_exp_df(const double x[], size_t n, double g[])
{
	double s = 0;
	for (size_t k = 0; k < n; k++)
		s += exp(x[k]);
	for (size_t k = 0; k < n; k++)
		g[k] = exp(x[k]) / s;
}

/* Poisson regression of one count an entry. */
static double poisson(const double x[], size_t n)
{
	double f = 0;
	for (size_t k = 0; k < n; k++)
		f += exp(x[k]) - (double)(k % 4) * x[k];
	return f;
}

static void poisson_df(const double x[], size_t n, double g[])
{
	for (size_t k = 0; k < n; k++)
		g[k] = exp(x[k]) - (double)(k % 4);
}

/* A chain of springs that are not linear. */
static double springs(const double x[], size_t n)
{
	double f = cosh(x[0]) / 2;
	for (size_t k = 1; k < n; k++)
		f += sqrt(1 + (x[k] - x[k - 1]) * (x[k] - x[k - 1])) + sin(x[k]) / 3;
	return f;
}

static void springs_df(const double x[], size_t n, double g[])
{
	for (size_t k = 0; k < n; k++)
		g[k] = k ? cos(x[k]) / 3 : sinh(x[0]) / 2;
	for (size_t k = 1; k < n; k++) {
		const double d = x[k] - x[k - 1], s = d / sqrt(1 + d * d);
		g[k] += s;
		g[k - 1] -= s;
	}
}

/* A network of one layer of eight units: x holds rows of weights. */
static double layer(const double x[], size_t n)
{
	const size_t width = n / 8;
	double f = 0;
	for (size_t unit = 0; unit < 8; unit++) {
		double z = 0;
		for (size_t k = 0; k < width; k++)
			z += datum(unit, k) * x[unit * width + k];
		f += tanh(z / sqrt((double)width)) * cos((double)unit);
	}
	return f * f;
}

static void layer_df(const double x[], size_t n, double g[])
{
	const size_t width = n / 8;
	double f = 0, t[8];
	for (size_t unit = 0; unit < 8; unit++) {
		double z = 0;
		for (size_t k = 0; k < width; k++)
			z += datum(unit, k) * x[unit * width + k];
		t[unit] = tanh(z / sqrt((double)width));
		f += t[unit] * cos((double)unit);
	}
	for (size_t k = 0; k < n; k++) {
		const size_t unit = k / width;
		g[k] = unit < 8 ? 2 * f * cos((double)unit) * (1 - t[unit] * t[unit]) * datum(unit, k % width) / sqrt((double)width) : 0;
	}
}

static const smooth functions[] = {{"Rosenbrock", rosenbrock, rosenbrock_df}, {"logistic, L2", logistic, logistic_df},
                                   {"log-sum-exp", log_sum_exp, log_sum_exp_df}, {"Poisson", poisson, poisson_df},
                                   {"springs", springs, springs_df}, {"a layer", layer, layer_df}};

static int value(const gsl_matrix *const x[], void *params, double *f)
{
	*f = ((const smooth *)params)->f(x[0]->data, x[0]->size2);
	return 0;
}

static double slip; /* every seventh entry is claimed so much too large, relative */

static bool is_wrong(size_t k) { return slip != 0 && k % 7 == 3; }

static int claim(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	((const smooth *)params)->df(x[0]->data, x[0]->size2, g[0]->data);
	for (size_t k = 0; k < x[0]->size2; k++)
		g[0]->data[k] *= is_wrong(k) ? 1 + slip : 1;
	return 0;
}

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Seconds of two evaluations for each entry, by a sample of them. */
static double naive(const smooth *s, double x[], size_t n)
{
	const size_t sample = n < NAIVE_SAMPLE ? n : NAIVE_SAMPLE;
	volatile double sum = 0;
	const double start = now();
	for (size_t k = 0; k < sample; k++) {
		const double here = x[k * (n / sample)];
		x[k * (n / sample)] = here + 1e-5;
		const double up = s->f(x, n);
		x[k * (n / sample)] = here - 1e-5;
		sum = sum + (up - s->f(x, n)) / 2e-5;
		x[k * (n / sample)] = here;
	}
	return (now() - start) / (double)sample * (double)n;
}

static hg_point point_of(size_t n, gsl_matrix **x)
{
	hg_point at = {0};
	if (hg_point_add(&at, "x", 1, n, x) != HG_OK)
		exit(3);
	return at;
}

static hg_point drawn(size_t n, gsl_matrix **x)
{
	hg_point at = point_of(n, x);
	state = n;
	for (size_t k = 0; k < n; k++)
		(*x)->data[k] = uniform(-1.5, 1.5);
	return at;
}

/* With slips from far below the resolution wanted to far above it. */
static bool run_wrong(const smooth *s, size_t n)
{
	static const double slips[] = {1e-9, 5e-7, 3e-6, 1e-5, 1e-3, -2};
	size_t wrong = 0, found = 0, beyond = 0, refused = 0;
	gsl_matrix *x;
	hg_point at = drawn(n, &x);
	for (size_t k = 0; k < sizeof slips / sizeof *slips; k++) {
		hg_verdict *v;
		slip = slips[k];
		if (hg_check(&(hg_function){.value = value, .params = (void *)s}, &(hg_gradient){claim, (void *)s}, &at, NULL, &v) != HG_OK)
			exit(3);
		for (size_t i = 0; i < n; i++) {
			const hg_entry *e = &v->entry[i];
			const double error = fabs(slip * e->claimed / (1 + slip)), size = fmax(fabs(e->claimed), fabs(e->numerical));
			const double certified = e->reason == HG_BOTH_ZERO ? 2 * v->wanted * e->typical : e->resolution * size * 1.000001;
			wrong += is_wrong(i);
			found += is_wrong(i) && e->outcome == HG_DISAGREES;
			beyond += is_wrong(i) && e->outcome == HG_AGREES && error > certified;
			refused += !is_wrong(i) && e->outcome == HG_DISAGREES;
		}
		hg_verdict_free(v);
	}
	slip = 0;
	hg_point_clear(&at);
	printf("%-14s %7zu entries: of %zu wrong ones %.1f %% are found, %zu pass beyond what is certified; %zu right ones refused\n",
	       s->name, n, wrong, 100 * (double)found / (double)wrong, beyond, refused);
	return beyond == 0 && refused == 0;
}

static bool run(const smooth *s, size_t n)
{
	gsl_matrix *x;
	hg_point at = drawn(n, &x);
	hg_verdict *v;
	const hg_function f = {.value = value, .params = (void *)s};
	const hg_gradient g = {claim, (void *)s};
	const double start = now();
	if (hg_check(&f, &g, &at, NULL, &v) != HG_OK)
		exit(3);
	const double ours = now() - start, each = (double)v->evaluations / (double)n;
	const bool met = v->disagree == 0 && (n < 1000 || each <= MOST_EACH);
	printf("%-14s %7zu entries %6.2f evaluations each %6.2f naive loops; %zu agree, %zu cannot tell, %zu disagree%s\n", s->name, n,
	       each, ours / naive(s, x->data, n), v->agree, v->cannot_tell, v->disagree, met ? "" : "  NOT MET");
	hg_verdict_free(v);
	hg_point_clear(&at);
	return met;
}

/* ---- one entry at exactly 0 ----------------------------------------------------------------------------------- */

static double absolute(const double x[], size_t n) { return n ? fabs(x[0]) : 0; }
static double beside(const double x[], size_t n) { return n ? 3.2 + fabs(x[0]) : 0; }
static double root(const double x[], size_t n) { return n ? sqrt(fabs(x[0])) : 0; }
static double power(const double x[], size_t n) { return n ? pow(fabs(x[0]), 1.5) : 0; }
static double clipped(const double x[], size_t n) { return n ? fmax(x[0], 0) : 0; }
static double one_sided(const double x[], size_t n) { return n ? sqrt(x[0]) : 0; }
static void nothing(const double x[], size_t n, double g[]) { g[0] = n && x ? 0 : 1; }

static bool run_at_zero(void)
{
	static const smooth kinks[] = {{"|x|", absolute, nothing}, {"3.2 + |x|", beside, nothing}, {"sqrt |x|", root, nothing},
	                               {"|x|^1.5", power, nothing}, {"max(x, 0)", clipped, nothing}, {"sqrt x", one_sided, nothing}};
	bool met = true;
	for (size_t k = 0; k < sizeof kinks / sizeof *kinks; k++) {
		gsl_matrix *x;
		hg_point at = point_of(1, &x);
		hg_verdict *v;
		if (hg_check(&(hg_function){.value = value, .params = (void *)&kinks[k]}, &(hg_gradient){claim, (void *)&kinks[k]}, &at,
		             NULL, &v) != HG_OK)
			exit(3);
		const bool cheap = v->evaluations <= MOST_AT_ZERO;
		printf("%-14s at 0: %lu evaluations, %s%s\n", kinks[k].name, v->evaluations, hg_class_text(v->entry[0].kind),
		       cheap ? "" : "  NOT MET");
		met = met && cheap;
		hg_verdict_free(v);
		hg_point_clear(&at);
	}
	return met;
}

int main(int argc, char **argv)
{
	static const size_t usual[] = {1000, 5000};
	const size_t sizes = argc > 1 ? (size_t)argc - 1 : sizeof usual / sizeof *usual;
	bool met = run_at_zero();
	for (size_t k = 0; k < sizes; k++)
		for (size_t s = 0; s < sizeof functions / sizeof *functions; s++)
			met = run(&functions[s], argc > 1 ? strtoul(argv[k + 1], NULL, 10) : usual[k]) && met;
	for (size_t s = 0; s < sizeof functions / sizeof *functions; s++)
		met = run_wrong(&functions[s], argc == 2 ? 300 : 2400) && met;
	return !met;
}
