/* Of which shape every step is, what it costs, and how near it is to a kink. */
#include "eval/kernels.h"

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
