/* Statements: chains of sides joined by relations. */
#include "lang/reader.h"

#include <string.h>

/* ---- looking ahead ---- */

static size_t next_relation(const hg_parser *p, size_t from)
{
	size_t i = from;
	while (i < p->end && !hg_is_separator(p->t[i].kind) && p->t[i].kind != HG_T_REL && p->t[i].kind != HG_T_COMPARE)
		i = hg_after(p, i);
	return i < p->end ? i : p->end;
}

static bool relation_at(const hg_parser *p, size_t i)
{
	return hg_look_at(p, i)->kind == HG_T_REL || hg_look_at(p, i)->kind == HG_T_COMPARE;
}

static bool piece_has_relation(const hg_parser *p)
{
	size_t i = next_relation(p, p->i);
	if (hg_look_at(p, i)->kind == HG_T_TEXT && i == p->i) /* words as a left side */
		i = next_relation(p, i + 1);
	return relation_at(p, i);
}

static size_t row_end(const hg_parser *p, size_t from)
{
	size_t i = from;
	while (i < p->end && p->t[i].kind != HG_T_ROW)
		i = hg_after(p, i);
	return i < p->end ? i : p->end;
}

/* ---- reading ---- */

static hg_span span_of(const hg_parser *p, size_t from, size_t to)
{
	hg_span span = {hg_look_at(p, from)->span.at, 0};
	for (size_t i = from; i < to && i < p->end; i++)
		span = hg_span_join(span, p->t[i].span);
	return span;
}

/* One side after the relation `rel`; what cannot be read is reported and passed over up to the next relation. */
static hg_status read_side(hg_reader *r, hg_rel rel, hg_str reason)
{
	hg_parser *p = &r->p;
	size_t first = p->i;
	p->nodes = 0;
	hg_expr *e = hg_read_side(r);
	if (e && hg_expr_height(e, r->scratch) > p->limits->most[HG_LIMIT_HEIGHT])
		e = hg_too_high(p);
	if (p->no_memory)
		return HG_ENOMEM;
	if (!e && rel == HG_REL_IN) { /* a set by a command of the page: what stands before it is none the worse */
		p->failed = false;
		p->depth = p->brackets = 0;
		p->i = next_relation(p, first);
		e = hg_words(p, first, p->i);
		if (!e)
			return HG_ENOMEM;
	}
	if (!e) {
		hg_statement *s = hg_chain(r);
		if (s->unread.n == 0) {
			s->unread = p->bad;
			s->unread_why = p->why;
			s->unread_text = p->expected;
		}
		p->failed = false;
		p->depth = p->brackets = 0;
		size_t past = next_relation(p, first);
		while (past < p->end && past < p->i && !relation_at(p, past) && p->t[past].kind != HG_T_ROW)
			past = next_relation(p, past + 1);
		p->i = past;
	}
	return hg_add_side(r, (hg_side){.rel = rel, .e = e, .span = span_of(p, first, p->i), .reason = reason});
}

/* a = b => c = d: a new equation. a = b => c: another form of the same left side. */
static bool begins_equation(const hg_reader *r)
{
	const hg_parser *p = &r->p;
	size_t i = next_relation(p, p->i + 1);
	return relation_at(p, i) && hg_look_at(p, i)->value != HG_REL_IMPLIES;
}

/* u, v \in S: S is said of u, too. */
static hg_status declare_listed(hg_reader *r)
{
	const size_t now = r->now, room = r->room_sides, n = r->nlisted;
	const hg_side set = hg_chain(r)->side[hg_chain(r)->nsides - 1];
	r->nlisted = 0;
	for (size_t i = 0; i < n; i++) {
		HG_TRY(hg_begin_chain(r, r->listed[i]->span, false));
		hg_chain(r)->listed = true;
		HG_TRY(hg_add_side(r, (hg_side){.e = (hg_expr *)r->listed[i], .span = r->listed[i]->span, .reason = HG_STR("")}));
		HG_TRY(hg_add_side(r, (hg_side){.rel = HG_REL_IN, .e = set.e, .span = set.span, .reason = HG_STR("")}));
	}
	r->now = now;
	r->room_sides = room;
	return HG_OK;
}

static hg_status begin_equation(hg_reader *r)
{
	HG_TRY(hg_begin_chain(r, hg_look(&r->p)->span, false));
	r->comma = 0;
	if (!r->nlisted)
		return read_side(r, HG_REL_NONE, HG_STR(""));
	HG_TRY(read_side(r, HG_REL_NONE, HG_STR("")));
	bool in = hg_at(&r->p, HG_T_REL) && hg_look(&r->p)->value == HG_REL_IN;
	r->nlisted = in ? r->nlisted : 0;
	return HG_OK;
}

/* A = s(Z) -> L(A, Y): a thin arrow shows the way through a network. */
static bool is_flow(hg_str arrow)
{
	static const char *const thin[] = {"to", "rightarrow", "longrightarrow", "leadsto", "rightsquigarrow"};
	for (size_t i = 0; i < sizeof thin / sizeof *thin; i++)
		if (hg_str_is(arrow, thin[i]))
			return true;
	return false;
}

static hg_status read_link(hg_reader *r)
{
	hg_parser *p = &r->p;
	const hg_token *t = hg_look(p);
	hg_rel rel = (hg_rel)t->value;
	if (rel == HG_REL_IMPLIES && begins_equation(r)) {
		p->i++;
		return begin_equation(r);
	}
	hg_token_kind behind = hg_look_at(p, p->i + 1)->kind;
	if (rel == HG_REL_IMPLIES && r->now && is_flow(t->text)) { /* what leads on to what, not what equals it */
		p->i++;
		r->loose = true;
		return HG_OK;
	}
	if (rel == HG_REL_IMPLIES && hg_is_separator(behind)) { /* an arrow that leads to the next row */
		p->i++;
		return HG_OK;
	}
	if (!r->now)
		HG_TRY(hg_begin_chain(r, t->span, true));
	if (r->words.n && r->same_row && rel == HG_REL_EQ)
		rel = HG_REL_IMPLIES; /* "vectorized = ..." */
	hg_str reason = r->words;
	r->words = HG_STR("");
	p->i++;
	while (hg_at(p, HG_T_REL) && (hg_look(p)->value == HG_REL_EQ || hg_look(p)->value == (int)rel))
		p->i++; /* = \\ = */
	if (hg_at(p, HG_T_MARK)) /* \stackrel{chain rule}{=} */
		reason = p->t[p->i++].text;
	HG_TRY(read_side(r, rel, reason));
	return r->nlisted && rel == HG_REL_IN ? declare_listed(r) : HG_OK;
}

/* i = 1, ..., n: one side that is a list. */
static hg_status extend_list(hg_reader *r, hg_expr *e)
{
	hg_statement *s = hg_chain(r);
	hg_side *side = &s->side[s->nsides - 1];
	hg_expr *last = side->e;
	bool begun = last->op == HG_OP_LIST && !last->bracketed && last->nkids > 1;
	size_t n = begun ? last->nkids : 1;
	hg_expr *list = hg_node(&r->p, HG_OP_LIST, hg_span_join(last->span, e->span), n + 1);
	if (!list)
		return r->p.no_memory ? HG_ENOMEM : HG_OK;
	memcpy(list->kid, begun ? last->kid : &last, n * sizeof(hg_expr *));
	list->kid[n] = e;
	side->e = list;
	side->span = hg_span_join(side->span, e->span);
	r->comma = 0;
	return HG_OK;
}

/* An expression with no relation: a result if boxed or a derivative, a step if it stands displayed on its own. */
static hg_status read_lone(hg_reader *r)
{
	hg_parser *p = &r->p;
	size_t first = p->i, end = next_relation(p, p->i);
	p->nodes = 0;
	hg_expr *e = hg_parse_sum(p);
	if (e && hg_expr_height(e, r->scratch) > p->limits->most[HG_LIMIT_HEIGHT])
		e = hg_too_high(p);
	if (p->no_memory)
		return HG_ENOMEM;
	bool whole = e && (hg_at(p, HG_T_END) || hg_is_separator(hg_look(p)->kind));
	p->failed = false;
	p->depth = p->brackets = 0;
	bool comma = r->comma;
	r->comma = 0;
	if (p->i < end || !whole)
		p->i = end > first ? end : first + 1;
	hg_statement *s = hg_chain(r);
	if (s && r->same_row && !r->loose && comma && s->nsides && hg_look_at(p, first)->kind != HG_T_OPEN) {
		hg_expr *last = s->side[s->nsides - 1].e; /* i = 1, ..., n */
		if (last && whole)
			return extend_list(r, e);
	}
	if (s && r->same_row) {
		hg_add_where(r, span_of(p, first, p->i));
		return HG_OK;
	}
	bool listed = whole && e->op == HG_OP_NAME && hg_at(p, HG_T_COMMA) && r->nlisted < HG_MOST_LISTED;
	if (listed)
		r->listed[r->nlisted++] = e;
	else
		r->nlisted = 0;
	if (!whole || r->loose)
		return HG_OK;
	bool result = e->op == HG_OP_BOX || e->op == HG_OP_DERIV;
	bool step = r->display && e->nkids > 0 && e->op != HG_OP_LIST && e->op != HG_OP_CALL;
	if (!result && !step)
		return HG_OK;
	size_t main_chain = r->now;
	HG_TRY(hg_begin_chain(r, e->span, e->op != HG_OP_DERIV));
	hg_chain(r)->unary_claim = result;
	HG_TRY(hg_add_side(r, (hg_side){.e = e, .span = span_of(p, first, p->i), .reason = HG_STR("")}));
	r->now = main_chain ? main_chain : r->now;
	return HG_OK;
}

/* (chain rule), [\because ...]: a reason; an equation in it is read as one. */
static hg_status read_remark(hg_reader *r)
{
	hg_parser *p = &r->p;
	size_t open = p->i, close = p->t[open].match, outer = p->end, now = r->now, sides = r->room_sides;
	hg_span inner = span_of(p, open + 1, close);
	hg_add_reason(r, close == open + 2 ? p->t[open + 1].text : hg_str_part(p->text, inner.at, inner.n));
	p->i = open + 1;
	bool reminder = hg_at(p, HG_T_BECAUSE) || hg_is_first_word(hg_look(p)->text, HG_ROW_REASONS);
	if (reminder) {
		p->i++;
		bool same_row = r->same_row, loose = r->loose;
		p->end = close;
		r->in_reason = true;
		r->now = 0;
		r->same_row = false;
		hg_status status = piece_has_relation(p) ? hg_read_statements(r) : HG_OK;
		r->in_reason = false;
		r->now = now;
		r->room_sides = sides;
		r->same_row = same_row;
		r->loose = loose;
		p->end = outer;
		HG_TRY(status);
	}
	p->i = close + 1;
	return HG_OK;
}

/* Words at the top: lead-in, a clause, or the joint between two equations. */
static void read_words(hg_reader *r)
{
	hg_parser *p = &r->p;
	const hg_token *t = hg_look(p);
	if (r->same_row && hg_chain(r)) {
		if (hg_is_first_word(t->text, HG_ROW_CONDITIONS) || t->kind == HG_T_FORALL) {
			hg_add_where(r, span_of(p, p->i, row_end(p, p->i)));
			r->loose = true;
		} else if (hg_look_at(p, p->i + 1)->kind == HG_T_REL) {
			r->words = t->text;
		} else if (hg_is_separator(hg_look_at(p, p->i + 1)->kind)) {
			hg_add_reason(r, t->text);
		}
	}
	p->i++;
}

/* - (1), --- ②: the number of the equation. */
static bool take_number(hg_reader *r)
{
	hg_parser *p = &r->p;
	size_t i = p->i;
	while (hg_look_at(p, i)->kind == HG_T_MINUS)
		i++;
	const hg_token *t = hg_look_at(p, i);
	bool bracket = t->kind == HG_T_OPEN && hg_str_is(t->text, "(") && t->match == i + 2 &&
	               (p->t[p->i - 1].kind == HG_T_WIDE || t->gap == HG_GAP_SEEN) &&
	               (t[1].kind == HG_T_NUM || (t[1].kind == HG_T_NAME && t[1].text.n == 1));
	bool mark = t->kind == HG_T_MARK;
	size_t past = bracket ? i + 3 : i + 1;
	hg_token_kind next = hg_look_at(p, past)->kind;
	if (!r->same_row || (!bracket && !mark) || (next != HG_T_END && next != HG_T_ROW && next != HG_T_STOP))
		return false;
	hg_span span = span_of(p, i, past);
	hg_add_reason(r, hg_str_part(p->text, span.at, span.n));
	p->i = past;
	return true;
}

static hg_status read_next(hg_reader *r)
{
	hg_parser *p = &r->p;
	const hg_token *t = hg_look(p);
	size_t at = p->i;
	switch (t->kind) {
	case HG_T_ROW:
		r->same_row = r->loose = false;
		r->words = HG_STR("");
		r->comma = 0;
		p->i++;
		hg_enter_column(r, 0);
		return HG_OK;
	case HG_T_WIDE:
		p->i++;
		if (hg_str_is(t->text, "&") && hg_at(p, HG_T_REL))
			hg_enter_column(r, r->column + 1);
		else if (hg_str_is(t->text, "&"))
			r->column++, r->columns = true;
		take_number(r);
		return HG_OK;
	case HG_T_COMMA:
		r->comma = ++p->i;
		return HG_OK;
	case HG_T_SEMICOLON: case HG_T_STOP: case HG_T_COLON: case HG_T_THEREFORE:
		r->comma = 0;
		p->i++;
		return HG_OK;
	case HG_T_MARK:
		hg_add_reason(r, t->text);
		p->i++;
		return HG_OK;
	case HG_T_BECAUSE:
		r->in_reason = true;
		r->same_row = false;
		p->i++;
		return HG_OK;
	case HG_T_FORALL:
		read_words(r);
		return HG_OK;
	case HG_T_TEXT:
		if (r->same_row || !relation_at(p, p->i + 1) || hg_is_first_word(t->text, HG_ROW_CONCLUSIONS)) {
			read_words(r);
			return HG_OK;
		}
		break;
	case HG_T_REL: case HG_T_COMPARE:
		return read_link(r);
	case HG_T_OPEN: {
		hg_token_kind in = hg_look_at(p, at + 1)->kind;
		if (t->match > at && (in == HG_T_BECAUSE || in == HG_T_TEXT) && !piece_has_relation(p))
			return read_remark(r);
		break;
	}
	default:
		break;
	}
	return piece_has_relation(p) ? begin_equation(r) : read_lone(r);
}

/* Diagrams (x -> z -> a) and other relations that equate nothing are prose. */
static bool is_diagram(const hg_statement *s)
{
	bool equates = false, other = false;
	for (size_t i = 0; i < s->nsides; i++) {
		equates = equates || (s->side[i].rel >= HG_REL_EQ && s->side[i].rel <= HG_REL_APPROX) ||
		          s->side[i].rel == HG_REL_IN || s->side[i].rel == HG_REL_COMPARE || s->side[i].rel == HG_REL_PROPTO;
		other = other || s->side[i].rel == HG_REL_OTHER;
	}
	return s->nsides > 1 ? !equates || other : other;
}

static void drop_diagrams(hg_statements *said, size_t from)
{
	size_t n = from;
	for (size_t i = from; i < said->n; i++)
		if (!is_diagram(&said->at[i]) || (said->at[i].continues && said->at[i].side[0].rel == HG_REL_IMPLIES)) {
			said->at[n] = said->at[i];
			said->at[n].id = n + 1;
			n++;
		}
	said->n = n;
}

hg_status hg_read_statements(hg_reader *r)
{
	size_t from = r->said->n;
	while (r->p.i < r->p.end) {
		size_t at = r->p.i;
		HG_TRY(read_next(r));
		if (r->p.i == at) /* a token that nothing takes: never stand still */
			r->p.i++;
	}
	if (!r->in_reason)
		drop_diagrams(r->said, from);
	return HG_OK;
}
