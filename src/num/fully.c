/* The dear way: an entry is scanned in full, and what is refused is looked at again. */
#include "num/cascade.h"
#include "num/constants.h"

#include <math.h>

/* A disagreement found by poke is found again by value, the first few times. */
static void doubt(hg_cascade *c, size_t k)
{
	hg_entry *e = &c->verdict->entry[k], again = *e;
	if (!c->walk->kept || e->outcome != HG_DISAGREES || c->doubts == 0)
		return;
	c->doubts--;
	hg_cascade_scan(c, &again, (hg_along){c->walk, e->block, e->i, e->j, HG_BY_VALUE, 0});
	const bool apart = !(fabs(again.numerical - e->numerical) <= again.abserr + e->abserr);
	c->poke_lies = c->poke_lies || (apart && isfinite(again.abserr + e->abserr));
	*e = again;
	hg_cascade_judge(c, k);
}

void hg_cascade_judge_fully(hg_cascade *c, size_t k)
{
	c->quick[k] = false;
	hg_cascade_scan(c, &c->verdict->entry[k], hg_cascade_along(c, k));
	hg_cascade_judge(c, k);
	hg_cascade_look_again(c, k);
	doubt(c, k);
}
