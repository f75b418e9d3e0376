/* A file of our own, or of the instructor's, whole. */
#ifndef HG_GRADE_LOAD_H
#define HG_GRADE_LOAD_H

#include "base/buf.h"
#include "base/status.h"

/* HG_EIO: errno says why, EISDIR or ESPIPE that it is no regular file; HG_ELIMIT: more than `most` bytes. */
hg_status hg_load(const char *path, size_t most, hg_buf *bytes);
const char *hg_load_why(int why); /* that errno, in words */

#endif
