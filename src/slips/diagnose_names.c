/* The quantities a repair may put into a claim, beside those the model has. */
#include "slips/diagnose_parts.h"
#include "slips/repairs_edit.h"

#include <ctype.h>
#include <string.h>

static bool is_known(const hg_claim *claim, size_t n, const hg_expr *e)
{
	for (size_t k = 0; k < n; k++)
		if (hg_expr_equal(claim->name[k].spelled, e))
			return true;
	return false;
}

/* The gradients the document has on its other left sides are quantities, too: dZ_2, dL/dz. */
static void add_gradients(const hg_search *in, hg_claim *more, hg_claim_name *name)
{
	for (size_t k = 0; k < in->nothers; k++) {
		const hg_claim *other = in->others[k];
		const hg_expr *left = other->left;
		bool one = left && (left->op == HG_OP_NAME || (left->op == HG_OP_DERIV && left->nkids == 2));
		if (!one || other->sort != HG_SORT_DERIVATIVE || is_known(more, more->nnames, left))
			continue;
		int layer = hg_layer_of(left->op == HG_OP_NAME ? left : left->kid[1]);
		name[more->nnames++] =
			(hg_claim_name){.spelled = left, .role = HG_ROLE_GRADIENT, .layer = layer, .batch = other->batch};
	}
}

/* z_2^{(i)} as Z_2 or, with its own letter, as z_2: without the indices that are letters. NULL when out of memory. */
static hg_expr *whole_of(const hg_search *in, const hg_expr *name, bool capital)
{
	hg_expr *e = hg_expr_copy(in->scratch, name);
	const char *text = hg_arena_print(in->scratch, "%c", toupper((unsigned char)name->name.p[0]));
	if (!e || !text)
		return NULL;
	if (capital)
		e->name = hg_str_of(text);
	e->nindex = 0;
	for (size_t k = 0; k < name->nindex; k++)
		if (name->index[k].e->op == HG_OP_NUM)
			e->index[e->nindex++] = name->index[k];
	return e;
}

static bool has_values(hg_role role)
{
	return role == HG_ROLE_LABEL || role == HG_ROLE_INPUT || role == HG_ROLE_ACTIVATION || role == HG_ROLE_PREACTIVATION;
}

/* What occurs for one sample only has its capital in a line for all of them; what occurs with an index, y_k, has a name
 * without it. */
static hg_status add_forms(const hg_search *in, hg_claim *more, hg_claim_name *name)
{
	for (size_t k = 0, n = more->nnames; k < n; k++) {
		const hg_expr *e = name[k].spelled;
		if (name[k].batch || e->op != HG_OP_NAME || e->name.n != 1 || !has_values(name[k].role))
			continue;
		hg_expr *form = whole_of(in, e, more->batch);
		if (!form)
			return HG_ENOMEM;
		if (is_known(more, more->nnames, form))
			continue;
		name[more->nnames] = name[k];
		name[more->nnames].batch = more->batch;
		name[more->nnames++].spelled = form;
	}
	return HG_OK;
}

enum { MOST_LETTERS = 3 };

/* The index letters of components in the tree: j and k of W_{jk}, a_j. */
static size_t component_letters(const hg_expr *e, const hg_expr *letter[MOST_LETTERS], size_t n)
{
	for (size_t k = 0; e->op == HG_OP_NAME && k < e->nindex; k++) {
		const hg_expr *i = e->index[k].e;
		for (size_t j = 0; j <= i->nkids && !e->index[k].sup; j++) {
			const hg_expr *own = j == 0 ? i : i->kid[j - 1];
			bool old = own->op != HG_OP_NAME || own->name.n != 1 || own->nindex > 0;
			for (size_t seen = 0; seen < n; seen++)
				old |= hg_expr_equal(letter[seen], own);
			if (!old && n < MOST_LETTERS)
				letter[n++] = own;
		}
	}
	for (size_t k = 0; k < e->nkids; k++)
		n = component_letters(e->kid[k], letter, n);
	return n;
}

static hg_expr *component_of(const hg_search *in, const hg_expr *name, const hg_expr *letter)
{
	hg_expr *e = hg_expr_copy(in->scratch, name);
	hg_index *index = HG_NEWS(in->scratch, name->nindex + 1, hg_index);
	if (!e || !index)
		return NULL;
	if (name->nindex)
		memcpy(index, name->index, name->nindex * sizeof *index);
	index[name->nindex] = (hg_index){.style = HG_INDEX_BARE, .e = (hg_expr *)letter};
	e->index = index;
	e->nindex++;
	return e;
}

/* Where the claim is by components, dL/dW_{jk}, so is what could be missing in it: a_k beside a. */
static hg_status add_components(const hg_search *in, hg_claim *more, hg_claim_name *name)
{
	const hg_expr *letter[MOST_LETTERS];
	size_t letters = in->claim->left ? component_letters(in->claim->left, letter, 0) : 0;
	for (size_t k = 0, n = more->nnames; k < n; k++) {
		const hg_expr *e = name[k].spelled, *none[MOST_LETTERS];
		if (name[k].batch || e->op != HG_OP_NAME || !has_values(name[k].role) || component_letters(e, none, 0))
			continue;
		for (size_t i = 0; i < letters; i++) {
			hg_expr *form = component_of(in, e, letter[i]);
			if (!form)
				return HG_ENOMEM;
			if (is_known(more, more->nnames, form))
				continue;
			name[more->nnames] = name[k];
			name[more->nnames++].spelled = form;
		}
	}
	return HG_OK;
}

static bool has_count(const hg_claim *claim)
{
	for (size_t k = 0; k < claim->nnames; k++)
		if (claim->name[k].role == HG_ROLE_COUNT)
			return true;
	return false;
}

/* The number of samples by the letter the document has for it: what a fraction 1/N or a division has below. */
static void add_count(const hg_expr *e, hg_claim *more, hg_claim_name *name)
{
	const hg_expr *below = NULL;
	if (e->op == HG_OP_FRAC)
		below = e->kid[1];
	for (size_t k = 0; e->op == HG_OP_PRODUCT && k + 1 < e->nkids; k++)
		if (e->glue[k] == HG_GLUE_DIV)
			below = e->kid[k + 1];
	bool letter = below && below->op == HG_OP_NAME && below->nindex == 0 &&
	              (hg_str_is(below->name, HG_L_SAMPLES) || hg_str_is(below->name, HG_L_ALL_SAMPLES) || hg_str_is(below->name, HG_L_NUMBER));
	if (letter && !has_count(more) && !is_known(more, more->nnames, below))
		name[more->nnames++] = (hg_claim_name){.spelled = below, .role = HG_ROLE_COUNT, .layer = -1};
	for (size_t k = 0; k < e->nkids; k++)
		add_count(e->kid[k], more, name);
}

hg_status hg_search_names(const hg_search *in, hg_claim *more)
{
	const hg_claim *claim = in->claim;
	hg_claim_name *name = HG_NEWS(in->scratch, (1 + MOST_LETTERS) * (2 * claim->nnames + in->nothers + 2), hg_claim_name);
	if (!name)
		return HG_ENOMEM;
	if (claim->nnames)
		memcpy(name, claim->name, claim->nnames * sizeof *name);
	*more = *claim;
	more->name = name;
	add_gradients(in, more, name);
	for (size_t k = 0; k < in->nothers && !has_count(more); k++)
		add_count(in->others[k]->right, more, name);
	HG_TRY(add_forms(in, more, name));
	return add_components(in, more, name);
}
