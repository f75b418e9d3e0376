#include "lang/statement.h"

#include "lang/reader.h"
#include "lang/settle.h"

#include <string.h>

hg_status hg_doc_macros(const hg_doc *doc, hg_macros *macros, hg_arena *arena)
{
	size_t past;
	for (size_t i = 0; i < doc->nstretches; i++)
		if (doc->stretch[i].kind == HG_STRETCH_MACRO)
			HG_TRY(hg_macro_read(macros, doc->text, doc->stretch[i].span, arena, &past));
	return HG_OK;
}

static hg_status scan(hg_stretch_kind kind, hg_str text, hg_span span, hg_macros *macros, hg_arena *arena, hg_tokens *out)
{
	if (kind == HG_STRETCH_PLAIN)
		return hg_plain_scan(text, span, arena, out);
	if (kind == HG_STRETCH_CODE)
		return hg_code_scan(text, span, arena, out);
	return hg_latex_scan(text, span, macros, arena, out);
}

hg_status hg_stretch_tokens(const hg_doc *doc, const hg_stretch *stretch, hg_macros *macros, hg_arena *arena, hg_tokens *out)
{
	HG_TRY(scan(stretch->kind, doc->text, stretch->span, macros, arena, out));
	return hg_tokens_match(out, arena);
}

static hg_parser parser_of(hg_str text, const hg_tokens *tokens, hg_stretch_kind kind, const hg_budget *limits, hg_arena *arena)
{
	return (hg_parser){.arena = arena,
	                   .text = text,
	                   .t = tokens->at,
	                   .end = tokens->n,
	                   .limits = limits,
	                   .code = kind == HG_STRETCH_CODE};
}

static bool is_mathematics(const hg_stretch *s)
{
	return !s->struck && (s->kind == HG_STRETCH_INLINE || s->kind == HG_STRETCH_DISPLAY || s->kind == HG_STRETCH_PLAIN ||
	                      s->kind == HG_STRETCH_CODE);
}

static hg_status add_notes(hg_statements *said, const hg_note *more, size_t n, hg_arena *arena)
{
	if (n == 0)
		return HG_OK;
	hg_note *note = HG_NEWS(arena, said->nnotes + n, hg_note);
	if (!note)
		return HG_ENOMEM;
	if (said->nnotes)
		memcpy(note, said->note, said->nnotes * sizeof *note);
	memcpy(note + said->nnotes, more, n * sizeof *note);
	said->note = note;
	said->nnotes += n;
	return HG_OK;
}

static bool is_blank(hg_str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!strchr(" \t.,;:>*", s.p[i]))
			return false;
	return true;
}

/* Macros that were not defined or not used because of a limit: said once, at the first. */
static hg_status add_refusal(hg_statements *said, const hg_macros *macros, hg_arena *arena)
{
	if (macros->refusal.n == 0)
		return HG_OK;
	const char *limit = hg_limit_message(macros->budget, macros->refused, arena);
	hg_note note = {.span = macros->refusal, .code = "macro-limit"};
	note.text = limit ? hg_arena_print(arena, "this macro and those after it are left as they stand: %s", limit) : NULL;
	return note.text ? add_notes(said, &note, 1, arena) : HG_ENOMEM;
}

/* Displayed, with nothing beside it on its lines: only then is an expression without a relation a step. */
static bool stands_alone(const hg_doc *doc, const hg_stretch *stretch)
{
	size_t past = stretch->outer.at + stretch->outer.n;
	hg_str line = hg_source_line(doc->source, stretch->outer.at), end = hg_source_line(doc->source, past);
	size_t line_at = (size_t)(line.p - doc->source->text.p), end_at = (size_t)(end.p - doc->source->text.p);
	return stretch->kind == HG_STRETCH_DISPLAY && is_blank(hg_str_part(line, 0, stretch->outer.at - line_at)) &&
	       (past < end_at || is_blank(hg_str_part(end, past - end_at, end.n)));
}

/* A formula that goes on in words outside of the dollars: $f'(z) = 0$ if $z < 0$, $db = \\frac1m$ np.sum$(dZ)$. */
static bool goes_on(const hg_doc *doc, size_t i)
{
	const hg_stretch *s = &doc->stretch[i];
	if (i + 2 >= doc->nstretches || s[0].kind != HG_STRETCH_INLINE || s[1].kind != HG_STRETCH_PROSE ||
	    s[2].kind != HG_STRETCH_INLINE || s[2].paragraph != s[0].paragraph || s[1].span.n > 40)
		return false;
	hg_str words = hg_str_trim(hg_str_part(doc->text, s[1].span.at, s[1].span.n));
	hg_str behind = hg_str_trim(hg_str_part(doc->text, s[2].span.at, s[2].span.n));
	if (hg_str_equal_nocase(words, HG_STR(HG_W_IF)) || hg_str_equal_nocase(words, HG_STR(HG_W_WHEN)))
		return hg_str_find(hg_str_part(doc->text, s->span.at, s->span.n), HG_STR("=")) != (size_t)-1;
	return behind.n && behind.p[0] == '(' && hg_fn_find(words) != HG_NFNS;
}

/* What is no claim yet must not be taken for one, nor for a definition. */
static void hide_trees(hg_statements *said, size_t from)
{
	for (size_t i = from; i < said->n; i++) {
		hg_statement *s = &said->at[i];
		s->step = true;
		s->unread = (hg_span){0};
		for (size_t k = 0; k < s->nsides; k++)
			s->side[k].e = NULL;
	}
}

static hg_status read_stretch(const hg_doc *doc, size_t i, size_t last, hg_macros *macros, hg_reader *r)
{
	const hg_stretch *stretch = &doc->stretch[i], *end = &doc->stretch[last];
	hg_span span = {stretch->span.at, end->span.at + end->span.n - stretch->span.at};
	hg_tokens laid = {0};
	r->written.n = 0;
	HG_TRY(scan(stretch->kind, doc->text, span, macros, r->arena, &r->written));
	HG_TRY(hg_tokens_match(&r->written, r->scratch));
	HG_TRY(hg_tokens_lay_out(&r->written, r->scratch, &laid));
	r->p = parser_of(doc->text, &laid, stretch->kind, doc->source->budget, r->arena);
	r->stretch = i;
	r->display = stands_alone(doc, stretch);
	r->now = 0;
	r->column = 0;
	r->columns = false;
	memset(r->chain_of, 0, sizeof r->chain_of);
	r->same_row = r->loose = r->in_reason = false;
	r->words = HG_STR("");
	r->comma = r->nlisted = 0;
	size_t before = r->said->n;
	HG_TRY(hg_read_statements(r));
	if (stretch->step)
		hide_trees(r->said, before);
	return add_notes(r->said, r->p.note, r->p.nnotes, r->arena);
}

hg_status hg_parse(const hg_doc *doc, hg_arena *arena, hg_statements *said)
{
	hg_macros macros = {.budget = doc->source->budget};
	*said = (hg_statements){.doc = doc};
	hg_reader r = {.arena = arena, .scratch = hg_arena_new(), .said = said};
	if (!r.scratch)
		return HG_ENOMEM;
	hg_status status = hg_doc_macros(doc, &macros, arena);
	for (size_t i = 0; i < doc->nstretches && status == HG_OK; i++) {
		hg_mark before = hg_arena_mark(r.scratch);
		size_t first = i;
		r.section += doc->stretch[i].kind == HG_STRETCH_HEADING;
		while (goes_on(doc, i))
			i += 2;
		if (is_mathematics(&doc->stretch[first]))
			status = read_stretch(doc, first, i, &macros, &r);
		hg_arena_release(r.scratch, before);
	}
	hg_arena_free(r.scratch);
	HG_TRY(status);
	HG_TRY(hg_statements_settle(said, arena));
	return add_refusal(said, &macros, arena);
}

hg_status hg_tokens_dump(const hg_doc *doc, hg_arena *arena, hg_buf *out)
{
	hg_macros macros = {.budget = doc->source->budget};
	HG_TRY(hg_doc_macros(doc, &macros, arena));
	for (size_t i = 0; i < doc->nstretches; i++) {
		const hg_stretch *stretch = &doc->stretch[i];
		hg_tokens tokens = {0};
		if (!is_mathematics(stretch))
			continue;
		HG_TRY(scan(stretch->kind, doc->text, stretch->span, &macros, arena, &tokens));
		for (size_t k = 0; k < tokens.n; k++) {
			hg_place at = hg_source_place(doc->source, tokens.at[k].span.at);
			hg_buf_print(out, "%zu:%zu %s %.*s\n", at.line, at.column, hg_token_kind_name(tokens.at[k].kind),
			             HG_STR_ARG(tokens.at[k].text));
		}
	}
	return HG_OK;
}

hg_status hg_parse_expression(hg_str text, bool plain, hg_arena *arena, hg_expr **e, const char **trouble)
{
	hg_budget limits = hg_budget_of();
	hg_macros macros = {.budget = &limits};
	hg_tokens written = {0}, laid = {0};
	hg_span all = {0, text.n};
	*e = NULL;
	*trouble = NULL;
	HG_TRY(scan(plain ? HG_STRETCH_PLAIN : HG_STRETCH_INLINE, text, all, &macros, arena, &written));
	HG_TRY(hg_tokens_match(&written, arena));
	HG_TRY(hg_tokens_lay_out(&written, arena, &laid));
	hg_parser p = parser_of(text, &laid, HG_STRETCH_INLINE, &limits, arena);
	hg_expr *read = hg_parse_condition(&p);
	if (read && p.i < p.end)
		read = hg_fail(&p, HG_CAUSE_READ_EXPRESSION_END);
	if (p.no_memory)
		return HG_ENOMEM;
	*e = read;
	*trouble = read ? NULL : p.expected;
	return HG_OK;
}

hg_statements *hg_statements_copy(const hg_statements *said, hg_arena *arena)
{
	hg_statements *copy = HG_NEW(arena, hg_statements);
	if (!copy)
		return NULL;
	*copy = *said;
	copy->at = HG_NEWS(arena, copy->n + 1, hg_statement);
	for (size_t i = 0; copy->at && i < copy->n; i++) {
		hg_statement *to = &copy->at[i];
		*to = said->at[i];
		to->side = HG_NEWS(arena, to->nsides + 1, hg_side);
		for (size_t k = 0; to->side && k < to->nsides; k++) {
			to->side[k] = said->at[i].side[k];
			to->side[k].e = to->side[k].e ? hg_expr_copy(arena, to->side[k].e) : NULL;
		}
	}
	return hg_arena_failed(arena) ? NULL : copy;
}
