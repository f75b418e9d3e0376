/* The table of the page gives every character, and what is none, the width that utf8proc gives it. */
#include <stdio.h>
#include <utf8proc.h>

int width_by_table(utf8proc_int32_t c);
#define utf8proc_charwidth width_by_table
#include "page/widths.c"
#undef utf8proc_charwidth

int main(void)
{
	int wrong = 0;
	for (utf8proc_int32_t c = -2; c < 0x110000 + 2; c++)
		wrong += width_by_table(c) != utf8proc_charwidth(c);
	printf("%zu runs, %d characters differ\n", hg_nwidth_runs, wrong);
	return wrong != 0;
}
