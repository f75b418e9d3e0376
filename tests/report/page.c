/* page FORMAT document|derivation [FOREIGN]: a report of shown.c, for the tests that look at it from outside.
 * page FORMAT twins NAME: the wrong versions of a derivation, as the judge sees them.
 * page FORMAT read FILE: a document as it is read, without a finding. */
#include "base/buf.h"
#include "derive/derive.h"
#include "shown.h"
#include "report/report.h"

#include <stdio.h>
#include <string.h>

enum { MOST = 64 };

static size_t twins(const char *name, hg_arena *arena, const hg_report *list[static MOST])
{
	const hg_derivation *d = hg_derivation_find(hg_str_of(name));
	size_t n = 0;
	for (; d && n < d->ntwins && n < MOST; n++) {
		hg_report *r = HG_NEW(arena, hg_report);
		if (!r || hg_derive_twin(d, n, NULL, arena, r) != HG_OK)
			return 0;
		list[n] = r;
	}
	return n;
}

static const hg_report *just_read(const char *path, hg_arena *arena)
{
	hg_report *r = HG_NEW(arena, hg_report);
	hg_source *source = HG_NEW(arena, hg_source);
	hg_doc *doc = HG_NEW(arena, hg_doc);
	hg_statements *said = HG_NEW(arena, hg_statements);
	const char *trouble = NULL;
	if (!said || hg_source_read(path, NULL, arena, source, &trouble) != HG_OK ||
	    hg_doc_scan(source, arena, doc) != HG_OK || hg_parse(doc, arena, said) != HG_OK)
		return NULL;
	*r = (hg_report){.title = path, .source = source, .said = said, .sha256 = source->sha256};
	return r;
}

int main(int argc, char **argv)
{
	hg_arena *arena = hg_arena_new();
	const hg_report *list[MOST];
	if (argc < 3 || !arena)
		return 2;
	size_t n = 1;
	if (strcmp(argv[2], "twins") == 0)
		n = twins(argc > 3 ? argv[3] : "", arena, list);
	else if (strcmp(argv[2], "read") == 0 && argc > 3)
		n = (list[0] = just_read(argv[3], arena)) != NULL;
	else if (strcmp(argv[2], "derivation") == 0)
		list[0] = shown_derivation(arena);
	else
		list[0] = shown_document(arena, argc > 3 ? argv[3] : NULL);
	hg_write_options options = {.detail = HG_DETAIL_FULL};
	hg_buf out = {0};
	hg_status status = HG_EINVAL;
	for (size_t i = 0; n && i < hg_nformats; i++)
		if (strcmp(hg_formats[i].name, argv[1]) == 0)
			status = hg_formats[i].write(list, n, &options, &out);
	fwrite(out.p, 1, out.n, stdout);
	hg_buf_free(&out);
	hg_arena_free(arena);
	return status != HG_OK;
}
