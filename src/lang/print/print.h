/* A tree back to text. */
#ifndef HG_LANG_PRINT_H
#define HG_LANG_PRINT_H

#include "base/buf.h"
#include "lang/expr.h"

void hg_print_plain(const hg_expr *e, hg_buf *out); /* one line for people: dJ/dW1 = (1/m) dZ1 X^T */
const char *hg_plain_of(const hg_expr *e, hg_arena *arena); /* the same as a string; NULL: no memory, or no expression */
void hg_print_latex(const hg_expr *e, hg_buf *out); /* parses back to an equal tree */
void hg_print_tree(const hg_expr *e, hg_buf *out);  /* (product (name W 1) (name x)): for --dump=tree */

#endif
