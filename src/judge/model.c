#include "judge/building.h"
#include "judge/known_names.h"

#include <string.h>

bool hg_expr_has(const hg_expr *e, hg_op op)
{
	if (!e)
		return false;
	if (e->op == op)
		return true;
	for (size_t i = 0; i < e->nkids; i++)
		if (hg_expr_has(e->kid[i], op))
			return true;
	return false;
}

bool hg_expr_numeric(const hg_expr *e)
{
	switch (e->op) {
	case HG_OP_NUM:
		return true;
	case HG_OP_NAME:
		return !e->nindex && hg_str_is(e->name, "e");
	case HG_OP_BRACE: /* the label only names it */
		return hg_expr_numeric(e->kid[0]);
	case HG_OP_CALL:
		for (size_t i = 1; i < e->nkids; i++)
			if (!hg_expr_numeric(e->kid[i]))
				return false;
		return e->nkids > 1;
	case HG_OP_DERIV:
	case HG_OP_DERIV_OP:
	case HG_OP_TEXT:
	case HG_OP_ELLIPSIS:
	case HG_OP_CASES:
	case HG_OP_SLICE:
		return false;
	default:
		for (size_t i = 0; i < e->nkids; i++)
			if (!hg_expr_numeric(e->kid[i]))
				return false;
		return e->nkids > 0;
	}
}

size_t hg_section_of(const hg_statements *said, size_t statement)
{
	size_t section = 0;
	for (size_t i = 0; i <= said->at[statement].stretch && i < said->doc->nstretches; i++)
		section += said->doc->stretch[i].kind == HG_STRETCH_HEADING;
	return section;
}

hg_var *hg_var_real(hg_var *v)
{
	for (int hops = 0; v && v->same && hops < 8; hops++)
		v = v->same;
	return v;
}

/* ---- layers --------------------------------------------------------------------------------------------------------- */

static bool local_layer(hg_str name, const hg_local *local, int *layer)
{
	for (; local; local = local->outer)
		if (local->axis == HG_AXIS_LAYER && hg_str_equal(local->name, name)) {
			*layer = (int)local->index;
			return true;
		}
	return false;
}

bool hg_layer_value(const hg_doc_model *model, const hg_expr *e, const hg_local *local, int *layer)
{
	int sum = 0, term;
	switch (e->op) {
	case HG_OP_NUM:
		if (e->digits >= 0 || !(e->number >= 0 && e->number < 100))
			return false;
		*layer = (int)e->number;
		return true;
	case HG_OP_NEG:
		if (!hg_layer_value(model, e->kid[0], local, &term))
			return false;
		*layer = -term;
		return true;
	case HG_OP_SUM_OF:
		for (size_t i = 0; i < e->nkids; i++) {
			if (!hg_layer_value(model, e->kid[i], local, &term))
				return false;
			sum += term;
		}
		*layer = sum;
		return true;
	case HG_OP_LIST:
		return e->nkids == 1 && hg_layer_value(model, e->kid[0], local, layer);
	case HG_OP_NAME:
		if (local_layer(e->name, local, layer))
			return true;
		*layer = model->nlayers;
		return hg_str_is(e->name, "L") || (e->nindex && (hg_str_is(e->name, "n") || hg_str_is(e->name, "L")));
	default:
		return false;
	}
}

/* ---- variables -------------------------------------------------------------------------------------------------------- */

hg_var *hg_model_get(hg_doc_model *model, hg_str base, int layer, hg_str label)
{
	for (size_t i = 0; i < model->nvars; i++) {
		hg_var *v = model->var[i];
		if (v->layer == layer && hg_str_equal(v->base, base) && hg_str_equal(v->label, label))
			return v;
	}
	if (model->nvars == model->nvars_room) {
		size_t room = model->nvars_room ? 2 * model->nvars_room : 32;
		hg_var **var = HG_NEWS(model->arena, room, hg_var *);
		if (!var)
			return NULL;
		if (model->nvars)
			memcpy(var, model->var, model->nvars * sizeof *var);
		model->var = var;
		model->nvars_room = room;
	}
	hg_var *v = HG_NEW(model->arena, hg_var);
	if (!v)
		return NULL;
	*v = (hg_var){.id = model->nvars, .base = base, .label = label, .layer = layer, .role = HG_ROLE_OTHER, .raxis = HG_AXIS_UNSET,
	              .caxis = HG_AXIS_UNSET};
	return model->var[model->nvars++] = v;
}

/* A component written as a number is part of the name where nothing says that the base is a vector: x_1, w_2. */
static hg_str number_label(const hg_doc_model *model, const hg_ref *ref)
{
	(void)model;
	if (ref->ncomp != 1 || ref->comp[0]->op != HG_OP_NUM || ref->label.n)
		return ref->label;
	return ref->comp[0]->name;
}

static hg_var *existing(hg_doc_model *model, hg_str base, int layer, hg_str label)
{
	for (size_t i = 0; i < model->nvars; i++) {
		hg_var *v = model->var[i];
		if (v->layer == layer && hg_str_equal(v->base, base) && hg_str_equal(v->label, label))
			return v;
	}
	return NULL;
}

static bool family_layer(const hg_doc_model *model, const hg_definition *d, int layer, hg_str *letter, int *value)
{
	const hg_expr *e = d->left.layer;
	int shift = 0;
	if (e->op == HG_OP_SUM_OF && e->nkids == 2 && e->kid[0]->op == HG_OP_NAME) {
		if (!hg_layer_value(model, e->kid[1], NULL, &shift))
			return false;
		e = e->kid[0];
	}
	if (e->op != HG_OP_NAME || hg_str_is(e->name, "L") || e->nindex)
		return false;
	*letter = e->name;
	*value = layer - shift;
	return *value >= 1;
}

/* How well a definition serves: the same section, then the nearest before, then any. */
static long distance(const hg_doc_model *model, const hg_definition *d)
{
	if (model->section == (size_t)-1)
		return 0;
	if (d->section == model->section)
		return 0;
	return d->section < model->section ? (long)(model->section - d->section) : 1000 + (long)(d->section - model->section);
}

typedef struct use_search {
	hg_doc_model *model;
	const hg_ref *what;
	bool found;
} use_search;

static bool see_use(void *self, const hg_expr *e)
{
	use_search *u = self;
	hg_ref ref;
	if (e->op == HG_OP_NAME && hg_ref_of(e, &u->model->habits, u->model->arena, &ref) && !ref.gradient && !ref.delta) {
		bool layers = (!ref.layer && !u->what->layer) || (ref.layer && u->what->layer && hg_expr_equal(ref.layer, u->what->layer));
		u->found = u->found || (layers && hg_str_equal(ref.base, u->what->base) && hg_str_equal(ref.label, u->what->label));
	}
	return !u->found;
}

/* An earlier part of the document uses it as something given: an equation under a later heading is not its definition. */
static bool used_before(hg_doc_model *model, const hg_definition *d, const hg_var *v)
{
	(void)v;
	if (d->statement == (size_t)-1 || d->guessed || model->said->n <= d->statement)
		return false;
	size_t section = hg_section_of(model->said, d->statement);
	for (size_t i = 0; i < model->ndefs; i++) {
		const hg_definition *e = model->def[i];
		if (e == d || e->numeric || e->statement >= d->statement || hg_section_of(model->said, e->statement) + 1 >= section)
			continue;
		use_search u = {model, &d->left, false};
		hg_expr_visit(e->right, see_use, &u);
		if (u.found)
			return true;
	}
	return false;
}

static void define(hg_doc_model *model, hg_var *v)
{
	long best = -1;
	for (size_t i = 0; i < model->ndefs; i++) {
		const hg_definition *d = model->def[i];
		int layer = HG_NO_LAYER, value = 0;
		hg_str letter = {0};
		hg_str label = number_label(model, &d->left);
		if (d->rejected || d->numeric || !hg_str_equal(d->left.base, v->base) || !hg_str_equal(label, v->label))
			continue;
		if (d->left.layer && !hg_layer_value(model, d->left.layer, NULL, &layer) &&
		    !(v->layer >= 0 && family_layer(model, d, v->layer, &letter, &value)))
			continue;
		if (!letter.n && layer != v->layer)
			continue;
		if (used_before(model, d, v))
			continue;
		long far = 4 * distance(model, d) + (letter.n ? 2 : 0) + (d->inside ? 3 : 0) + (d->guessed ? 100000 : 0);
		if (best >= 0 && far >= best)
			continue;
		best = far;
		v->def = d;
		v->letter = letter;
		v->letter_value = value;
	}
}

hg_var *hg_model_find(hg_doc_model *model, const hg_ref *ref, const hg_local *local, bool create)
{
	int layer = HG_NO_LAYER;
	if (ref->layer && !hg_layer_value(model, ref->layer, local, &layer))
		return NULL;
	hg_str label = number_label(model, ref);
	hg_var *v = existing(model, ref->base, layer, label);
	if (!v && label.n && !ref->label.n) /* a component of a vector */
		v = existing(model, ref->base, layer, (hg_str){0});
	if (v || !create)
		return v;
	v = hg_model_get(model, ref->base, layer, label);
	if (v)
		define(model, v);
	return v;
}

const hg_named_function *hg_model_function(const hg_doc_model *model, const hg_ref *ref, const hg_local *local)
{
	int layer = HG_NO_LAYER;
	const hg_named_function *found = NULL;
	if (ref->layer && !hg_layer_value(model, ref->layer, local, &layer))
		layer = HG_NO_LAYER;
	for (size_t i = 0; i < model->nfunctions; i++) {
		const hg_named_function *f = model->function[i];
		if (!hg_str_equal(f->base, ref->base) || (f->layer != HG_NO_LAYER && layer != HG_NO_LAYER && f->layer != layer))
			continue;
		bool own = f->layer == layer && layer != HG_NO_LAYER, sure = found && found->layer == layer && layer != HG_NO_LAYER;
		if (!found || (own && !sure) || (own == sure && f->statement <= model->at && f->statement >= found->statement))
			found = f;
	}
	if (found && found->layer == HG_NO_LAYER && ref->layer) { /* g^{[1]} where g was several things */
		size_t bindings = 0;
		for (size_t i = 0; i < model->nfunctions; i++)
			bindings += hg_str_equal(model->function[i]->base, ref->base) && model->function[i]->layer == HG_NO_LAYER;
		if (bindings > 1)
			return NULL;
	}
	return found;
}

/* ---- all of it -------------------------------------------------------------------------------------------------------- */

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
	if (e->op == HG_OP_SUM && e->nkids > 1) {
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
	if (number || hg_is_rate_name(ref.base) || (e->op == HG_OP_NAME && hg_str_is(e->name, "e") && !e->nindex))
		return true;
	if (!hg_model_function(s->model, &ref, s->local))
		hg_model_find(s->model, &ref, s->local, true);
	return e->op == HG_OP_POW && ref.power != NULL && ref.power->op != HG_OP_NUM;
}

static void enumerate(hg_doc_model *model)
{
	for (size_t i = 0; i < model->nvars; i++)
		if (!model->var[i]->def)
			define(model, model->var[i]);
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
			if (!family_layer(model, d, l, &letter, &value))
				continue;
			hg_local local = {.name = letter, .node = HG_NODE_NONE, .index = (size_t)value, .axis = HG_AXIS_LAYER};
			scan s = {model, &local};
			hg_var *v = hg_model_get(model, d->left.base, l, d->left.label);
			if (v && !v->def)
				define(model, v);
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
		if (!v->def || !hg_ref_of(v->def->right, &model->habits, model->arena, &ref) || ref.gradient || ref.primed ||
		    ref.transposed || ref.power || ref.ncomp)
			continue;
		hg_local local = {.name = v->letter, .node = HG_NODE_NONE, .index = (size_t)v->letter_value, .axis = HG_AXIS_LAYER};
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
		bool weight = hg_str_is(v->base, "w") || hg_str_is(v->base, "b");
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

hg_status hg_model_of(const hg_statements *said, const hg_statements *assignment, const hg_epochs *epochs, size_t section,
                      int variant, hg_arena *arena, hg_doc_model *model)
{
	*model = (hg_doc_model){.arena = arena, .said = said, .section = section, .variant = variant, .naxes = 2,
	                        .generic = HG_MAP_GENERIC, .top = HG_MAP_SIGMOID, .nepochs = epochs->n, .epoch = epochs->start};
	hg_habits_of(said, &model->habits);
	hg_model_words(model);
	if (assignment) {
		hg_habits theirs;
		hg_habits_of(assignment, &theirs);
		if (!model->habits.bracket_layers && !model->habits.paren_layers && !model->habits.below_layers)
			model->habits = theirs;
	}
	model->habits.known = hg_known_names_new(arena);
	if (!model->habits.known)
		return HG_ENOMEM;
	if (assignment)
		HG_TRY(hg_model_collect(model, assignment, true));
	HG_TRY(hg_model_collect(model, said, false));
	count_layers(model);
	hg_model_facts(model);
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
