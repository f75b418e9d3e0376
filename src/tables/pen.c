#include "tables/pen.h"

#include "names/names.h"

#include <string.h>

enum { MOST_LAYERS = 10 };

/* What is seen of a base letter that stands with a layer: the layers it is defined for, and used for. */
typedef struct letter_seen {
	hg_str base;
	unsigned defined, used;
	bool activation; /* defined as a function of z of its layer, or differentiated as one is */
} letter_seen;

typedef struct pen_scan {
	hg_habits habits;
	hg_arena *arena;
	size_t nletters;
	letter_seen letter[26];
	bool many; /* layers 10, 12 ... are there: then 11 may be one, too */
} pen_scan;

static letter_seen *letter_of(pen_scan *s, hg_str base)
{
	for (size_t i = 0; i < s->nletters; i++)
		if (hg_str_equal(s->letter[i].base, base))
			return &s->letter[i];
	if (s->nletters == sizeof s->letter / sizeof *s->letter)
		return NULL;
	s->letter[s->nletters] = (letter_seen){.base = base};
	return &s->letter[s->nletters++];
}

/* The layer of a plain name z^{[l]}; -1: no such name. */
static int layered(const pen_scan *s, const hg_expr *e, hg_ref *ref)
{
	while (e->op == HG_OP_BOX || e->op == HG_OP_BRACE)
		e = e->kid[0];
	if ((e->op != HG_OP_NAME && e->op != HG_OP_POW) || !hg_ref_of(e, &s->habits, s->arena, ref) || ref->gradient || ref->delta)
		return -1;
	bool number = ref->layer && ref->layer->op == HG_OP_NUM && ref->layer->digits < 0;
	return number && ref->layer->number >= 0 && ref->layer->number < MOST_LAYERS ? (int)ref->layer->number : -1;
}

static bool all_alike(hg_str digits)
{
	for (size_t i = 1; i < digits.n; i++)
		if (digits.p[i] != digits.p[0])
			return false;
	return true;
}

static void note_many(pen_scan *s, const hg_expr *e)
{
	for (size_t i = 0; i < e->nindex; i++) {
		const hg_index *x = &e->index[i];
		bool number = x->sup && x->style == HG_INDEX_BRACKET && x->e->op == HG_OP_NUM && x->e->name.n > 1;
		s->many = s->many || (number && !all_alike(x->e->name));
	}
}

/* da^{[l]}/dz^{[l]} and dz^{[l+1]}/da^{[l]} are derivatives of and by an activation. */
static bool see(void *self, const hg_expr *e)
{
	pen_scan *s = self;
	hg_ref above, below;
	note_many(s, e);
	int layer = layered(s, e, &above);
	letter_seen *l = layer >= 0 ? letter_of(s, above.base) : NULL;
	if (l)
		l->used |= 1u << layer;
	if (e->op != HG_OP_DERIV || e->nkids < 2)
		return true;
	int up = layered(s, e->kid[0], &above), down = layered(s, e->kid[1], &below);
	if (up < 0 || down < 0)
		return true;
	l = up == down && hg_str_is(below.base, HG_L_PREACTIVATION) ? letter_of(s, above.base)
	    : up == down + 1 && hg_str_is(above.base, HG_L_PREACTIVATION) ? letter_of(s, below.base) : NULL;
	if (l && !hg_str_is(l->base, HG_L_PREACTIVATION))
		l->activation = true;
	return true;
}

/* a^{[l]} = g(z^{[l]}) */
static void see_definition(pen_scan *s, const hg_statement *st)
{
	hg_ref ref, argument;
	int layer = st->nsides > 1 && st->side[0].e && st->side[0].rel == HG_REL_NONE ? layered(s, st->side[0].e, &ref) : -1;
	letter_seen *l = layer >= 0 ? letter_of(s, ref.base) : NULL;
	if (!l)
		return;
	l->defined |= 1u << layer;
	for (size_t k = 1; k < st->nsides; k++) {
		const hg_expr *e = st->side[k].e;
		hg_ref other;
		int same = e ? layered(s, e, &other) : -1; /* y = a^{[2]} = ... names a, too */
		letter_seen *also = same >= 0 ? letter_of(s, other.base) : NULL;
		if (also)
			also->defined |= 1u << same;
		if (e && e->op == HG_OP_CALL && e->nkids == 2 && layered(s, e->kid[1], &argument) == layer && hg_str_is(argument.base, HG_L_PREACTIVATION))
			l->activation = true;
	}
}

/* The one letter whose activations the document defines, for all the layers `used` stands with. */
static const letter_seen *activation_for(const pen_scan *s, const letter_seen *unknown)
{
	const letter_seen *found = NULL;
	for (size_t i = 0; i < s->nletters; i++) {
		const letter_seen *l = &s->letter[i];
		if (!l->activation || !l->defined || (unknown->used & ~(l->defined | 1u)))
			continue;
		if (found)
			return NULL;
		found = l;
	}
	return found;
}

static bool known_letter(hg_str base)
{
	return base.n != 1 || strchr(HG_LS_KNOWN, base.p[0]) || hg_is_loss_name(base);
}

hg_status hg_pen_add(hg_pen *pen, hg_arena *arena, hg_span span, const char *note)
{
	if (!note)
		return HG_ENOMEM;
	if (pen->nslips == pen->room) {
		size_t room = pen->room ? 2 * pen->room : 16;
		hg_pen_slip *more = HG_NEWS(arena, room, hg_pen_slip);
		if (!more)
			return HG_ENOMEM;
		if (pen->nslips)
			memcpy(more, pen->slip, pen->nslips * sizeof *more);
		pen->slip = more;
		pen->room = room;
	}
	pen->slip[pen->nslips++] = (hg_pen_slip){span, note};
	return HG_OK;
}

/* ---- what is written again ------------------------------------------------------------------------------------------- */

typedef struct mender {
	pen_scan *scan;
	hg_pen *pen;
	bool found;
} mender;

static hg_status add_slip(mender *m, hg_span span, const char *note)
{
	m->found = true;
	return hg_pen_add(m->pen, m->scan->arena, span, note);
}

/* 22 where the layers are 1 and 2: the digit was written twice. */
static bool doubled_digit(const pen_scan *s, const hg_expr *name, const hg_index *x, int *digit)
{
	const hg_expr *e = x->e;
	bool sample = x->style == HG_INDEX_PAREN && strchr(HG_LS_OF_SAMPLES, name->name.p[0]); /* x^{(22)}: the 22nd */
	if (s->many || sample || !x->sup || (x->style != HG_INDEX_BRACKET && x->style != HG_INDEX_PAREN) || e->op != HG_OP_NUM || e->digits >= 0 ||
	    e->name.n < 2 || (x->style == HG_INDEX_PAREN && !s->habits.paren_layers))
		return false;
	if (!all_alike(e->name))
		return false;
	*digit = e->name.p[0] - '0';
	return *digit >= 1 && *digit <= s->habits.layers;
}

static hg_status mend_index(mender *m, hg_expr *e, hg_index *x)
{
	int digit;
	if (!doubled_digit(m->scan, e, x, &digit))
		return HG_OK;
	hg_expr *layer = hg_expr_copy(m->scan->arena, x->e);
	if (!layer)
		return HG_ENOMEM;
	layer->number = digit;
	layer->name = hg_str_part(x->e->name, 0, 1);
	const char *note = hg_arena_print(m->scan->arena, "layer %.*s of %.*s is read as layer %d: there are only %d layers",
	                                  HG_STR_ARG(x->e->name), HG_STR_ARG(e->name), digit, m->scan->habits.layers);
	x->e = layer;
	return add_slip(m, e->span, note);
}

static hg_status mend_letter(mender *m, hg_expr *e)
{
	hg_ref ref;
	int layer = layered(m->scan, e, &ref);
	const letter_seen *l = layer >= 0 ? letter_of(m->scan, ref.base) : NULL;
	if (!l || l->defined || !l->activation || known_letter(l->base))
		return HG_OK;
	const letter_seen *meant = activation_for(m->scan, l);
	if (!meant || meant == l)
		return HG_OK;
	const char *note = hg_arena_print(m->scan->arena, "%.*s of layer %d is read as %.*s: the document does not say what %.*s is, "
	                                  "and differentiates it as %.*s", HG_STR_ARG(e->name), layer, HG_STR_ARG(meant->base),
	                                  HG_STR_ARG(e->name), HG_STR_ARG(meant->base));
	e->name = meant->base;
	if (ref.upper) {
		char *upper = hg_arena_copy(m->scan->arena, meant->base.p, meant->base.n);
		if (!upper)
			return HG_ENOMEM;
		if (*upper >= 'a' && *upper <= 'z')
			*upper = (char)(*upper - 'a' + 'A');
		e->name.p = upper;
	}
	return add_slip(m, e->span, note);
}

/* A tree of its own, with the names that are meant. */
static hg_status mend(mender *m, hg_expr *e)
{
	if (e->op == HG_OP_NAME) {
		HG_TRY(mend_letter(m, e));
		for (size_t i = 0; i < e->nindex; i++)
			HG_TRY(mend_index(m, e, &e->index[i]));
	}
	for (size_t i = 0; i < e->nkids; i++)
		HG_TRY(mend(m, e->kid[i]));
	return HG_OK;
}

static bool says_loss(const pen_scan *s, const hg_statement *st)
{
	hg_ref ref;
	const hg_expr *e = st->side[0].e;
	if (e && e->op == HG_OP_CALL)
		e = e->kid[0];
	return e && hg_ref_of(e, &s->habits, s->arena, &ref) && hg_is_loss_name(ref.base);
}

/* ---- the prediction in a loss ------------------------------------------------------------------------------------------ */

typedef struct operator_search {
	const hg_expr *loss, *name; /* the loss as written, and the name in it that stands for the prediction */
	hg_arena *arena;
	const hg_expr *prediction;  /* found: what it is differentiated by */
} operator_search;

static void replace(hg_expr *e, const hg_expr *from, const hg_expr *to)
{
	for (size_t i = 0; i < e->nkids; i++)
		replace(e->kid[i], from, to);
	if (e->op != HG_OP_NAME || !hg_expr_equal(e, from))
		return;
	e->name = to->name;
	e->accent = to->accent;
	e->index = to->index;
	e->nindex = to->nindex;
}

/* d/da^{[2]} of the same loss, with a^{[2]} where the name stands. */
static bool see_operator(void *self, const hg_expr *e)
{
	operator_search *o = self;
	if (e->op != HG_OP_DERIV || e->nkids < 2 || e->kid[0]->op == HG_OP_NAME || e->kid[1]->op != HG_OP_NAME || o->prediction)
		return !o->prediction;
	hg_expr *loss = hg_expr_copy(o->arena, o->loss);
	if (!loss)
		return false;
	replace(loss, o->name, e->kid[1]);
	if (hg_expr_equal(loss, e->kid[0]))
		o->prediction = e->kid[1];
	return !o->prediction;
}

/* L(q, y) = ..., and dL/da = d/da ... with the same between: q is the prediction a. */
static hg_status mend_loss(mender *m, const hg_statements *said, hg_statement *st)
{
	const hg_expr *call = st->side[0].e;
	hg_ref ref;
	if (st->nsides != 2 || call->op != HG_OP_CALL || !st->side[1].e || call->nkids < 2 || call->kid[1]->op != HG_OP_NAME ||
	    layered(m->scan, call->kid[1], &ref) < 0)
		return HG_OK;
	operator_search o = {.loss = st->side[1].e, .name = call->kid[1], .arena = m->scan->arena};
	for (size_t i = 0; i < said->n && !o.prediction; i++)
		for (size_t k = 0; k < said->at[i].nsides; k++)
			hg_expr_visit(said->at[i].side[k].e, see_operator, &o);
	hg_side *side = o.prediction && !hg_expr_equal(o.prediction, o.name) ? HG_NEWS(m->scan->arena, 2, hg_side) : NULL;
	if (!side)
		return hg_arena_failed(m->scan->arena) ? HG_ENOMEM : HG_OK;
	for (size_t k = 0; k < 2; k++) {
		side[k] = st->side[k];
		side[k].e = hg_expr_copy(m->scan->arena, side[k].e);
		if (!side[k].e)
			return HG_ENOMEM;
		replace(side[k].e, o.name, o.prediction);
	}
	st->side = side;
	return add_slip(m, call->kid[1]->span, "the first name in the loss is read as the prediction it is differentiated by below");
}

static hg_status mend_statement(mender *m, hg_statement *st)
{
	hg_side *side = HG_NEWS(m->scan->arena, st->nsides + 1, hg_side);
	m->found = false;
	if (!side)
		return HG_ENOMEM;
	for (size_t k = 0; k < st->nsides; k++) {
		side[k] = st->side[k];
		if (!side[k].e)
			continue;
		side[k].e = hg_expr_copy(m->scan->arena, side[k].e);
		if (!side[k].e)
			return HG_ENOMEM;
		HG_TRY(mend(m, side[k].e));
	}
	if (m->found)
		st->side = side;
	return HG_OK;
}

/* Is there anything to mend at all? */
static bool suspicious(const pen_scan *s, const hg_statements *said)
{
	for (size_t i = 0; i < s->nletters; i++)
		if (s->letter[i].activation && !s->letter[i].defined)
			return true;
	for (size_t i = 0; i < said->n; i++) {
		hg_str text = hg_source_text(said->doc->source, said->at[i].span);
		for (size_t k = 0; k + 2 < text.n; k++)
			if ((text.p[k] == '[' || text.p[k] == '(') && text.p[k + 1] == text.p[k + 2] && text.p[k + 1] > '0' && text.p[k + 1] <= '9')
				return true;
	}
	return false;
}

hg_status hg_pen_read(hg_arena *arena, hg_pen *pen)
{
	const hg_statements *said = pen->meant;
	pen_scan scan = {.arena = arena};
	const size_t before = pen->nslips;
	hg_habits_of(said, &scan.habits);
	if (!scan.habits.bracket_layers && !scan.habits.paren_layers)
		return HG_OK;
	for (size_t i = 0; i < said->n; i++) {
		for (size_t k = 0; k < said->at[i].nsides; k++)
			hg_expr_visit(said->at[i].side[k].e, see, &scan);
		see_definition(&scan, &said->at[i]);
	}
	hg_statements *meant = suspicious(&scan, said) ? HG_NEW(arena, hg_statements) : NULL;
	if (!meant)
		return hg_arena_failed(arena) ? HG_ENOMEM : HG_OK;
	*meant = *said;
	meant->at = HG_NEWS(arena, said->n + 1, hg_statement);
	if (!meant->at)
		return HG_ENOMEM;
	memcpy(meant->at, said->at, said->n * sizeof *said->at);
	mender m = {.scan = &scan, .pen = pen};
	for (size_t i = 0; i < said->n; i++)
		if (said->at[i].nsides)
			HG_TRY(says_loss(&scan, &said->at[i]) ? mend_loss(&m, said, &meant->at[i]) : mend_statement(&m, &meant->at[i]));
	if (pen->nslips > before)
		pen->meant = meant;
	return HG_OK;
}

const char *hg_pen_next(const hg_pen *pen, const hg_expr *e, size_t *from)
{
	while (pen && e && *from < pen->nslips) {
		hg_span at = pen->slip[*from].span;
		const char *note = pen->slip[(*from)++].note;
		if (at.at >= e->span.at && at.at + at.n <= e->span.at + e->span.n)
			return note;
	}
	return NULL;
}
