/* The model of a document: its definitions made into variables, completed, and given shapes. */
#include "model/building.h"
#include "model/said/conditions.h"
#include "names/known_names.h"
#include "model/fill/residual.h"
#include "model/said/sums.h"

#include <string.h>

static void count_layers(hg_doc_model *model)
{
	model->nlayers = model->habits.layers;
	if (model->nlayers < 1)
		model->nlayers = 3;
}

/* Every name in the definitions becomes a variable; families for every layer there is. */
typedef struct scan {
	hg_doc_model *model;
	const hg_local *local;
} scan;

static bool see_name(void *self, const hg_expr *e)
{
	scan *s = self;
	hg_ref ref;
	if (e->op == HG_OP_CALL) { /* the name applied is a function, or is found by its own definition */
		for (size_t i = 1; i < e->nkids; i++)
			hg_expr_visit(e->kid[i], see_name, self);
		return false;
	}
	if ((e->op == HG_OP_SUM || e->op == HG_OP_NORM) && e->nkids > 1) { /* not the letter bound, not F of ||A||_F */
		hg_expr_visit(e->kid[0], see_name, self);
		return false;
	}
	if (e->op == HG_OP_DERIV || e->op == HG_OP_KWARG || e->op == HG_OP_INDICATOR)
		return e->op != HG_OP_DERIV;
	if (e->op != HG_OP_NAME && e->op != HG_OP_POW)
		return true;
	if (!hg_ref_of(e, &s->model->habits, s->model->arena, &ref) || ref.gradient || ref.delta)
		return true;
	bool number = hg_is_count_name(ref.base) && !ref.layer && !ref.ncomp && !ref.sample;
	if (number || hg_model_sized(s->model, e) || hg_is_rate_name(ref.base) || hg_is_number_name(&s->model->habits, e))
		return true;
	if (!hg_model_function(s->model, &ref, s->local))
		hg_model_find(s->model, &ref, s->local, true);
	return e->op == HG_OP_POW && ref.power != NULL && ref.power->op != HG_OP_NUM;
}

static void enumerate(hg_doc_model *model)
{
	for (size_t i = 0; i < model->nvars; i++)
		if (!model->var[i]->def)
			hg_var_define(model, model->var[i]);
	for (size_t i = 0; i < model->ndefs; i++) {
		const hg_definition *d = model->def[i];
		int layer = HG_NO_LAYER;
		if (d->rejected || d->numeric)
			continue;
		if (!d->left.layer || hg_layer_value(model, d->left.layer, NULL, &layer)) {
			scan s = {model, NULL};
			hg_model_find(model, &d->left, NULL, true);
			hg_expr_visit(d->right, see_name, &s);
			continue;
		}
		for (int l = 0; l <= model->nlayers; l++) {
			hg_str letter;
			int value;
			if (!hg_family_layer(model, d, l, &letter, &value))
				continue;
			hg_local local = {
			    .name = letter, .node = HG_NODE_NONE, .index = (size_t)value, .axis = HG_AXIS_LAYER};
			scan s = {model, &local};
			hg_var *v = hg_model_get(model, d->left.base, l, d->left.label);
			if (v && !v->def)
				hg_var_define(model, v);
			if (v)
				hg_expr_visit(d->right, see_name, &s);
		}
	}
}

/* A definition that is only another name: t = a^{[2]}. */
static void join_aliases(hg_doc_model *model)
{
	for (size_t i = 0; i < model->nvars; i++) {
		hg_var *v = model->var[i];
		hg_ref ref;
		if (!v->def || !hg_ref_of(v->def->right, &model->habits, model->arena, &ref) || ref.gradient ||
		    ref.primed || ref.transposed || ref.power || ref.ncomp)
			continue;
		hg_local local = {
		    .name = v->letter, .node = HG_NODE_NONE, .index = (size_t)v->letter_value, .axis = HG_AXIS_LAYER};
		hg_var *other = hg_model_find(model, &ref, v->letter.n ? &local : NULL, true);
		if (other && hg_var_real(other) != v)
			v->same = other;
	}
}

/* z where only z^{[1]}, z^{[2]} are defined: the index is left out, the last layer is meant. */
static void join_dropped(hg_doc_model *model)
{
	for (size_t i = 0; i < model->nvars; i++) {
		hg_var *v = model->var[i], *top = NULL;
		bool weight = hg_str_is(v->base, HG_L_WEIGHT) || hg_str_is(v->base, HG_L_BIAS);
		if (v->def || v->same || v->layer != HG_NO_LAYER || v->label.n || weight)
			continue;
		for (size_t k = 0; k < model->nvars; k++)
			if (hg_str_equal(model->var[k]->base, v->base) && model->var[k]->def && !model->var[k]->label.n &&
			    model->var[k]->layer > (top ? top->layer : 0))
				top = model->var[k];
		if (!top)
			continue;
		v->same = top;
		v->dropped = HG_GUESS_LAYER;
	}
}

static bool is_affine(const hg_expr *e) { return e->op == HG_OP_SUM_OF || e->op == HG_OP_PRODUCT || e->op == HG_OP_SUM; }

/* delta is the error of what activations are applied to: z, unless z is itself f(a), as Bishop writes. */
static void find_signal_base(hg_doc_model *model)
{
	hg_str z = HG_STR(HG_L_PREACTIVATION);
	bool computed = false;
	model->counting.signal_base = z;
	for (size_t i = 0; i < model->ndefs; i++)
		computed = computed || (hg_str_equal(model->def[i]->left.base, z) && is_affine(model->def[i]->right));
	for (size_t i = 0; i < model->ndefs && !computed; i++) {
		const hg_expr *e = model->def[i]->right;
		hg_ref of;
		if (e->op != HG_OP_CALL || e->nkids != 2 || !hg_name_at(e->kid[1], &model->habits, model->arena, &of) ||
		    hg_is_loss_name(model->def[i]->left.base))
			continue;
		for (size_t k = 0; k < model->ndefs; k++)
			if (hg_str_equal(model->def[k]->left.base, of.base) && is_affine(model->def[k]->right))
				model->counting.signal_base = of.base;
	}
}

/* What is chosen holds where the document says nothing. */
static void take_choices(hg_doc_model *model)
{
	const unsigned char *taken = model->taken->value;
	static const hg_map maps[] = {[HG_FUNCTION_ANY] = HG_MAP_GENERIC, [HG_FUNCTION_SIGMOID] = HG_MAP_SIGMOID,
	                              [HG_FUNCTION_TANH] = HG_MAP_TANH, [HG_FUNCTION_RELU] = HG_MAP_RELU};
	if (taken[HG_CHOICE_COST] && !model->total.mean_defined && !model->total.sum_defined)
		model->total.mean = taken[HG_CHOICE_COST] == HG_COST_MEAN;
	if (taken[HG_CHOICE_FUNCTION])
		model->map.generic = model->map.top = maps[taken[HG_CHOICE_FUNCTION]];
	if (taken[HG_CHOICE_SYMMETRIC] == HG_SYMMETRIC_YES)
		model->says |= 1u << HG_SAYS_SYMMETRIC;
	if (taken[HG_CHOICE_LABELS] == HG_LABELS_SIGNS)
		model->says |= 1u << HG_SAYS_SIGNS;
	model->total.jacobian = taken[HG_CHOICE_JACOBIAN] ? taken[HG_CHOICE_JACOBIAN] : model->total.jacobian;
}

hg_status hg_model_of(const hg_statements *said, const hg_statements *assignment, const hg_epochs *epochs,
                      size_t section, int variant, const hg_choices *taken, hg_arena *arena, hg_doc_model *model)
{
	*model = (hg_doc_model){.arena = arena,
	                        .said = said,
	                        .section = section,
	                        .taken = taken,
	                        .variant = variant % HG_VARIANT_MINUS,
	                        .total.minus_signals = variant >= HG_VARIANT_MINUS,
	                        .axes.naxes = 2,
	                        .map.generic = HG_MAP_GENERIC,
	                        .map.top = HG_MAP_SIGMOID,
	                        .nepochs = epochs->n,
	                        .epoch = epochs->start};
	hg_habits_of(said, &model->habits);
	hg_model_words(model);
	if (assignment) {
		hg_habits theirs;
		hg_habits_of(assignment, &theirs);
		model->habits.layers = theirs.layers > model->habits.layers ? theirs.layers : model->habits.layers;
		if (!model->habits.bracket_layers && !model->habits.paren_layers && !model->habits.below_layers)
			model->habits = theirs;
	}
	model->habits.known = hg_known_names_new(arena);
	if (!model->habits.known)
		return HG_ENOMEM;
	if (assignment)
		HG_TRY(hg_model_collect(model, assignment, true));
	HG_TRY(hg_model_collect(model, said, false));
	if (assignment)
		hg_model_keep_given(model);
	hg_model_settle_functions(model);
	count_layers(model);
	hg_model_open_modules(model);
	find_signal_base(model);
	hg_model_facts(model);
	hg_model_plain_arrays(model);
	hg_model_code(model);
	hg_model_code_sizes(model);
	hg_model_correct_class(model, said);
	take_choices(model);
	HG_TRY(hg_model_conditions(model));
	enumerate(model);
	join_aliases(model);
	hg_model_complete(model);
	enumerate(model);
	join_aliases(model);
	join_dropped(model);
	hg_model_straighten(model);
	hg_model_shape(model);
	return hg_arena_failed(arena) ? HG_ENOMEM : HG_OK;
}
