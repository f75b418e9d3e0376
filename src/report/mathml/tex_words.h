/* The words of a line of TeX. */
#ifndef HG_REPORT_TEX_WORDS_H
#define HG_REPORT_TEX_WORDS_H

#include "base/buf.h"

/* What a reader sees of it: commands go, their arguments stay, comments go. *level becomes 1 to 3 where the line is
 * a heading, and is left alone elsewhere. */
void hg_tex_words(hg_str line, hg_buf *out, int *level);

#endif
