/* Inside the page of a class. */
#ifndef HG_GRADE_PAGE_PARTS_H
#define HG_GRADE_PAGE_PARTS_H

#include "grade/results/columns.h"
#include "report/page/html.h"

typedef struct hg_class_page {
	hg_markup *m;
	const hg_cohort *class;
	hg_layout layout;
	hg_arena *arena;
} hg_class_page;

void hg_page_link(hg_markup *m, const hg_record *record); /* to the page of a student */

/* page_steps.c: what went wrong, the hardest step first, with what to say about it */
void hg_page_lecture(hg_class_page *page);
hg_status hg_page_steps(hg_class_page *page);

/* page_matrix.c: everybody and every step, in three orders */
hg_status hg_page_matrix(hg_class_page *page);

#endif
