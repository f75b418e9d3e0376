/* SARIF 2.1.0: one run, a rule for each slip and each reason that occurs, with its page as help; a result for each
 * finding that is not well. GitHub's code scanning and the viewers of editors read it. */
#include "report/json_parts.h"
#include "report/phrase.h"
#include "report/report.h"
#include "slips/explain.h"
#include "slips/slips.h"

#include <ctype.h>
#include <string.h>

typedef struct writing {
	hg_json_maker mk;
	json_t *rules, *results, *troubles;
} writing;

static bool is_result(const hg_finding *f)
{
	return (f->status == HG_S_DISAGREES && !f->inherited_from) || f->status == HG_S_CANNOT_READ || f->status == HG_S_CANNOT_TELL;
}

static json_t *message(const char *text)
{
	return json_pack("{s:o}", "text", hg_json_text(text));
}

static json_t *message_of(writing *w, hg_buf *words)
{
	hg_buf_char(words, '\0');
	json_t *m = message(words->failed ? "" : words->p);
	w->mk.failed |= words->failed;
	hg_buf_free(words);
	return m;
}

/* ---- rules ---------------------------------------------------------------------------------------------------- */

/* The slip, the reason, or what stands for it where it has no name: each has a page. */
static const char *rule_of(const hg_finding *f, bool evidence)
{
	if (evidence && f->nslips && f->status == HG_S_DISAGREES)
		return f->slip->id;
	const char *cause = f->status == HG_S_DISAGREES || !evidence ? NULL : hg_cause_id(f->cause);
	return cause ? cause : hg_finding_status_text(f->status);
}

static json_t *rule(writing *w, const char *id)
{
	const hg_slip *slip = hg_slip_find(hg_str_of(id));
	json_t *o = json_pack("{s:o}", "id", hg_json_text(id));
	for (hg_page page = {0}; hg_page_next(&page);) {
		if (!hg_str_is(page.code, id))
			continue;
		json_t *title = slip ? hg_json_text(slip->title) : hg_json_str(page.title);
		hg_json_set(&w->mk, o, "shortDescription", json_pack("{s:o}", "text", title));
		hg_json_set(&w->mk, o, "help", json_pack("{s:o}", "text", hg_json_str(page.body)));
	}
	return o;
}

/* Its place among the rules; it is added where it is new. */
static size_t rule_index(writing *w, const char *id)
{
	size_t n = json_array_size(w->rules);
	for (size_t i = 0; i < n; i++) {
		const char *known = json_string_value(json_object_get(json_array_get(w->rules, i), "id"));
		if (known && strcmp(known, id) == 0)
			return i;
	}
	hg_json_push(&w->mk, w->rules, rule(w, id));
	return n;
}

/* ---- places ------------------------------------------------------------------------------------------------------ */

/* A path as an address: a relative one stays relative. */
static json_t *address(writing *w, const char *path)
{
	static const char plain[] = "-._~/";
	hg_buf uri = {0};
	if (*path == '/')
		hg_buf_text(&uri, "file://");
	for (const char *p = path; *p; p++)
		if (isalnum((unsigned char)*p) || strchr(plain, *p))
			hg_buf_char(&uri, *p);
		else
			hg_buf_print(&uri, "%%%02X", (unsigned)(unsigned char)*p);
	hg_buf_char(&uri, '\0');
	json_t *o = json_pack("{s:s}", "uri", uri.failed ? "" : uri.p);
	w->mk.failed |= uri.failed;
	hg_buf_free(&uri);
	return o;
}

/* The column in characters, where ours counts bytes. */
static size_t column_at(const hg_source *source, size_t at)
{
	hg_str line = hg_source_line(source, at);
	size_t from = (size_t)(line.p - source->text.p), column = 1;
	for (size_t i = from; i < at; i++)
		column += ((unsigned char)source->text.p[i] & 0xC0) != 0x80;
	return column;
}

static json_t *location(writing *w, const hg_report *r, hg_span at)
{
	hg_place begin = hg_source_place(r->source, at.at);
	size_t last = at.n ? at.at + at.n - 1 : at.at;
	json_t *physical = json_pack("{s:o}", "artifactLocation", address(w, r->source->path));
	if (!begin.cell) { /* a line of a cell is no line of the file */
		json_t *region = json_object();
		hg_json_set(&w->mk, region, "startLine", hg_json_count(begin.line));
		hg_json_set(&w->mk, region, "startColumn", hg_json_count(column_at(r->source, at.at)));
		hg_json_set(&w->mk, region, "endLine", hg_json_count(hg_source_place(r->source, last).line));
		hg_json_set(&w->mk, region, "endColumn", hg_json_count(column_at(r->source, last) + 1));
		hg_json_set(&w->mk, physical, "region", region);
	}
	json_t *o = json_pack("{s:o}", "physicalLocation", physical);
	if (begin.cell) {
		char cell[64];
		snprintf(cell, sizeof cell, "cell %zu, line %zu", begin.cell, begin.line);
		hg_json_set(&w->mk, o, "logicalLocations", json_pack("[{s:s}]", "name", cell));
	}
	return o;
}

/* ---- results ----------------------------------------------------------------------------------------------------- */

static void add_result(writing *w, const hg_report *r, const hg_finding *f, hg_detail detail)
{
	const bool evidence = detail >= HG_DETAIL_EVIDENCE;
	const char *id = rule_of(f, evidence);
	hg_buf words = {0}, hint = {0};
	hg_say_subject(f, &words);
	hg_buf_text(&words, evidence && f->nslips ? ": " : " ");
	hg_say_outcome(f, evidence, &words);
	if (evidence && f->status == HG_S_DISAGREES)
		hg_say_hint(f, &hint);
	hg_buf_text(&words, hint.n ? ". " : "");
	hg_buf_str(&words, hg_buf_slice(&hint));
	hg_buf_free(&hint);
	json_t *o = json_object();
	hg_json_set(&w->mk, o, "ruleId", hg_json_text(id));
	hg_json_set(&w->mk, o, "ruleIndex", hg_json_count(rule_index(w, id)));
	hg_json_set(&w->mk, o, "level", json_string(f->status == HG_S_DISAGREES ? "error" : "warning"));
	hg_json_set(&w->mk, o, "message", message_of(w, &words));
	json_t *locations = json_array();
	if (r->source && detail > HG_DETAIL_NONE) {
		hg_span term = evidence && f->nslips ? f->slip->at : (hg_span){0};
		hg_json_push(&w->mk, locations, location(w, r, term.n ? term : f->unread.n ? f->unread : f->span));
	} else if (r->source) {
		hg_json_push(&w->mk, locations, json_pack("{s:{s:o}}", "physicalLocation", "artifactLocation", address(w, r->source->path)));
	}
	hg_json_set(&w->mk, o, "locations", locations);
	hg_json_set(&w->mk, o, "partialFingerprints", json_pack("{s:o}", "handgrad/v1", hg_json_text(f->id)));
	hg_json_push(&w->mk, w->results, o);
}

static void add_report(writing *w, const hg_report *r, const hg_write_options *options)
{
	if (r->trouble)
		hg_json_push(&w->mk, w->troubles, json_pack("{s:s,s:o}", "level", "error", "message", message(r->trouble)));
	for (size_t i = 0; i < r->nfindings; i++)
		if (is_result(&r->finding[i]))
			add_result(w, r, &r->finding[i], options->detail);
}

hg_status hg_write_sarif(const hg_report *const *reports, size_t n, const hg_write_options *options, hg_buf *out)
{
	writing w = {.rules = json_array(), .results = json_array(), .troubles = json_array()};
	bool well = true;
	for (size_t i = 0; i < n; i++) {
		add_report(&w, reports[i], options);
		well &= !reports[i]->trouble;
	}
	json_t *driver = json_pack("{s:s,s:s,s:o}", "name", "handgrad", "version", HG_VERSION, "rules", w.rules);
	json_t *invocation = json_pack("{s:b,s:o}", "executionSuccessful", well, "toolExecutionNotifications", w.troubles);
	json_t *run = json_pack("{s:{s:o},s:[o],s:s,s:o}", "tool", "driver", driver, "invocations", invocation, "columnKind",
	                        "unicodeCodePoints", "results", w.results);
	json_t *all = json_pack("{s:s,s:s,s:[o]}", "$schema", "https://json.schemastore.org/sarif-2.1.0.json", "version", "2.1.0",
	                        "runs", run);
	return hg_json_write(&w.mk, all, out);
}
