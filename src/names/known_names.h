/* Names already read: a document uses some dozens of names, and reads them again thousands of times. */
#ifndef HG_NAMES_KNOWN_NAMES_H
#define HG_NAMES_KNOWN_NAMES_H

#include "names/names.h"

typedef struct hg_known_names hg_known_names;

hg_known_names *hg_known_names_new(hg_arena *arena); /* lives as long as the arena; NULL: out of memory */

/* What an equal name was read as, or NULL. Equal is hg_expr_equal: indices count, fonts and places do not. */
const hg_ref *hg_known_names_find(const hg_known_names *known, const hg_expr *name);

/* A copy of the name that lives as long as the table, to be read into *ref; NULL when there is no more room. */
const hg_expr *hg_known_names_add(hg_known_names *known, const hg_expr *name, hg_ref **ref);

/* For what reading it allocates. */
hg_arena *hg_known_names_arena(const hg_known_names *known);

#endif
