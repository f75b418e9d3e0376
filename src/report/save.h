/* Whole files or none: written under a temporary name beside the place, brought to the disk, and renamed. */
#ifndef HG_REPORT_SAVE_H
#define HG_REPORT_SAVE_H

#include "base/status.h"
#include "base/str.h"

/* On failure what stood at `path` before is untouched, nothing is left beside it, and errno says why. Devices and
 * pipes are written to directly. */
hg_status hg_save(const char *path, hg_str bytes);

hg_status hg_save_append(const char *path, hg_str bytes); /* to a file that others write to, too */

/* The folder, and those above it, where they do not exist. */
hg_status hg_save_folder(const char *path);

#endif
