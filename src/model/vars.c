/* The variables of a model: found by name and layer, made when they are first spoken of. */
#include "model/building.h"

#include <stdint.h>
#include <ctype.h>
#include <string.h>

/* ---- layers ------------------------------------------------------------------------------------------- */

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
		if (model->habits.above_letter && e->name.n == 1 && e->name.p[0] == toupper((unsigned char)model->habits.above_letter))
			return true;
		return (hg_str_is(e->name, HG_L_LAST_LAYER) && !model->habits.general_top) || (e->nindex && (hg_str_is(e->name, HG_L_NUMBER) || hg_str_is(e->name, HG_L_LAST_LAYER)));
	default:
		return false;
	}
}

/* ---- variables ---------------------------------------------------------------------------------------- */

hg_var *hg_model_get(hg_doc_model *model, hg_str base, int layer, hg_str label)
{
	const char first = base.n ? *base.p : '\0';
	for (size_t i = 0; i < model->nvars; i++) {
		hg_var *v = model->var[i];
		if (v->layer == layer && v->base.n == base.n && (!base.n || *v->base.p == first) && hg_str_equal(v->base, base) && hg_str_equal(v->label, label))
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
	*v = (hg_var){.id = model->nvars,
	              .base = base,
	              .label = label,
	              .layer = layer,
	              .role = HG_ROLE_OTHER,
	              .raxis = HG_AXIS_UNSET,
	              .caxis = HG_AXIS_UNSET};
	return model->var[model->nvars++] = v;
}

/* A component written as a number is part of the name where nothing says that the base is a vector: x_1, w_2.
 */
static hg_str number_label(const hg_doc_model *model, const hg_ref *ref)
{
	(void)model;
	if (ref->ncomp != 1 || ref->comp[0]->op != HG_OP_NUM || ref->label.n)
		return ref->label;
	return ref->comp[0]->name;
}

static hg_var *existing(hg_doc_model *model, hg_str base, int layer, hg_str label)
{
	const char first = base.n ? *base.p : '\0';
	for (size_t i = 0; i < model->nvars; i++) {
		hg_var *v = model->var[i];
		if (v->layer == layer && v->base.n == base.n && (!base.n || *v->base.p == first) && hg_str_equal(v->base, base) && hg_str_equal(v->label, label))
			return v;
	}
	return NULL;
}

bool hg_family_layer(const hg_doc_model *model, const hg_definition *d, int layer, hg_str *letter, int *value)
{
	const hg_expr *e = d->left.layer;
	int shift = 0;
	if (e->op == HG_OP_SUM_OF && e->nkids == 2 && e->kid[0]->op == HG_OP_NAME) {
		if (!hg_layer_value(model, e->kid[1], NULL, &shift))
			return false;
		e = e->kid[0];
	}
	if (e->op != HG_OP_NAME || (hg_str_is(e->name, HG_L_LAST_LAYER) && !model->habits.general_top) || e->nindex)
		return false;
	*letter = e->name;
	*value = layer - shift;
	return *value >= 1 && layer <= model->nlayers + 1; /* s^l of s^{l+1} goes up, and there is a last layer */
}

/* How well a definition serves: the same section, then the nearest before, then any. */
static long distance(const hg_doc_model *model, const hg_definition *d)
{
	if (model->section == (size_t)-1)
		return 0;
	if (d->section == model->section)
		return 0;
	return d->section < model->section ? (long)(model->section - d->section)
	                                   : 1000 + (long)(d->section - model->section);
}

static bool same_marks(const hg_ref *a, const hg_ref *b)
{
	return (!a->layer && !b->layer) || (a->layer && b->layer && hg_expr_equal(a->layer, b->layer));
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
	bool name = hg_name_at(e, &u->model->habits, u->model->arena, &ref);
	if (name && !ref.gradient && !ref.delta) {
		u->found = u->found || (same_marks(&ref, u->what) && hg_str_equal(ref.base, u->what->base) &&
		                        hg_str_equal(ref.label, u->what->label));
	}
	return !u->found && !name;
}

static bool see_inverse(void *self, const hg_expr *e)
{
	bool *found = self;
	bool minus_one = e->op == HG_OP_POW && e->kid[1]->op == HG_OP_NEG && e->kid[1]->kid[0]->op == HG_OP_NUM && e->kid[1]->kid[0]->number == 1;
	*found = *found || e->op == HG_OP_INVERSE || (minus_one && e->kid[0]->op != HG_OP_NAME);
	return !*found;
}

/* dJ/dw = 0 was said before: of the name d defines. */
static bool set_to_zero(const hg_doc_model *model, const hg_definition *d)
{
	for (size_t i = 0; i < model->counting.nzeroed; i++)
		if (model->counting.zeroed[i].statement <= d->statement && hg_str_equal(model->counting.zeroed[i].base, d->left.base))
			return true;
	return false;
}

/* Where the least of a cost is found, w = (X^T X)^{-1} X^T y: what the cost was written in stays free. */
static bool solves(const hg_doc_model *model, const hg_definition *d)
{
	bool inverse = false;
	hg_expr_visit(d->right, see_inverse, &inverse);
	return inverse || set_to_zero(model, d);
}

static bool used_earlier(hg_doc_model *model, const hg_definition *d)
{
	use_search u = {model, &d->left, false};
	for (size_t i = 0; i < model->ndefs && !u.found; i++)
		if (model->def[i] != d && model->def[i]->statement < d->statement)
			hg_expr_visit(model->def[i]->right, see_use, &u);
	return u.found;
}

typedef struct first_use {
	const hg_ref *of; /* NULL: not looked for yet */
	size_t section;   /* SIZE_MAX: none */
} first_use;

/* The first part of the document with an equation that uses the name. */
static size_t first_section_using(hg_doc_model *model, const hg_ref *name)
{
	size_t first = SIZE_MAX;
	for (size_t i = 0; i < model->ndefs; i++) {
		const hg_definition *e = model->def[i];
		bool loss = hg_is_loss_name(e->left.base); /* often said before the network */
		if (e->numeric || loss || e->statement >= model->said->n || model->said->at[e->statement].section >= first)
			continue;
		use_search u = {model, name, false};
		hg_expr_visit(e->right, see_use, &u);
		if (u.found)
			first = model->said->at[e->statement].section;
	}
	return first;
}

/* An earlier part of the document uses it as something given: an equation under a later heading is not its
 * definition. Definitions of one variable ask in a row, so the last answer is kept. */
static bool used_before(hg_doc_model *model, const hg_definition *d, first_use *use)
{
	if (d->statement == (size_t)-1 || d->guessed || model->said->n <= d->statement)
		return false;
	size_t section = model->said->at[d->statement].section;
	if (solves(model, d) && used_earlier(model, d))
		return true;
	if (section < 2) /* nothing stands before the part before it */
		return false;
	if (!use->of || !same_marks(use->of, &d->left) || !hg_str_equal(use->of->label, d->left.label))
		*use = (first_use){&d->left, first_section_using(model, &d->left)};
	return use->section < section - 1;
}

static bool see_input(void *self, const hg_expr *e)
{
	use_search *u = self;
	hg_ref ref;
	bool name = hg_name_at(e, &u->model->habits, u->model->arena, &ref);
	u->found = u->found || (name && hg_str_is(ref.base, HG_L_INPUT) && !ref.layer && !ref.label.n);
	return !u->found && !name;
}

/* z^{[l]} = W^{[l]} x: what a family says of its first layer alone, where another equation says the rest. */
static bool of_first_layer(hg_doc_model *model, const hg_definition *d)
{
	use_search u = {model, NULL, false};
	hg_expr_visit(d->right, see_input, &u);
	return u.found;
}

void hg_var_define(hg_doc_model *model, hg_var *v)
{
	long best = -1;
	first_use use = {0};
	for (size_t i = 0; i < model->ndefs; i++) {
		const hg_definition *d = model->def[i];
		int layer = HG_NO_LAYER, value = 0;
		hg_str letter = {0};
		hg_str label = number_label(model, &d->left);
		if (d->rejected || d->numeric || !hg_str_equal(d->left.base, v->base) ||
		    !hg_str_equal(label, v->label))
			continue;
		if (d->left.layer && !hg_layer_value(model, d->left.layer, NULL, &layer) &&
		    !(v->layer >= 0 && hg_family_layer(model, d, v->layer, &letter, &value)))
			continue;
		if (!letter.n && layer != v->layer)
			continue;
		if (!letter.n && used_before(model, d, &use))
			continue;
		long far =
		    4 * distance(model, d) + (letter.n ? 2 : 0) + (d->inside ? 3 : 0) + (d->guessed ? 100000 : 0);
		if (d->given)
			far = letter.n ? 1 : 0;
		else
			far += 2;
		if (letter.n && value > 1 && of_first_layer(model, d))
			far += 10000;
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
	if (!v && label.n && !ref->label.n && !hg_str_is(label, "0")) /* a component of a vector; c_0 is where c begins */
		v = existing(model, ref->base, layer, (hg_str){0});
	if (v || !create)
		return v;
	v = hg_model_get(model, ref->base, layer, label);
	if (v)
		hg_var_define(model, v);
	return v;
}

const hg_named_function *hg_model_function(const hg_doc_model *model, const hg_ref *ref,
                                           const hg_local *local)
{
	int layer = HG_NO_LAYER;
	const hg_named_function *found = NULL;
	if (ref->layer && !hg_layer_value(model, ref->layer, local, &layer))
		layer = HG_NO_LAYER;
	for (size_t i = 0; i < model->nfunctions; i++) {
		const hg_named_function *f = model->function[i];
		if (!hg_str_equal(f->base, ref->base) ||
		    (f->layer != HG_NO_LAYER && layer != HG_NO_LAYER && f->layer != layer))
			continue;
		bool own = f->layer == layer && layer != HG_NO_LAYER,
		     sure = found && found->layer == layer && layer != HG_NO_LAYER;
		if (!found || (own && !sure) ||
		    (own == sure && f->statement <= model->at && f->statement >= found->statement))
			found = f;
	}
	if (found && found->layer == HG_NO_LAYER && ref->layer) { /* g^{[1]} where g was several things */
		size_t bindings = 0;
		for (size_t i = 0; i < model->nfunctions; i++)
			bindings +=
			    hg_str_equal(model->function[i]->base, ref->base) && model->function[i]->layer == HG_NO_LAYER;
		if (bindings > 1)
			return NULL;
	}
	return found;
}
