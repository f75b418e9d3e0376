/* Writes the pages of the hand-made reports, for the tests that look at them from outside. */
#include "base/buf.h"
#include "shown.h"
#include "report/report.h"

#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
	hg_arena *arena = hg_arena_new();
	if (argc < 2 || !arena)
		return 2;
	const hg_report *reports[] = {shown_document(arena, argc > 2 ? argv[2] : NULL), shown_derivation(arena)};
	hg_write_options options = {.detail = HG_DETAIL_FULL};
	hg_buf out = {0};
	bool derivation = strcmp(argv[1], "derivation") == 0;
	hg_status status = hg_write_html(reports + derivation, 1, &options, &out);
	fwrite(out.p, 1, out.n, stdout);
	hg_buf_free(&out);
	hg_arena_free(arena);
	return status != HG_OK;
}
