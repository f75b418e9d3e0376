/* What the files of the HTML writer share: one report on its way to the page. */
#ifndef HG_REPORT_HTML_PARTS_H
#define HG_REPORT_HTML_PARTS_H

#include "report/page/html.h"
#include "report/mathml/mathml.h"
#include "report/page/plot.h"
#include "report/report.h"

typedef struct hg_html {
	hg_markup *m;
	const hg_report *report;
	const hg_write_options *options;
	hg_arena *arena;
	bool alone;           /* the only report of the page */
	size_t number;        /* of the report in the page: prefix of its anchors */
	size_t body;          /* where the document begins, behind the heading that became the title */
	const char *title;
	bool *placed;         /* per finding: its mark stands beside a formula */
	size_t *waiting, nwaiting; /* placed findings whose card comes where there is room for it */
	bool flow;            /* a card may stand here: not inside a sentence, a heading, a table */
	hg_budget budget;
	hg_macros macros;
	hg_pictures pictures;
} hg_html;

void hg_html_top(hg_html *h);      /* title, what needs her, what agrees; html_top.c */
void hg_html_title(hg_html *h);    /* finds title and body */
void hg_html_score(hg_html *h);    /* points and reasons, of a submission that was graded; html_score.c */
void hg_html_names(hg_html *h);      /* what each name was taken for; html_names.c */
void hg_html_document(hg_html *h); /* the student's document with marks and cards; html_doc.c */
void hg_html_stretch(hg_html *h, const hg_stretch *stretch); /* one formula of it; html_formula.c */
void hg_html_line(hg_html *h, size_t finding); /* the line of a finding, its term marked */
void hg_html_cards(hg_html *h);    /* cards of the findings placed since the last call; html_card.c */
void hg_html_marks(hg_html *h, hg_span row, const char *class); /* of all findings that begin in the row; html_card.c */
void hg_html_place(hg_html *h, const hg_finding *f); /* "line 12" */
void hg_html_evidence(hg_html *h, const hg_evidence *e); /* html_evidence.c */
void hg_html_pictures(hg_html *h, size_t finding);
void hg_html_understood(hg_html *h); /* folds: how the document was understood, every statement; html_understood.c */
void hg_html_footer(hg_html *h);
void hg_html_page(hg_html *h, const char *code, const char *summary); /* a page of `explain` as a fold; html_explain.c */
void hg_html_fold(hg_html *h, const char *summary); /* opens a fold; hg_markup_close ends it */

bool hg_html_needs_her(const hg_finding *f); /* a mistake of its own, or what could not be checked */

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
