/* Letters that stand for functions: g = ReLU, a = g(z) = tanh(z), g' = sigma'. */
#include "judge/building.h"

#include "judge/residual.h"

#include <string.h>

static hg_named_function *add_function(hg_doc_model *model)
{
	if (model->nfunctions == model->nfunctions_room) {
		size_t room = model->nfunctions_room ? 2 * model->nfunctions_room : 16;
		hg_named_function **more = HG_NEWS(model->arena, room, hg_named_function *);
		if (!more)
			return NULL;
		if (model->nfunctions)
			memcpy(more, model->function, model->nfunctions * sizeof *more);
		model->function = more;
		model->nfunctions_room = room;
	}
	hg_named_function *f = HG_NEW(model->arena, hg_named_function);
	if (f)
		model->function[model->nfunctions++] = f;
	return f;
}

bool hg_is_function_letter(hg_str base)
{
	static const char *const letters[] = {"f", "g", "phi", "psi", "sigma", "varphi", "h", "s", "act", "activation", "F", "G", "R",
	                                      "S", "theta", "sig", "rho", NULL};
	for (size_t i = 0; letters[i]; i++)
		if (hg_str_is(base, letters[i]))
			return true;
	return false;
}

hg_map hg_named_map(const hg_expr *e, hg_fn *whole)
{
	*whole = HG_NFNS;
	while (e->op == HG_OP_BOX || e->op == HG_OP_BRACE)
		e = e->kid[0];
	if (e->op == HG_OP_TEXT)
		return hg_words_activation(e->name, whole);
	if (e->op != HG_OP_NAME)
		return HG_NMAPS;
	if (hg_str_is(e->name, "sigma") && !e->nindex)
		return HG_MAP_SIGMOID;
	*whole = hg_fn_find(e->name) == HG_FN_SOFTMAX ? HG_FN_SOFTMAX : HG_NFNS;
	return hg_map_find(e->name);
}

bool hg_model_bind_function(hg_doc_model *model, const hg_ref *ref, hg_map map, hg_fn whole, const hg_expr *body,
                            hg_str letter, size_t statement)
{
	hg_named_function *f = add_function(model);
	if (!f)
		return false;
	*f = (hg_named_function){.base = ref->base, .layer = HG_NO_LAYER, .map = map, .whole = whole, .body = body, .letter = letter,
	                         .section = hg_model_epoch(model, statement), .statement = statement};
	if (ref->layer)
		hg_layer_value(model, ref->layer, NULL, &f->layer);
	return true;
}

void hg_model_bind_by_example(hg_doc_model *model, const hg_expr *g, const hg_expr *known, size_t statement)
{
	hg_ref ref;
	hg_fn whole;
	if (!g || !known || g->op != HG_OP_CALL || known->op != HG_OP_CALL || g->nkids != 2 || known->nkids != 2 ||
	    g->kid[0]->op != HG_OP_NAME || !hg_expr_equal(g->kid[1], known->kid[1]))
		return;
	hg_map map = hg_named_map(known->kid[0], &whole);
	if ((map == HG_NMAPS && whole == HG_NFNS) || hg_fn_find(g->kid[0]->name) != HG_NFNS || hg_str_is(g->kid[0]->name, "sigma") ||
	    !hg_ref_of(g->kid[0], &model->habits, model->arena, &ref) || !hg_is_function_letter(ref.base))
		return;
	hg_model_bind_function(model, &ref, map, whole, NULL, (hg_str){0}, statement);
}

/* g' = sigma', g'(z) = sigma'(z): which function g is, where nothing else says so. */
bool hg_model_bind_by_slope(hg_doc_model *model, const hg_expr *left, const hg_expr *right, size_t statement)
{
	hg_ref ref;
	hg_fn whole;
	int layer = HG_NO_LAYER;
	const hg_expr *g = left->op == HG_OP_CALL ? left->kid[0] : left, *known = right->op == HG_OP_CALL ? right->kid[0] : right;
	if (g->op != HG_OP_PRIME || known->op != HG_OP_PRIME || g->kid[0]->op != HG_OP_NAME || known->kid[0]->op != HG_OP_NAME ||
	    hg_str_is(g->kid[0]->name, "sigma") || !hg_ref_of(g->kid[0], &model->habits, model->arena, &ref) ||
	    !hg_is_function_letter(ref.base))
		return false;
	hg_map map = hg_named_map(known->kid[0], &whole);
	if (map == HG_NMAPS && whole == HG_NFNS)
		return false;
	if (ref.layer)
		hg_layer_value(model, ref.layer, NULL, &layer);
	for (size_t i = 0; i < model->nfunctions; i++) {
		const hg_named_function *f = model->function[i];
		if (hg_str_equal(f->base, ref.base) && f->layer == layer && !f->by_slope)
			return false;
	}
	if (!hg_model_bind_function(model, &ref, map, whole, NULL, (hg_str){0}, statement))
		return false;
	return model->function[model->nfunctions - 1]->by_slope = true;
}

typedef struct applied {
	hg_doc_model *model;
	hg_str base;
	unsigned layers;
} applied;

static bool see_applied(void *self, const hg_expr *e)
{
	applied *a = self;
	hg_ref ref;
	int layer;
	if (e->op == HG_OP_CALL && e->kid[0]->op == HG_OP_NAME && hg_ref_of(e->kid[0], &a->model->habits, a->model->arena, &ref) &&
	    hg_str_equal(ref.base, a->base) && ref.layer && hg_layer_value(a->model, ref.layer, NULL, &layer) && layer >= 0 && layer < 16)
		a->layers |= 1u << layer;
	return true;
}

/* g^{[1]} is said to be sigma and tanh, g^{[2]} is used and never said to be anything: one of the two is its. The last
 * layer is the sigmoid, if that is what the loss asks for; so the other one stays with the layer it is written with. */
void hg_model_settle_functions(hg_doc_model *model)
{
	for (size_t i = 0; i < model->nfunctions; i++) {
		hg_named_function *f = model->function[i], *other = NULL;
		applied a = {.model = model, .base = f->base};
		unsigned said = 0, top = 0;
		if (f->layer == HG_NO_LAYER || f->map != model->top || hg_function_certain(model, f))
			continue;
		for (size_t k = 0; k < model->ndefs; k++)
			hg_expr_visit(model->def[k]->right, see_applied, &a);
		for (size_t k = 0; k < model->nfunctions; k++) {
			hg_named_function *g = model->function[k];
			if (!hg_str_equal(g->base, f->base) || g->layer < 0 || g->layer >= 16)
				continue;
			said |= 1u << g->layer;
			other = g->layer == f->layer && g->map != f->map ? g : other;
		}
		for (unsigned l = 0; l < 16; l++)
			top = a.layers >> l & 1 ? l : top;
		if (!other || (said >> top & 1) || (int)top <= f->layer)
			continue;
		f->layer = (int)top;
		f->guessed |= HG_GUESS_TOP;
		other->guessed |= HG_GUESS_TOP;
	}
}
