/* How the document was understood: what each of its names is, and how what it leaves open was taken. */
#include "lang/print/print.h"
#include "model/building.h"
#include "model/fill/residual.h"
#include "model/shape/letters.h"
#include "verdict/session.h"

#include <string.h>

/* ---- names ------------------------------------------------------------------------------------------------------------- */

static const char *role_of(const hg_var *v)
{
	static const char *const words[] = {
	    [HG_ROLE_WEIGHT] = "weight", [HG_ROLE_BIAS] = "bias", [HG_ROLE_INPUT] = "input", [HG_ROLE_LABEL] = "label",
	    [HG_ROLE_PREACTIVATION] = "value of a layer", [HG_ROLE_ACTIVATION] = "value of a function",
	    [HG_ROLE_LOSS] = "loss of one sample", [HG_ROLE_COST] = "cost of all samples", [HG_ROLE_GRADIENT] = "gradient",
	    [HG_ROLE_COUNT] = "number of samples", [HG_ROLE_OTHER] = "value"};
	if (v->form)
		return "matrix of a quadratic form";
	if (!v->def && hg_is_loss_name(v->base))
		return "loss, which no equation says";
	return v->role == HG_ROLE_WEIGHT && !hg_var_is_parameter(v) ? "given, the same for all samples" : words[v->role];
}

static void say_size(const hg_doc_model *model, unsigned axis, hg_buf *out)
{
	const unsigned now = axis < HG_MOST_AXES ? hg_axis_now(model, axis) : axis;
	if (axis == HG_AXIS_ONE)
		hg_buf_text(out, "1");
	else if (axis == HG_AXIS_SAMPLES && model->counting.ncounts)
		hg_buf_str(out, model->counting.count[0]);
	else if (now < HG_MOST_AXES && model->axes.axis_size[now])
		hg_print_plain(model->axes.axis_size[now], out);
	else
		hg_buf_print(out, "?%u", now); /* no letter: the same number, the same size */
}

static const char *shape_of(const hg_doc_model *model, const hg_var *v, hg_arena *arena)
{
	hg_buf out = {0};
	if (v->raxis == HG_AXIS_UNSET || v->caxis == HG_AXIS_UNSET)
		return "not known";
	if (v->raxis == HG_AXIS_ONE && v->caxis == HG_AXIS_ONE) {
		hg_buf_text(&out, "number");
	} else {
		say_size(model, v->raxis, &out);
		hg_buf_text(&out, " x ");
		say_size(model, v->caxis, &out);
	}
	if (v->data)
		hg_buf_text(&out, ", for each sample");
	const char *text = out.failed ? NULL : hg_arena_copy(arena, out.p, out.n);
	hg_buf_free(&out);
	return text;
}

static const char *equation(const hg_definition *d, hg_arena *arena)
{
	enum { LONG = 100 };
	hg_buf out = {0};
	if (d->lhs)
		hg_print_plain(d->lhs, &out);
	hg_buf_text(&out, " = ");
	hg_print_plain(d->right, &out);
	if (d->guessed)
		hg_buf_text(&out, " (assumed)");
	const char *text = out.failed ? NULL : out.n > LONG ? "an equation of its own" : hg_arena_copy(arena, out.p, out.n);
	hg_buf_free(&out);
	return text;
}

/* The equation that gives it its value; else the first that uses it. */
static const char *why_of(hg_doc_model *model, const hg_var *v, hg_arena *arena)
{
	if (v->def && v->def->lhs)
		return equation(v->def, arena);
	if (v->said)
		return "its shape is declared";
	for (size_t i = 0; i < model->ndefs; i++)
		if (!model->def[i]->rejected && model->def[i]->lhs && hg_expr_mentions(model, model->def[i]->right, v))
			return equation(model->def[i], arena);
	return v->def ? "assumed" : "custom";
}

static const char *name_of(const hg_doc_model *model, const hg_var *v, hg_arena *arena)
{
	hg_ref ref;
	const hg_expr *spelled = v->def && v->def->lhs && !v->letter.n ? v->def->lhs : v->small ? v->small : v->capital;
	if (spelled && hg_ref_of(spelled, &model->habits, arena, &ref) && (ref.sample || ref.ncomp) && !ref.layer && spelled->op == HG_OP_NAME)
		return hg_arena_copy(arena, spelled->name.p, spelled->name.n); /* y of y^{(i)} */
	if (spelled && !v->letter.n)
		return hg_plain_of(spelled, arena);
	return v->layer == HG_NO_LAYER ? hg_arena_copy(arena, v->base.p, v->base.n)
	                               : hg_arena_print(arena, "%.*s%d", HG_STR_ARG(v->base), v->layer);
}

static hg_status add_name(hg_session *s, hg_name_row row)
{
	hg_model *out = &s->report->model;
	if (!row.name || !row.why)
		return HG_ENOMEM;
	for (size_t i = 0; i < out->nnames; i++)
		if (!strcmp(out->name[i].name, row.name))
			return HG_OK;
	out->name[out->nnames++] = row;
	return HG_OK;
}

static hg_status list_names(hg_session *s, hg_doc_model *model)
{
	hg_arena *arena = s->arena;
	s->report->model.name = HG_NEWS(arena, model->nvars + model->nfunctions + model->nsignals + model->counting.ncounts + 1, hg_name_row);
	if (!s->report->model.name)
		return HG_ENOMEM;
	for (size_t i = 0; i < model->nvars; i++) {
		const hg_var *v = model->var[i];
		if (v->same || (v->layer != HG_NO_LAYER && v->layer > model->nlayers))
			continue;
		const char *shape = shape_of(model, v, arena);
		HG_TRY(shape ? HG_OK : HG_ENOMEM);
		HG_TRY(add_name(s, (hg_name_row){name_of(model, v, arena), role_of(v), shape, why_of(model, v, arena)}));
	}
	for (size_t i = 0; i < model->nfunctions; i++) {
		const hg_named_function *f = model->function[i];
		const char *why = f->body              ? hg_plain_of(f->body, arena)
		                  : f->map < HG_NMAPS  ? hg_map_name(f->map)
		                  : f->whole < HG_NFNS ? hg_fn_name(f->whole)
		                                       : "not said which";
		HG_TRY(add_name(s, (hg_name_row){hg_arena_copy(arena, f->base.p, f->base.n), "function", NULL, why}));
	}
	for (size_t i = 0; i < model->nsignals; i++)
		HG_TRY(add_name(s, (hg_name_row){hg_arena_copy(arena, model->signal[i]->left.base.p, model->signal[i]->left.base.n), "derivative",
		                                 NULL, hg_plain_of(model->signal[i]->derivative, arena)}));
	for (size_t i = 0; i < model->counting.ncounts; i++)
		HG_TRY(add_name(s, (hg_name_row){hg_arena_copy(arena, model->counting.count[i].p, model->counting.count[i].n), "number of samples", NULL,
		                                 "it divides or ends a sum over samples"}));
	return HG_OK;
}

/* ---- choices ----------------------------------------------------------------------------------------------------------- */

static void add_choice(hg_session *s, hg_choice choice, unsigned value, const char *from)
{
	hg_model *out = &s->report->model;
	bool taken = s->taken->value[choice];
	if (taken)
		value = s->taken->value[choice];
	if (value)
		out->choice[out->nchoices++] = (hg_chosen){hg_choice_id(choice), hg_choice_value(choice, value), taken ? "taken" : from};
}

static unsigned loss_of(const hg_doc_model *model)
{
	const unsigned variant = (unsigned)(model->variant % HG_VARIANT_RESIDUAL);
	if (!model->lossy.several_losses)
		return 0;
	if (hg_model_says(model, HG_SAYS_SQUARES) && !hg_model_says(model, HG_SAYS_ENTROPY))
		return variant == 2 ? HG_LOSS_SQUARE : variant == 3 ? 0 : HG_LOSS_HALF_SQUARE;
	return variant + 1;
}

static unsigned convention_value(hg_convention c, unsigned sum, unsigned mean)
{
	return c == HG_DZ_SUM ? sum : c == HG_DZ_MEAN ? mean : 0;
}

static bool turned_residual(const hg_session *s, const hg_doc_model *model)
{
	for (size_t i = 0; i < s->said->n; i++)
		if (hg_statement_turned_residual(&s->said->at[i], &model->habits, s->arena))
			return true;
	return false;
}

/* How X lies, where no equation says it: as the lines that agree have it. 0: they have it both ways, or none tells. */
static unsigned layout_found(const hg_session *s)
{
	size_t rows = 0, columns = 0;
	for (size_t i = 0; i < s->njudged; i++) {
		const hg_judged *j = &s->judged[i];
		const hg_line *line = &((hg_claim_binding *)j->claim.binding)->line;
		bool tells = j->agrees && !j->vacuous && j->reading.view == HG_VIEW_BATCH && !j->reading.pretend && line->capitals && line->products;
		rows += tells && j->reading.turned;
		columns += tells && !j->reading.turned;
	}
	return rows && columns ? 0 : rows ? HG_LAYOUT_ROWS : columns ? HG_LAYOUT_COLUMNS : 0;
}

static hg_status list_choices(hg_session *s, hg_doc_model *model)
{
	s->report->model.choice = HG_NEWS(s->arena, HG_NCHOICES, hg_chosen);
	if (!s->report->model.choice)
		return HG_ENOMEM;
	const bool said = hg_layout_is_said(model);
	const unsigned lies = !said ? layout_found(s) : model->layout.rows ? HG_LAYOUT_ROWS : HG_LAYOUT_COLUMNS;
	add_choice(s, HG_CHOICE_LAYOUT, lies, said ? "said" : "searched");
	add_choice(s, HG_CHOICE_COST, !model->layout.batch ? 0 : model->total.mean ? HG_COST_MEAN : HG_COST_SUM,
	           model->total.mean_defined || model->total.sum_defined ? "said" : "custom");
	add_choice(s, HG_CHOICE_DZ, !model->total.mean ? 0 : convention_value(s->convention.of[0], HG_DZ_OF_SUM, HG_DZ_OF_COST), "searched");
	add_choice(s, HG_CHOICE_CODE_DZ, !model->total.mean || s->convention.of[1] == s->convention.of[0] ? 0 :
	           convention_value(s->convention.of[1], HG_CODE_DZ_OF_SUM, HG_CODE_DZ_OF_COST), "searched");
	add_choice(s, HG_CHOICE_DJ, !model->total.mean ? 0 : convention_value(s->convention.derivatives, HG_DJ_OF_SUM, HG_DJ_OF_COST), "searched");
	add_choice(s, HG_CHOICE_SIGNAL, !turned_residual(s, model) ? 0 : model->total.minus_signals ? HG_SIGNAL_MINUS : HG_SIGNAL_PLUS, "searched");
	add_choice(s, HG_CHOICE_LOSS, s->borne_out & HG_GUESS_LOSS ? loss_of(model) : 0,
	           hg_model_says(model, HG_SAYS_SQUARES) || hg_model_says(model, HG_SAYS_ENTROPY) ? "said" : "searched");
	add_choice(s, HG_CHOICE_FUNCTION, 0, NULL);
	add_choice(s, HG_CHOICE_SYMMETRIC, hg_model_says(model, HG_SAYS_SYMMETRIC) ? HG_SYMMETRIC_YES : 0, "said");
	add_choice(s, HG_CHOICE_LABELS, hg_model_says(model, HG_SAYS_SIGNS) ? HG_LABELS_SIGNS : 0, "said");
	add_choice(s, HG_CHOICE_JACOBIAN, model->total.jacobian, "said");
	add_choice(s, HG_CHOICE_LETTERS, 0, NULL);
	return HG_OK;
}

/* What may be chosen and would make a difference. */
static unsigned open_choices(const hg_session *s, hg_doc_model *model)
{
	unsigned guessed = 0;
	bool open[HG_NCHOICES] = {[HG_CHOICE_COST] = model->layout.batch && !model->total.mean_defined && !model->total.sum_defined,
	                          [HG_CHOICE_LAYOUT] = model->layout.batch && !hg_layout_is_said(model),
	                          [HG_CHOICE_DZ] = model->total.mean, [HG_CHOICE_CODE_DZ] = model->total.mean, [HG_CHOICE_DJ] = model->total.mean,
	                          [HG_CHOICE_LOSS] = model->lossy.several_losses, [HG_CHOICE_SYMMETRIC] = !hg_model_says(model, HG_SAYS_SYMMETRIC),
	                          [HG_CHOICE_LABELS] = !hg_model_says(model, HG_SAYS_SIGNS), [HG_CHOICE_SIGNAL] = turned_residual(s, model), [HG_CHOICE_LETTERS] = true,
	                          [HG_CHOICE_JACOBIAN] = !model->total.jacobian};
	for (size_t i = 0; i < s->njudged; i++)
		guessed |= s->judged[i].guessed;
	open[HG_CHOICE_FUNCTION] = (guessed & (HG_GUESS_FUNCTION | HG_GUESS_TOP)) != 0;
	unsigned set = 0;
	for (hg_choice c = 0; c < HG_NCHOICES; c++)
		set |= open[c] && !s->taken->value[c] ? 1u << c : 0;
	return set;
}

hg_status hg_session_understood(hg_session *s)
{
	hg_doc_model *model = &s->setting[0]->model;
	s->report->model.open = open_choices(s, model);
	HG_TRY(list_names(s, model));
	return list_choices(s, model);
}
