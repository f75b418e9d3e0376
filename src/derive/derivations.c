#include "derive/derive.h"

#define HG_DERIVATION(name) extern const hg_derivation hg_derivation_##name;
#include "derivations.inc"
#undef HG_DERIVATION

const hg_derivation *const hg_derivations[] = {
#define HG_DERIVATION(name) &hg_derivation_##name,
#include "derivations.inc"
#undef HG_DERIVATION
};

const size_t hg_nderivations = sizeof hg_derivations / sizeof *hg_derivations;

const hg_derivation *hg_derivation_find(hg_str name)
{
	for (size_t i = 0; i < hg_nderivations; i++)
		if (hg_str_is(name, hg_derivations[i]->name))
			return hg_derivations[i];
	return NULL;
}
