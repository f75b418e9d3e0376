/* \sum and \prod: the body reaches to the next + or - at the same level. */
#include "lang/parse/parser.h"

typedef struct limits {
	hg_expr *index, *lower, *upper;
} limits;

/* i = 1 below a sum is an index and where it starts; i, i \in S, axis = 1 are read the same way. */
static bool below(hg_parser *p, limits *l)
{
	hg_expr *e = hg_parse_script(p);
	if (!e)
		return false;
	bool starts = e->op == HG_OP_COMPARE && hg_str_is(e->word, "=") && !e->bracketed;
	l->index = starts ? e->kid[0] : e;
	l->lower = starts ? e->kid[1] : NULL;
	return true;
}

static bool above(hg_parser *p, limits *l) { return (l->upper = hg_parse_script(p)) != NULL; }

/* Of sum_{i,k} and sum_{ik} the letters are indices, each of a sum of its own. */
static bool is_letters(const hg_expr *e)
{
	bool side_by_side = e->op == HG_OP_PRODUCT && !e->bracketed;
	for (size_t i = 0; (e->op == HG_OP_LIST || side_by_side) && i < e->nkids; i++)
		if (e->kid[i]->op != HG_OP_NAME || e->kid[i]->nindex || (side_by_side && i && e->glue[i - 1] != HG_GLUE_NONE))
			return false;
	return (e->op == HG_OP_LIST || side_by_side) && e->nkids > 1;
}

static hg_expr *over_letters(hg_parser *p, hg_op op, hg_span span, hg_expr *body, const hg_expr *letters)
{
	for (size_t i = letters->nkids; i-- > 0 && body;)
		body = hg_node_of(p, op, span, body, letters->kid[i]);
	return body;
}

static hg_expr *nothing(hg_parser *p, hg_span span) { return hg_node(p, HG_OP_LIST, (hg_span){span.at, 0}, 0); }

hg_expr *hg_parse_big(hg_parser *p)
{
	size_t first = p->i;
	limits l = {0};
	hg_op op = hg_str_is(hg_look(p)->text, "prod") ? HG_OP_PROD : HG_OP_SUM;
	if (!hg_str_is(hg_look(p)->text, "sum") && op == HG_OP_SUM)
		return hg_fail(p, HG_CAUSE_READ_INTEGRAL);
	p->i++;
	while (hg_at(p, HG_T_SUB) || hg_at(p, HG_T_SUP))
		if (!(hg_take(p, HG_T_SUB) ? below(p, &l) : (p->i++, above(p, &l))))
			return NULL;
	size_t body_at = p->i;
	bool minus = hg_take(p, HG_T_MINUS);
	hg_expr *body = hg_parse_product(p);
	if (minus)
		body = hg_node_of(p, HG_OP_NEG, hg_span_from(p, body_at), body, NULL);
	hg_span span = hg_span_from(p, first);
	if (!body)
		return NULL;
	if (l.index && !l.lower && !l.upper && is_letters(l.index))
		return over_letters(p, op, span, body, l.index);
	if (l.upper && !l.index)
		l.index = nothing(p, span);
	if (l.upper && !l.lower)
		l.lower = nothing(p, span);
	size_t n = l.upper ? 4 : l.lower ? 3 : l.index ? 2 : 1;
	hg_expr *e = hg_node(p, op, span, n), *kid[] = {body, l.index, l.lower, l.upper};
	for (size_t i = 0; e && i < n; i++)
		e->kid[i] = kid[i];
	return e;
}
