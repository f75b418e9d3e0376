/* The parser's hands: tokens, nodes, trouble. */
#include "lang/parse/parser.h"

#include <stdlib.h>
#include <string.h>

static const hg_token nothing = {.kind = HG_T_END};

const hg_token *hg_look_at(const hg_parser *p, size_t i) { return i < p->end ? &p->t[i] : &nothing; }

const hg_token *hg_look(const hg_parser *p) { return hg_look_at(p, p->i); }

bool hg_at(const hg_parser *p, hg_token_kind kind) { return hg_look(p)->kind == kind; }

bool hg_at_open(const hg_parser *p, const char *text) { return hg_at(p, HG_T_OPEN) && hg_str_is(hg_look(p)->text, text); }

bool hg_at_command(const hg_parser *p, const char *name)
{
	return hg_at(p, HG_T_COMMAND) && hg_str_is(hg_look(p)->text, name);
}

bool hg_take(hg_parser *p, hg_token_kind kind)
{
	if (!hg_at(p, kind))
		return false;
	p->i++;
	return true;
}

size_t hg_after(const hg_parser *p, size_t i)
{
	size_t match = hg_look_at(p, i)->match;
	return match > i ? match + 1 : i + 1;
}

hg_span hg_span_join(hg_span a, hg_span b)
{
	if (a.n == 0)
		return b;
	if (b.n == 0)
		return a;
	size_t at = a.at < b.at ? a.at : b.at;
	size_t past = a.at + a.n > b.at + b.n ? a.at + a.n : b.at + b.n;
	return (hg_span){at, past - at};
}

hg_span hg_span_from(const hg_parser *p, size_t first)
{
	hg_span span = hg_look_at(p, first)->span;
	return p->i > first ? hg_span_join(span, hg_look_at(p, p->i - 1)->span) : span;
}

static hg_expr *fail(hg_parser *p, hg_cause why, const char *words)
{
	if (p->failed)
		return NULL;
	p->failed = true;
	p->why = why;
	p->expected = words;
	const hg_token *t = hg_look(p);
	if (t->kind != HG_T_END) {
		p->bad = t->span;
	} else if (p->end > 0) { /* behind the last token */
		hg_span last = p->t[p->end - 1].span;
		p->bad = (hg_span){last.at + (last.n ? last.n - 1 : 0), 1};
	}
	if (p->bad.n == 0)
		p->bad.n = 1;
	return NULL;
}

hg_expr *hg_fail(hg_parser *p, hg_cause why) { return fail(p, why, hg_cause_words(why)); }

hg_expr *hg_over(hg_parser *p, hg_limit limit)
{
	const char *text = p->failed ? p->expected : hg_limit_message(p->limits, limit, p->arena);
	p->no_memory = p->no_memory || !text;
	return fail(p, hg_cause_of_limit(limit), text);
}

hg_expr *hg_too_high(hg_parser *p) { return hg_over(p, HG_LIMIT_HEIGHT); }

bool hg_enter(hg_parser *p)
{
	if (p->depth > p->limits->most[HG_LIMIT_NESTING]) {
		hg_over(p, HG_LIMIT_NESTING);
		return false;
	}
	p->depth++;
	return true;
}

void hg_leave(hg_parser *p) { p->depth--; }

bool hg_remark(hg_parser *p, hg_span span, const char *code, const char *text)
{
	if (p->nnotes == p->room) {
		size_t room = p->room ? 2 * p->room : 8;
		hg_note *note = HG_NEWS(p->arena, room, hg_note);
		if (!note) {
			p->no_memory = true;
			return false;
		}
		if (p->nnotes)
			memcpy(note, p->note, p->nnotes * sizeof *note);
		p->note = note;
		p->room = room;
	}
	p->note[p->nnotes++] = (hg_note){.span = span, .code = code, .text = text};
	return true;
}

hg_expr *hg_node(hg_parser *p, hg_op op, hg_span span, size_t nkids)
{
	if (p->nodes >= p->limits->most[HG_LIMIT_NODES])
		return hg_over(p, HG_LIMIT_NODES);
	p->nodes++;
	hg_expr *e = hg_expr_new(p->arena, op, span, nkids);
	if (!e)
		p->no_memory = true;
	return e;
}

hg_expr *hg_node_of(hg_parser *p, hg_op op, hg_span span, hg_expr *a, hg_expr *b)
{
	if (!a)
		return NULL;
	hg_expr *e = hg_node(p, op, span, b ? 2 : 1);
	if (!e)
		return NULL;
	e->kid[0] = a;
	if (b)
		e->kid[1] = b;
	return e;
}

hg_expr *hg_name(hg_parser *p, hg_str name, hg_span span)
{
	hg_expr *e = hg_node(p, HG_OP_NAME, span, 0);
	if (e)
		e->name = name;
	return e;
}

hg_expr *hg_words(hg_parser *p, size_t from, size_t to)
{
	hg_span span = {hg_look_at(p, from)->span.at, 0};
	for (size_t i = from; i < to; i++)
		span = hg_span_join(span, hg_look_at(p, i)->span);
	hg_expr *e = hg_node(p, HG_OP_TEXT, span, 0);
	if (e) {
		e->name = hg_str_trim(hg_str_part(p->text, span.at, span.n));
		e->word = HG_STR("raw");
	}
	return e;
}

bool hg_add_index(hg_parser *p, hg_expr *e, hg_index_style style, bool sup, hg_expr *index)
{
	hg_index *list = index ? HG_NEWS(p->arena, e->nindex + 1, hg_index) : NULL;
	if (!list) {
		p->no_memory = p->no_memory || index;
		return false;
	}
	if (e->nindex)
		memcpy(list, e->index, e->nindex * sizeof *list);
	list[e->nindex++] = (hg_index){.style = style, .sup = sup, .e = index};
	e->index = list;
	return true;
}

bool hg_kids_add(hg_parser *p, hg_kids *kids, hg_glue glue, hg_expr *e)
{
	if (!e)
		return false;
	if (kids->n == kids->room) {
		size_t room = kids->room ? 2 * kids->room : 4;
		hg_expr **at = HG_NEWS(p->arena, room, hg_expr *);
		hg_glue *glues = HG_NEWS(p->arena, room, hg_glue);
		if (!at || !glues) {
			p->no_memory = true;
			return false;
		}
		if (kids->n) {
			memcpy(at, kids->at, kids->n * sizeof(hg_expr *));
			memcpy(glues, kids->glue, kids->n * sizeof *glues);
		}
		kids->at = at;
		kids->glue = glues;
		kids->room = room;
	}
	if (kids->n)
		kids->glue[kids->n - 1] = glue;
	kids->at[kids->n++] = e;
	return true;
}

hg_expr *hg_join(hg_parser *p, hg_op op, hg_expr **kid, const hg_glue *glue, size_t n)
{
	if (n == 1)
		return kid[0];
	hg_expr *e = hg_node(p, op, hg_span_join(kid[0]->span, kid[n - 1]->span), n);
	if (!e)
		return NULL;
	memcpy(e->kid, kid, n * sizeof(hg_expr *));
	if (e->glue && glue)
		memcpy(e->glue, glue, (n - 1) * sizeof *glue);
	return e;
}
