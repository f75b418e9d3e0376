/* What is decided when everything has been read: shapes that do not fit, what follows from what, the names of slips. */
#include "verdict/assignment.h"
#include "slips/diagnose.h"
#include "verdict/conclude.h"
#include "slips/power.h"
#include "model/fill/residual.h"

#include <math.h>
#include <string.h>

enum { ENOUGH = 3 };

/* Assumptions that several claims agree under are borne out; which activation was meant never is. */
static unsigned borne_out(const hg_session *s)
{
	unsigned known = 0;
	bool smooth = s->setting[0]->model.variant == HG_VARIANT_SMOOTH || !s->setting[0]->model.lossy.several_losses;
	for (unsigned guess = HG_GUESS_LOSS; guess <= HG_GUESS_TOP; guess <<= 1) {
		size_t agree = 0, differ = 0;
		if (guess == HG_GUESS_CONTESTED || (guess == HG_GUESS_LOSS && smooth)) /* a loss of no special form is nobody's */
			continue;
		for (size_t i = 0; i < s->njudged; i++) {
			const hg_judged *j = &s->judged[i];
			bool any = guess == HG_GUESS_LOSS && hg_judged_of_any_loss(j);
			agree += j->agrees && !j->vacuous && (j->guessed & guess) && !any && !hg_session_repeats(s, i);
			differ += !j->agrees && j->differs && !j->null && (j->guessed & guess); /* 0 speaks against nothing */
		}
		if (agree >= ENOUGH && (agree >= 2 * differ || guess == HG_GUESS_REPAIR))
			known |= guess;
	}
	return known;
}

static void decide_guesses(hg_session *s)
{
	const unsigned known = s->borne_out = borne_out(s);
	for (size_t i = 0; i < s->njudged; i++) {
		hg_judged *j = &s->judged[i];
		hg_finding *f = &s->report->finding[j->finding];
		bool rests = (j->guessed & ~known & ~(hg_judged_of_any_loss(j) ? HG_GUESS_LOSS : 0u)) != 0;
		if (f->status != HG_S_CANNOT_TELL || !j->differs || !j->guessed || rests || j->claim.struck ||
		    (j->null && (j->guessed & (HG_GUESS_LOSS | HG_GUESS_PREDICTION))))
			continue;
		f->status = HG_S_DISAGREES;
		hg_finding_because(f, HG_CAUSE_NONE);
	}
}

static bool see_transpose(void *self, const hg_expr *e)
{
	bool *found = self;
	bool turned = e->op == HG_OP_TRANSPOSE && e->kid[0]->op == HG_OP_NAME; /* a factor: (dL/dw)^T = (...)^T turns what any shape has */
	*found |= turned || (e->op == HG_OP_POW && e->kid[1]->op == HG_OP_NAME && hg_str_is(e->kid[1]->name, HG_L_TRANSPOSED));
	return !*found;
}

static bool writes_transposes(const hg_session *s)
{
	bool found = false;
	for (size_t i = 0; i < s->said->n; i++)
		for (size_t k = 0; k < s->said->at[i].nsides; k++)
			hg_expr_visit(s->said->at[i].side[k].e, see_transpose, &found);
	return found;
}

/* Lines whose factors are taken as numbers: how a document writes that leaves transposes to its reader. */
static size_t takes_numbers(const hg_session *s)
{
	size_t n = 0;
	for (size_t i = 0; i < s->njudged; i++)
		n += s->judged[i].agrees && !s->judged[i].vacuous && (s->judged[i].reading.notation >> HG_NOTE_SCALARS & 1);
	return n;
}

/* The claim as it is meant, with its transpose: right up to notation. */
static hg_status judge_as_meant(hg_session *s, const hg_judged *j, hg_finding *f)
{
	const hg_claim_binding *b = j->claim.binding;
	hg_expr *meant;
	const char *trouble;
	hg_claim claim;
	hg_outcome_of_side o;
	HG_TRY(hg_parse_expression(hg_str_of(f->slip[0].repaired), false, s->arena, &meant, &trouble));
	if (!meant)
		return HG_OK;
	HG_TRY(hg_claim_bind(j->setting, f->id, j->left, meant, b->asked.code, j->claim.batch, s->arena, &claim));
	HG_TRY(hg_claim_ask(&claim, NULL, s->scratch, &o));
	if (!o.agrees || o.vacuous)
		return HG_OK;
	o.reading.notation |= 1u << HG_NOTE_LAYOUT;
	hg_finding_because(f, HG_CAUSE_NONE);
	f->nslips = 0;
	return hg_outcome_report(&claim, &o, s->certifier, s->scratch, s->arena, f);
}

/* Right with a transpose or another order, in a document that never writes a transpose: how its arrays lie is not said. */
static hg_status forgive_layout(hg_session *s, const hg_judged *j, hg_finding *f)
{
	enum { HABIT = 2 };
	bool layout = f->nslips && !f->slip[0].with &&
	              (!strcmp(f->slip[0].id, "missing-transpose") || !strcmp(f->slip[0].id, "product-order"));
	if (!layout)
		return HG_OK;
	hg_finding_leave(f, HG_S_CANNOT_TELL, HG_CAUSE_TRANSPOSE_UNWRITTEN);
	if (f->slip[0].repaired && takes_numbers(s) >= HABIT) {
		hg_mark mark = hg_arena_mark(s->scratch);
		hg_status status = judge_as_meant(s, j, f);
		hg_arena_release(s->scratch, mark);
		HG_TRY(status);
	}
	f->nslips = 0;
	return HG_OK;
}

static const hg_line *line_of(const hg_judged *j) { return &((const hg_claim_binding *)j->claim.binding)->line; }

static bool is_null_chain(const hg_judged *j)
{
	return j->null && line_of(j)->derivatives && hg_expr_has(j->claim.right, HG_OP_PRODUCT);
}

/* dL/da1 da1/dz2 dz2/dW2: slips in more than one index, most likely, and no word on what the product is held to be. */
static hg_status forgive_chain(hg_session *s, const hg_judged *j, hg_finding *f)
{
	bool named = f->nslips && strcmp(f->slip[0].id, "product-for-sum") != 0;
	if (named || !is_null_chain(j))
		return HG_OK;
	f->nslips = 0;
	return hg_session_zero_link(s, j, f);
}

static bool is_of_any_sample(const hg_judged *j)
{
	const hg_line *line = line_of(j);
	return j->reading.view == HG_VIEW_SAMPLE && !line->capitals && !line->totals && !line->marks;
}

/* dL/db = delta in small letters, beside a cost of all samples: for one sample it is right, for all their sum is missing. */
static void forgive_sample(const hg_judged *j, hg_finding *f)
{
	if (!f->nslips || strcmp(f->slip[0].id, "missing-sum-samples") != 0 || !is_of_any_sample(j))
		return;
	hg_finding_leave(f, HG_S_CANNOT_TELL, HG_CAUSE_SAMPLE_OR_SUM);
	f->nslips = 0;
}

static bool by_shapes_alone(const hg_judged *j, const hg_finding *f)
{
	return f->status == HG_S_DISAGREES && !j->differs && j->misfit && !f->has_evidence;
}

/* May the name of its slip take the accusation back? Where verdicts are all that is asked for, no other line is searched. */
static bool may_be_forgiven(const hg_session *s, const hg_judged *j, bool layouts)
{
	return layouts || is_null_chain(j) || is_of_any_sample(j) || by_shapes_alone(j, &s->report->finding[j->finding]);
}

/* Why a line differs: an earlier one, or its own slip; by which it may be one that must not be called wrong. */
static hg_status explain(hg_session *s, size_t i, bool transposes)
{
	const hg_judged *j = &s->judged[i];
	hg_finding *f = &s->report->finding[j->finding];
	const bool layouts = !transposes && !j->setting->model.total.jacobian;
	if (s->verdicts_only && !may_be_forgiven(s, j, layouts))
		return HG_OK;
	hg_budget_begin(s->said->doc->source->budget);
	HG_TRY(hg_assignment_inherit(s, i));
	if (!f->inherited_from)
		HG_TRY(hg_session_inherit(s, i));
	if (f->inherited_from)
		return HG_OK;
	HG_TRY(hg_session_name_slip(s, i));
	HG_TRY(forgive_chain(s, j, f));
	forgive_sample(j, f);
	return layouts ? forgive_layout(s, j, f) : HG_OK;
}

/* Slips in how arrays lie, not in what stands in a product. */
static bool is_of_layout(const hg_finding *f)
{
	static const char *const layout[] = {"missing-transpose", "extra-transpose", "product-order", "missing-sum-samples", "wrong-left-side"};
	for (size_t i = 0; f->nslips && i < sizeof layout / sizeof *layout; i++)
		if (!strcmp(f->slip[0].id, layout[i]))
			return true;
	return false;
}

static bool see_otimes(void *self, const hg_expr *e)
{
	bool *found = self;
	for (size_t i = 0; e->glue && i + 1 < e->nkids; i++)
		*found |= e->glue[i] == HG_GLUE_OTIMES;
	return !*found;
}

/* u (x) v is the outer product to one writer and the product of entries to another: which is meant decides whether it fits. */
static bool is_of_otimes(const hg_judged *j, const hg_finding *f)
{
	bool found = false;
	if (f->nslips && !strcmp(f->slip[0].id, "product-kind"))
		hg_expr_visit(j->claim.right, see_otimes, &found);
	return found;
}

/* Another line is refused for its shapes alone, with the same slip: then it is the shapes that are not understood. */
static bool is_refused_alike(const hg_session *s, size_t i)
{
	const hg_finding *f = &s->report->finding[s->judged[i].finding];
	for (size_t k = 0; k < s->njudged; k++) {
		const hg_finding *g = &s->report->finding[s->judged[k].finding];
		if (k != i && g->nslips && is_of_layout(f) && by_shapes_alone(&s->judged[k], g) && !strcmp(g->slip[0].id, f->slip[0].id))
			return true;
	}
	return false;
}

static bool multiplies(const hg_expr *e) { return hg_expr_has(e, HG_OP_PRODUCT) || hg_expr_has(e, HG_OP_CALL); }

/* Shapes alone are no number: they speak against a line only where it multiplies, a slip mends it in numbers, and no other
 * line would need the same. */
static void forgive_shapes(hg_session *s)
{
	bool *open = HG_NEWS(s->arena, s->njudged + 1, bool);
	for (size_t i = 0; open && i < s->njudged; i++) {
		const hg_finding *f = &s->report->finding[s->judged[i].finding];
		open[i] = by_shapes_alone(&s->judged[i], f) &&
		          (!f->nslips || is_of_otimes(&s->judged[i], f) || (is_of_layout(f) && !multiplies(s->judged[i].claim.right) && !s->judged[i].setting->model.total.jacobian) || is_refused_alike(s, i));
	}
	for (size_t i = 0; open && i < s->njudged; i++) {
		hg_finding *f = &s->report->finding[s->judged[i].finding];
		if (!open[i])
			continue;
		hg_finding_leave(f, HG_S_CANNOT_TELL, HG_CAUSE_SHAPES_OPEN);
		f->nslips = 0;
	}
}

/* Slips committed in what agrees: how many would have been refused? The first claims stand for the rest. */
static hg_status score_power(hg_session *s)
{
	enum { MOST_PLANTED = 100 };
	hg_power *power = &s->report->power;
	for (size_t i = 0; i < s->njudged && power->planted < MOST_PLANTED; i++) {
		const hg_finding *f = &s->report->finding[s->judged[i].finding];
		hg_budget_begin(s->said->doc->source->budget);
		if (hg_budget_is_over(s->said->doc->source->budget))
			break;
		if (f->status == HG_S_AGREES)
			HG_TRY(hg_power_of_claim(&s->judged[i].claim, f->of, s->scratch, s->arena, power));
	}
	return HG_OK;
}

hg_status hg_session_conclude(hg_session *s)
{
	const bool transposes = writes_transposes(s);
	decide_guesses(s);
	HG_TRY(hg_session_misfits(s));
	HG_TRY(hg_session_doubt(s));
	for (size_t i = 0; i < s->njudged; i++) {
		const hg_finding *f = &s->report->finding[s->judged[i].finding];
		if (f->status == HG_S_DISAGREES && hg_session_asks(s, f))
			HG_TRY(explain(s, i, transposes));
	}
	forgive_shapes(s);
	return s->verdicts_only ? HG_OK : score_power(s);
}
