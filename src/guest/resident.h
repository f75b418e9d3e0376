/* The life of a guest: the process loads a module and answers what its host asks. */
#ifndef HG_GUEST_RESIDENT_H
#define HG_GUEST_RESIDENT_H

#include "base/limits.h"
#include "guest/wire.h"

/* names: what the record may be called, ends with NULL. Never returns; ends the process when the host hangs up. */
_Noreturn void hg_guest_live(hg_wire *wire, int socket, const char *module, const char *const names[],
                             const hg_budget *limits);

#endif
