/* What the files of the HTML writer share: one report on its way to the page. */
#ifndef HG_REPORT_HTML_PARTS_H
#define HG_REPORT_HTML_PARTS_H

#include "report/html.h"
#include "report/mathml.h"
#include "report/plot.h"
#include "report/report.h"

typedef struct hg_html {
	hg_markup *m;
	const hg_report *report;
	const hg_write_options *options;
	hg_arena *arena;
	bool alone;           /* the only report of the page */
	size_t number;        /* of the report in the page: prefix of its anchors */
	bool *placed;         /* per finding: its mark stands beside a formula */
	size_t *waiting, nwaiting; /* placed findings whose card comes at the end of the block */
	size_t statement, finding; /* the next of the document; both are in its order */
	hg_pictures pictures;
} hg_html;

void hg_html_score(hg_html *h);    /* points and reasons, of a submission that was graded; html_score.c */
void hg_html_document(hg_html *h); /* the student's document with marks and cards; html_doc.c */
void hg_html_stretch(hg_html *h, const hg_stretch *stretch); /* one formula of it; html_formula.c */
void hg_html_cards(hg_html *h);    /* cards of the findings placed since the last call; html_card.c */
void hg_html_card(hg_html *h, size_t finding);
void hg_html_evidence(hg_html *h, const hg_evidence *e); /* html_evidence.c */
void hg_html_pictures(hg_html *h, size_t finding);
void hg_html_mark(hg_html *h, size_t finding, const char *class); /* "✓ agrees", a link to the card or to the table */

/* A piece of LaTeX or plain text that stands for itself: as mathematics where it can be read, as code otherwise. */
void hg_html_formula_text(hg_html *h, const char *text);

/* Writes a phrase (phrase.h) as text. */
#define HG_HTML_SAY(h, say, ...)                                                                             \
	do {                                                                                                     \
		hg_buf said_ = {0};                                                                                  \
		say(__VA_ARGS__, &said_);                                                                            \
		hg_markup_str((h)->m, hg_buf_slice(&said_));                                                         \
		hg_markup_used((h)->m, &said_);                                                                                 \
	} while (0)

#endif
