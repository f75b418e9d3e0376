/* The full message about one finding, by DESIGN 7: verdict, place, source with a mark, evidence, meaning, question. */
#ifndef HG_REPORT_MESSAGE_H
#define HG_REPORT_MESSAGE_H

#include "report/report.h"

void hg_message_write(const hg_report *report, const hg_finding *finding, const hg_write_options *options, hg_buf *out);

#endif
