/* Inside the printers: what both of them ask of a tree. */
#ifndef HG_LANG_PRINTER_H
#define HG_LANG_PRINTER_H

#include "lang/print/print.h"

/* How tightly the top of a tree binds, loosest first. */
typedef enum hg_binding { HG_BINDS_CONDITION, HG_BINDS_SUM, HG_BINDS_PRODUCT, HG_BINDS_PREFIX, HG_BINDS_FACTOR } hg_binding;

hg_binding hg_binding_of(const hg_expr *e);
bool hg_is_nothing(const hg_expr *e); /* the empty list: a limit or an entry that was left out */
bool hg_is_decoration(const hg_expr *e); /* a transpose, prime or power: written behind its operand */

#endif
