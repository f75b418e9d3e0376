#include "slips/slips.h"

const hg_slip hg_slips[HG_NSLIPS] = {
#define HG_SLIP(symbol, name, says, asks, repair, example, meant)                                             \
	[HG_SLIP_##symbol] = {.id = (name), .title = (says), .hint = (asks), .wrong = (example), .right = (meant)},
#include "slips.def"
#undef HG_SLIP
};

const hg_slip *hg_slip_find(hg_str id)
{
	for (size_t i = 0; i < HG_NSLIPS; i++)
		if (hg_str_is(id, hg_slips[i].id))
			return &hg_slips[i];
	return NULL;
}
