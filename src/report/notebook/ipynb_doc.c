/* The student's document as Markdown cells. Formulas keep their LaTeX and get the delimiters notebooks know; of the
 * prose nothing may load a picture or run: HTML is shown as text. */
#include "report/notebook/ipynb_parts.h"

#include "report/page/look.h"
#include "report/notebook/markdown.h"
#include "report/phrase.h"
#include "report/mathml/tex_words.h"

#include <stdio.h>
#include <string.h>

/* Prose, in which HTML is shown as text; a comment is not shown. */
static void add_prose(hg_str text, hg_buf *out)
{
	for (size_t i = 0; i < text.n; i++) {
		hg_str rest = hg_str_part(text, i, text.n);
		size_t end = hg_str_starts(rest, "<!--") ? hg_str_find(rest, HG_STR("-->")) : (size_t)-1;
		if (end != (size_t)-1)
			i += end + 2;
		else if (text.p[i] == '<' || hg_str_starts(rest, "!["))
			hg_buf_text(out, text.p[i] == '<' ? "&lt;" : "&#33;");
		else
			hg_buf_char(out, text.p[i]);
	}
}

/* Of TeX between formulas what a reader sees; its headings as those of Markdown. */
static void add_tex_prose(hg_str text, hg_buf *out)
{
	while (text.n) {
		const char *end = memchr(text.p, '\n', text.n);
		hg_str line = hg_str_part(text, 0, end ? (size_t)(end - text.p) : text.n);
		hg_buf words = {0};
		int level = 0;
		hg_tex_words(line, &words, &level);
		if (level)
			hg_buf_print(out, "\n%.*s ", level + 1, "####");
		add_prose(hg_buf_slice(&words), out);
		hg_buf_text(out, end ? "\n" : "");
		out->failed |= words.failed;
		hg_buf_free(&words);
		text = hg_str_part(text, line.n + 1, text.n);
	}
}

static void add_formula(hg_ipynb *nb, const hg_doc *doc, const hg_stretch *s, hg_buf *out)
{
	hg_str content = hg_source_text(doc->source, s->span), outer = hg_source_text(doc->source, s->outer);
	switch (s->kind) {
	case HG_STRETCH_INLINE:
		hg_buf_char(out, '$');
		hg_ipynb_latex(nb, hg_str_trim(content), out);
		hg_buf_char(out, '$');
		break;
	case HG_STRETCH_DISPLAY:
		if (s->environment.n && hg_str_starts(outer, "\\begin")) {
			hg_ipynb_latex(nb, outer, out);
			break;
		}
		hg_buf_text(out, "$$");
		hg_ipynb_latex(nb, hg_str_trim(content), out);
		hg_buf_text(out, "$$");
		break;
	case HG_STRETCH_PLAIN:
		hg_markdown_code(content, out);
		break;
	case HG_STRETCH_MACRO: /* its uses are expanded */
		break;
	default: /* a line of code stays in its fence */
		add_prose(outer, out);
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
	bool tex = doc->source->format == HG_TEX;
	void (*const prose)(hg_str text, hg_buf *out) = tex ? add_tex_prose : add_prose;
	for (; c->stretch < doc->nstretches && doc->stretch[c->stretch].outer.at < end; c->stretch++) {
		const hg_stretch *s = &doc->stretch[c->stretch];
		if (code || !is_formula(s) || s->outer.at < at)
			continue;
		prose(hg_source_text(doc->source, (hg_span){at, s->outer.at - at}), &text);
		add_formula(c->nb, doc, s, &text);
		at = s->outer.at + s->outer.n;
	}
	if (!code && at < end)
		prose(hg_source_text(doc->source, (hg_span){at, end - at}), &text);
	c->nb->failed |= text.failed;
	snprintf(id, sizeof id, "doc-%zu", c->piece++);
	if (code)
		hg_ipynb_code(c->nb, id, hg_source_text(doc->source, (hg_span){c->from, end - c->from}));
	else if (hg_str_trim(hg_buf_slice(&text)).n)
		hg_ipynb_cell(c->nb, id, NULL, hg_buf_slice(&text), NULL);
	hg_buf_free(&text);
	c->from = end;
}

/* What agrees on one line, what follows from an earlier mistake on a line each, then the cards. */
static void put_findings(cutter *c, size_t end)
{
	const hg_report *r = c->nb->report;
	size_t first = c->finding, good = 0;
	hg_buf text = {0}, others = {0};
	for (; c->finding < r->nfindings && r->finding[c->finding].span.at < end; c->finding++) {
		const hg_finding *f = &r->finding[c->finding];
		hg_buf subject = {0};
		if (f->status == HG_S_AGREES || f->status == HG_S_NOTATION) {
			hg_say_subject(f, &subject);
			hg_buf_text(&text, good++ ? ", " : "\u2713 ");
			hg_markdown_code(hg_buf_slice(&subject), &text);
		} else if (f->inherited_from) {
			hg_ipynb_line(c->nb, f, &others);
		}
		text.failed |= subject.failed;
		hg_buf_free(&subject);
	}
	hg_buf_text(&text, good && others.n ? "\n\n" : "");
	hg_buf_str(&text, hg_buf_slice(&others));
	char id[32];
	snprintf(id, sizeof id, "marks-%zu", c->piece);
	c->nb->failed |= text.failed || others.failed;
	if (text.n)
		hg_ipynb_cell(c->nb, id, "agrees", hg_buf_slice(&text), NULL);
	hg_buf_free(&text);
	hg_buf_free(&others);
	for (size_t i = first; i < c->finding; i++)
		if (hg_wants_card(&r->finding[i]) && !r->finding[i].inherited_from)
			hg_ipynb_card(c->nb, i);
}

static bool speaks(const hg_finding *f) { return f->status != HG_S_DEFINED && f->status != HG_S_SKIPPED; }

static void cut(cutter *c, size_t begin, size_t end, bool code)
{
	const hg_report *r = c->nb->report;
	c->from = begin;
	for (size_t at = begin; at < end;) {
		size_t stop = c->doc->source->ncells ? end : paragraph_end(c, at, end); /* a notebook's cells stay whole */
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
	size_t begin = s->format == HG_TEX ? hg_str_find(s->text, HG_STR("\\begin{document}")) : 0;
	if (s->ncells == 0)
		cut(&c, begin == (size_t)-1 ? 0 : begin, s->text.n, false);
	for (size_t i = 0; i < s->ncells; i++)
		cut(&c, s->cell_start[i], i + 1 < s->ncells ? s->cell_start[i + 1] : s->text.n, s->cell_is_code[i]);
	put_findings(&c, (size_t)-1);
}
