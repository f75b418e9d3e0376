/* Is everything in a document a number? Nobody transposes, multiplies entry by entry, indexes an input or speaks of
 * vectors: y = m x + b with a single m. Then w x is a product of numbers, and sum(error * x) is one as well. */
#include "model/building.h"

#include <string.h>

typedef struct look {
	hg_doc_model *model;
	bool arrays;
} look;

static bool matrix_function(hg_str name)
{
	hg_fn fn = hg_fn_find(name);
	return fn == HG_FN_DOT || fn == HG_FN_TRANSPOSE_OF || fn == HG_FN_OUTER || fn == HG_FN_DIAG || fn == HG_FN_NORM_OF || fn == HG_FN_SOFTMAX;
}

static bool is_parameter(hg_str base) { return hg_str_any(base, HG_LIST_WEIGHTS, HG_L_COEFFICIENT); }

static bool array_name(const hg_ref *ref, const hg_expr *e)
{
	bool indexed = false;
	for (size_t i = 0; i < ref->ncomp; i++)
		indexed = indexed || (ref->comp[i]->op != HG_OP_NUM && (ref->ncomp > 1 || is_parameter(ref->base))); /* x_i may be a sample */
	bool capital = e->name.n && !(e->accent & HG_CALLIGRAPHIC) && e->name.p[0] >= 'A' && e->name.p[0] <= 'Z' && !hg_is_loss_name(ref->base) && !hg_is_count_name(ref->base);
	return indexed || capital || ref->layer || ref->transposed || (e->accent & (HG_BOLD | HG_VEC));
}

static bool see(void *self, const hg_expr *e)
{
	look *l = self;
	hg_ref ref;
	l->arrays = l->arrays || e->op == HG_OP_TRANSPOSE || e->op == HG_OP_NORM || e->op == HG_OP_MATRIX || e->op == HG_OP_PROD ||
	            (e->op == HG_OP_DERIV && hg_str_is(e->word, HG_L_NABLA)) || (e->op == HG_OP_CALL && e->kid[0]->op == HG_OP_NAME && matrix_function(e->kid[0]->name));
	for (size_t i = 0; e->op == HG_OP_PRODUCT && i + 1 < e->nkids; i++) {
		bool names = e->kid[i]->op == HG_OP_NAME && e->kid[i + 1]->op == HG_OP_NAME;
		l->arrays = l->arrays || e->glue[i] == HG_GLUE_ODOT || e->glue[i] == HG_GLUE_CIRC || e->glue[i] == HG_GLUE_AT || e->glue[i] == HG_GLUE_OTIMES ||
		            (names && e->glue[i] == HG_GLUE_CDOT && hg_str_is(e->kid[i + 1]->name, HG_L_INPUT));
	}
	if ((e->op == HG_OP_NAME || e->op == HG_OP_POW || e->op == HG_OP_SLICE) && hg_ref_of(e, &l->model->habits, l->model->arena, &ref))
		l->arrays = l->arrays || array_name(&ref, e->op == HG_OP_NAME ? e : e->kid[0]);
	return !l->arrays;
}

static bool speaks_of_vectors(const hg_doc *doc)
{
	static const char *const words[] = {HG_WORDS_VECTORS};
	for (size_t i = 0; i < doc->nstretches; i++)
		for (size_t k = 0; k < sizeof words / sizeof *words; k++)
			if (hg_str_find(hg_source_text(doc->source, doc->stretch[i].span), hg_str_of(words[k])) != (size_t)-1)
				return true;
	return false;
}

bool hg_model_is_of_numbers(hg_doc_model *model)
{
	look l = {.model = model};
	for (size_t i = 0; i < model->said->n && !l.arrays; i++)
		for (size_t k = 0; k < model->said->at[i].nsides && !l.arrays; k++)
			hg_expr_visit(model->said->at[i].side[k].e, see, &l);
	return !l.arrays && !speaks_of_vectors(model->said->doc);
}
