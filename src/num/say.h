/* What a message says of the numbers: one place, so that an assertion of a test and the command say the same. */
#ifndef HG_NUM_SAY_H
#define HG_NUM_SAY_H

#include "base/buf.h"
#include "handgrad.h"

/* One entry, as it is shown: the worst of a verdict. Texts are clean. */
typedef struct hg_shown {
	hg_outcome outcome;
	hg_class class;
	hg_reason reason;
	double yours, numerical, abserr;
	double left, right;       /* slopes at a kink; NaN */
	double ratio;             /* yours / numerical, where it is the same at every wrong entry; NaN */
	double step, max_rel, resolution;
	size_t points, worlds;
	hg_str entry, point;      /* "W1[2,3]"; empty: none */
	bool derivative;          /* a step along it means something */
} hg_shown;

hg_shown hg_shown_of(const hg_verdict *verdict, const hg_point *at, hg_str entry);

/* Decimal digits a relative resolution stands for, 0 to 16. */
int hg_digits(double resolution);

/* A number beside another, in one notation, with enough digits to tell the two apart as far as abserr (or 0) leaves
 * them apart. */
void hg_say_number(double value, double beside, double abserr, hg_buf *out);

/* "agrees to 11 digits at 34 points" */
void hg_say_agrees(const hg_shown *shown, hg_buf *out);
/* "at 34 points, steps of about 1e-3" */
void hg_say_checked(const hg_shown *shown, hg_buf *out);
/* "W1[2,3], batch of 5 (kink there)" */
void hg_say_worst(const hg_shown *shown, hg_buf *out);
/* The lines with yours, the numerical one and the ratio, each begun by `margin` blanks. */
void hg_say_numbers(const hg_shown *shown, size_t margin, hg_buf *out);
/* "yours / numerical = 2 wherever they differ"; `words` behind it where there are any. */
void hg_say_pattern(double ratio, hg_str words, hg_buf *out);
/* What a step along yours would do, if the numbers say something plain about it. */
void hg_say_step_along(const hg_shown *shown, hg_buf *out);
/* What to do next, by the reason and the class; or a question. */
void hg_say_next(const hg_shown *shown, hg_buf *out);

/* "is not what differentiation gives": behind the name of a derivative. */
extern const char hg_plain_mistake[];

#endif
