/* The table for a job's page on GitHub: Markdown, from text that is not ours. */
#include "report/notebook/markdown.h"
#include "report/phrase.h"
#include "report/report.h"

static void write_row(const hg_report *r, const hg_finding *f, hg_buf *row)
{
	hg_buf words = {0};
	hg_buf_text(row, "| ");
	hg_markdown_text(hg_str_of(r->title), row);
	if (r->source)
		hg_buf_print(row, " line %zu", hg_source_place(r->source, f->span.at).line);
	hg_buf_print(row, " | %s | ", hg_finding_status_text(f->status));
	hg_say_title(f, &words);
	hg_markdown_text(hg_buf_slice(&words), row);
	hg_buf_text(row, " |\n");
	row->failed |= words.failed;
	hg_buf_free(&words);
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
