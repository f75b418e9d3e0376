/* Pictures of the evidence, drawn by gnuplot as a child process where it is installed. One style, one script: only
 * the first lines differ between SVG and PNG. Two runs give the same bytes. */
#ifndef HG_REPORT_PLOT_H
#define HG_REPORT_PLOT_H

#include "base/buf.h"
#include "finding/finding.h"

typedef enum hg_plot_form { HG_PLOT_SVG, HG_PLOT_PNG } hg_plot_form;

typedef struct hg_picture {
	hg_str heat, curve; /* the bytes of the picture; empty where there is no data */
} hg_picture;

typedef struct hg_pictures {
	size_t n;               /* findings */
	const hg_picture *of;   /* per finding */
	const char *missing;    /* why there are none although there is data: a sentence; NULL */
} hg_pictures;

/* Draws what the wrong and doubtful findings of the report have: one child for all of them. Trouble with gnuplot is
 * no error: the pictures are missing, and `missing` says why. */
hg_status hg_plot_report(const hg_report *report, hg_plot_form form, hg_arena *arena, hg_pictures *pictures);

/* The entry of the grid the evidence speaks of; where it is not there, the one with the largest difference. */
size_t hg_plot_worst(const hg_evidence *evidence);

/* What the picture shows, in a sentence, for those who do not see it. */
void hg_plot_say_heat(const hg_evidence *evidence, hg_buf *out);
void hg_plot_say_curve(const hg_curve *curve, hg_buf *out);

#endif
