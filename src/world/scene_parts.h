/* Inside a scene: what its files share. */
#ifndef HG_WORLD_SCENE_PARTS_H
#define HG_WORLD_SCENE_PARTS_H

#include "world/world.h"

/* place.c */
typedef enum hg_picked { HG_PICK_ONE, HG_PICK_ALL, HG_PICK_NONE } hg_picked;

/* The value of an index along an axis of n entries, from 0. */
hg_picked hg_scene_index(hg_eval *ev, const hg_expr *e, size_t n, unsigned axis, bool from_zero, size_t *value);
bool hg_scene_pick(hg_eval *ev, const hg_expr *e, hg_cut *c, hg_shape *s); /* of a cut what a lone index picks; false: nothing */
hg_local *hg_scene_local(hg_eval *ev, const hg_expr *e); /* the index a letter is bound to; NULL */
hg_node hg_scene_variable(hg_eval *ev, const hg_ref *ref, hg_var *v, const hg_expr *e);
bool hg_scene_callee(hg_eval *ev, const hg_expr *e, hg_callee *f); /* false: e is no function */
hg_node hg_scene_apply(hg_eval *ev, const hg_expr *call);          /* what is applied and is none: h(x), a product */

/* differential.c: of a line of total differentials. The direction a dX stands for; and by what `to` changes along those of the right side. */
hg_node hg_scene_direction(hg_eval *ev, const hg_ref *ref, const hg_expr *at);

#endif
