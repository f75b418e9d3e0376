/* Steps of gradient descent: W := W - alpha g, w_{new} = w_{old} - eta g. */
#include "model/building.h"
#include "model/said/kinds.h"

static bool has_rate(hg_doc_model *model, const hg_expr *e)
{
	hg_ref ref;
	if (e->op == HG_OP_NAME)
		return hg_ref_of(e, &model->habits, model->arena, &ref) && hg_is_rate_name(ref.base);
	for (size_t i = 0; i < e->nkids; i++)
		if ((e->op == HG_OP_PRODUCT || e->op == HG_OP_FRAC || e->op == HG_OP_NEG) && has_rate(model, e->kid[i]))
			return true;
	return false;
}

/* The product without the learning rate in it: 1 where the rate stood. */
static hg_expr *without_rate(hg_doc_model *model, const hg_expr *e, hg_arena *arena)
{
	hg_ref ref;
	if (e->op == HG_OP_NAME && hg_ref_of(e, &model->habits, model->arena, &ref) && hg_is_rate_name(ref.base)) {
		hg_expr *one = hg_expr_new(arena, HG_OP_NUM, e->span, 0);
		if (one) {
			one->number = 1;
			one->digits = -1;
			one->name = HG_STR("1");
		}
		return one;
	}
	if (e->op == HG_OP_PRODUCT && e->nkids == 2 && e->glue[0] != HG_GLUE_DIV) /* alpha g: g itself */
		for (size_t i = 0; i < 2; i++)
			if (e->kid[i]->op == HG_OP_NAME && has_rate(model, e->kid[i]))
				return e->kid[1 - i];
	hg_expr *copy = hg_expr_copy(arena, e);
	if (!copy || (e->op != HG_OP_PRODUCT && e->op != HG_OP_FRAC && e->op != HG_OP_NEG))
		return copy;
	for (size_t i = 0; i < e->nkids; i++)
		if (!(copy->kid[i] = without_rate(model, e->kid[i], arena)))
			return NULL;
	if (copy->op != HG_OP_PRODUCT)
		return copy;
	size_t n = 0; /* a factor of one is no factor, unless there is no other */
	hg_expr *first = copy->kid[0];
	for (size_t i = 0; i < copy->nkids; i++) {
		bool one = copy->kid[i]->op == HG_OP_NUM && copy->kid[i]->number == 1 && copy->kid[i]->digits < 0;
		bool divides = i + 1 < copy->nkids && copy->glue[i] == HG_GLUE_DIV;
		if (one && !divides && !(i && copy->glue[i - 1] == HG_GLUE_DIV))
			continue;
		if (n)
			copy->glue[n - 1] = i ? copy->glue[i - 1] : HG_GLUE_NONE;
		copy->kid[n++] = copy->kid[i];
	}
	copy->nkids = n;
	return n == 1 ? copy->kid[0] : n ? copy : first;
}

/* ---- before and after the step ----------------------------------------------------------------------------------------------- */

static bool is_time(const hg_expr *e)
{
	if (e->op == HG_OP_SUM_OF) /* t + 1 */
		return e->nkids == 2 && is_time(e->kid[0]) && e->kid[1]->op == HG_OP_NUM && e->kid[1]->number == 1;
	if ((e->op != HG_OP_NAME && e->op != HG_OP_TEXT) || e->nindex)
		return false;
	return hg_str_any(hg_str_trim(e->name), HG_WORDS_TIME);
}

/* W of W_{new}, W^{t+1}, W_{1,new}: the quantity without the word for before or after. */
static const hg_expr *without_time(const hg_expr *e, hg_arena *arena)
{
	while (e->op == HG_OP_BOX || e->op == HG_OP_BRACE || (e->op == HG_OP_POW && is_time(e->kid[1])))
		e = e->kid[0];
	hg_expr *copy = hg_expr_copy(arena, e);
	if (!copy || e->op != HG_OP_NAME)
		return e;
	copy->nindex = 0;
	for (size_t i = 0; i < e->nindex; i++) {
		hg_index x = e->index[i];
		const hg_expr *list = x.e;
		if (list->op == HG_OP_LIST && list->nkids == 2 && is_time(list->kid[1]))
			x.e = list->kid[0];
		if (!is_time(x.e))
			copy->index[copy->nindex++] = x;
	}
	return copy;
}

static bool same_name(hg_doc_model *model, const hg_expr *a, const hg_expr *b)
{
	hg_ref x, y;
	if (hg_expr_equal(a, b))
		return true;
	if (!hg_is_plain_name(model, a, &x) || !hg_is_plain_name(model, b, &y) || !hg_str_equal(x.base, y.base))
		return false;
	bool layers = (!x.layer && !y.layer) || (x.layer && y.layer && hg_expr_equal(x.layer, y.layer));
	return layers && x.ncomp == y.ncomp && (!x.ncomp || hg_expr_equal(x.comp[0], y.comp[0]));
}

/* The derivative of the loss by the name itself: along it there is nothing to compare a step with. */
static bool is_its_derivative(hg_doc_model *model, const hg_expr *step, const hg_expr *of, hg_arena *arena)
{
	return step->op == HG_OP_DERIV && step->nkids == 2 && step->kid[0]->op == HG_OP_NAME &&
	       same_name(model, without_time(step->kid[1], arena), of);
}

/* What is made small or great: of log L and L, log L. */
static const hg_var *goal(hg_doc_model *model)
{
	const hg_var *v = model->lossy.cost ? model->lossy.cost : model->lossy.loss;
	for (size_t i = 0; v && v->total && i < model->nvars; i++) {
		const hg_var *of = model->var[i];
		if (of != v && hg_is_loss_name(of->base) && of->total && of->def && hg_expr_mentions(model, of->def->right, v))
			v = of;
	}
	return v;
}

typedef enum way { DOWN, MAYBE_UP, UP } way;

static bool see_log(void *self, const hg_expr *e)
{
	bool *found = self;
	*found = *found || e->op == HG_OP_PROD || (e->op == HG_OP_NAME && hg_fn_is_log(hg_fn_find(e->name)));
	return !*found;
}

/* A likelihood is climbed: theta + alpha g, where g is its gradient. One with a minus before it is a cost. */
static way way_of(const hg_doc_model *model, const hg_var *v)
{
	const hg_expr *right = v && v->def ? v->def->right : NULL;
	while (right && (right->op == HG_OP_PRODUCT || right->op == HG_OP_FRAC))
		right = right->kid[0];
	bool negative = right && (right->op == HG_OP_NEG || (right->op == HG_OP_NUM && right->number < 0)), log = false;
	if (!right || negative || hg_str_is(v->base, HG_L_COST))
		return DOWN;
	hg_expr_visit(v->def->right, see_log, &log);
	if (hg_model_says(model, HG_SAYS_ASCENT) && log)
		return UP;
	return hg_model_says(model, HG_SAYS_LIKELIHOOD) || hg_model_says(model, HG_SAYS_ASCENT) || hg_str_is(v->base, HG_L_CURLY_LOSS) ? MAYBE_UP : DOWN;
}

/* w of Delta w; NULL: left is no change of a name. */
static const hg_expr *changed(const hg_expr *left)
{
	bool change = left->op == HG_OP_PRODUCT && left->nkids == 2 && left->glue[0] == HG_GLUE_NONE && left->kid[0]->op == HG_OP_NAME &&
	              !left->kid[0]->nindex && hg_str_is(left->kid[0]->name, HG_L_CHANGE);
	return change && left->kid[1]->op == HG_OP_NAME ? left->kid[1] : NULL;
}

const hg_expr *hg_update_gradient(hg_doc_model *model, const hg_expr *left, const hg_expr *right, hg_arena *arena,
                                  const hg_expr **derivative)
{
	while (right->op == HG_OP_BOX || right->op == HG_OP_BRACE)
		right = right->kid[0];
	const hg_expr *change = changed(left);
	if (!change && (right->op != HG_OP_SUM_OF || right->nkids != 2))
		return NULL;
	const hg_expr *of = without_time(change ? change : right->kid[0], arena);
	hg_ref ref;
	const hg_var *moved = hg_is_plain_name(model, of, &ref) ? hg_var_real(hg_model_find(model, &ref, NULL, false)) : NULL;
	if (!same_name(model, without_time(change ? change : left, arena), of) || (moved && moved->data)) /* x of gradient descent on any f(x) */
		return NULL;
	const hg_expr *step = change ? right : right->kid[1];
	bool minus = step->op == HG_OP_NEG;
	if (!has_rate(model, step))
		return NULL;
	const hg_expr *g = without_rate(model, minus ? step->kid[0] : step, arena);
	const hg_var *v = goal(model);
	way up = way_of(model, v);
	if (g && (minus ? up == UP : up == DOWN)) { /* the other way: the gradient's negative */
		hg_expr *negative = hg_expr_new(arena, HG_OP_NEG, step->span, 1);
		if (!negative)
			return NULL;
		negative->kid[0] = (hg_expr *)g;
		g = negative;
	}
	const char *loss = model->lossy.cost ? NULL : HG_L_LOSS;
	hg_expr *d = hg_expr_new(arena, HG_OP_DERIV, left->span, 2), *target = hg_expr_new(arena, HG_OP_NAME, left->span, 0);
	if (!d || !target)
		return NULL;
	target->name = v ? v->base : hg_str_of(loss ? loss : HG_L_COST);
	d->word = HG_STR(HG_L_PARTIAL);
	d->kid[0] = target;
	d->kid[1] = (hg_expr *)of;
	*derivative = g && is_its_derivative(model, g, of, arena) ? g : d;
	return g;
}

bool hg_sets_to_zero(hg_doc_model *model, const hg_expr *left, const hg_expr *right)
{
	const hg_expr *target = left->op == HG_OP_DERIV ? left->kid[0] : NULL;
	hg_ref ref;
	bool zero = right->op == HG_OP_NUM && right->number == 0;
	if (left->op == HG_OP_CALL && left->kid[0]->op == HG_OP_PRIME) /* f'(x) = 0, where a point f'(3) would be a claim */
		return zero && left->nkids == 2 && left->kid[1]->op == HG_OP_NAME;
	if (target && target->op == HG_OP_CALL)
		target = target->kid[0];
	return target && zero && hg_ref_of(target, &model->habits, model->arena, &ref) &&
	       hg_is_loss_name(ref.base);
}
