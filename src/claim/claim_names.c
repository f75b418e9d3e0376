/* What may stand in a claim: the quantities of its model, as the document spells them. */
#include "claim/judging.h"

#include <string.h>

static hg_expr *slope_of(hg_doc_model *model, const hg_var *z, const hg_expr *spelled)
{
	for (size_t i = 0; i < model->nvars; i++) {
		const hg_var *a = model->var[i];
		const hg_expr *r = a->def ? a->def->right : NULL;
		hg_ref ref;
		if (!r || r->op != HG_OP_CALL || r->nkids != 2 || r->kid[0]->op != HG_OP_NAME ||
		    !hg_ref_of(r->kid[1], &model->habits, model->arena, &ref))
			continue;
		hg_local local = {.name = a->letter, .node = HG_NODE_NONE, .index = (size_t)a->letter_value, .axis = HG_AXIS_LAYER};
		if (hg_var_real(hg_model_find(model, &ref, a->letter.n ? &local : NULL, false)) != z)
			continue;
		hg_expr *prime = hg_expr_new(model->arena, HG_OP_PRIME, spelled->span, 1), *call = hg_expr_new(model->arena, HG_OP_CALL, spelled->span, 2);
		if (!prime || !call)
			return NULL;
		prime->kid[0] = r->kid[0];
		call->kid[0] = prime;
		call->kid[1] = (hg_expr *)spelled;
		return call;
	}
	return NULL;
}

static void add_name(hg_doc_model *model, const hg_var *v, const hg_expr *spelled, bool batch, hg_claim_name *out)
{
	*out = (hg_claim_name){.spelled = spelled, .role = v->role, .layer = v->layer, .rows = v->raxis, .cols = v->caxis, .batch = batch};
	if (v->role == HG_ROLE_INPUT)
		out->layer = 0;
	if (batch && v->data)
		*(v->row ? &out->rows : &out->cols) = HG_AXIS_SAMPLES;
	if (v->role == HG_ROLE_PREACTIVATION)
		out->slope = slope_of(model, v, spelled);
}

enum { MOST_CALLS = 4 };

/* Values of functions at the variable of the claim, sigma(z) in a loss: they have no name of their own. */
typedef struct call_search {
	const hg_expr *at;
	bool batch;
	size_t n;
	hg_claim_name name[MOST_CALLS];
} call_search;

static bool see_call(void *self, const hg_expr *e)
{
	struct hg_calls_in_losses *calls = self;
	bool anew = e->op == HG_OP_CALL && e->nkids == 2 && e->kid[0]->op == HG_OP_NAME && e->kid[1]->op == HG_OP_NAME;
	for (size_t i = 0; anew && i < calls->n; i++)
		anew = !hg_expr_equal(calls->at[i], e);
	if (anew && calls->n < sizeof calls->at / sizeof *calls->at)
		calls->at[calls->n++] = e;
	return true;
}

/* Asked once for all claims. */
static void find_calls_in_losses(hg_doc_model *model, struct hg_calls_in_losses *calls)
{
	for (size_t i = 0; i < model->ndefs && !calls->found; i++)
		if (!model->def[i]->guessed && model->def[i]->left.base.n && hg_is_loss_name(model->def[i]->left.base))
			hg_expr_visit(model->def[i]->right, see_call, calls);
	calls->found = true;
}

static void add_call(call_search *c, const hg_expr *e)
{
	bool anew = hg_expr_equal(e->kid[1], c->at) && c->n < MOST_CALLS;
	for (size_t i = 0; anew && i < c->n; i++)
		anew = !hg_expr_equal(c->name[i].spelled, e);
	if (anew)
		c->name[c->n++] = (hg_claim_name){.spelled = e, .role = HG_ROLE_OTHER, .layer = -1, .batch = c->batch};
}

static void find_calls(hg_setting *s, const hg_claim *claim, call_search *c)
{
	hg_doc_model *model = &s->model;
	const hg_expr *left = claim->left;
	bool primed = left->op == HG_OP_CALL && left->nkids == 2 && left->kid[0]->op == HG_OP_PRIME;
	c->at = primed ? left->kid[1] : claim->variable;
	if (!c->at || c->at->op != HG_OP_NAME)
		return;
	find_calls_in_losses(model, &s->calls);
	for (size_t i = 0; i < s->calls.n; i++)
		add_call(c, s->calls.at[i]);
	hg_expr *own = hg_expr_new(model->arena, HG_OP_CALL, left->span, 2); /* f(z) of f'(z), of df/dz */
	const hg_expr *f = primed ? left->kid[0]->kid[0] : claim->target;
	hg_ref ref;
	if (!own || !f || f->op != HG_OP_NAME || !hg_ref_of(f, &model->habits, model->arena, &ref) || !hg_model_function(model, &ref, NULL))
		return;
	own->kid[0] = (hg_expr *)f;
	own->kid[1] = (hg_expr *)c->at;
	add_call(c, own);
}

/* The names of the model, those of the claim's own view first: the same for every claim of that view. */
static hg_status add_names(hg_setting *s, bool batch, struct hg_names_of_view *names)
{
	hg_doc_model *model = &s->model;
	hg_claim_name *name = HG_NEWS(model->arena, 2 * model->nvars + 1, hg_claim_name);
	if (!name)
		return HG_ENOMEM;
	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < model->nvars; i++) {
			const hg_var *v = hg_var_real(model->var[i]);
			bool all = batch != (pass == 1);
			const hg_expr *spelled = all ? (v->data ? v->capital : v->capital ? v->capital : v->small)
			                             : (v->small ? v->small : v->data ? NULL : v->capital);
			if (v == model->var[i] && spelled && (v->data || !pass))
				add_name(model, v, spelled, all && v->data, &name[names->n++]);
		}
	names->name = name;
	return HG_OK;
}

hg_status hg_claim_add_names(hg_setting *setting, hg_arena *arena, hg_claim *claim)
{
	struct hg_names_of_view *names = &setting->names[claim->batch];
	call_search calls = {.batch = claim->batch};
	if (!names->name)
		HG_TRY(add_names(setting, claim->batch, names));
	find_calls(setting, claim, &calls);
	claim->name = names->name;
	claim->nnames = names->n;
	if (!calls.n)
		return HG_OK;
	hg_claim_name *own = HG_NEWS(arena, names->n + calls.n, hg_claim_name);
	if (!own)
		return HG_ENOMEM;
	memcpy(own, names->name, names->n * sizeof *own);
	memcpy(own + names->n, calls.name, calls.n * sizeof *own);
	claim->name = own;
	claim->nnames += calls.n;
	return HG_OK;
}
