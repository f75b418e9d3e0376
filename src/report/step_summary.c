/* The table for a job's page on GitHub: Markdown, from text that is not ours. */
#include "report/safe.h"
#include "report/phrase.h"
#include "report/report.h"

#include <string.h>

/* Everything Markdown or HTML could take as markup becomes a character reference. */
static void escape(hg_str text, hg_buf *out)
{
	for (size_t i = 0; i < text.n; i++) {
		if (strchr("\\`*_{}[]<>()#+-.!|&~$:@\n", text.p[i]))
			hg_buf_print(out, "&#%d;", text.p[i]);
		else
			hg_buf_char(out, text.p[i]);
	}
}

static void write_row(const hg_report *r, const hg_finding *f, hg_buf *row)
{
	hg_buf words = {0}, title = {0};
	hg_safe(hg_str_of(r->title), HG_SAFE_LINE, &title);
	hg_buf_text(row, "| ");
	escape(hg_buf_slice(&title), row);
	if (r->source)
		hg_buf_print(row, " line %zu", hg_source_place(r->source, f->span.at).line);
	hg_buf_print(row, " | %s | ", hg_finding_status_text(f->status));
	hg_say_title(f, &words);
	escape(hg_buf_slice(&words), row);
	hg_buf_text(row, " |\n");
	row->failed |= words.failed || title.failed;
	hg_buf_free(&words);
	hg_buf_free(&title);
}

void hg_write_step_summary(const hg_report *const *reports, size_t n, size_t most, hg_buf *out)
{
	static const char cut[] = "\nThe table was cut here; the report has the rest.\n";
	size_t count[HG_NSTATUSES] = {0}, rows = 0;
	for (size_t i = 0; i < n; i++)
		for (int s = 0; s < HG_NSTATUSES; s++)
			count[s] += reports[i]->count[s];
	hg_buf_text(out, "### handgrad: ");
	hg_say_counts(count, out);
	hg_buf_text(out, "\n\n");
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < reports[i]->nfindings; k++) {
			const hg_finding *f = &reports[i]->finding[k];
			if (f->status != HG_S_DISAGREES && f->status != HG_S_CANNOT_READ && f->status != HG_S_CANNOT_TELL)
				continue;
			hg_buf row = {0};
			if (rows++ == 0)
				hg_buf_text(&row, "| where | | what |\n|---|---|---|\n");
			write_row(reports[i], f, &row);
			bool fits = out->n + row.n + sizeof cut <= most;
			hg_buf_text(out, fits ? "" : cut);
			hg_buf_str(out, fits ? hg_buf_slice(&row) : HG_STR(""));
			out->failed |= row.failed;
			hg_buf_free(&row);
			if (!fits)
				return;
		}
}
