#include "report/message.h"

#include "judge/slips.h"
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

/* A ratio that is the same at every wrong entry; NaN and 0 stand for none. */
static bool is_constant(double ratio) { return isfinite(ratio) && ratio != 0; }

static void numbers(page p, const hg_evidence *e)
{
	int begin = (int)p.margin + LABEL_WIDTH + 4;
	hg_buf_print(p.out, "%*syours       ", begin, "");
	hg_say_number(e->yours, e->numerical, e->abserr, p.out);
	hg_buf_print(p.out, "\n%*snumerical   ", begin, "");
	if (isfinite(e->left) && isfinite(e->right) && e->class == HG_KINK) {
		hg_say_number(e->left, e->right, 0, p.out);
		hg_buf_text(p.out, " from the left, ");
		hg_say_number(e->right, e->left, 0, p.out);
		hg_buf_text(p.out, " from the right\n");
		return;
	}
	hg_say_number(e->numerical, e->yours, e->abserr, p.out);
	if (isfinite(e->abserr) && e->abserr > 0)
		hg_buf_print(p.out, "   (uncertain by %.1g)", e->abserr);
	hg_buf_char(p.out, '\n');
	double ratio = e->yours / e->numerical;
	if (isfinite(ratio) && ratio != 0 && fabs(ratio - 1) > 1e-5 && !is_constant(e->ratio) && fabs(e->numerical) > e->abserr)
		hg_buf_print(p.out, "%*sratio        %.6g\n", begin, "", ratio);
}

static void say_worst(const hg_evidence *e, hg_buf *out)
{
	hg_safe(hg_str_of(e->entry ? e->entry : "this point"), HG_SAFE_LINE, out);
	if (e->point) {
		hg_buf_text(out, ", ");
		hg_safe(hg_str_of(e->point), HG_SAFE_LINE, out);
	}
	if (e->class != HG_SMOOTH)
		hg_buf_print(out, " (%s there)", hg_class_text(e->class));
}

static void say_checked(const hg_evidence *e, hg_buf *out)
{
	hg_buf_print(out, "at %zu point%s", e->points, e->points == 1 ? "" : "s");
	if (e->worlds > 1 && e->worlds != e->points)
		hg_buf_print(out, " in %zu worlds", e->worlds);
	if (e->step > 0)
		hg_buf_print(out, ", steps of about %.1g", e->step);
}

static void say_pattern(const hg_evidence *e, hg_buf *out)
{
	if (is_constant(e->ratio))
		hg_buf_print(out, "yours / numerical = %.6g wherever they differ", e->ratio);
	if (e->pattern) {
		hg_buf_text(out, is_constant(e->ratio) ? "; " : "");
		hg_safe(hg_str_of(e->pattern), HG_SAFE_LINE, out);
	}
}

static void evidence(page p, const hg_finding *f)
{
	const hg_evidence *e = &f->evidence;
	LINE_SAID(p, "checked", say_checked(e, &said));
	LINE_SAID(p, f->status == HG_S_CANNOT_TELL ? "doubt at" : "worst at", say_worst(e, &said));
	numbers(p, e);
	if (f->status != HG_S_DISAGREES)
		return;
	LINE_SAID(p, "pattern", say_pattern(e, &said));
	if (f->kind != HG_NUMERIC && f->kind != HG_DEFINITION)
		LINE_SAID(p, "meaning", hg_say_meaning(e, &said));
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
		evidence(p, f);
	diagnosis(p, f);
	for (size_t i = 0; i < f->nnotes; i++)
		line_text(p, "note", f->note[i]);
	if (f->status == HG_S_CANNOT_READ)
		line_text(p, "note", "this counts neither for nor against you");
	LINE_SAID(p, "help", hg_say_hint(f, &said));
}
