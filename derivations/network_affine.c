/* Z = W A + b 1^T reaches J through every entry of Z, and dZ is known:
 *
 *   J by W_jk: sum over samples i of 1/m dZ_ji A_ki          dW = 1/m dZ A^T
 *   J by b_j:  sum over samples i of 1/m dZ_ji               db = 1/m dZ 1
 *   m J by A_ki: sum over units j of dZ_ji W_jk              dA = W^T dZ
 */
#include "network_affine.h"
#include <gsl/gsl_blas.h>

/* g = s D A^T */
static void outer(double s, const gsl_matrix *D, const gsl_matrix *A, gsl_matrix *g)
{
	gsl_blas_dgemm(CblasNoTrans, CblasTrans, s, D, A, 0, g);
}

/* g = s D 1, the sum over the samples */
static void row_sums(double s, const gsl_matrix *D, const net *n, gsl_matrix *g)
{
	gsl_blas_dgemm(CblasNoTrans, CblasNoTrans, s, D, n->one, 0, g);
}

void affine_dW2(const net *n, gsl_matrix *g) { outer(1 / n->m, n->dZ2, n->A1, g); }
void affine_db2(const net *n, gsl_matrix *g) { row_sums(1 / n->m, n->dZ2, n, g); }
void affine_dW1(const net *n, gsl_matrix *g) { outer(1 / n->m, n->dZ1, n->X, g); }
void affine_db1(const net *n, gsl_matrix *g) { row_sums(1 / n->m, n->dZ1, n, g); }

void affine_dA1(const net *n, gsl_matrix *g)
{
	gsl_blas_dgemm(CblasTrans, CblasNoTrans, 1, n->W2, n->dZ2, 0, g);
}

/* One sample, entry by entry. */

double affine_dL_dW2(const net *n, size_t o, size_t k) { return net_at(n->dZ2, o) * net_at(n->A1, k); }
double affine_dL_db2(const net *n, size_t o, UNUSED size_t k) { return net_at(n->dZ2, o); }
double affine_dL_dW1(const net *n, size_t j, size_t k) { return net_at(n->dZ1, j) * net_at(n->X, k); }
double affine_dL_db1(const net *n, size_t j, UNUSED size_t k) { return net_at(n->dZ1, j); }

double affine_dL_da1(const net *n, size_t j, UNUSED size_t k)
{
	double sum = 0;
	for (size_t o = 0; o < n->dZ2->size1; o++)
		sum += net_at(n->dZ2, o) * gsl_matrix_get(n->W2, o, j);
	return sum;
}

/* What a tired hand writes instead. */

void wrong_dW2_no_mean(const net *n, gsl_matrix *g) { outer(1, n->dZ2, n->A1, g); }
void wrong_dW2_two_means(const net *n, gsl_matrix *g) { outer(1 / (n->m * n->m), n->dZ2, n->A1, g); }
void wrong_dW2_sign(const net *n, gsl_matrix *g) { outer(-1 / n->m, n->dZ2, n->A1, g); }
void wrong_dW2_of_Z1(const net *n, gsl_matrix *g) { outer(1 / n->m, n->dZ2, n->Z1, g); }
void wrong_db2_no_mean(const net *n, gsl_matrix *g) { row_sums(1, n->dZ2, n, g); }
void wrong_dW1_no_mean(const net *n, gsl_matrix *g) { outer(1, n->dZ1, n->X, g); }
void wrong_dW1_sign(const net *n, gsl_matrix *g) { outer(-1 / n->m, n->dZ1, n->X, g); }
void wrong_dW1_no_slope(const net *n, gsl_matrix *g) { outer(1 / n->m, n->dA1, n->X, g); }
void wrong_db1_no_mean(const net *n, gsl_matrix *g) { row_sums(1, n->dZ1, n, g); }
void wrong_db1_no_slope(const net *n, gsl_matrix *g) { row_sums(1 / n->m, n->dA1, n, g); }

static void first_sample(const net *n, const gsl_matrix *D, gsl_matrix *g)
{
	for (size_t i = 0; i < g->size1; i++)
		gsl_matrix_set(g, i, 0, net_at(D, i) / n->m);
}

void wrong_db2_no_sum(const net *n, gsl_matrix *g) { first_sample(n, n->dZ2, g); }
void wrong_db1_no_sum(const net *n, gsl_matrix *g) { first_sample(n, n->dZ1, g); }

/* W2 taken for ones. */
void wrong_dA1_no_W2(const net *n, gsl_matrix *g)
{
	for (size_t j = 0; j < g->size1; j++)
		for (size_t i = 0; i < g->size2; i++) {
			double sum = 0;
			for (size_t o = 0; o < n->dZ2->size1; o++)
				sum += gsl_matrix_get(n->dZ2, o, i);
			gsl_matrix_set(g, j, i, sum);
		}
}

/* After W2 was changed: (W2 - a/m dZ2 A1^T)^T dZ2 = dA1 - a/m A1 (dZ2^T dZ2), with the rate a = 1/8. */
void wrong_dA1_stale(const net *n, gsl_matrix *g)
{
	size_t m = g->size2;
	gsl_matrix *gram = gsl_matrix_alloc(m, m);
	affine_dA1(n, g);
	if (!gram)
		return;
	gsl_blas_dgemm(CblasTrans, CblasNoTrans, 1, n->dZ2, n->dZ2, 0, gram);
	gsl_blas_dgemm(CblasNoTrans, CblasNoTrans, -0.125 / n->m, n->A1, gram, 1, g);
	gsl_matrix_free(gram);
}

double wrong_dL_dW2_of_z1(const net *n, size_t o, size_t k) { return net_at(n->dZ2, o) * net_at(n->Z1, k); }
double wrong_dL_dW2_no_a1(const net *n, size_t o, UNUSED size_t k) { return net_at(n->dZ2, o); }

double wrong_dL_db2_with_a1(const net *n, size_t o, UNUSED size_t k)
{
	return net_at(n->dZ2, o) * net_at(n->A1, 0);
}

double wrong_dL_da1_one_output(const net *n, size_t j, UNUSED size_t k)
{
	return net_at(n->dZ2, 0) * gsl_matrix_get(n->W2, 0, j);
}

double wrong_dL_dW1_no_x(const net *n, size_t j, UNUSED size_t k) { return net_at(n->dZ1, j); }
double wrong_dL_dW1_no_slope(const net *n, size_t j, size_t k) { return net_at(n->dA1, j) * net_at(n->X, k); }

double wrong_dL_db1_with_x(const net *n, size_t j, UNUSED size_t k)
{
	return net_at(n->dZ1, j) * net_at(n->X, 0);
}

double wrong_dL_da1_no_W2(const net *n, UNUSED size_t j, UNUSED size_t k)
{
	double sum = 0;
	for (size_t o = 0; o < n->dZ2->size1; o++)
		sum += net_at(n->dZ2, o);
	return sum;
}
