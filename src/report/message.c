#include "report/message.h"

#include "slips/slips.h"
#include "report/safe.h"
#include "report/excerpt.h"
#include "report/phrase.h"

#include <math.h>

enum { LABEL_WIDTH = 10 };

typedef struct page {
	const hg_write_options *options;
	hg_buf *out;
	size_t margin; /* of the bar beside the source, and of the = below it */
} page;

static hg_role role_of(hg_finding_status status)
{
	if (status == HG_S_DISAGREES)
		return HG_ROLE_BAD;
	return status == HG_S_AGREES || status == HG_S_NOTATION ? HG_ROLE_GOOD : HG_ROLE_DOUBT;
}

/* "   = label     words", wrapped. */
static void line(page p, const char *label, hg_str words)
{
	if (!words.n)
		return;
	size_t begin = p.margin + 2 + LABEL_WIDTH;
	hg_buf_print(p.out, "%*s", (int)p.margin, "");
	hg_style_text(p.options->color, HG_ROLE_FRAME, "= ", p.out);
	hg_style_begin(p.options->color, HG_ROLE_STRONG, p.out);
	hg_buf_print(p.out, "%-*s", LABEL_WIDTH, label);
	hg_style_end(p.options->color, p.out);
	hg_wrap(words, begin, begin, hg_columns(p.options), p.out);
	hg_buf_char(p.out, '\n');
}

static void line_text(page p, const char *label, const char *words) { line(p, label, hg_str_of(words)); }

/* A line whose words are put together first. */
#define LINE_SAID(p, label, say)                                                                             \
	do {                                                                                                     \
		hg_buf said = {0};                                                                                   \
		say;                                                                                                 \
		line((p), (label), hg_buf_slice(&said));                                                             \
		(p).out->failed |= said.failed;                                                                      \
		hg_buf_free(&said);                                                                                  \
	} while (0)

/* "disagrees[sign]: dL/db: opposite sign"; "cannot read: dL/dx: the command \foo is not known". */
static void heading(page p, const hg_finding *f)
{
	bool evidence = p.options->detail >= HG_DETAIL_EVIDENCE;
	hg_buf head = {0}, title = {0};
	hg_buf_text(&head, f->status == HG_S_CANNOT_READ   ? "cannot read"
	                   : f->status == HG_S_CANNOT_TELL ? "cannot tell"
	                                                   : hg_finding_status_text(f->status));
	if (f->nslips && evidence)
		hg_buf_print(&head, "[%s]", f->slip->id);
	hg_buf_char(&head, '\0');
	if (f->status == HG_S_DISAGREES && evidence) {
		hg_say_title(f, &title);
	} else {
		hg_say_subject(f, &title);
		if (f->reason && evidence)
			hg_buf_print(&title, ": %s", f->reason);
	}
	hg_style_text(p.options->color, role_of(f->status), head.failed ? "" : head.p, p.out);
	hg_buf_text(p.out, ": ");
	hg_style_begin(p.options->color, HG_ROLE_STRONG, p.out);
	hg_wrap(hg_buf_slice(&title), head.n + 1, 2, hg_columns(p.options), p.out);
	hg_style_end(p.options->color, p.out);
	hg_buf_char(p.out, '\n');
	p.out->failed |= head.failed || title.failed;
	hg_buf_free(&head);
	hg_buf_free(&title);
}

static void place(page p, const hg_report *r, const hg_finding *f)
{
	bool evidence = p.options->detail >= HG_DETAIL_EVIDENCE;
	hg_excerpt e = {.source = r->source, .span = f->span, .id = f->id, .role = role_of(f->status)};
	if (evidence && f->nslips && f->slip->at.n) {
		e.span = f->slip->at;
		e.label = hg_slip_title(f->slip);
	} else if (f->status == HG_S_CANNOT_READ && f->unread.n) {
		e.span = f->unread;
		e.label = "not understood";
	}
	if (r->source && e.span.n) {
		hg_excerpt_write(&e, p.options, p.out);
	} else {
		hg_buf_print(p.out, "%*s", (int)p.margin - 1, "");
		hg_style_text(p.options->color, HG_ROLE_FRAME, "--> ", p.out);
		hg_safe(hg_str_of(f->id), HG_SAFE_LINE, p.out);
		hg_buf_char(p.out, '\n');
		line_text(p, "claim", f->written);
	}
}

/* Of a document counts and steps are for those who ask for everything; of a module they are what is asked. */
static void evidence(page p, const hg_report *r, const hg_finding *f)
{
	const hg_evidence *e = &f->evidence;
	hg_shown shown = hg_evidence_shown(e, f->status == HG_S_DISAGREES ? HG_DISAGREES : HG_CANNOT_TELL);
	hg_buf entry = {0}, point = {0}, pattern = {0};
	hg_safe(hg_str_of(e->entry ? e->entry : ""), HG_SAFE_LINE, &entry);
	hg_safe(hg_str_of(e->point ? e->point : ""), HG_SAFE_LINE, &point);
	hg_safe(hg_str_of(e->pattern ? e->pattern : ""), HG_SAFE_LINE, &pattern);
	shown.entry = hg_buf_slice(&entry);
	shown.point = hg_buf_slice(&point);
	if (r->source && p.options->detail < HG_DETAIL_FULL)
		LINE_SAID(p, "tried", hg_say_tried(f, &said));
	else
		LINE_SAID(p, "checked", hg_say_checked(&shown, &said));
	LINE_SAID(p, f->status == HG_S_CANNOT_TELL ? "doubt at" : "worst at", hg_say_worst(&shown, &said));
	hg_say_numbers(&shown, p.margin + LABEL_WIDTH + 4, p.out);
	if (f->status == HG_S_DISAGREES)
		LINE_SAID(p, "pattern", hg_say_pattern(e->ratio, hg_buf_slice(&pattern), &said));
	if (f->status == HG_S_DISAGREES && f->kind != HG_NUMERIC && f->kind != HG_DEFINITION)
		LINE_SAID(p, "meaning", hg_say_meaning(e, &said));
	p.out->failed |= entry.failed || point.failed || pattern.failed;
	hg_buf_free(&entry);
	hg_buf_free(&point);
	hg_buf_free(&pattern);
}

static void diagnosis(page p, const hg_finding *f)
{
	if (f->status == HG_S_DISAGREES && !f->nslips && f->kind != HG_NUMERIC)
		line_text(p, "slip", "wrong, but not in a way we have a name for");
	const hg_slip *second = f->nslips && f->slip->with ? hg_slip_find(hg_str_of(f->slip->with)) : NULL;
	if (second)
		LINE_SAID(p, "with", hg_buf_print(&said, "%s [%s]", second->title, second->id));
	for (size_t i = 1; i < f->nslips; i++)
		LINE_SAID(p, i == 1 ? "or" : "", hg_buf_print(&said, "%s [%s]", hg_slip_title(&f->slip[i]), f->slip[i].id));
	if (p.options->detail == HG_DETAIL_FULL && f->nslips)
		line_text(p, "repaired", f->slip->repaired);
}

void hg_message_write(const hg_report *r, const hg_finding *f, const hg_write_options *options, hg_buf *out)
{
	page p = {options, out, r->source ? hg_excerpt_margin(r->source, f->span) : 3};
	heading(p, f);
	if (options->detail >= HG_DETAIL_WHERE)
		place(p, r, f);
	if (options->detail < HG_DETAIL_EVIDENCE)
		return;
	if (f->reads && r->source)
		line_text(p, "read as", f->reads);
	if (f->has_evidence)
		evidence(p, r, f);
	diagnosis(p, f);
	for (size_t i = 0; i < f->nnotes; i++)
		line_text(p, "note", f->note[i]);
	if (f->status == HG_S_CANNOT_READ)
		line_text(p, "note", "this counts neither for nor against you");
	const char *way_out = r->source ? hg_cause_way_out(f->cause) : NULL; /* of a module the evidence says more */
	if (way_out)
		line_text(p, "way out", way_out);
	else
		LINE_SAID(p, "help", hg_say_hint(f, &said));
}
