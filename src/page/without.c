/* What a browser has not: other programs. */
#include "report/page/child.h"

hg_status hg_child_run(const hg_child *child, hg_buf *out, const char **trouble)
{
	(void)child;
	(void)out;
	*trouble = "does not run in a browser";
	return HG_EIO;
}

#include "report/save.h"

hg_status hg_save(const char *path, hg_str bytes)
{
	(void)path;
	(void)bytes;
	return HG_EIO;
}

hg_status hg_save_folder(const char *path)
{
	(void)path;
	return HG_EIO;
}
