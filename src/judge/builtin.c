/* What a document leaves out of its model is taken from a built-in network, chosen from what it does say. Such
 * definitions are marked as guessed: a claim that needs one can agree, but is never said to be wrong. */
#include "judge/building.h"
#include "judge/residual.h"

#include <string.h>

static hg_expr *node(hg_doc_model *model, hg_op op, size_t nkids) { return hg_expr_new(model->arena, op, (hg_span){0, 0}, nkids); }

static hg_expr *name(hg_doc_model *model, const char *letter, int layer)
{
	hg_expr *e = node(model, HG_OP_NAME, 0), *number = layer >= 0 ? node(model, HG_OP_NUM, 0) : NULL;
	hg_index *index = HG_NEW(model->arena, hg_index);
	if (!e || !index)
		return NULL;
	bool hat = !strcmp(letter, "yhat");
	e->name = hg_str_of(hat ? "y" : letter);
	e->accent = hat ? HG_HAT : 0;
	if (number) {
		number->number = layer;
		number->digits = -1;
		number->name = hg_str_of(hg_arena_print(model->arena, "%d", layer));
		*index = (hg_index){HG_INDEX_BRACKET, true, number};
		e->index = index;
		e->nindex = 1;
	}
	return e;
}

static hg_expr *number(hg_doc_model *model, double value)
{
	hg_expr *e = node(model, HG_OP_NUM, 0);
	if (e) {
		e->number = value;
		e->digits = -1;
		e->name = hg_str_of(hg_arena_print(model->arena, "%g", value));
	}
	return e;
}

static hg_expr *with(hg_doc_model *model, hg_op op, hg_expr *a, hg_expr *b)
{
	hg_expr *e = a ? node(model, op, b ? 2 : 1) : NULL;
	if (!e)
		return NULL;
	e->kid[0] = a;
	if (b)
		e->kid[1] = b;
	return e;
}

static hg_expr *call(hg_doc_model *model, const char *f, int layer, hg_expr *a)
{
	return with(model, HG_OP_CALL, name(model, f, layer), a);
}

/* ---- what there is ------------------------------------------------------------------------------------------------------ */

static hg_var *there(hg_doc_model *model, const char *base, int layer)
{
	for (size_t i = 0; i < model->nvars; i++)
		if (hg_str_is(model->var[i]->base, base) && model->var[i]->layer == layer && !model->var[i]->label.n)
			return model->var[i];
	return NULL;
}

static bool open_var(hg_doc_model *model, const char *base, int layer)
{
	hg_var *v = there(model, base, layer);
	return v && !v->def && !v->same;
}

static bool see(void *self, const hg_expr *e)
{
	hg_doc_model *model = self;
	hg_ref ref;
	if (e->op == HG_OP_CALL) {
		for (size_t i = 1; i < e->nkids; i++)
			hg_expr_visit(e->kid[i], see, self);
		return e->kid[0]->op != HG_OP_NAME && e->kid[0]->op != HG_OP_PRIME;
	}
	if (e->op != HG_OP_NAME && e->op != HG_OP_POW)
		return true;
	if (!hg_ref_of(e, &model->habits, model->arena, &ref))
		return true;
	static const char *const bases[] = {"x", "y", "z", "a", "w", "b", "yhat", "t", "h", "L", "J", "C", "E", "ell", "l", "bce", NULL};
	bool network = false;
	for (size_t i = 0; bases[i]; i++)
		network = network || hg_str_is(ref.base, bases[i]);
	if (ref.delta) {
		ref.base = HG_STR("z");
		network = ref.layer != NULL;
	}
	if (network && !(ref.ncomp == 1 && ref.comp[0]->op == HG_OP_NUM) && !ref.label.n)
		hg_model_find(model, &ref, NULL, true);
	return e->op != HG_OP_NAME;
}

static void define(hg_doc_model *model, const char *base, int layer, unsigned guess, hg_expr *right)
{
	hg_var *v = hg_model_get(model, hg_str_of(base), layer, (hg_str){0});
	hg_definition *d = HG_NEW(model->arena, hg_definition);
	if (!v || !d || !right)
		return;
	d->lhs = name(model, base, layer);
	d->right = right;
	d->guessed = guess;
	d->left = (hg_ref){.base = v->base, .layer = layer >= 0 ? number(model, layer) : NULL};
	v->def = d;
	v->guessed = guess;
}

/* ---- layers --------------------------------------------------------------------------------------------------------------- */

static hg_fn words_of_document(hg_doc_model *model, hg_map *hidden)
{
	const hg_doc *doc = model->said->doc;
	hg_fn whole = HG_NFNS, any = HG_NFNS;
	*hidden = HG_NMAPS;
	for (size_t i = 0; i < doc->nstretches; i++) {
		hg_map map = hg_words_activation(hg_source_text(doc->source, doc->stretch[i].span), &whole);
		if (*hidden == HG_NMAPS && map != HG_NMAPS)
			*hidden = map;
		if (whole != HG_NFNS)
			any = whole;
	}
	return any;
}

static const char *map_letter(hg_map map)
{
	return map == HG_MAP_RELU ? "ReLU" : map == HG_MAP_TANH ? "tanh" : map == HG_MAP_SIGMOID ? "sigma" : "g";
}

/* a^{[l]} = g(z^{[l]}): with the letter the document uses, else by its words. */
static void complete_layers(hg_doc_model *model)
{
	hg_map hidden;
	hg_fn whole = words_of_document(model, &hidden);
	int top = 0;
	for (int l = 1; l <= model->nlayers; l++)
		if (there(model, "z", l) || there(model, "a", l))
			top = l;
	for (int l = 1; l <= top; l++) {
		const char *input = l > 1 || there(model, "a", 0) ? (there(model, "h", l - 1) && !there(model, "a", l - 1) ? "h" : "a") : "x";
		hg_expr *weight = name(model, "W", l), *in = name(model, input, strcmp(input, "x") ? l - 1 : HG_NO_LAYER);
		if (open_var(model, "z", l) && (there(model, "w", l) || there(model, "b", l))) {
			hg_expr *product = with(model, HG_OP_PRODUCT, weight, in);
			define(model, "z", l, HG_GUESS_AFFINE, with(model, HG_OP_SUM_OF, product, name(model, "b", l)));
		}
		const char *f = l < top || hidden == HG_NMAPS ? map_letter(hidden) : whole == HG_FN_SOFTMAX ? "softmax" : "sigma";
		if (open_var(model, "a", l) && there(model, "z", l))
			define(model, "a", l, HG_GUESS_FUNCTION, call(model, f, strcmp(f, "g") ? HG_NO_LAYER : l, name(model, "z", l)));
	}
}

/* z1 = W1 x + b1, z2 = f(z1), z3 = W2 z2 + b2, yhat = g(z3): the layers of a table, numbered one by one. */
static bool complete_table(hg_doc_model *model, int variant)
{
	static const char *const activations[][2] = {{"ReLU", "identity"}, {"sigma", "sigma"}, {"tanh", "identity"},
	                                             {"ReLU", "sigma"}, {"tanh", "sigma"}};
	if (!open_var(model, "z", 1) || !there(model, "z", 2) || !open_var(model, "z", 3) || there(model, "a", 1) ||
	    !there(model, "w", 2) || there(model, "w", 3))
		return false;
	model->table = true;
	const char *const *f = activations[variant % 5];
	define(model, "z", 1, HG_GUESS_FUNCTION, with(model, HG_OP_SUM_OF, with(model, HG_OP_PRODUCT, name(model, "W", 1), name(model, "x", -1)),
	                           name(model, "b", 1)));
	define(model, "z", 2, HG_GUESS_FUNCTION, call(model, f[0], HG_NO_LAYER, name(model, "z", 1)));
	define(model, "z", 3, HG_GUESS_FUNCTION, with(model, HG_OP_SUM_OF, with(model, HG_OP_PRODUCT, name(model, "W", 2), name(model, "z", 2)),
	                           name(model, "b", 2)));
	if (!there(model, "yhat", -1) || open_var(model, "yhat", -1))
		define(model, "yhat", HG_NO_LAYER, HG_GUESS_FUNCTION, call(model, f[1], HG_NO_LAYER, name(model, "z", 3)));
	return true;
}

/* ---- the prediction and the loss ---------------------------------------------------------------------------------------- */

static const char *prediction(hg_doc_model *model, int *layer)
{
	*layer = HG_NO_LAYER;
	for (int l = model->nlayers + 1; l >= 1; l--)
		if (there(model, "a", l) && there(model, "a", l)->def) {
			*layer = l;
			return "a";
		}
	static const char *const bases[] = {"yhat", "a", "h", "p", "o", NULL};
	for (size_t i = 0; bases[i]; i++)
		if (there(model, bases[i], HG_NO_LAYER) && !open_var(model, bases[i], HG_NO_LAYER))
			return bases[i];
	return there(model, "yhat", HG_NO_LAYER) ? "yhat" : there(model, "a", HG_NO_LAYER) ? "a" : NULL;
}

static hg_expr *minus(hg_doc_model *model, hg_expr *a, hg_expr *b)
{
	return with(model, HG_OP_SUM_OF, a, with(model, HG_OP_NEG, b, NULL));
}

/* variant 0: cross-entropy of one output; 1: half the squared error; 2: the squared error; 3: cross-entropy of classes */
static hg_expr *loss(hg_doc_model *model, const char *p, int layer, int variant)
{
	hg_expr *a = name(model, p, layer), *y = name(model, "y", HG_NO_LAYER);
	if (variant == 1 || variant == 2) {
		hg_expr *square = with(model, HG_OP_POW, with(model, HG_OP_NORM, minus(model, a, y), NULL), number(model, 2));
		return variant == 2 ? square : with(model, HG_OP_FRAC, square, number(model, 2));
	}
	hg_expr *first = with(model, HG_OP_PRODUCT, y, call(model, "log", HG_NO_LAYER, a));
	if (variant == 3)
		return with(model, HG_OP_NEG, first, NULL);
	hg_expr *second = with(model, HG_OP_PRODUCT, minus(model, number(model, 1), y),
	                       call(model, "log", HG_NO_LAYER, minus(model, number(model, 1), a)));
	return with(model, HG_OP_NEG, with(model, HG_OP_SUM_OF, first, second), NULL);
}

typedef struct mention {
	hg_doc_model *model;
	const hg_var *v;
	bool found;
} mention;

static bool see_mention(void *self, const hg_expr *e)
{
	mention *m = self;
	hg_ref ref;
	if (e->op == HG_OP_NAME && hg_ref_of(e, &m->model->habits, m->model->arena, &ref) && !ref.gradient)
		m->found = m->found || hg_model_find(m->model, &ref, NULL, false) == m->v;
	return !m->found;
}

static bool see_call(void *self, const hg_expr *e)
{
	mention *m = self;
	hg_ref ref;
	if (e->op == HG_OP_CALL && hg_ref_of(e->kid[0], &m->model->habits, m->model->arena, &ref))
		m->found = m->found || hg_model_find(m->model, &ref, NULL, false) == m->v;
	return !m->found;
}

static bool mentions_call(hg_doc_model *model, const hg_expr *e, const hg_var *v)
{
	mention m = {model, v, false};
	hg_expr_visit(e, see_call, &m);
	return m.found;
}

static bool mentions_var(hg_doc_model *model, const hg_expr *e, const hg_var *v)
{
	mention m = {model, v, false};
	hg_expr_visit(e, see_mention, &m);
	return m.found;
}

/* J is a mean of L(..), and nothing says what L is. */
static bool cost_needs(hg_doc_model *model, const hg_var *loss)
{
	for (size_t i = 0; i < model->nvars; i++)
		if (hg_is_loss_name(model->var[i]->base) && model->var[i]->def && mentions_call(model, model->var[i]->def->right, loss))
			return true;
	return false;
}

static bool any_loss_defined(hg_doc_model *model)
{
	for (size_t i = 0; i < model->nvars; i++)
		if (hg_is_loss_name(model->var[i]->base) && model->var[i]->def && !model->var[i]->label.n)
			return true;
	return false;
}

/* A name in the loss that nothing computes, beside an activation that no loss uses: the two are one. */
static void join_prediction(hg_doc_model *model, hg_var *top)
{
	hg_var *leaf = NULL;
	bool used = false;
	for (size_t i = 0; i < model->nvars; i++) {
		const hg_var *loss_var = model->var[i];
		if (!hg_is_loss_name(loss_var->base) || !loss_var->def || loss_var->def->guessed)
			continue;
		for (size_t k = 0; k < model->nvars; k++) {
			hg_var *v = model->var[k];
			if (!mentions_var(model, loss_var->def->right, v))
				continue;
			used = used || hg_var_real(v) == top;
			bool label = hg_str_is(v->base, "y") || hg_is_loss_name(v->base);
			if (!v->def && !v->same && !label)
				leaf = v;
		}
	}
	if (leaf && !used && top && leaf != top) {
		leaf->same = top;
		leaf->dropped = HG_GUESS_PREDICTION;
	}
}

static const char *letter_of(const hg_doc_model *model, const hg_var *v) { return hg_arena_copy(model->arena, v->base.p, v->base.n); }

/* What a residual dZ = A - Y says: a = sigma(z), unless the document says another function, and its cross-entropy. */
static bool complete_residual(hg_doc_model *model)
{
	bool open;
	hg_var *top = hg_model_residual(model, &open);
	const char *p = top ? letter_of(model, top) : NULL;
	if (!p || !there(model, "y", HG_NO_LAYER))
		return false;
	if (top->layer == HG_NO_LAYER && open_var(model, "z", HG_NO_LAYER) && there(model, "w", HG_NO_LAYER)) {
		hg_expr *weight = with(model, HG_OP_TRANSPOSE, name(model, "w", HG_NO_LAYER), NULL);
		define(model, "z", HG_NO_LAYER, HG_GUESS_AFFINE,
		       with(model, HG_OP_SUM_OF, with(model, HG_OP_PRODUCT, weight, name(model, "x", HG_NO_LAYER)), name(model, "b", HG_NO_LAYER)));
	}
	if (open && there(model, "z", top->layer))
		define(model, p, top->layer, HG_GUESS_FUNCTION, call(model, "sigma", HG_NO_LAYER, name(model, "z", top->layer)));
	if (!any_loss_defined(model)) {
		const hg_expr *f = top->def && top->def->right->op == HG_OP_CALL ? top->def->right->kid[0] : NULL;
		bool softmax = f && f->op == HG_OP_NAME && hg_fn_find(f->name) == HG_FN_SOFTMAX;
		define(model, "L", HG_NO_LAYER, HG_GUESS_LOSS, loss(model, p, top->layer, softmax ? 3 : 0));
		model->loss_guessed = HG_GUESS_LOSS;
	}
	return true;
}

/* z2 = W2 X + b2, though a1 was just computed and nothing uses it: read as W2 a1 + b2. */
static hg_expr *fed_by(hg_doc_model *model, const hg_expr *e, const hg_expr *input, bool *found)
{
	hg_ref ref;
	if (e->op == HG_OP_NAME) {
		bool first = hg_ref_of(e, &model->habits, model->arena, &ref) && !ref.ncomp &&
		             ((hg_str_is(ref.base, "x") && !ref.layer) || (hg_str_is(ref.base, "a") && ref.layer && ref.layer->op == HG_OP_NUM && ref.layer->number == 0));
		*found = *found || first;
		return first ? hg_expr_copy(model->arena, input) : (hg_expr *)e;
	}
	hg_expr *copy = hg_expr_copy(model->arena, e);
	for (size_t i = 0; copy && i < e->nkids; i++)
		copy->kid[i] = fed_by(model, e->kid[i], input, found);
	return copy;
}

static void repair_layers(hg_doc_model *model)
{
	for (int l = 2; l <= model->nlayers; l++) {
		hg_var *z = there(model, "z", l), *a = there(model, "a", l - 1);
		bool used = false, found = false;
		for (size_t i = 0; i < model->nvars && a; i++)
			used = used || (model->var[i]->def && mentions_var(model, model->var[i]->def->right, a));
		if (!z || !z->def || z->def->guessed || z->letter.n || !a || !a->def || used)
			continue;
		hg_expr *right = fed_by(model, z->def->right, name(model, "a", l - 1), &found);
		if (!found || !right)
			continue;
		const hg_definition *slip = z->def;
		define(model, "z", l, HG_GUESS_REPAIR, right);
		((hg_definition *)slip)->rejected = true;
	}
}

/* The loss inside an operator, d/da (...), where the one written by itself speaks of names that nothing computes. */
static void connect_losses(hg_doc_model *model)
{
	for (size_t i = 0; i < model->ndefs; i++) {
		const hg_definition *d = model->def[i];
		hg_var *v = d->inside ? there(model, d->left.base.p ? hg_arena_copy(model->arena, d->left.base.p, d->left.base.n) : "", HG_NO_LAYER) : NULL;
		if (!v || !v->def || v->def->inside)
			continue;
		bool loose = false;
		for (size_t k = 0; k < model->nvars; k++) {
			const hg_var *name_in = model->var[k];
			bool label = hg_str_is(name_in->base, "y") || hg_is_loss_name(name_in->base);
			loose = loose || (!name_in->def && !name_in->same && !label && mentions_var(model, v->def->right, name_in));
		}
		if (loose)
			v->def = d;
	}
}

static hg_expr *renamed(hg_doc_model *model, const hg_expr *e, const hg_var *from, const hg_expr *to)
{
	hg_ref ref;
	if (e->op == HG_OP_NAME && hg_ref_of(e, &model->habits, model->arena, &ref) && !ref.ncomp &&
	    hg_var_real(hg_model_find(model, &ref, NULL, false)) == from)
		return hg_expr_copy(model->arena, to);
	hg_expr *copy = hg_expr_copy(model->arena, e);
	for (size_t i = 0; copy && i < e->nkids; i++)
		copy->kid[i] = renamed(model, e->kid[i], from, to);
	return copy;
}

/* Two networks, one loss: an activation that nothing uses is a prediction too. */
void hg_model_other_loss(hg_doc_model *model)
{
	const hg_var *loss = model->loss, *p = model->prediction;
	hg_var *top = NULL;
	for (int l = model->nlayers + 1; l >= -1 && !top; l--) { /* -1: without a layer */
		hg_var *a = l ? there(model, "a", l) : NULL;
		bool used = a == NULL;
		for (size_t i = 0; i < model->nvars && !used; i++)
			used = model->var[i]->def && !model->var[i]->same && mentions_var(model, model->var[i]->def->right, a);
		if (!used && a->def && hg_var_real(a) == a && a != p)
			top = a;
	}
	if (!loss || !loss->def || !p || !top || loss->letter.n)
		return;
	hg_expr *right = renamed(model, loss->def->right, p, name(model, "a", top->layer));
	define(model, "L'", HG_NO_LAYER, HG_GUESS_PREDICTION, right);
	model->other = there(model, "L'", HG_NO_LAYER);
	if (model->other) {
		model->other->data = model->other->shaped = model->other->per_sample_total = true;
		model->other->raxis = model->other->caxis = HG_AXIS_ONE;
		model->other->role = HG_ROLE_LOSS;
	}
}

void hg_model_complete(hg_doc_model *model)
{
	int layer, variant = model->variant % HG_VARIANT_RESIDUAL;
	for (size_t i = 0; i < model->said->n; i++)
		for (size_t k = 0; k < model->said->at[i].nsides; k++)
			hg_expr_visit(model->said->at[i].side[k].e, see, model);
	if (complete_table(model, variant)) {
		if (there(model, "bce", HG_NO_LAYER))
			define(model, "bce", HG_NO_LAYER, HG_GUESS_LOSS,
			       with(model, HG_OP_FRAC, loss(model, "yhat", HG_NO_LAYER, 0), name(model, "K", HG_NO_LAYER)));
		variant = 2;
	} else {
		complete_layers(model);
		if (model->says_squares && !model->says_entropy)
			variant = 1;
	}
	repair_layers(model);
	connect_losses(model);
	if (model->variant >= HG_VARIANT_RESIDUAL && complete_residual(model))
		return;
	const char *p = prediction(model, &layer);
	hg_var *yhat = there(model, "yhat", HG_NO_LAYER);
	if (p && layer >= 0 && yhat && !yhat->def && !yhat->same) {
		yhat->same = there(model, p, layer);
		yhat->dropped = HG_GUESS_PREDICTION;
	}
	if (p && layer >= 0)
		join_prediction(model, there(model, p, layer));
	static const char *const losses[] = {"L", "J", "C", "E", "ell", "l", NULL};
	size_t i = 0; /* one that is spoken of, and not defined */
	while (losses[i] && !open_var(model, losses[i], HG_NO_LAYER))
		i++;
	bool needed = losses[i] && cost_needs(model, there(model, losses[i], HG_NO_LAYER));
	if (p && there(model, "y", HG_NO_LAYER) && (needed || !any_loss_defined(model))) {
		define(model, losses[i] ? losses[i] : "L", HG_NO_LAYER, HG_GUESS_LOSS, loss(model, p, layer, variant));
		model->loss_guessed = HG_GUESS_LOSS;
	}
}
