/* From what was tried to what a finding says: the numbers, the engine's bound, the notation, the notes. */
#include "claim/certify.h"
#include "claim/judging.h"

#include "lang/print/print.h"

#include <math.h>
#include <string.h>

static const char *entry_name(const hg_claim *claim, const hg_try *t, hg_arena *arena)
{
	const hg_expr *of = claim->variable ? claim->variable : claim->left;
	const char *name = hg_plain_of(of, arena);
	if (!name || t->rows * t->cols < 2)
		return name;
	return hg_arena_print(arena, "%s[%zu,%zu]", name, t->worst / t->cols + 1, t->worst % t->cols + 1);
}

static const char *point_name(const hg_world *w, const hg_reading *r, hg_arena *arena)
{
	const char *outputs = w->model->axes.out_axis == HG_AXIS_ONE ? "" : w->outputs == 1 ? ", one output" : ", several outputs";
	if (r->view == HG_VIEW_SAMPLE)
		return hg_arena_print(arena, "one sample%s", outputs);
	return hg_arena_print(arena, "batch of %zu%s", w->m, outputs);
}

/* yours / numerical where it is one number for all entries. */
static double common_ratio(const hg_try *t)
{
	double ratio = NAN;
	for (size_t i = 0; i < t->rows * t->cols; i++) {
		if (fabs(t->numerical[i]) < 1e-6 * t->scale && fabs(t->claimed[i]) < 1e-6 * t->scale)
			continue;
		double q = t->claimed[i] / t->numerical[i];
		if (!isfinite(q) || (!isnan(ratio) && fabs(q - ratio) > 1e-6 * fabs(ratio)))
			return NAN;
		ratio = q;
	}
	return ratio;
}

static hg_status notations(const hg_reading *r, hg_arena *arena, hg_finding *f)
{
	f->notation = HG_NEWS(arena, HG_NNOTATIONS, const char *);
	if (!f->notation)
		return HG_ENOMEM;
	for (int n = 0; n < HG_NNOTATIONS; n++)
		if (r->notation >> n & 1)
			f->notation[f->nnotation++] = hg_notation_id((hg_notation)n);
	return HG_OK;
}

static hg_status fill_grid(const hg_try *t, const char *name, hg_arena *arena, hg_evidence *e)
{
	size_t n = t->rows * t->cols;
	hg_grid *grid = HG_NEW(arena, hg_grid);
	double *data = HG_NEWS(arena, 2 * n, double);
	if (!grid || !data)
		return HG_ENOMEM;
	memcpy(data, t->claimed, n * sizeof *data);
	memcpy(data + n, t->numerical, n * sizeof *data);
	*grid = (hg_grid){.name = name, .rows = t->rows, .cols = t->cols, .claimed = data, .numerical = data + n};
	e->grid = grid;
	return HG_OK;
}

/* The engine's word on the claim, where it has one: its bound, or doubt where it says otherwise. */
static void take_certificate(const hg_certificate *cert, bool agrees, hg_finding *f)
{
	hg_evidence *e = &f->evidence;
	if (!cert->done)
		return;
	if ((cert->outcome == HG_AGREES) != agrees || cert->outcome == HG_CANNOT_TELL) {
		hg_finding_leave(f, HG_S_CANNOT_TELL, HG_CAUSE_BOUND_OPEN);
		return;
	}
	e->abserr = cert->worst.abserr;
	e->class = cert->worst.kind;
	e->reason = cert->worst.reason;
	e->step = cert->worst.step;
	e->resolution = cert->resolution;
	e->evaluations = cert->evaluations;
}

hg_status hg_trouble_report(hg_cause cause, const hg_expr *at, const hg_budget *budget, hg_arena *arena, hg_finding *f)
{
	enum { LONG = 40 };
	hg_limit limit;
	if (hg_cause_is_limit(cause, &limit)) {
		hg_finding_because(f, cause);
		f->reason = hg_limit_message(budget, limit, arena);
		return f->reason ? HG_OK : HG_ENOMEM;
	}
	if (at && cause == HG_CAUSE_FUNCTION_UNDEFINED && at->op == HG_OP_CALL)
		at = at->kid[0];
	const bool named = at && hg_cause_names(cause);
	const char *about = named ? hg_plain_of(at, arena) : NULL;
	if (named && !about)
		return HG_ENOMEM;
	return hg_finding_because_of(f, cause, about && strlen(about) <= LONG ? about : NULL, arena);
}

hg_status hg_outcome_report(const hg_claim *claim, const hg_outcome_of_side *o, hg_certifier *certifier,
                            hg_arena *scratch, hg_arena *arena, hg_finding *f)
{
	hg_claim_binding *b = claim->binding;
	hg_world *w = &b->setting->world[o->world];
	hg_asked asked = b->asked;
	hg_certificate cert = {.pictures = arena};
	hg_try t;
	hg_evidence *e = &f->evidence;
	asked.reading = o->reading;
	asked.certify = certifier;
	asked.certificate = &cert;
	HG_TRY(hg_reading_try(&asked, w, scratch, &t));
	if (t.limited) { /* the bound could not be found */
		f->status = HG_S_CANNOT_TELL;
		return hg_trouble_report(t.trouble, t.at, w->budget, arena, f);
	}
	if (o->agrees) {
		HG_TRY(notations(&o->reading, arena, f));
		f->status = f->nnotation ? HG_S_NOTATION : HG_S_AGREES;
	}
	if (o->agrees && o->several_misfit && asked.code) {
		hg_finding_leave(f, HG_S_CANNOT_TELL, HG_CAUSE_ONE_OUTPUT);
		return HG_OK;
	}
	if (o->agrees && o->one_output)
		HG_TRY(hg_finding_note(f, "right for a single output; with several it is not", arena));
	if (!t.claimed || t.fit > HG_FIT_DIFFERS)
		return HG_OK;
	f->has_evidence = true;
	*e = (hg_evidence){.yours = t.claimed[t.worst], .numerical = t.numerical[t.worst], .ratio = NAN, .left = NAN, .right = NAN,
	                   .max_abs = t.max_abs, .max_rel = t.max_rel, .worlds = b->setting->nprimary, .class = HG_SMOOTH,
	                   .resolution = 2e-8, .abserr = 1e-10 * t.scale,
	                   .reason = o->agrees ? HG_WITHIN_BOUND : HG_OUTSIDE_BOUND};
	e->points = t.rows * t.cols * e->worlds;
	e->entry = entry_name(claim, &t, arena);
	e->point = point_name(w, &o->reading, arena);
	if (!o->agrees)
		e->ratio = common_ratio(&t);
	take_certificate(&cert, o->agrees, f);
	if (f->status == HG_S_CANNOT_TELL || !o->agrees) { /* wrong or doubtful: the numbers for pictures */
		e->curve = cert.curve;
		HG_TRY(fill_grid(&t, hg_plain_of(claim->left, arena), arena, e));
	}
	return e->entry && e->point ? HG_OK : HG_ENOMEM;
}
