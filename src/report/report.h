/* From the second waist to bytes. A writer reads reports and nothing else; a format is one row of one table. */
#ifndef HG_REPORT_REPORT_H
#define HG_REPORT_REPORT_H

#include "base/buf.h"
#include "finding/finding.h"

/* How much a message gives away; the instructor's choice. */
typedef enum hg_detail {
	HG_DETAIL_NONE,     /* the verdict */
	HG_DETAIL_WHERE,    /* and the place in the source */
	HG_DETAIL_EVIDENCE, /* and the numbers, the slip, the question */
	HG_DETAIL_FULL,     /* and the formula with the slip undone, definitions, readings */
	HG_NDETAILS
} hg_detail;

const char *hg_detail_text(hg_detail detail);

typedef struct hg_write_options {
	hg_detail detail;
	bool color;
	size_t columns;     /* of text for people; 0: 80 */
	bool places;        /* JUnit: file and line on each test, which GitLab shows and Jenkins' xUnit refuses */
	const char *replay; /* options to repeat a run, "--assignment a.md"; NULL: none beside the seed and the id */
} hg_write_options;

/* Where a report goes when its option names no file. */
typedef enum hg_format_home {
	HG_HOME_STDOUT, /* standard output, or --out DIR when that is given */
	HG_HOME_ALWAYS_STDOUT,
	HG_HOME_FOLDER, /* --out DIR, or notebooks-out/ */
	HG_HOME_NONE,   /* the file must be named */
} hg_format_home;

typedef struct hg_format_row {
	const char *name, *ending; /* the option is --NAME; ".json" */
	hg_format_home home;
	const char *help;
	hg_status (*write)(const hg_report *const *reports, size_t n, const hg_write_options *options, hg_buf *out);
} hg_format_row;

extern const hg_format_row hg_formats[];
extern const size_t hg_nformats;

hg_status hg_write_text(const hg_report *const *reports, size_t n, const hg_write_options *options, hg_buf *out);
hg_status hg_write_json(const hg_report *const *reports, size_t n, const hg_write_options *options, hg_buf *out);
hg_status hg_write_junit(const hg_report *const *reports, size_t n, const hg_write_options *options, hg_buf *out);
hg_status hg_write_sarif(const hg_report *const *reports, size_t n, const hg_write_options *options, hg_buf *out);
hg_status hg_write_line(const hg_report *const *reports, size_t n, const hg_write_options *options, hg_buf *out);
hg_status hg_write_github(const hg_report *const *reports, size_t n, const hg_write_options *options, hg_buf *out);
hg_status hg_write_html(const hg_report *const *reports, size_t n, const hg_write_options *options, hg_buf *out);
hg_status hg_write_ipynb(const hg_report *const *reports, size_t n, const hg_write_options *options, hg_buf *out);

/* The Markdown table for GITHUB_STEP_SUMMARY, at most `most` bytes. */
void hg_write_step_summary(const hg_report *const *reports, size_t n, size_t most, hg_buf *out);

/* The status of a writer that has filled a buffer: HG_ENOMEM if an allocation failed. */
hg_status hg_written(const hg_buf *out);

#endif
