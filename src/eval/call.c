/* Functions applied: entry by entry (maps.def), of whole arrays (np.sum, softmax ...), the document's own, and
 * their derivatives f'. */
#include "eval/eval.h"

#include <math.h>

static const hg_shape none = {0, 0, 0, 0};

static hg_node keep(hg_eval *ev, const hg_expr *at, hg_node node, hg_cause trouble)
{
	return node < 0 ? hg_eval_misfit(ev, at, trouble) : node;
}

hg_node hg_eval_function(hg_eval *ev, const hg_callee *f, hg_node a)
{
	if (a < 0 || !f->body)
		return a < 0 ? a : hg_tape_fn(ev->tape, f->fn, a);
	hg_local letter = {.name = f->letter, .node = a, .outer = ev->local};
	ev->local = &letter;
	hg_node value = hg_eval_expr(ev, f->body);
	ev->local = letter.outer;
	return value;
}

/* Of a function given by an expression: by differences, entry by entry, at the value a has now. */
static hg_node slope_of_body(hg_eval *ev, const hg_callee *f, hg_node a)
{
	hg_shape shape = hg_tape_shape(ev->tape, a);
	hg_node x = hg_tape_leaf(ev->tape, shape, hg_tape_value(ev->tape, a)->data);
	hg_node y = x < 0 ? x : hg_eval_function(ev, f, x);
	if (y < 0)
		return y;
	hg_shape image = hg_tape_shape(ev->tape, y);
	gsl_matrix *jacobian = hg_tape_jacobian(ev->tape, y, hg_cut_whole(ev->tape, x), ev->arena);
	hg_node slope = hg_tape_leaf(ev->tape, shape, NULL);
	ev->differenced = true;
	if (!jacobian || slope < 0)
		return HG_NODE_NONE;
	size_t n = shape.rows * shape.cols;
	bool constant = image.rows * image.cols != n;
	for (size_t e = 0; e < n; e++)
		hg_tape_value(ev->tape, slope)->data[e] = gsl_matrix_get(jacobian, constant ? 0 : e, e);
	return slope;
}

const double hg_second_weights[HG_SECOND_REACH + 1] = {-205. / 72, 8. / 5, -1. / 5, 8. / 315, -1. / 560};

bool hg_second_agree(double whole, double half) { return fabs(whole - half) <= 1e-6 * fmax(1e-3, fmax(fabs(whole), fabs(half))); }

/* f''(x) of a number, with steps of h; NaN: a value is none. */
static double curvature_by(hg_eval *ev, const hg_callee *f, double x, double h)
{
	double sum = 0;
	for (int k = -HG_SECOND_REACH; k <= HG_SECOND_REACH; k++) {
		double moved = x + k * h;
		hg_node y = hg_eval_function(ev, f, hg_tape_leaf(ev->tape, (hg_shape){1, 1, 0, 0}, &moved));
		if (y < 0 || !hg_tape_is_scalar(ev->tape, y))
			return NAN;
		sum += hg_second_weights[k < 0 ? -k : k] * hg_tape_value(ev->tape, y)->data[0];
	}
	return sum / (h * h);
}

static hg_node curvature(hg_eval *ev, const hg_expr *at, const hg_callee *f, hg_node x)
{
	double where = hg_tape_value(ev->tape, x)->data[0], h = hg_second_step(where);
	double whole = hg_tape_is_scalar(ev->tape, x) ? curvature_by(ev, f, where, h) : NAN;
	if (!isfinite(whole) || !hg_second_agree(whole, curvature_by(ev, f, where, h / 2)))
		return hg_eval_fail(ev, at, HG_CAUSE_SECOND_DERIVATIVE);
	ev->differenced = true;
	return hg_tape_leaf(ev->tape, hg_tape_shape(ev->tape, x), &whole);
}

/* f'(z) by what f(z) is: a (1 - a) of the sigmoid, 1 - a^2 of tanh. */
static hg_node slope_by_value(hg_eval *ev, hg_map map, hg_node a)
{
	hg_shape shape = hg_tape_shape(ev->tape, a);
	hg_node slope = hg_tape_leaf(ev->tape, shape, NULL);
	for (size_t e = 0; slope >= 0 && e < shape.rows * shape.cols; e++) {
		double value = hg_tape_value(ev->tape, a)->data[e];
		hg_tape_value(ev->tape, slope)->data[e] = map == HG_MAP_TANH ? 1 - value * value : value * (1 - value);
	}
	return slope;
}

hg_node hg_eval_slope(hg_eval *ev, const hg_callee *f, hg_node a)
{
	if (a < 0)
		return a;
	if (ev->code && (f->fn == HG_MAP_SIGMOID || f->fn == HG_MAP_TANH) && (ev->slopes_of_output >> f->fn & 1))
		return slope_by_value(ev, f->fn, a);
	return f->body ? slope_of_body(ev, f, a) : hg_tape_slope(ev->tape, f->fn, a);
}

/* ---- functions of whole arrays ---------------------------------------------------------------------------------- */

typedef struct arguments {
	size_t n;
	const hg_expr *at[4];
	const hg_expr *axis;
} arguments;

static arguments arguments_of(const hg_expr *call)
{
	arguments a = {0};
	for (size_t i = 1; i < call->nkids; i++) {
		const hg_expr *kid = call->kid[i];
		if (kid->op == HG_OP_KWARG && hg_str_is(kid->word, HG_W_AXIS))
			a.axis = kid->kid[0];
		else if (kid->op == HG_OP_KWARG && hg_str_is(kid->word, HG_W_DIM))
			a.axis = kid->kid[0];
		else if (kid->op != HG_OP_KWARG && a.n < 4)
			a.at[a.n++] = kid;
	}
	return a;
}

static hg_node reduce_node(hg_eval *ev, const hg_expr *call, const hg_expr *axis, hg_node x, bool mean)
{
	hg_shape s = hg_tape_shape(ev->tape, x);
	hg_tape_op op = HG_TAPE_SUM;
	double n = (double)(s.rows * s.cols);
	if (axis) {
		hg_node k = hg_eval_expr(ev, axis);
		double which = k < 0 ? NAN : hg_tape_value(ev->tape, k)->data[0];
		if (which == 1 || which == -1 || which == 2) /* 2: as Matlab counts */
			op = HG_TAPE_SUM_ROWWISE, n = (double)s.cols;
		else if (which == 0)
			op = HG_TAPE_SUM_COLWISE, n = (double)s.rows;
		else
			return hg_eval_fail(ev, axis, HG_CAUSE_AXIS);
	}
	hg_node sum = hg_tape_unary(ev->tape, op, x);
	if (mean && sum >= 0)
		sum = hg_tape_binary(ev->tape, HG_TAPE_DIV, sum, hg_tape_number(ev->tape, n));
	return keep(ev, call, sum, HG_CAUSE_SUM_UNFORMED);
}

/* The variance is the mean of (x - mean(x))^2. */
static hg_node reduce(hg_eval *ev, const hg_expr *call, const arguments *a, hg_fn fn)
{
	const hg_expr *axis = a->axis ? a->axis : a->n > 1 ? a->at[1] : NULL;
	hg_node x = hg_eval_expr(ev, a->at[0]);
	hg_node value = x < 0 ? x : reduce_node(ev, call, axis, x, fn != HG_FN_SUM_OVER);
	if (value < 0 || fn != HG_FN_VARIANCE)
		return value;
	hg_node off = keep(ev, call, hg_tape_binary(ev->tape, HG_TAPE_SUB, x, value), HG_CAUSE_SUM_UNFORMED);
	return off < 0 ? off : reduce_node(ev, call, axis, hg_tape_binary(ev->tape, HG_TAPE_MUL, off, off), true);
}

static hg_node softmax(hg_eval *ev, hg_node x)
{
	hg_shape s = hg_tape_shape(ev->tape, x);
	bool rows = s.rows == 1 || (s.cols > 1 && ((ev->by_rows && s.caxis != ev->sample_axis) || (s.raxis && s.raxis == ev->sample_axis)));
	return hg_tape_unary(ev->tape, rows ? HG_TAPE_SOFTMAX_ROWS : HG_TAPE_SOFTMAX_COLS, x);
}

static hg_node norm(hg_eval *ev, hg_node x)
{
	hg_node square = hg_tape_binary(ev->tape, HG_TAPE_MUL, x, x);
	return hg_tape_fn(ev->tape, HG_MAP_SQRT_OF, hg_tape_unary(ev->tape, HG_TAPE_SUM, square));
}

static hg_node ones_like(hg_eval *ev, hg_node x, double value)
{
	hg_shape s = hg_tape_shape(ev->tape, x);
	return hg_tape_apply(ev->tape, HG_TAPE_FILL, (int)s.rows, (int)s.cols, s, 1, (hg_node[]){hg_tape_number(ev->tape, value)});
}

static hg_node of_one(hg_eval *ev, const hg_expr *call, hg_fn fn, hg_node x)
{
	switch (fn) {
	case HG_FN_SOFTMAX:
		return softmax(ev, x);
	case HG_FN_LOGSOFTMAX:
		return hg_tape_fn(ev->tape, HG_MAP_LOG, softmax(ev, x));
	case HG_FN_DIAG:
		return hg_tape_unary(ev->tape, HG_TAPE_DIAG, x);
	case HG_FN_TRACE:
		return hg_tape_unary(ev->tape, HG_TAPE_TRACE, x);
	case HG_FN_DET:
		return hg_tape_unary(ev->tape, HG_TAPE_DET, x);
	case HG_FN_INVERSE_OF:
		return hg_tape_unary(ev->tape, HG_TAPE_INVERSE, x);
	case HG_FN_TRANSPOSE_OF:
		return hg_tape_unary(ev->tape, HG_TAPE_TRANSPOSE, x);
	case HG_FN_NORM_OF:
		return norm(ev, x);
	case HG_FN_ONES:
		return ones_like(ev, x, 1);
	case HG_FN_ZEROS:
		return ones_like(ev, x, 0);
	case HG_FN_LEN: { /* of the samples, wherever they lie: y of one output is an array of them in code */
		hg_shape s = hg_tape_shape(ev->tape, x);
		return hg_tape_number(ev->tape, (double)(s.caxis == ev->sample_axis && s.cols > 1 ? s.cols : s.rows));
	}
	default:
		return hg_eval_fail(ev, call, HG_CAUSE_NO_FUNCTION_VALUE);
	}
}

static hg_node of_two(hg_eval *ev, const hg_expr *call, hg_fn fn, hg_node a, hg_node b)
{
	hg_tape *t = ev->tape;
	static const struct {
		hg_fn fn;
		hg_tape_op op;
	} entrywise[] = {{HG_FN_MAX, HG_TAPE_MAX},      {HG_FN_MIN, HG_TAPE_MIN}, {HG_FN_POWER, HG_TAPE_POW},
	                 {HG_FN_MULTIPLY, HG_TAPE_MUL}, {HG_FN_ADD, HG_TAPE_ADD}, {HG_FN_SUBTRACT, HG_TAPE_SUB},
	                 {HG_FN_DIVIDE, HG_TAPE_DIV}};
	for (size_t i = 0; i < sizeof entrywise / sizeof *entrywise; i++)
		if (entrywise[i].fn == fn)
			return hg_tape_binary(t, entrywise[i].op, a, b);
	if (fn == HG_FN_LEN) { /* x.shape[k] */
		const hg_shape s = hg_tape_shape(t, a);
		return hg_tape_number(t, (double)(hg_tape_value(t, b)->data[0] > 0 ? s.cols : s.rows));
	}
	if (fn == HG_FN_OUTER)
		return hg_eval_multiply(ev, HG_GLUE_OTIMES, a, b);
	if (fn != HG_FN_DOT)
		return hg_eval_fail(ev, call, HG_CAUSE_NO_FUNCTION_VALUE);
	bool scaled = hg_tape_is_scalar(t, a) || hg_tape_is_scalar(t, b);
	return hg_tape_binary(t, scaled ? HG_TAPE_MUL : HG_TAPE_MATMUL, a, b);
}

static hg_node of_arrays(hg_eval *ev, const hg_expr *call, hg_fn fn)
{
	arguments a = arguments_of(call);
	if (!a.n)
		return hg_eval_fail(ev, call, HG_CAUSE_NO_ARGUMENT);
	if (fn == HG_FN_SUM_OVER || fn == HG_FN_MEAN || fn == HG_FN_VARIANCE)
		return reduce(ev, call, &a, fn);
	hg_node x[3] = {HG_NODE_NONE, HG_NODE_NONE, HG_NODE_NONE};
	for (size_t i = 0; i < a.n && i < 3; i++)
		if ((x[i] = hg_eval_expr(ev, a.at[i])) < 0)
			return x[i];
	if (fn == HG_FN_WHERE && a.n == 3)
		return keep(ev, call, hg_tape_apply(ev->tape, HG_TAPE_SELECT, 0, 0, none, 3, x), HG_CAUSE_MISFIT);
	if (a.n == 1)
		return keep(ev, call, of_one(ev, call, fn, x[0]), HG_CAUSE_FUNCTION_MISFIT);
	return keep(ev, call, of_two(ev, call, fn, x[0], x[1]), HG_CAUSE_ARGUMENTS_MISFIT);
}

/* ---- calls --------------------------------------------------------------------------------------------------------- */

/* The name under the decorations of a function: f, f', f^T, f^2, and what they do to its value. */
typedef struct decorated {
	const hg_expr *name, *power;
	int primes;
	bool transposed;
} decorated;

static bool undecorate(const hg_expr *f, decorated *d)
{
	for (;; f = f->kid[0]) {
		if (f->op == HG_OP_NAME) {
			d->name = f;
			return true;
		}
		if (f->op == HG_OP_PRIME)
			d->primes++;
		else if (f->op == HG_OP_TRANSPOSE)
			d->transposed = true;
		else if (f->op == HG_OP_POW && !d->power)
			d->power = f->kid[1];
		else if (f->op != HG_OP_BOX && f->op != HG_OP_BRACE)
			return false;
	}
}

static bool known(hg_eval *ev, const hg_expr *name, hg_callee *f)
{
	*f = (hg_callee){.fn = HG_NMAPS, .whole = HG_NFNS};
	if (ev->callee(ev, name, f))
		return true;
	f->fn = name->nindex ? HG_NMAPS : hg_map_find(name->name);
	return f->fn != HG_NMAPS;
}

static hg_node finish(hg_eval *ev, const hg_expr *e, const decorated *d, hg_node value)
{
	if (value >= 0 && d->power) {
		hg_node p = hg_eval_expr(ev, d->power);
		value = p < 0 ? p : hg_tape_binary(ev->tape, HG_TAPE_POW, value, p);
	}
	if (value >= 0 && d->transposed)
		value = hg_tape_unary(ev->tape, HG_TAPE_TRANSPOSE, value);
	return keep(ev, e, value, HG_CAUSE_FUNCTION_MISFIT);
}

/* An expression with a prime: the derivative by the one letter in it that is free. */
static hg_node primed_expression(hg_eval *ev, const hg_expr *e)
{
	hg_expr *derivative = hg_expr_new(ev->arena, HG_OP_DERIV, e->span, 1);
	if (!derivative)
		return hg_eval_fail(ev, e, HG_CAUSE_OUT_OF_MEMORY);
	derivative->kid[0] = e->kid[0];
	return ev->deriv(ev, derivative);
}

hg_node hg_eval_call(hg_eval *ev, const hg_expr *e)
{
	decorated d = {0};
	bool prime_outside = e->op == HG_OP_PRIME; /* (f(x))' and f' without an argument */
	const hg_expr *call = prime_outside ? e->kid[0] : e;
	d.primes = prime_outside;
	if (call->op != HG_OP_CALL) {
		hg_node mine = ev->name(ev, e);
		return mine >= 0 || ev->trouble ? mine : primed_expression(ev, e);
	}
	if (!undecorate(call->kid[0], &d)) {
		hg_node applied = ev->apply(ev, call);
		return applied < 0 ? hg_eval_fail(ev, e, HG_CAUSE_NOT_A_FUNCTION) : applied;
	}
	hg_callee f;
	if (!known(ev, d.name, &f)) {
		hg_fn fn = d.name->nindex || d.primes ? HG_NFNS : hg_fn_find(d.name->name);
		if (fn != HG_NFNS)
			return finish(ev, e, &d, of_arrays(ev, call, fn));
		hg_node applied = ev->apply(ev, call);
		return applied < 0 ? hg_eval_fail(ev, e, HG_CAUSE_FUNCTION_UNDEFINED) : applied;
	}
	if (f.whole != HG_NFNS)
		return d.primes ? hg_eval_fail(ev, e, HG_CAUSE_SOFTMAX_SLOPE)
		                : finish(ev, e, &d, of_arrays(ev, call, f.whole));
	if (d.primes > 2)
		return hg_eval_fail(ev, e, HG_CAUSE_SECOND_DERIVATIVE);
	arguments a = arguments_of(call);
	if (a.n != 1 && !(a.n == 2 && f.fn == HG_MAP_STEP)) {
		hg_node applied = d.primes ? HG_NODE_NONE : ev->apply(ev, call);
		return applied < 0 ? hg_eval_fail(ev, call, HG_CAUSE_SEVERAL_ARGUMENTS) : applied;
	}
	hg_node x = hg_eval_expr(ev, a.at[0]);
	if (x >= 0 && d.primes == 2)
		return finish(ev, e, &d, curvature(ev, e, &f, x));
	return x < 0 ? x : finish(ev, e, &d, d.primes ? hg_eval_slope(ev, &f, x) : hg_eval_function(ev, &f, x));
}
