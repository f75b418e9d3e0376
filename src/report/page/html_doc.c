/* The student's document: Markdown through md4c, other formats as paragraphs, with every formula in its place.
 *
 * Mathematics would not survive a Markdown reader (it sees emphasis in a_1 b_1), so each stretch of it is taken out
 * first: a private character, the number of the stretch, another private character stand in its place. */
#include "report/page/html_parts.h"
#include "report/mathml/tex_words.h"

#include <ctype.h>
#include <md4c.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BEGIN "\uE000"
#define END   "\uE001"

static bool is_formula(const hg_stretch *s)
{
	return s->kind == HG_STRETCH_INLINE || s->kind == HG_STRETCH_DISPLAY || s->kind == HG_STRETCH_PLAIN ||
	       s->kind == HG_STRETCH_CODE || s->kind == HG_STRETCH_MACRO;
}

/* Does the line that *out ends in hold a tab? It is a row of a table then, and stays a line of its own. */
static bool is_row(const hg_buf *out)
{
	size_t n = out->n;
	while (n && out->p[n - 1] != '\n')
		if (out->p[--n] == '\t')
			return true;
	return false;
}

/* Text between formulas; the two private characters themselves become a question mark. */
static void add_prose(hg_str text, hg_buf *out)
{
	for (size_t i = 0; i < text.n; i++) {
		bool ours = text.p[i] == BEGIN[0] && i + 2 < text.n && text.p[i + 1] == BEGIN[1] &&
		            (text.p[i + 2] == BEGIN[2] || text.p[i + 2] == END[2]);
		if (text.p[i] == '\n' && is_row(out))
			hg_buf_text(out, "  ");
		hg_buf_char(out, ours ? '?' : text.p[i]);
		i += ours ? 2 : 0;
	}
}

/* The part [from, to) of the source with formulas replaced by their numbers. */
static void mask(const hg_doc *doc, size_t from, size_t to, hg_buf *out)
{
	for (size_t i = 0; i < doc->nstretches; i++) {
		const hg_stretch *s = &doc->stretch[i];
		if (!is_formula(s) || s->outer.at < from || s->outer.at >= to)
			continue;
		add_prose(hg_source_text(doc->source, (hg_span){from, s->outer.at - from}), out);
		hg_buf_print(out, BEGIN "%zu" END, i);
		from = s->outer.at + s->outer.n;
	}
	if (from < to)
		add_prose(hg_source_text(doc->source, (hg_span){from, to - from}), out);
}

/* Words; a tab parts the cells of a table written with them. */
static void put_words(hg_html *h, hg_str text)
{
	while (text.n) {
		const char *tab = memchr(text.p, '\t', text.n);
		size_t n = tab ? (size_t)(tab - text.p) : text.n;
		hg_markup_str(h->m, hg_str_part(text, 0, n));
		hg_markup_text(h->m, tab ? " \u2003 " : "");
		text = hg_str_part(text, n + 1, text.n);
	}
}

/* Text in which formulas may stand. */
static void put_text(hg_html *h, hg_str text)
{
	const hg_doc *doc = h->report->said->doc;
	for (;;) {
		size_t at = hg_str_find(text, HG_STR(BEGIN));
		put_words(h, hg_str_part(text, 0, at == (size_t)-1 ? text.n : at));
		if (at == (size_t)-1)
			return;
		text = hg_str_part(text, at + strlen(BEGIN), text.n);
		size_t i = 0, n = 0;
		for (; n < text.n && isdigit((unsigned char)text.p[n]); n++)
			i = 10 * i + (size_t)(text.p[n] - '0');
		if (i < doc->nstretches && doc->stretch[i].kind != HG_STRETCH_MACRO)
			hg_html_stretch(h, &doc->stretch[i]);
		text = hg_str_part(text, n + strlen(END), text.n);
	}
}

/* ---- Markdown ----------------------------------------------------------------------------------------------- */

typedef struct page {
	hg_html *h;
	size_t depth;         /* of blocks */
	size_t narrow;        /* blocks and spans open that have no room for a card */
} page;

/* Headings of the document stand below the title of the report. */
static const char *const heading[] = {"h2", "h2", "h3", "h4", "h5", "h6", "h6"};

/* A card may stand in a paragraph (a div here), a quotation, a list; not in a sentence's emphasis, a heading, a table. */
static bool is_narrow(MD_BLOCKTYPE type) { return type == MD_BLOCK_H || type == MD_BLOCK_TABLE || type == MD_BLOCK_CODE; }

static const char *block_element(MD_BLOCKTYPE type, void *detail)
{
	switch (type) {
	case MD_BLOCK_QUOTE: return "blockquote";
	case MD_BLOCK_UL: return "ul";
	case MD_BLOCK_OL: return "ol";
	case MD_BLOCK_LI: return "li";
	case MD_BLOCK_HR: return "hr";
	case MD_BLOCK_H: return heading[((MD_BLOCK_H_DETAIL *)detail)->level];
	case MD_BLOCK_CODE: return "pre";
	case MD_BLOCK_P: return "div";
	case MD_BLOCK_TABLE: return "table";
	case MD_BLOCK_THEAD: return "thead";
	case MD_BLOCK_TBODY: return "tbody";
	case MD_BLOCK_TR: return "tr";
	case MD_BLOCK_TH: return "th";
	case MD_BLOCK_TD: return "td";
	default: return NULL; /* the document; HTML of its own, which is shown as text or dropped */
	}
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *userdata)
{
	page *p = userdata;
	const char *element = block_element(type, detail);
	p->depth++;
	p->narrow += is_narrow(type);
	p->h->flow = !p->narrow;
	if (!element)
		return 0;
	hg_markup_open(p->h->m, element);
	hg_markup_attr(p->h->m, "class", type == MD_BLOCK_P ? "p" : NULL);
	if (type == MD_BLOCK_OL && ((MD_BLOCK_OL_DETAIL *)detail)->start != 1)
		hg_markup_attr_print(p->h->m, "start", "%u", ((MD_BLOCK_OL_DETAIL *)detail)->start);
	return 0;
}

/* Of what stood inside a line: each card with its formula. */
static void later_cards(hg_html *h)
{
	h->flow = false;
	hg_html_cards(h);
	h->flow = true;
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *userdata)
{
	page *p = userdata;
	if (block_element(type, detail))
		hg_markup_close(p->h->m);
	p->narrow -= is_narrow(type);
	p->h->flow = !p->narrow;
	if (--p->depth == 1)
		later_cards(p->h);
	return 0;
}

static const char *span_element(MD_SPANTYPE type)
{
	switch (type) {
	case MD_SPAN_EM: return "em";
	case MD_SPAN_STRONG: return "strong";
	case MD_SPAN_CODE: return "code";
	case MD_SPAN_DEL: return "del";
	case MD_SPAN_A: return "u"; /* no link of a student's leads out of the page */
	default: return "span";
	}
}

static int enter_span(MD_SPANTYPE type, void *detail, void *userdata)
{
	page *p = userdata;
	(void)detail;
	p->narrow++;
	p->h->flow = false;
	hg_markup_open(p->h->m, span_element(type));
	return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *userdata)
{
	page *p = userdata;
	(void)type, (void)detail;
	hg_markup_close(p->h->m);
	p->h->flow = !--p->narrow;
	return 0;
}

static int see_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *userdata)
{
	hg_html *h = ((page *)userdata)->h;
	hg_str s = {text, size};
	if (type == MD_TEXT_BR) {
		hg_markup_open(h->m, "br");
		hg_markup_close(h->m);
	} else if (type == MD_TEXT_SOFTBR) {
		hg_markup_text(h->m, "\n");
	} else if (type == MD_TEXT_HTML && hg_str_starts(hg_str_trim(s), "<!--")) {
		return 0;
	} else {
		put_text(h, s);
	}
	return 0;
}

static void put_markdown(hg_html *h, hg_str text)
{
	static const MD_PARSER parser = {
		.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_PERMISSIVEATXHEADERS,
		.enter_block = enter_block,
		.leave_block = leave_block,
		.enter_span = enter_span,
		.leave_span = leave_span,
		.text = see_text,
	};
	page p = {.h = h};
	if (text.n && md_parse(text.p, (MD_SIZE)text.n, &parser, &p) != 0)
		hg_markup_put(h->m, "p", "facts", "The text could not be laid out; the table below has every statement.");
	later_cards(h);
}

/* ---- TeX, reStructuredText, plain text ---------------------------------------------------------------------- */

typedef struct paragraph {
	hg_buf text;
	int level;
} paragraph;

static void end_paragraph(hg_html *h, paragraph *p)
{
	if (hg_str_trim(hg_buf_slice(&p->text)).n) {
		h->flow = !p->level;
		hg_markup_open(h->m, p->level ? heading[p->level] : "div");
		hg_markup_attr(h->m, "class", p->level ? NULL : "p");
		put_text(h, hg_str_trim(hg_buf_slice(&p->text)));
		hg_markup_close(h->m);
		later_cards(h);
	}
	p->text.n = 0;
	p->level = 0;
}

static void put_paragraphs(hg_html *h, hg_str text, bool tex)
{
	paragraph p = {0};
	size_t body = tex ? hg_str_find(text, HG_STR("\\begin{document}")) : (size_t)-1;
	if (body != (size_t)-1)
		text = hg_str_part(text, body, text.n);
	while (text.n) {
		const char *end = memchr(text.p, '\n', text.n);
		hg_str line = hg_str_part(text, 0, end ? (size_t)(end - text.p) : text.n);
		text = hg_str_part(text, line.n + 1, text.n);
		if (!hg_str_trim(line).n)
			end_paragraph(h, &p);
		if (tex && hg_str_starts(hg_str_trim(line), "\\begin{tikzpicture}")) { /* a drawing: nothing to read */
			size_t after = hg_str_find(text, HG_STR("\\end{tikzpicture}"));
			text = after == (size_t)-1 ? text : hg_str_part(text, after, text.n);
			continue;
		}
		int level = 0;
		size_t before = p.text.n;
		if (tex)
			hg_tex_words(line, &p.text, &level);
		else
			hg_buf_str(&p.text, line);
		if (level && before) { /* a heading stands by itself */
			hg_buf heading_text = {0};
			hg_buf_str(&heading_text, hg_str_part(hg_buf_slice(&p.text), before, p.text.n));
			p.text.n = before;
			end_paragraph(h, &p);
			hg_buf_str(&p.text, hg_buf_slice(&heading_text));
			hg_markup_used(h->m, &heading_text);
		}
		p.level = level ? level : p.level;
		hg_buf_char(&p.text, '\n');
		if (level)
			end_paragraph(h, &p);
	}
	end_paragraph(h, &p);
	hg_markup_used(h->m, &p.text);
}

static void put_code(hg_html *h, hg_str text)
{
	h->flow = false;
	hg_markup_open(h->m, "pre");
	put_text(h, hg_str_trim(text));
	hg_markup_close(h->m);
	later_cards(h);
}

typedef enum part { MARKDOWN, TEX, WORDS, CODE } part;

static void put_part(hg_html *h, size_t from, size_t to, part kind)
{
	hg_buf masked = {0};
	mask(h->report->said->doc, from, to, &masked);
	if (kind == MARKDOWN)
		put_markdown(h, hg_buf_slice(&masked));
	else if (kind == CODE)
		put_code(h, hg_buf_slice(&masked));
	else
		put_paragraphs(h, hg_buf_slice(&masked), kind == TEX);
	hg_markup_used(h->m, &masked);
}

void hg_html_document(hg_html *h)
{
	const hg_source *s = h->report->source;
	hg_markup_open(h->m, "section");
	hg_markup_attr(h->m, "aria-label", "The document, with a mark beside each step");
	if (s->ncells == 0)
		put_part(h, h->body, s->text.n, s->format == HG_MARKDOWN ? MARKDOWN : s->format == HG_TEX ? TEX : WORDS);
	for (size_t i = 0; i < s->ncells; i++) {
		size_t end = i + 1 < s->ncells ? s->cell_start[i + 1] : s->text.n;
		hg_markup_open(h->m, "section");
		hg_markup_attr_print(h->m, "aria-label", "Cell %zu", s->cell_number[i]);
		put_part(h, i ? s->cell_start[i] : h->body > s->cell_start[0] ? h->body : s->cell_start[0], end, s->cell_is_code[i] ? CODE : MARKDOWN);
		hg_markup_close(h->m);
	}
	hg_markup_close(h->m);
}
