#include "report/phrase.h"

#include "judge/slips.h"
#include "report/safe.h"

#include <math.h>
#include <string.h>

enum { SUBJECT_CELLS = 48 };

void hg_say_subject(const hg_finding *f, hg_buf *out)
{
	hg_str text = hg_str_trim(hg_str_of(f->of ? f->of : f->reads ? f->reads : f->written ? f->written : f->id));
	size_t cells = 0, at = 0;
	while (at < text.n && cells < SUBJECT_CELLS) {
		hg_glyph g = hg_glyph_at(text, at);
		hg_buf_add(out, g.shown, g.nshown);
		cells += (size_t)g.width;
		at += g.bytes;
	}
	hg_buf_text(out, at < text.n ? "..." : "");
}

const char *hg_slip_title(const hg_slip_found *slip)
{
	const hg_slip *row = hg_slip_find(hg_str_of(slip->id));
	return row ? row->title : slip->id;
}

int hg_digits(double resolution)
{
	if (!(resolution < 1))
		return 0;
	return resolution > 1e-16 ? (int)floor(-log10(resolution)) : 16;
}

static void say_agreement(const hg_finding *f, hg_buf *out)
{
	const hg_evidence *e = &f->evidence;
	if (f->kind == HG_NUMERIC || !f->has_evidence) {
		hg_buf_text(out, f->kind == HG_NUMERIC ? "agrees to the digits shown" : "agrees");
		return;
	}
	if (e->reason == HG_BOTH_ZERO)
		hg_buf_text(out, "agrees, but both are zero, which shows little,");
	else if (e->reason == HG_WITHIN_RTOL)
		hg_buf_print(out, "agrees within the tolerance asked for (off by %.2g, relative)", e->max_rel);
	else
		hg_buf_print(out, "agrees to %d digits", hg_digits(e->resolution));
	if (e->points)
		hg_buf_print(out, " at %zu point%s", e->points, e->points == 1 ? "" : "s");
}

static void say_notation(const hg_finding *f, hg_buf *out)
{
	say_agreement(f, out);
	hg_buf_text(out, ", up to notation");
	for (size_t i = 0; i < f->nnotation; i++) {
		hg_buf_text(out, i ? ", " : " (");
		hg_safe(hg_str_of(f->notation[i]), HG_SAFE_LINE, out);
	}
	if (f->nnotation)
		hg_buf_char(out, ')');
}

static void say_reason(const hg_finding *f, const char *lead, hg_buf *out)
{
	hg_buf_text(out, lead);
	if (f->reason) {
		hg_buf_text(out, ": ");
		hg_safe(hg_str_of(f->reason), HG_SAFE_LINE, out);
	}
}

static const char *plain_mistake(hg_kind kind)
{
	switch (kind) {
	case HG_DEFINITION:
		return "is not what the assignment says";
	case HG_LINK:
		return "does not equal this step";
	case HG_UPDATE:
		return "is not the gradient in this update";
	case HG_NUMERIC:
		return "does not come out at this number";
	default:
		return "is not what differentiation gives";
	}
}

static void say_mistake(const hg_finding *f, hg_buf *out)
{
	if (f->inherited_from) {
		hg_buf_text(out, "is wrong because ");
		hg_safe(hg_str_of(f->inherited_from), HG_SAFE_LINE, out);
		hg_buf_text(out, " is");
	} else if (f->nslips) {
		hg_safe(hg_str_of(hg_slip_title(f->slip)), HG_SAFE_LINE, out);
	} else {
		hg_buf_text(out, plain_mistake(f->kind));
	}
}

void hg_say_verdict(const hg_finding *f, hg_buf *out)
{
	switch (f->status) {
	case HG_S_AGREES:
		say_agreement(f, out);
		break;
	case HG_S_NOTATION:
		say_notation(f, out);
		break;
	case HG_S_DISAGREES:
		say_mistake(f, out);
		break;
	case HG_S_CANNOT_READ:
		say_reason(f, "cannot be read", out);
		break;
	case HG_S_CANNOT_TELL:
		say_reason(f, "cannot be decided here", out);
		break;
	case HG_S_SKIPPED:
		say_reason(f, "is not checked", out);
		break;
	default:
		hg_buf_text(out, "is taken as a definition");
	}
}

void hg_say_title(const hg_finding *f, hg_buf *out)
{
	hg_say_subject(f, out);
	bool named = f->status == HG_S_DISAGREES && f->nslips && !f->inherited_from;
	hg_buf_text(out, named ? ": " : " ");
	hg_say_verdict(f, out);
}

void hg_say_meaning(const hg_evidence *e, hg_buf *out)
{
	double times = e->yours / e->numerical;
	if (e->meaning)
		hg_safe(hg_str_of(e->meaning), HG_SAFE_LINE, out);
	else if (e->yours == 0 && e->numerical != 0)
		hg_buf_text(out, "a step along yours would never move this entry");
	else if (!isfinite(times))
		return;
	else if (times < 0)
		hg_buf_text(out, "a step along yours moves this entry the wrong way");
	else if (times >= 1.05 || times <= 0.95)
		hg_buf_print(out, "a step along yours moves this entry %.3g times as far as it should", times);
}

void hg_say_hint(const hg_finding *f, hg_buf *out)
{
	const hg_slip *slip = f->nslips ? hg_slip_find(hg_str_of(f->slip->id)) : NULL;
	const char *advice = f->has_evidence ? hg_advice_text(f->evidence.reason, f->evidence.class) : NULL;
	if (slip) {
		hg_buf_text(out, slip->hint);
	} else if (advice) {
		hg_buf_text(out, advice);
	} else if (f->status == HG_S_DISAGREES && f->has_evidence && f->evidence.entry) {
		hg_buf_text(out, "if you work out ");
		hg_safe(hg_str_of(f->evidence.entry), HG_SAFE_LINE, out);
		hg_buf_text(out, " alone, by the chain rule, which factor is not the one written?");
	}
}

void hg_say_counts(const size_t count[HG_NSTATUSES], hg_buf *out)
{
	size_t said = 0, aside = 0;
	for (int s = 0; s < HG_NSTATUSES; s++) {
		bool minor = s == HG_S_DEFINED || s == HG_S_SKIPPED;
		if (!count[s])
			continue;
		if (minor && !said++)
			hg_buf_text(out, "nothing to check");
		hg_buf_text(out, minor ? (aside++ ? ", " : " (") : (said++ ? ", " : ""));
		hg_buf_print(out, "%zu %s", count[s], hg_finding_status_words((hg_finding_status)s, count[s]));
	}
	hg_buf_text(out, aside ? ")" : said ? "" : "nothing to check");
}

void hg_say_number(double value, double beside, double abserr, hg_buf *out)
{
	if (!isfinite(value)) {
		hg_buf_text(out, isnan(value) ? "NaN" : value > 0 ? "+infinity" : "-infinity");
		return;
	}
	if (value == 0) {
		hg_buf_text(out, " 0");
		return;
	}
	double size = fmax(fabs(value), isfinite(beside) ? fabs(beside) : 0);
	double gap = isfinite(beside) ? fabs(value - beside) : size;
	int figures = 6; /* and two more than where the two first differ, when they are close, but none below the bound */
	if (gap > 0 && size / gap > 1e4)
		figures = (int)fmin(17, ceil(log10(size / fmax(gap, abserr > 0 ? abserr : 0))) + 2);
	int before = size > 0 ? (int)floor(log10(size)) + 1 : 1;
	if (before >= -3 && before <= 7)
		hg_buf_print(out, "%+.*f", figures > before ? figures - before : 0, value);
	else
		hg_buf_print(out, "%+.*e", figures - 1, value);
}

void hg_say_word(const char *word, hg_buf *out)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._/+,:@-";
	if (*word && strspn(word, plain) == strlen(word)) {
		hg_buf_text(out, word);
		return;
	}
	hg_buf_char(out, '\'');
	for (size_t n; *word; word += n) {
		n = strcspn(word, "'");
		hg_safe((hg_str){word, n}, HG_SAFE_LINE, out);
		if (word[n] == '\'') {
			hg_buf_text(out, "'\\''");
			n++;
		}
	}
	hg_buf_char(out, '\'');
}
