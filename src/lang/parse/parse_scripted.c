/* What stands behind an atom: scripts, primes, arguments, a bar with a condition. */
#include "lang/parse/parse_script.h"

static bool subscript(hg_parser *p, hg_decorated *d)
{
	if (d->core->op == HG_OP_NORM && d->core->nkids == 1) { /* which norm */
		hg_expr *which = hg_parse_script(p), *norm = which ? hg_node_of(p, HG_OP_NORM, d->core->span, d->core->kid[0], which) : NULL;
		if (!norm)
			return false;
		*d->core = *norm;
		return true;
	}
	return hg_decorate_index(p, d, HG_INDEX_BARE, false, hg_parse_script(p));
}

/* Z{[l]} and \theta{_k}: a group that is nothing but an index. */
static bool is_misbraced(const hg_parser *p)
{
	size_t close = hg_look(p)->match;
	const hg_token *in = hg_look_at(p, p->i + 1);
	if (!hg_at(p, HG_T_GROUP) || close <= p->i + 1)
		return false;
	return in->kind == HG_T_SUB || in->kind == HG_T_SUP ||
	       (in->kind == HG_T_OPEN && hg_str_is(in->text, "[") && in->match + 1 == close);
}

static bool misbraced(hg_parser *p, hg_decorated *d)
{
	size_t close = hg_look(p)->match, outer = p->end;
	bool read = true;
	p->i++;
	p->end = close;
	while (read && p->i < close)
		read = hg_take(p, HG_T_SUB)   ? subscript(p, d)
		       : hg_take(p, HG_T_SUP) ? hg_parse_superscript(p, d)
		                              : hg_parse_bracketed_index(p, d);
	p->end = outer;
	p->i = close + 1;
	return read;
}

/* The name under transposes and powers that came with a group: {A^{[l]}}^T, \mathbf{W^l}_2. */
static hg_expr *core_of(hg_expr *e)
{
	while (!e->bracketed && (e->op == HG_OP_POW || e->op == HG_OP_TRANSPOSE || e->op == HG_OP_PRIME))
		e = e->kid[0];
	return e;
}

static bool evaluated_at(hg_parser *p, hg_decorated *d)
{
	p->i += 2;
	hg_expr *condition = hg_parse_script(p);
	return condition && hg_decorate(p, d, HG_OP_EVAL_AT, condition);
}

/* 1_{z > 0}, \mathbb 1\{y = k\}, I(z > 0). */
static hg_expr *indicator(hg_parser *p, hg_expr *e)
{
	size_t at = p->i;
	bool one = hg_str_is(e->name, "1"), sign = hg_str_any(e->name, HG_LIST_INDICATORS);
	if (e->nindex || (!one && !sign) || (e->op != HG_OP_NAME && e->op != HG_OP_NUM))
		return NULL;
	size_t from = at + (hg_at(p, HG_T_SUB) && one), to = hg_after(p, from);
	hg_token_kind opener = hg_look_at(p, from)->kind;
	if ((opener != HG_T_OPEN && !(opener == HG_T_GROUP && from > at)) || to > p->end)
		return NULL;
	bool condition = false;
	for (size_t i = from + 1; i + 1 < to; i++)
		condition = condition || p->t[i].kind == HG_T_COMPARE || p->t[i].kind == HG_T_REL;
	if (!condition)
		return NULL;
	p->i = from;
	hg_expr *inside = from > at ? hg_parse_script(p) : hg_parse_bracket(p);
	if (inside)
		inside->bracketed = false;
	return hg_node_of(p, HG_OP_INDICATOR, hg_span_join(e->span, hg_span_from(p, from)), inside, NULL);
}

static bool one_decoration(hg_parser *p, hg_decorated *d, bool *more)
{
	bool called;
	*more = true;
	if (hg_take(p, HG_T_SUP))
		return hg_parse_superscript(p, d);
	if (hg_take(p, HG_T_SUB))
		return subscript(p, d);
	if (hg_take(p, HG_T_PRIME))
		return hg_decorate(p, d, HG_OP_PRIME, NULL);
	if (hg_take(p, HG_T_TRANSPOSE))
		return hg_decorate(p, d, HG_OP_TRANSPOSE, NULL);
	if (is_misbraced(p))
		return misbraced(p, d);
	if (hg_at(p, HG_T_BAR) && hg_look_at(p, p->i + 1)->kind == HG_T_SUB)
		return evaluated_at(p, d);
	if (hg_at(p, HG_T_OPEN)) {
		hg_expr *e = hg_parse_call(p, d->whole, &called);
		*more = called;
		if (e && called && e != d->whole)
			d->core = e;
		d->whole = e;
		return e != NULL;
	}
	*more = false;
	return true;
}

hg_expr *hg_parse_scripted(hg_parser *p, hg_expr *atom)
{
	hg_expr *found = indicator(p, atom);
	hg_decorated d = {found ? found : core_of(atom), found ? found : atom};
	if (p->failed)
		return NULL;
	size_t decorations = 0;
	for (bool more = true; more;) {
		size_t from = p->i;
		if (decorations++ > p->limits->most[HG_LIMIT_HEIGHT])
			return hg_too_high(p);
		if (!one_decoration(p, &d, &more))
			return NULL;
		if (p->i > from)
			d.whole->span = hg_span_join(d.whole->span, hg_span_from(p, from));
		if (p->i > from && !d.core->bracketed && d.core->op == HG_OP_NAME)
			d.core->span = hg_span_join(d.core->span, hg_span_from(p, from));
	}
	return d.whole;
}
