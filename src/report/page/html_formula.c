/* The formulas of the document, as they were written: a row for each row of the source, with a mark beside it. */
#include "report/page/html_parts.h"

#include <string.h>

enum { MOST_MARKS = 12 };

static bool is_block(const hg_stretch *s)
{
	return !s->table_cell && (s->kind == HG_STRETCH_DISPLAY || s->kind == HG_STRETCH_PLAIN);
}

static bool is_within(size_t at, hg_span span) { return at >= span.at && at < span.at + span.n; }

/* The source as it stands, with what is meant marked. */
static void put_source(hg_html *h, hg_span span, const hg_mathml_mark *mark, size_t n)
{
	const hg_source *source = h->report->source;
	size_t at = span.at, end = span.at + span.n;
	hg_markup_open(h->m, "code");
	for (size_t i = 0; i < n; i++) {
		hg_span part = mark[i].span;
		if (part.at < at || part.at + part.n > end)
			continue;
		hg_markup_str(h->m, hg_source_text(source, (hg_span){at, part.at - at}));
		hg_markup_open(h->m, "mark");
		hg_markup_attr(h->m, "class", mark[i].class);
		hg_markup_str(h->m, hg_source_text(source, part));
		hg_markup_close(h->m);
		at = part.at + part.n;
	}
	hg_markup_str(h->m, hg_source_text(source, (hg_span){at, end - at}));
	hg_markup_close(h->m);
}

/* ---- what is marked ------------------------------------------------------------------------------------------- */

/* What is marked of a finding: the term the slip is in, or else all that was judged; n = 0: nothing. */
static hg_mathml_mark mark_of(const hg_html *h, const hg_finding *f)
{
	bool term = f->nslips && f->slip->at.n;
	if (h->options->detail == HG_DETAIL_NONE)
		return (hg_mathml_mark){0};
	if (f->status == HG_S_CANNOT_READ)
		return (hg_mathml_mark){.span = f->unread, .class = "doubtful", .label = "not understood"};
	if (f->status != HG_S_DISAGREES || f->inherited_from)
		return (hg_mathml_mark){0};
	return (hg_mathml_mark){.span = term ? f->slip->at : f->span, .class = "wrong", .label = term ? "wrong here" : "wrong in this side"};
}

static size_t marks_in(const hg_html *h, hg_span row, hg_mathml_mark mark[MOST_MARKS])
{
	size_t n = 0;
	for (size_t i = 0; i < h->report->nfindings && n < MOST_MARKS; i++) {
		const hg_finding *f = &h->report->finding[i];
		hg_mathml_mark found = is_within(f->span.at, row) ? mark_of(h, f) : (hg_mathml_mark){0};
		if (found.span.n && is_within(found.span.at, row))
			mark[n++] = found;
	}
	return n;
}

/* ---- rows --------------------------------------------------------------------------------------------------------- */

static bool is_layout(hg_token_kind kind)
{
	return kind == HG_T_STOP || kind == HG_T_COMMA || kind == HG_T_MARK || kind == HG_T_ROW || kind == HG_T_WIDE;
}

/* aligned, split, gathered around all of the formula but a mark behind it: its rows are those of the formula. */
static void unwrap(const hg_tokens *t, size_t *from, size_t *end)
{
	static const char *const flat[] = {"aligned", "align", "split", "gathered", "gather", "alignedat", "alignat", "flalign", "eqnarray",
	                                   "multline", "equation", "displaymath", "array"};
	size_t last = *end;
	while (last > *from && is_layout(t->at[last - 1].kind))
		last--;
	if (*from >= last || t->at[*from].kind != HG_T_BEGIN || t->at[*from].match + 1 != last)
		return;
	for (size_t i = 0; i < sizeof flat / sizeof *flat; i++)
		if (hg_str_is(t->at[*from].text, flat[i])) {
			++*from;
			*end = last - 1;
			unwrap(t, from, end);
			return;
		}
}

static bool formula_of(hg_html *h, const hg_stretch *stretch, hg_tokens *tokens, hg_formula *f)
{
	const hg_doc *doc = h->report->said->doc;
	*f = (hg_formula){.text = doc->text, .tokens = tokens, .macros = &h->macros, .arena = h->arena};
	return hg_stretch_tokens(doc, stretch, &h->macros, h->arena, tokens) == HG_OK && tokens->n;
}

/* The bytes of the rows' tokens, up to where the next row begins. */
static hg_span span_of_row(const hg_formula *f, size_t from, size_t end, const hg_stretch *stretch)
{
	size_t stop = stretch->span.at + stretch->span.n, at = from ? f->tokens->at[from].span.at : stretch->span.at;
	size_t next = end < f->tokens->n ? f->tokens->at[end].span.at : stop;
	return (hg_span){at, next > at ? next - at : 0};
}

static bool begins_with_relation(const hg_tokens *t, size_t from, size_t end)
{
	while (from < end && t->at[from].kind == HG_T_AMP)
		from++;
	return from < end && (t->at[from].kind == HG_T_REL || t->at[from].kind == HG_T_COMPARE);
}

/* The row [from, end), and behind it what stands behind all rows: the tokens from `tail`. */
static void put_row(hg_html *h, const hg_formula *f, size_t from, size_t end, size_t tail, const hg_stretch *stretch)
{
	hg_mathml_mark mark[MOST_MARKS];
	hg_span row = span_of_row(f, from, end, stretch);
	hg_markup_open(h->m, "div");
	hg_markup_attr(h->m, "class", begins_with_relation(f->tokens, from, end) ? "step more" : "step");
	hg_markup_open(h->m, "div");
	hg_markup_attr(h->m, "class", "formula");
	hg_mathml_write(h->m, f, from, end, mark, marks_in(h, row, mark));
	if (tail < f->tokens->n)
		hg_mathml_write(h->m, f, tail, f->tokens->n, NULL, 0);
	hg_markup_close(h->m);
	hg_html_marks(h, row, "");
	hg_markup_close(h->m);
	if (h->flow)
		hg_html_cards(h);
}

static void put_block(hg_html *h, const hg_formula *f, const hg_stretch *stretch)
{
	size_t from = 0, end = f->tokens->n;
	unwrap(f->tokens, &from, &end);
	bool inner = from > 0;
	hg_markup_open(h->m, "div");
	hg_markup_attr(h->m, "class", "display");
	for (size_t next; from < end; from = next + 1) {
		next = hg_formula_row(f, from, end);
		if (next > from)
			put_row(h, f, from, next, next < end || !inner ? f->tokens->n : end + 1, stretch);
	}
	hg_markup_close(h->m);
}

static void put_inline(hg_html *h, const hg_formula *f, const hg_stretch *stretch)
{
	hg_mathml_mark mark[MOST_MARKS];
	hg_mathml_write(h->m, f, 0, f->tokens->n, mark, marks_in(h, stretch->span, mark));
	hg_html_marks(h, stretch->span, "inline-mark");
}

void hg_html_stretch(hg_html *h, const hg_stretch *stretch)
{
	hg_mathml_mark mark[MOST_MARKS];
	hg_tokens tokens = {0};
	hg_formula f;
	if (stretch->kind == HG_STRETCH_CODE || !formula_of(h, stretch, &tokens, &f)) {
		put_source(h, stretch->span, mark, marks_in(h, stretch->span, mark));
		hg_html_marks(h, stretch->span, "inline-mark");
	} else if (is_block(stretch) && h->flow) {
		put_block(h, &f, stretch);
	} else {
		put_inline(h, &f, stretch);
	}
}

/* ---- formulas by themselves ----------------------------------------------------------------------------------------- */

/* The row of the document a finding stands in. */
static bool find_row(hg_html *h, const hg_finding *finding, hg_tokens *tokens, hg_formula *f, size_t *from, size_t *end)
{
	const hg_doc *doc = h->report->said->doc;
	for (size_t i = 0; i < doc->nstretches; i++) {
		const hg_stretch *s = &doc->stretch[i];
		bool formula = s->kind == HG_STRETCH_INLINE || s->kind == HG_STRETCH_DISPLAY || s->kind == HG_STRETCH_PLAIN;
		if (!formula || !is_within(finding->span.at, s->span))
			continue;
		if (!formula_of(h, s, tokens, f))
			return false;
		*from = 0;
		*end = tokens->n;
		unwrap(tokens, from, end);
		for (size_t next; *from < *end; *from = next + 1) {
			next = hg_formula_row(f, *from, *end);
			if (next == *end || tokens->at[next].span.at >= finding->span.at) {
				*end = next;
				return next > *from;
			}
		}
		return false;
	}
	return false;
}

void hg_html_line(hg_html *h, size_t finding)
{
	const hg_finding *f = &h->report->finding[finding];
	hg_tokens tokens = {0};
	hg_formula formula;
	size_t from, end;
	hg_mathml_mark mark = mark_of(h, f);
	if (h->report->said && find_row(h, f, &tokens, &formula, &from, &end))
		hg_mathml_write(h->m, &formula, from, end, &mark, mark.span.n > 0);
	else if (h->report->source && f->written)
		hg_markup_put(h->m, "code", NULL, f->written);
	else if (f->written || f->of)
		hg_html_formula_text(h, f->written ? f->written : f->of);
}

void hg_html_formula_text(hg_html *h, const char *text)
{
	hg_str s = hg_str_of(text);
	hg_macros none = {0};
	hg_tokens tokens = {0};
	const hg_formula f = {.text = s, .tokens = &tokens, .arena = h->arena};
	bool plain = s.n == 0 || !memchr(s.p, '\\', s.n);
	hg_status status = plain ? hg_plain_scan(s, (hg_span){0, s.n}, h->arena, &tokens)
	                         : hg_latex_scan(s, (hg_span){0, s.n}, &none, h->arena, &tokens);
	if (status == HG_OK && hg_tokens_match(&tokens, h->arena) == HG_OK)
		hg_mathml_write(h->m, &f, 0, tokens.n, NULL, 0);
	else
		hg_markup_put(h->m, "code", NULL, text);
}
