/* Shapes by the names of their axes, and what products and sums say about them. */
#include "model/shape/sym.h"

bool hg_sym_known(hg_sym a)
{
	return !a.leaf;
}

hg_sym hg_sym_turned(hg_sym a)
{
	unsigned r = a.r;
	a.r = a.c;
	a.c = r;
	a.turned = !a.turned;
	return a;
}

static bool counts(unsigned axis) { return axis != HG_AXIS_ONE && axis != HG_AXIS_SAMPLES; }

/* The declared shape, for one sample; a vector lies as it is wanted to. */
static void take_declared(hg_doc_model *m, hg_var *v, unsigned r, unsigned c)
{
	const hg_said_shape *said = v->said;
	bool row = said->n == 1 && r == HG_AXIS_ONE && counts(c);
	unsigned first = said->n ? said->axis[0] : HG_AXIS_ONE, second = said->n > 1 ? said->axis[1] : HG_AXIS_ONE;
	v->data = v->data || first == HG_AXIS_SAMPLES || second == HG_AXIS_SAMPLES;
	v->row = v->row || (first == HG_AXIS_SAMPLES && counts(second));
	v->raxis = row || first == HG_AXIS_SAMPLES ? HG_AXIS_ONE : first;
	v->caxis = row ? first : second == HG_AXIS_SAMPLES ? HG_AXIS_ONE : second;
	hg_axis_join(m, r, v->raxis);
	hg_axis_join(m, c, v->caxis);
	v->raxis = hg_axis_now(m, v->raxis);
	v->caxis = hg_axis_now(m, v->caxis);
}

hg_sym hg_sym_assign(hg_shaper *s, hg_sym a, unsigned r, unsigned c)
{
	if (!a.leaf)
		return (hg_sym){.r = r, .c = c, .data = a.data};
	hg_var *v = hg_var_real(a.leaf);
	v->raxis = a.turned ? c : r;
	v->caxis = a.turned ? r : c;
	v->shaped = true;
	if (v->said)
		take_declared(s->model, v, v->raxis, v->caxis);
	return (hg_sym){.r = a.turned ? v->caxis : v->raxis, .c = a.turned ? v->raxis : v->caxis, .data = a.data || v->data};
}

/* A number or a matrix by declaration needs no neighbour to say its shape. */
static hg_sym settled(hg_shaper *s, hg_sym a)
{
	const hg_said_shape *said = a.leaf ? hg_var_real(a.leaf)->said : NULL;
	return said && said->n != 1 ? hg_sym_assign(s, a, HG_AXIS_ONE, HG_AXIS_ONE) : a;
}

static hg_sym now(const hg_shaper *s, hg_sym a)
{
	a.r = hg_axis_now(s->model, a.r);
	a.c = hg_axis_now(s->model, a.c);
	return a;
}

/* ---- plain arrays, as code has them ------------------------------------------------------------------------------------ */

/* What is given and stands beside an array: a parameter lies along the axis that its gradient keeps, all else fits. */
static hg_sym beside(hg_shaper *s, hg_sym leaf, hg_sym array)
{
	const unsigned kept = s->model->layout.reduced;
	return hg_sym_assign(s, leaf, kept == 1 ? HG_AXIS_ONE : array.r, kept == 2 ? HG_AXIS_ONE : array.c);
}

/* Entry by entry: an axis of one entry is spread over the other's. */
static hg_sym spread(hg_shaper *s, hg_sym a, hg_sym b)
{
	if (a.constant || b.constant)
		return a.constant ? b : a;
	if (!hg_sym_known(a) && !hg_sym_known(b)) {
		const unsigned rows = hg_shaper_axis(s);
		a = hg_sym_assign(s, a, rows, hg_shaper_axis(s));
	}
	if (!hg_sym_known(a))
		a = beside(s, a, b);
	if (!hg_sym_known(b))
		b = beside(s, b, a);
	return (hg_sym){.r = a.r == HG_AXIS_ONE ? b.r : a.r, .c = a.c == HG_AXIS_ONE ? b.c : a.c};
}

static hg_sym matrix_product(hg_shaper *s, hg_sym a, hg_sym b)
{
	unsigned inner = hg_sym_known(a) ? a.c : hg_sym_known(b) ? b.r : hg_shaper_axis(s);
	if (!hg_sym_known(a))
		a = hg_sym_assign(s, a, hg_shaper_axis(s), inner);
	if (!hg_sym_known(b))
		b = hg_sym_assign(s, b, inner, hg_shaper_axis(s));
	hg_axis_join(s->model, a.c, b.r);
	return (hg_sym){.r = a.r, .c = b.c};
}

/* What is given and added to an array with rows and columns in code, X @ W + b: a row that is added to every other where its
 * gradient is a sum; else all of it, for all we know. */
static hg_sym added(hg_shaper *s, hg_sym leaf, hg_sym array)
{
	hg_var *v = hg_var_real(leaf.leaf);
	const hg_sym whole = array;
	bool both = s->code && counts(array.r) && counts(array.c) && !v->def && !v->said && !leaf.turned;
	if (both && hg_gradient_is_summed(s->model, v))
		array.r = HG_AXIS_ONE;
	else
		v->spread = v->spread || both;
	const hg_sym own = hg_sym_assign(s, leaf, array.r, array.c);
	return v->said ? own : whole;
}

/* Two things that must have the same shape. */
hg_sym hg_sym_same(hg_shaper *s, hg_sym a, hg_sym b)
{
	a = now(s, settled(s, a));
	b = now(s, settled(s, b));
	if (s->model->layout.plain)
		return spread(s, a, b);
	bool data = a.data || b.data;
	hg_sym out = a;
	if (!hg_sym_known(a) && hg_sym_known(b) && !b.constant)
		out = added(s, a, b);
	else if (hg_sym_known(a) && !hg_sym_known(b) && !a.constant)
		out = added(s, b, a);
	else if (hg_sym_known(a) && hg_sym_known(b))
		out = a.r == HG_AXIS_ONE && a.c == HG_AXIS_ONE ? b : a;
	else if (a.constant)
		out = b;
	out.data = data;
	out.constant = a.constant && b.constant;
	return out;
}

static bool input_base(const hg_var *v)
{
	return hg_str_any(v->base, HG_LIST_INPUTS) || (!v->def && hg_str_any(v->base, HG_LIST_OF_LAYERS));
}

/* theta, w, v: a small letter without a layer is a vector, and w^T x a number. */
static bool small_letter(const hg_var *v)
{
	bool small = v->base.n == 1 || (v->base.n == 2 && v->base.p[1] == '_') || hg_str_any(v->base, HG_LIST_VECTORS);
	return small && !v->capital && v->layer == HG_NO_LAYER;
}

/* One number comes of w^T x, and by custom of w x; W @ x is a product of matrices, whatever the letter. */
static unsigned out_axis(hg_shaper *s, const hg_sym *weight, hg_glue glue)
{
	const hg_var *v = weight->leaf;
	bool custom = glue != HG_GLUE_AT && !s->model->said->blind && ((s->vector_weight && v->layer == HG_NO_LAYER) || (small_letter(v) && hg_str_is(v->base, HG_L_WEIGHT)));
	bool vector = custom || (small_letter(v) && (weight->turned || v->base.n > 1));
	return vector ? HG_AXIS_ONE : hg_shaper_axis(s);
}

hg_sym hg_sym_times(hg_shaper *s, hg_sym a, hg_sym b, hg_glue glue, bool entrywise)
{
	a = now(s, settled(s, a));
	b = now(s, settled(s, b));
	bool data = a.data || b.data,
	     hadamard = entrywise || glue == HG_GLUE_ODOT || glue == HG_GLUE_CIRC || glue == HG_GLUE_DIV;
	hg_sym out;
	if (s->model->layout.plain)
		return hadamard || glue == HG_GLUE_STAR || a.constant || b.constant ? spread(s, a, b) : matrix_product(s, a, b);
	if (a.constant || b.constant)
		out = a.constant ? b : a;
	else if (!hg_sym_known(a) && a.turned && hg_sym_known(b) && b.c == HG_AXIS_ONE && counts(b.r) && (entrywise || hg_var_is_label(a.leaf))) {
		hg_sym_assign(s, a, HG_AXIS_ONE, b.r); /* y^T log p */
		out = (hg_sym){.r = HG_AXIS_ONE, .c = HG_AXIS_ONE};
	}
	else if (hadamard || (!hg_sym_known(a) && hg_var_is_label(a.leaf)) ||
	         (!hg_sym_known(b) && hg_var_is_label(b.leaf))) {
		if (glue == HG_GLUE_ODOT) /* r \odot h: entries beside entries */
			hg_sym_join(s, a, b);
		out = hg_sym_same(s, a, b);
	}
	else if (!hg_sym_known(a) && !hg_sym_known(b)) {
		bool right = input_base(b.leaf) || b.data || !(input_base(a.leaf) || a.data);
		if (right && s->code && glue == HG_GLUE_AT && !b.data && hg_code_counts_rows(s->model)) /* x @ W, whatever the letters */
			right = false;
		hg_sym x = right ? b : a;
		if (!input_base(x.leaf) && !x.data && a.turned && !b.turned && small_letter(a.leaf) && small_letter(b.leaf)) {
			unsigned axis = hg_shaper_axis(s); /* u^T v: two vectors */
			return hg_sym_times(s, hg_sym_assign(s, a, HG_AXIS_ONE, axis), hg_sym_assign(s, b, axis, HG_AXIS_ONE), glue, false);
		}
		bool matrices = glue == HG_GLUE_AT && !s->model->layout.scalars && hg_var_real(a.leaf) != hg_var_real(b.leaf);
		if (!input_base(x.leaf) && !x.data && matrices) { /* @ is of arrays: of two that nothing else speaks of, of matrices */
			unsigned axis = hg_shaper_axis(s);
			a = hg_sym_assign(s, a, hg_shaper_axis(s), axis);
			return hg_sym_times(s, a, hg_sym_assign(s, b, a.c, hg_shaper_axis(s)), glue, false);
		}
		if (!input_base(x.leaf) && !x.data) /* a product of numbers, for all we know */
			return (hg_sym){.leaf = a.leaf, .turned = a.turned};
		bool turn = x.turned;
		unsigned n = s->model->layout.scalars ? HG_AXIS_ONE : hg_shaper_axis(s);
		x.leaf->data = x.data = true;
		x.leaf->row = !right && !turn;
		x = right ? hg_sym_assign(s, x, n, HG_AXIS_ONE) : hg_sym_assign(s, x, HG_AXIS_ONE, n);
		return hg_sym_times(s, right ? a : x, right ? x : b, glue, false);
	} else if (!hg_sym_known(a)) {
		bool plain = b.r == HG_AXIS_ONE && b.c == HG_AXIS_ONE;
		unsigned o = plain ? HG_AXIS_ONE : out_axis(s, &a, glue);
		out = hg_sym_assign(s, a, o, b.r);
		out.c = b.c;
	} else if (!hg_sym_known(b) && counts(a.r) && counts(a.c) && !a.data && (input_base(b.leaf) || b.data)) { /* a matrix of known shape, and data */
		b.leaf->data = b.data = data = true;
		b = hg_sym_assign(s, b, a.c, HG_AXIS_ONE);
		out = (hg_sym){.r = a.r, .c = b.c};
	} else if (!hg_sym_known(b)) {
		bool plain = a.r == HG_AXIS_ONE && a.c == HG_AXIS_ONE;
		unsigned o = plain ? HG_AXIS_ONE : out_axis(s, &b, glue);
		if (a.c == HG_AXIS_ONE &&
		    a.r != HG_AXIS_ONE) { /* a column in front of a weight: x w, meant as scalars */
			out = hg_sym_assign(s, b, o, a.r);
			out.c = HG_AXIS_ONE;
		} else {
			out = hg_sym_assign(s, b, a.c, o);
			out.r = a.r;
		}
	} else if ((a.c == b.r || hg_axis_join(s->model, a.c, b.r)) &&
	           !(a.c == HG_AXIS_ONE && b.r == HG_AXIS_ONE && a.r != HG_AXIS_ONE && b.c != HG_AXIS_ONE)) {
		out = (hg_sym){.r = a.r, .c = b.c};
	} else {
		out = hg_sym_same(s, a, b);
	}
	out.data = data;
	return out;
}

/* W h + V x, x + r(x): what is added has one shape, whatever it is computed from. */
void hg_sym_join(hg_shaper *s, hg_sym a, hg_sym b)
{
	if (!hg_sym_known(a) || !hg_sym_known(b) || a.constant || b.constant || (a.r == HG_AXIS_ONE) != (b.r == HG_AXIS_ONE) ||
	    (a.c == HG_AXIS_ONE) != (b.c == HG_AXIS_ONE))
		return;
	hg_axis_join(s->model, a.r, b.r);
	hg_axis_join(s->model, a.c, b.c);
}

bool hg_is_declared(const hg_shaper *s, const hg_expr *e)
{
	hg_ref ref;
	if (e->op == HG_OP_NEG)
		e = e->kid[0];
	const hg_var *v = e->op == HG_OP_NAME && hg_ref_of(e, &s->model->habits, s->model->arena, &ref) ? hg_var_real(hg_model_find(s->model, &ref, s->local, false)) : NULL;
	return v && v->said && v->said->n;
}

/* A w - b, where b is declared a column: then A w is one. */
void hg_sym_close(hg_shaper *s, hg_sym declared, hg_sym other)
{
	if (!hg_sym_known(declared) || !hg_sym_known(other) || declared.constant || other.constant)
		return;
	if (declared.c == HG_AXIS_ONE && declared.r != HG_AXIS_ONE && declared.r == other.r)
		hg_axis_close(s->model, other.c);
	if (declared.r == HG_AXIS_ONE && declared.c != HG_AXIS_ONE && declared.c == other.c)
		hg_axis_close(s->model, other.r);
}
