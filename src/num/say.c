#include "num/say.h"

#include "num/num.h"
#include "num/pattern.h"

#include <math.h>

const char hg_plain_mistake[] = "is not what differentiation gives";

hg_shown hg_shown_of(const hg_verdict *v, const hg_point *at, hg_str entry)
{
	const hg_entry *e = &v->entry[v->worst];
	hg_shown shown = {.outcome = v->outcome, .class = e->kind, .reason = e->reason, .yours = e->claimed,
	                  .numerical = e->numerical, .abserr = e->abserr, .left = e->left, .right = e->right,
	                  .ratio = hg_pattern_ratio(v), .step = e->step, .max_rel = v->max_rel, .resolution = v->resolution,
	                  .points = 1, .worlds = 1, .entry = entry, .derivative = true};
	shown.point = at->label ? hg_str_of(at->label) : (hg_str){0};
	return shown;
}

int hg_digits(double resolution)
{
	if (!(resolution < 1))
		return 0;
	return resolution > 1e-16 ? (int)floor(-log10(resolution)) : 16;
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

void hg_say_agrees(const hg_shown *s, hg_buf *out)
{
	if (s->reason == HG_BOTH_ZERO)
		hg_buf_text(out, "agrees, but both are zero, which shows little,");
	else if (s->reason == HG_WITHIN_RTOL)
		hg_buf_print(out, "agrees within the tolerance asked for (off by %.2g, relative)", s->max_rel);
	else
		hg_buf_print(out, "agrees to %d digits", hg_digits(s->resolution));
	if (s->points)
		hg_buf_print(out, " at %zu point%s", s->points, s->points == 1 ? "" : "s");
}

void hg_say_checked(const hg_shown *s, hg_buf *out)
{
	hg_buf_print(out, "at %zu point%s", s->points, s->points == 1 ? "" : "s");
	if (s->worlds > 1 && s->worlds != s->points)
		hg_buf_print(out, " in %zu worlds", s->worlds);
	if (s->step > 0)
		hg_buf_print(out, ", steps of about %.1g", s->step);
}

void hg_say_worst(const hg_shown *s, hg_buf *out)
{
	if (s->entry.n)
		hg_buf_str(out, s->entry);
	else
		hg_buf_text(out, "this point");
	if (s->point.n) {
		hg_buf_text(out, ", ");
		hg_buf_str(out, s->point);
	}
	if (s->class != HG_SMOOTH)
		hg_buf_print(out, " (%s there)", hg_class_text(s->class));
}

/* A ratio that is the same at every wrong entry; NaN and 0 stand for none. */
static bool is_constant(double ratio) { return isfinite(ratio) && ratio != 0; }

void hg_say_numbers(const hg_shown *s, size_t margin, hg_buf *out)
{
	hg_buf_print(out, "%*syours       ", (int)margin, "");
	hg_say_number(s->yours, s->numerical, s->abserr, out);
	hg_buf_print(out, "\n%*snumerical   ", (int)margin, "");
	if (isfinite(s->left) && isfinite(s->right) && s->class == HG_KINK) {
		hg_say_number(s->left, s->right, 0, out);
		hg_buf_text(out, " from the left, ");
		hg_say_number(s->right, s->left, 0, out);
		hg_buf_text(out, " from the right\n");
		return;
	}
	hg_say_number(s->numerical, s->yours, s->abserr, out);
	if (isfinite(s->abserr) && s->abserr > 0)
		hg_buf_print(out, "   (uncertain by %.1g)", s->abserr);
	hg_buf_char(out, '\n');
	double ratio = s->yours / s->numerical;
	if (isfinite(ratio) && ratio != 0 && fabs(ratio - 1) > 1e-5 && !is_constant(s->ratio) &&
	    fabs(s->numerical) > s->abserr)
		hg_buf_print(out, "%*sratio        %.6g\n", (int)margin, "", ratio);
}

void hg_say_pattern(double ratio, hg_str words, hg_buf *out)
{
	if (is_constant(ratio))
		hg_buf_print(out, "yours / numerical = %.6g wherever they differ", ratio);
	if (words.n) {
		hg_buf_text(out, is_constant(ratio) ? "; " : "");
		hg_buf_str(out, words);
	}
}

void hg_say_step_along(const hg_shown *s, hg_buf *out)
{
	double times = s->yours / s->numerical;
	if (s->yours == 0 && s->numerical != 0)
		hg_buf_text(out, "a step along yours would never move this entry");
	else if (!isfinite(times))
		return;
	else if (times < 0)
		hg_buf_text(out, "a step along yours moves this entry the wrong way");
	else if (times >= 1.05 || times <= 0.95)
		hg_buf_print(out, "a step along yours moves this entry %.3g times as far as it should", times);
}

void hg_say_next(const hg_shown *s, hg_buf *out)
{
	const char *advice = hg_advice_text(s->reason, s->class);
	if (advice) {
		hg_buf_text(out, advice);
	} else if (s->outcome == HG_DISAGREES && s->entry.n) {
		hg_buf_text(out, "if you work out ");
		hg_buf_str(out, s->entry);
		hg_buf_text(out, " alone, by the chain rule, which factor is not the one written?");
	}
}
