/* A page on this machine alone, which loads itself anew when it has changed: a server of two addresses on the loopback
 * interface. `/` is the page, `/changed` answers when there is a new one. */
#ifndef HG_CLI_SERVE_H
#define HG_CLI_SERVE_H

#include "base/buf.h"

enum { HG_SERVE_WAITING = 16 }; /* pages open at a time that are told */

typedef struct hg_serve {
	int listening; /* to be polled; -1: nothing is served */
	unsigned port;
	const char *path; /* of the file with the page */
	int waiting[HG_SERVE_WAITING];
	size_t nwaiting;
} hg_serve;

/* Listens on 127.0.0.1, on a free port. False, with errno: it cannot. */
bool hg_serve_begin(hg_serve *s, const char *path);
void hg_serve_answer(hg_serve *s);  /* one connection that has come in */
void hg_serve_changed(hg_serve *s); /* tells all that wait */
void hg_serve_end(hg_serve *s);

#endif
