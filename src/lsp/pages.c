#include "lsp/pages.h"

#include "report/save.h"
#include "slips/explain.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

hg_status hg_explain_markdown(const char *code, hg_buf *out)
{
	hg_buf page = {0};
	hg_status status = hg_explain(hg_str_of(code), &page);
	if (status == HG_OK)
		hg_buf_str(out, hg_buf_slice(&page));
	out->failed |= page.failed;
	hg_buf_free(&page);
	return status;
}

/* The folder of the pages of this version; false: nobody says where. */
static bool folder(hg_buf *out)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	if (cache && *cache == '/')
		hg_buf_text(out, cache);
	else if (home && *home == '/')
		hg_buf_print(out, "%s/.cache", home);
	else
		return false;
	hg_buf_text(out, "/handgrad/" HG_VERSION);
	return !out->failed;
}

/* A path as a URI has it: what is not plain as %XX. */
static void write_uri(const char *path, hg_buf *out)
{
	hg_buf_text(out, "file://");
	for (const char *c = path; *c; c++) {
		bool plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') || strchr("/-._~", *c);
		if (plain)
			hg_buf_char(out, *c);
		else
			hg_buf_print(out, "%%%02X", (unsigned)(unsigned char)*c);
	}
}

static bool saved(const char *where, const char *path, const char *code)
{
	hg_buf page = {0};
	bool well = access(path, R_OK) == 0 ||
	            (hg_explain_markdown(code, &page) == HG_OK && !page.failed && hg_save_folder(where) == HG_OK &&
	             hg_save(path, hg_buf_slice(&page)) == HG_OK);
	hg_buf_free(&page);
	return well;
}

void hg_explain_link(const char *code, hg_buf *uri)
{
	hg_buf where = {0}, path = {0};
	if (folder(&where) && !strchr(code, '/')) {
		hg_buf_print(&path, "%.*s/%s.md", HG_STR_ARG(hg_buf_slice(&where)), code);
		hg_buf_char(&path, '\0');
		hg_buf_char(&where, '\0');
		if (!path.failed && !where.failed && saved(where.p, path.p, code))
			write_uri(path.p, uri);
	}
	hg_buf_free(&where);
	hg_buf_free(&path);
}
