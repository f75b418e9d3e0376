/* The modules of a path. */
#include "guest/parts.h"

#include "base/status.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MOST_FILES = 1000, MOST_BYTES = 4 << 20, MOST_NAMES = 30 };

static int is_c(const struct dirent *entry)
{
	const size_t n = strlen(entry->d_name);
	return n > 2 && entry->d_name[0] != '.' && !strcmp(entry->d_name + n - 2, ".c");
}

/* The beginning of a file; empty where it cannot be read, so that the compiler says why. */
static hg_str text_of(const hg_guest_source *source, hg_arena *arena)
{
	if (source->text.p)
		return source->text;
	FILE *in = fopen(source->path, "r");
	char *text = HG_NEWS(arena, MOST_BYTES, char);
	const size_t n = in && text ? fread(text, 1, MOST_BYTES, in) : 0;
	if (in)
		fclose(in);
	return (hg_str){text, n};
}

static size_t identifier(hg_str text)
{
	size_t n = 0;
	while (n < text.n && (text.p[n] == '_' || isalnum((unsigned char)text.p[n])))
		n++;
	return n;
}

const char *const *hg_guest_names(const hg_guest_source *source, hg_arena *arena)
{
	static const char prefix[] = "hg_derivation_";
	const char *path = source->path, *slash = strrchr(path, '/'), *stem = slash ? slash + 1 : path;
	const size_t length = strlen(stem), cut = hg_str_ends(hg_str_of(stem), ".c") ? length - 2 : length;
	const char **names = HG_NEWS(arena, MOST_NAMES + 2, const char *);
	const char *own = hg_arena_print(arena, "%s%.*s", prefix, (int)cut, stem);
	size_t n = 0;
	hg_str text = text_of(source, arena);
	for (size_t at; names && own && n < MOST_NAMES && (at = hg_str_find(text, HG_STR("hg_derivation_"))) != (size_t)-1;) {
		text = hg_str_part(text, at, text.n);
		const hg_str name = hg_str_part(text, 0, identifier(text));
		text = hg_str_part(text, name.n, text.n);
		if (hg_str_is(name, own)) { /* first of all */
			names[n++] = names[0];
			names[0] = own;
		} else {
			names[n++] = hg_arena_copy(arena, name.p, name.n);
		}
	}
	return names && own && !hg_arena_failed(arena) ? names : NULL;
}

/* In a folder a module is what names a record; what only declares one would be a header. */
static bool is_module(const char *path, hg_arena *arena)
{
	hg_mark mark = hg_arena_mark(arena);
	const char *const *names = hg_guest_names(&(hg_guest_source){.path = path}, arena);
	const bool is = !names || names[0];
	hg_arena_release(arena, mark);
	return is;
}

static hg_status sort_out(const char *folder, struct dirent **entry, size_t nfiles, hg_arena *arena, size_t *n,
                          hg_guest_source **sources)
{
	const char **helper = HG_NEWS(arena, nfiles + 1, const char *);
	size_t nhelpers = 0;
	*sources = HG_NEWS(arena, nfiles + 1, hg_guest_source);
	if (!helper || !*sources)
		return HG_ENOMEM;
	for (size_t k = 0; k < nfiles; k++) {
		const char *path = hg_arena_print(arena, "%s/%s", folder, entry[k]->d_name);
		if (!path)
			return HG_ENOMEM;
		if (is_module(path, arena))
			(*sources)[(*n)++].path = path;
		else
			helper[nhelpers++] = path;
	}
	for (size_t k = 0; k < *n; k++) {
		(*sources)[k].nhelpers = nhelpers;
		(*sources)[k].helper = helper;
	}
	return HG_OK;
}

static hg_status find_in_folder(const char *folder, hg_arena *arena, size_t *n, hg_guest_source **sources,
                                const char **trouble)
{
	struct dirent **entry = NULL;
	const int nfiles = scandir(folder, &entry, is_c, alphasort);
	hg_status status = HG_EIO;
	if (nfiles < 0)
		*trouble = hg_arena_print(arena, "%s: %s", folder, strerror(errno));
	else if (nfiles > MOST_FILES)
		*trouble = hg_arena_print(arena, "%s: more than %d files", folder, MOST_FILES);
	else
		status = sort_out(folder, entry, (size_t)nfiles, arena, n, sources);
	if (status == HG_OK && *n == 0) {
		*trouble = hg_arena_print(arena, "%s: no file *.c in it names a record hg_derivation_NAME", folder);
		status = HG_EIO;
	}
	for (int k = 0; k < nfiles; k++)
		free(entry[k]);
	free(entry);
	return status;
}

hg_status hg_guest_find(const char *path, hg_arena *arena, size_t *n, hg_guest_source **sources, const char **trouble)
{
	struct stat st;
	*n = 0;
	*trouble = NULL;
	if (stat(path, &st) != 0) {
		*trouble = hg_arena_print(arena, "%s: %s", path, strerror(errno));
		return HG_EIO;
	}
	if (S_ISDIR(st.st_mode))
		return find_in_folder(path, arena, n, sources, trouble);
	if (!S_ISREG(st.st_mode)) {
		*trouble = hg_arena_print(arena, "%s: not a file", path);
		return HG_EIO;
	}
	*sources = HG_NEW(arena, hg_guest_source);
	if (!*sources)
		return HG_ENOMEM;
	(*sources)->path = path;
	*n = 1;
	return HG_OK;
}
