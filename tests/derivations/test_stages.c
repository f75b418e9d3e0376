/* The eight stages of a network as a C module, each wrong in turn: the root is named once, what builds on it is inherited. */
#include "../trap.h"

#include "../../derivations/network_affine.h"
#include "derive/derive.h"

#include <gsl/gsl_errno.h>
#include <string.h>

enum { DA2, DZ2, DW2, DB2, DA1, DZ1, DW1, DB1, STAGES };

static int root; /* the stage that is wrong: its sign */

static void turned(int stage, claim *of, const net *n, gsl_matrix *g)
{
	of(n, g);
	if (stage == root)
		gsl_matrix_scale(g, -1);
}

static double bce_by_a(double a, double y) { return (a - y) / (a * (1 - a)); }
static double slope(double a) { return a * (1 - a); }
static double step(double z) { return z > 0; }

static void by_a(const net *n, gsl_matrix *g) { net_map2(bce_by_a, n->A2, n->Y, g); }
static void by_z1(const net *n, gsl_matrix *g) { net_through(step, n->Z1, n, g); }

static void by_z(const net *n, gsl_matrix *g)
{
	net_map(slope, n->A2, g);
	gsl_matrix_mul_elements(g, n->dA2);
}

static void dA2(const net *n, gsl_matrix *g) { turned(DA2, by_a, n, g); }
static void dZ2(const net *n, gsl_matrix *g) { turned(DZ2, by_z, n, g); }
static void dW2(const net *n, gsl_matrix *g) { turned(DW2, affine_dW2, n, g); }
static void db2(const net *n, gsl_matrix *g) { turned(DB2, affine_db2, n, g); }
static void dA1(const net *n, gsl_matrix *g) { turned(DA1, affine_dA1, n, g); }
static void dZ1(const net *n, gsl_matrix *g) { turned(DZ1, by_z1, n, g); }
static void dW1(const net *n, gsl_matrix *g) { turned(DW1, affine_dW1, n, g); }
static void db1(const net *n, gsl_matrix *g) { turned(DB1, affine_db1, n, g); }

static const network made = {&net_relu, &net_sigmoid_bce, dA2, dZ2, dA1, dZ1};
#define THIS made

static const hg_stage stages[STAGES] = {
	NET_BATCH("dA2", A2, NULL, "", dA2),  NET_BATCH("dZ2", Z2, "dA2", "", dZ2), NET_BATCH("dW2", W2, "dZ2", "", dW2),
	NET_BATCH("db2", b2, "dZ2", "", db2), NET_BATCH("dA1", A1, "dZ2", "", dA1), NET_BATCH("dZ1", Z1, "dA1", "", dZ1),
	NET_BATCH("dW1", W1, "dZ1", "", dW1), NET_BATCH("db1", b1, "dZ1", "", db1),
};

static const int above[STAGES] = {-1, DA2, DZ2, DZ2, DZ2, DA1, DZ1, DZ1};

static bool follows(int stage)
{
	while (stage >= 0 && stage != root)
		stage = above[stage];
	return stage >= 0;
}

static hg_status point(size_t k, gsl_rng *rng, hg_point *at) { return net_point(&THIS, k, rng, at); }

START_TEST(the_root_is_named_once)
{
	const hg_derivation of = {"made", "a module", stages, STAGES, NULL, 0, NET_POINTS, point};
	const hg_settings settings = {.seed = 7};
	hg_report report;
	hg_arena *arena = hg_arena_new();
	gsl_set_error_handler_off();
	root = _i;
	ck_assert_int_eq(hg_derive(&of, &settings, arena, &report), HG_OK);
	const hg_finding *wrong = &report.finding[root];
	for (int s = 0; s < STAGES; s++) {
		const hg_finding *f = &report.finding[s];
		ck_assert_msg(f->status == (follows(s) ? HG_S_DISAGREES : HG_S_AGREES), "%s, with %s wrong", stages[s].name, wrong->of);
		if (s == root) {
			ck_assert_ptr_null(f->inherited_from);
			ck_assert_uint_ge(f->nslips, 1);
			ck_assert_str_eq(f->slip[0].id, "sign");
		} else if (follows(s)) {
			ck_assert_str_eq(f->inherited_from, wrong->id);
		}
	}
	hg_arena_free(arena);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("stages");
	TCase *tcase = tcase_create("stages");
	TRAP(tcase);
	tcase_add_loop_test(tcase, the_root_is_named_once, 0, STAGES);
	suite_add_tcase(suite, tcase);
	return run_suite(suite);
}
