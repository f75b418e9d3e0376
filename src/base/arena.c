#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Under the address sanitizer every allocation is a chunk of its own, so that a step beyond it is seen. */
#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
enum { FIRST_CHUNK = 1, LARGEST_CHUNK = 1 };
#else
enum { FIRST_CHUNK = 16 * 1024, LARGEST_CHUNK = 1024 * 1024 };
#endif

typedef struct chunk {
	struct chunk *before;
	size_t size, used;
	alignas(max_align_t) unsigned char bytes[];
} chunk;

struct hg_arena {
	chunk *last, *spare; /* spare: one that was released, for a loop that marks and releases at the edge of a chunk */
	size_t next_size, total;
	int failed;
};

hg_arena *hg_arena_new(void)
{
	hg_arena *arena = calloc(1, sizeof *arena);
	if (arena)
		arena->next_size = FIRST_CHUNK;
	return arena;
}

void hg_arena_free(hg_arena *arena)
{
	if (!arena)
		return;
	hg_arena_release(arena, (hg_mark){0});
	free(arena->spare);
	free(arena);
}

/* A chunk with room for `need` bytes: the spare one, or a new one; NULL: no memory. */
static chunk *take(hg_arena *arena, size_t need)
{
	chunk *c = arena->spare;
	if (c && c->size >= need) {
		arena->spare = NULL;
		return c;
	}
	size_t size = need > arena->next_size ? need : arena->next_size;
	c = size > (size_t)-1 / 2 ? NULL : malloc(sizeof *c + size);
	if (c)
		c->size = size;
	if (arena->next_size < LARGEST_CHUNK)
		arena->next_size *= 2;
	return c;
}

/* Keeps it as the spare one, if it is the larger of the two, and of a size that an arena asks for by itself. */
static void give_back(hg_arena *arena, chunk *gone)
{
	bool kept = gone->size <= LARGEST_CHUNK && (!arena->spare || arena->spare->size < gone->size);
	chunk *other = kept ? arena->spare : gone;
	if (kept)
		arena->spare = gone;
	free(other);
}

static chunk *grow(hg_arena *arena, size_t need)
{
	chunk *c = take(arena, need);
	if (!c) {
		arena->failed = 1;
		return NULL;
	}
	c->before = arena->last;
	c->used = 0;
	arena->last = c;
	arena->total += sizeof *c + c->size;
	return c;
}

void *hg_arena_alloc(hg_arena *arena, size_t n, size_t size)
{
	const size_t align = alignof(max_align_t);
	if (size && n > ((size_t)-1 - align) / size) {
		arena->failed = 1;
		return NULL;
	}
	size_t need = (n * size + align - 1) / align * align;
	chunk *c = arena->last;
	if (!c || c->size - c->used < need)
		c = grow(arena, need);
	if (!c)
		return NULL;
	void *p = c->bytes + c->used;
	c->used += need;
	return memset(p, 0, need);
}

char *hg_arena_copy(hg_arena *arena, const char *text, size_t n)
{
	char *copy = n < (size_t)-1 ? hg_arena_alloc(arena, n + 1, 1) : NULL;
	if (copy && n)
		memcpy(copy, text, n);
	return copy;
}

char *hg_arena_print(hg_arena *arena, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	int n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	char *text = n < 0 ? NULL : hg_arena_alloc(arena, (size_t)n + 1, 1);
	if (!text)
		return NULL;
	va_start(args, format);
	vsnprintf(text, (size_t)n + 1, format, args);
	va_end(args);
	return text;
}

void hg_arena_fail(hg_arena *arena) { arena->failed = 1; }

int hg_arena_failed(const hg_arena *arena) { return arena->failed; }

size_t hg_arena_size(const hg_arena *arena) { return arena->total; }

hg_mark hg_arena_mark(hg_arena *arena)
{
	return (hg_mark){arena->last, arena->last ? arena->last->used : 0};
}

void hg_arena_release(hg_arena *arena, hg_mark mark)
{
	while (arena->last && arena->last != mark.chunk) {
		chunk *gone = arena->last;
		arena->last = gone->before;
		arena->total -= sizeof *gone + gone->size;
		give_back(arena, gone);
	}
	if (arena->last)
		arena->last->used = mark.used;
}
