/* A derivation that is somebody's own C module: compiled, run in a process of its own, and judged here from the numbers
 * it gives. The module may crash, loop, fork, write anywhere in its memory, exit or lie about anything but numbers: the
 * host looks only at shared memory, and at the clock. */
#ifndef HG_GUEST_GUEST_H
#define HG_GUEST_GUEST_H

#include "base/limits.h"
#include "finding/finding.h"

typedef struct hg_guest hg_guest;

/* A module and the files that are compiled with it. */
typedef struct hg_guest_source {
	const char *path;
	hg_str text; /* what stands in it; empty: it is read */
	size_t nhelpers;
	const char *const *helper;
} hg_guest_source;

/* The modules of a path: of a file itself; of a folder the files *.c that name a record, in alphabetical order,
 * the others being their helpers. HG_EIO and *trouble when it cannot be read or has none. */
hg_status hg_guest_find(const char *path, hg_arena *arena, size_t *n, hg_guest_source **sources, const char **trouble);

/* Compiles ($CC, or cc) and starts it. The record is `hg_derivation_STEM` of the file's name, or the one it names.
 * HG_EIO and *trouble, one sentence that begins with the path, when it has none. *guest is then NULL. */
hg_status hg_guest_open(const hg_guest_source *source, const hg_budget *limits, hg_arena *arena, hg_guest **guest,
                        const char **trouble);
void hg_guest_close(hg_guest *guest); /* NULL is fine; ends the process */

/* The record as it was told: names and texts that were looked at, functions that ask the guest. */
const hg_derivation *hg_guest_record(const hg_guest *guest);

/* Judges the guest's stages as hg_derive() does, titled by its path. HG_EIO and *trouble when it stopped answering,
 * whatever was found till then. */
hg_status hg_guest_derive(hg_guest *guest, const hg_settings *settings, hg_arena *arena, hg_report *report,
                          const char **trouble);

/* The same with the claims of another guest: functions, points and twins are the first one's, the gradients the other's,
 * stage by stage of the same name. A stage that the other does not have is left out. */
hg_status hg_guest_derive_against(hg_guest *guest, hg_guest *claims, const hg_settings *settings, hg_arena *arena,
                                  hg_report *report, const char **trouble);

#endif
