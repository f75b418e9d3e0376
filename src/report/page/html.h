/* The page a person reads: one file, no script, no network. Parts of it are shared with the pages of a class. */
#ifndef HG_REPORT_HTML_H
#define HG_REPORT_HTML_H

#include "report/page/look.h"
#include "report/markup.h"

/* The head of a page up to and including <body> and the skip link to #main; the caller writes the rest. */
typedef enum hg_page_font { HG_PAGE_FONT, HG_PAGE_PLAIN } hg_page_font; /* with the math font inside, or without */
void hg_html_begin(hg_markup *m, const char *title, hg_page_font font);

#endif
