/* Primes that differentiate nothing and belong to a name: c' beside the index c, h' = (1 - z) h + z n for the next state. */
#ifndef HG_LANG_STROKES_H
#define HG_LANG_STROKES_H

#include "lang/statement.h"

/* A primed letter is a name where it counts something (a sum over c', p_{c'}), and where an equation defines it and something is
 * differentiated by it, or it by something: of h' as a slope nobody writes dh'/dz. False: out of memory. */
bool hg_strokes_take(hg_statements *said, hg_arena *arena);

#endif
