#include "cli/complain.h"

#include "report/safe.h"

#include <stdarg.h>
#include <stdio.h>

void hg_complain(const char *format, ...)
{
	char line[4096];
	va_list args;
	va_start(args, format);
	vsnprintf(line, sizeof line, format, args);
	va_end(args);
	hg_buf clean = {0};
	hg_buf_text(&clean, "handgrad: ");
	hg_safe(hg_str_of(line), HG_SAFE_LINE, &clean);
	hg_buf_char(&clean, '\n');
	if (clean.failed)
		fputs("handgrad: out of memory\n", stderr);
	else
		fwrite(clean.p, 1, clean.n, stderr);
	hg_buf_free(&clean);
}
