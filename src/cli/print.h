/* Standard output, with its first failure remembered until the end of the process. */
#ifndef HG_CLI_PRINT_H
#define HG_CLI_PRINT_H

#include "base/str.h"

void hg_print(hg_str bytes);

/* Once, at the start: streams closed by the caller are filled, and at exit everything printed must have arrived: if
 * not, one line on standard error and exit code 3; if the reader has gone away, as head does, 141 and no word. */
void hg_print_open(void);

#endif
