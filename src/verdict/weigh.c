#include "verdict/weigh.h"
#include "text/words.h"

#include <string.h>

static bool agrees(const hg_finding *f) { return f->status == HG_S_AGREES || f->status == HG_S_NOTATION; }

const hg_finding *hg_report_same(const hg_report *report, const hg_finding *f)
{
	for (size_t i = 0; i < report->nfindings; i++) {
		const hg_finding *g = &report->finding[i];
		if (g->span.at == f->span.at && g->span.n == f->span.n && hg_str_equal(hg_str_of(g->id), hg_str_of(f->id)))
			return g;
	}
	return NULL;
}

static void leave_open(hg_finding *f)
{
	hg_finding_leave(f, HG_S_CANNOT_TELL, HG_CAUSE_LETTERS_BY_CUSTOM);
	f->nslips = 0;
	f->inherited_from = NULL;
	f->has_evidence = false;
}

static bool agreeing(const hg_report *report)
{
	for (size_t i = 0; i < report->nfindings; i++)
		if (agrees(&report->finding[i]))
			return true;
	return false;
}

static bool has_choice(const hg_model *model, const hg_chosen *c)
{
	for (size_t i = 0; i < model->nchoices; i++)
		if (!strcmp(model->choice[i].id, c->id) && !strcmp(model->choice[i].value, c->value))
			return true;
	return false;
}

/* What is found only where custom reads the letters is not understood. */
static void weigh_choices(hg_model *model, const hg_model *other)
{
	size_t kept = 0;
	for (size_t i = 0; i < model->nchoices; i++)
		if (!strcmp(model->choice[i].from, "taken") || has_choice(other, &model->choice[i]))
			model->choice[kept++] = model->choice[i];
	model->nchoices = kept;
}

/* Open for what speaks against it: shapes, or values that are off by little. */
static bool misfits(const hg_finding *g)
{
	return g->status == HG_S_CANNOT_TELL && (g->cause == HG_CAUSE_SHAPES_OPEN || g->cause == HG_CAUSE_OTHER_SHAPE ||
	                                         g->cause == HG_CAUSE_FACTORS_MISFIT || g->cause == HG_CAUSE_TOO_CLOSE);
}

/* Without custom every line that agrees does so but one, that does not fit then: custom itself is in doubt there. */
static const hg_finding *odd_one_out(const hg_report *report, const hg_report *other)
{
	const hg_finding *odd = NULL;
	size_t both = 0;
	for (size_t i = 0; i < report->nfindings; i++) {
		const hg_finding *f = &report->finding[i], *g = agrees(f) ? hg_report_same(other, f) : NULL;
		both += g && agrees(g);
		if (!g || agrees(g))
			continue;
		if (odd || !misfits(g))
			return NULL;
		odd = f;
	}
	return both > 1 ? odd : NULL;
}

/* db = dz.sum(axis=1): numpy adds what is left of that to every row, unless it is written as a column. By letters alone, which
 * may have columns for samples, nothing is right. */
static bool adds_over_columns(const hg_report *report, const hg_finding *f)
{
	static const char *const axis[] = {HG_W_AXIS "=1", HG_W_AXIS " = 1", NULL}, *const kept[] = {HG_W_KEEPDIMS, NULL};
	hg_str text = hg_source_text(report->source, f->span);
	return hg_str_says(text, axis) && !hg_str_says(text, kept);
}

void hg_report_weigh(hg_report *report, const hg_report *other)
{
	bool assumed = other->model.from && !strcmp(other->model.from, "built-in"); /* says nothing of what it refuses */
	bool given = report->model.from && !strcmp(report->model.from, "assignment"); /* says what its own letters stand for */
	bool stands = agreeing(report);
	const hg_finding *odd = odd_one_out(report, other);
	weigh_choices(&report->model, &other->model);
	for (size_t i = 0; i < report->nfindings; i++) {
		hg_finding *f = &report->finding[i];
		const hg_finding *g = hg_report_same(other, f);
		if (given && f->kind == HG_DEFINITION)
			continue;
		if (assumed && g && g->status == HG_S_DISAGREES)
			g = NULL;
		bool turned = (f->cause == HG_CAUSE_OTHER_SHAPE && stands) || f->cause == HG_CAUSE_ROW_OR_WHOLE; /* the letters bear out another shape, or several */
		if (f->status == HG_S_CANNOT_TELL && g && agrees(g) && !turned)
			*f = *g; /* the letters were in the way */
		else if (f->status == HG_S_DISAGREES ? !g || g->status != HG_S_DISAGREES : f == odd || (agrees(f) && g && (g->status == HG_S_DISAGREES || (!agrees(g) && adds_over_columns(report, f)))))
			leave_open(f);
	}
}
