#include "families.h"

#include "regimes.h"

#include <math.h>
#include <quadmath.h>

#define R double
#define M(name) name
#include "families.inc"
#undef R
#undef M
#define R __float128
#define M(name) name##q
#include "families.inc"

#define FAMILY(name, n, low, high, furthest) {#name, n, low, high, furthest},
const family families[] = {
#include "families.def"
};
#undef FAMILY
const size_t nfamilies = sizeof families / sizeof *families;

#define FAMILY(name, n, low, high, furthest) name,
static double (*const in_double[])(const double *, const double *) = {
#include "families.def"
};
#undef FAMILY
#define FAMILY(name, n, low, high, furthest) name##q,
static __float128 (*const in_quad[])(const __float128 *, const double *) = {
#include "families.def"
};
#undef FAMILY

/* Stressed entries lie anywhere in magnitude up to the furthest, or close to the middle or to a whole number. */
static double stressed(const family *f, uint64_t *s)
{
	const double middle = (f->low + f->high) / 2, side = random_next(s) & 1 ? 1 : -1;
	switch (random_next(s) % 4) {
	case 0: return middle + side * f->furthest * pow(10, random_uniform(s, -12, 0));
	case 1: return middle + side * f->furthest * (1 - pow(10, random_uniform(s, -6, 0)) / 2);
	case 2: return rint(middle + side * (f->high - f->low) / 3) + side * pow(10, random_uniform(s, -9, -1));
	default: return random_uniform(s, f->low, f->high);
	}
}

void instance_draw(size_t k, uint64_t seed, bool stress, instance *to)
{
	uint64_t s = (seed * 64 + k) * 2 + stress;
	const family *f = &families[k];
	*to = (instance){.family = k, .n = f->n};
	for (size_t i = 0; i < FAMILY_CONSTANTS; i++)
		to->c[i] = random_uniform(&s, 0.2, 2);
	for (size_t i = 0; i < f->n; i++)
		to->x[i] = stress ? stressed(f, &s) : random_uniform(&s, f->low, f->high);
}

double instance_value(const instance *of, const double x[]) { return in_double[of->family](x, of->c); }

/* The rule of sixth order. */
static __float128 difference(const instance *of, size_t k, __float128 h)
{
	static const double weight[] = {45, -9, 1};
	__float128 x[FAMILY_ENTRIES], sum = 0;
	for (size_t i = 0; i < of->n; i++)
		x[i] = of->x[i];
	for (int j = 1; j <= 3; j++) {
		x[k] = of->x[k] + j * h;
		const __float128 up = in_quad[of->family](x, of->c);
		x[k] = of->x[k] - j * h;
		sum += (__float128)weight[j - 1] * (up - in_quad[of->family](x, of->c));
	}
	return sum / (60 * h);
}

bool instance_truth(const instance *of, double slope[])
{
	__float128 x[FAMILY_ENTRIES];
	for (size_t i = 0; i < of->n; i++)
		x[i] = of->x[i];
	const double size = fabs((double)in_quad[of->family](x, of->c));
	for (size_t k = 0; k < of->n; k++) {
		const __float128 one = difference(of, k, 1e-6Q), other = difference(of, k, 1.7e-7Q);
		slope[k] = (double)one;
		if (!isfinite(slope[k]) || !(fabs((double)(one - other)) <= 1e-17 * fabs(slope[k]) + 1e-24 * size))
			return false;
	}
	return isfinite(instance_value(of, of->x));
}
