/* The catalogue of slips as a table, and the pages of `handgrad explain`. */
#ifndef HG_SLIPS_SLIPS_H
#define HG_SLIPS_SLIPS_H

#include "base/buf.h"
#include "base/status.h"

typedef enum hg_slip_id { /* the rows of slips.def, in order */
#define HG_SLIP(symbol, ...) HG_SLIP_##symbol,
#include "slips.def"
#undef HG_SLIP
	HG_NSLIPS
} hg_slip_id;

typedef struct hg_slip {
	const char *id, *title, *hint; /* "sign", "opposite sign", a question */
	const char *wrong, *right;     /* an example in LaTeX */
} hg_slip;

extern const hg_slip hg_slips[HG_NSLIPS];

const hg_slip *hg_slip_find(hg_str id); /* NULL: no such slip */

#endif
