/* One formula of the document: its statements as mathematics, a mark beside each step. */
#include "report/html_parts.h"
#include "report/tex_words.h"

#include <string.h>

static bool within(hg_span a, hg_span b) { return a.at >= b.at && a.at + a.n <= b.at + b.n; }
static bool meet(hg_span a, hg_span b) { return a.at < b.at + b.n && b.at < a.at + a.n; }

static bool is_block(const hg_stretch *s)
{
	return !s->table_cell && (s->kind == HG_STRETCH_DISPLAY || s->kind == HG_STRETCH_PLAIN);
}

/* The source as it stands, with the part that was not understood marked. */
static void put_source(hg_html *h, hg_span span, hg_span unread)
{
	const hg_source *source = h->report->source;
	hg_markup_open(h->m, "code");
	if (unread.n && within(unread, span)) {
		hg_markup_str(h->m, hg_source_text(source, (hg_span){span.at, unread.at - span.at}));
		hg_markup_open(h->m, "mark");
		hg_markup_str(h->m, hg_source_text(source, unread));
		hg_markup_close(h->m);
		size_t rest = unread.at + unread.n;
		hg_markup_str(h->m, hg_source_text(source, (hg_span){rest, span.at + span.n - rest}));
	} else {
		hg_markup_str(h->m, hg_source_text(source, span));
	}
	hg_markup_close(h->m);
}

/* ---- which findings belong to a side --------------------------------------------------------------------- */

/* Findings [first, last) speak of the statement. */
typedef struct range {
	size_t first, last;
} range;

static range findings_of(hg_html *h, const hg_statement *s)
{
	const hg_report *r = h->report;
	size_t end = s->span.at + s->span.n;
	while (h->finding < r->nfindings && r->finding[h->finding].span.at < s->span.at)
		h->finding++;
	range found = {h->finding, h->finding};
	while (found.last < r->nfindings && r->finding[found.last].span.at < end)
		found.last++;
	h->finding = found.last;
	return found;
}

/* What is marked inside a side: the term the slip is in, or else the whole of what was judged. */
static const hg_mathml_mark *mark_of(hg_html *h, range of, const hg_side *side, hg_mathml_mark *mark)
{
	for (size_t i = of.first; i < of.last; i++) {
		const hg_finding *f = &h->report->finding[i];
		if (f->status != HG_S_DISAGREES || !meet(f->span, side->span) || h->options->detail == HG_DETAIL_NONE)
			continue;
		bool term = f->nslips && f->slip->at.n;
		*mark = (hg_mathml_mark){.span = term ? f->slip->at : f->span, .class = "wrong",
		                         .label = term ? "wrong here" : "wrong in this side"};
		return mark;
	}
	return NULL;
}

static void put_marks(hg_html *h, range of, hg_span side, const char *class)
{
	for (size_t i = of.first; i < of.last; i++)
		if (!h->placed[i] && meet(h->report->finding[i].span, side))
			hg_html_mark(h, i, class);
}

/* ---- statements --------------------------------------------------------------------------------------------- */

static void put_reason(hg_html *h, hg_str words)
{
	if (words.n) {
		hg_markup_open(h->m, "span");
		hg_markup_attr(h->m, "class", "reason");
		hg_markup_str(h->m, words);
		hg_markup_close(h->m);
	}
}

/* The words behind a statement, unless they are read as statements of their own. */
static void put_where(hg_html *h, const hg_statement *s)
{
	const hg_statements *said = h->report->said;
	size_t next = (size_t)(s - said->at) + 1;
	const char *end = s->where.p + s->where.n, *text = said->doc->text.p;
	if (!s->where.n || (next < said->n && text + said->at[next].span.at < end && text + said->at[next].span.at >= s->where.p))
		return;
	hg_buf words = {0};
	int level = 0;
	hg_tex_words(s->where, &words, &level);
	put_reason(h, hg_str_trim(hg_buf_slice(&words)));
	hg_markup_used(h->m, &words);
}

/* One step: the left side where it stands in this row, the relation, the right side, the marks. */
static void put_step(hg_html *h, const hg_statement *s, size_t left, size_t right, range of, bool block)
{
	const hg_side *side = &s->side[right];
	const hg_expr *before = left < right ? s->side[left].e : NULL;
	hg_mathml_mark mark;
	bool first = left < right || right == 0;
	if (block) {
		hg_markup_open(h->m, "span");
		hg_markup_attr(h->m, "class", first && side->rel != HG_REL_NONE && !before ? "step more"
		                              : first                                     ? "step"
		                                                                          : "step more");
		hg_markup_open(h->m, "span");
		hg_markup_attr(h->m, "class", "formula");
	}
	hg_mathml_relation(h->m, HG_MATHML_INLINE, before, side->rel, side->e, mark_of(h, of, side, &mark));
	put_reason(h, side->reason);
	if (block)
		hg_markup_close(h->m);
	else
		hg_markup_text(h->m, " ");
	put_marks(h, of, side->span, block ? "" : "inline-mark");
	if (before)
		put_marks(h, of, s->side[left].span, block ? "" : "inline-mark");
	if (block)
		hg_markup_close(h->m);
}

static bool is_read(const hg_statement *s)
{
	for (size_t i = 0; i < s->nsides; i++)
		if (!s->side[i].e)
			return false;
	return s->nsides && !s->unread.n && !s->step;
}

static void put_statement(hg_html *h, const hg_statement *s, bool block)
{
	range of = findings_of(h, s);
	if (!is_read(s)) {
		if (block) {
			hg_markup_open(h->m, "span");
			hg_markup_attr(h->m, "class", "step");
			hg_markup_open(h->m, "span");
			hg_markup_attr(h->m, "class", "formula");
		}
		put_source(h, s->span, s->unread);
		if (block)
			hg_markup_close(h->m);
		put_marks(h, of, s->span, block ? "" : "inline-mark");
		if (block)
			hg_markup_close(h->m);
		return;
	}
	bool pair = s->nsides > 1 && s->side[0].rel == HG_REL_NONE;
	if (!pair)
		put_step(h, s, 0, 0, of, block);
	for (size_t i = 1; i < s->nsides; i++)
		put_step(h, s, pair && i == 1 ? 0 : i, i, of, block);
	put_marks(h, of, s->span, block ? "" : "inline-mark"); /* of no side in particular */
	put_where(h, s);
}

/* Mathematics that claims nothing: a name, a shape. */
static void put_expression(hg_html *h, const hg_stretch *stretch)
{
	hg_expr *e = NULL;
	const char *trouble = NULL;
	hg_str text = hg_str_trim(hg_doc_text(h->report->said->doc, stretch->span));
	if (text.n && hg_parse_expression(text, stretch->kind == HG_STRETCH_PLAIN, h->arena, &e, &trouble) == HG_OK && e)
		hg_mathml_formula(h->m, HG_MATHML_INLINE, e, NULL);
	else
		put_source(h, stretch->span, (hg_span){0});
}

void hg_html_stretch(hg_html *h, const hg_stretch *stretch)
{
	const hg_statements *said = h->report->said;
	size_t end = stretch->span.at + stretch->span.n;
	bool block = is_block(stretch), code = stretch->kind == HG_STRETCH_CODE;
	while (h->statement < said->n && said->at[h->statement].span.at < stretch->span.at)
		h->statement++;
	bool any = h->statement < said->n && said->at[h->statement].span.at < end;
	if (block) {
		hg_markup_open(h->m, "span");
		hg_markup_attr(h->m, "class", "display");
	}
	if (code)
		put_source(h, stretch->span, (hg_span){0});
	else if (!any)
		put_expression(h, stretch);
	for (; h->statement < said->n && said->at[h->statement].span.at < end; h->statement++) {
		const hg_statement *s = &said->at[h->statement];
		if (code) {
			hg_markup_text(h->m, " ");
			put_marks(h, findings_of(h, s), s->span, "inline-mark");
		} else {
			put_statement(h, s, block);
		}
	}
	if (block)
		hg_markup_close(h->m);
}

void hg_html_formula_text(hg_html *h, const char *text)
{
	hg_expr *e = NULL;
	const char *trouble = NULL;
	hg_str s = hg_str_of(text);
	size_t equals = hg_str_find(s, HG_STR(" = "));
	hg_expr *left = NULL;
	bool plain = !memchr(s.p, '\\', s.n);
	if (equals != (size_t)-1 &&
	    (hg_parse_expression(hg_str_part(s, 0, equals), plain, h->arena, &left, &trouble) != HG_OK || !left))
		equals = 0;
	hg_str right = equals == (size_t)-1 ? s : hg_str_part(s, equals + 3, s.n);
	if (equals && hg_parse_expression(right, plain, h->arena, &e, &trouble) == HG_OK && e)
		hg_mathml_relation(h->m, HG_MATHML_INLINE, left, left ? HG_REL_EQ : HG_REL_NONE, e, NULL);
	else
		hg_markup_put(h->m, "code", NULL, text);
}
