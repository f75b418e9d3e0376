/* Functions applied entry by entry: the rows of maps.def. */
#ifndef HG_EVAL_MAPS_H
#define HG_EVAL_MAPS_H

#include "lang/function.h"

typedef enum hg_map {
#define HG_MAP(id, ...) HG_MAP_##id,
#define HG_MAP_OWN(id, ...) HG_MAP_##id,
#include "eval/maps.def"
#undef HG_MAP
#undef HG_MAP_OWN
	HG_NMAPS, /* also: not such a function */
} hg_map;

hg_map hg_map_of(hg_fn fn);
hg_map hg_map_find(hg_str name); /* by any spelling hg_fn_find knows */
const char *hg_map_name(hg_map map);
void hg_map_values(hg_map map, const double *at, double *out, size_t n);
void hg_map_slopes(hg_map map, const double *at, double *out, size_t n); /* f'(x); at a kink that of the left */
double hg_map_kink(hg_map map);

#endif
