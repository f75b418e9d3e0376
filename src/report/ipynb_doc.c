/* The student's document as Markdown cells. Formulas keep their LaTeX and get the delimiters notebooks know; of the
 * prose nothing may load a picture or run: HTML is shown as text. */
#include "report/ipynb_parts.h"

#include "report/look.h"
#include "report/markdown.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static void add_prose(hg_str text, hg_buf *out)
{
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		bool image = c == '!' && i + 1 < text.n && text.p[i + 1] == '[';
		if (c == '<' || image)
			hg_buf_text(out, image ? "&#33;" : "&lt;");
		else
			hg_buf_char(out, c);
	}
}

/* LaTeX, in which a blank says nothing: with one behind it a `<` begins no tag and a `!` no picture. */
static void add_latex(hg_str text, hg_buf *out)
{
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i], next = i + 1 < text.n ? text.p[i + 1] : ' ';
		hg_buf_char(out, c);
		if ((c == '<' && (isalpha((unsigned char)next) || strchr("/!?", next))) || (c == '!' && next == '['))
			hg_buf_char(out, ' ');
	}
}

static void add_formula(const hg_doc *doc, const hg_stretch *s, hg_buf *out)
{
	hg_str content = hg_source_text(doc->source, s->span), outer = hg_source_text(doc->source, s->outer);
	switch (s->kind) {
	case HG_STRETCH_INLINE:
		hg_buf_char(out, '$');
		add_latex(hg_str_trim(content), out);
		hg_buf_char(out, '$');
		break;
	case HG_STRETCH_DISPLAY:
		if (s->environment.n && hg_str_starts(outer, "\\begin")) {
			add_latex(outer, out);
			break;
		}
		hg_buf_text(out, "$$");
		add_latex(hg_str_trim(content), out);
		hg_buf_text(out, "$$");
		break;
	case HG_STRETCH_PLAIN:
		hg_markdown_code(content, out);
		break;
	default: /* a line of code stays in its fence, a macro where the formulas can use it */
		add_latex(outer, out);
	}
}

static bool is_formula(const hg_stretch *s) { return s->kind != HG_STRETCH_PROSE && s->kind != HG_STRETCH_HEADING; }

/* ---- pieces ------------------------------------------------------------------------------------------------- */

typedef struct cutter {
	hg_ipynb *nb;
	const hg_doc *doc;
	size_t stretch, finding; /* the next of each */
	size_t from, piece;      /* where the piece begins, how many there were */
} cutter;

/* The end of the paragraph at `at`: an empty line that stands in no formula, or `end`. */
static size_t paragraph_end(const cutter *c, size_t at, size_t end)
{
	hg_str text = c->doc->source->text;
	size_t k = c->stretch;
	for (size_t i = at; i + 1 < end; i++) {
		while (k < c->doc->nstretches &&
		       (!is_formula(&c->doc->stretch[k]) || c->doc->stretch[k].outer.at + c->doc->stretch[k].outer.n <= i))
			k++;
		bool inside = k < c->doc->nstretches && c->doc->stretch[k].outer.at <= i;
		if (!inside && text.p[i] == '\n' && text.p[i + 1] == '\n')
			return i + 1;
	}
	return end;
}

static void put_piece(cutter *c, size_t end, bool code)
{
	const hg_doc *doc = c->doc;
	hg_buf text = {0};
	char id[32];
	size_t at = c->from;
	if (code)
		hg_markdown_fence(hg_source_text(doc->source, (hg_span){at, end - at}), &text);
	for (; c->stretch < doc->nstretches && doc->stretch[c->stretch].outer.at < end; c->stretch++) {
		const hg_stretch *s = &doc->stretch[c->stretch];
		if (code || !is_formula(s) || s->outer.at < at)
			continue;
		add_prose(hg_source_text(doc->source, (hg_span){at, s->outer.at - at}), &text);
		add_formula(doc, s, &text);
		at = s->outer.at + s->outer.n;
	}
	if (!code && at < end)
		add_prose(hg_source_text(doc->source, (hg_span){at, end - at}), &text);
	c->nb->failed |= text.failed;
	snprintf(id, sizeof id, "doc-%zu", c->piece++);
	if (hg_str_trim(hg_buf_slice(&text)).n)
		hg_ipynb_cell(c->nb, id, NULL, hg_buf_slice(&text), NULL);
	hg_buf_free(&text);
	c->from = end;
}

/* One line for each finding up to `end`, then the cards. */
static void put_findings(cutter *c, size_t end)
{
	const hg_report *r = c->nb->report;
	size_t first = c->finding;
	hg_buf text = {0};
	for (; c->finding < r->nfindings && r->finding[c->finding].span.at < end; c->finding++)
		hg_ipynb_line(&r->finding[c->finding], &text);
	char id[32];
	snprintf(id, sizeof id, "marks-%zu", c->piece);
	c->nb->failed |= text.failed;
	if (text.n)
		hg_ipynb_cell(c->nb, id, NULL, hg_buf_slice(&text), NULL);
	hg_buf_free(&text);
	for (size_t i = first; i < c->finding; i++)
		if (hg_wants_card(&r->finding[i]))
			hg_ipynb_card(c->nb, i);
}

static bool speaks(const hg_finding *f) { return f->status != HG_S_DEFINED && f->status != HG_S_SKIPPED; }

static void cut(cutter *c, size_t begin, size_t end, bool code)
{
	const hg_report *r = c->nb->report;
	c->from = begin;
	for (size_t at = begin; at < end;) {
		size_t stop = code ? end : paragraph_end(c, at, end);
		bool said = false;
		for (size_t i = c->finding; i < r->nfindings && r->finding[i].span.at < stop; i++)
			said |= speaks(&r->finding[i]);
		if (said || stop == end) {
			put_piece(c, stop, code);
			put_findings(c, stop);
		}
		at = stop;
	}
}

void hg_ipynb_document(hg_ipynb *nb)
{
	const hg_doc *doc = nb->report->said->doc;
	const hg_source *s = doc->source;
	cutter c = {.nb = nb, .doc = doc};
	if (s->ncells == 0)
		cut(&c, 0, s->text.n, false);
	for (size_t i = 0; i < s->ncells; i++)
		cut(&c, s->cell_start[i], i + 1 < s->ncells ? s->cell_start[i + 1] : s->text.n, s->cell_is_code[i]);
	put_findings(&c, (size_t)-1);
}
