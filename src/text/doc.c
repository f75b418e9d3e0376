#include "text/scan.h"

#include <string.h>

/* Blanks all but line ends. */
static void blank(char *text, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (text[i] != '\n')
			text[i] = ' ';
}

/* `%` to the end of the line, unless it is written as `\%`. */
static void blank_tex_comments(char *text, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (text[i] == '\\') {
			i++;
		} else if (text[i] == '%') {
			size_t end = i;
			while (end < n && text[end] != '\n')
				end++;
			blank(text, i, end);
			i = end;
		}
	}
}

static void blank_html_comments(char *text, size_t n)
{
	for (size_t at = 0; at < n;) {
		char *open = memmem(text + at, n - at, "<!--", 4);
		char *close = open ? memmem(open, (size_t)(text + n - open), "-->", 3) : NULL;
		if (!close)
			return;
		blank(text, (size_t)(open - text), (size_t)(close - text) + 3);
		at = (size_t)(close - text) + 3;
	}
}

/* Between "---" or "+++" on the first line and the next such line: titles and tags for a site. */
static void blank_front_matter(char *text, size_t n)
{
	if (n < 4 || (memcmp(text, "---\n", 4) != 0 && memcmp(text, "+++\n", 4) != 0))
		return;
	char close[] = {'\n', text[0], text[0], text[0], '\n'};
	char *end = memmem(text + 3, n - 3, close, sizeof close);
	char *empty = end ? memmem(text, (size_t)(end - text), "\n\n", 2) : NULL;
	if (end && !empty) /* a blank line inside: it was a rule */
		blank(text, 0, (size_t)(end - text) + 4);
}

/* What stands before \begin{document} only defines macros; nothing stands behind its end. */
static void scan_preamble(scan *s)
{
	hg_str text = {s->text, s->source->text.n};
	size_t begin = hg_str_find(text, HG_STR("\\begin{document}"));
	if (begin == NONE)
		return;
	for (; s->at < begin; s->at++) {
		if (s->text[s->at] != '\\')
			continue;
		size_t n = macro_length(text, s->at);
		if (n)
			scan_macro(s, (hg_span){s->at, n});
		s->at += n ? n - 1 : 1;
	}
	s->at = begin + strlen("\\begin{document}");
	size_t end = hg_str_find(hg_str_part(text, s->at, text.n), HG_STR("\\end{document}"));
	if (end != NONE)
		s->end = s->at + end;
}

static void scan_region(scan *s, size_t from, size_t to)
{
	s->at = from;
	s->end = to;
	s->prose_from = NONE;
	s->prose_kind = HG_STRETCH_PROSE;
	s->in_table = s->in_pipe_table = s->struck = false;
	s->quotes = 0;
	s->paragraph_from = 1, s->paragraph_to = 0;
	s->next_tag_end = UNKNOWN;
	for (size_t i = 0; i < NPAIRS; i++)
		s->next_closer[i] = UNKNOWN;
	for (size_t i = 0; i < MOST_ENVIRONMENTS; i++)
		s->next_end[i][0] = s->next_end[i][1] = UNKNOWN;
	if (s->format == HG_TEX)
		scan_preamble(s);
	while (s->at < s->end && !scan_over(s))
		scan_line(s);
	scan_paragraph(s, s->end);
}

static void scan_cells(scan *s)
{
	const hg_source *source = s->source;
	s->format = HG_MARKDOWN;
	for (size_t c = 0; c < source->ncells && !scan_over(s); c++) {
		size_t from = source->cell_start[c],
		       to = c + 1 < source->ncells ? source->cell_start[c + 1] : source->text.n;
		if (source->cell_is_code[c])
			scan_code(s, from, to);
		else
			scan_region(s, from, to);
		s->paragraph++;
	}
}

/* In the order of the source; there are few, and nearly all stand in it already. */
static void sort_notes(hg_doc *doc)
{
	for (size_t i = 1; i < doc->nnotes; i++) {
		hg_note note = doc->note[i];
		size_t k = i;
		for (; k > 0 && doc->note[k - 1].span.at > note.span.at; k--)
			doc->note[k] = doc->note[k - 1];
		doc->note[k] = note;
	}
}

hg_status hg_doc_scan(const hg_source *source, hg_arena *arena, hg_doc *doc)
{
	size_t n = source->text.n;
	*doc = (hg_doc){.source = source, .note = source->note, .nnotes = source->nnotes};
	char *text = hg_arena_copy(arena, source->text.p, n);
	if (!text)
		return HG_ENOMEM;
	doc->text = (hg_str){text, n};
	scan s = {.source = source, .doc = doc, .arena = arena, .text = text, .format = source->format};
	s.note_room = source->nnotes; /* the next note copies them */
	if (source->format == HG_TEX)
		blank_tex_comments(text, n);
	else if (source->format != HG_PYTHON)
		blank_html_comments(text, n);
	if (source->format != HG_PYTHON)
		blank_switched_off(&s, n);
	if (source->format != HG_TEX && source->format != HG_PYTHON)
		blank_hidden_elements(&s, n);
	if (source->format == HG_MARKDOWN || source->format == HG_NOTEBOOK)
		blank_unshown_markdown(&s, n);
	if (source->format == HG_MARKDOWN)
		blank_front_matter(text, n);
	if (source->format == HG_NOTEBOOK)
		scan_cells(&s);
	else if (source->format == HG_PYTHON)
		scan_python(&s, scan_region);
	else
		scan_region(&s, 0, n);
	scan_code_end(&s);
	sort_notes(doc);
	return s.status;
}
