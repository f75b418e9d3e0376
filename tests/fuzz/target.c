#include "target.h"

#include "verdict/judge.h"
#include "lang/print/print.h"
#include "lang/statement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MUST(condition)                                                                                      \
	do {                                                                                                     \
		if (!(condition)) {                                                                                  \
			fprintf(stderr, "%s:%d: %s does not hold\n", __FILE__, __LINE__, #condition);                    \
			abort();                                                                                         \
		}                                                                                                    \
	} while (0)

static void check_span(const hg_doc *doc, hg_span span)
{
	MUST(span.at <= doc->text.n);
	MUST(span.n <= doc->text.n - span.at);
}

static void check_place(const hg_doc *doc, size_t at)
{
	hg_place place = hg_source_place(doc->source, at);
	MUST(place.line >= 1 && place.column >= 1);
	hg_source_line(doc->source, at);
}

static size_t check_doc(const hg_doc *doc)
{
	size_t mathematics = 0;
	MUST(doc->text.n == doc->source->text.n);
	for (size_t i = 0; i < doc->nstretches; i++) {
		const hg_stretch *s = &doc->stretch[i];
		check_span(doc, s->span);
		check_span(doc, s->outer);
		check_place(doc, s->span.at);
		MUST(s->span.n > 0);
		MUST(s->outer.at <= s->span.at && s->outer.at + s->outer.n >= s->span.at + s->span.n);
		mathematics +=
		    s->kind != HG_STRETCH_PROSE && s->kind != HG_STRETCH_HEADING && s->kind != HG_STRETCH_MACRO;
	}
	for (size_t i = 0; i < doc->nnotes; i++) {
		check_span(doc, doc->note[i].span);
		MUST(doc->note[i].code && doc->note[i].text);
	}
	return mathematics;
}

/* Every walker over trees sees every tree. */
static void check_tree(const hg_expr *e, hg_arena *arena)
{
	hg_buf out = {0};
	hg_print_tree(e, &out);
	const hg_expr *copy = hg_expr_copy(arena, e);
	MUST(copy && hg_expr_equal(e, copy));
	MUST(!out.failed && out.n > 0);
	hg_buf_free(&out);
}

static void check_statements(const hg_doc *doc, const hg_statements *said, hg_arena *arena,
                             fuzz_result *result)
{
	result->statements = said->n;
	for (size_t i = 0; i < said->n; i++) {
		const hg_statement *s = &said->at[i];
		bool whole = true;
		check_span(doc, s->span);
		check_span(doc, s->unread);
		for (size_t k = 0; k < s->nsides; k++) {
			check_span(doc, s->side[k].span);
			whole = whole && s->side[k].e;
			if (s->side[k].e)
				check_tree(s->side[k].e, arena);
		}
		result->unread += !whole;
		MUST(whole || s->unread_text); /* read whole, or reported with what was not */
	}
}

/* Every statement that is judged gets a finding inside the document, and the summary counts them all. */
static void check_report(const hg_doc *doc, const hg_report *report)
{
	size_t counted = 0;
	for (size_t i = 0; i < HG_NSTATUSES; i++)
		counted += report->count[i];
	MUST(counted == report->nfindings);
	for (size_t i = 0; i < report->nfindings; i++) {
		const hg_finding *f = &report->finding[i];
		MUST(f->id && (unsigned)f->status < HG_NSTATUSES);
		check_span(doc, f->span);
		check_span(doc, f->whole);
		check_span(doc, f->unread);
		for (size_t k = 0; k < f->nslips; k++)
			check_span(doc, f->slip[k].at);
	}
}

fuzz_result fuzz_document(hg_str input)
{
	static const char *const endings[] = {"md", "tex", "rst", "ipynb", "txt"};
	const char *path = "input.md", *trouble = NULL;
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		size_t n = strlen(endings[i]);
		if (hg_str_starts(input, endings[i]) && input.n > n && input.p[n] == '\n') {
			static char name[16];
			snprintf(name, sizeof name, "input.%s", endings[i]);
			path = name;
			input = hg_str_part(input, n + 1, input.n);
			break;
		}
	}
	hg_arena *arena = hg_arena_new();
	hg_source source;
	hg_doc doc;
	hg_statements said;
	fuzz_result result = {.status = hg_source_of(path, input, NULL, arena, &source, &trouble)};
	if (result.status != HG_OK) {
		MUST(trouble && !strchr(trouble, '\n'));
	} else {
		MUST(hg_doc_scan(&source, arena, &doc) == HG_OK);
		result.stretches = check_doc(&doc);
		result.notes = doc.nnotes;
		MUST(hg_parse(&doc, arena, &said) == HG_OK);
		check_statements(&doc, &said, arena, &result);
		hg_report report = {0};
		hg_settings settings = {.seed = 1};
		MUST(hg_judge_document(&said, NULL, NULL, &settings, arena, &report) == HG_OK);
		check_report(&doc, &report);
		result.disagree = report.count[HG_S_DISAGREES];
	}
	MUST(hg_arena_size(arena) < (size_t)256 << 20);
	hg_arena_free(arena);
	return result;
}
