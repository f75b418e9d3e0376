#include "handgrad.h"

#define PICK(table, k) ((unsigned)(k) < sizeof table / sizeof *table && table[k] ? table[k] : "unknown")

const char *hg_version(void) { return HG_VERSION; }

const char *hg_outcome_text(hg_outcome outcome)
{
	static const char *const text[] = {"agrees", "disagrees", "cannot-tell"};
	return PICK(text, outcome);
}

const char *hg_class_text(hg_class class)
{
	static const char *const text[] = {
	    [HG_SMOOTH] = "smooth",       [HG_NEAR_KINK] = "near-kink",
	    [HG_NOISY] = "noisy",         [HG_FLAT] = "flat",
	    [HG_KINK] = "kink",           [HG_JUMP] = "jump",
	    [HG_DOMAIN] = "domain",       [HG_DOMAIN_EDGE] = "domain-edge",
	    [HG_STAIRCASE] = "staircase", [HG_UNRESOLVED] = "unresolved",
	};
	return PICK(text, class);
}

const char *hg_reason_text(hg_reason reason)
{
	static const char *const text[] = {
	    [HG_WITHIN_BOUND] = "within the error bound",
	    [HG_BOTH_ZERO] = "both are zero, which is no evidence",
	    [HG_WITHIN_RTOL] = "outside the error bound, within the tolerance asked for",
	    [HG_OUTSIDE_BOUND] = "outside the error bound",
	    [HG_OUTSIDE_SLOPES] = "outside the one-sided slopes of a kink",
	    [HG_CLAIM_NOT_FINITE] = "the claim is not a finite number where the function has a derivative",
	    [HG_LOW_RESOLUTION] = "the error bound is wider than the resolution wanted",
	    [HG_CLAIM_NOISY] = "the claim is computed too roughly to tell",
	    [HG_AT_KINK] = "between the one-sided slopes of a kink",
	    [HG_NO_DERIVATIVE] = "the function has no derivative here that differences could find",
	    [HG_NOT_OF_X_ALONE] = "the function gave two different values at the same point",
	    [HG_WITHIN_TOLERANCE] = "off by so little that the function may be computed to a tolerance",
	    [HG_OUT_OF_BUDGET] = "the limit of evaluations was reached",
	};
	return PICK(text, reason);
}
