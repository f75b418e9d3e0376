/* One verdict as people read it. */
#include "num/num.h"
#include "num/pattern.h"
#include "num/rule.h"

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

static const char *advice(const hg_verdict *v, const hg_entry *e)
{
	if (e->reason == HG_OUTSIDE_BOUND)
		return v->agree ? "the other entries agree: what is different where this one comes from?"
		                : "work one entry out by hand, at this point, from the definition";
	return hg_advice_text(e->reason, e->class);
}

static void agreement_write(const hg_verdict *v, hg_buf *out)
{
	const char *entries = v->nentries == 1 ? "entry" : "entries";
	size_t zero = 0, tolerated = 0;
	for (size_t k = 0; k < v->nentries; k++) {
		zero += v->entry[k].reason == HG_BOTH_ZERO;
		tolerated += v->entry[k].reason == HG_WITHIN_RTOL;
	}
	hg_buf_print(out, " agrees");
	if (zero == v->nentries)
		hg_buf_print(out, ": 0 on both sides, which is no evidence");
	else if (tolerated)
		hg_buf_print(out, " within the tolerance asked for: off by up to %.2g relative, certified to %.2g",
		             v->max_rel, v->resolution);
	else
		hg_buf_print(out, " to %.0f digits", fmax(0, floor(-log10(fmax(v->resolution, 1e-17)))));
	hg_buf_print(out, " (%zu %s", v->nentries, entries);
	if (zero && zero < v->nentries)
		hg_buf_print(out, ", %zu of them 0 on both sides", zero);
	hg_buf_print(out, ")\n");
}

static void place_write(const hg_verdict *v, const hg_point *at, hg_buf *out)
{
	const size_t n = v->outcome == HG_DISAGREES ? v->disagree : v->cannot_tell;
	hg_buf_print(out, v->outcome == HG_DISAGREES ? " disagrees" : " cannot be told");
	hg_buf_print(out, " at %zu of %zu %s", n, v->nentries, v->nentries == 1 ? "entry" : "entries");
	if (at->label)
		hg_buf_print(out, ", point \"%s\"", at->label);
	hg_buf_print(out, "; the worst is ");
	hg_entry_name_write(at, &v->entry[v->worst], out);
	if (n < v->nentries && v->outcome == HG_CANNOT_TELL)
		hg_buf_print(out, "; the others agree");
	hg_buf_char(out, '\n');
}

static void numerical_write(const hg_entry *e, hg_buf *out)
{
	hg_buf_print(out, "  numerical  ");
	if (e->class == HG_KINK)
		hg_buf_print(out, "slope %.7g on the left, %.7g on the right\n", e->left, e->right);
	else if (!isfinite(e->numerical))
		hg_buf_print(out, "none (%s)\n", hg_class_text(e->class));
	else if (!isfinite(e->abserr))
		hg_buf_print(out, "about %.3g, without a bound (%s)\n", e->numerical, hg_class_text(e->class));
	else {
		hg_number_write(e->numerical, e->abserr, e->claimed, out);
		hg_buf_print(out, " +- %.2g (%s, step %.2g)\n", e->abserr, hg_class_text(e->class), e->step);
	}
}

/* Where the claim lies between the slopes of a kink. */
static const char *convention(const hg_entry *e)
{
	const double slack = 1e-6 * fmax(fabs(e->left), fabs(e->right));
	if (fabs(e->claimed - e->left) <= slack)
		return "the slope on the left";
	return fabs(e->claimed - e->right) <= slack ? "the slope on the right" : "between the two slopes";
}

static void evidence_write(const hg_verdict *v, const hg_point *at, hg_buf *out)
{
	const hg_entry *e = &v->entry[v->worst];
	hg_buf_print(out, "  claimed    ");
	hg_number_write(e->claimed, e->abserr, e->numerical, out);
	if (e->reason == HG_AT_KINK)
		hg_buf_print(out, ", %s", convention(e));
	hg_buf_char(out, '\n');
	numerical_write(e, out);
	if (e->outcome == HG_DISAGREES && e->reason == HG_OUTSIDE_BOUND) {
		hg_buf_print(out, "  difference %.3g", fabs(e->claimed - e->numerical));
		if (e->numerical != 0 && fabs(e->numerical) > e->abserr)
			hg_buf_print(out, ", ratio %.7g", e->claimed / e->numerical);
		hg_buf_char(out, '\n');
	}
	const size_t before = out->n;
	hg_buf_print(out, "  pattern    ");
	const size_t start = out->n;
	hg_pattern_write(v, at, out);
	if (out->n == start)
		out->n = before;
	else
		hg_buf_char(out, '\n');
	hg_buf_print(out, "  reason     %s", hg_reason_text(e->reason));
	if (e->outcome == HG_CANNOT_TELL && isfinite(e->resolution))
		hg_buf_print(out, ": %.2g relative", e->resolution);
	hg_buf_char(out, '\n');
	const char *next = advice(v, e);
	if (next)
		hg_buf_print(out, "  next       %s\n", next);
}

char *hg_verdict_message(const hg_verdict *v, const hg_point *at, const char *name)
{
	hg_buf out = {0};
	if (!v || !at || v->nentries == 0)
		return NULL;
	hg_buf_text(&out, name ? name : "the gradient");
	if (v->outcome == HG_AGREES)
		agreement_write(v, &out);
	else {
		place_write(v, at, &out);
		evidence_write(v, at, &out);
	}
	if (!v->probe_works)
		hg_buf_print(&out, "  note       directed rounding does not reach the function: noise was estimated "
		                   "from residuals\n");
	hg_buf_char(&out, '\0');
	if (out.failed) {
		hg_buf_free(&out);
		return NULL;
	}
	return out.p;
}
