/* Colours, by role; nothing at all when they are off. No meaning is carried by colour alone. */
#ifndef HG_REPORT_STYLE_H
#define HG_REPORT_STYLE_H

#include "base/buf.h"

typedef enum hg_role { HG_ROLE_GOOD, HG_ROLE_BAD, HG_ROLE_DOUBT, HG_ROLE_FRAME, HG_ROLE_STRONG, HG_NROLES } hg_role;

void hg_style_begin(bool color, hg_role role, hg_buf *out);
void hg_style_end(bool color, hg_buf *out);
void hg_style_text(bool color, hg_role role, const char *text, hg_buf *out);

/* Words broken at spaces to lines of at most `columns`, the first continuing at column `at`, the others indented. */
void hg_wrap(hg_str words, size_t at, size_t indent, size_t columns, hg_buf *out);

#endif
