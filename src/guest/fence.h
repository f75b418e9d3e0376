/* What a process that runs somebody else's code may do. */
#ifndef HG_GUEST_FENCE_H
#define HG_GUEST_FENCE_H

#include "base/limits.h"

/* Limits on time, memory and files; nothing open but the socket, which becomes HG_FENCE_SOCKET; ends with its host. */
enum { HG_FENCE_SOCKET = 3 };
void hg_fence_settle(int socket, const hg_budget *limits);

/* With libseccomp: while the module is loaded, files may be read; afterwards it may compute, ask for memory, and answer.
 * What else it tries fails as if it were not permitted. False: the kernel refused the filter. */
bool hg_fence_for_loading(void);
bool hg_fence_for_running(void);

#endif
