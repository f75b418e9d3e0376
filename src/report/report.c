#include "report/report.h"

const hg_format_row hg_formats[] = {
    {"json", ".json", HG_HOME_STDOUT, "the report as data, handgrad.report/v1", hg_write_json},
    {"junit", ".xml", HG_HOME_STDOUT, "JUnit XML, for CI servers", hg_write_junit},
    {"sarif", ".sarif", HG_HOME_STDOUT, "SARIF 2.1.0, for code scanning and editors", hg_write_sarif},
    {"github", ".txt", HG_HOME_ALWAYS_STDOUT, "annotations for GitHub Actions", hg_write_github},
    {"html", ".html", HG_HOME_FOLDER, "a page with the document, its mathematics and pictures", hg_write_html},
    {"ipynb", ".ipynb", HG_HOME_FOLDER, "the same as a Jupyter notebook", hg_write_ipynb},
};

const size_t hg_nformats = sizeof hg_formats / sizeof *hg_formats;

static const char *const details[] = {
    [HG_DETAIL_NONE] = "none",
    [HG_DETAIL_WHERE] = "where",
    [HG_DETAIL_EVIDENCE] = "evidence",
    [HG_DETAIL_FULL] = "full",
};

const char *hg_detail_text(hg_detail detail) { return (unsigned)detail < HG_NDETAILS ? details[detail] : "unknown"; }

hg_status hg_written(const hg_buf *out) { return out->failed ? HG_ENOMEM : HG_OK; }
