/* GitHub Actions: one workflow command per finding that is not well, the worst ten of each kind (it shows no more),
 * and the reports as text between stop-commands, so that no student's line can be a command. */
#include "report/safe.h"
#include "report/message.h"
#include "report/phrase.h"

#include <string.h>

enum { MOST_SHOWN = 10 };

typedef enum part { IN_PARAMETER, IN_MESSAGE } part;

/* % CR LF in messages; : and , too in parameters. */
static void escape(hg_str text, part where, hg_buf *out)
{
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		if (c == '%' || c == '\r' || c == '\n' || (where == IN_PARAMETER && (c == ':' || c == ',')))
			hg_buf_print(out, "%%%02X", (unsigned)c);
		else
			hg_buf_char(out, c);
	}
}

static void safe_and_escape(const char *foreign, part where, hg_buf *out)
{
	hg_buf clean = {0};
	hg_safe(hg_str_of(foreign), where == IN_MESSAGE ? HG_SAFE_LINES : HG_SAFE_LINE, &clean);
	escape(hg_buf_slice(&clean), where, out);
	out->failed |= clean.failed;
	hg_buf_free(&clean);
}

static void annotate(const char *command, const hg_report *r, const hg_finding *f, hg_buf *out)
{
	hg_buf title = {0};
	hg_buf_print(out, "::%s ", command);
	if (r->source) {
		hg_span at = f->nslips && f->slip->at.n ? f->slip->at : f->unread.n ? f->unread : f->span;
		hg_place begin = hg_source_place(r->source, at.at);
		hg_place last = hg_source_place(r->source, at.n ? at.at + at.n - 1 : at.at);
		hg_buf_text(out, "file=");
		safe_and_escape(r->source->path, IN_PARAMETER, out);
		if (!begin.cell)
			hg_buf_print(out, ",line=%zu,endLine=%zu,col=%zu,endColumn=%zu", begin.line, last.line, begin.column,
			             last.column + 1);
		hg_buf_char(out, ',');
	}
	hg_buf_text(out, "title=");
	safe_and_escape(f->id, IN_PARAMETER, out);
	hg_buf_print(out, " %s::", hg_finding_status_text(f->status));
	hg_say_title(f, &title);
	if (f->has_evidence && f->status == HG_S_DISAGREES) {
		hg_buf_text(&title, "\nyours ");
		hg_say_number(f->evidence.yours, f->evidence.numerical, f->evidence.abserr, &title);
		hg_buf_text(&title, ", numerical ");
		hg_say_number(f->evidence.numerical, f->evidence.yours, f->evidence.abserr, &title);
	}
	escape(hg_buf_slice(&title), IN_MESSAGE, out);
	hg_buf_char(out, '\n');
	out->failed |= title.failed;
	hg_buf_free(&title);
}

typedef struct command {
	const char *name;
	hg_finding_status status;
} command;

static const command commands[] = {
    {"error", HG_S_DISAGREES},
    {"warning", HG_S_CANNOT_READ},
    {"warning", HG_S_CANNOT_TELL},
};

/* A word that stands nowhere in the text, so that nothing in it can resume the commands. */
static void token_for(hg_str text, char token[static 32])
{
	for (unsigned k = 0;; k++) {
		int n = snprintf(token, 32, "handgrad-report-%u", k);
		if (hg_str_find(text, (hg_str){token, (size_t)n}) == (size_t)-1)
			return;
	}
}

static void write_quoted(const hg_report *const *reports, size_t n, const hg_write_options *options, hg_buf *out)
{
	hg_write_options plain = *options;
	plain.color = false;
	hg_buf text = {0};
	hg_write_text(reports, n, &plain, &text);
	char token[32];
	token_for(hg_buf_slice(&text), token);
	hg_buf_print(out, "::stop-commands::%s\n", token);
	hg_buf_str(out, hg_buf_slice(&text));
	hg_buf_print(out, "::%s::\n", token);
	out->failed |= text.failed;
	hg_buf_free(&text);
}

hg_status hg_write_github(const hg_report *const *reports, size_t n, const hg_write_options *options, hg_buf *out)
{
	size_t hidden = 0;
	write_quoted(reports, n, options, out);
	for (size_t c = 0, shown = 0; c < sizeof commands / sizeof *commands; c++) {
		if (c && strcmp(commands[c].name, commands[c - 1].name) != 0)
			shown = 0;
		for (size_t i = 0; i < n; i++)
			for (size_t k = 0; k < reports[i]->nfindings; k++) {
				const hg_finding *f = &reports[i]->finding[k];
				if (f->status != commands[c].status || f->inherited_from)
					continue;
				if (shown++ < MOST_SHOWN)
					annotate(commands[c].name, reports[i], f, out);
				else
					hidden++;
			}
	}
	for (size_t i = 0; i < n; i++)
		if (reports[i]->trouble) {
			hg_buf_text(out, "::error file=");
			safe_and_escape(reports[i]->title, IN_PARAMETER, out);
			hg_buf_text(out, ",title=could not be checked::");
			safe_and_escape(reports[i]->trouble, IN_MESSAGE, out);
			hg_buf_char(out, '\n');
		}
	if (hidden)
		hg_buf_print(out, "::notice::and %zu more in the report\n", hidden);
	return hg_written(out);
}
