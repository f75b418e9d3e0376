/* Writes the stencil tables as C, once, while the library is built.
 *
 * A stencil is a set of nodes u_j in [-1,1] (two-sided) or (0,1] (one-sided), and the polynomials q_k that are
 * orthonormal in the discrete inner product over them: sum_j q_k(u_j) q_l(u_j) = [k = l]. A least-squares fit of
 * degree K to samples f(x + H u_j) is then a_k = sum_j q_k(u_j) f_j, its derivative at x is sum a_k q_k'(0) / H.
 * Everything is computed with 113 bits (Stieltjes' recurrence, re-orthogonalised twice) and rounded once.
 *
 * Nodes: Chebyshev points rounded to a dyadic grid, so that x + H u_j is exact for a power of two H. */
#include "stencil.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#if LDBL_MANT_DIG >= 113
typedef long double quad;
#else
typedef __float128 quad;
#endif

/* Pairs +-c, outermost first; with n odd the middle, too. */
static void nodes_two_sided(int n, double grid, double u[])
{
	for (int j = 0; j < n / 2; j++) {
		double c = rint(cos((2 * j + 1) * M_PI / (2.0 * (n - n % 2))) * grid) / grid;
		u[2 * j] = c;
		u[2 * j + 1] = -c;
	}
	if (n % 2)
		u[n - 1] = 0;
}

static void nodes_one_sided(int n, double grid, double u[])
{
	for (int j = 0; j < n; j++)
		u[j] = fmax(1, rint((1 + cos((2 * j + 1) * M_PI / (2.0 * n))) / 2 * grid)) / grid;
}

static quad root(quad a)
{
	quad r = sqrtl((long double)a);
	if (a == 0)
		return 0;
	for (int i = 0; i < 4; i++)
		r = (r + a / r) / 2;
	return r;
}

static quad magnitude(quad a) { return a < 0 ? -a : a; }

typedef struct basis {
	quad q[HG_NODES][HG_NODES];       /* q_k(u_j) */
	quad value[HG_NODES];             /* q_k(0) */
	quad slope[HG_NODES];             /* q_k'(0) */
	quad close[HG_CLOSE][HG_NODES];   /* q_k at the places close by */
} basis;

static double close_place(int c) { return ldexp(1, HG_CLOSE_BITS * (c + 1)); }

/* q_k at a place that is no node: the same combination as at the nodes. */
static void follow(int k, quad u, const quad dot[], quad norm, quad q[])
{
	quad w = u * q[k - 1];
	for (int i = 0; i < k; i++)
		w -= dot[i] * q[i];
	q[k] = w / norm;
}

/* q_k is u q_{k-1} made orthogonal to all before it; what it is elsewhere goes through the same combination. */
static void orthonormal(int n, const double u[], basis *b)
{
	for (int j = 0; j < n; j++)
		b->q[0][j] = 1 / root(n);
	b->value[0] = b->q[0][0];
	b->slope[0] = 0;
	for (int c = 0; c < HG_CLOSE; c++)
		b->close[c][0] = b->q[0][0];
	for (int k = 1; k < n; k++) {
		quad *w = b->q[k], slope = b->value[k - 1], norm = 0, all[HG_NODES] = {0};
		for (int j = 0; j < n; j++)
			w[j] = u[j] * b->q[k - 1][j];
		for (int pass = 0; pass < 2; pass++) {
			for (int i = 0; i < k; i++) {
				quad dot = 0;
				for (int j = 0; j < n; j++)
					dot += w[j] * b->q[i][j];
				for (int j = 0; j < n; j++)
					w[j] -= dot * b->q[i][j];
				all[i] += dot;
				slope -= dot * b->slope[i];
			}
		}
		for (int j = 0; j < n; j++)
			norm += w[j] * w[j];
		norm = root(norm);
		for (int j = 0; j < n; j++)
			w[j] /= norm;
		b->slope[k] = slope / norm;
		follow(k, 0, all, norm, b->value);
		for (int c = 0; c < HG_CLOSE; c++)
			follow(k, close_place(c), all, norm, b->close[c]);
	}
}

static void row(const char *name, int n, const quad v[])
{
	printf("\t.%s = {", name);
	for (int k = 0; k < n; k++)
		printf("%s%.17g", k ? ", " : "", (double)v[k]);
	printf("},\n");
}

/* The norms of the functional "sum over k <= K of a_k c_k": l2 against random noise, l1 against the worst case. */
static void norms(const char *name, int n, const basis *b, const quad c[])
{
	quad weight[HG_NODES] = {0}, l1[HG_NODES], l2[HG_NODES], square = 0;
	for (int k = 0; k < n; k++) {
		l1[k] = 0;
		square += c[k] * c[k];
		l2[k] = root(square);
		for (int j = 0; j < n; j++) {
			weight[j] += c[k] * b->q[k][j];
			l1[k] += magnitude(weight[j]);
		}
	}
	char label[32];
	snprintf(label, sizeof label, "%s_l1", name);
	row(label, n, l1);
	snprintf(label, sizeof label, "%s_l2", name);
	row(label, n, l2);
}

static void table(const char *name, int rows, int n, quad (*v)[HG_NODES])
{
	printf("\t.%s = {\n", name);
	for (int k = 0; k < rows; k++) {
		printf("\t\t{");
		for (int j = 0; j < n; j++)
			printf("%s%.17g", j ? ", " : "", (double)v[k][j]);
		printf("},\n");
	}
	printf("\t},\n");
}

static void write_stencil(const char *name, int n, int sides, int degree, int tail, double grid)
{
	static basis b;
	double u[HG_NODES];
	quad nodes[HG_NODES];
	if (sides == 2)
		nodes_two_sided(n, grid, u);
	else
		nodes_one_sided(n, grid, u);
	orthonormal(n, u, &b);
	for (int k = 0; k < n; k++) {
		nodes[k] = u[k];
		if (sides == 2 && k % 2 == 0)
			b.slope[k] = 0; /* by symmetry, exactly */
		else if (sides == 2)
			b.value[k] = 0;
	}
	printf("const hg_stencil %s = {\n\t.n = %d,\n\t.sides = %d,\n\t.degree = %d,\n\t.tail = %d,\n\t.grid = "
	       "%.17g,\n",
	       name, n, sides, degree, tail, grid);
	row("u", n, nodes);
	row("value", n, b.value);
	row("slope", n, b.slope);
	norms("value", n, &b, b.value);
	norms("slope", n, &b, b.slope);
	table("close", HG_CLOSE, n, b.close);
	table("q", n, n, b.q);
	printf("};\n\n");
}

/* Clenshaw and Curtis' closed rule on [0,1]: nodes from 1 down to 0, weights of the full rule and of the half. */
static double clenshaw_curtis(int n, int k)
{
	long double sum = 1;
	for (int j = 1; j <= n / 2; j++)
		sum -= (2 * j == n ? 1.0L : 2.0L) / (4.0L * j * j - 1) * cosl(2 * j * k * acosl(-1) / n);
	return (double)((k == 0 || k == n ? 1 : 2) * sum / n / 2);
}

static void write_rule(int n)
{
	printf("const hg_rule hg_clenshaw_curtis = {\n\t.node = {");
	for (int k = 0; k <= n; k++)
		printf("%s%.17g", k ? ", " : "", (double)((1 + (2 * k == n ? 0 : cosl(k * acosl(-1) / n))) / 2));
	printf("},\n\t.full = {");
	for (int k = 0; k <= n; k++)
		printf("%s%.17g", k ? ", " : "", clenshaw_curtis(n, k));
	printf("},\n\t.half = {");
	for (int k = 0; k <= n; k++)
		printf("%s%.17g", k ? ", " : "", k % 2 ? 0 : clenshaw_curtis(n / 2, k / 2));
	printf("},\n};\n");
}

int main(void)
{
	printf("/* Generated by stencil_gen.c. */\n#include \"num/stencil.h\"\n\n");
	write_rule(HG_RULE_NODES - 1);
	write_stencil("hg_stencil_wide", 24, 2, 17, 14, 1024);
	write_stencil("hg_stencil_right", 24, 1, 17, 14, 1024);
	write_stencil("hg_stencil_sharp", 13, 2, 7, 9, 1024);
	write_stencil("hg_stencil_quick", 9, 2, 5, 6, 1024);
	write_stencil("hg_stencil_fair", 7, 2, 5, 6, 1024);
	write_stencil("hg_stencil_lean", 5, 2, 3, 4, 1024);
	return fflush(stdout) != 0 || ferror(stdout);
}
