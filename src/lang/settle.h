#ifndef HG_LANG_SETTLE_H
#define HG_LANG_SETTLE_H

#include "lang/statement.h"

/* Changes the trees of a document in what no single formula can tell: \varphi is \phi unless the two are defined apart,
 * a / b is a fraction, and a bracket that holds the variable, or the point of a defined function, is the argument of the derivative before it. */
hg_status hg_statements_settle(hg_statements *said, hg_arena *arena);

#endif
