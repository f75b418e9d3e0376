#include "base/status.h"

const char *hg_status_text(hg_status status)
{
	static const char *const text[] = {
	    [HG_OK] = "no error",
	    [HG_ENOMEM] = "out of memory",
	    [HG_EINVAL] = "an argument is missing or the shapes do not fit",
	    [HG_ESIZE] = "a block is empty or too large",
	    [HG_EFUNC] = "the function cannot be computed at the point",
	    [HG_EIO] = "a file cannot be read or written",
	    [HG_ELIMIT] = "a limit of the program was reached",
	};
	return (unsigned)status < sizeof text / sizeof *text ? text[status] : "unknown status";
}
