/* A module and its helpers into a shared object: the compiler of $CC, with limits on its time and what it writes. */
#include "guest/parts.h"

#include "report/page/child.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern const char hg_header[]; /* handgrad.h: all a module may see of the program */
extern const size_t hg_header_size;

enum { SECONDS = 20, MOST_WORDS = 32, MOST_ERRORS = 64 << 10 };

static const char *const flags[] = {
	"-std=gnu11", "-O1", "-fPIC", "-shared", "-frounding-math", "-ffp-contract=off", "-fdiagnostics-color=never",
};
static const char *const libraries[] = {"-lgsl", "-lgslcblas", "-lm"};

enum { NFLAGS = sizeof flags / sizeof *flags, NLIBRARIES = sizeof libraries / sizeof *libraries };

static bool write_header(const char *path)
{
	FILE *out = fopen(path, "wx");
	if (!out)
		return false;
	const bool well = fwrite(hg_header, 1, hg_header_size, out) == hg_header_size;
	return fclose(out) == 0 && well;
}

/* "gcc -m64" as two words: no shell, no quotes. */
static size_t compiler(hg_arena *arena, char *words[static MOST_WORDS])
{
	const char *cc = getenv("CC");
	hg_str rest = hg_str_trim(hg_str_of(cc && *cc ? cc : "cc"));
	size_t n = 0;
	while (rest.n && n < MOST_WORDS) {
		size_t length = 0;
		while (length < rest.n && rest.p[length] != ' ' && rest.p[length] != '\t')
			length++;
		words[n++] = hg_arena_copy(arena, rest.p, length);
		rest = hg_str_trim(hg_str_part(rest, length, rest.n));
	}
	return n;
}

/* The first line that says what is wrong: of the compiler, else of the linker. */
static const char *first_error(hg_str said, hg_arena *arena)
{
	hg_str shown = {0};
	while (said.n) {
		const size_t end = hg_str_find(said, HG_STR("\n"));
		const hg_str line = hg_str_trim(hg_str_part(said, 0, end == (size_t)-1 ? said.n : end));
		said = end == (size_t)-1 ? (hg_str){0} : hg_str_part(said, end + 1, said.n);
		const bool tells = hg_str_find(line, HG_STR("error:")) != (size_t)-1 || hg_str_find(line, HG_STR("undefined")) != (size_t)-1;
		if (tells || !shown.n)
			shown = line;
		if (tells)
			break;
	}
	return shown.n ? hg_arena_copy(arena, shown.p, shown.n) : NULL;
}

/* The text of a module in a file of the folder, by whose path its errors are named. */
static const char *write_text(const hg_guest_source *source, const char *folder, hg_arena *arena)
{
	const char *path = hg_arena_print(arena, "%s/module.c", folder);
	FILE *out = path ? fopen(path, "wx") : NULL;
	bool well = out != NULL;
	if (out) {
		fputs("#line 1 \"", out);
		for (const char *p = source->path; *p; p++)
			fputc(strchr("\\\"\n", *p) ? '_' : *p, out);
		fputs("\"\n", out);
		well = fwrite(source->text.p, 1, source->text.n, out) == source->text.n;
		well &= fclose(out) == 0;
	}
	return well ? path : NULL;
}

static const char *why_not(const char *compiler, const char *trouble, hg_str said, hg_arena *arena)
{
	const char *error = first_error(said, arena);
	if (trouble && strcmp(trouble, "failed") != 0)
		return hg_arena_print(arena, "the compiler, %s, %s", compiler, trouble);
	return error ? hg_arena_print(arena, "it does not compile: %s", error) : "it does not compile";
}

/* A file is never taken for an option. */
static char *file(const char *path, hg_arena *arena) { return hg_arena_print(arena, "%s%s", *path == '-' ? "./" : "", path); }

bool hg_guest_compile(const hg_guest_source *source, const char *folder, hg_arena *arena, const char **why)
{
	char **argv = HG_NEWS(arena, MOST_WORDS + NFLAGS + NLIBRARIES + source->nhelpers + 8, char *);
	const char *header = hg_arena_print(arena, "%s/handgrad.h", folder), *trouble = NULL;
	hg_buf said = {0};
	*why = "out of memory";
	if (!argv || !header)
		return false;
	if (!write_header(header)) {
		*why = hg_arena_print(arena, "%s: %s", header, strerror(errno));
		return false;
	}
	const char *path = source->text.p ? write_text(source, folder, arena) : source->path;
	if (!path) {
		*why = hg_arena_print(arena, "it could not be copied: %s", strerror(errno));
		return false;
	}
	size_t n = compiler(arena, argv);
	for (size_t k = 0; k < NFLAGS; k++)
		argv[n++] = (char *)flags[k];
	argv[n++] = hg_arena_print(arena, "-I%s", folder);
	argv[n++] = file(path, arena);
	for (size_t k = 0; k < source->nhelpers; k++)
		argv[n++] = file(source->helper[k], arena);
	argv[n++] = (char *)"-o";
	argv[n++] = hg_arena_print(arena, "%s/module.so", folder);
	for (size_t k = 0; k < NLIBRARIES; k++)
		argv[n++] = (char *)libraries[k];
	const hg_child child = {.argv = argv, .seconds = SECONDS, .most = MOST_ERRORS, .environment = environ, .errors_only = true};
	const hg_status status = hg_arena_failed(arena) ? HG_ENOMEM : hg_child_run(&child, &said, &trouble);
	if (status != HG_OK)
		*why = why_not(argv[0], trouble, hg_buf_slice(&said), arena);
	hg_buf_free(&said);
	return status == HG_OK;
}
