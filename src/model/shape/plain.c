/* Shapes of plain arrays (said/code_axes.c). */
#include "model/shape/sym.h"

hg_sym hg_sym_reduced(hg_shaper *s, const hg_expr *e, hg_sym a)
{
	unsigned axis;
	if (!hg_named_axis(e, &axis))
		return (hg_sym){.r = HG_AXIS_ONE, .c = HG_AXIS_ONE};
	if (!hg_sym_known(a)) {
		unsigned rows = hg_shaper_axis(s);
		a = hg_sym_assign(s, a, rows, hg_shaper_axis(s));
	}
	*(axis ? &a.c : &a.r) = HG_AXIS_ONE;
	return a;
}
