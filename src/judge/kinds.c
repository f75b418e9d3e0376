#include "judge/kinds.h"
#include "judge/building.h"

bool hg_is_gradient(hg_doc_model *model, const hg_expr *e, hg_ref *ref)
{
	return hg_ref_of(e, &model->habits, model->arena, ref) && (ref->gradient || ref->delta) && !(ref->delta && ref->ncomp == 2);
}

bool hg_is_plain_name(hg_doc_model *model, const hg_expr *e, hg_ref *ref)
{
	while (e->op == HG_OP_BOX || e->op == HG_OP_BRACE)
		e = e->kid[0];
	if (e->op == HG_OP_CALL && e->kid[0]->op == HG_OP_NAME)
		e = e->kid[0];
	return hg_ref_of(e, &model->habits, model->arena, ref) && !ref->gradient && !ref->delta && !ref->primed && !ref->power;
}

bool hg_names_function(const hg_expr *e)
{
	while (e->op == HG_OP_BOX || e->op == HG_OP_BRACE)
		e = e->kid[0];
	return e->op == HG_OP_NAME && (hg_fn_find(e->name) != HG_NFNS || hg_str_is(e->name, "sigma"));
}

bool hg_side_defines(const hg_doc_model *model, size_t statement, size_t side)
{
	for (size_t i = 0; i < model->nvars; i++) {
		const hg_definition *d = model->var[i]->def;
		if (d && d->stands_for)
			d = d->stands_for;
		if (d && !d->guessed && d->statement == statement && d->side == side)
			return true;
	}
	for (size_t i = 0; i < model->nfunctions; i++)
		if (model->function[i]->statement == statement && side == 1)
			return true;
	return false;
}

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
		copy->kid[i] = without_rate(model, e->kid[i], arena);
	if (copy->op != HG_OP_PRODUCT)
		return copy;
	size_t n = 0; /* a factor of one is no factor */
	for (size_t i = 0; i < copy->nkids; i++) {
		bool one = copy->kid[i] && copy->kid[i]->op == HG_OP_NUM && copy->kid[i]->number == 1 && copy->kid[i]->digits < 0;
		bool divides = i + 1 < copy->nkids && copy->glue[i] == HG_GLUE_DIV;
		if (one && !divides && !(i && copy->glue[i - 1] == HG_GLUE_DIV))
			continue;
		if (n)
			copy->glue[n - 1] = i ? copy->glue[i - 1] : HG_GLUE_NONE;
		copy->kid[n++] = copy->kid[i];
	}
	copy->nkids = n;
	return n == 1 ? copy->kid[0] : n ? copy : NULL;
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

/* What is made small or great: of log L and L, log L. */
static const hg_var *goal(hg_doc_model *model)
{
	const hg_var *v = model->cost ? model->cost : model->loss;
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
	*found = *found || e->op == HG_OP_PROD || (e->op == HG_OP_NAME && hg_fn_find(e->name) == HG_FN_LOG);
	return !*found;
}

/* A likelihood is climbed: theta + alpha g, where g is its gradient. One with a minus before it is a cost. */
static way way_of(const hg_doc_model *model, const hg_var *v)
{
	const hg_expr *right = v && v->def ? v->def->right : NULL;
	while (right && (right->op == HG_OP_PRODUCT || right->op == HG_OP_FRAC))
		right = right->kid[0];
	bool negative = right && (right->op == HG_OP_NEG || (right->op == HG_OP_NUM && right->number < 0)), log = false;
	if (!right || negative || hg_str_is(v->base, "J"))
		return DOWN;
	hg_expr_visit(v->def->right, see_log, &log);
	if (model->says_ascent && log)
		return UP;
	return model->says_likelihood || model->says_ascent || hg_str_is(v->base, "ell") ? MAYBE_UP : DOWN;
}

const hg_expr *hg_update_gradient(hg_doc_model *model, const hg_expr *left, const hg_expr *right, hg_arena *arena,
                                  const hg_expr **derivative)
{
	while (right->op == HG_OP_BOX || right->op == HG_OP_BRACE)
		right = right->kid[0];
	if (right->op != HG_OP_SUM_OF || right->nkids != 2 || !same_name(model, left, right->kid[0]))
		return NULL;
	const hg_expr *step = right->kid[1];
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
	const char *loss = model->cost ? NULL : "L";
	hg_expr *d = hg_expr_new(arena, HG_OP_DERIV, left->span, 2), *target = hg_expr_new(arena, HG_OP_NAME, left->span, 0);
	if (!d || !target)
		return NULL;
	target->name = v ? v->base : hg_str_of(loss ? loss : "J");
	d->word = HG_STR("partial");
	d->kid[0] = target;
	d->kid[1] = (hg_expr *)left;
	*derivative = d;
	return g;
}

bool hg_sets_to_zero(hg_doc_model *model, const hg_expr *left, const hg_expr *right)
{
	const hg_expr *target = left->op == HG_OP_DERIV ? left->kid[0] : NULL;
	hg_ref ref;
	if (target && target->op == HG_OP_CALL)
		target = target->kid[0];
	return target && right->op == HG_OP_NUM && right->number == 0 && hg_ref_of(target, &model->habits, model->arena, &ref) &&
	       hg_is_loss_name(ref.base);
}
