/* HTML by the XML writer: what is written is well-formed XML and valid HTML at once. Elements nest, every text is
 * cleaned and escaped. The first failure sticks; nothing is asked in between. */
#ifndef HG_REPORT_MARKUP_H
#define HG_REPORT_MARKUP_H

#include "base/buf.h"
#include "base/status.h"

typedef struct hg_markup hg_markup;

hg_markup *hg_markup_new(hg_buf *out); /* NULL: out of memory */
/* Ends open elements and frees. HG_ENOMEM if anything failed on the way. */
hg_status hg_markup_end(hg_markup *m);

void hg_markup_open(hg_markup *m, const char *element);
void hg_markup_close(hg_markup *m);
void hg_markup_attr(hg_markup *m, const char *name, const char *value); /* NULL: no attribute */
void hg_markup_attr_print(hg_markup *m, const char *name, const char *format, ...) __attribute__((format(printf, 3, 4)));
void hg_markup_str(hg_markup *m, hg_str text);
void hg_markup_text(hg_markup *m, const char *text); /* NULL: nothing */
void hg_markup_print(hg_markup *m, const char *format, ...) __attribute__((format(printf, 2, 3)));
void hg_markup_raw(hg_markup *m, hg_str markup); /* our own markup, as it is */
void hg_markup_used(hg_markup *m, hg_buf *part); /* frees a buffer that was written; its failure becomes the markup's */

/* <element class="class">text</element>; either may be NULL. */
void hg_markup_put(hg_markup *m, const char *element, const char *class, const char *text);

#endif
