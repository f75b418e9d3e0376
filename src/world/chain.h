/* A product of derivatives as a composition of linear maps. */
#ifndef HG_WORLD_CHAIN_H
#define HG_WORLD_CHAIN_H

#include "world/world.h"

/* Composes the factors of `right` along their links, from the target of `left` to its variable; values among them may
 * stand for the gradient the chain begins with. False: not a chain, or its links do not meet. */
bool hg_chain_compose(hg_eval *ev, const hg_expr *left, const hg_expr *right, const gsl_matrix *like, double **composed);

#endif
