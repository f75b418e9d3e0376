/* What an editor asks of a sheet: diagnostics, hovers, actions. */
#include "lsp/pages.h"
#include "lsp/sheet.h"
#include "report/message.h"
#include "report/phrase.h"

#include <stdlib.h>
#include <string.h>

/* ---- ranges ---- */

static json_t *position(hg_json_maker *mk, hg_position at)
{
	json_t *o = json_object();
	hg_json_set(mk, o, "line", hg_json_count(at.line));
	hg_json_set(mk, o, "character", hg_json_count(at.character));
	return o;
}

static json_t *range(hg_json_maker *mk, const hg_sheet *s, hg_span span)
{
	json_t *o = json_object();
	hg_str text = hg_buf_slice(&s->text);
	hg_json_set(mk, o, "start", position(mk, hg_position_of(&s->lines, text, span.at)));
	hg_json_set(mk, o, "end", position(mk, hg_position_of(&s->lines, text, span.at + span.n)));
	return o;
}

/* Where a span of the document stands in the text; at its beginning, where that is not to be found. */
static hg_span span_in_text(const hg_sheet *s, hg_span span)
{
	hg_span there;
	return hg_place_in_text(&s->judged->source, hg_buf_slice(&s->text), span, &there) ? there : (hg_span){0, 0};
}

static json_t *taken(hg_json_maker *mk, hg_buf *said)
{
	json_t *text = said->failed ? NULL : hg_json_str(hg_buf_slice(said));
	mk->failed |= !text;
	hg_buf_free(said);
	return text;
}

/* ---- diagnostics ---- */

enum { ERROR = 1, WARNING, INFORMATION };

static const char *code_of(const hg_finding *f)
{
	return f->status == HG_S_DISAGREES ? (f->nslips ? f->slip->id : "disagrees") : hg_cause_id(f->cause) ? hg_cause_id(f->cause) : hg_finding_status_text(f->status);
}

static json_t *diagnostic(hg_json_maker *mk, const hg_sheet *s, hg_span span, int severity, const char *code, json_t *message, bool links)
{
	json_t *o = json_object();
	hg_buf link = {0};
	hg_json_set(mk, o, "range", range(mk, s, span));
	hg_json_set(mk, o, "severity", json_integer(severity));
	hg_json_set(mk, o, "source", json_string("handgrad"));
	hg_json_set(mk, o, "message", message);
	if (code)
		hg_json_set(mk, o, "code", hg_json_text(code));
	if (code && links)
		hg_explain_link(code, &link);
	if (link.n && !link.failed) {
		json_t *description = json_object();
		hg_json_set(mk, description, "href", hg_json_str(hg_buf_slice(&link)));
		hg_json_set(mk, o, "codeDescription", description);
	}
	hg_buf_free(&link);
	return o;
}

static bool needs_her(const hg_finding *f)
{
	return f->status == HG_S_DISAGREES || f->status == HG_S_CANNOT_TELL || f->status == HG_S_CANNOT_READ;
}

static json_t *of_finding(hg_json_maker *mk, const hg_sheet *s, const hg_finding *f, bool links)
{
	hg_buf said = {0}, hint = {0};
	const char *way_out = hg_cause_way_out(f->cause);
	hg_say_title(f, &said);
	if (way_out)
		hg_buf_text(&hint, way_out);
	else
		hg_say_hint(f, &hint);
	if (hint.n)
		hg_buf_print(&said, "\n%.*s", HG_STR_ARG(hg_buf_slice(&hint)));
	said.failed |= hint.failed;
	hg_buf_free(&hint);
	hg_span span = f->status == HG_S_CANNOT_READ && f->unread.n ? f->unread : f->span;
	int severity = f->status == HG_S_DISAGREES ? ERROR : INFORMATION;
	json_t *o = diagnostic(mk, s, span_in_text(s, span), severity, code_of(f), taken(mk, &said), links);
	hg_json_set(mk, o, "data", hg_json_count((size_t)(f - s->judged->report.finding))); /* its number, as the anchors of the page have it */
	return o;
}

json_t *hg_sheet_diagnostics(hg_json_maker *mk, const hg_sheet *s, bool links)
{
	json_t *all = json_array();
	const hg_report *r = s->judged ? &s->judged->report : NULL;
	if (!r || r->trouble) {
		const char *why = r ? r->trouble : hg_status_text(HG_ENOMEM);
		hg_json_push(mk, all, diagnostic(mk, s, (hg_span){0, 0}, r ? INFORMATION : WARNING, NULL, hg_json_text(why), links));
		return all;
	}
	for (size_t i = 0; i < r->nfindings; i++)
		if (needs_her(&r->finding[i]))
			hg_json_push(mk, all, of_finding(mk, s, &r->finding[i], links));
	for (size_t i = 0; i < r->nnotes; i++)
		hg_json_push(mk, all, diagnostic(mk, s, span_in_text(s, r->note[i].span), WARNING, r->note[i].code, hg_json_text(r->note[i].text), links));
	return all;
}

/* ---- hover ---- */

static const hg_finding *finding_at(const hg_sheet *s, size_t at, hg_span *span)
{
	const hg_finding *best = NULL;
	const hg_report *r = s->judged ? &s->judged->report : NULL;
	for (size_t i = 0; r && i < r->nfindings; i++) {
		hg_span here = span_in_text(s, r->finding[i].span);
		if (here.n && here.at <= at && at <= here.at + here.n && (!best || here.n < span->n)) {
			best = &r->finding[i];
			*span = here;
		}
	}
	return best;
}

/* The numbers, then the page on what went wrong. */
static void explain(const hg_report *r, const hg_finding *f, const hg_document_options *o, hg_buf *out)
{
	const hg_write_options how = {.detail = o->detail};
	hg_buf_text(out, "~~~~text\n");
	if (needs_her(f)) {
		hg_message_write(r, f, &how, out);
	} else {
		hg_say_title(f, out);
		hg_buf_char(out, '\n');
	}
	if (!needs_her(f) && f->has_evidence) {
		hg_say_tried(f, out);
		hg_buf_char(out, '\n');
	}
	hg_buf_text(out, "~~~~\n");
	if (needs_her(f) && o->detail >= HG_DETAIL_EVIDENCE) {
		hg_buf page = {0};
		if (hg_explain_markdown(code_of(f), &page) == HG_OK)
			hg_buf_print(out, "\n%.*s", HG_STR_ARG(hg_buf_slice(&page)));
		out->failed |= page.failed;
		hg_buf_free(&page);
	}
}

json_t *hg_sheet_hover(hg_json_maker *mk, const hg_sheet *s, hg_position at, const hg_document_options *options)
{
	hg_span span = {0, 0};
	hg_str text = hg_buf_slice(&s->text);
	const hg_finding *f = finding_at(s, hg_position_at(text, at), &span);
	if (!f)
		return json_null();
	json_t *o = json_object(), *contents = json_object();
	hg_buf said = {0};
	explain(&s->judged->report, f, options, &said);
	hg_json_set(mk, contents, "kind", json_string("markdown"));
	hg_json_set(mk, contents, "value", taken(mk, &said));
	hg_json_set(mk, o, "contents", contents);
	hg_json_set(mk, o, "range", range(mk, s, span));
	return o;
}

/* ---- actions ---- */

/* As the text of a notebook's JSON has it. */
static void quoted(hg_str text, bool notebook, hg_buf *out)
{
	json_t *string = notebook ? json_stringn(text.p, text.n) : NULL;
	char *dumped = string ? json_dumps(string, JSON_ENCODE_ANY) : NULL;
	if (dumped)
		hg_buf_add(out, dumped + 1, strlen(dumped) - 2);
	else
		hg_buf_str(out, text);
	out->failed |= notebook && !dumped;
	free(dumped);
	json_decref(string);
}

/* In code ^ is no power: a formula that says so is none to put in. */
static bool can_stand(const hg_document *d, const hg_finding *f)
{
	for (size_t i = 0; i < d->doc.nstretches; i++) {
		const hg_stretch *st = &d->doc.stretch[i];
		if (st->kind == HG_STRETCH_CODE && st->span.at <= f->span.at && f->span.at < st->span.at + st->span.n)
			return !strchr(f->slip->repaired, '^');
	}
	return true;
}

static bool mends(const hg_sheet *s, const hg_finding *f, hg_span span, hg_str with, const hg_document_options *options)
{
	hg_buf text = {0};
	hg_sheet_replaced(hg_buf_slice(&s->text), span, with, &text);
	hg_document *d = text.failed ? NULL : hg_sheet_judged(s, hg_buf_slice(&text), options);
	const hg_finding *now = d && !d->trouble ? hg_report_find(&d->report, hg_str_of(f->id)) : NULL;
	bool well = now && (now->status == HG_S_AGREES || now->status == HG_S_NOTATION);
	hg_document_free(d);
	hg_buf_free(&text);
	return well;
}

static json_t *action(hg_json_maker *mk, const hg_sheet *s, const hg_finding *f, hg_span span, hg_str with)
{
	json_t *o = json_object(), *edit = json_object(), *changes = json_object(), *edits = json_array(), *one = json_object(),
	       *about = json_array();
	hg_buf title = {0};
	hg_buf_print(&title, "handgrad: write %s", f->slip->repaired);
	hg_json_set(mk, one, "range", range(mk, s, span));
	hg_json_set(mk, one, "newText", hg_json_str(with));
	hg_json_push(mk, edits, one);
	hg_json_set(mk, changes, s->uri, edits);
	hg_json_set(mk, edit, "changes", changes);
	hg_json_push(mk, about, of_finding(mk, s, f, false));
	hg_json_set(mk, o, "title", taken(mk, &title));
	hg_json_set(mk, o, "kind", json_string("quickfix"));
	hg_json_set(mk, o, "diagnostics", about);
	hg_json_set(mk, o, "edit", edit);
	return o;
}

json_t *hg_sheet_actions(hg_json_maker *mk, const hg_sheet *s, hg_position from, hg_position to, const hg_document_options *options)
{
	json_t *all = json_array();
	hg_str text = hg_buf_slice(&s->text);
	size_t begin = hg_position_at(text, from), end = hg_position_at(text, to);
	const hg_report *r = s->judged && options->detail == HG_DETAIL_FULL ? &s->judged->report : NULL;
	for (size_t i = 0; r && i < r->nfindings; i++) {
		const hg_finding *f = &r->finding[i];
		hg_span span = span_in_text(s, f->span);
		bool meant = span.n && span.at <= end && begin <= span.at + span.n;
		if (!meant || f->status != HG_S_DISAGREES || !f->nslips || !f->slip->repaired || !can_stand(s->judged, f))
			continue;
		hg_buf with = {0};
		quoted(hg_str_of(f->slip->repaired), s->judged->source.ncells > 0, &with);
		if (!with.failed && mends(s, f, span, hg_buf_slice(&with), options))
			hg_json_push(mk, all, action(mk, s, f, span, hg_buf_slice(&with)));
		hg_buf_free(&with);
	}
	return all;
}
