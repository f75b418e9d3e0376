/* Text that is not ours, inside Markdown. */
#ifndef HG_REPORT_MARKDOWN_H
#define HG_REPORT_MARKDOWN_H

#include "base/buf.h"

/* What Markdown or HTML could take as markup becomes a character reference, line ends included. */
void hg_markdown_text(hg_str text, hg_buf *out);

/* A code span, or a fenced block, that nothing in the text can end. */
void hg_markdown_code(hg_str text, hg_buf *out);
void hg_markdown_fence(hg_str text, hg_buf *out);

#endif
