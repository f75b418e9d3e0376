/* What follows from what: a wrong line that is right given an earlier wrong one is reported at the root only. */
#include "verdict/session.h"

#include <math.h>

enum { WORLDS = 2 };

typedef struct shown {
	hg_try try;
	hg_reading reading;
	bool any;
} shown;

static hg_status show(const hg_judged *j, size_t world, hg_arena *scratch, shown *s)
{
	hg_claim_binding *b = j->claim.binding;
	hg_asked asked = b->asked;
	asked.reading = s->reading = j->reading;
	HG_TRY(hg_reading_try(&asked, &b->setting->world[world], scratch, &s->try));
	s->any = s->try.fit == HG_FIT_DIFFERS && s->try.claimed;
	return HG_OK;
}

static bool close_to(const double *a, const double *b, size_t n, double factor)
{
	double scale = 0;
	for (size_t i = 0; i < n; i++)
		scale = fmax(scale, fmax(fabs(a[i]), fabs(b[i])));
	for (size_t i = 0; i < n; i++)
		if (!(fabs(factor * a[i] - b[i]) <= 1e-6 * scale))
			return false;
	return scale > 0;
}

/* The same wrong value for the same left side. */
static hg_status repeats_value(const hg_judged *before, const hg_judged *j, hg_arena *scratch, bool *same)
{
	*same = before->setting == j->setting && hg_expr_equal(before->left, j->left);
	for (size_t w = 0; w < WORLDS && *same; w++) {
		shown a, b;
		HG_TRY(show(before, w, scratch, &a));
		HG_TRY(show(j, w, scratch, &b));
		*same = a.any && b.any && a.try.rows == b.try.rows && a.try.cols == b.try.cols &&
		        close_to(a.try.claimed, b.try.claimed, a.try.rows * a.try.cols, 1);
	}
	return HG_OK;
}

static hg_node value_of(hg_world *w, const hg_cut *c)
{
	hg_shape s = hg_tape_shape(w->tape, c->node);
	hg_shape part = {c->rows, c->cols, c->rows == s.rows ? s.raxis : 0, c->cols == s.cols ? s.caxis : 0};
	return hg_tape_part(w->tape, c->node, c->row, c->col, part);
}

/* What the earlier wrong gradient gives when it is carried on, rightly, to this variable. */
static bool carried(hg_world *w, const shown *from, const shown *to, hg_arena *scratch)
{
	const hg_try *a = &from->try, *b = &to->try;
	size_t n = a->by.rows * a->by.cols, k = b->by.rows * b->by.cols;
	bool kept = (size_t)a->by.node < w->base && (size_t)b->by.node < w->base && a->by.node > b->by.node;
	if (a->to < 0 || b->to < 0 || !kept || n != a->rows * a->cols || k != b->rows * b->cols || from->reading.view != to->reading.view)
		return false;
	hg_tape_state mark = hg_tape_mark(w->tape);
	hg_node u = value_of(w, &a->by);
	gsl_matrix *slope = u < 0 ? NULL : hg_world_slope(w, u, b->by, scratch);
	double *carry = HG_NEWS(scratch, k, double);
	for (size_t i = 0; slope && carry && i < n; i++)
		for (size_t j = 0; j < k; j++)
			carry[j] += a->claimed[i] * gsl_matrix_get(slope, i, j);
	hg_tape_release(w->tape, mark);
	double m = (double)w->m;
	return slope && carry && (close_to(carry, b->claimed, k, 1) || close_to(carry, b->claimed, k, 1 / m));
}

static hg_status follows(const hg_judged *before, const hg_judged *j, hg_arena *scratch, bool *same)
{
	*same = before->setting == j->setting && before->claim.sort == HG_SORT_DERIVATIVE && j->claim.sort == HG_SORT_DERIVATIVE &&
	        !hg_expr_equal(before->left, j->left);
	for (size_t w = 0; w < WORLDS && *same; w++) {
		shown a, b;
		HG_TRY(show(before, w, scratch, &a));
		HG_TRY(show(j, w, scratch, &b));
		*same = a.any && b.any && carried(&j->setting->world[w], &a, &b, scratch);
	}
	return HG_OK;
}

/* Is judged[i] wrong only because of an earlier wrong line? Fills inherited_from of its finding. */
hg_status hg_session_inherit(hg_session *s, size_t i)
{
	enum { NEAR = 40 }; /* lines looked back */
	hg_judged *j = &s->judged[i];
	hg_finding *f = &s->report->finding[j->finding];
	for (size_t k = i; k-- > 0 && i - k <= NEAR && !f->inherited_from;) {
		const hg_judged *before = &s->judged[k];
		const hg_finding *root = &s->report->finding[before->finding];
		bool same = false;
		if (root->status != HG_S_DISAGREES)
			continue;
		hg_mark mark = hg_arena_mark(s->scratch);
		hg_status status = repeats_value(before, j, s->scratch, &same);
		if (status == HG_OK && !same)
			status = follows(before, j, s->scratch, &same);
		hg_arena_release(s->scratch, mark);
		HG_TRY(status);
		if (same)
			f->inherited_from = root->inherited_from ? root->inherited_from : root->id;
	}
	return HG_OK;
}
