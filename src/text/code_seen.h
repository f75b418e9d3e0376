/* Inside the scanner: what it keeps of the code of a document until all is read. */
#ifndef HG_TEXT_CODE_SEEN_H
#define HG_TEXT_CODE_SEEN_H

#include "text/source.h"

typedef struct scan_code_seen {
	size_t nblocks, nemptied;
	hg_span block[256]; /* as far as they are kept */
	struct {
		hg_str name;
		size_t at;
	} emptied[64]; /* dW2 = None: what the name held is gone */
} scan_code_seen;

#endif
