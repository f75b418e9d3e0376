/* Messages over two file descriptors, each behind a head that says its length: the base protocol of language servers. */
#ifndef HG_LSP_WIRE_H
#define HG_LSP_WIRE_H

#include "base/buf.h"

enum { HG_WIRE_MOST = 64 << 20 }; /* bytes of one message */

typedef struct hg_wire {
	int in, out;
	hg_buf got;  /* what was read */
	size_t from; /* of it: where the next message begins */
	size_t skip; /* bytes still to come of a message that is too long */
} hg_wire;

typedef enum hg_wire_kind { HG_WIRE_MESSAGE, HG_WIRE_BAD, HG_WIRE_END } hg_wire_kind;

/* Waits for the next message; *body stands until the next call. BAD: a head that cannot be, and *trouble says why; the next
 * call goes on behind it. END: no more comes, or no memory. */
hg_wire_kind hg_wire_read(hg_wire *wire, hg_str *body, const char **trouble);
bool hg_wire_waits(const hg_wire *wire);          /* is there more to be read now? */
bool hg_wire_write(hg_wire *wire, hg_str body);   /* false: nobody listens */
void hg_wire_free(hg_wire *wire);

#endif
