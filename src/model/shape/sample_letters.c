/* Which letters count samples in a document that writes one sample at a time: yhat_i = w x_i + b, J = 1/N sum_i ... */
#include "model/building.h"
#include "model/shape/letters.h"
#include "model/said/sums.h"

static unsigned bit_of(hg_str letter)
{
	return letter.n == 1 && letter.p[0] >= 'a' && letter.p[0] <= 'z' ? 1u << (letter.p[0] - 'a') : 0;
}

bool hg_is_sample_index(const hg_doc_model *model, hg_str letter) { return (model->counting.sample_letters & bit_of(letter)) != 0; }

typedef struct weight_search {
	hg_doc_model *model;
	hg_str letter;
	bool found;
} weight_search;

/* Does the letter index a weight? Then it counts units. */
static bool see_weight(void *self, const hg_expr *e)
{
	weight_search *w = self;
	hg_ref ref;
	bool name = hg_name_at(e, &w->model->habits, w->model->arena, &ref);
	if (name && (hg_str_is(ref.base, HG_L_WEIGHT) || hg_str_is(ref.base, HG_L_PARAMETERS)))
		for (size_t i = 0; i < ref.ncomp; i++)
			w->found = w->found || (ref.comp[i]->op == HG_OP_NAME && hg_str_equal(ref.comp[i]->name, w->letter));
	return !name;
}

bool hg_letter_on_weight(hg_doc_model *m, hg_str letter, const hg_expr *e)
{
	weight_search search = {m, letter, false};
	hg_expr_visit(e, see_weight, &search);
	return search.found;
}

static bool divides_by_count(const hg_doc_model *m, const hg_expr *e)
{
	if (e->op == HG_OP_FRAC && hg_counts_samples(m, e->kid[1]))
		return true;
	for (size_t i = 0; i < e->nkids; i++) {
		bool below = e->op == HG_OP_PRODUCT && i && e->glue[i - 1] == HG_GLUE_DIV && hg_counts_samples(m, e->kid[i]);
		if (below || divides_by_count(m, e->kid[i]))
			return true;
	}
	return false;
}

static const hg_expr *outermost_sum(const hg_expr *e)
{
	const hg_expr *found = e->op == HG_OP_SUM ? e : NULL;
	for (size_t i = 0; i < e->nkids && !found; i++)
		found = outermost_sum(e->kid[i]);
	return found;
}

typedef struct entry_search {
	hg_doc_model *model;
	hg_str letter;
	bool found; /* the letter is the index of something that is defined entry by entry */
} entry_search;

static bool see_entry(void *self, const hg_expr *e)
{
	entry_search *s = self;
	hg_ref ref;
	if (e->op != HG_OP_NAME || !hg_ref_of(e, &s->model->habits, s->model->arena, &ref) || ref.ncomp != 1 ||
	    ref.comp[0]->op != HG_OP_NAME || !hg_str_equal(ref.comp[0]->name, s->letter))
		return !s->found;
	for (size_t i = 0; i < s->model->ndefs && !s->found; i++) {
		const hg_ref *left = &s->model->def[i]->left;
		s->found = left->ncomp == 1 && left->comp[0]->op == HG_OP_NAME && hg_str_equal(left->base, ref.base) &&
		           !hg_is_loss_name(left->base) && !hg_letter_on_weight(s->model, left->comp[0]->name, s->model->def[i]->right);
	}
	return !s->found;
}

void hg_model_sample_letters(hg_doc_model *model)
{
	for (size_t i = 0; i < model->ndefs; i++) {
		const hg_definition *d = model->def[i];
		bool loss = hg_is_loss_name(d->left.base);
		const hg_expr *sum = !d->numeric && (loss || !d->left.ncomp) ? outermost_sum(d->right) : NULL;
		const hg_expr *letter = sum ? hg_sum_letter(sum) : NULL;
		if (!letter || hg_letter_on_weight(model, letter->name, sum->kid[0]))
			continue;
		bool bare = sum->nkids == 2 && sum->kid[1]->op == HG_OP_NAME, mean = divides_by_count(model, d->right);
		bool limited = sum->nkids > 3 && hg_counts_samples(model, sum->kid[3]);
		if (!loss && bare && mean) /* mu = 1/n sum_k x_k: n is how many there are */
			model->counting.sample_letters |= bit_of(letter->name);
		if (!loss)
			continue;
		entry_search s = {.model = model, .letter = letter->name};
		hg_expr_visit(sum->kid[0], see_entry, &s);
		if (((limited || (bare && mean)) && s.found) || (bare && mean && hg_str_is(letter->name, HG_L_NUMBER)))
			model->counting.sample_letters |= bit_of(letter->name);
	}
}
