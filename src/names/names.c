#include "names/customs.h"
#include "names/known_names.h"
#include "names/name_parts.h"

#include <ctype.h>
#include <string.h>

static bool one_of(const hg_expr *e, const char *letters)
{
	return e && e->op == HG_OP_NAME && e->name.n == 1 && !e->nindex && !(e->accent & HG_HAT) && strchr(letters, e->name.p[0]);
}

static bool may(const hg_expr *e, unsigned what)
{
	return e && e->op == HG_OP_NAME && e->name.n == 1 && !e->nindex && !(e->accent & HG_HAT) && (hg_custom_of(e->name) & what);
}

bool hg_is_index_letter(const hg_expr *e) { return may(e, HG_MAY_INDEX); }

bool hg_is_sample_letter(const hg_expr *e) { return may(e, HG_MAY_SAMPLE); }

/* ---- the indices -------------------------------------------------------------------------------------------------- */

static bool layer_like(const hg_expr *i)
{
	if (!i)
		return false;
	if (i->op == HG_OP_SUM_OF)
		return layer_like(i->kid[0]);
	return may(i, HG_MAY_LAYER) || (i->op == HG_OP_NAME && (hg_str_is(i->name, HG_L_CURLY_LAYER) || i->nindex));
}

/* k, k-1 or K where k is the letter of layers. */
static bool above_like(const hg_habits *habits, const hg_expr *i)
{
	if (i->op == HG_OP_SUM_OF)
		i = i->kid[0];
	return habits->above_letter && i->op == HG_OP_NAME && !i->nindex && i->name.n == 1 &&
	       tolower((unsigned char)i->name.p[0]) == habits->above_letter;
}

static bool is_weight(const hg_ref *ref)
{
	return hg_str_is(ref->base, HG_L_WEIGHT) || hg_str_is(ref->base, HG_L_BIAS) || hg_str_is(ref->base, HG_L_PARAMETERS);
}

static bool is_data_base(const hg_ref *ref)
{
	return hg_str_is(ref->base, HG_L_INPUT) || hg_str_is(ref->base, HG_L_LABEL) || hg_str_is(ref->base, HG_L_PREDICTION) || hg_str_is(ref->base, HG_L_STEP);
}

static void add_component(hg_ref *ref, const hg_expr *e)
{
	if (ref->ncomp < 3)
		ref->comp[ref->ncomp++] = e;
}

/* `jk` as one name, j k as a product, (j, k) as a list. */
static void add_components(hg_ref *ref, const hg_expr *e, hg_arena *arena)
{
	if (e->op == HG_OP_LIST || e->op == HG_OP_PRODUCT) {
		for (size_t i = 0; i < e->nkids; i++)
			add_components(ref, e->kid[i], arena);
		return;
	}
	if (e->op == HG_OP_COMPARE && hg_is_index_letter(e->kid[0])) /* the index i, where it is not k */
		e = e->kid[0];
	bool pair = e->op == HG_OP_NAME && (e->name.n == 2 || e->name.n == 3) && !e->nindex;
	for (size_t i = 0; pair && i < e->name.n; i++)
		pair = strchr(HG_LS_SIDE_BY_SIDE, e->name.p[i]) != NULL;
	if (!pair) {
		add_component(ref, e);
		return;
	}
	for (size_t i = 0; i < e->name.n; i++) {
		hg_expr *letter = hg_expr_new(arena, HG_OP_NAME, e->span, 0);
		if (!letter)
			return;
		letter->name = hg_str_part(e->name, i, 1);
		add_component(ref, letter);
	}
}

static bool is_time(const hg_expr *e)
{
	return one_of(e, HG_L_STEP) || (e->op == HG_OP_SUM_OF && e->nkids == 2 && one_of(e->kid[0], HG_L_STEP));
}

/* h, y of W_{hy}, t, o, t of L_{tot}: letters side by side some of which are never an index are a word. */
static hg_str word_of(const hg_expr *e, const hg_habits *habits, hg_arena *arena)
{
	if (habits->time && is_time(e)) /* h_t beside h_{t-1}: of two steps */
		return e->op == HG_OP_NAME ? HG_STR(HG_L_STEP) : e->kid[1]->op == HG_OP_NEG ? HG_STR(HG_L_STEP_BEFORE) : HG_STR(HG_L_STEP_AFTER);
	char word[8];
	size_t n = 0;
	bool never = false;
	if (e->op != HG_OP_LIST || e->nkids < 2 || e->nkids >= sizeof word)
		return (hg_str){0};
	for (size_t i = 0; i < e->nkids; i++) {
		const hg_expr *k = e->kid[i];
		bool beside = !i || k->span.at == e->kid[i - 1]->span.at + 1;
		if (k->op != HG_OP_NAME || k->name.n != 1 || k->nindex || k->accent || !beside)
			return (hg_str){0};
		never = never || strchr(HG_LS_NO_INDEX, k->name.p[0]);
		word[n++] = k->name.p[0];
	}
	return never ? (hg_str){hg_arena_copy(arena, word, n), n} : (hg_str){0};
}

static bool two_digits(const hg_expr *e) { return e->op == HG_OP_NUM && e->name.n == 2 && e->digits < 0; }

/* h_{W,b}: a function of the parameters below it; its indices are none. */
static bool parameters_below(const hg_expr *i)
{
	const hg_expr *first = i->op == HG_OP_LIST && i->nkids ? i->kid[0] : i;
	return one_of(first, HG_L_WEIGHTS) || (first->op == HG_OP_NAME && !first->nindex && hg_str_is(first->name, HG_L_ALL_PARAMETERS));
}

static bool is_parameter(const hg_expr *e)
{
	static const char *const names[] = {HG_LIST_BELOW_FUNCTIONS, NULL};
	return e->op == HG_OP_NAME && !e->nindex && hg_str_listed(e->name, names);
}

/* h_theta(x), f_{w,b}(x): a function, and what it depends on beside its argument. */
static bool names_parameters(const hg_ref *ref, const hg_expr *i)
{
	static const char *const functions[] = {HG_LIST_OF_PARAMETERS, NULL};
	bool all = i->op == HG_OP_LIST && i->nkids > 1;
	for (size_t k = 0; all && k < i->nkids; k++)
		all = is_parameter(i->kid[k]);
	return hg_str_listed(ref->base, functions) && (all || is_parameter(i));
}

static void read_below(const hg_expr *i, const hg_habits *habits, hg_arena *arena, hg_ref *ref)
{
	static const char *const pairs[] = {HG_LIST_PAIRS, NULL};
	bool word = i->op == HG_OP_TEXT || (i->op == HG_OP_NAME && !hg_is_index_letter(i) && i->name.n > 1 && !i->nindex &&
	                                    !hg_str_listed(i->name, pairs));
	bool above = habits->bracket_layers || habits->paren_layers || habits->bare_layers;
	const bool marked = above || habits->call_layers || habits->letter_below_layers;
	bool gradient = (ref->delta || (ref->gradient && marked)) && !ref->layer; /* dz_2 beside z^{[2]} */
	if (habits->sample_letter && i->op == HG_OP_NAME && i->name.n == 1 && i->name.p[0] == habits->sample_letter && !ref->sample) {
		ref->sample = i;
		return;
	}
	if (names_parameters(ref, i))
		return;
	if (parameters_below(i)) {
		ref->label = i->op == HG_OP_LIST ? i->kid[0]->name : i->name;
	} else if (word_of(i, habits, arena).p) {
		ref->label = word_of(i, habits, arena);
	} else if (word || one_of(i, HG_LS_LABEL_BELOW)) {
		ref->label = i->name;
	} else if (i->op == HG_OP_NUM && !ref->layer && ((!above && (habits->below_layers || (habits->glued_layers && ref->base.n == 1 && strchr(HG_LS_GLUED, ref->base.p[0])))) || gradient) && !two_digits(i)) {
		ref->layer = i;
	} else if (i->op == HG_OP_NUM && two_digits(i) && (is_weight(ref) || habits->below_layers)) {
		if (!ref->layer && !above && habits->below_layers && !is_weight(ref)) /* z_{21}: layer, component */
			ref->layer = hg_name_number(arena, hg_str_part(i->name, 0, 1));
		else
			add_component(ref, hg_name_number(arena, hg_str_part(i->name, 0, 1)));
		add_component(ref, hg_name_number(arena, hg_str_part(i->name, 1, 1)));
	} else if (!ref->layer && !above && ((layer_like(i) && !(habits->l_counts && one_of(i, HG_L_LAYER))) || (habits->letter_below_layers && i->op != HG_OP_LIST &&
	                                                       (hg_is_index_letter(i) || i->op == HG_OP_SUM_OF)))) {
		ref->layer = i;
	} else if (i->op == HG_OP_LIST && i->nkids == 2 && !above && habits->below_layers && !ref->layer &&
	           i->kid[0]->op == HG_OP_NUM) {
		ref->layer = i->kid[0];
		add_components(ref, i->kid[1], arena);
	} else {
		add_components(ref, i, arena);
	}
}

static void read_above(const hg_index *x, const hg_habits *habits, hg_arena *arena, hg_ref *ref)
{
	const hg_expr *i = x->e;
	if (habits->time && is_time(i) && !ref->label.n) {
		ref->label = word_of(i, habits, arena);
	} else if (x->style == HG_INDEX_BRACKET && !ref->layer && !ref->label.n) {
		if (i->op == HG_OP_LIST && i->nkids == 1)
			i = i->kid[0];
		ref->layer = i;
	} else if (x->style == HG_INDEX_PAREN && !ref->layer && !ref->label.n &&
	           ((is_weight(ref) && !(habits->sample_marks && hg_is_sample_letter(i))) || layer_like(i) || above_like(habits, i) ||
	            (i->op == HG_OP_NUM && habits->paren_layers && !(is_data_base(ref) && habits->sample_marks)))) {
		if (one_of(i, HG_LS_LABEL_ABOVE))
			ref->label = i->name;
		else
			ref->layer = i;
	} else if (x->style == HG_INDEX_PAREN && !ref->sample) {
		ref->sample = i;
	} else if (x->style == HG_INDEX_BARE && one_of(i, HG_LS_LABEL_ABOVE) && !ref->layer) {
		ref->label = i->name;
	} else if (i->op == HG_OP_TEXT) {
		ref->label = i->name;
	} else if (!ref->layer && (layer_like(i) || above_like(habits, i) || i->op == HG_OP_NUM)) {
		ref->layer = i;
	} else if (!ref->sample) {
		ref->sample = i;
	} else {
		add_components(ref, i, arena);
	}
}

/* W[i], A[i-1] */
static bool bracket_layer(const hg_index *x, const hg_habits *habits)
{
	const hg_expr *e = x->e->op == HG_OP_SUM_OF ? x->e->kid[0] : x->e;
	return habits->bracket_letter && x->style == HG_INDEX_BRACKET && e->op == HG_OP_NAME && e->name.n == 1 &&
	       e->name.p[0] == habits->bracket_letter;
}

static void read_indices(const hg_expr *e, const hg_habits *habits, hg_arena *arena, hg_ref *ref)
{
	for (size_t k = 0; k < e->nindex; k++) { /* what stands above tells the layer, if anything there does */
		if (e->index[k].sup)
			read_above(&e->index[k], habits, arena, ref);
	}
	for (size_t k = 0; k < e->nindex; k++) {
		const hg_index *x = &e->index[k];
		bool call = !x->sup && (x->style == HG_INDEX_PAREN || x->style == HG_INDEX_BRACKET);
		if (x->sup)
			continue;
		if (!call)
			read_below(x->e, habits, arena, ref);
		else if (!ref->layer && (x->e->op == HG_OP_NUM || layer_like(x->e) || bracket_layer(x, habits)) && (!is_data_base(ref) || is_weight(ref)))
			ref->layer = x->e;
		else if (!ref->layer && habits->letter_below_layers && habits->call_layers && !is_data_base(ref) &&
		         (hg_is_index_letter(x->e) || x->e->op == HG_OP_SUM_OF))
			ref->layer = x->e;
		else if (!ref->sample && x->style == HG_INDEX_PAREN)
			ref->sample = x->e;
		else if (!ref->sample && hg_is_index_letter(x->e))
			ref->sample = x->e;
		else
			add_components(ref, x->e, arena);
	}
}

/* ---- names ----------------------------------------------------------------------------------------------------------- */

static bool bare_layer(const hg_ref *ref, const hg_expr *exponent, const hg_habits *habits)
{
	if (!habits->bare_layers || ref->layer)
		return false;
	return layer_like(exponent) || above_like(habits, exponent) || (exponent->op == HG_OP_NUM && exponent->digits < 0 && exponent->number >= 0) ||
	       one_of(exponent, HG_LS_MARK_ABOVE);
}

static bool read_power(const hg_expr *exponent, const hg_habits *habits, hg_ref *ref)
{
	bool parens = exponent->bracketed;
	if (exponent->op == HG_OP_NUM && exponent->number == 2 && hg_is_squared_name(habits, ref->base) && !ref->power) {
		ref->base = HG_STR(HG_L_VARIANCE);
		return true;
	}
	if (one_of(exponent, HG_LS_LABEL_ABOVE) && habits->bare_layers && !ref->layer)
		ref->label = exponent->name;
	else if (bare_layer(ref, exponent, habits))
		ref->layer = exponent;
	else if (one_of(exponent, HG_L_TRANSPOSED))
		ref->transposed = true;
	else if (one_of(exponent, HG_L_SMALL_TRANSPOSED) && is_weight(ref))
		ref->transposed = true;
	else if (is_data_base(ref) && one_of(exponent, HG_LS_SAMPLE_ABOVE) && !ref->sample)
		ref->sample = exponent;
	else if (parens && !ref->sample && hg_is_sample_letter(exponent))
		ref->sample = exponent;
	else if (!ref->power)
		ref->power = exponent;
	else
		return false;
	return true;
}

static void read_name(const hg_expr *e, const hg_habits *habits, hg_arena *arena, hg_ref *ref)
{
	*ref = (hg_ref){0};
	hg_name_read_base(e, habits, arena, ref);
	read_indices(e, habits, arena, ref);
	if (ref->delta && habits->late_signals && ref->layer && ref->layer->op == HG_OP_NUM) {
		hg_expr *below = hg_expr_copy(arena, ref->layer);
		if (below) {
			below->number -= 1;
			below->name = (hg_str){hg_arena_print(arena, "%g", below->number), 1};
			ref->layer = below;
		}
	}
}

static void recall_name(const hg_expr *e, const hg_habits *habits, hg_arena *arena, hg_ref *ref)
{
	const hg_ref *known = hg_known_names_find(habits->known, e);
	hg_ref *anew;
	if (!known) {
		const hg_expr *kept = hg_known_names_add(habits->known, e, &anew);
		if (kept)
			read_name(kept, habits, hg_known_names_arena(habits->known), anew);
		else
			read_name(e, habits, arena, ref);
		if (!kept)
			return;
		known = anew;
	}
	*ref = *known;
}

bool hg_ref_of(const hg_expr *e, const hg_habits *habits, hg_arena *arena, hg_ref *ref)
{
	switch (e->op) {
	case HG_OP_BOX:
	case HG_OP_BRACE:
		return hg_ref_of(e->kid[0], habits, arena, ref);
	case HG_OP_NAME:
		*ref = (hg_ref){0};
		if (!e->name.n)
			return false;
		if (habits->known)
			recall_name(e, habits, arena, ref);
		else
			read_name(e, habits, arena, ref);
		return true;
	case HG_OP_TRANSPOSE:
		if (e->nindex || !hg_ref_of(e->kid[0], habits, arena, ref) || ref->power)
			return false;
		ref->transposed = !ref->transposed;
		return true;
	case HG_OP_POW:
		return e->kid[0]->op != HG_OP_POW && hg_ref_of(e->kid[0], habits, arena, ref) && !ref->transposed &&
		       read_power(e->kid[1], habits, ref);
	case HG_OP_PRIME:
		if (!hg_ref_of(e->kid[0], habits, arena, ref) || ref->primed)
			return false;
		return ref->primed = true;
	case HG_OP_SLICE:
		if (!hg_ref_of(e->kid[0], habits, arena, ref))
			return false;
		for (size_t i = 1; i < e->nkids; i++)
			add_component(ref, e->kid[i]);
		ref->slice = true;
		return true;
	default:
		return false;
	}
}

bool hg_name_at(const hg_expr *e, const hg_habits *habits, hg_arena *arena, hg_ref *ref)
{
	if (e->op != HG_OP_NAME && e->op != HG_OP_SLICE && e->op != HG_OP_POW)
		return false;
	return hg_ref_of(e, habits, arena, ref) && !ref->power;
}
