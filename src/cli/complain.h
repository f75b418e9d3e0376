/* One line on standard error: "handgrad: hw3.md: no such file". Foreign text in it is made safe to show. */
#ifndef HG_CLI_COMPLAIN_H
#define HG_CLI_COMPLAIN_H

void hg_complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
