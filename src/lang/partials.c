/* Partial derivatives written by a subscript: f_x where f = x^2 y, h_{uv}, J_{W_2} for the gradient of J. Whether a subscript
 * is one, the equations tell: the name without it is defined by what stands below, it is itself no part of any definition that
 * leads there, and the document has an equation for it. */
#include "lang/partials.h"

#include <string.h>

enum { MOST_NAMES = 64 };

typedef struct search {
	const hg_statements *doc[2]; /* the document, and its assignment or NULL */
	hg_arena *arena;
	const hg_expr *sought; /* the variable */
	const hg_expr *marked; /* the name with its subscript */
	bool found, spoiled;   /* the variable is met; the marked name is */
	size_t n;
	const hg_expr *seen[MOST_NAMES];
	bool failed;
} search;

static bool is_plain(const hg_expr *e) { return e->op == HG_OP_NAME && !e->nindex; }

/* The name that an equation defines: q of q = ... and of q(x, y) = ... */
static const hg_expr *defined_name(const hg_statement *s)
{
	const hg_expr *left = s->nsides > 1 && s->side[1].rel != HG_REL_IMPLIES ? s->side[0].e : NULL;
	if (left && left->op == HG_OP_CALL)
		left = left->kid[0];
	return left && left->op == HG_OP_NAME ? left : NULL;
}

static void look_into(search *s, const hg_expr *e, bool deep);

/* The definitions of a name, of those that were not looked into. */
static void look_up(search *s, const hg_expr *name, bool deep)
{
	for (size_t i = 0; i < s->n; i++)
		if (hg_expr_equal(s->seen[i], name))
			return;
	if (s->n == MOST_NAMES) {
		s->spoiled = true; /* too much to be sure */
		return;
	}
	s->seen[s->n++] = name;
	for (size_t d = 0; d < 2; d++)
		for (size_t i = 0; s->doc[d] && i < s->doc[d]->n; i++) {
			const hg_statement *said = &s->doc[d]->at[i];
			const hg_expr *of = defined_name(said);
			for (size_t k = 1; of && hg_expr_equal(of, name) && k < said->nsides; k++)
				look_into(s, said->side[k].e, deep);
		}
}

/* Indices are no quantities. */
static void look_into(search *s, const hg_expr *e, bool deep)
{
	if (!e || s->spoiled)
		return;
	if (e->op == HG_OP_NAME) {
		s->spoiled = s->spoiled || hg_expr_equal(e, s->marked);
		s->found = s->found || hg_expr_equal(e, s->sought);
		if (deep)
			look_up(s, e, deep);
	}
	for (size_t k = 0; k < e->nkids; k++)
		look_into(s, e->kid[k], deep);
}

/* W_2, b: what a network is trained by, and its layers; of these the loss may depend through others. */
static bool is_of_network(const hg_expr *v)
{
	const char c = v->name.n ? v->name.p[0] : ' ';
	return v->nindex || (c >= 'A' && c <= 'Z') || hg_str_any(v->name, HG_LIST_WEIGHTS);
}

/* q(.., v, ..) on the left of an equation */
static bool is_argument(const search *s, const hg_expr *q, const hg_expr *v)
{
	for (size_t d = 0; d < 2; d++)
		for (size_t i = 0; s->doc[d] && i < s->doc[d]->n; i++) {
			const hg_expr *left = s->doc[d]->at[i].nsides > 1 ? s->doc[d]->at[i].side[0].e : NULL;
			for (size_t k = 1; left && left->op == HG_OP_CALL && hg_expr_equal(left->kid[0], q) && k < left->nkids; k++)
				if (hg_expr_equal(left->kid[k], v))
					return true;
		}
	return false;
}

/* May v below q say by what q is differentiated? n, m, p count, or name a q. */
static bool may_vary(const search *s, const hg_expr *q, const hg_expr *v)
{
	if (hg_str_any(q->name, HG_LIST_LOSSES))
		return is_of_network(v);
	const bool letter = is_plain(v) && v->name.n == 1;
	return (letter && strchr(HG_LS_VARIABLES, v->name.p[0])) || is_argument(s, q, v);
}

static bool depends(search *s, const hg_expr *marked, const hg_expr *q, const hg_expr *v)
{
	s->marked = marked;
	s->sought = v;
	s->found = s->spoiled = false;
	s->n = 0;
	look_up(s, q, hg_str_any(q->name, HG_LIST_LOSSES) && is_of_network(v));
	return s->found && !s->spoiled;
}

/* Is there an equation for it? */
static bool is_stated(const search *s, const hg_expr *marked)
{
	for (size_t i = 0; i < s->doc[0]->n; i++)
		for (size_t k = 0; k < s->doc[0]->at[i].nsides && s->doc[0]->at[i].nsides > 1; k++) {
			const hg_expr *e = s->doc[0]->at[i].side[k].e;
			while (e && e->op == HG_OP_BOX && e->nkids)
				e = e->kid[0];
			e = e && e->op == HG_OP_CALL ? e->kid[0] : e;
			if (e && hg_expr_equal(e, marked))
				return true;
		}
	return false;
}

/* The variables below: one, or the two of h_{uv}. */
static size_t variables_of(const hg_expr *e, hg_expr *v[2])
{
	if (e->op != HG_OP_NAME || e->nindex != 1 || e->index[0].sup || e->accent)
		return 0;
	hg_expr *below = e->index[0].e;
	if (below->op == HG_OP_PRODUCT && below->nkids == 2 && is_plain(below->kid[0]) && is_plain(below->kid[1])) {
		v[0] = below->kid[0];
		v[1] = below->kid[1];
		return 2;
	}
	v[0] = below;
	return below->op == HG_OP_NAME ? 1 : 0;
}

static hg_expr *derivative(search *s, const hg_expr *marked, hg_expr *of, hg_expr *by)
{
	hg_expr *e = hg_expr_new(s->arena, HG_OP_DERIV, marked->span, 2);
	s->failed = s->failed || !e || !of || !by;
	if (s->failed)
		return NULL;
	e->word = HG_STR("partial");
	e->kid[0] = of;
	e->kid[1] = by;
	return e;
}

/* J_{Z}^{(i)} is by z^{(i)}: what stands below alone, and the mark of a sample apart. */
static hg_expr without_sample(const hg_expr *e, hg_index *sample)
{
	hg_expr bare = *e;
	*sample = (hg_index){0};
	const bool marked = e->op == HG_OP_NAME && e->nindex == 2 && e->index[0].sup != e->index[1].sup;
	const size_t k = marked && e->index[1].sup;
	if (!marked || e->index[k].style != HG_INDEX_PAREN)
		return bare;
	*sample = e->index[k];
	bare.nindex = 1;
	bare.index = &e->index[1 - k];
	return bare;
}

static hg_expr *of_sample(search *s, const hg_expr *v, hg_index sample)
{
	hg_expr *e = hg_expr_copy(s->arena, v);
	hg_index *all = HG_NEWS(s->arena, v->nindex + 1, hg_index);
	s->failed = s->failed || !e || !all;
	if (s->failed)
		return NULL;
	for (size_t i = 0; i < e->nindex; i++)
		all[i] = e->index[i];
	all[e->nindex++] = sample;
	e->index = all;
	return e;
}

/* What q_v is, or q_v(x, y) with its arguments; NULL: no derivative. */
static hg_expr *partial(search *s, const hg_expr *written, const hg_expr *call)
{
	hg_index sample;
	const hg_expr bare = without_sample(written, &sample), *marked = &bare;
	hg_expr *v[2];
	const size_t n = variables_of(marked, v);
	if (!n)
		return NULL;
	hg_expr q = *marked;
	q.nindex = 0;
	bool all = is_stated(s, marked);
	for (size_t i = 0; i < n && all; i++)
		all = may_vary(s, &q, v[i]) && depends(s, marked, &q, v[i]);
	hg_expr *of = all ? hg_expr_copy(s->arena, call ? call : &q) : NULL;
	if (of && call)
		of->kid[0]->nindex = 0;
	s->failed = s->failed || (all && !of);
	for (size_t i = 0; i < n && of; i++)
		of = derivative(s, marked, of, sample.e ? of_sample(s, v[i], sample) : v[i]);
	return of;
}

static bool are_names(const hg_expr *call)
{
	for (size_t k = 1; k < call->nkids; k++)
		if (!is_plain(call->kid[k]))
			return false;
	return call->nkids > 1;
}

static void take(search *s, hg_expr *e)
{
	if (!e || s->failed)
		return;
	const bool call = e->op == HG_OP_CALL && e->kid[0]->op == HG_OP_NAME;
	hg_expr *one = call ? (are_names(e) ? partial(s, e->kid[0], e) : NULL) : partial(s, e, NULL);
	if (one) {
		const bool bracketed = e->bracketed;
		const hg_span span = e->span;
		*e = *one;
		e->bracketed = bracketed;
		e->span = span;
		return;
	}
	for (size_t k = call; k < e->nkids; k++)
		take(s, e->kid[k]);
}

/* ---- of a document ---------------------------------------------------------------------------------------------------- */

typedef struct glance {
	bool found;
} glance;

static bool see_subscript(void *self, const hg_expr *e)
{
	glance *g = self;
	hg_expr *v[2];
	hg_index sample;
	const hg_expr bare = without_sample(e, &sample);
	g->found = g->found || variables_of(&bare, v) > 0;
	return !g->found;
}

static bool is_possible(const hg_statements *said)
{
	glance g = {0};
	for (size_t i = 0; i < said->n && !g.found; i++)
		for (size_t k = 0; k < said->at[i].nsides && !g.found; k++)
			hg_expr_visit(said->at[i].side[k].e, see_subscript, &g);
	return g.found;
}

hg_status hg_partials_read(const hg_statements **said, const hg_statements *theirs, hg_arena *arena)
{
	search s = {.doc = {*said, theirs}, .arena = arena};
	if (!is_possible(*said))
		return HG_OK;
	hg_statements *read = hg_statements_copy(*said, arena); /* what is changed is not asked */
	if (!read)
		return HG_ENOMEM;
	for (size_t i = 0; i < read->n; i++)
		for (size_t k = 0; k < read->at[i].nsides; k++)
			take(&s, read->at[i].side[k].e);
	*said = read;
	return s.failed ? HG_ENOMEM : HG_OK;
}
