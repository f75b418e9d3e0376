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

double hg_map_value(hg_map map, double x)
{
	switch (map) {
#define HG_MAP(id, value, slope, kink) \
	case HG_MAP_##id:                  \
		return (value);
#define HG_MAP_OWN HG_MAP
#include "eval/maps.def"
#undef HG_MAP
#undef HG_MAP_OWN
	default:
		return NAN;
	}
}

double hg_map_slope(hg_map map, double x)
{
	double f = hg_map_value(map, x);
	(void)f;
	switch (map) {
#define HG_MAP(id, value, slope, kink) \
	case HG_MAP_##id:                  \
		return (slope);
#define HG_MAP_OWN HG_MAP
#include "eval/maps.def"
#undef HG_MAP
#undef HG_MAP_OWN
	default:
		return NAN;
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
