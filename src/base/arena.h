/* Memory by lifetime: everything of a run comes from one arena and goes with it. */
#ifndef HG_BASE_ARENA_H
#define HG_BASE_ARENA_H

#include <stddef.h>

typedef struct hg_arena hg_arena;

typedef struct hg_mark {
	void *chunk;
	size_t used;
} hg_mark;

hg_arena *hg_arena_new(void); /* NULL: out of memory */
void hg_arena_free(hg_arena *arena);

/* Zeroed memory, aligned for any type. NULL when out of memory or when n * size overflows; the failure sticks. */
void *hg_arena_alloc(hg_arena *arena, size_t n, size_t size);
char *hg_arena_copy(hg_arena *arena, const char *text, size_t n); /* with a NUL behind it */
char *hg_arena_print(hg_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
void hg_arena_fail(hg_arena *arena);         /* notes that memory ran out elsewhere, for what lives here */
int hg_arena_failed(const hg_arena *arena); /* has any allocation failed so far? */
size_t hg_arena_size(const hg_arena *arena); /* bytes taken from the system */

/* Everything allocated after mark() is given back by release(). */
hg_mark hg_arena_mark(hg_arena *arena);
void hg_arena_release(hg_arena *arena, hg_mark mark);

#define HG_NEW(arena, type)     ((type *)hg_arena_alloc((arena), 1, sizeof(type)))
#define HG_NEWS(arena, n, type) ((type *)hg_arena_alloc((arena), (n), sizeof(type)))

#endif
