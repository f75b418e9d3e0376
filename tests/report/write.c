/* write FORMAT NAME [DETAIL [color|plain [places]]]: a report made by hand (made.c) in a format, on standard output. */
#include "made.h"

#include "report/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static hg_status write_summary(const hg_report *const *reports, size_t n, const hg_write_options *options, hg_buf *out)
{
	(void)options;
	hg_write_step_summary(reports, n, 900 * 1000, out);
	return hg_written(out);
}

int main(int argc, char **argv)
{
	const hg_format_row others[] = {{.name = "text", .write = hg_write_text}, {.name = "line", .write = hg_write_line},
	                                {.name = "summary", .write = write_summary}};
	const hg_report *list[MADE_MOST];
	hg_arena *arena = hg_arena_new();
	size_t n = argc > 2 ? made_reports(argv[2], arena, list) : 0;
	const hg_format_row *format = NULL;
	for (size_t i = 0; argc > 2 && i < hg_nformats; i++)
		if (strcmp(hg_formats[i].name, argv[1]) == 0)
			format = &hg_formats[i];
	for (size_t i = 0; argc > 2 && i < sizeof others / sizeof *others; i++)
		if (strcmp(others[i].name, argv[1]) == 0)
			format = &others[i];
	hg_write_options options = {.detail = argc > 3 ? (hg_detail)atoi(argv[3]) : HG_DETAIL_EVIDENCE, .color = argc > 4 && strcmp(argv[4], "color") == 0, .places = argc > 5};
	hg_buf out = {0};
	if (!n || !format || format->write(list, n, &options, &out) != HG_OK)
		return 2;
	fwrite(out.p, 1, out.n, stdout);
	hg_buf_free(&out);
	hg_arena_free(arena);
	return 0;
}
