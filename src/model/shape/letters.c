#include "model/building.h"
#include "model/shape/letters.h"

unsigned hg_letter_count(hg_shaper *s, const hg_expr *e, unsigned wanted)
{
	if (e->op != HG_OP_NAME)
		return wanted;
	for (size_t i = 0; i < s->nletters; i++)
		if (hg_str_equal(s->letter[i].name, e->name)) {
			if (s->letter[i].axis == HG_AXIS_UNSET && wanted != HG_AXIS_UNSET)
				s->letter[i].axis = wanted;
			return hg_axis_now(s->model, s->letter[i].axis);
		}
	if (s->nletters < HG_MAX_SUM_LETTERS)
		s->letter[s->nletters++] = (hg_letter_axis){e->name, wanted, false};
	return wanted;
}

bool hg_letter_is_sample(hg_shaper *s, const hg_expr *e) { return hg_letter_count(s, e, HG_AXIS_UNSET) == HG_AXIS_SAMPLES; }

bool *hg_letter_row(hg_shaper *s, const hg_expr *e)
{
	for (size_t i = 0; i < s->nletters && e->op == HG_OP_NAME; i++)
		if (hg_str_equal(s->letter[i].name, e->name))
			return &s->letter[i].row;
	return NULL;
}

unsigned hg_letter_axis_or_new(hg_shaper *s, const hg_expr *e)
{
	unsigned axis = hg_letter_count(s, e, HG_AXIS_UNSET);
	if (axis == HG_AXIS_UNSET || axis == HG_AXIS_OPEN)
		axis = hg_letter_count(s, e, hg_shaper_axis(s));
	return axis;
}

static bool is_n(const hg_expr *e) { return e->op == HG_OP_NAME && !e->nindex && hg_str_is(e->name, HG_L_NUMBER); }

int hg_sample_index(const hg_var *v, const hg_ref *ref)
{
	bool vector = (v->raxis == HG_AXIS_ONE) != (v->caxis == HG_AXIS_ONE);
	if (!v->data || !v->shaped || !vector || ref->ncomp != 2 || ref->sample)
		return -1;
	if (is_n(ref->comp[0]) != is_n(ref->comp[1]))
		return is_n(ref->comp[0]) ? 0 : 1;
	return v->raxis == HG_AXIS_ONE ? 0 : 1;
}

typedef struct letter_search {
	hg_shaper *s;
	const hg_expr *letter;
} letter_search;

static bool see_letter(void *self, const hg_expr *e)
{
	letter_search *l = self;
	hg_doc_model *m = l->s->model;
	hg_ref ref;
	if (!hg_name_at(e, &m->habits, m->arena, &ref))
		return true;
	if (ref.gradient || ref.delta)
		return false;
	size_t units = 0; /* the place of the letter among those that are not a sample's */
	for (size_t i = 0; i < ref.ncomp; i++)
		units += !hg_letter_is_sample(l->s, ref.comp[i]);
	for (size_t i = 0; i < ref.ncomp; i++) {
		if (ref.comp[i]->op != HG_OP_NAME || !hg_str_equal(ref.comp[i]->name, l->letter->name))
			continue;
		hg_var *v = hg_var_real(hg_model_find(m, &ref, l->s->local, true));
		if (v && v->def && !v->shaped)
			hg_var_shape(m, v);
		if (v && v->shaped && (v->raxis || v->caxis))
			hg_letter_count(l->s, l->letter, (units > 1 && i == 1) || v->raxis == HG_AXIS_ONE ? v->caxis : v->raxis);
		bool *row = hg_letter_row(l->s, l->letter);
		if (row && v && v->shaped && units == 1 && v->raxis == HG_AXIS_ONE && v->caxis != HG_AXIS_ONE)
			*row = true;
	}
	return false;
}

typedef struct sample_search {
	hg_shaper *s;
	const hg_expr *letter;
	bool found;
} sample_search;

static bool see_sample_index(void *self, const hg_expr *e)
{
	sample_search *w = self;
	hg_doc_model *m = w->s->model;
	hg_ref ref;
	if (e->op != HG_OP_NAME || !hg_ref_of(e, &m->habits, m->arena, &ref) || ref.ncomp != 2 || ref.gradient || ref.delta)
		return !w->found;
	hg_var *v = hg_var_real(hg_model_find(m, &ref, w->s->local, true));
	if (v && v->def && !v->shaped)
		hg_var_shape(m, v);
	int k = v && v->def ? hg_sample_index(v, &ref) : -1;
	w->found = w->found || (k >= 0 && ref.comp[k]->op == HG_OP_NAME && hg_str_equal(ref.comp[k]->name, w->letter->name));
	return !w->found;
}

bool hg_letter_counts_samples(hg_shaper *s, const hg_expr *letter, const hg_expr *e)
{
	sample_search search = {s, letter, false};
	hg_expr_visit(e, see_sample_index, &search);
	return search.found;
}

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

void hg_letter_learn(hg_shaper *s, const hg_expr *letter, const hg_expr *e)
{
	letter_search search = {s, letter};
	if (letter->op == HG_OP_NAME)
		hg_expr_visit(e, see_letter, &search);
}

bool hg_letter_on_weight(hg_doc_model *m, hg_str letter, const hg_expr *e)
{
	weight_search search = {m, letter, false};
	hg_expr_visit(e, see_weight, &search);
	return search.found;
}

static bool see_sample_use(void *self, const hg_expr *e)
{
	const hg_expr **letter = self;
	for (size_t i = 0; i < e->nindex && *letter; i++)
		if (e->index[i].sup && e->index[i].style == HG_INDEX_PAREN && e->index[i].e->op == HG_OP_NAME &&
		    hg_str_equal(e->index[i].e->name, (*letter)->name))
			*letter = NULL;
	return *letter != NULL;
}

bool hg_marks_sample(const hg_expr *e, const hg_expr *letter)
{
	const hg_expr *left = letter;
	hg_expr_visit(e, see_sample_use, &left);
	return !left;
}
