/* What tables and words say of the forward pass, as equations: each layer's output gets a name, its input is the one
 * before, z1 = W1 x + b1, z2 = f(z1) ... */
#include "tables/forward.h"

#include "model/building.h"

#include <string.h>

typedef struct usage {
	hg_habits habits;
	hg_arena *arena;
	int z, a, h;   /* the highest layer each stands with; -1: none */
	bool yhat;
	hg_str loss;   /* what is differentiated; empty: nothing */
	bool forward;  /* equations define a z or an a */
} usage;

static bool see(void *self, const hg_expr *e)
{
	usage *u = self;
	hg_ref ref;
	const hg_expr *above = e->op == HG_OP_DERIV ? e->kid[0] : NULL;
	if (above && above->op == HG_OP_NAME && !u->loss.n && hg_ref_of(above, &u->habits, u->arena, &ref) && hg_is_loss_name(ref.base))
		u->loss = ref.base;
	if (e->op != HG_OP_NAME || !hg_ref_of(e, &u->habits, u->arena, &ref))
		return true;
	u->yhat = u->yhat || hg_str_is(ref.base, HG_L_PREDICTION);
	int layer = ref.layer && ref.layer->op == HG_OP_NUM && ref.layer->digits < 0 && ref.layer->number < 100 ? (int)ref.layer->number
	            : ref.ncomp == 1 && ref.comp[0]->op == HG_OP_NUM && ref.comp[0]->number < 100 ? (int)ref.comp[0]->number : -1;
	int *highest = hg_str_is(ref.base, HG_L_PREACTIVATION) ? &u->z : hg_str_is(ref.base, HG_L_ACTIVATION) ? &u->a : hg_str_is(ref.base, HG_L_HIDDEN) ? &u->h : NULL;
	if (highest && layer > *highest)
		*highest = layer;
	return true;
}

/* W x + b, sigma(s): a layer, whatever its output is called. */
static bool see_layer(void *self, const hg_expr *e)
{
	usage *u = self;
	hg_ref ref;
	bool weight = e->op == HG_OP_NAME && hg_ref_of(e, &u->habits, u->arena, &ref) && !ref.gradient && hg_str_is(ref.base, HG_L_WEIGHT);
	u->forward = u->forward || weight || (e->op == HG_OP_CALL && hg_is_known_function(e->kid[0]));
	return !u->forward;
}

static void see_statement(usage *u, const hg_statement *st)
{
	hg_ref ref;
	for (size_t k = 0; k < st->nsides; k++)
		hg_expr_visit(st->side[k].e, see, u);
	const hg_expr *left = st->nsides > 1 ? st->side[0].e : NULL;
	if (left && left->op == HG_OP_NAME && st->side[1].e && !hg_expr_has(st->side[1].e, HG_OP_DERIV) &&
	    hg_ref_of(left, &u->habits, u->arena, &ref) && !ref.gradient && !ref.delta && !hg_is_loss_name(ref.base)) {
		u->forward = u->forward || hg_str_is(ref.base, HG_L_PREACTIVATION) || hg_str_is(ref.base, HG_L_ACTIVATION) || hg_str_is(ref.base, HG_L_HIDDEN);
		hg_expr_visit(st->side[1].e, see_layer, u);
	}
}

/* ---- names ------------------------------------------------------------------------------------------------------------ */

typedef struct naming {
	usage *use;
	hg_doc_model maker; /* an arena for what is invented */
	const hg_forward_said *said;
	const hg_expr *name[HG_MAX_LAYERS_SAID];
	size_t nlayers, nlinear; /* without the loss */
} naming;

/* z of layer k, with the layer where the document puts it. */
static hg_expr *layer_name(naming *n, const char *letter, int layer)
{
	const hg_habits *h = &n->use->habits;
	hg_expr *e = hg_invent_name(&n->maker, letter, layer);
	if (!e || !e->nindex)
		return e;
	hg_index *i = &e->index[0];
	if (h->paren_layers)
		i->style = HG_INDEX_PAREN;
	else if (h->below_layers && !h->bracket_layers)
		*i = (hg_index){HG_INDEX_BARE, false, i->e};
	else if ((h->glued_layers || h->call_layers) && !h->bracket_layers) {
		const char *glued = hg_arena_print(n->maker.arena, "%s%d", letter, layer);
		e->nindex = 0;
		e->name = hg_str_of(glued ? glued : letter);
	}
	return e;
}

static bool is_linear(const hg_layer_said *layer)
{
	if (layer->kind != HG_LAYER_OTHER || !layer->out)
		return layer->kind == HG_LAYER_LINEAR;
	return layer->out->op == HG_OP_SUM_OF || layer->out->op == HG_OP_PRODUCT;
}

/* z3 where there are two linear layers and no a: every layer of the table has its number. */
static bool numbered_through(const naming *n)
{
	const usage *u = n->use;
	return u->a < 0 && u->h < 0 && u->z > (int)n->nlinear && u->z + 1 >= (int)n->nlayers && u->z <= (int)n->nlayers;
}

static void name_layers(naming *n)
{
	const char *act = n->use->h >= 0 && n->use->a < 0 ? HG_L_HIDDEN : HG_L_ACTIVATION;
	bool through = numbered_through(n);
	int linear = 0;
	for (size_t k = 0; k < n->nlayers; k++) {
		const hg_layer_said *layer = &n->said->layer[k], *next = k + 1 < n->said->n ? layer + 1 : NULL;
		bool last = k + 1 == n->nlayers, product = is_linear(layer);
		linear += product;
		if (layer->called)
			n->name[k] = layer->called;
		else if (next && next->in && next->in->op == HG_OP_NAME && !next->alias)
			n->name[k] = next->in;
		else if (last && n->use->yhat && !(through ? n->use->z > (int)k : n->use->a >= linear || product))
			n->name[k] = hg_invent_name(&n->maker, HG_L_PREDICTION, HG_NO_LAYER);
		else if (through)
			n->name[k] = layer_name(n, HG_L_PREACTIVATION, (int)k + 1);
		else
			n->name[k] = layer_name(n, product ? HG_L_PREACTIVATION : act, linear);
	}
}

/* ---- equations -------------------------------------------------------------------------------------------------------- */

static hg_expr *with_name(hg_arena *arena, const hg_expr *e, const hg_expr *part, const hg_expr *alias, const hg_expr *by, bool *found)
{
	bool here = (part && hg_expr_equal(e, part)) || (alias && hg_expr_equal(e, alias));
	*found |= here;
	hg_expr *copy = hg_expr_copy(arena, here ? by : e);
	for (size_t i = 0; copy && !here && i < e->nkids; i++)
		copy->kid[i] = with_name(arena, e->kid[i], part, alias, by, found);
	return copy;
}

/* Layers of which only the name is there: W x + b, or the function. */
static hg_expr *by_word(naming *n, const hg_layer_said *layer, const hg_expr *in, int linear)
{
	hg_fn whole;
	hg_expr *input = hg_expr_copy(n->maker.arena, in);
	if (is_linear(layer)) {
		hg_expr *product = hg_invent(&n->maker, HG_OP_PRODUCT, layer_name(n, HG_L_WEIGHTS, linear), input);
		return hg_invent(&n->maker, HG_OP_SUM_OF, product, layer_name(n, HG_L_BIAS, linear));
	}
	hg_map map = hg_words_activation(layer->word, &whole);
	const char *f = whole == HG_FN_SOFTMAX    ? HG_L_SOFTMAX
	                : map == HG_MAP_RELU      ? HG_L_RELU
	                : map == HG_MAP_TANH      ? HG_L_TANH
	                : map == HG_MAP_SIGMOID   ? HG_L_SIGMOID
	                : map == HG_MAP_IDENTITY  ? HG_L_IDENTITY
	                : layer->word.n == 1      ? hg_arena_copy(n->maker.arena, layer->word.p, 1)
	                                          : HG_L_ANY_FUNCTION;
	return hg_invent_call(&n->maker, f, HG_NO_LAYER, input);
}

/* What layer k makes of the output before it. */
static hg_expr *equation(naming *n, size_t k, int linear)
{
	const hg_layer_said *layer = &n->said->layer[k];
	const hg_expr *before = k ? n->name[k - 1] : NULL, *written = k ? n->said->layer[k - 1].out : NULL;
	bool found = false;
	if (!layer->out)
		return by_word(n, layer, before ? before : hg_invent_name(&n->maker, HG_L_INPUT, HG_NO_LAYER), linear);
	if (!before)
		return hg_expr_copy(n->maker.arena, layer->out);
	if ((written && hg_expr_equal(layer->out, written)) || hg_expr_equal(layer->out, before)) /* nothing is done to it */
		return hg_invent_call(&n->maker, HG_L_IDENTITY, HG_NO_LAYER, hg_expr_copy(n->maker.arena, before));
	const hg_expr *input = layer->in && layer->in->op != HG_OP_NAME ? layer->in : NULL;
	hg_expr *e = with_name(n->maker.arena, layer->out, written, layer->alias, before, &found);
	return found || !e ? e : with_name(n->maker.arena, layer->out, input, NULL, before, &found);
}

typedef struct adding {
	hg_statements *to;
	size_t room, table;
} adding;

static size_t section_of(const hg_doc *doc, size_t stretch)
{
	size_t headings = 0;
	for (size_t i = 0; i <= stretch; i++)
		headings += doc->stretch[i].kind == HG_STRETCH_HEADING;
	return headings;
}

/* An equation of its own for the same name, outside of tables: that one holds. */
static bool written(const hg_statements *said, const hg_expr *name)
{
	for (size_t i = 0; i < said->n; i++) {
		const hg_statement *st = &said->at[i];
		if (!st->implied && st->nsides > 1 && st->side[0].e && hg_expr_equal(st->side[0].e, name) &&
		    !said->doc->stretch[st->stretch].table_cell)
			return true;
	}
	return false;
}

static hg_status add(adding *a, hg_arena *arena, const hg_doc *doc, size_t stretch, const hg_expr *left, hg_expr *right)
{
	if (!left || !right)
		return HG_ENOMEM;
	hg_statements *said = a->to;
	size_t at = 0;
	while (at < said->n && said->at[at].stretch <= stretch)
		at++;
	if (said->n == a->room || written(said, left))
		return HG_OK;
	hg_side *side = HG_NEWS(arena, 2, hg_side);
	if (!side)
		return HG_ENOMEM;
	hg_span span = doc->stretch[stretch].span;
	side[0] = (hg_side){.rel = HG_REL_NONE, .e = (hg_expr *)left, .span = span};
	side[1] = (hg_side){.rel = HG_REL_EQ, .e = right, .span = span};
	memmove(said->at + at + 1, said->at + at, (said->n - at) * sizeof *said->at);
	said->at[at] = (hg_statement){.stretch = stretch, .section = section_of(doc, stretch), .span = span, .nsides = 2,
	                                .side = side, .implied = a->table};
	said->n++;
	return HG_OK;
}

/* Z2 in the cell of an input, where z3 is what goes into that layer: the statement is about z3. */
static hg_status rename_alias(naming *n, size_t k, hg_statements *said, hg_pen *pen)
{
	const hg_layer_said *layer = &n->said->layer[k];
	hg_ref as, is;
	if (!k || !layer->alias || !hg_ref_of(layer->alias, &n->use->habits, n->maker.arena, &as) ||
	    !hg_ref_of(n->name[k - 1], &n->use->habits, n->maker.arena, &is))
		return HG_OK;
	if (hg_str_equal(as.base, is.base) && as.layer && is.layer && as.layer->number == is.layer->number)
		return HG_OK;
	for (size_t i = 0; i < said->n; i++) {
		hg_statement *st = &said->at[i];
		if (st->implied || st->nsides < 2 || !st->side[0].e || !hg_expr_equal(st->side[0].e, layer->alias) ||
		    !said->doc->stretch[st->stretch].table_cell || st->stretch > layer->stretch || st->stretch + 2 < layer->stretch)
			continue;
		hg_side *side = HG_NEWS(n->maker.arena, st->nsides, hg_side);
		hg_expr *name = hg_expr_copy(n->maker.arena, n->name[k - 1]);
		if (!side || !name)
			return HG_ENOMEM;
		memcpy(side, st->side, st->nsides * sizeof *side);
		name->span = side[0].e->span;
		side[0].e = name;
		st->side = side;
		HG_TRY(hg_pen_add(pen, n->maker.arena, name->span,
		                  "in the table it is called by another name than everywhere else: it is what goes into this layer"));
	}
	return HG_OK;
}

static hg_status add_layers(usage *u, const hg_doc *doc, const hg_forward_said *said, adding *a, hg_arena *arena, hg_pen *pen)
{
	naming n = {.use = u, .maker = {.arena = arena}, .said = said};
	int linear = 0;
	for (size_t k = 0; k < said->n && said->layer[k].kind != HG_LAYER_LOSS; k++) {
		n.nlayers++;
		n.nlinear += is_linear(&said->layer[k]);
	}
	name_layers(&n);
	a->table++;
	for (size_t k = 0; k < n.nlayers; k++) {
		const hg_layer_said *layer = &said->layer[k];
		linear += is_linear(layer);
		HG_TRY(rename_alias(&n, k, a->to, pen));
		if (!layer->called || doc->stretch[layer->stretch].kind == HG_STRETCH_PROSE)
			HG_TRY(add(a, arena, doc, layer->stretch, n.name[k], equation(&n, k, linear)));
	}
	const hg_expr *last = n.nlayers ? n.name[n.nlayers - 1] : NULL;
	hg_ref ref;
	if (last && u->yhat && hg_ref_of(last, &u->habits, arena, &ref) && !hg_str_is(ref.base, HG_L_PREDICTION))
		HG_TRY(add(a, arena, doc, said->layer[n.nlayers - 1].stretch, hg_invent_name(&n.maker, HG_L_PREDICTION, HG_NO_LAYER),
		           hg_expr_copy(arena, last)));
	for (size_t k = n.nlayers; k < said->n; k++) {
		const hg_layer_said *layer = &said->layer[k];
		if (!layer->out || layer->called || layer->kind != HG_LAYER_LOSS)
			continue;
		hg_expr *name = hg_invent_name(&n.maker, HG_L_LOSS, HG_NO_LAYER);
		if (name && u->loss.n)
			name->name = u->loss;
		HG_TRY(add(a, arena, doc, layer->stretch, name, hg_expr_copy(arena, layer->out)));
	}
	return HG_OK;
}

hg_status hg_forward_read(const hg_statements *users, hg_arena *arena, hg_pen *pen)
{
	enum { MOST_ADDED = 96 };
	const hg_doc *doc = pen->meant->doc;
	usage u = {.arena = arena, .z = -1, .a = -1, .h = -1};
	hg_forward_said said;
	hg_statements *meant = NULL;
	adding a = {0};
	for (size_t at = 0; at < doc->nstretches || !a.table;) {
		bool words = at >= doc->nstretches;
		if (!words)
			HG_TRY(hg_forward_table(doc, &at, arena, &said));
		else
			hg_forward_words(doc, &said);
		if (!said.n && words)
			break;
		if (!said.n)
			continue;
		if (!meant) {
			meant = HG_NEW(arena, hg_statements);
			if (!meant)
				return HG_ENOMEM;
			*meant = *pen->meant;
			a = (adding){.to = meant, .room = meant->n + MOST_ADDED};
			meant->at = HG_NEWS(arena, a.room, hg_statement);
			if (!meant->at)
				return HG_ENOMEM;
			if (meant->n)
				memcpy(meant->at, pen->meant->at, meant->n * sizeof *meant->at);
			hg_habits_of(pen->meant, &u.habits);
			for (size_t i = 0; i < meant->n; i++)
				see_statement(&u, &meant->at[i]);
			usage answers = {.arena = arena, .z = -1, .a = -1, .h = -1};
			if (users)
				hg_habits_of(users, &answers.habits);
			for (size_t i = 0; users && i < users->n; i++)
				see_statement(&answers, &users->at[i]);
			u.z = answers.z > u.z ? answers.z : u.z;
			u.a = answers.a > u.a ? answers.a : u.a;
			u.h = answers.h > u.h ? answers.h : u.h;
			u.yhat = u.yhat || answers.yhat;
			u.loss = u.loss.n ? u.loss : answers.loss;
		}
		if (words && u.forward)
			break;
		HG_TRY(add_layers(&u, doc, &said, &a, arena, pen));
	}
	if (a.table)
		pen->meant = meant;
	return hg_arena_failed(arena) ? HG_ENOMEM : HG_OK;
}
