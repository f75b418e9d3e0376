/* What --help prints. */
#ifndef HG_CLI_HELP_H
#define HG_CLI_HELP_H

#include "cli/command.h"

/* An option as a command takes it. */
typedef struct hg_offered {
	const char *name, *arg, *help; /* arg NULL: takes no value */
	bool may_lack; /* its value may be left out */
	int key;
} hg_offered;

/* Of the command, NULL: of the program, with all of its options. */
void hg_help_write(const hg_command *command, const hg_offered *offered, size_t n, hg_buf *out);

#endif
