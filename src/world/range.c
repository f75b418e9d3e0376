/* How far a sum goes: over the samples, or along the axis its letter indexes in the body. */
#include "model/building.h"
#include "model/shape/letters.h"
#include "world/world.h"

typedef struct search {
	hg_eval *ev;
	hg_str letter;
	bool sample, counts; /* counts: the letter counts samples wherever it indexes data alone */
	unsigned axis;
	size_t n;
} search;

static bool is_letter(const search *s, const hg_expr *e)
{
	return e && e->op == HG_OP_NAME && !e->nindex && hg_str_equal(e->name, s->letter);
}

static bool see(void *self, const hg_expr *e)
{
	search *s = self;
	hg_scene *scene = s->ev->self;
	hg_world *w = scene->world;
	hg_ref ref;
	for (size_t i = 0; e->op != HG_OP_NAME && i < e->nindex; i++) /* (dJ/dZ)^{(i)} */
		s->sample = s->sample || (e->index[i].sup && e->index[i].style == HG_INDEX_PAREN && is_letter(s, e->index[i].e));
	if (s->n || s->sample || (e->op != HG_OP_NAME && e->op != HG_OP_SLICE && e->op != HG_OP_POW) ||
	    !hg_ref_of(e, &w->model->habits, s->ev->arena, &ref))
		return !s->n;
	if (is_letter(s, ref.sample)) {
		s->sample = true;
		return false;
	}
	size_t k = 0;
	while (k < ref.ncomp && !is_letter(s, ref.comp[k]))
		k++;
	if (k == ref.ncomp)
		return true;
	hg_var *lettered = hg_model_lettered(w->model, &ref);
	if (ref.delta)
		ref.base = w->model->counting.signal_base;
	hg_var *v = lettered ? lettered : hg_var_real(hg_model_find(w->model, &ref, s->ev->local, false));
	if (!v)
		return true;
	if ((int)k == hg_sample_index(v, &ref) || (s->counts && ref.ncomp == 1 && v->data)) {
		s->sample = true;
		return false;
	}
	bool second = ref.ncomp > 1 && k == 1;
	s->axis = second || (ref.ncomp == 1 && v->raxis == HG_AXIS_ONE) ? v->caxis : v->raxis;
	s->n = w->size[s->axis & 63];
	if (v->raxis == HG_AXIS_ONE && v->caxis == HG_AXIS_ONE && v->data && ref.ncomp == 1)
		s->sample = true;
	return false;
}

static bool counts_samples(const hg_doc_model *m, const hg_expr *e)
{
	for (size_t i = 0; e && e->op == HG_OP_NAME && i < m->counting.ncounts; i++)
		if (hg_str_equal(e->name, m->counting.count[i]) && !e->nindex)
			return true;
	return false;
}

/* From a number to a number of its own. */
static bool of_numbers(hg_eval *ev, const hg_expr *lower, const hg_expr *upper, size_t *n, size_t *first, unsigned *axis)
{
	double terms = upper->number - lower->number + 1;
	hg_budget *budget = hg_tape_budget(ev->tape);
	if (lower->digits >= 0 || upper->digits >= 0 || !(lower->number >= 1 && terms >= 0))
		return false;
	if (terms > (double)budget->most[HG_LIMIT_TERMS] || upper->number > 1e15)
		return hg_budget_stop(budget, HG_LIMIT_TERMS);
	*axis = HG_AXIS_OPEN;
	*first = (size_t)lower->number - 1;
	*n = (size_t)upper->number;
	return true;
}

bool hg_scene_range(hg_eval *ev, const hg_expr *sum, hg_str letter, size_t *n, size_t *first, unsigned *axis)
{
	hg_scene *scene = ev->self;
	hg_world *w = scene->world;
	const hg_expr *lower = sum->nkids > 2 ? sum->kid[2] : NULL, *upper = sum->nkids > 3 ? sum->kid[3] : NULL;
	bool members = sum->nkids == 2 && sum->kid[1]->op == HG_OP_COMPARE && counts_samples(w->model, sum->kid[1]->kid[1]);
	search s = {.ev = ev, .letter = letter};
	s.counts = hg_is_sample_index(w->model, letter) && !hg_letter_on_weight(w->model, letter, sum->kid[0]);
	hg_expr_visit(sum->kid[0], see, &s);
	s.sample = s.sample || (s.counts && !s.n); /* sum_n (dL/dZ)_n */
	*first = 0;
	bool numbers = upper && upper->op == HG_OP_NUM && lower && lower->op == HG_OP_NUM;
	if (numbers && (upper->number < 1000 || (!s.n && !s.sample))) /* 60000 samples are as many as there are here */
		return of_numbers(ev, lower, upper, n, first, axis);
	bool units = s.n && !s.counts && upper && upper->op == HG_OP_NAME && hg_str_is(upper->name, HG_L_NUMBER);
	if (s.sample || (counts_samples(w->model, upper) && !units) || members) {
		*n = w->m;
		*axis = HG_AXIS_SAMPLES;
		return true;
	}
	*n = s.n;
	*axis = s.axis;
	return s.n > 0;
}
