/* Second derivatives against a gradient that is trusted, and functions of floats: random ones; right claims are never
 * refused, and one wrong entry, wherever it is, is found. */
#include "../trap.h"

#include "network.h"

/* ---- second derivatives: f = sum_k exp(x_k) + sin(c . x), whose gradient is right --------------------------- */

static int second_gradient(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	const network *w = params;
	double at[MOST];
	flat(w, x, at);
	const double c = cos(inner(w, at));
	for (size_t b = 0, k = 0; b < w->blocks; b++)
		for (size_t i = 0; i < x[b]->size1 * x[b]->size2; i++, k++)
			if (g[b])
				g[b]->data[i] = exp(at[k]) + w->c[k] * c;
	return 0;
}

static double second(const network *w, size_t o, size_t k, const double x[])
{
	const double h = (o == k ? exp(x[k]) : 0) - w->c[o] * w->c[k] * sin(inner(w, x));
	return o == w->wrong_output && k == w->wrong_entry ? h * w->factor + w->offset : h;
}

static int hessian(const gsl_matrix *const x[], void *params, gsl_matrix *const H[])
{
	const network *w = params;
	double at[MOST];
	flat(w, x, at);
	for (size_t b = 0, k = 0; b < w->blocks; b++)
		for (size_t i = 0; i < x[b]->size1 * x[b]->size2; i++, k++)
			for (size_t o = 0; H[b] && o < H[b]->size1; o++)
				gsl_matrix_set(H[b], o, i, second(w, o, k, at));
	return 0;
}

/* With one wrong entry of H the product is wrong at its row. */
static int times_direction(const gsl_matrix *const x[], const gsl_matrix *const v[], void *params, gsl_matrix *const p[])
{
	const network *w = params;
	double at[MOST];
	flat(w, x, at);
	for (size_t b = 0, o = 0; b < w->blocks; b++)
		for (size_t i = 0; i < x[b]->size1 * x[b]->size2; i++, o++) {
			double sum = 0;
			for (size_t c = 0, k = 0; c < w->blocks; c++)
				for (size_t j = 0; j < x[c]->size1 * x[c]->size2; j++, k++)
					sum += v[c] ? second(w, o, k, at) * gsl_matrix_get(v[c], j / v[c]->size2, j % v[c]->size2) : 0;
			if (p[b])
				p[b]->data[i] = sum;
		}
	return 0;
}

START_TEST(hessians_and_products_are_judged)
{
	for (uint64_t seed = 0; seed < 120; seed++) {
		network w;
		hg_point at = draw(seed, &w);
		const hg_gradient g = {second_gradient, &w};
		const hg_jacobian H = {.value = hessian, .params = &w};
		const hg_product product = {times_direction, &w};
		for (int wrong = 0; wrong < 2; wrong++) {
			hg_jacobian_verdict *v;
			hg_verdict *p;
			w.wrong_output = w.n;
			ck_assert_int_eq(hg_check_hessian(&g, &H, &at, NULL, &v), HG_OK);
			w.m = v->noutputs;
			if (wrong) {
				hg_jacobian_verdict_free(v);
				plant(&w, w.m, seed);
				ck_assert_int_eq(hg_check_hessian(&g, &H, &at, NULL, &v), HG_OK);
			}
			ck_assert_msg(v->outcome == (wrong ? HG_DISAGREES : HG_AGREES) && v->disagree == (size_t)wrong, "seed %lu",
			              (unsigned long)seed);
			ck_assert(!wrong || (v->worst == w.wrong_output && v->output[v->worst]->worst == w.wrong_entry));
			hg_jacobian_verdict_free(v);
			ck_assert_int_eq(hg_check_hessian_vector(&g, &product, &at, NULL, &(hg_settings){.seed = seed}, &p), HG_OK);
			ck_assert_msg(p->outcome == (wrong ? HG_DISAGREES : HG_AGREES) && p->disagree == (size_t)wrong, "seed %lu",
			              (unsigned long)seed);
			ck_assert_uint_eq(p->nentries, w.m);
			ck_assert(wrong || p->evaluations <= 200);
			ck_assert(!wrong || p->worst == w.wrong_output);
			hg_verdict_free(p);
		}
		hg_point_clear(&at);
	}
}
END_TEST

/* A direction of one's own, of any length. */
START_TEST(a_product_with_a_direction_of_ones_own_is_judged)
{
	for (int e = -12; e <= 12; e += 3)
		for (uint64_t seed = 0; seed < 20; seed++) {
			network w;
			hg_point at = draw(seed, &w), v = draw(seed, &w);
			const gsl_matrix *direction[3] = {NULL};
			hg_verdict *p;
			for (size_t b = 0; b < w.blocks; b++) {
				gsl_matrix_scale(v.block[b].x, pow(10, e));
				direction[b] = at.block[b].wrt ? v.block[b].x : NULL;
			}
			ck_assert_int_eq(hg_check_hessian_vector(&(hg_gradient){second_gradient, &w}, &(hg_product){times_direction, &w},
			                                         &at, direction, NULL, &p), HG_OK);
			ck_assert_msg(p->outcome == HG_AGREES, "seed %lu, 1e%d", (unsigned long)seed, e);
			hg_verdict_free(p);
			direction[0] = NULL;
			ck_assert_int_eq(hg_check_hessian_vector(&(hg_gradient){second_gradient, &w}, &(hg_product){times_direction, &w},
			                                         &at, direction, NULL, &p), HG_EINVAL);
			hg_point_clear(&at);
			hg_point_clear(&v);
		}
}
END_TEST

/* ---- floats ----------------------------------------------------------------------------------------------- */

static int in_floats(const gsl_matrix *const x[], void *params, double *f)
{
	const float *c = params;
	const gsl_matrix *m = x[0];
	float sum = 0;
	for (size_t k = 0; k < m->size2; k++) {
		const float t = (float)m->data[k];
		sum += c[k] * sinf(t) + t * t / 2;
	}
	*f = sum;
	return 0;
}

static int in_floats_claim(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	const float *c = params;
	for (size_t k = 0; k < x[0]->size2; k++) {
		const float t = (float)x[0]->data[k];
		g[0]->data[k] = c[k] * cosf(t) + t;
	}
	return 0;
}

typedef struct slip {
	float *c;
	size_t at;
	double factor;
} slip;

static int slipped(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	const slip *s = params;
	in_floats_claim(x, s->c, g);
	g[0]->data[s->at] *= s->factor;
	return 0;
}

START_TEST(functions_of_floats_have_a_resolution_of_their_own)
{
	size_t right = 0, open = 0, wrong = 0, passed = 0;
	for (uint64_t seed = 0; seed < 400; seed++) {
		hg_point at = {0};
		gsl_matrix *x;
		float c[8];
		state = seed;
		ck_assert_int_eq(hg_point_add(&at, "x", 1, 8, &x), HG_OK);
		for (size_t k = 0; k < 8; k++) {
			x->data[k] = uniform(-3, 3);
			c[k] = (float)uniform(-2, 2);
		}
		const slip off = {c, below(8), seed % 2 ? 1.1 : -1};
		const hg_function f = {.value = in_floats, .params = c};
		const hg_gradient claims[] = {{in_floats_claim, c}, {slipped, (void *)&off}};
		for (int k = 0; k < 2; k++) {
			hg_verdict *v;
			ck_assert_int_eq(hg_check(&f, &claims[k], &at, &(hg_settings){.single = true}, &v), HG_OK);
			ck_assert_double_eq_tol(v->wanted, 1e-2, 1e-15);
			ck_assert_msg(v->disagree <= (size_t)k, "seed %lu: a right entry is refused", (unsigned long)seed);
			right += k ? 0 : v->nentries;
			open += k ? 0 : v->cannot_tell;
			wrong += k ? fabs(v->entry[off.at].numerical) > 0.1 : 0;
			passed += k ? fabs(v->entry[off.at].numerical) > 0.1 && v->entry[off.at].outcome == HG_AGREES : 0;
			hg_verdict_free(v);
		}
		hg_point_clear(&at);
	}
	ck_assert_uint_eq(passed, 0);
	ck_assert_uint_gt(wrong, 200);
	ck_assert_msg(open * 50 <= right, "%zu of %zu left open", open, right);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("second");
	TCase *tc = tcase_create("second");
	TRAP(tc);
	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, hessians_and_products_are_judged);
	tcase_add_test(tc, a_product_with_a_direction_of_ones_own_is_judged);
	tcase_add_test(tc, functions_of_floats_have_a_resolution_of_their_own);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
