/* A derivation as a record of stages and twins, asserted in a test: a wrong stage, and a twin that is right, are refused. */
#include "../trap.h"

#include "asserted.h"

#include <math.h>

static int cube(const gsl_matrix *const x[], void *params, double *f)
{
	(void)params;
	*f = pow(gsl_matrix_get(x[0], 0, 0), 3);
	return 0;
}

static int cube_slope(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	gsl_matrix_set(g[0], 0, 0, *(double *)params * pow(gsl_matrix_get(x[0], 0, 0), 2));
	return 0;
}

static hg_status cube_point(size_t k, gsl_rng *rng, hg_point *at)
{
	gsl_matrix *x;
	const hg_status status = hg_point_add(at, "x", 1, 1, &x);
	if (status == HG_OK)
		gsl_matrix_set(x, 0, 0, (double)k + gsl_rng_uniform_pos(rng));
	return status;
}

START_TEST(derivations)
{
	static double three = 3, other = 2;
	const hg_stage stage = {.name = "dx", .wrt = "x", .f = {.value = cube}, .g = {cube_slope, &three}};
	const hg_twin twin = {"dx", "constant-factor", "2 x^2", {cube_slope, &other}};
	hg_derivation of = {"cube", "x^3", &stage, 1, &twin, 1, 4, cube_point};
	three = 3, other = 2;
	AGREES(hg_ck_derivation_refutes_(&of, NULL, why));
	hg_ck_assert_derivation(&of, NULL);
	other = 3; /* a twin that is right shows nothing */
	REFUSED(hg_ck_derivation_refutes_(&of, NULL, why), "cube.dx: the twin constant-factor is not refused");
	three = 3.01;
	REFUSED(hg_ck_derivation_refutes_(&of, NULL, why), "disagrees: cube.dx");
	of.npoints = 0;
	REFUSED(hg_ck_derivation_refutes_(&of, NULL, why), hg_status_text(HG_EINVAL));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("record");
	TCase *tc = tcase_create("record");
	TRAP(tc);
	tcase_add_test(tc, derivations);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
