/* Inside a scene: what its two files share. */
#ifndef HG_WORLD_SCENE_PARTS_H
#define HG_WORLD_SCENE_PARTS_H

#include "world/world.h"

hg_local *hg_scene_local(hg_eval *ev, const hg_expr *e); /* the index a letter is bound to; NULL */
hg_node hg_scene_variable(hg_eval *ev, const hg_ref *ref, hg_var *v, const hg_expr *e);
bool hg_scene_callee(hg_eval *ev, const hg_expr *e, hg_callee *f); /* false: e is no function */
hg_node hg_scene_apply(hg_eval *ev, const hg_expr *call);          /* what is applied and is none: h(x), a product */

#endif
