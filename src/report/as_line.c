/* One line a finding, as compilers write them: what editors and review bots read.
 *
 *   hw3.md:9:35: error: dL/dw: opposite sign [sign]
 *   hw3.md:12:4: warning: dL/dx cannot be read: this command is not known [command-unknown] */
#include "report/excerpt.h"
#include "report/phrase.h"
#include "report/safe.h"

static void write_finding(const hg_report *r, const hg_finding *f, const hg_write_options *o, hg_buf *out)
{
	const bool evidence = o->detail >= HG_DETAIL_EVIDENCE, wrong = f->status == HG_S_DISAGREES;
	hg_span term = evidence && f->nslips ? f->slip->at : (hg_span){0};
	if (r->source)
		hg_place_write(r->source, term.n ? term.at : f->unread.n ? f->unread.at : f->span.at, out);
	else
		hg_safe(hg_str_of(r->title), HG_SAFE_LINE, out);
	hg_buf_print(out, ": %s: ", wrong ? "error" : "warning");
	hg_say_subject(f, out);
	hg_buf_text(out, wrong && evidence && f->nslips && !f->inherited_from ? ": " : " ");
	hg_say_outcome(f, evidence, out);
	const char *code = !evidence ? NULL : wrong ? (f->nslips ? f->slip->id : NULL) : hg_cause_id(f->cause);
	if (code)
		hg_buf_print(out, " [%s]", code);
	hg_buf_char(out, '\n');
}

hg_status hg_write_line(const hg_report *const *reports, size_t n, const hg_write_options *options, hg_buf *out)
{
	for (size_t i = 0; i < n; i++) {
		const hg_report *r = reports[i];
		for (size_t k = 0; k < r->nfindings; k++) {
			hg_finding_status status = r->finding[k].status;
			if (status == HG_S_DISAGREES || status == HG_S_CANNOT_READ || status == HG_S_CANNOT_TELL)
				write_finding(r, &r->finding[k], options, out);
		}
		for (size_t k = 0; k < r->nnotes; k++) {
			if (r->source)
				hg_place_write(r->source, r->note[k].span.at, out);
			hg_buf_text(out, ": note: ");
			hg_safe(hg_str_of(r->note[k].text), HG_SAFE_LINE, out);
			hg_buf_print(out, " [%s]\n", r->note[k].code);
		}
	}
	return hg_written(out);
}
