/* Inside the LaTeX printer. */
#ifndef HG_LANG_PRINT_LATEX_H
#define HG_LANG_PRINT_LATEX_H

#include "lang/print/printer.h"

void hg_latex_at(const hg_expr *e, hg_binding least, hg_buf *out); /* in brackets if it binds looser, or had them */
void hg_latex_inside(const hg_expr *e, hg_buf *out);
void hg_latex_list(const hg_expr *e, size_t from, hg_buf *out);      /* kids with commas between them */
void hg_latex_script(const hg_expr *e, hg_buf *out);                 /* in a subscript: a list needs no brackets */
void hg_latex_decorated(const hg_expr *e, hg_buf *out);              /* names, calls, transposes, primes, powers */
void hg_latex_indices(const hg_expr *e, hg_buf *out);

#endif
