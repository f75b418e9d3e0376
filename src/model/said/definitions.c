/* Which statements define what: forward equations, other names for things, functions, values. */
#include "model/building.h"
#include "model/said/collecting.h"
#include "model/said/sums.h"

#include <ctype.h>
#include <string.h>

#define ADD(model, what, list, type)                                                   \
	static type *add_##what(hg_doc_model *model)                                       \
	{                                                                                  \
		if (model->n##list == model->n##list##_room) {                                 \
			size_t room = model->n##list##_room ? 2 * model->n##list##_room : 16;      \
			type **more = HG_NEWS(model->arena, room, type *);                         \
			if (!more)                                                                 \
				return NULL;                                                           \
			if (model->n##list)                                                        \
				memcpy(more, model->what, model->n##list * sizeof *more);              \
			model->what = more;                                                        \
			model->n##list##_room = room;                                              \
		}                                                                              \
		type *one = HG_NEW(model->arena, type);                                        \
		if (one)                                                                       \
			model->what[model->n##list++] = one;                                       \
		return one;                                                                    \
	}
ADD(model, def, defs, hg_definition)
ADD(model, signal, signals, hg_signal)

/* ---- what an expression mentions ------------------------------------------------------------------------------------ */

typedef struct mention {
	hg_doc_model *model;
	const hg_ref *self;  /* is this variable in it? */
	bool itself, derivative, dots, others;
	hg_str letter;       /* others: names that are not this letter */
} mention;

static bool see(void *self, const hg_expr *e)
{
	mention *m = self;
	hg_ref ref;
	if (e->op == HG_OP_DERIV || e->op == HG_OP_DERIV_OP)
		m->derivative = true;
	if (e->op == HG_OP_ELLIPSIS)
		m->dots = true;
	if (e->op == HG_OP_CALL) {
		for (size_t i = 1; i < e->nkids; i++)
			hg_expr_visit(e->kid[i], see, self);
		return false;
	}
	if (e->op != HG_OP_NAME && e->op != HG_OP_POW && e->op != HG_OP_PRIME)
		return true;
	if (!hg_ref_of(e, &m->model->habits, m->model->arena, &ref))
		return true;
	if (ref.gradient || (ref.delta && ref.ncomp != 2))
		m->derivative = true;
	if (m->self && !ref.gradient && hg_str_equal(ref.base, m->self->base) && hg_str_equal(ref.label, m->self->label)) {
		bool layers = !ref.layer == !m->self->layer && (!ref.layer || hg_expr_equal(ref.layer, m->self->layer));
		bool components = ref.ncomp == m->self->ncomp;
		for (size_t i = 0; components && i < ref.ncomp; i++)
			components = hg_expr_equal(ref.comp[i], m->self->comp[i]);
		m->itself = m->itself || (layers && components);
	}
	if (e->op == HG_OP_NAME && !hg_str_equal(e->name, m->letter) && !hg_str_any(e->name, HG_L_EULER, HG_L_PI))
		m->others = true;
	return e->op != HG_OP_NAME;
}

static mention mentions(hg_doc_model *model, const hg_expr *e, const hg_ref *self, hg_str letter)
{
	mention m = {.model = model, .self = self, .letter = letter};
	hg_expr_visit(e, see, &m);
	return m;
}

/* ---- functions --------------------------------------------------------------------------------------------------------- */

/* f(x) = expression in x alone: a function of the document's own. */
static bool function_definition(hg_doc_model *model, const hg_expr *left, const hg_expr *right, size_t statement)
{
	const hg_expr *name = left->kid[0], *argument = left->nkids == 2 ? left->kid[1] : NULL;
	hg_ref ref;
	if (!argument || argument->op != HG_OP_NAME || argument->nindex || !hg_ref_of(name, &model->habits, model->arena, &ref))
		return false;
	if (ref.primed || ref.gradient || hg_fn_find(name->name) != HG_NFNS || hg_is_loss_name(ref.base))
		return false;
	bool sigma = hg_str_is(name->name, HG_L_SIGMOID) && !name->nindex;
	if (sigma && hg_model_says(model, HG_SAYS_SIGMOID)) /* then that is what it is, and a misprint of it is one */
		return false;
	mention m = mentions(model, right, NULL, argument->name);
	if (m.others || m.derivative || m.dots || hg_expr_has(right, HG_OP_TEXT))
		return false;
	return (hg_is_function_letter(ref.base) || ref.base.n > 1) && hg_model_bind_function(model, &ref, HG_NMAPS, HG_NFNS, right, argument->name, statement);
}

/* ---- definitions --------------------------------------------------------------------------------------------------------- */

static bool is_alias(const hg_doc_model *model, const hg_expr *e)
{
	hg_ref ref;
	while (e->op == HG_OP_BOX || e->op == HG_OP_BRACE)
		e = e->kid[0];
	return e->op == HG_OP_NAME && hg_ref_of(e, &model->habits, model->arena, &ref) && hg_fn_find(e->name) == HG_NFNS;
}

static bool see_equal(void *self, const hg_expr *e)
{
	const hg_expr **sought = self;
	if (*sought && hg_expr_equal(e, *sought))
		*sought = NULL;
	return *sought != NULL;
}

/* h(x) of a = h(x) = g(z): what a is called as a function of the input, for nothing behind it speaks of x. */
static bool is_called_alias(const hg_expr *e, const hg_expr *next)
{
	if (!next || e->op != HG_OP_CALL || e->kid[0]->op != HG_OP_NAME || hg_fn_find(e->kid[0]->name) != HG_NFNS || hg_is_known_function(e->kid[0]))
		return false;
	for (size_t k = 1; k < e->nkids; k++) {
		const hg_expr *sought = e->kid[k];
		if (sought->op != HG_OP_NAME)
			return false;
		hg_expr_visit(next, see_equal, &sought);
		if (!sought)
			return false;
	}
	return true;
}

/* b = (b_1, b_2), u = [u_1, ..., u_n]^T: says what its entries are called, not what it is. */
static bool lists_its_entries(hg_doc_model *model, const hg_expr *right, const hg_ref *self)
{
	hg_ref ref;
	while (right->op == HG_OP_TRANSPOSE)
		right = right->kid[0];
	if (right->op != HG_OP_LIST && right->op != HG_OP_MATRIX)
		return false;
	for (size_t i = 0; i < right->nkids; i++)
		if (!hg_ref_of(right->kid[i], &model->habits, model->arena, &ref) || !hg_str_equal(ref.base, self->base) ||
		    ref.ncomp <= self->ncomp)
			return false;
	return right->nkids > 0;
}

static bool usable(hg_doc_model *model, const hg_expr *right, const hg_ref *ref)
{
	if (!right || lists_its_entries(model, right, ref))
		return false;
	mention m = mentions(model, right, ref, (hg_str){0});
	bool words = hg_expr_has(right, HG_OP_TEXT) && !hg_expr_has(right, HG_OP_CASES);
	return !m.itself && !m.derivative && !m.dots && !words && !hg_expr_has(right, HG_OP_PLUSMINUS) && !hg_expr_has(right, HG_OP_EVAL_AT);
}

static bool forward_relation(hg_rel rel) { return rel == HG_REL_EQ || rel == HG_REL_DEFINED || rel == HG_REL_ASSIGN; }

static void add_definition(hg_doc_model *model, const hg_ref *ref, const hg_expr *lhs, const hg_statement *s, size_t statement,
                           size_t side)
{
	hg_definition *d = add_def(model);
	if (!d)
		return;
	const hg_expr *right = hg_sum_reach(s->side[side].e, model->arena);
	*d = (hg_definition){.left = *ref, .lhs = lhs, .right = right, .statement = statement, .side = side};
	d->section = hg_model_epoch(model, statement);
	d->numeric = hg_expr_numeric(right);
	d->code = model->said->doc->stretch[s->stretch].kind == HG_STRETCH_CODE;
}

/* x = a^{(1)}: what the input is called as a layer, not what it is computed from. */
static bool input_definition(hg_doc_model *model, const hg_ref *ref, const hg_expr *lhs, const hg_statement *s, size_t statement)
{
	hg_ref layer;
	const hg_expr *right = s->side[1].e;
	if (!hg_str_is(ref->base, HG_L_INPUT) || ref->layer || ref->sample || !is_alias(model, right) ||
	    !hg_ref_of(right, &model->habits, model->arena, &layer) || !layer.layer || hg_str_is(layer.base, HG_L_INPUT))
		return false;
	hg_definition *d = add_def(model);
	if (d)
		*d = (hg_definition){.left = layer, .lhs = right, .right = lhs, .statement = statement, .side = 1,
		                     .section = hg_model_epoch(model, statement)};
	return true;
}

/* delta = dL/dz: a name of a derivative. */
static void signal_definition(hg_doc_model *model, const hg_statement *s, size_t statement)
{
	hg_ref ref, of;
	const hg_expr *d = s->side[1].e;
	if (d->op != HG_OP_DERIV || d->nkids != 2 || d->kid[0]->op != HG_OP_NAME || !hg_name_at(s->side[0].e, &model->habits, model->arena, &ref) || !hg_ref_of(d->kid[1], &model->habits, model->arena, &of))
		return;
	bool placeholder = ref.gradient; /* dW, \bar v: these say of themselves what they are */
	hg_signal *signal = placeholder ? NULL : add_signal(model);
	if (signal)
		*signal = (hg_signal){ref, d, statement};
}

/* dL/da = d/da (...): what stands in the bracket is L. */
static void loss_in_operator(hg_doc_model *model, const hg_statement *s, size_t statement)
{
	const hg_expr *first = NULL;
	hg_ref ref;
	for (size_t k = 0; k < s->nsides; k++) {
		const hg_expr *e = s->side[k].e;
		bool whole = e && e->op == HG_OP_DERIV && e->nkids == 2;
		const hg_expr *name = whole ? e->kid[0] : NULL;
		if (name && name->op == HG_OP_CALL)
			name = name->kid[0];
		if (name && name->op == HG_OP_NAME && hg_ref_of(name, &model->habits, model->arena, &ref) && hg_is_loss_name(ref.base)) {
			first = e;
			continue;
		}
		bool same = first && whole && hg_expr_equal(first->kid[1], e->kid[1]) && e->kid[0]->op != HG_OP_NAME && e->kid[0]->op != HG_OP_CALL;
		hg_definition *d = same && !hg_expr_has(e->kid[0], HG_OP_DERIV) ? add_def(model) : NULL;
		if (!d)
			continue;
		const hg_expr *target = first->kid[0]->op == HG_OP_CALL ? first->kid[0]->kid[0] : first->kid[0];
		hg_ref_of(target, &model->habits, model->arena, &ref);
		*d = (hg_definition){.left = ref, .lhs = target, .right = e->kid[0], .statement = (size_t)-1, .side = k, .inside = true};
		d->section = hg_model_epoch(model, statement);
		return;
	}
}

/* y = a = f(z): y and a are names of one thing, and f(z) defines it. */
static void statement_definitions(hg_doc_model *model, const hg_statement *s, size_t statement)
{
	hg_ref ref;
	const hg_expr *lhs = s->nsides ? s->side[0].e : NULL;
	hg_fn whole;
	loss_in_operator(model, s, statement);
	if (!lhs || s->nsides < 2 || !s->side[1].e || !forward_relation(s->side[1].rel))
		return;
	signal_definition(model, s, statement);
	if (lhs->op == HG_OP_CALL && function_definition(model, lhs, s->side[1].e, statement))
		return;
	if (hg_is_count_letter(model, lhs) && s->side[1].e->op == HG_OP_CALL) /* n = len(x) */
		return;
	bool letters = hg_is_index_letter(lhs) && hg_is_index_letter(s->side[1].e); /* if i = j: a condition */
	if (letters || hg_model_bind_by_slope(model, lhs, s->side[1].e, statement) || !hg_defined_name(model, lhs, &ref))
		return;
	hg_map map = hg_named_map(s->side[1].e, &whole);
	if ((map != HG_NMAPS || whole != HG_NFNS) && hg_is_function_letter(ref.base)) {
		hg_model_bind_function(model, &ref, map, whole, NULL, (hg_str){0}, statement);
		return;
	}
	for (size_t i = 0; i < model->nsignals; i++) /* s^l = dF/dn^l said what s is */
		if (hg_str_equal(model->signal[i]->left.base, ref.base) && hg_str_equal(model->signal[i]->left.label, ref.label) &&
		    !model->signal[i]->left.layer == !ref.layer)
			return;
	if (hg_model_signal(model, &ref, model->arena)) /* e_3, after e_t = dF/dn_t */
		return;
	if (input_definition(model, &ref, lhs, s, statement))
		return;
	for (size_t k = 1; k + 1 < s->nsides; k++) /* a = g(z) = sigma(z): so g is sigma */
		hg_model_bind_by_example(model, s->side[k].e, s->side[k + 1].e, statement);
	for (size_t k = 1; k < s->nsides; k++) {
		if (!forward_relation(s->side[k].rel) || !usable(model, s->side[k].e, &ref))
			continue;
		if (k > 1 && hg_expr_numeric(s->side[k].e))
			continue;
		add_definition(model, &ref, lhs, s, statement, k);
		hg_ref next;
		bool alias = is_alias(model, s->side[k].e) || is_called_alias(s->side[k].e, k + 1 < s->nsides ? s->side[k + 1].e : NULL);
		if (!alias || !hg_defined_name(model, s->side[k].e, &next))
			break;
		ref = next;
		lhs = s->side[k].e;
	}
}

/* What the assignment says belongs to no statement of the document, and holds everywhere in it. */
static void mark_given(hg_doc_model *model)
{
	for (size_t i = 0; i < model->ndefs; i++) {
		model->def[i]->given = true;
		model->def[i]->statement = (size_t)-1;
	}
	for (size_t i = 0; i < model->nfunctions; i++) {
		model->function[i]->given = true;
		model->function[i]->statement = (size_t)-1;
	}
	for (size_t i = 0; i < model->nsignals; i++)
		model->signal[i]->statement = (size_t)-1;
}

/* dJ/dw = ... = 0: whatever defines w later solves that. */
static void zero_facts(hg_doc_model *model, const hg_statement *s, size_t statement)
{
	hg_ref by;
	const hg_expr *left = s->nsides > 1 ? s->side[0].e : NULL, *last = left ? s->side[s->nsides - 1].e : NULL;
	bool zero = last && last->op == HG_OP_NUM && last->number == 0 && left->op == HG_OP_DERIV && left->nkids > 1;
	if (zero && model->counting.nzeroed < sizeof model->counting.zeroed / sizeof *model->counting.zeroed &&
	    hg_ref_of(left->kid[1], &model->habits, model->arena, &by))
		model->counting.zeroed[model->counting.nzeroed++] = (hg_zeroed){by.base, statement};
}

hg_status hg_model_collect(hg_doc_model *model, const hg_statements *said, bool from_assignment)
{
	const hg_statements *kept = model->said;
	model->said = said;
	hg_model_classes(model, said);
	for (size_t i = 0; i < said->n; i++) {
		if (!said->at[i].continues)
			statement_definitions(model, &said->at[i], i);
		hg_model_sample_facts(model, &said->at[i]);
		zero_facts(model, &said->at[i], i);
	}
	hg_model_share(model);
	model->said = kept;
	if (from_assignment)
		mark_given(model);
	model->layout.batch = model->layout.batch || model->habits.sample_marks || model->habits.cases;
	return hg_arena_failed(model->arena) ? HG_ENOMEM : HG_OK;
}
