#include "eval/kernels.h"

#include <gsl/gsl_linalg.h>
#include <math.h>

static bool joins(size_t m, size_t n) { return m == n || m == 1 || n == 1; }

bool hg_shape_broadcast(hg_shape a, hg_shape b, hg_shape *out)
{
	if (!joins(a.rows, b.rows) || !joins(a.cols, b.cols))
		return false;
	bool rows = a.rows > b.rows || (a.rows == b.rows && a.raxis), cols = a.cols > b.cols || (a.cols == b.cols && a.caxis);
	out->rows = a.rows > b.rows ? a.rows : b.rows;
	out->cols = a.cols > b.cols ? a.cols : b.cols;
	out->raxis = rows ? a.raxis : b.raxis;
	out->caxis = cols ? a.caxis : b.caxis;
	return true;
}

static bool blocks_shape(hg_step *s, hg_step *const *at)
{
	size_t rows = (size_t)s->p, cols = (size_t)s->q, height = 0, width = 0;
	if (rows * cols != s->nargs)
		return false;
	for (size_t i = 0; i < rows; i++)
		for (size_t j = 0; j < cols; j++) {
			hg_shape b = at[s->arg[i * cols + j]]->shape;
			if (b.rows != at[s->arg[i * cols]]->shape.rows || b.cols != at[s->arg[j]]->shape.cols)
				return false;
			height += j ? 0 : b.rows;
			width += i ? 0 : b.cols;
		}
	s->shape.rows = height;
	s->shape.cols = width;
	if (rows == 1)
		s->shape.raxis = at[s->arg[0]]->shape.raxis;
	if (cols == 1)
		s->shape.caxis = at[s->arg[0]]->shape.caxis;
	return true;
}

bool hg_step_shape(hg_step *s, const hg_step *const operand[3], hg_step *const *at)
{
	hg_shape a = operand[0] ? operand[0]->shape : (hg_shape){0, 0, 0, 0}, b = operand[1] ? operand[1]->shape : a;
	switch (s->op) {
	case HG_TAPE_LEAF:
		return false;
	case HG_TAPE_FN:
	case HG_TAPE_SLOPE:
	case HG_TAPE_SOFTMAX_COLS:
	case HG_TAPE_SOFTMAX_ROWS:
		s->shape = a;
		return true;
	case HG_TAPE_ADD ... HG_TAPE_EQ:
		return hg_shape_broadcast(a, b, &s->shape);
	case HG_TAPE_SELECT: {
		hg_shape c = operand[2] ? operand[2]->shape : a, branches;
		return hg_shape_broadcast(b, c, &branches) && hg_shape_broadcast(a, branches, &s->shape);
	}
	case HG_TAPE_MATMUL:
		s->shape = (hg_shape){a.rows, b.cols, a.raxis, b.caxis};
		return a.cols == b.rows;
	case HG_TAPE_TRANSPOSE:
		s->shape = (hg_shape){a.cols, a.rows, a.caxis, a.raxis};
		return true;
	case HG_TAPE_KRON:
		s->shape = (hg_shape){a.rows * b.rows, a.cols * b.cols, 0, 0};
		return true;
	case HG_TAPE_SUM:
		s->shape = (hg_shape){1, 1, 0, 0};
		return true;
	case HG_TAPE_SUM_ROWWISE:
		s->shape = (hg_shape){a.rows, 1, a.raxis, 0};
		return true;
	case HG_TAPE_SUM_COLWISE:
		s->shape = (hg_shape){1, a.cols, 0, a.caxis};
		return true;
	case HG_TAPE_PART:
		return s->p >= 0 && s->q >= 0 && (size_t)s->p + s->shape.rows <= a.rows && (size_t)s->q + s->shape.cols <= a.cols;
	case HG_TAPE_BLOCKS:
		return blocks_shape(s, at);
	case HG_TAPE_DIAG: { /* a vector to a diagonal matrix */
		size_t n = a.rows * a.cols;
		unsigned axis = a.rows > 1 ? a.raxis : a.caxis;
		s->shape = (hg_shape){n, n, axis, axis};
		return a.rows == 1 || a.cols == 1;
	}
	case HG_TAPE_TRACE:
	case HG_TAPE_DET:
		s->shape = (hg_shape){1, 1, 0, 0};
		return a.rows == a.cols;
	case HG_TAPE_INVERSE:
		s->shape = (hg_shape){a.cols, a.rows, a.caxis, a.raxis};
		return a.rows == a.cols;
	case HG_TAPE_FILL:
		s->shape.rows = (size_t)s->p;
		s->shape.cols = (size_t)s->q;
		return a.rows == 1 && a.cols == 1;
	}
	return false;
}

/* One for each entry, one for each product in a matrix product, and some for the way there. */
size_t hg_step_cost(const hg_step *s, hg_step *const *at)
{
	enum { OVERHEAD = 8 };
	size_t n = s->shape.rows * s->shape.cols, most = n;
	for (size_t i = 0; i < s->nargs && i < 3; i++) {
		hg_shape a = at[s->arg[i]]->shape;
		bool solves = s->op == HG_TAPE_DET || s->op == HG_TAPE_INVERSE;
		size_t k = s->op == HG_TAPE_MATMUL && !i ? n * a.cols : a.rows * a.cols * (solves ? a.cols : 1);
		most = k > most ? k : most;
	}
	return OVERHEAD + s->nargs + most;
}

/* An array by the steps from an entry to the next: 0 where a row, a column or a number is repeated. */
typedef struct strided {
	const double *data;
	size_t down, across;
} strided;

static strided strided_of(const gsl_matrix *a) { return (strided){a->data, a->size1 > 1 ? a->tda : 0, a->size2 > 1}; }

/* v[i,j] = expression in x and y, the choice of which is made once for all entries. */
#define EACH(expression)                                                                                     \
	for (size_t i = 0; i < s->value.size1; i++) {                                                            \
		const double *xs = a.data + i * a.down, *ys = b.data + i * b.down;                                   \
		double *v = s->value.data + i * s->value.tda;                                                        \
		for (size_t j = 0; j < s->value.size2; j++) {                                                        \
			const double x = xs[j * a.across], y = ys[j * b.across];                                         \
			v[j] = (expression);                                                                             \
		}                                                                                                    \
	}                                                                                                        \
	return

static void entrywise(hg_step *s, strided a, strided b)
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

/* Row by row, so that memory is read in order; each sum still begins with its first product. */
static void multiply(hg_step *s, const gsl_matrix *a, const gsl_matrix *b)
{
	const size_t n = b->size2;
	for (size_t i = 0; i < a->size1; i++) {
		double *row = s->value.data + i * s->value.tda;
		for (size_t j = 0; j < n; j++)
			row[j] = 0;
		for (size_t k = 0; k < a->size2; k++) {
			const double x = a->data[i * a->tda + k], *ys = b->data + k * b->tda;
			for (size_t j = 0; j < n; j++)
				row[j] += x * ys[j];
		}
	}
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

static void sums(hg_step *s, const gsl_matrix *a)
{
	for (size_t e = 0; e < s->value.size1 * s->value.size2; e++)
		s->value.data[e] = 0;
	for (size_t i = 0; i < a->size1; i++)
		for (size_t j = 0; j < a->size2; j++)
			s->value.data[s->op == HG_TAPE_SUM ? 0 : s->op == HG_TAPE_SUM_ROWWISE ? i : j] += a->data[i * a->tda + j];
}

static void softmax(hg_step *s, const gsl_matrix *a)
{
	bool cols = s->op == HG_TAPE_SOFTMAX_COLS;
	size_t groups = cols ? a->size2 : a->size1, n = cols ? a->size1 : a->size2;
	size_t step = cols ? a->tda : 1, stride = cols ? 1 : a->tda;
	for (size_t g = 0; g < groups; g++) {
		double sum = 0, top = -INFINITY;
		for (size_t k = 0; k < n; k++)
			top = fmax(top, a->data[g * stride + k * step]);
		for (size_t k = 0; k < n; k++)
			sum += s->value.data[g * stride + k * step] = exp(a->data[g * stride + k * step] - top);
		for (size_t k = 0; k < n; k++)
			s->value.data[g * stride + k * step] /= sum;
	}
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

void hg_step_compute(hg_step *s, hg_step *const *at)
{
	const gsl_matrix *a = s->nargs > 0 ? &at[s->arg[0]]->value : NULL, *b = s->nargs > 1 ? &at[s->arg[1]]->value : NULL;
	gsl_matrix *v = &s->value;
	size_t n = v->size1 * v->size2;
	switch (s->op) {
	case HG_TAPE_LEAF:
		return;
	case HG_TAPE_FN:
		for (size_t e = 0; e < n; e++)
			v->data[e] = hg_map_value((hg_map)s->p, a->data[e]);
		return;
	case HG_TAPE_SLOPE:
		for (size_t e = 0; e < n; e++)
			v->data[e] = hg_map_slope((hg_map)s->p, a->data[e]);
		return;
	case HG_TAPE_ADD ... HG_TAPE_EQ:
		entrywise(s, strided_of(a), strided_of(b));
		return;
	case HG_TAPE_SELECT: {
		const gsl_matrix *c = &at[s->arg[2]]->value;
		for (size_t e = 0; e < n; e++) {
			size_t i = e / v->size2, j = e % v->size2;
#define AT(m) ((m)->data[((m)->size1 > 1 ? i * (m)->tda : 0) + ((m)->size2 > 1 ? j : 0)])
			v->data[e] = AT(a) != 0 ? AT(b) : AT(c);
#undef AT
		}
		return;
	}
	case HG_TAPE_MATMUL:
		multiply(s, a, b);
		return;
	case HG_TAPE_TRANSPOSE:
		for (size_t e = 0; e < n; e++)
			v->data[e] = a->data[e % v->size2 * a->tda + e / v->size2];
		return;
	case HG_TAPE_KRON:
		kronecker(s, a, b);
		return;
	case HG_TAPE_SUM ... HG_TAPE_SUM_COLWISE:
		sums(s, a);
		return;
	case HG_TAPE_PART:
		for (size_t e = 0; e < n; e++)
			v->data[e] = a->data[((size_t)s->p + e / v->size2) * a->tda + (size_t)s->q + e % v->size2];
		return;
	case HG_TAPE_BLOCKS:
		blocks(s, at);
		return;
	case HG_TAPE_SOFTMAX_COLS:
	case HG_TAPE_SOFTMAX_ROWS:
		softmax(s, a);
		return;
	case HG_TAPE_DIAG:
		for (size_t e = 0; e < n; e++)
			v->data[e] = e / v->size2 == e % v->size2 ? a->data[e / v->size2] : 0;
		return;
	case HG_TAPE_TRACE:
		v->data[0] = trace(a);
		return;
	case HG_TAPE_DET:
	case HG_TAPE_INVERSE:
		decompose(s, a);
		return;
	case HG_TAPE_FILL:
		for (size_t e = 0; e < n; e++)
			v->data[e] = a->data[0];
		return;
	}
}

double hg_step_kink_distance(const hg_step *s, hg_step *const *at)
{
	bool compares = s->op >= HG_TAPE_MAX && s->op <= HG_TAPE_EQ;
	bool log = s->op == HG_TAPE_FN && (s->p == HG_MAP_LOG || s->p == HG_MAP_LOG2 || s->p == HG_MAP_LOG10); /* its edge is as bad as a kink */
	double kink = s->op == HG_TAPE_FN || s->op == HG_TAPE_SLOPE ? hg_map_kink((hg_map)s->p) : NAN, distance = INFINITY;
	if (log)
		kink = 0;
	if (isnan(kink) && !compares)
		return distance;
	const gsl_matrix *a = &at[s->arg[0]]->value;
	if (!compares) {
		for (size_t e = 0; e < a->size1 * a->size2; e++)
			distance = fmin(distance, fabs(a->data[e] - kink));
		return distance;
	}
	const gsl_matrix *b = &at[s->arg[1]]->value;
	for (size_t i = 0; i < s->value.size1; i++)
		for (size_t j = 0; j < s->value.size2; j++)
			distance = fmin(distance, fabs(a->data[(a->size1 > 1 ? i * a->tda : 0) + (a->size2 > 1 ? j : 0)] -
			                               b->data[(b->size1 > 1 ? i * b->tda : 0) + (b->size2 > 1 ? j : 0)]));
	return distance;
}
