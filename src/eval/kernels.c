/* The steps of a tape, computed: all of a value, or the part of it that some entries reach. Sums keep their order, so that a part is
 * computed to the bit as it is within the whole. */
#include "eval/kernels.h"

#include <gsl/gsl_linalg.h>
#include <math.h>

/* An array by the steps from an entry to the next: 0 where a row, a column or a number is repeated. */
typedef struct strided {
	const double *data;
	size_t down, across;
} strided;

static strided strided_of(const gsl_matrix *a) { return (strided){a->data, a->size1 > 1 ? a->tda : 0, a->size2 > 1}; }

static const double *row_of(strided a, size_t i, size_t col) { return a.data + i * a.down + col * a.across; }

/* v[i,j] = expression in x and y, the choice of which is made once for all entries. */
#define ROW(at_x, at_y, expression)             \
	for (size_t j = 0; j < c->cols; j++) {      \
		const double x = (at_x), y = (at_y);    \
		v[j] = (expression);                    \
	}
#define EACH(expression)                                                           \
	for (size_t i = c->row; i < c->row + c->rows; i++) {                           \
		const double *xs = row_of(a, i, c->col), *ys = row_of(b, i, c->col);       \
		double *v = s->value.data + i * s->value.tda + c->col;                     \
		if (a.across && b.across)                                                  \
			ROW(xs[j], ys[j], expression)                                          \
		else if (a.across)                                                         \
			ROW(xs[j], ys[0], expression)                                          \
		else                                                                       \
			ROW(xs[0], ys[j * b.across], expression)                               \
	}                                                                              \
	return

static void entrywise(hg_step *s, const hg_cut *c, strided a, strided b)
{
	switch (s->op) {
	case HG_TAPE_ADD: EACH(x + y);
	case HG_TAPE_SUB: EACH(x - y);
	case HG_TAPE_MUL: EACH(x * y);
	case HG_TAPE_DIV: EACH(x / y);
	case HG_TAPE_POW: EACH(y == 2 ? x * x : pow(x, y));
	case HG_TAPE_MAX: EACH(x > y ? x : y);
	case HG_TAPE_MIN: EACH(x < y ? x : y);
	case HG_TAPE_GT: EACH(x > y);
	case HG_TAPE_GE: EACH(x >= y);
	case HG_TAPE_EQ: EACH(x == y);
	default: EACH(NAN + x + y);
	}
}
#undef EACH
#undef ROW

static void map(hg_step *s, const hg_cut *c, const gsl_matrix *a)
{
	for (size_t i = c->row; i < c->row + c->rows; i++)
		(s->op == HG_TAPE_FN ? hg_map_values : hg_map_slopes)((hg_map)s->p, a->data + i * a->tda + c->col, s->value.data + i * s->value.tda + c->col, c->cols);
}

static void choose(hg_step *s, const hg_cut *c, strided when, strided then, strided otherwise)
{
	for (size_t i = c->row; i < c->row + c->rows; i++)
		for (size_t j = c->col; j < c->col + c->cols; j++)
			s->value.data[i * s->value.tda + j] = *row_of(when, i, j) != 0 ? *row_of(then, i, j) : *row_of(otherwise, i, j);
}

/* Row by row, so that memory is read in order; each sum still begins with its first product. */
static void multiply(hg_step *s, const hg_cut *c, const gsl_matrix *a, const gsl_matrix *b)
{
	for (size_t i = c->row; i < c->row + c->rows; i++) {
		const double *xs = a->data + i * a->tda, *ys = b->data + c->col;
		double *row = s->value.data + i * s->value.tda + c->col;
		if (c->cols == 1) {
			double sum = 0;
			for (size_t k = 0; k < a->size2; k++)
				sum += xs[k] * ys[k * b->tda];
			*row = sum;
			continue;
		}
		for (size_t j = 0; j < c->cols; j++)
			row[j] = 0;
		for (size_t k = 0; k < a->size2; k++, ys += b->tda) {
			const double x = xs[k];
			for (size_t j = 0; j < c->cols; j++)
				row[j] += x * ys[j];
		}
	}
}

static void transpose(hg_step *s, const hg_cut *c, const gsl_matrix *a)
{
	for (size_t i = c->row; i < c->row + c->rows; i++)
		for (size_t j = c->col; j < c->col + c->cols; j++)
			s->value.data[i * s->value.tda + j] = a->data[j * a->tda + i];
}

static void kronecker(hg_step *s, const gsl_matrix *a, const gsl_matrix *b)
{
	for (size_t i = 0; i < s->value.size1; i++)
		for (size_t j = 0; j < s->value.size2; j++)
			s->value.data[i * s->value.tda + j] = gsl_matrix_get(a, i / b->size1, j / b->size2) *
			                                      gsl_matrix_get(b, i % b->size1, j % b->size2);
}

/* Determinant and inverse by the LU decomposition; NaN where memory is out, and where a is singular. */
static void decompose(hg_step *s, const gsl_matrix *a)
{
	gsl_matrix *lu = gsl_matrix_alloc(a->size1, a->size2);
	gsl_permutation *order = gsl_permutation_alloc(a->size1);
	int sign;
	gsl_matrix_set_all(&s->value, NAN);
	if (lu && order && gsl_matrix_memcpy(lu, a) == 0 && gsl_linalg_LU_decomp(lu, order, &sign) == 0) {
		double det = gsl_linalg_LU_det(lu, sign);
		if (s->op == HG_TAPE_DET)
			gsl_matrix_set(&s->value, 0, 0, det);
		else if (det != 0)
			gsl_linalg_LU_invert(lu, order, &s->value);
	}
	gsl_permutation_free(order);
	gsl_matrix_free(lu);
}

static double trace(const gsl_matrix *a)
{
	double sum = 0;
	for (size_t i = 0; i < a->size1; i++)
		sum += gsl_matrix_get(a, i, i);
	return sum;
}

static void sums(hg_step *s, const hg_cut *c, const gsl_matrix *a)
{
	const size_t from = s->op == HG_TAPE_SUM_ROWWISE ? c->row : 0, past = s->op == HG_TAPE_SUM_ROWWISE ? c->row + c->rows : a->size1;
	const size_t left = s->op == HG_TAPE_SUM_COLWISE ? c->col : 0, right = s->op == HG_TAPE_SUM_COLWISE ? c->col + c->cols : a->size2;
	double *v = s->value.data, sum = 0;
	for (size_t j = left; j < right && s->op == HG_TAPE_SUM_COLWISE; j++)
		v[j] = 0;
	for (size_t i = from; i < past; i++) {
		const double *xs = a->data + i * a->tda;
		if (s->op == HG_TAPE_SUM_COLWISE) {
			for (size_t j = left; j < right; j++)
				v[j] += xs[j];
			continue;
		}
		sum = s->op == HG_TAPE_SUM ? sum : 0;
		for (size_t j = 0; j < a->size2; j++)
			sum += xs[j];
		v[s->op == HG_TAPE_SUM ? 0 : i] = sum;
	}
}

static void softmax(hg_step *s, const hg_cut *c, const gsl_matrix *a)
{
	const bool cols = s->op == HG_TAPE_SOFTMAX_COLS;
	const size_t first = cols ? c->col : c->row, past = first + (cols ? c->cols : c->rows), n = cols ? a->size1 : a->size2;
	const size_t step = cols ? a->tda : 1, stride = cols ? 1 : a->tda;
	for (size_t g = first; g < past; g++) {
		double sum = 0, top = -INFINITY;
		for (size_t k = 0; k < n; k++)
			top = fmax(top, a->data[g * stride + k * step]);
		for (size_t k = 0; k < n; k++)
			sum += s->value.data[g * stride + k * step] = exp(a->data[g * stride + k * step] - top);
		for (size_t k = 0; k < n; k++)
			s->value.data[g * stride + k * step] /= sum;
	}
}

static void part(hg_step *s, const hg_cut *c, const gsl_matrix *a)
{
	for (size_t i = c->row; i < c->row + c->rows; i++)
		for (size_t j = c->col; j < c->col + c->cols; j++)
			s->value.data[i * s->value.tda + j] = a->data[((size_t)s->p + i) * a->tda + (size_t)s->q + j];
}

static void blocks(hg_step *s, hg_step *const *at)
{
	size_t cols = (size_t)s->q, top = 0;
	for (size_t i = 0; i < (size_t)s->p; i++) {
		size_t left = 0, height = at[s->arg[i * cols]]->value.size1;
		for (size_t j = 0; j < cols; j++) {
			const gsl_matrix *b = &at[s->arg[i * cols + j]]->value;
			for (size_t r = 0; r < b->size1; r++)
				for (size_t c = 0; c < b->size2; c++)
					s->value.data[(top + r) * s->value.tda + left + c] = b->data[r * b->tda + c];
			left += b->size2;
		}
		top += height;
	}
}

static void diagonal(hg_step *s, const gsl_matrix *a)
{
	const size_t n = s->value.size2;
	for (size_t e = 0; e < n * n; e++)
		s->value.data[e] = e / n == e % n ? a->data[e / n] : 0;
}

void hg_step_compute(hg_step *s, const hg_cut *c, hg_step *const *at)
{
	const gsl_matrix *a = s->nargs > 0 ? &at[s->arg[0]]->value : NULL, *b = s->nargs > 1 ? &at[s->arg[1]]->value : NULL;
	switch (s->op) {
	case HG_TAPE_LEAF:
		return;
	case HG_TAPE_FN:
	case HG_TAPE_SLOPE:
		map(s, c, a);
		return;
	case HG_TAPE_ADD ... HG_TAPE_EQ:
		entrywise(s, c, strided_of(a), strided_of(b));
		return;
	case HG_TAPE_SELECT:
		choose(s, c, strided_of(a), strided_of(b), strided_of(&at[s->arg[2]]->value));
		return;
	case HG_TAPE_MATMUL:
		multiply(s, c, a, b);
		return;
	case HG_TAPE_TRANSPOSE:
		transpose(s, c, a);
		return;
	case HG_TAPE_KRON:
		kronecker(s, a, b);
		return;
	case HG_TAPE_SUM ... HG_TAPE_SUM_COLWISE:
		sums(s, c, a);
		return;
	case HG_TAPE_PART:
		part(s, c, a);
		return;
	case HG_TAPE_BLOCKS:
		blocks(s, at);
		return;
	case HG_TAPE_SOFTMAX_COLS:
	case HG_TAPE_SOFTMAX_ROWS:
		softmax(s, c, a);
		return;
	case HG_TAPE_DIAG:
		diagonal(s, a);
		return;
	case HG_TAPE_TRACE:
		s->value.data[0] = trace(a);
		return;
	case HG_TAPE_DET:
	case HG_TAPE_INVERSE:
		decompose(s, a);
		return;
	case HG_TAPE_FILL:
		gsl_matrix_set_all(&s->value, a->data[0]);
		return;
	}
}
