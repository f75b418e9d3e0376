/* A model and its worlds, built and given back. */
#ifndef HG_VERDICT_SETTING_H
#define HG_VERDICT_SETTING_H

#include "claim/judging.h"

/* The model of one section ((size_t)-1: of the whole document) in one variant of what it leaves open, with its worlds. */
hg_status hg_setting_open(const hg_statements *said, const hg_statements *assignment, const hg_epochs *epochs, size_t section,
                          int variant, const hg_choices *taken, unsigned long seed, hg_arena *arena, hg_setting *setting);
void hg_setting_close(hg_setting *setting);

#endif
