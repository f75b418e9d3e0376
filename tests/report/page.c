/* page FORMAT document|derivation [FOREIGN]: a report of shown.c, for the tests that look at it from outside. */
#include "base/buf.h"
#include "shown.h"
#include "report/report.h"

#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
	hg_arena *arena = hg_arena_new();
	if (argc < 3 || !arena)
		return 2;
	const hg_report *report = strcmp(argv[2], "derivation") ? shown_document(arena, argc > 3 ? argv[3] : NULL) :
	                                                          shown_derivation(arena);
	hg_write_options options = {.detail = HG_DETAIL_FULL};
	hg_buf out = {0};
	hg_status status = HG_EINVAL;
	for (size_t i = 0; i < hg_nformats; i++)
		if (strcmp(hg_formats[i].name, argv[1]) == 0)
			status = hg_formats[i].write(&report, 1, &options, &out);
	fwrite(out.p, 1, out.n, stdout);
	hg_buf_free(&out);
	hg_arena_free(arena);
	return status != HG_OK;
}
