/* The admissible readings of a line, the most literal first. */
#include "claim/reading.h"

static const struct {
	const char *id, *text;
} notations[] = {
#define HG_NOTATION(symbol, id, text) {id, text},
#include "claim/notation.def"
#undef HG_NOTATION
};

const char *hg_notation_id(hg_notation n) { return notations[n].id; }

const char *hg_notation_text(hg_notation n) { return notations[n].text; }

typedef struct lister {
	hg_reading *list;
	size_t n;
	const hg_line *line;
	bool code;
} lister;

#define NOTE(id) (1u << HG_NOTE_##id)

static void add(lister *l, hg_reading r)
{
	if (l->n < HG_MAX_READINGS)
		l->list[l->n++] = r;
}

/* Products by their shapes, in the ways the marks of the line leave open. */
static void add_products(lister *l, hg_reading r)
{
	const hg_line *line = l->line;
	add(l, r);
	hg_reading other = r;
	if (line->entrywise && !l->code) {
		other.hadamard_last = true;
		add(l, other);
		other = r;
	}
	if (line->sums_then_terms) {
		other.wide_sums = true;
		other.notation |= NOTE(WIDE_SUM);
		add(l, other);
		other = r;
	}
	if (line->operators_then_terms) {
		other.wide_operator = true;
		other.notation |= NOTE(WIDE_OPERATOR);
		add(l, other);
		other = r;
	}
	if (line->cancels) {
		other.struck_dropped = true;
		other.notation |= NOTE(STRUCK);
		add(l, other);
		other = r;
	}
	if (line->dots && !l->code) {
		other.inner = true;
		other.notation |= NOTE(INNER);
		add(l, other);
	}
}

/* As of scalars: in chains of local derivatives always, for that is what a chain is; otherwise where the line itself
 * makes no claim about shapes. */
static void add_pretended(lister *l, hg_reading r, bool claims_shapes)
{
	const hg_line *line = l->line;
	if (l->code || !(line->products || line->derivatives))
		return;
	r.pretend = true;
	if (line->local_derivatives && !(line->matrices && claims_shapes)) { /* V delta da/dz: of a matrix its place is a claim */
		add(l, r);
		return;
	}
	if (claims_shapes)
		return;
	r.notation |= NOTE(SCALARS);
	add(l, r);
	if (line->cancels) {
		r.struck_dropped = true;
		r.notation |= NOTE(STRUCK);
		add(l, r);
	}
}

static void add_view(lister *l, hg_doc_model *model, hg_reading r, bool written_cost)
{
	const hg_line *line = l->line;
	bool shapes = line->transposes || model->layout.transposes || (line->entrywise && line->products) || line->capitals || line->by_matrix;
	if (r.view == HG_VIEW_SAMPLE) {
		if (written_cost) {
			r.as_written = true;
			add_products(l, r);
			add_pretended(l, r, shapes);
			if (line->sample_indices && !model->lossy.loss && !hg_model_says(model, HG_SAYS_ONE))
				return; /* of the cost of all, by what belongs to the i-th */
			r.as_written = false;
			r.single = !line->marks || hg_model_says(model, HG_SAYS_ONE);
			r.notation |= NOTE(LOSS_FOR_COST);
		}
		add_products(l, r);
		add_pretended(l, r, shapes);
		return;
	}
	const hg_total params = model->total.mean ? HG_TOTAL_MEAN : HG_TOTAL_SUM;
	r.params = params;
	for (int k = 0; k < (model->total.mean ? 4 : 1); k++) {
		r.data = k & 1 ? HG_TOTAL_MEAN : HG_TOTAL_SUM;
		r.named = k & 2 ? HG_TOTAL_MEAN : HG_TOTAL_SUM;
		if (line->names ? model->total.dz_known && !(k & 2) == model->total.dz_mean : (k & 2) != 0)
			continue; /* what dZ is was said before; or no such name is there */
		if ((k & 1) && !line->derivatives && !line->whole)
			continue;
		if (!(k & 1) && params == HG_TOTAL_MEAN && line->sums && line->derivatives && line->whole && (model->lossy.loss_guessed & HG_GUESS_LOSS))
			continue; /* of a loss that nothing divides, dL/db and the dL/dy_i that are added are of one total */
		r.as_written = written_cost && !(line->cost_by_data && model->total.dj_sum);
		if (written_cost && !r.as_written && (k & 1))
			continue; /* a document in which dJ/dZ is m times that */
		r.notation |= written_cost && !r.as_written ? NOTE(LOSS_FOR_COST) : 0;
		add_products(l, r);
		add_pretended(l, r, shapes);
		r.columns = r.named == HG_TOTAL_MEAN && line->names && line->marks;
		if (r.columns)
			add_products(l, r);
		r.columns = false;
	}
}

static bool names_cost(hg_doc_model *model, const hg_expr *left)
{
	hg_ref ref;
	if (!left || left->op != HG_OP_DERIV)
		return false;
	const hg_expr *t = left->kid[0];
	if (t->op == HG_OP_CALL)
		t = t->kid[0];
	if (t->op != HG_OP_NAME || !hg_ref_of(t, &model->habits, model->arena, &ref))
		return false;
	hg_var *v = hg_var_real(hg_model_find(model, &ref, NULL, false));
	return v && v->total && v->def;
}

typedef struct capital_search {
	hg_doc_model *model;
	bool found;
} capital_search;

static bool see_capital(void *self, const hg_expr *e)
{
	capital_search *c = self;
	hg_ref ref;
	if (e->op != HG_OP_NAME || c->found || !hg_ref_of(e, &c->model->habits, c->model->arena, &ref) || !ref.upper)
		return !c->found;
	const hg_var *v = hg_var_real(hg_model_find(c->model, &ref, NULL, false));
	c->found = v && v->data;
	return !c->found;
}

bool hg_layout_is_said(hg_doc_model *model)
{
	if (model->layout.layout_asked)
		return model->layout.layout_said;
	capital_search c = {model, model->layout.rows};
	for (size_t i = 0; i < model->ndefs && !c.found; i++) {
		if (model->def[i]->rejected || !model->def[i]->lhs)
			continue;
		hg_expr_visit(model->def[i]->right, see_capital, &c);
		hg_expr_visit(model->def[i]->lhs, see_capital, &c);
	}
	model->layout.layout_asked = true;
	return model->layout.layout_said = c.found;
}

/* Of which way X lies nothing is said: the other way, too; or the one that is chosen. */
static void add_turned(lister *l, hg_doc_model *model)
{
	const unsigned layout = model->taken->value[HG_CHOICE_LAYOUT];
	size_t n = l->n;
	if (!l->line->capitals || !l->line->products || l->line->differentials || layout == HG_LAYOUT_COLUMNS || hg_layout_is_said(model))
		return;
	for (size_t i = 0; i < n; i++) {
		hg_reading r = l->list[i];
		if (r.view == HG_VIEW_SAMPLE || r.pretend)
			continue;
		r.turned = true;
		if (layout == HG_LAYOUT_ROWS) {
			l->list[i] = r;
			continue;
		}
		r.notation |= NOTE(SAMPLES_AS_ROWS);
		add(l, r);
	}
}

/* Once more for the values of the indices that a condition names; and of a class the document speaks of beside the right
 * one, for the others. */
static void add_indices(lister *l, const hg_doc_model *model)
{
	static const hg_indices some[] = {HG_INDICES_OWN, HG_INDICES_BEFORE, HG_INDICES_UNEQUAL};
	const hg_line *line = l->line;
	const bool said[] = {line->nown > 0, line->nbefore > 0, model->counting.by_correct && line->nletters == 1};
	size_t n = l->n;
	if (line->nletters + (model->counting.correct != NULL) < 2)
		return;
	for (size_t k = 0; k < sizeof some / sizeof *some; k++)
		for (size_t i = 0; i < n && said[k]; i++) {
			hg_reading r = l->list[i];
			r.indices = some[k];
			r.notation |= some[k] == HG_INDICES_UNEQUAL ? NOTE(OTHER_CLASS) : NOTE(ONE_CASE);
			add(l, r);
		}
}

/* dJ/db: to the gradient of a bias every sample adds; and to dp, of a given vector that is the same for all samples. */
static bool is_by_shared(hg_doc_model *model, const hg_expr *left)
{
	const hg_expr *by = left && left->op == HG_OP_DERIV && left->nkids > 1 ? left->kid[1] : left;
	hg_ref ref;
	if (!by || !hg_ref_of(by, &model->habits, model->arena, &ref) || (by == left && !ref.gradient))
		return false;
	const hg_var *v = hg_var_real(hg_model_find(model, &ref, NULL, false));
	if (!v || v->data)
		return false;
	const bool vector = (v->raxis == HG_AXIS_ONE) != (v->caxis == HG_AXIS_ONE);
	return v->role == HG_ROLE_BIAS || (by == left && !v->def && vector);
}

size_t hg_readings_of(hg_doc_model *model, const hg_expr *left, const hg_line *line, bool code, bool batch_first,
                      hg_reading list[HG_MAX_READINGS])
{
	lister l = {.list = list, .line = line, .code = code};
	bool cost = names_cost(model, left);
	hg_reading sample = {.view = HG_VIEW_SAMPLE}, batch = {.view = HG_VIEW_BATCH};
	bool whole = batch_first || code || line->capitals || (line->totals && !line->marks) || (cost && !line->marks && !line->smalls) ||
	             (line->totals && line->marks);
	bool small_batch = !line->capitals && line->smalls && !line->marks && model->layout.batch && model->layout.rows;
	if (whole || small_batch) {
		add_view(&l, model, batch, cost);
		sample.fallback = (line->capitals && (cost || !line->smalls)) || code || (line->totals && !line->marks);
		sample.notation |= line->capitals && model->habits.cases ? NOTE(PER_SAMPLE) : 0;
		/* who writes transposes in lines for all samples means the shapes of its products, and leaves no sum
		 * unsaid in db = dZ; who names an axis means them, too */
		bool arrays = line->products || is_by_shared(model, left);
		bool shaped = (line->capitals && arrays && (code || model->layout.batch_transposes)) || line->reduces;
		if ((!shaped && !line->sums) || line->differentials)
			add_view(&l, model, sample, cost);
	} else {
		add_view(&l, model, sample, cost);
		bool natural = line->totals || !line->smalls || model->layout.batch;
		batch.notation |= line->smalls && !line->totals && !line->marks ? NOTE(WHOLE_BATCH) : 0;
		if (natural)
			add_view(&l, model, batch, cost);
	}
	add_turned(&l, model);
	hg_ref ref;
	bool minus = model->total.minus_signals && left && hg_ref_of(left, &model->habits, model->arena, &ref) && ref.delta && !ref.gradient;
	for (size_t i = 0; i < l.n && minus; i++)
		list[i].notation |= NOTE(MINUS_SIGNAL);
	add_indices(&l, model);
	size_t n = l.n;
	for (size_t i = 0; i < n && code && line->primes; i++) {
		hg_reading r = list[i];
		r.slopes_of_output = true;
		r.notation |= NOTE(SLOPE_OF_OUTPUT);
		add(&l, r);
	}
	n = l.n;
	for (size_t i = 0; i < n && left && left->op == HG_OP_DERIV; i++) { /* d/dy where y is the label */
		hg_reading r = list[i];
		r.hatless = true;
		r.notation |= NOTE(NO_HAT);
		add(&l, r);
	}
	return l.n;
}
