#include "lsp/sheet.h"

#include <stdlib.h>
#include <string.h>

/* What the editor says of a file whose name says nothing. */
static hg_document_kind kind_of(const char *name, const char *language)
{
	hg_format known;
	static const struct {
		const char *language;
		hg_document_kind kind;
	} rows[] = {{"markdown", HG_DOCUMENT_MARKDOWN}, {"quarto", HG_DOCUMENT_MARKDOWN}, {"rmd", HG_DOCUMENT_MARKDOWN},
	            {"latex", HG_DOCUMENT_TEX},         {"tex", HG_DOCUMENT_TEX},         {"plaintex", HG_DOCUMENT_TEX},
	            {"restructuredtext", HG_DOCUMENT_RST}};
	for (size_t i = 0; language && !hg_format_of_name(name, &known) && i < sizeof rows / sizeof *rows; i++)
		if (strcmp(rows[i].language, language) == 0)
			return rows[i].kind;
	return HG_DOCUMENT_BY_NAME;
}

static int digit(char c)
{
	const char *at = c ? strchr("0123456789abcdef0123456789ABCDEF", c) : NULL;
	return at ? (int)(at - "0123456789abcdef0123456789ABCDEF") % 16 : -1;
}

/* The last component of a URI, %20 as a space. */
static char *name_of(const char *uri)
{
	const char *slash = strrchr(uri, '/'), *from = slash && slash[1] ? slash + 1 : uri;
	char *name = malloc(strlen(from) + 1), *to = name;
	for (; name && *from; from++) {
		int high = *from == '%' ? digit(from[1]) : -1, low = high >= 0 ? digit(from[2]) : -1;
		*to++ = (char)(low >= 0 && high + low > 0 ? 16 * high + low : *from);
		from += low >= 0 && high + low > 0 ? 2 : 0;
	}
	if (name)
		*to = '\0';
	return name;
}

hg_sheet *hg_sheet_new(const char *uri, const char *language)
{
	hg_sheet *s = calloc(1, sizeof *s);
	if (!s)
		return NULL;
	*s = (hg_sheet){.uri = strdup(uri), .name = name_of(uri), .version = -1, .stale = true};
	if (s->uri && s->name) {
		s->kind = kind_of(s->name, language);
		return s;
	}
	hg_sheet_free(s);
	return NULL;
}

void hg_sheet_free(hg_sheet *s)
{
	if (!s)
		return;
	hg_document_free(s->judged);
	hg_buf_free(&s->text);
	free(s->lines.start);
	free(s->uri);
	free(s->name);
	free(s);
}

void hg_sheet_replaced(hg_str text, hg_span span, hg_str with, hg_buf *out)
{
	hg_buf_str(out, hg_str_part(text, 0, span.at));
	hg_buf_str(out, with);
	hg_buf_str(out, hg_str_part(text, span.at + span.n, text.n));
}

void hg_sheet_change(hg_sheet *s, hg_position from, hg_position to, hg_str with)
{
	hg_str text = hg_buf_slice(&s->text);
	size_t begin = hg_position_at(text, from), end = hg_position_at(text, to);
	hg_buf now = {0};
	hg_sheet_replaced(text, (hg_span){begin, end > begin ? end - begin : 0}, with, &now);
	hg_buf_free(&s->text);
	s->text = now;
	s->stale = true;
	s->told = false;
}

hg_document *hg_sheet_judged(const hg_sheet *s, hg_str text, const hg_document_options *options)
{
	hg_document *d = NULL;
	if (hg_document_read(s->name, text.n ? text.p : "", text.n, s->kind, options, &d) == HG_OK &&
	    hg_document_judge(d, NULL, options) == HG_OK)
		return d;
	hg_document_free(d);
	return NULL;
}

void hg_sheet_judge(hg_sheet *s, const hg_document_options *options)
{
	if (!s->stale)
		return;
	hg_document_free(s->judged);
	free(s->lines.start);
	s->lines = (hg_lines){0};
	bool well = !s->text.failed && hg_lines_of(hg_buf_slice(&s->text), &s->lines);
	s->judged = !well ? NULL : hg_sheet_judged(s, hg_buf_slice(&s->text), options);
	s->stale = false;
}
