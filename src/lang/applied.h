/* Names that the document applies to something: functions, whatever their letter. */
#ifndef HG_LANG_APPLIED_H
#define HG_LANG_APPLIED_H

#include "lang/statement.h"

/* An equation u_a(v) = ... with v on its right side tells that u_a is a function: from then on u_a(v), u_a (v - 1) and log u_a(v)
 * apply it, where by its letter it would carry an index or multiply. And a letter that stands as a value elsewhere and never has an
 * argument but sums and products multiplies those: p (u - v) where p^T stands elsewhere. false: no memory. */
bool hg_applied_take(hg_statements *said, hg_arena *arena);

#endif
