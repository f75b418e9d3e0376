/* Classes: what a sum of exponentials counts, and the class that is the right one, which a loss names by its letter:
 * L = -log p_c. */
#include "model/building.h"

/* ---- how many ------------------------------------------------------------------------------------------------------- */

static bool is_exponential(const hg_expr *e)
{
	const hg_expr *f = e->op == HG_OP_CALL || e->op == HG_OP_POW ? e->kid[0] : NULL;
	return f && f->op == HG_OP_NAME && (hg_str_is(f->name, HG_L_EULER) || hg_fn_find(f->name) == HG_FN_EXP);
}

typedef struct letter_use {
	hg_str letter;
	bool below; /* it stands below a name: a component */
} letter_use;

static bool see_below(void *self, const hg_expr *e)
{
	letter_use *u = self;
	for (size_t i = 0; i < e->nindex; i++)
		u->below = u->below || (!e->index[i].sup && e->index[i].e->op == HG_OP_NAME && hg_str_equal(e->index[i].e->name, u->letter));
	return !u->below;
}

static const hg_expr *sum_letter(const hg_expr *e)
{
	const hg_expr *c = (e->op == HG_OP_SUM || e->op == HG_OP_PROD) && e->nkids > 1 ? e->kid[1] : NULL;
	if (c && c->op == HG_OP_COMPARE)
		c = c->kid[0];
	return c && c->op == HG_OP_NAME && !c->nindex ? c : NULL;
}

/* sum over k = 1 .. N of e^{a_k}: N classes. */
static bool see_classes(void *self, const hg_expr *e)
{
	hg_doc_model *m = self;
	const hg_expr *letter = sum_letter(e), *upper = e->op == HG_OP_SUM && e->nkids > 3 ? e->kid[3] : NULL;
	if (!letter || !upper || upper->op != HG_OP_NAME || upper->nindex || !is_exponential(e->kid[0]))
		return true;
	letter_use use = {letter->name, false};
	hg_expr_visit(e->kid[0]->kid[1], see_below, &use);
	if (use.below)
		m->counting.classes = upper->name;
	return true;
}

void hg_model_classes(hg_doc_model *model, const hg_statements *said)
{
	for (size_t i = 0; i < said->n; i++)
		for (size_t k = 0; k < said->at[i].nsides; k++)
			hg_expr_visit(said->at[i].side[k].e, see_classes, model);
}

bool hg_counts_classes(const hg_doc_model *model, hg_str name) { return model->counting.classes.n && hg_str_equal(name, model->counting.classes); }

/* ---- the right one -------------------------------------------------------------------------------------------------- */

typedef struct free_search {
	const hg_expr *bound[8], *letter;
	size_t nbound;
	bool several, log, derivative;
} free_search;

static bool is_bound(const free_search *s, const hg_expr *letter)
{
	for (size_t i = 0; i < s->nbound; i++)
		if (hg_str_equal(s->bound[i]->name, letter->name))
			return true;
	return false;
}

/* c in p_c; and y_i in p_{y_i}. */
static bool may_be_class(const hg_expr *e)
{
	bool label = e->op == HG_OP_NAME && e->nindex == 1 && hg_str_is(e->name, HG_L_LABEL) && hg_is_index_letter(e->index[0].e);
	return label || (hg_is_index_letter(e) && !e->nindex);
}

static void find_free(free_search *s, const hg_expr *e)
{
	const hg_expr *letter = sum_letter(e), *f = e->op == HG_OP_CALL ? e->kid[0] : NULL;
	bool binds = letter && s->nbound < sizeof s->bound / sizeof *s->bound;
	s->derivative = s->derivative || e->op == HG_OP_DERIV || e->op == HG_OP_DERIV_OP;
	s->log = s->log || (f && f->op == HG_OP_NAME && hg_fn_is_log(hg_fn_find(f->name)));
	if (binds)
		s->bound[s->nbound++] = letter;
	for (size_t i = 0; i < e->nindex; i++) {
		const hg_expr *below = e->index[i].e;
		if (e->index[i].sup || !may_be_class(below) || is_bound(s, below))
			continue;
		s->several = s->several || (s->letter && !hg_expr_equal(s->letter, below));
		s->letter = below;
	}
	size_t kids = binds ? 1 : e->nkids;
	for (size_t i = 0; i < kids; i++)
		find_free(s, e->kid[i]);
	s->nbound -= binds;
}

static const hg_expr *loss_named(const hg_expr *left)
{
	while (left && (left->op == HG_OP_BOX || left->op == HG_OP_BRACE))
		left = left->kid[0];
	if (left && left->op == HG_OP_CALL)
		left = left->kid[0];
	return left && left->op == HG_OP_NAME && hg_is_loss_name(left->name) ? left : NULL;
}

bool hg_is_softmax(const hg_expr *e)
{
	const hg_expr *f = e->op == HG_OP_CALL ? e->kid[0] : NULL;
	if (f)
		return f->op == HG_OP_NAME && hg_fn_find(f->name) == HG_FN_SOFTMAX;
	return e->op == HG_OP_FRAC && is_exponential(e->kid[0]) && e->kid[1]->op == HG_OP_SUM && is_exponential(e->kid[1]->kid[0]);
}

static bool see_softmax(void *self, const hg_expr *e)
{
	bool *found = self;
	*found = *found || hg_is_softmax(e) || (e->op == HG_OP_NAME && hg_fn_find(e->name) == HG_FN_SOFTMAX);
	return !*found;
}

typedef struct apart {
	hg_doc_model *model;
	bool found;
} apart;

static bool see_apart(void *self, const hg_expr *e)
{
	apart *a = self;
	const hg_expr *by = e->op == HG_OP_DERIV && e->nkids > 1 ? e->kid[1] : NULL;
	for (size_t i = 0; by && i < by->nindex; i++)
		a->found = a->found || hg_is_correct_class(a->model, by->index[i].e);
	return !a->found;
}

/* One letter below, bound by nothing, in a loss with a logarithm, where there is a softmax: the letter of the right class. */
void hg_model_correct_class(hg_doc_model *model, const hg_statements *said)
{
	bool softmax = model->softmax;
	for (size_t i = 0; i < said->n && !softmax; i++)
		for (size_t k = 0; k < said->at[i].nsides; k++)
			hg_expr_visit(said->at[i].side[k].e, see_softmax, &softmax);
	for (size_t i = 0; i < said->n && softmax && !model->counting.correct; i++) {
		const hg_statement *s = &said->at[i];
		const hg_expr *loss = s->nsides ? loss_named(s->side[0].e) : NULL;
		for (size_t k = 1; k < s->nsides && loss && !model->counting.correct; k++) {
			free_search free = {0};
			if (!s->side[k].e)
				continue;
			find_free(&free, s->side[k].e);
			bool own = free.letter && loss->nindex == 1 && hg_expr_equal(loss->index[0].e, free.letter);
			if (free.log && free.letter && !free.several && !free.derivative && !own)
				model->counting.correct = free.letter;
		}
	}
	apart search = {model, false};
	for (size_t i = 0; i < said->n && model->counting.correct; i++)
		for (size_t k = 0; k < said->at[i].nsides; k++)
			hg_expr_visit(said->at[i].side[k].e, see_apart, &search);
	model->counting.by_correct = search.found;
}

bool hg_is_correct_class(const hg_doc_model *model, const hg_expr *e)
{
	return model->counting.correct && e->op == HG_OP_NAME && hg_expr_equal(model->counting.correct, e);
}
