#include "text/scan.h"

#include <string.h>

const char *hg_stretch_kind_text(hg_stretch_kind kind)
{
	static const char *const text[] = {
	    [HG_STRETCH_INLINE] = "inline", [HG_STRETCH_DISPLAY] = "display", [HG_STRETCH_PLAIN] = "plain",
	    [HG_STRETCH_CODE] = "code",     [HG_STRETCH_PROSE] = "prose",     [HG_STRETCH_HEADING] = "heading",
	    [HG_STRETCH_MACRO] = "macro",
	};
	return text[kind];
}

hg_str hg_doc_text(const hg_doc *doc, hg_span span) { return hg_str_part(doc->text, span.at, span.n); }

/* Room for one more; NULL, and the status, when there is none. The old array stays in the arena: at most as
 * much again. */
static void *one_more(scan *s, void *all, size_t n, size_t *room, size_t size)
{
	if (n < *room)
		return all;
	size_t more = *room ? 2 * *room : 64;
	void *grown = hg_arena_alloc(s->arena, more, size);
	if (!grown) {
		s->status = HG_ENOMEM;
		return NULL;
	}
	if (n)
		memcpy(grown, all, n * size);
	*room = more;
	return grown;
}

void scan_note(scan *s, hg_span span, const char *code, const char *text)
{
	hg_budget *budget = s->source->budget;
	if (budget->spent[HG_LIMIT_NOTES] > budget->most[HG_LIMIT_NOTES])
		return; /* that was said */
	if (budget->spent[HG_LIMIT_NOTES]++ == budget->most[HG_LIMIT_NOTES]) {
		code = "too-many-notes";
		text = hg_arena_print(s->arena, "from here on notes are left out: %s",
		                      hg_limit_message(budget, HG_LIMIT_NOTES, s->arena));
	}
	hg_note *all = text ? one_more(s, s->doc->note, s->doc->nnotes, &s->note_room, sizeof *all) : NULL;
	if (!all) {
		s->status = HG_ENOMEM;
		return;
	}
	s->doc->note = all;
	all[s->doc->nnotes++] = (hg_note){span, code, text};
}

void scan_add(scan *s, hg_stretch_kind kind, hg_span span, hg_span outer, hg_str environment)
{
	if (scan_over(s))
		return;
	if (!hg_budget_spend(s->source->budget, HG_LIMIT_PARTS, 1)) {
		s->parts_over = true;
		scan_note(s, span, "too-many-parts",
		          hg_arena_print(s->arena, "what follows is left out: the document has %s",
		                         hg_limit_message(s->source->budget, HG_LIMIT_PARTS, s->arena)));
		return;
	}
	hg_stretch *all = one_more(s, s->doc->stretch, s->doc->nstretches, &s->stretch_room, sizeof *all);
	if (!all)
		return;
	s->doc->stretch = all;
	all[s->doc->nstretches++] = (hg_stretch){
	    .kind = kind,
	    .span = span,
	    .outer = outer,
	    .environment = environment,
	    .table_cell = s->in_table,
	    .struck = s->struck,
	    .quoted = s->quotes > 0,
	    .row = s->in_table ? s->row : 0,
	    .column = s->in_table ? s->column : 0,
	    .paragraph = s->paragraph,
	};
}

/* ---- words ---- */

void scan_prose_from(scan *s, size_t at)
{
	if (s->prose_from == NONE)
		s->prose_from = at;
}

static hg_span trimmed(const scan *s, size_t from, size_t to)
{
	hg_str content = hg_str_trim((hg_str){s->text + from, to - from});
	return (hg_span){(size_t)(content.p - s->text), content.n};
}

void scan_flush(scan *s, size_t to)
{
	if (s->prose_from == NONE)
		return;
	hg_span span = trimmed(s, s->prose_from, to);
	s->prose_from = NONE;
	if (span.n && s->prose_kind == HG_STRETCH_PROSE)
		scan_words(s, span);
	else if (span.n)
		scan_add(s, s->prose_kind, span, span, (hg_str){0});
}

void scan_paragraph(scan *s, size_t at)
{
	scan_flush(s, at);
	s->paragraph++;
	s->struck = false;
}

/* ---- mathematics ---- */

/* Quote marks at the beginning of the lines of a formula that stands in a block quote. */
static void blank_quotes(scan *s, hg_span span)
{
	if (s->quotes == 0)
		return;
	for (size_t at = span.at; at < span.at + span.n; at++) {
		if (s->text[at] != '\n')
			continue;
		size_t marks = 0;
		for (size_t k = at + 1; k < span.at + span.n && (s->text[k] == '>' || is_blank(s->text[k])); k++)
			if (s->text[k] == '>' && marks++ < s->quotes)
				s->text[k] = ' ';
	}
}

/* Writes `with` over n bytes, filled up with spaces. */
static void overwrite(char *p, size_t n, const char *with)
{
	memset(p, ' ', n);
	memcpy(p, with, strlen(with));
}

/* `y\_i` and `\(1 - z\)`, as some Markdown needs it, are y_i and (1 - z); `learning\_rate` keeps its
 * underscore. */
static void undo_escape(char *p, size_t i, size_t n)
{
	size_t word = i;
	while (word > 0 && is_letter(p[word - 1]))
		word--;
	bool name = i - word >= 2 && !(word > 0 && p[word - 1] == '\\');
	if (i + 1 < n && ((p[i + 1] && strchr("*()[]", p[i + 1])) || (p[i + 1] == '_' && !name)))
		p[i] = ' ';
}

/* Characters that are written in several ways, as the lexer knows them; all by something no longer. */
static void plain_characters(char *p, size_t n)
{
	static const struct {
		const char *from, *to;
	} forms[] = {
	    {"\xc2\xa0", " "},     {"\xe2\x80\x8b", " "}, {"\xe2\x80\x8c", " "}, {"\xe2\x80\x8d", " "},
	    {"\xe2\x80\x89", " "}, {"\xe2\x81\xa0", " "}, {"\xef\xbb\xbf", " "}, {"\xe2\x88\x92", "-"},
	    {"\xe2\x80\x93", "-"}, {"\xe2\x88\x97", "*"}, {"\xe2\x80\x99", "'"}, {"\xe2\x80\xb2", "'"},
	    {"\xe3\x80\x80", " "}, {"&amp;", "&"},        {"&lt;", "<"},         {"&gt;", ">"},
	    {"&nbsp;", " "},
	};
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)p[i];
		if (c != '&' && c < 0x80)
			continue;
		for (size_t k = 0; k < sizeof forms / sizeof *forms; k++)
			if (hg_str_starts((hg_str){p + i, n - i}, forms[k].from))
				overwrite(p + i, strlen(forms[k].from), forms[k].to);
		if (c == 0xef && n - i >= 3 &&
		    (unsigned char)p[i + 1] >= 0xbc) { /* full-width ASCII, U+FF01 to U+FF5E */
			unsigned code =
			    (((unsigned)(unsigned char)p[i + 1] & 0x3f) << 6) | ((unsigned char)p[i + 2] & 0x3f);
			char ascii[2] = {(char)(code - 0xf01 + '!'), 0};
			if (code >= 0xf01 && code <= 0xf5e)
				overwrite(p + i, 3, ascii);
		}
	}
}

static void undo_escapes(scan *s, hg_span span)
{
	char *p = s->text + span.at;
	for (size_t i = 0; i + 1 < span.n; i++) {
		if (p[i] != '\\')
			continue;
		if (s->format != HG_TEX)
			undo_escape(p, i, span.n);
		if (p[i + 1] == '\\') {
			i++;
			if (s->format != HG_TEX && i + 2 < span.n && p[i + 1] == '\\' &&
			    strchr("\n ", p[i + 2])) /* kramdown's line end */
				p[i + 1] = ' ';
		}
	}
	plain_characters(p, span.n);
}

/* Definitions inside the formula become stretches of their own, for the whole document; those at its
 * beginning are cut off, the others stay for the lexer to pass over. Returns what is left. */
static hg_span lift_macros(scan *s, hg_span span)
{
	size_t end = span.at + span.n, from = span.at;
	for (size_t at = span.at; at < end; at++) {
		if (s->text[at] != '\\')
			continue;
		size_t n = macro_length((hg_str){s->text + at, end - at}, 0);
		if (n == 0) {
			at++;
			continue;
		}
		scan_macro(s, (hg_span){at, n});
		at += n - 1;
		if (trimmed(s, from, end).at == at + 1 - n)
			from = at + 1;
	}
	return trimmed(s, from, end);
}

void scan_math(scan *s, hg_stretch_kind kind, hg_span span, hg_span outer, hg_str environment)
{
	scan_flush(s, outer.at);
	blank_quotes(s, span);
	undo_escapes(s, span);
	span = lift_macros(s, span);
	if (span.n == 0)
		return;
	if (!hg_budget_allows(s->source->budget, HG_LIMIT_FORMULA_BYTES, span.n)) {
		scan_note(s, (hg_span){span.at, 0}, "formula-too-long",
		          hg_arena_print(s->arena, "this formula is left out: it has %s",
		                         hg_limit_message(s->source->budget, HG_LIMIT_FORMULA_BYTES, s->arena)));
		return;
	}
	if (!hg_budget_spend(s->source->budget, HG_LIMIT_FORMULAS, 1)) {
		if (!s->formulas_over)
			scan_note(s, span, "too-many-formulas",
			          hg_arena_print(s->arena, "from here on formulas are left out: the document has %s",
			                         hg_limit_message(s->source->budget, HG_LIMIT_FORMULAS, s->arena)));
		s->formulas_over = true;
		return;
	}
	scan_add(s, kind, span, outer, environment);
}
