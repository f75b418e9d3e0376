/* Where a document begins to define its names anew: another example, another network. */
#include "model/building.h"

static bool same_variable(const hg_ref *a, const hg_ref *b)
{
	bool layers = (!a->layer && !b->layer) || (a->layer && b->layer && hg_expr_equal(a->layer, b->layer));
	bool components = a->ncomp == b->ncomp && (!a->ncomp || hg_expr_equal(a->comp[0], b->comp[0]));
	return layers && components && hg_str_equal(a->base, b->base) && hg_str_equal(a->label, b->label);
}

/* a = z after a = f(z): no other name for it, but another function. */
static bool is_another_name(const hg_definition *d, const hg_definition *other)
{
	bool applied = other->right->op == HG_OP_CALL && other->right->nkids == 2 && hg_expr_equal(other->right->kid[1], d->right);
	return d->right->op == HG_OP_NAME && !applied;
}

/* Which headings stand between an equation and another one for the same name. */
static bool contradicts(const hg_doc_model *m, const hg_statements *said, const hg_definition *d, const hg_definition *before)
{
	if (d->statement >= said->n || before->statement >= said->n) /* found inside a derivative */
		return false;
	size_t table = said->at[d->statement].implied, other = said->at[before->statement].implied;
	return same_variable(&d->left, &before->left) && d->left.upper == before->left.upper && !is_another_name(d, before) && !is_another_name(before, d) &&
	       !d->numeric && !before->numeric && (d->right->op != before->right->op || d->right->nkids != before->right->nkids ||
	       m->habits.layers == 0 || d->right->op == HG_OP_CALL) &&
	       (said->at[d->statement].section != said->at[before->statement].section || (table && other && table != other));
}

/* alike[i]: the first definition with the same right side as definition i. */
static hg_status find_alike(const hg_doc_model *m, hg_arena *arena, size_t **alike)
{
	size_t room = 16;
	while (room < 2 * m->ndefs)
		room *= 2;
	size_t *slot = HG_NEWS(arena, room, size_t); /* 1 + the definition; 0: free */
	*alike = HG_NEWS(arena, m->ndefs + 1, size_t);
	for (size_t i = 0; slot && *alike && i < m->ndefs; i++) {
		size_t at = hg_expr_hash(m->def[i]->right) & (room - 1);
		while (slot[at] && !hg_expr_equal(m->def[slot[at] - 1]->right, m->def[i]->right))
			at = (at + 1) & (room - 1);
		if (!slot[at])
			slot[at] = i + 1;
		(*alike)[i] = slot[at] - 1;
	}
	return slot && *alike ? HG_OK : HG_ENOMEM;
}

hg_status hg_epochs_of(const hg_statements *said, hg_arena *arena, hg_epochs *epochs)
{
	hg_doc_model m = {.arena = arena, .said = said, .axes.naxes = 2};
	*epochs = (hg_epochs){0};
	hg_habits_of(said, &m.habits);
	hg_model_words(&m);
	HG_TRY(hg_model_collect(&m, said, false));
	size_t *alike;
	HG_TRY(find_alike(&m, arena, &alike));
	for (size_t i = 0; i < m.ndefs && epochs->n < sizeof epochs->start / sizeof *epochs->start; i++) {
		size_t from = epochs->n ? epochs->start[epochs->n - 1] : 0;
		bool anew = false;
		for (size_t k = 0; k < i && !anew; k++)
			anew = m.def[k]->statement >= from && alike[i] != alike[k] && contradicts(&m, said, m.def[i], m.def[k]);
		if (!anew)
			continue;
		size_t start = m.def[i]->statement, section = said->at[start].section; /* from the heading on */
		while (start > from && said->at[start - 1].section == section && !(said->at[start].implied && !said->at[start - 1].implied))
			start--;
		if (start > from)
			epochs->start[epochs->n++] = start;
	}
	return HG_OK;
}
