/* What sums and means show: letters for the number of samples, sizes, whether a cost is a sum or a mean, transposes. */
#include "model/building.h"
#include "model/said/collecting.h"
#include "model/said/sums.h"

static void add_count(hg_doc_model *model, hg_str name)
{
	if (hg_counts_classes(model, name))
		return;
	for (size_t i = 0; i < model->counting.ncounts; i++)
		if (hg_str_equal(model->counting.count[i], name))
			return;
	if (model->counting.ncounts < sizeof model->counting.count / sizeof *model->counting.count)
		model->counting.count[model->counting.ncounts++] = name;
}

typedef struct range {
	bool sum, mean, turned, capitals;
	hg_doc_model *model;
} range;

static bool has_count(const hg_doc_model *m, const hg_expr *e)
{
	if (hg_is_length(e))
		return true;
	if (hg_is_count_letter(m, e))
		return !hg_str_is(e->name, HG_L_BATCH) && !hg_str_is(e->name, HG_L_OTHER_NUMBER);
	for (size_t i = 0; i < e->nkids; i++)
		if (e->op == HG_OP_PRODUCT && has_count(m, e->kid[i]))
			return true;
	return false;
}

static void note_counts(hg_doc_model *model, const hg_expr *e)
{
	if (hg_is_count_letter(model, e))
		add_count(model, e->name);
	for (size_t i = 0; i < e->nkids; i++)
		note_counts(model, e->kid[i]);
}

const hg_expr *hg_model_sized(const hg_doc_model *model, const hg_expr *name)
{
	for (size_t i = 0; i < model->counting.nsizes && name->op == HG_OP_NAME && !name->nindex; i++)
		if (hg_str_equal(model->counting.sized[i]->kid[3]->name, name->name))
			return model->counting.sized[i];
	return NULL;
}

static void add_size(hg_doc_model *model, const hg_expr *upper, const hg_expr *sum)
{
	bool letter = upper && upper->op == HG_OP_NAME && !upper->nindex && upper->name.n == 1 && !upper->accent && !hg_is_count_letter(model, upper);
	if (!letter || hg_model_sized(model, upper) || model->counting.nsizes == sizeof model->counting.sized / sizeof *model->counting.sized)
		return;
	model->counting.sized[model->counting.nsizes++] = sum;
}

static bool see_range(void *self, const hg_expr *e)
{
	range *r = self;
	const hg_expr *upper = e->op == HG_OP_SUM && e->nkids > 3 ? e->kid[3] : NULL, *below = NULL;
	if (hg_is_count_letter(r->model, upper) && !hg_counts_classes(r->model, upper->name)) {
		add_count(r->model, upper->name);
		r->sum = true;
	}
	add_size(r->model, upper, e);
	if (e->op == HG_OP_FRAC)
		below = e->kid[1];
	for (size_t i = 0; e->op == HG_OP_PRODUCT && i + 1 < e->nkids; i++)
		if (e->glue[i] == HG_GLUE_DIV && has_count(r->model, e->kid[i + 1]))
			below = e->kid[i + 1];
	if (below && has_count(r->model, below)) {
		note_counts(r->model, below);
		r->mean = true;
	}
	if (e->op == HG_OP_CALL && e->kid[0]->op == HG_OP_NAME) {
		hg_fn fn = hg_fn_find(e->kid[0]->name);
		bool keyword = e->nkids > 2;
		r->sum = r->sum || (fn == HG_FN_SUM_OVER && keyword);
		r->mean = r->mean || fn == HG_FN_MEAN;
	}
	hg_ref ref;
	r->turned = r->turned || e->op == HG_OP_TRANSPOSE;
	if (e->op == HG_OP_NAME && hg_ref_of(e, &r->model->habits, r->model->arena, &ref))
		r->capitals = r->capitals || (ref.upper && !hg_str_is(ref.base, HG_L_WEIGHT) && !hg_str_is(ref.base, HG_L_BIAS) && !ref.sample);
	return true;
}

void hg_model_sample_facts(hg_doc_model *model, const hg_statement *s)
{
	for (size_t k = 0; k < s->nsides; k++) {
		range r = {.model = model};
		hg_expr_visit(s->side[k].e, see_range, &r);
		/* a box alone in its line, and what follows from =>, are for the batch; other small lines with ^T take care of shapes */
		bool alone = s->nsides == 1 && s->side[k].e && s->side[k].e->op == HG_OP_BOX;
		bool small = !r.capitals && s->side[k].rel != HG_REL_IMPLIES && !alone;
		model->layout.transposes = model->layout.transposes || (r.turned && small);
		model->layout.batch_transposes = model->layout.batch_transposes || (r.turned && r.capitals);
		model->total.mean = model->total.mean || r.mean;
		model->layout.batch = model->layout.batch || r.mean || r.sum;
		hg_ref ref;
		bool cost = k && s->side[0].e && hg_defined_name(model, s->side[0].e, &ref) && hg_is_loss_name(ref.base);
		model->total.divides = model->total.divides || (r.mean && !cost);
		if (cost) {
			model->total.mean_defined = model->total.mean_defined || r.mean;
			model->total.sum_defined = model->total.sum_defined || (r.sum && !r.mean);
		}
	}
}
