/* Partial derivatives that are written by a subscript. */
#ifndef HG_LANG_PARTIALS_H
#define HG_LANG_PARTIALS_H

#include "lang/statement.h"

/* Makes derivatives of them: *said is then a copy, unless there are none; theirs: the assignment, or NULL. */
hg_status hg_partials_read(const hg_statements **said, const hg_statements *theirs, hg_arena *arena);

#endif
