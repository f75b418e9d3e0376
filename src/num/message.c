/* One verdict as people read it. */
#include "handgrad-outputs.h"
#include "num/num.h"
#include "num/pattern.h"
#include "num/rule.h"
#include "num/say.h"

#include <math.h>
#include <stdlib.h>

/* What to do where a class of points gives no verdict, or none that is fine enough. */
static const char *const advice_by_class[] = {
    [HG_KINK] =
        "move the point off the kink, or check a path across it; any slope between the two is a convention",
    [HG_JUMP] = "the function jumps here; move the point away",
    [HG_STAIRCASE] =
        "the value moves in steps: it is rounded or saturated; try the form in logits or another point",
    [HG_DOMAIN_EDGE] = "the function cannot be computed on one side of the point; move away from the edge",
    [HG_DOMAIN] = "the function cannot be computed at the point: it returned an error, NaN or infinity",
    [HG_UNRESOLVED] = "no step size gave differences that agree; try a smoother or less extreme point",
};

static const char *const advice_by_reason[] = {
    [HG_LOW_RESOLUTION] =
        "rounding in the function hides the derivative; ask for less resolution, or try another point",
    [HG_CLAIM_NOISY] =
        "nothing speaks against the formula, but as computed it loses the digits; rearrange it",
    [HG_OUT_OF_BUDGET] = "allow more evaluations",
    [HG_NOT_OF_X_ALONE] = "it must be a function of x alone: fix the seed of random numbers, and keep nothing from one call "
                          "to the next",
    [HG_WITHIN_TOLERANCE] = "if the function is computed exactly, say .ftol = 1e-16, and the claim is wrong by that much",
    [HG_OUTSIDE_SLOPES] = "at a kink any value between the two slopes would do; this one is outside",
    [HG_CLAIM_NOT_FINITE] =
        "look for a division by zero, the logarithm of 0, or an entry that was never written",
};

const char *hg_advice_text(hg_reason reason, hg_class class)
{
	const size_t classes = sizeof advice_by_class / sizeof *advice_by_class;
	const size_t reasons = sizeof advice_by_reason / sizeof *advice_by_reason;
	const char *text = (size_t)reason < reasons ? advice_by_reason[reason] : NULL;
	return text ? text : (size_t)class < classes ? advice_by_class[class] : NULL;
}

/* ---- the message, as src/report/message.c lays it out for the command ---------------------------------------------- */

enum { WIDTH = 80, MARGIN = 3, LABEL_WIDTH = 10 };
static const double CLOSE = 1e-4, ENOUGH = 0.1;

/* Words, broken between words at the width; what follows the first line begins at `indent`. */
static void wrap(hg_str words, size_t column, size_t indent, hg_buf *out)
{
	for (size_t at = 0, n; at < words.n; at += n + 1) {
		for (n = 0; at + n < words.n && words.p[at + n] != ' ';)
			n++;
		if (at && column + 1 + n > WIDTH) {
			hg_buf_print(out, "\n%*s", (int)indent, "");
			column = indent;
		} else if (at) {
			hg_buf_char(out, ' ');
			column++;
		}
		hg_buf_add(out, words.p + at, n);
		column += n;
	}
	hg_buf_char(out, '\n');
}

/* "   = label     words" */
static void row(const char *label, hg_buf *words, hg_buf *out)
{
	const size_t begin = MARGIN + 2 + LABEL_WIDTH;
	if (words->n) {
		hg_buf_print(out, "%*s= %-*s", MARGIN, "", LABEL_WIDTH, label);
		wrap(hg_buf_slice(words), begin, begin, out);
	}
	out->failed |= words->failed;
	hg_buf_free(words);
	*words = (hg_buf){0};
}

static void head_write(const hg_verdict *v, const hg_shown *s, const char *name, hg_buf *out)
{
	const bool wrong = v->outcome == HG_DISAGREES;
	hg_buf words = {0};
	hg_buf_print(&words, "%s: %s", wrong ? "disagrees" : "cannot tell", name);
	hg_buf_print(&words, wrong ? " %s" : ": %s", wrong ? hg_plain_mistake : hg_reason_text(s->reason));
	wrap(hg_buf_slice(&words), 0, 2, out);
	out->failed |= words.failed;
	hg_buf_free(&words);
	hg_buf_print(out, "%*s--> %s: %zu of %zu %s\n", MARGIN - 1, "", name, wrong ? v->disagree : v->cannot_tell, v->nentries,
	             v->nentries == 1 ? "entry" : "entries");
}

/* What was certified, what was asked for, and the setting that would do. */
static void certified_write(const hg_verdict *v, hg_buf *out)
{
	double needed = 0;
	for (size_t k = 0; k < v->nentries; k++)
		if (v->entry[k].outcome == HG_CANNOT_TELL && !(v->entry[k].resolution <= needed))
			needed = v->entry[k].resolution;
	const bool low = v->reason == HG_LOW_RESOLUTION;
	if ((!low && v->reason != HG_WITHIN_TOLERANCE) || !isfinite(v->entry[v->worst].resolution))
		return;
	hg_buf_print(out, "to %.1g here", v->entry[v->worst].resolution);
	if (low)
		hg_buf_print(out, ", %.1g was wanted", v->wanted);
	if (low && needed < ENOUGH)
		hg_buf_print(out, ": .resolution = %.0e would do", pow(10, ceil(log10(needed))));
}

/* A difference so small that the numbers rather than the formula may be the cause. */
static bool is_close(const hg_verdict *v)
{
	return v->outcome == HG_DISAGREES && v->reason == HG_OUTSIDE_BOUND && v->max_rel < CLOSE;
}

static void evidence_write(const hg_verdict *v, const hg_point *at, const hg_shown *s, hg_buf *out)
{
	hg_buf words = {0}, pattern = {0};
	hg_say_checked(s, &words);
	row("checked", &words, out);
	hg_say_worst(s, &words);
	row(s->outcome == HG_DISAGREES ? "worst at" : "doubt at", &words, out);
	hg_say_numbers(s, MARGIN + LABEL_WIDTH + 4, out);
	if (s->outcome == HG_DISAGREES) {
		hg_pattern_write(v, at, &pattern);
		hg_say_pattern(s->ratio, hg_buf_slice(&pattern), &words);
		row("pattern", &words, out);
		hg_say_step_along(s, &words);
		row("meaning", &words, out);
	}
	out->failed |= pattern.failed;
	hg_buf_free(&pattern);
	certified_write(v, &words);
	row("certified", &words, out);
	if (is_close(v))
		hg_buf_text(&words, "so close that the function, or the claim, may be computed to a tolerance only: if so, say it "
		                    "in .ftol, or grant it in .rtol");
	else
		hg_say_next(s, &words);
	row("help", &words, out);
}

/* What else is known of the function, or missing from an agreement. */
static void notes_write(const hg_verdict *v, hg_buf *out)
{
	hg_buf words = {0};
	if (v->outcome == HG_AGREES && v->zeros && v->zeros < v->nentries)
		hg_buf_print(&words, "%zu of %zu entries: zero against zero, which shows nothing of them", v->zeros, v->nentries);
	row("note", &words, out);
	if (v->tolerance > 0)
		hg_buf_print(&words, "the function seems to be computed to about %.0e of itself", v->tolerance);
	row("note", &words, out);
	if (!v->probe_works)
		hg_buf_text(&words, "directed rounding does not reach the function: noise was estimated from residuals");
	row("note", &words, out);
}

static char *text_of(hg_buf *out)
{
	hg_buf_char(out, '\0');
	if (!out->failed)
		return out->p;
	hg_buf_free(out);
	return NULL;
}

char *hg_verdict_message(const hg_verdict *v, const hg_point *at, const char *name)
{
	hg_buf out = {0}, entry = {0};
	if (!v || !at || v->nentries == 0)
		return NULL;
	hg_entry_name_write(at, &v->entry[v->worst], &entry);
	const hg_shown shown = hg_shown_of(v, at, hg_buf_slice(&entry));
	name = name ? name : "the gradient";
	if (v->outcome == HG_AGREES) {
		hg_buf_print(&out, "%s ", name);
		hg_say_agrees(&shown, &out);
		hg_buf_char(&out, '\n');
	} else {
		head_write(v, &shown, name, &out);
		evidence_write(v, at, &shown, &out);
	}
	notes_write(v, &out);
	out.failed |= entry.failed;
	hg_buf_free(&entry);
	return text_of(&out);
}

char *hg_jacobian_message(const hg_jacobian_verdict *v, const hg_point *at, const char *name)
{
	static const char *const said[] = {[HG_AGREES] = "agrees", [HG_DISAGREES] = "disagrees", [HG_CANNOT_TELL] = "cannot tell"};
	hg_buf out = {0}, words = {0};
	size_t like = 0;
	if (!v || !at || v->noutputs == 0)
		return NULL;
	for (size_t o = 0; o < v->noutputs; o++)
		like += v->output[o]->outcome == v->outcome;
	hg_buf_print(&words, "output %zu of %s", v->worst + 1, name ? name : "the Jacobian");
	char *called = text_of(&words);
	char *message = called ? hg_verdict_message(v->output[v->worst], at, called) : NULL;
	hg_buf_text(&out, message ? message : "");
	out.failed |= !message;
	if (v->noutputs > 1)
		hg_buf_print(&out, "of %zu outputs, %zu: %s; this one is furthest off\n", v->noutputs, like, said[v->outcome]);
	free(called);
	free(message);
	return text_of(&out);
}

/* ---- a list of all entries ------------------------------------------------------------------------------------ */

char *hg_verdict_list(const hg_verdict *v, const hg_point *at)
{
	hg_buf out = {0};
	if (!v || !at)
		return NULL;
	hg_buf_print(&out, "%-16s %24s %24s %10s  %s\n", "entry", "claimed", "numerical", "bound", "verdict");
	for (size_t k = 0; k < v->nentries; k++) {
		const hg_entry *e = &v->entry[k];
		hg_buf name = {0};
		hg_entry_name_write(at, e, &name);
		hg_buf_char(&name, '\0');
		hg_buf_print(&out, "%-16s %+24.16e %+24.16e %10.1e  %s: %s", name.failed ? "" : name.p, e->claimed, e->numerical,
		             e->abserr, hg_outcome_text(e->outcome), hg_reason_text(e->reason));
		if (e->kind != HG_SMOOTH)
			hg_buf_print(&out, " (%s)", hg_class_text(e->kind));
		hg_buf_char(&out, '\n');
		out.failed |= name.failed;
		hg_buf_free(&name);
	}
	return text_of(&out);
}
