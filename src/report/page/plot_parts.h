/* What the files of the plots share. */
#ifndef HG_REPORT_PLOT_PARTS_H
#define HG_REPORT_PLOT_PARTS_H

#include "base/buf.h"
#include "report/page/plot.h"

bool hg_plot_has_heat(const hg_evidence *evidence);
bool hg_plot_has_curve(const hg_curve *curve);

/* What gnuplot is told; the pictures come out one after the other. */
void hg_plot_heat_script(const hg_evidence *evidence, hg_plot_form form, hg_buf *out);
void hg_plot_curve_script(const hg_curve *curve, hg_plot_form form, hg_buf *out);

#endif
