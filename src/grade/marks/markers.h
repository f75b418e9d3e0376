/* The comments of an assignment that grading reads: what a step is worth, and what follows from a mistake. */
#ifndef HG_GRADE_MARKERS_H
#define HG_GRADE_MARKERS_H

#include "grade/marks/steps.h"

typedef enum hg_marker_kind { HG_MARK_POINTS, HG_MARK_INHERITED } hg_marker_kind;

/* One marker: where it stands, what it says. */
typedef struct hg_marker {
	hg_marker_kind kind;
	size_t at;
	double points;          /* NaN: none that makes sense */
	hg_str step;            /* the name behind "for"; empty */
	const char *trouble;    /* a clause; NULL */
	hg_inherited inherited;
	size_t ndeductions;
	hg_deduction deduction[HG_MOST_DEDUCTIONS];
} hg_marker;

/* The next marker at or behind *from, which moves behind it; false: there is none. */
bool hg_marker_next(hg_str text, hg_format format, size_t *from, hg_marker *marker);

#endif
