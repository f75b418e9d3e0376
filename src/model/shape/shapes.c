/* What the rows and columns of every variable count, for one sample, from the equations that use it. A number
 * in front of data is a weight: (out x in) left of a column, (in x out) right of a row; a term beside a
 * layer's sum is its bias; a label has the shape of what it is compared with. */
#include "model/shape/sym.h"
#include "model/said/sums.h"

#include <string.h>

static const hg_sym scalar = {.r = HG_AXIS_ONE, .c = HG_AXIS_ONE};

/* An entry of a variable: its indices say what its axes are. */
static hg_sym entry(hg_shaper *s, hg_var *v, const hg_ref *ref)
{
	const hg_expr *comp[3];
	size_t n = 0;
	bool sample = false, row_of_samples = false;
	for (size_t i = 0; i < ref->ncomp; i++) {
		if (hg_letter_is_sample(s, ref->comp[i]))
			sample = true, row_of_samples = !i && ref->ncomp > 1; /* y_{ni}: a sample is a row */
		else if (ref->comp[i]->op != HG_OP_COLON)
			comp[n++] = ref->comp[i];
	}
	if (sample)
		v->data = true;
	if (n && !v->shaped) {
		unsigned r = comp[0]->op == HG_OP_NAME || comp[0]->op == HG_OP_SUM_OF
		                 ? hg_letter_axis_or_new(s, comp[0])
		                 : hg_shaper_axis(s);
		bool column = n > 1 && ref->slice && comp[1]->op == HG_OP_NUM; /* A[r, 0] */
		unsigned c = n > 1 && !column ? hg_letter_axis_or_new(s, comp[1]) : HG_AXIS_ONE;
		const bool *row = hg_letter_row(s, comp[0]);
		bool weight = hg_str_is(v->base, HG_L_WEIGHT) &&
		              v->layer != HG_NO_LAYER; /* of one output: a row in front of a column */
		if (n == 1 && ((row && *row) || row_of_samples || (weight && !s->model->layout.rows)))
			hg_sym_assign(s, (hg_sym){.leaf = v}, HG_AXIS_ONE, r);
		else
			hg_sym_assign(s, (hg_sym){.leaf = v}, r, c);
	} else if (n == 1) {
		hg_letter_count(s, comp[0], v->raxis != HG_AXIS_ONE ? v->raxis : v->caxis);
	} else if (n > 1) {
		hg_letter_count(s, comp[0], v->raxis);
		hg_letter_count(s, comp[1], v->caxis);
	}
	if (sample && !n)
		return v->shaped ? (hg_sym){.r = v->raxis, .c = v->caxis, .data = true}
		                 : (hg_sym){.leaf = v, .data = true};
	return (hg_sym){.r = HG_AXIS_ONE, .c = HG_AXIS_ONE, .data = v->data || sample};
}

typedef struct array_search {
	const hg_expr *name;
	bool found;
} array_search;

static bool see_array(void *self, const hg_expr *e)
{
	array_search *a = self;
	if (e->op == HG_OP_TRANSPOSE)
		a->found = a->found || hg_expr_equal(e->kid[0], a->name);
	for (size_t i = 0; e->op == HG_OP_PRODUCT && i < e->nkids; i++)
		if ((i && e->glue[i - 1] == HG_GLUE_AT) || (i + 1 < e->nkids && e->glue[i] == HG_GLUE_AT))
			a->found = a->found || hg_expr_equal(e->kid[i], a->name);
	return !a->found;
}

/* K of Q K^T and S @ K is no number of classes. */
static bool is_multiplied_as_array(const hg_doc_model *m, const hg_expr *name)
{
	array_search a = {.name = name};
	for (size_t i = 0; i < m->said->n && !a.found; i++)
		for (size_t k = 0; k < m->said->at[i].nsides; k++)
			hg_expr_visit(m->said->at[i].side[k].e, see_array, &a);
	return a.found;
}

static hg_sym infer_name(hg_shaper *s, const hg_expr *e)
{
	hg_doc_model *m = s->model;
	hg_ref ref;
	if (!hg_ref_of(e, &m->habits, m->arena, &ref) || ref.gradient || ref.delta)
		return scalar;
	const hg_var *computed = hg_model_find(m, &ref, s->local, false);
	bool constant = hg_is_rate_name(ref.base) || hg_model_sized(m, e) ||
	                (hg_is_count_name(ref.base) && !ref.layer && !ref.ncomp && !ref.sample) ||
	                hg_is_number_name(&m->habits, e) ||
	                (ref.base.n == 1 && strchr(HG_LS_WIDTHS, ref.base.p[0]) && !is_multiplied_as_array(m, e));
	if (constant && !(computed && hg_var_real((hg_var *)computed)->def)) /* e = a b is no constant */
		return (hg_sym){.r = HG_AXIS_ONE, .c = HG_AXIS_ONE, .constant = true};
	hg_var *v = hg_model_find(m, &ref, s->local, true);
	if (!v)
		return scalar;
	v = hg_var_real(v);
	if (ref.upper)
		v->capital = e;
	else
		v->small = e;
	if (v->def && !v->shaped)
		hg_var_shape(m, v);
	if (m->layout.plain)
		v->data = false;
	else if (hg_str_is(v->base, HG_L_INPUT) || hg_str_is(ref.base, HG_L_INPUT) || v->layer == 0 || (ref.sample && (v->def || !hg_var_is_parameter(v))) ||
	    ((hg_var_is_label(v) || (s->of_loss && !hg_var_is_parameter(v))) && !v->def))
		v->data = true;
	bool likelihood = v->total && v->def && (hg_is_loss_name(v->base) || hg_expr_has(v->def->right, HG_OP_PROD)); /* log L, of all samples */
	s->data = s->data || v->data || likelihood;
	s->sample_sum = s->sample_sum || likelihood;
	hg_sym out = {.data = v->data};
	if (ref.ncomp && !(ref.comp[0]->op == HG_OP_NUM && v->label.n))
		out = entry(s, v, &ref);
	else if (v->shaped)
		out = (hg_sym){.r = v->raxis, .c = v->caxis, .data = v->data};
	else
		out = (hg_sym){.leaf = v, .data = v->data};
	return ref.transposed ? hg_sym_turned(out) : out;
}

static bool is_log(const hg_expr *e)
{
	if (e->op == HG_OP_TRANSPOSE || e->op == HG_OP_NEG)
		return is_log(e->kid[0]);
	const hg_expr *f = e->op == HG_OP_CALL ? e->kid[0] : NULL;
	while (f && (f->op == HG_OP_TRANSPOSE || f->op == HG_OP_POW))
		f = f->kid[0];
	return f && f->op == HG_OP_NAME && hg_fn_is_log(hg_fn_find(f->name));
}

/* Is the product a quadratic form of a vector? */
static bool is_form(hg_shaper *s, const hg_expr *e)
{
	for (size_t i = 0; i + 2 < e->nkids; i++) {
		if (hg_form_of_vector(s, e, i)) {
			const hg_sym x = hg_sym_of(s, e->kid[i + 2]);
			if (hg_form_take(s, x, hg_sym_of(s, e->kid[i + 1])))
				return true;
		} else if (hg_form_weight(s, e, i)) {
			const hg_sym x = hg_sym_of(s, e->kid[i + 2]), m = hg_sym_of(s, e->kid[i + 1]);
			if (hg_sym_known(x) && x.r != HG_AXIS_ONE && !hg_sym_known(m))
				hg_sym_assign(s, m, x.r, x.r);
		}
	}
	return false;
}

static hg_sym infer_product(hg_shaper *s, const hg_expr *e)
{
	if (is_form(s, e))
		return (hg_sym){.r = HG_AXIS_ONE, .c = HG_AXIS_ONE, .data = s->data};
	bool logs = false;
	for (size_t i = 0; i < e->nkids; i++)
		logs = logs || is_log(e->kid[i]);
	hg_sym out = hg_sym_of(s, e->kid[0]);
	const bool weighs = out.leaf && !hg_sym_known(out) && !out.turned && hg_var_is_label(out.leaf) && e->nkids > 2 && e->kid[1]->op == HG_OP_TRANSPOSE && e->glue[0] != HG_GLUE_ODOT;
	hg_sym rest = weighs ? hg_sym_of(s, e->kid[1]) : out; /* y w^T x: y times the number w^T x */
	for (size_t i = weighs ? 2 : 1; i < e->nkids; i++)
		rest = hg_sym_times(s, rest, hg_sym_of(s, e->kid[i]), e->glue[i - 1], logs);
	return weighs ? hg_sym_times(s, out, rest, e->glue[0], logs) : rest;
}

static hg_sym infer_sum(hg_shaper *s, const hg_expr *e)
{
	const hg_expr *letter = hg_sum_letter(e), *marked = letter;
	size_t kept = s->nletters;
	if (letter && hg_marks_sample(e->kid[0], letter))
		marked = NULL;
	bool members = e->nkids == 2 && e->kid[1]->op == HG_OP_COMPARE && hg_counts_samples(s->model, e->kid[1]->kid[1]);
	bool units = letter && hg_letter_on_weight(s->model, letter->name, e->kid[0]);
	bool samples =
	    letter &&
	    (!marked || members || (hg_is_sample_index(s->model, letter->name) && !units) || hg_letter_counts_samples(s, letter, e->kid[0]) ||
	     (e->nkids > 3 && hg_counts_samples(s->model, e->kid[3]) && !units));
	s->sample_sum = s->sample_sum || samples;
	s->bare_sum = s->bare_sum || !letter;
	if (letter && s->nletters < HG_MAX_SUM_LETTERS)
		s->letter[s->nletters++] =
		    (hg_letter_axis){letter->name, samples ? HG_AXIS_SAMPLES : HG_AXIS_UNSET, false};
	if (letter && !samples)
		hg_letter_learn(s, letter, e->kid[0]);
	hg_sym body = hg_sym_of(s, e->kid[0]);
	if (letter)
		s->nletters = kept < s->nletters ? s->nletters : kept;
	return letter ? body : (hg_sym){.r = HG_AXIS_ONE, .c = HG_AXIS_ONE, .data = body.data};
}

static bool names_first_axis(const hg_expr *call)
{
	for (size_t i = 1; i < call->nkids; i++)
		if (call->kid[i]->op == HG_OP_KWARG && hg_str_is(call->kid[i]->word, HG_W_AXIS))
			return call->kid[i]->kid[0]->op == HG_OP_NUM && call->kid[i]->kid[0]->number == 0;
	return false;
}

static hg_sym infer_call(hg_shaper *s, const hg_expr *e)
{
	const hg_expr *f = e->kid[0];
	while (f->op == HG_OP_TRANSPOSE || f->op == HG_OP_POW || f->op == HG_OP_PRIME)
		f = f->kid[0];
	hg_fn fn = f->op == HG_OP_NAME ? hg_fn_find(f->name) : HG_NFNS;
	hg_sym out = e->nkids > 1 && e->kid[1]->op != HG_OP_KWARG ? hg_sym_of(s, e->kid[1]) : scalar;
	switch (fn) {
	case HG_FN_DOT:
	case HG_FN_MULTIPLY:
		return e->nkids > 2 ? hg_sym_times(s, out, hg_sym_of(s, e->kid[2]), HG_GLUE_NONE, fn == HG_FN_MULTIPLY)
		                    : out;
	case HG_FN_SUM_OVER:
	case HG_FN_MEAN:
	case HG_FN_VARIANCE:
		if (s->model->layout.plain)
			return hg_sym_reduced(s, e, out);
		if (!hg_sym_known(out) && names_first_axis(e)) /* 1^T v adds over the entries of a column */
			out = hg_sym_assign(s, out, hg_shaper_axis(s), HG_AXIS_ONE);
		s->bare_sum = true;
		s->divides_by_count = s->divides_by_count || fn == HG_FN_MEAN;
		return (hg_sym){.r = HG_AXIS_ONE, .c = HG_AXIS_ONE, .data = out.data};
	case HG_FN_NORM_OF:
	case HG_FN_TRACE:
	case HG_FN_DET:
		return (hg_sym){.r = HG_AXIS_ONE, .c = HG_AXIS_ONE, .data = out.data};
	case HG_FN_MAX:
	case HG_FN_MIN:
		return e->nkids > 2 ? hg_sym_same(s, out, hg_sym_of(s, e->kid[2])) : out;
	case HG_FN_TRANSPOSE_OF:
		return hg_sym_turned(out);
	case HG_FN_SOFTMAX:
		s->model->softmax = true;
		return out;
	default:
		break;
	}
	hg_ref ref;
	if (f->op == HG_OP_NAME && hg_ref_of(f, &s->model->habits, s->model->arena, &ref)) {
		const hg_named_function *g = hg_model_function(s->model, &ref, s->local);
		if (g && g->whole == HG_FN_SOFTMAX)
			s->model->softmax = true;
		const hg_var *v = g || fn != HG_NFNS ? NULL : hg_model_find(s->model, &ref, s->local, false);
		bool named = v && (v->def || v->same); /* h(x), where h = a^{(3)} */
		if (!g && fn == HG_NFNS && (named || hg_is_loss_name(ref.base))) { /* L(a, y): one number per sample */
			hg_sym whole = infer_name(s, f);
			whole.data = whole.data || out.data;
			return whole;
		}
	}
	return out;
}

static bool is_exponential(const hg_expr *e)
{
	const hg_expr *f = e->op == HG_OP_CALL || e->op == HG_OP_POW ? e->kid[0] : NULL;
	return f && f->op == HG_OP_NAME && (hg_str_is(f->name, HG_L_EULER) || hg_fn_find(f->name) == HG_FN_EXP);
}

static bool sums_exponentials(const hg_expr *e)
{
	bool call = e->op == HG_OP_CALL && e->nkids > 1 && e->kid[0]->op == HG_OP_NAME && hg_fn_find(e->kid[0]->name) == HG_FN_SUM_OVER;
	return (e->op == HG_OP_SUM && is_exponential(e->kid[0])) || (call && is_exponential(e->kid[1]));
}

static hg_sym infer_fraction(hg_shaper *s, const hg_expr *e)
{
	hg_sym a = hg_sym_of(s, e->kid[0]);
	bool softmax = is_exponential(e->kid[0]) && sums_exponentials(e->kid[1]);
	s->model->softmax = s->model->softmax || softmax;
	if (hg_counts_samples(s->model, e->kid[1])) {
		s->divides_by_count = true;
		return a;
	}
	hg_sym b = hg_sym_of(s, e->kid[1]);
	const hg_expr *letter = softmax && e->kid[1]->op == HG_OP_SUM ? hg_sum_letter(e->kid[1]) : NULL;
	if (letter)
		s->model->axes.class_axis = hg_letter_axis_or_new(s, letter);
	return b.constant ? a : hg_sym_same(s, a, b);
}

typedef struct name_search {
	hg_doc_model *model;
	bool found;
} name_search;

static bool see_capital(void *self, const hg_expr *e)
{
	name_search *c = self;
	hg_ref ref;
	if (e->op == HG_OP_NAME && !c->found && hg_ref_of(e, &c->model->habits, c->model->arena, &ref) && ref.upper) {
		const hg_var *v = hg_var_real(hg_model_find(c->model, &ref, NULL, false));
		c->found = v && v->data;
	}
	return !c->found;
}

/* ||X w - y||: the norm of an array of all samples adds over them. */
static bool speaks_of_all(hg_shaper *s, const hg_expr *e)
{
	name_search c = {.model = s->model};
	hg_expr_visit(e, see_capital, &c);
	return c.found;
}

/* A bias by one name may stand in several layers: it says nothing of their sizes. */
static bool is_bias(const hg_shaper *s, const hg_expr *e)
{
	hg_ref ref;
	return hg_ref_of(e, &s->model->habits, s->model->arena, &ref) && (hg_str_is(ref.base, HG_L_BIAS) || hg_str_is(ref.base, HG_L_OTHER_BIAS));
}

hg_sym hg_sym_of(hg_shaper *s, const hg_expr *e)
{
	if (s->depth > 100)
		return scalar;
	s->depth++;
	hg_sym out = scalar;
	switch (e->op) {
	case HG_OP_NUM:
		out.constant = true;
		break;
	case HG_OP_NAME:
	case HG_OP_SLICE:
		out = infer_name(s, e);
		break;
	case HG_OP_SUM_OF:
		out = hg_sym_of(s, e->kid[0]);
		for (size_t i = 1; i < e->nkids; i++) {
			hg_sym term = hg_sym_of(s, e->kid[i]);
			if (!is_bias(s, e->kid[i]) && !is_bias(s, e->kid[0]))
				hg_sym_join(s, out, term);
			const hg_sym joined = hg_sym_same(s, out, term);
			if (hg_is_declared(s, e->kid[i]))
				hg_sym_close(s, hg_sym_of(s, e->kid[i]), out);
			out = joined;
		}
		break;
	case HG_OP_PRODUCT:
		for (size_t i = 0; i + 1 < e->nkids; i++)
			if (e->glue[i] == HG_GLUE_DIV && hg_counts_samples(s->model, e->kid[i + 1]))
				s->divides_by_count = true;
		out = infer_product(s, e);
		break;
	case HG_OP_FRAC:
		out = infer_fraction(s, e);
		break;
	case HG_OP_POW: {
		hg_ref ref;
		bool name = hg_ref_of(e, &s->model->habits, s->model->arena, &ref) && !ref.power;
		bool euler = e->kid[0]->op == HG_OP_NAME && hg_str_is(e->kid[0]->name, HG_L_EULER) && !e->kid[0]->nindex;
		out = name ? infer_name(s, e) : hg_sym_of(s, e->kid[euler]);
		if (!name && !euler && e->kid[1]->op != HG_OP_NUM) /* h^y: an exponent for every entry */
			out = hg_sym_same(s, out, hg_sym_of(s, e->kid[1]));
		break;
	}
	case HG_OP_TRANSPOSE:
		out = hg_sym_turned(hg_sym_of(s, e->kid[0]));
		break;
	case HG_OP_CALL:
		out = infer_call(s, e);
		break;
	case HG_OP_SUM:
	case HG_OP_PROD:
		out = infer_sum(s, e);
		break;
	case HG_OP_NORM: {
		hg_sym body = hg_sym_of(s, e->kid[0]);
		s->sample_sum = s->sample_sum || speaks_of_all(s, e->kid[0]);
		out = (hg_sym){.r = HG_AXIS_ONE, .c = HG_AXIS_ONE, .data = body.data};
		break;
	}
	case HG_OP_CASES:
		out = hg_sym_of(s, e->kid[0]);
		for (size_t i = 2; i < e->nkids; i += 2)
			out = hg_sym_same(s, out, hg_sym_of(s, e->kid[i]));
		break;
	case HG_OP_MATRIX:
	case HG_OP_COMPARE:
	case HG_OP_TEXT:
		for (size_t i = 0; i < e->nkids; i++)
			hg_sym_of(s, e->kid[i]);
		break;
	default:
		if (e->nkids)
			out = hg_sym_of(s, e->kid[0]);
		break;
	}
	s->depth--;
	return out;
}
