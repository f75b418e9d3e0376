/* Inside a world: what its making and its losses share. */
#ifndef HG_WORLD_VALUES_H
#define HG_WORLD_VALUES_H

#include "world/world.h"

/* The value of right, as the definition of v; local may be NULL. */
hg_node hg_world_evaluate(hg_world *w, hg_var *v, const hg_expr *right, hg_view view, size_t sample, hg_local *local);

/* losses.c: sets each, sum, mean, other, term and minus of the world from the values of all. */
void hg_world_losses(hg_world *w);

#endif
