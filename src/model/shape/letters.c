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
