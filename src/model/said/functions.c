/* Letters that stand for functions: g = ReLU, a = g(z) = tanh(z), g' = sigma'. */
#include "model/building.h"

#include "model/fill/residual.h"

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
	return hg_str_any(base, HG_LIST_FUNCTIONS);
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
	if (hg_str_is(e->name, HG_L_SIGMOID) && !e->nindex)
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
	if ((map == HG_NMAPS && whole == HG_NFNS) || hg_fn_find(g->kid[0]->name) != HG_NFNS || hg_str_is(g->kid[0]->name, HG_L_SIGMOID) ||
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
	    hg_str_is(g->kid[0]->name, HG_L_SIGMOID) || !hg_ref_of(g->kid[0], &model->habits, model->arena, &ref) ||
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
	bool any;
} applied;

static bool see_applied(void *self, const hg_expr *e)
{
	applied *a = self;
	hg_ref ref;
	int layer;
	if (e->op != HG_OP_CALL || e->kid[0]->op != HG_OP_NAME || !hg_ref_of(e->kid[0], &a->model->habits, a->model->arena, &ref) ||
	    !hg_str_equal(ref.base, a->base))
		return true;
	a->any = true;
	if (ref.layer && hg_layer_value(a->model, ref.layer, NULL, &layer) && layer >= 0 && layer < 16)
		a->layers |= 1u << layer;
	return true;
}

bool hg_is_known_function(const hg_expr *e)
{
	return e->op == HG_OP_NAME && !e->nindex && ((hg_str_is(e->name, HG_L_SIGMOID) && !e->accent) || hg_map_find(e->name) != HG_NMAPS);
}

/* max(0, z); z where z > 0 and 0 elsewhere. */
static bool is_rectifier(const hg_expr *e)
{
	size_t zeros = 0, names = 0;
	bool larger = e->op == HG_OP_CALL && e->kid[0]->op == HG_OP_NAME && hg_str_is(e->kid[0]->name, HG_L_MAXIMUM);
	if (!larger && e->op != HG_OP_CASES)
		return false;
	for (size_t i = larger; i < e->nkids; i += larger ? 1 : 2) {
		zeros += e->kid[i]->op == HG_OP_NUM && e->kid[i]->number == 0;
		names += e->kid[i]->op == HG_OP_NAME;
	}
	return zeros == 1 && names == 1;
}

/* The one activation of the hidden layers: the functions applied in the forward pass, but for the sigmoid beside another,
 * which is the last. */
static hg_map hidden_map(const hg_doc_model *model)
{
	hg_map found = HG_NMAPS;
	hg_fn whole;
	for (size_t i = 0; i < model->ndefs; i++) {
		const hg_expr *e = model->def[i]->right;
		hg_map map = is_rectifier(e) ? HG_MAP_RELU : e->op == HG_OP_CALL && e->nkids == 2 ? hg_named_map(e->kid[0], &whole) : HG_NMAPS;
		if (map == HG_NMAPS || map == HG_MAP_IDENTITY || map == found || (map == HG_MAP_SIGMOID && found != HG_NMAPS))
			continue;
		if (found != HG_NMAPS && found != HG_MAP_SIGMOID)
			return HG_NMAPS;
		found = map;
	}
	return found;
}

typedef struct primed {
	hg_doc_model *model;
	hg_map map;
} primed;

/* g' where the document says nowhere what g is: the slope of its hidden layers' activation. */
static bool see_primed(void *self, const hg_expr *e)
{
	primed *p = self;
	hg_ref ref;
	if (e->op != HG_OP_PRIME || e->kid[0]->op != HG_OP_NAME || e->kid[0]->name.n != 1 || !strchr(HG_LS_FUNCTIONS, e->kid[0]->name.p[0]) ||
	    !hg_ref_of(e->kid[0], &p->model->habits, p->model->arena, &ref) || ref.layer || ref.ncomp || ref.label.n)
		return true;
	for (size_t i = 0; i < p->model->nfunctions; i++)
		if (hg_str_equal(p->model->function[i]->base, ref.base))
			return false;
	if (hg_model_bind_function(p->model, &ref, p->map, HG_NFNS, NULL, (hg_str){0}, (size_t)-1))
		p->model->function[p->model->nfunctions - 1]->guessed = HG_GUESS_LAYER;
	return false;
}

static void settle_primed(hg_doc_model *model)
{
	primed p = {model, hidden_map(model)};
	for (size_t i = 0; i < model->ndefs; i++) {
		applied a = {.model = model};
		for (const char *const *letter = (const char *const[]){HG_L_FUNCTION, HG_L_ANY_FUNCTION, NULL}; *letter; letter++) {
			a.base = hg_str_of(*letter);
			hg_expr_visit(model->def[i]->right, see_applied, &a);
		}
		if (a.any) /* a = g(z): then g is a function of its own */
			return;
	}
	if (p.map == HG_NMAPS)
		return;
	for (size_t i = 0; i < model->said->n; i++)
		for (size_t k = 0; k < model->said->at[i].nsides; k++)
			hg_expr_visit(model->said->at[i].side[k].e, see_primed, &p);
}

/* g^{[1]} is said to be sigma and tanh, g^{[2]} is used and never said to be anything: one of the two is its. The last
 * layer is the sigmoid, if that is what the loss asks for; so the other one stays with the layer it is written with. */
void hg_model_settle_functions(hg_doc_model *model)
{
	settle_primed(model);
	for (size_t i = 0; i < model->nfunctions; i++) {
		hg_named_function *f = model->function[i], *other = NULL;
		applied a = {.model = model, .base = f->base};
		unsigned said = 0, top = 0;
		if (f->layer == HG_NO_LAYER || f->map != model->map.top || hg_function_certain(model, f))
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
