#include "verdict/assignment.h"
#include "verdict/setting.h"

#include "lang/print/print.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

/* ---- names ------------------------------------------------------------------------------------------------------------ */

static bool add_index(hg_index *list, size_t *n, hg_index_style style, bool sup, const hg_expr *e)
{
	if (e)
		list[(*n)++] = (hg_index){style, sup, (hg_expr *)e};
	return true;
}

/* The name with its layer in brackets, its sample in parentheses, its components below. */
static hg_expr *restyled(const hg_expr *e, const hg_ref *ref, hg_arena *arena)
{
	while (e->op == HG_OP_POW || e->op == HG_OP_BOX || e->op == HG_OP_BRACE)
		e = e->kid[0];
	hg_expr *name = hg_expr_copy(arena, e);
	hg_index *index = HG_NEWS(arena, 5, hg_index);
	size_t n = 0;
	if (!name || !index)
		return NULL;
	while (name->name.n > 1 && isdigit((unsigned char)name->name.p[name->name.n - 1]))
		name->name.n--;
	if (name->name.n > 1 && name->name.p[name->name.n - 1] == '_')
		name->name.n--;
	add_index(index, &n, HG_INDEX_BRACKET, true, ref->layer);
	add_index(index, &n, HG_INDEX_PAREN, true, ref->sample);
	for (size_t i = 0; i < ref->ncomp; i++)
		add_index(index, &n, HG_INDEX_BARE, false, ref->comp[i]);
	name->index = index;
	name->nindex = n;
	return name;
}

static hg_expr *restyle(const hg_expr *e, const hg_habits *habits, hg_arena *arena)
{
	hg_ref ref;
	bool name = (e->op == HG_OP_NAME || e->op == HG_OP_POW) && hg_ref_of(e, habits, arena, &ref);
	if (name && ref.layer && !ref.power && !ref.transposed && !ref.primed && !ref.gradient && !ref.delta && !ref.label.n)
		return restyled(e, &ref, arena);
	hg_expr *copy = hg_expr_copy(arena, e);
	for (size_t i = 0; copy && i < e->nkids; i++)
		copy->kid[i] = restyle(e->kid[i], habits, arena);
	return copy;
}

hg_status hg_assignment_read(const hg_statements *theirs, hg_arena *arena, const hg_statements **read)
{
	hg_habits habits;
	hg_statements *said = HG_NEW(arena, hg_statements);
	hg_statement *at = HG_NEWS(arena, theirs->n + 1, hg_statement);
	if (!said || !at)
		return HG_ENOMEM;
	hg_habits_of(theirs, &habits);
	*said = *theirs;
	said->at = at;
	for (size_t i = 0; i < theirs->n; i++) {
		at[i] = theirs->at[i];
		at[i].side = HG_NEWS(arena, at[i].nsides + 1, hg_side);
		for (size_t k = 0; at[i].side && k < at[i].nsides; k++) {
			at[i].side[k] = theirs->at[i].side[k];
			if (at[i].side[k].e)
				at[i].side[k].e = restyle(at[i].side[k].e, &habits, arena);
		}
	}
	*read = said;
	return hg_arena_failed(arena) ? HG_ENOMEM : HG_OK;
}

hg_status hg_assignment_spell(const hg_statements *theirs, const hg_expr *const *asked, size_t n, hg_arena *arena,
                              const hg_expr ***spelled)
{
	hg_habits habits;
	*spelled = HG_NEWS(arena, n + 1, const hg_expr *);
	hg_habits_of(theirs, &habits);
	for (size_t i = 0; *spelled && i < n; i++)
		(*spelled)[i] = asked[i] ? restyle(asked[i], &habits, arena) : NULL;
	return hg_arena_failed(arena) ? HG_ENOMEM : HG_OK;
}

/* ---- what the student writes ------------------------------------------------------------------------------------------ */

hg_status hg_assignment_says(const hg_definition *d, hg_arena *arena, hg_finding *f)
{
	hg_buf line = {0};
	if (d->lhs)
		hg_print_plain(d->lhs, &line);
	hg_buf_text(&line, " = ");
	hg_print_plain(d->right, &line);
	const char *text = line.failed ? NULL : hg_arena_copy(arena, line.p ? line.p : "", line.n);
	hg_buf_free(&line);
	return text ? hg_finding_because_of(f, HG_CAUSE_ASSIGNMENT_SAYS, text, arena) : HG_ENOMEM;
}

/* g = tanh, where the assignment says that g is ReLU. */
static bool another_function(const hg_doc_model *model, const hg_side_at *at)
{
	const hg_named_function *own = NULL;
	for (size_t i = 0; i < model->nfunctions && at->side == 1; i++)
		if (model->function[i]->statement == at->statement && !model->function[i]->given)
			own = model->function[i];
	for (size_t i = 0; own && i < model->nfunctions; i++) {
		const hg_named_function *f = model->function[i];
		bool body = !f->body || !own->body || hg_expr_equal(f->body, own->body);
		if (f->given && f->layer == own->layer && hg_str_equal(f->base, own->base) &&
		    (f->map != own->map || f->whole != own->whole || !body))
			return true;
	}
	return false;
}

static bool another_loss(const hg_doc_model *model, const hg_side_at *at)
{
	const hg_definition *d = model->lossy.contradicting;
	return d && d->statement == at->statement && d->side == at->side;
}

bool hg_assignment_contradicts(const hg_session *s, const hg_side_at *at)
{
	return another_loss(&s->now->model, at) || another_function(&s->now->model, at);
}

hg_status hg_assignment_objects(hg_session *s, const hg_side_at *at, hg_finding *f)
{
	const hg_doc_model *model = &s->now->model;
	const hg_var *v = model->lossy.cost ? model->lossy.cost : model->lossy.loss;
	bool loss = another_loss(model, at);
	if (loss && v && v->def)
		return hg_assignment_says(v->def, s->arena, f);
	hg_finding_because(f, loss ? HG_CAUSE_ASSIGNMENT_LOSS : HG_CAUSE_ASSIGNMENT_FUNCTION);
	return HG_OK;
}

static const hg_finding *first_contradiction(const hg_session *s)
{
	for (size_t i = 0; i < s->report->nfindings; i++)
		if (s->report->finding[i].status == HG_S_DISAGREES && s->report->finding[i].kind == HG_DEFINITION)
			return &s->report->finding[i];
	return NULL;
}

static hg_status open_own(hg_session *s)
{
	static const hg_epochs none = {0};
	s->own = HG_NEW(s->arena, hg_setting);
	return s->own ? hg_setting_open(s->said, NULL, &none, (size_t)-1, 0, s->taken, s->settings->seed, s->arena, s->own) : HG_ENOMEM;
}

hg_status hg_assignment_inherit(hg_session *s, size_t i)
{
	const hg_judged *j = &s->judged[i];
	hg_finding *f = &s->report->finding[j->finding];
	const hg_finding *root = s->assignment ? first_contradiction(s) : NULL;
	const hg_claim_binding *b = j->claim.binding;
	hg_claim claim;
	hg_outcome_of_side o;
	if (!root || root >= f || f->kind == HG_DEFINITION)
		return HG_OK;
	if (!s->own)
		HG_TRY(open_own(s));
	s->own->model.at = s->now->model.at;
	HG_TRY(hg_claim_bind(s->own, f->id, j->left, j->claim.right, b->asked.code, j->claim.batch, s->arena, &claim));
	hg_mark mark = hg_arena_mark(s->scratch);
	hg_status status = hg_claim_ask(&claim, NULL, s->scratch, &o);
	hg_arena_release(s->scratch, mark);
	HG_TRY(status);
	if (o.agrees && !o.vacuous)
		f->inherited_from = root->id;
	return HG_OK;
}
