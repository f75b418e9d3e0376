/* Claims without a value: is it the reader who does not understand, or the line that does not fit? */
#include "slips/repairs.h"
#include "verdict/conclude.h"
#include "verdict/session.h"

/* The left sides of a document, each once: does a line with it agree, does one not fit? */
typedef struct lefts {
	size_t n, agree, misfit;
	struct {
		const hg_expr *left;
		bool agrees, misfits;
	} at[48];
} lefts;

static size_t left_of(lefts *l, const hg_expr *left)
{
	size_t i = 0;
	while (i < l->n && !hg_expr_equal(l->at[i].left, left))
		i++;
	if (i == l->n && i < sizeof l->at / sizeof *l->at)
		l->at[l->n++].left = left;
	return i;
}

/* How the shapes of a document are known: by the left sides that agree with what is written for them, and those that do
 * not fit it. A side that is written wrong twenty times is no more evidence against us than if it were wrong once. */
static void count_lefts(const hg_session *s, lefts *l)
{
	for (size_t i = 0; i < s->njudged; i++) {
		const hg_judged *j = &s->judged[i];
		bool agrees = j->agrees && !j->vacuous, misfits = j->misfit && !j->agrees;
		size_t at = agrees || misfits ? left_of(l, j->left) : l->n;
		if (at == l->n)
			continue;
		l->at[at].agrees |= agrees;
		l->at[at].misfits |= misfits;
	}
	for (size_t i = 0; i < l->n; i++) {
		l->agree += l->at[i].agrees;
		l->misfit += l->at[i].misfits && !l->at[i].agrees;
	}
}

/* dL/dW_{jk} = d_j x_k agrees: which index of a weight is which is known. */
static bool indices_known(const hg_session *s, const hg_setting *setting)
{
	for (size_t i = 0; i < s->njudged; i++) {
		const hg_judged *j = &s->judged[i];
		const hg_line *line = &((hg_claim_binding *)j->claim.binding)->line;
		if (j->setting == setting && j->literal && line->nletters >= 2)
			return true;
	}
	return false;
}

/* Products that agree must show how its shapes go; and more agrees than misfits, or another line about the same thing. */
static bool shapes_understood(const hg_session *s, const hg_judged *j, lefts *l)
{
	enum { PRODUCTS = 2, LINES = 3 };
	const hg_line *line = &((hg_claim_binding *)j->claim.binding)->line;
	const size_t products = j->setting->literal;
	if (line->nletters >= 2 && line->unit_indices && indices_known(s, j->setting))
		return l->misfit <= l->agree;
	if (products < PRODUCTS && !(products && l->agree >= LINES))
		return false;
	size_t at = l->misfit <= l->agree ? 0 : left_of(l, j->left);
	return l->misfit <= l->agree || (at < l->n && l->at[at].agrees);
}

/* A product whose shapes cannot fit is wrong where the document shows that its shapes are understood. */
static void decide_misfits(hg_session *s)
{
	lefts l = {0};
	count_lefts(s, &l);
	for (size_t i = 0; i < s->njudged; i++) {
		hg_judged *j = &s->judged[i];
		hg_finding *f = &s->report->finding[j->finding];
		bool bare = j->claim.right->op == HG_OP_NAME; /* no factors: of another shape, and why is not seen */
		bool form = j->claim.sort == HG_SORT_DERIVATIVE || f->kind == HG_DEFINITION || j->shaped;
		if (f->status != HG_S_CANNOT_TELL || !j->misfit || j->agrees || j->guessed || !form || bare || !shapes_understood(s, j, &l))
			continue;
		hg_finding_leave(f, HG_S_DISAGREES, HG_CAUSE_SHAPES_MISFIT);
	}
}

static bool is_chain(const hg_expr *e)
{
	bool links = e->op == HG_OP_PRODUCT;
	for (size_t k = 0; links && k < e->nkids; k++)
		links = e->kid[k]->op == HG_OP_DERIV && e->kid[k]->nkids == 2;
	return links;
}

static bool is_of_chain(hg_slip_id slip) { return slip == HG_SLIP_LOST_CHAIN_FACTOR || slip == HG_SLIP_INVERTED_FACTOR; }

static bool is_of_name(hg_slip_id slip) { return slip == HG_SLIP_LOST_FACTOR || slip == HG_SLIP_WRONG_LAYER; }

static hg_status mended_by(const hg_claim *claim, bool (*slips)(hg_slip_id), hg_arena *scratch, bool *mended)
{
	hg_edits edits;
	hg_answer answer = HG_ANSWER_UNREAD;
	HG_TRY(hg_repairs_of(claim, claim->right, slips, scratch, &edits));
	for (size_t k = 0; k < edits.n && answer != HG_ANSWER_AGREES; k++)
		HG_TRY(hg_claim_try(claim, edits.at[k].tree, scratch, &answer));
	*mended = answer == HG_ANSWER_AGREES;
	return HG_OK;
}

static bool is_of_layout(hg_slip_id slip)
{
	return slip == HG_SLIP_MISSING_TRANSPOSE || slip == HG_SLIP_EXTRA_TRANSPOSE || slip == HG_SLIP_PRODUCT_ORDER;
}

static bool is_of_axes(hg_slip_id slip) { return is_of_layout(slip) || slip == HG_SLIP_WRONG_AXIS; }

/* Names of which the document says the shape, or has a formula in such names. */
typedef struct said_shapes {
	hg_doc_model *model;
	bool *seen, any, all;
} said_shapes;

static bool see_shape(void *self, const hg_expr *e)
{
	said_shapes *d = self;
	hg_ref ref;
	if (!d->all || !hg_name_at(e, &d->model->habits, d->model->arena, &ref))
		return d->all;
	const hg_var *v = hg_var_real(hg_model_find(d->model, &ref, NULL, false));
	const hg_expr *signal = hg_model_signal_beside(d->model, &ref, v, d->model->arena);
	if (signal) {
		hg_expr_visit(signal, see_shape, d);
	} else if (v && !d->seen[v->id]) {
		d->seen[v->id] = true;
		d->any = d->any || v->said;
		if (!v->said && v->def)
			hg_expr_visit(v->def->right, see_shape, d);
		else
			d->all = v->said || (v->raxis == HG_AXIS_ONE && v->caxis == HG_AXIS_ONE);
	}
	return false;
}

static bool shapes_said(const hg_judged *j)
{
	said_shapes d = {.model = &j->setting->model, .all = true};
	d.seen = HG_NEWS(d.model->arena, d.model->nvars + 1, bool);
	if (!d.seen)
		return false;
	hg_expr_visit(j->claim.left, see_shape, &d);
	hg_expr_visit(j->claim.right, see_shape, &d);
	return d.any && d.all;
}

/* dL/dz_2 da_1/dz_1: links that do not meet have no value, in whatever order and layout; dA_1 = dZ_2 has no factors to
 * fit; of W delta the shapes are declared. Right with one link, one factor, another layer, one transpose or another order,
 * they are understood, and wrong. */
static hg_status decide_mended(hg_session *s)
{
	lefts l = {0};
	count_lefts(s, &l);
	for (size_t i = 0; i < s->njudged; i++) {
		const hg_judged *j = &s->judged[i];
		const hg_expr *right = j->claim.right;
		hg_finding *f = &s->report->finding[j->finding];
		bool mended = false, chain = is_chain(right);
		bool name = right->op == HG_OP_NAME && j->misfit && ((hg_claim_binding *)j->claim.binding)->line.gradients;
		const unsigned guessed = j->guessed & ~(hg_judged_of_any_loss(j) ? HG_GUESS_LOSS : 0u);
		if (f->status != HG_S_CANNOT_TELL || j->agrees || guessed || j->differs || j->claim.struck || j->claim.sort != HG_SORT_DERIVATIVE)
			continue;
		bool layout = !chain && !name && j->misfit && (j->setting->model.total.jacobian || (hg_expr_has(right, HG_OP_PRODUCT) && l.misfit <= l.agree)) && shapes_said(j);
		/* what code multiplies has the shapes of its forward pass, and a line of it that agrees shows that they are understood */
		const bool code = !chain && !name && !layout && j->misfit && ((hg_claim_binding *)j->claim.binding)->asked.code && l.agree && l.misfit <= l.agree;
		if (!chain && !layout && !code && !(name && shapes_understood(s, j, &l)))
			continue;
		hg_mark mark = hg_arena_mark(s->scratch);
		hg_budget_begin(s->said->doc->source->budget);
		hg_status status = mended_by(&j->claim, chain ? is_of_chain : layout ? is_of_layout : code ? is_of_axes : is_of_name, s->scratch, &mended);
		hg_arena_release(s->scratch, mark);
		HG_TRY(status);
		if (mended) {
			hg_finding_leave(f, HG_S_DISAGREES, chain ? HG_CAUSE_LINKS_DO_NOT_MEET : layout || code ? HG_CAUSE_SHAPES_MISFIT : HG_CAUSE_OTHER_SHAPE);
		}
	}
	return HG_OK;
}

hg_status hg_session_misfits(hg_session *s)
{
	decide_misfits(s);
	return decide_mended(s);
}
