#include "text/reading.h"

#include <stdint.h>
#include <string.h>
#include <sys/types.h>

#include <sha2.h>

hg_status hg_source_note(hg_source *source, hg_arena *arena, hg_span span, const char *code, const char *text)
{
	hg_note *all = HG_NEWS(arena, source->nnotes + 1, hg_note); /* a handful at most */
	if (!all || !text)
		return HG_ENOMEM;
	if (source->nnotes)
		memcpy(all, source->note, source->nnotes * sizeof *all);
	all[source->nnotes++] = (hg_note){span, code, text};
	source->note = all;
	return HG_OK;
}

const char *hg_path_text(const char *path, hg_arena *arena)
{
	char *text = hg_arena_copy(arena, path, strlen(path));
	for (char *c = text; c && *c; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			*c = '?';
	return text ? text : "?";
}

const char *hg_place_text(const char *path, hg_str bytes, size_t at, hg_arena *arena)
{
	size_t line = 1, column = 1;
	for (size_t i = 0; i < at && i < bytes.n; i++, column++)
		if (bytes.p[i] == '\n') {
			line++;
			column = 0;
		}
	return hg_arena_print(arena, "%s:%zu:%zu", hg_path_text(path, arena), line, column);
}

/* ---- format ---- */

static const struct {
	const char *ending;
	hg_format format;
} endings[] = {
    {".md", HG_MARKDOWN},  {".markdown", HG_MARKDOWN}, {".mdown", HG_MARKDOWN}, {".mkd", HG_MARKDOWN},
    {".rmd", HG_MARKDOWN}, {".qmd", HG_MARKDOWN},      {".tex", HG_TEX},        {".latex", HG_TEX},
    {".ltx", HG_TEX},      {".rst", HG_RST},           {".ipynb", HG_NOTEBOOK}, {".txt", HG_PLAIN},
    {".py", HG_PYTHON},
};

bool hg_format_of_name(const char *path, hg_format *format)
{
	hg_str name = hg_str_of(path);
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		size_t n = strlen(endings[i].ending);
		if (name.n > n &&
		    hg_str_equal_nocase(hg_str_part(name, name.n - n, n), hg_str_of(endings[i].ending))) {
			*format = endings[i].format;
			return true;
		}
	}
	return false;
}

static hg_format format_of_look(hg_str text)
{
	static const size_t all = (size_t)-1;
	if (hg_str_starts(hg_str_trim(text), "{") && hg_str_find(text, HG_STR("\"cells\"")) != all)
		return HG_NOTEBOOK;
	if (hg_str_find(text, HG_STR("\\documentclass")) != all ||
	    hg_str_find(text, HG_STR("\\begin{document}")) != all)
		return HG_TEX;
	if (hg_str_find(text, HG_STR(".. math::")) != all)
		return HG_RST;
	return HG_MARKDOWN;
}

/* ---- lines ---- */

static hg_status blank_long_line(hg_source *source, char *text, hg_span line, hg_arena *arena)
{
	memset(text + line.at, ' ', line.n);
	const char *why = hg_arena_print(arena, "this line is left out: it has %s",
	                                 hg_limit_message(source->budget, HG_LIMIT_LINE_BYTES, arena));
	return hg_source_note(source, arena, (hg_span){line.at, 0}, "line-too-long", why);
}

static hg_status index_lines(hg_source *source, char *text, size_t n, hg_arena *arena)
{
	size_t nlines = 1, k = 0, long_lines = 0;
	for (size_t i = 0; i < n; i++)
		nlines += text[i] == '\n';
	source->line_start = HG_NEWS(arena, nlines, size_t);
	if (!source->line_start)
		return HG_ENOMEM;
	for (size_t start = 0; start <= n; k++) {
		const char *end = start < n ? memchr(text + start, '\n', n - start) : NULL;
		size_t len = (end ? (size_t)(end - text) : n) - start;
		source->line_start[k] = start;
		if (!hg_budget_allows(source->budget, HG_LIMIT_LINE_BYTES, len) && long_lines++ < 64)
			HG_TRY(blank_long_line(source, text, (hg_span){start, len}, arena));
		start += len + 1;
	}
	source->nlines = k;
	source->text = (hg_str){text, n};
	return HG_OK;
}

/* The last i with start[i] <= at. */
static size_t find_start(const size_t *start, size_t n, size_t at)
{
	size_t low = 0, high = n;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (start[middle] <= at)
			low = middle;
		else
			high = middle;
	}
	return low;
}

hg_place hg_source_place(const hg_source *source, size_t at)
{
	if (source->nlines == 0)
		return (hg_place){1, 1, 0};
	size_t k = find_start(source->line_start, source->nlines, at);
	hg_place place = {k + 1, at - source->line_start[k] + 1, 0};
	if (source->ncells) {
		size_t c = find_start(source->cell_start, source->ncells, at);
		place.cell = source->cell_number[c];
		place.line = k - find_start(source->line_start, source->nlines, source->cell_start[c]) + 1;
	}
	return place;
}

hg_str hg_source_line(const hg_source *source, size_t at)
{
	if (source->nlines == 0)
		return (hg_str){"", 0};
	size_t k = find_start(source->line_start, source->nlines, at), start = source->line_start[k];
	size_t end = k + 1 < source->nlines ? source->line_start[k + 1] - 1 : source->text.n;
	return hg_str_part(source->text, start, end - start);
}

hg_str hg_source_text(const hg_source *source, hg_span span)
{
	return hg_str_part(source->text, span.at, span.n);
}

/* ---- the whole ---- */

hg_status hg_refuse(hg_status status, const char *path, const char *why, hg_arena *arena,
                    const char **trouble)
{
	*trouble = hg_arena_print(arena, "%s: %s", hg_path_text(path, arena), why ? why : "?");
	return why && *trouble ? status : HG_ENOMEM;
}

static void hash(hg_str bytes, char hex[static 65])
{
	SHA2_CTX context;
	uint8_t digest[SHA256_DIGEST_LENGTH];
	SHA256Init(&context);
	SHA256Update(&context, (const uint8_t *)bytes.p, bytes.n);
	SHA256Final(digest, &context);
	for (size_t i = 0; i < sizeof digest; i++) {
		hex[2 * i] = "0123456789abcdef"[digest[i] >> 4];
		hex[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
	}
	hex[64] = 0;
}

hg_limit hg_source_size_limit(const hg_source *source)
{
	hg_format format = source->format;
	return (source->told || hg_format_of_name(source->path, &format)) && format == HG_NOTEBOOK ? HG_LIMIT_NOTEBOOK_BYTES
	                                                                                                    : HG_LIMIT_FILE_BYTES;
}

hg_status hg_source_start(const char *path, const hg_budget *limits, hg_arena *arena, hg_source *source)
{
	*source = (hg_source){.path = path, .budget = HG_NEW(arena, hg_budget)};
	if (!source->budget)
		return HG_ENOMEM;
	*source->budget = limits ? *limits : hg_budget_of();
	return HG_OK;
}

hg_status hg_source_finish(hg_source *source, char *bytes, size_t n, hg_arena *arena, const char **trouble)
{
	const char *path = source->path;
	hg_str all = {bytes, n};
	hg_limit most = hg_source_size_limit(source);
	if (!hg_budget_allows(source->budget, most, n))
		return hg_refuse(HG_ELIMIT, path, hg_limit_message(source->budget, most, arena), arena, trouble);
	hash(all, source->sha256);
	if (hg_str_starts(all, "\xef\xbb\xbf")) {
		bytes += 3;
		n -= 3;
	}
	if (hg_foreign_form((hg_str){bytes, n}))
		return hg_refuse(HG_EIO, path, hg_foreign_form((hg_str){bytes, n}), arena, trouble);
	if (hg_clean_encoding((hg_str){bytes, n}))
		return hg_refuse(HG_EIO, path, hg_clean_encoding((hg_str){bytes, n}), arena, trouble);
	if (hg_str_trim((hg_str){bytes, n}).n == 0)
		return hg_refuse(HG_EIO, path, "is empty", arena, trouble);
	HG_TRY(hg_clean(bytes, n, arena, source, trouble));
	if (!source->told && !hg_format_of_name(path, &source->format))
		source->format = format_of_look((hg_str){bytes, n});
	if (source->format != HG_NOTEBOOK)
		return index_lines(source, bytes, n, arena);
	HG_TRY(hg_notebook_read(bytes, n, arena, source, trouble));
	return index_lines(source, (char *)(uintptr_t)source->text.p, source->text.n, arena);
}

hg_status hg_source_of(const char *path, hg_str bytes, const hg_budget *limits, hg_arena *arena,
                       hg_source *source, const char **trouble)
{
	return hg_source_of_format(path, NULL, bytes, limits, arena, source, trouble);
}

hg_status hg_source_of_format(const char *path, const hg_format *format, hg_str bytes, const hg_budget *limits, hg_arena *arena,
                              hg_source *source, const char **trouble)
{
	*trouble = NULL;
	HG_TRY(hg_source_start(path, limits, arena, source));
	source->told = format != NULL;
	source->format = format ? *format : source->format;
	char *copy = hg_arena_copy(arena, bytes.p, bytes.n);
	return copy ? hg_source_finish(source, copy, bytes.n, arena, trouble) : HG_ENOMEM;
}
