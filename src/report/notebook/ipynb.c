/* A Jupyter notebook, nbformat 4.5: Markdown cells with $..$ and pictures as attachments, which JupyterLab shows
 * without being told to trust the file. Nothing of ours in it runs; a notebook keeps its own cells, each followed by what was
 * found in it. */
#include "report/notebook/ipynb_parts.h"

#include "report/notebook/markdown.h"
#include "report/page/look.h"
#include "report/phrase.h"
#include "report/safe.h"

#include <ctype.h>
#include <string.h>

/* Lines that keep their line feed, the last one without: how notebooks store text. */
static json_t *lines_of(hg_str text)
{
	hg_buf clean = {0};
	hg_safe(text, HG_SAFE_LINES, &clean);
	json_t *lines = clean.failed ? NULL : json_array();
	hg_str rest = hg_buf_slice(&clean);
	while (lines && rest.n) {
		const char *end = memchr(rest.p, '\n', rest.n);
		size_t n = end ? (size_t)(end - rest.p) + 1 : rest.n;
		if (json_array_append_new(lines, json_stringn(rest.p, n))) {
			json_decref(lines);
			lines = NULL;
		}
		rest = hg_str_part(rest, n, rest.n);
	}
	hg_buf_free(&clean);
	return lines;
}

static void add_cell(hg_ipynb *nb, json_t *cell)
{
	if (!cell || json_array_append_new(nb->cells, cell))
		nb->failed = true;
}

void hg_ipynb_cell(hg_ipynb *nb, const char *id, const char *tag, hg_str source, json_t *attachments)
{
	char full[64];
	snprintf(full, sizeof full, "r%zu-%s", nb->number, id);
	json_t *metadata = tag ? json_pack("{s:[s,s+]}", "tags", "handgrad", "handgrad-", tag) : json_object();
	json_t *cell = json_pack("{s:s,s:s,s:o,s:o}", "cell_type", "markdown", "id", full, "metadata", metadata, "source",
	                         lines_of(hg_str_trim(source)));
	if (json_object_size(attachments) && (!cell || json_object_set(cell, "attachments", attachments)))
		nb->failed = true;
	json_decref(attachments);
	add_cell(nb, cell);
}

void hg_ipynb_code(hg_ipynb *nb, const char *id, hg_str source)
{
	char full[64];
	snprintf(full, sizeof full, "r%zu-%s", nb->number, id);
	while (source.n && source.p[source.n - 1] == '\n')
		source.n--;
	add_cell(nb, json_pack("{s:s,s:s,s:{},s:[],s:n,s:o}", "cell_type", "code", "id", full, "metadata", "outputs",
	                       "execution_count", "source", lines_of(source)));
}

void hg_ipynb_line(const hg_ipynb *nb, const hg_finding *f, hg_buf *out)
{
	hg_buf subject = {0}, verdict = {0};
	hg_say_subject(f, &subject);
	hg_say_outcome(f, nb->options->detail >= HG_DETAIL_EVIDENCE, &verdict);
	hg_buf_print(out, "- %s ", hg_look_of(f->status).symbol);
	hg_markdown_code(hg_buf_slice(&subject), out);
	hg_buf_char(out, ' ');
	hg_markdown_text(hg_buf_slice(&verdict), out);
	hg_buf_char(out, '\n');
	out->failed |= subject.failed || verdict.failed;
	hg_buf_free(&subject);
	hg_buf_free(&verdict);
}

static void put_title(hg_ipynb *nb)
{
	const hg_report *r = nb->report;
	hg_buf text = {0}, words = {0};
	hg_buf_text(&text, "# ");
	hg_markdown_code(hg_str_of(r->title), &text);
	hg_buf_text(&text, "\n\n");
	if (r->trouble)
		hg_buf_text(&words, r->trouble);
	else
		hg_say_need(r, &words);
	hg_markdown_text(hg_buf_slice(&words), &text);
	hg_buf_text(&text, "\n");
	words.n = 0;
	hg_say_conventions(r, &words);
	if (words.n) {
		hg_buf_text(&text, "\nUp to notation: ");
		hg_markdown_text(hg_buf_slice(&words), &text);
		hg_buf_char(&text, '\n');
	}
	if (r->model.from)
		hg_buf_print(&text, "\nChecked against the model from the %s:\n\n", r->model.from);
	for (size_t i = 0; r->model.from && i < r->model.nreads; i++) {
		hg_buf_text(&text, "- ");
		hg_markdown_code(hg_str_of(r->model.reads[i]), &text);
		hg_buf_char(&text, '\n');
	}
	nb->failed |= text.failed || words.failed;
	hg_ipynb_cell(nb, "title", NULL, hg_buf_slice(&text), NULL);
	hg_buf_free(&text);
	hg_buf_free(&words);
}

static void put_end(hg_ipynb *nb)
{
	const hg_report *r = nb->report;
	hg_buf text = {0};
	for (size_t i = 0; i < r->nnotes; i++) {
		hg_buf_print(&text, "- note on line %zu: ", r->source ? hg_source_place(r->source, r->note[i].span.at).line : 0);
		hg_markdown_text(hg_str_of(r->note[i].text), &text);
		hg_buf_char(&text, '\n');
	}
	if (nb->pictures.missing) {
		hg_buf_text(&text, "\nNo pictures: ");
		hg_markdown_text(hg_str_of(nb->pictures.missing), &text);
		hg_buf_text(&text, ".\n");
	}
	hg_buf sharp = {0};
	hg_say_sharpness(&r->power, &sharp);
	hg_buf_char(&text, '\n');
	hg_markdown_text(hg_buf_slice(&sharp), &text);
	text.failed |= sharp.failed;
	hg_buf_free(&sharp);
	hg_buf_print(&text, "\n\n*handgrad " HG_VERSION ", seed %lu*\n", r->seed);
	nb->failed |= text.failed;
	hg_ipynb_cell(nb, "end", NULL, hg_buf_slice(&text), NULL);
	hg_buf_free(&text);
}

/* A C module: its stages in the order of the derivation. */
static void put_stages(hg_ipynb *nb)
{
	const hg_report *r = nb->report;
	hg_buf text = {0};
	for (size_t i = 0; i < r->nfindings; i++)
		hg_ipynb_line(nb, &r->finding[i], &text);
	nb->failed |= text.failed;
	if (text.n)
		hg_ipynb_cell(nb, "stages", NULL, hg_buf_slice(&text), NULL);
	hg_buf_free(&text);
	for (size_t i = 0; i < r->nfindings; i++)
		if (hg_wants_card(&r->finding[i]))
			hg_ipynb_card(nb, i);
}

/* Commands no notebook knows, unless the document says itself what they are. */
static hg_status add_known(hg_macros *macros, hg_arena *arena)
{
	static const char *const known[] = {
		"\\providecommand{\\cancel}[1]{#1}",        "\\providecommand{\\bcancel}[1]{#1}",
		"\\providecommand{\\xcancel}[1]{#1}",       "\\providecommand{\\sout}[1]{#1}",
		"\\providecommand{\\bm}[1]{\\boldsymbol{#1}}", "\\providecommand{\\mathbbm}[1]{\\mathbb{#1}}",
		"\\providecommand{\\mathds}[1]{\\mathbb{#1}}", "\\providecommand{\\coloneqq}{:=}",
		"\\providecommand{\\coloneq}{:=}",         "\\providecommand{\\dd}{\\mathrm{d}}",
	};
	size_t past;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		hg_str text = hg_str_of(known[i]);
		HG_TRY(hg_macro_read(macros, text, (hg_span){0, text.n}, arena, &past));
	}
	return HG_OK;
}

void hg_ipynb_latex(hg_ipynb *nb, hg_str latex, hg_buf *out)
{
	hg_buf plain = {0};
	nb->failed |= hg_macros_expand(&nb->macros, latex, nb->arena, &plain) != HG_OK || plain.failed;
	for (size_t i = 0; i < plain.n; i++) { /* with a blank behind it a `<` begins no tag and a `!` no picture */
		char c = plain.p[i], next = i + 1 < plain.n ? plain.p[i + 1] : ' ';
		hg_buf_char(out, c);
		if ((c == '<' && (isalpha((unsigned char)next) || strchr("/!?", next))) || (c == '!' && next == '['))
			hg_buf_char(out, ' ');
	}
	hg_buf_free(&plain);
}

static hg_status put_report(hg_ipynb *nb)
{
	nb->budget = hg_budget_of();
	nb->macros = (hg_macros){.budget = &nb->budget};
	HG_TRY(hg_plot_report(nb->report, HG_PLOT_PNG, nb->arena, &nb->pictures));
	if (nb->report->said)
		HG_TRY(hg_doc_macros(nb->report->said->doc, &nb->macros, nb->arena));
	HG_TRY(add_known(&nb->macros, nb->arena));
	put_title(nb);
	if (nb->report->said)
		hg_ipynb_document(nb);
	else
		put_stages(nb);
	put_end(nb);
	return nb->failed ? HG_ENOMEM : HG_OK;
}

static int append(const char *bytes, size_t n, void *out)
{
	hg_buf_add(out, bytes, n);
	return ((hg_buf *)out)->failed ? -1 : 0;
}

hg_status hg_write_ipynb(const hg_report *const *reports, size_t n, const hg_write_options *options, hg_buf *out)
{
	hg_arena *arena = hg_arena_new();
	json_t *cells = json_array();
	hg_status status = arena && cells ? HG_OK : HG_ENOMEM;
	bool code = false;
	for (size_t i = 0; i < n && status == HG_OK; i++) {
		hg_ipynb nb = {.cells = cells, .report = reports[i], .options = options, .number = i, .arena = arena};
		status = put_report(&nb);
		code |= reports[i]->source && reports[i]->source->ncells;
	}
	json_t *file = json_pack("{s:o,s:{s:{s:s}},s:i,s:i}", "cells", cells, "metadata", "language_info", "name", code ? "python" : "text",
	                         "nbformat", 4, "nbformat_minor", 5);
	if (status == HG_OK &&
	    (!file || json_dump_callback(file, append, out, JSON_INDENT(1) | JSON_SORT_KEYS | JSON_REAL_PRECISION(17))))
		status = HG_ENOMEM;
	hg_buf_char(out, '\n');
	json_decref(file);
	hg_arena_free(arena);
	return status;
}
