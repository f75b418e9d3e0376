#include "eval/maps.h"
#include "letters.def"

#include <math.h>

hg_map hg_map_of(hg_fn fn)
{
	switch (fn) {
#define HG_MAP(id, ...) \
	case HG_FN_##id:    \
		return HG_MAP_##id;
#define HG_MAP_OWN(id, ...)
#include "eval/maps.def"
#undef HG_MAP
#undef HG_MAP_OWN
	default:
		return HG_NMAPS;
	}
}

hg_map hg_map_find(hg_str name) { return hg_map_of(hg_fn_find(name)); }

const char *hg_map_name(hg_map map)
{
	switch (map) {
	case HG_MAP_RELU:
		return HG_L_RELU;
	case HG_MAP_NEG:
		return "-";
	case HG_MAP_GENERIC:
	case HG_MAP_GENERIC2:
		return "some smooth function";
	case HG_NMAPS:
		return "?";
	default:
		break;
	}
	for (int fn = 0; fn < HG_NFNS; fn++)
		if (hg_map_of((hg_fn)fn) == map)
			return hg_fn_name((hg_fn)fn);
	return "?";
}

void hg_map_values(hg_map map, const double *at, double *out, size_t n)
{
	switch (map) {
#define HG_MAP(id, value, slope, kink)     \
	case HG_MAP_##id:                      \
		for (size_t i = 0; i < n; i++) {   \
			const double x = at[i];        \
			out[i] = (value);              \
		}                                  \
		return;
#define HG_MAP_OWN HG_MAP
#include "eval/maps.def"
#undef HG_MAP
#undef HG_MAP_OWN
	default:
		for (size_t i = 0; i < n; i++)
			out[i] = NAN;
	}
}

void hg_map_slopes(hg_map map, const double *at, double *out, size_t n)
{
	hg_map_values(map, at, out, n);
	switch (map) {
#define HG_MAP(id, value, slope, kink)     \
	case HG_MAP_##id:                      \
		for (size_t i = 0; i < n; i++) {   \
			const double x = at[i], f = out[i]; \
			(void)x;                       \
			(void)f;                       \
			out[i] = (slope);              \
		}                                  \
		return;
#define HG_MAP_OWN HG_MAP
#include "eval/maps.def"
#undef HG_MAP
#undef HG_MAP_OWN
	default:
		return;
	}
}

double hg_map_kink(hg_map map)
{
	static const double kinks[] = {
#define HG_MAP(id, value, slope, kink) (kink),
#define HG_MAP_OWN HG_MAP
#include "eval/maps.def"
#undef HG_MAP
#undef HG_MAP_OWN
	};
	return map < HG_NMAPS ? kinks[map] : NAN;
}
