#include "report/phrase.h"

#include "slips/slips.h"
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

hg_shown hg_evidence_shown(const hg_evidence *e, hg_outcome outcome)
{
	return (hg_shown){.outcome = outcome, .class = e->class, .reason = e->reason, .yours = e->yours,
	                  .numerical = e->numerical, .abserr = e->abserr, .left = e->left, .right = e->right, .ratio = e->ratio,
	                  .step = e->step, .max_rel = e->max_rel, .resolution = e->resolution, .points = e->points,
	                  .worlds = e->worlds};
}

static void say_agreement(const hg_finding *f, hg_buf *out)
{
	const hg_evidence *e = &f->evidence;
	if (f->kind == HG_NUMERIC || !f->has_evidence) {
		hg_buf_text(out, f->kind == HG_NUMERIC ? "agrees to the digits shown" : "agrees");
		return;
	}
	const hg_shown shown = hg_evidence_shown(e, HG_AGREES);
	hg_say_agrees(&shown, out);
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
		return hg_plain_mistake;
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
		say_reason(f, "cannot tell", out);
		break;
	case HG_S_SKIPPED:
		say_reason(f, "is not checked", out);
		break;
	default:
		hg_buf_text(out, "is taken as a definition");
	}
}

void hg_say_outcome(const hg_finding *f, bool evidence, hg_buf *out)
{
	if (evidence)
		hg_say_verdict(f, out);
	else
		hg_buf_text(out, hg_finding_status_words(f->status, 1));
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
	const hg_shown shown = hg_evidence_shown(e, HG_DISAGREES);
	if (e->meaning)
		hg_safe(hg_str_of(e->meaning), HG_SAFE_LINE, out);
	else
		hg_say_step_along(&shown, out);
}

void hg_say_tried(const hg_finding *f, hg_buf *out)
{
	const hg_evidence *e = &f->evidence;
	if (f->kind == HG_NUMERIC || !e->worlds)
		hg_buf_text(out, "worked out again with the numbers you wrote");
	else
		hg_buf_print(out, "with %zu random %s of numbers, %zu %s in all", e->worlds, e->worlds == 1 ? "set" : "sets", e->points,
		             e->points == 1 ? "entry" : "entries");
}

void hg_say_hint(const hg_finding *f, hg_buf *out)
{
	const hg_slip *slip = f->nslips ? hg_slip_find(hg_str_of(f->slip->id)) : NULL;
	if (slip) {
		hg_buf_text(out, slip->hint);
	} else if (f->has_evidence) {
		hg_shown shown = hg_evidence_shown(&f->evidence, f->status == HG_S_DISAGREES ? HG_DISAGREES : HG_CANNOT_TELL);
		hg_buf entry = {0};
		if (f->evidence.entry)
			hg_safe(hg_str_of(f->evidence.entry), HG_SAFE_LINE, &entry);
		shown.entry = hg_buf_slice(&entry);
		hg_say_next(&shown, out);
		out->failed |= entry.failed;
		hg_buf_free(&entry);
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
