#include "names/known_names.h"


enum { SLOTS = 1024, MOST = 700 }; /* a power of two; beyond MOST a name is read anew every time */

typedef struct slot {
	size_t hash;
	const hg_expr *name; /* NULL: empty */
	hg_ref ref;
} slot;

struct hg_known_names {
	hg_arena *arena;
	size_t n;
	slot slot[SLOTS];
};

hg_known_names *hg_known_names_new(hg_arena *arena)
{
	hg_known_names *known = HG_NEW(arena, hg_known_names);
	if (known)
		known->arena = arena;
	return known;
}

hg_arena *hg_known_names_arena(const hg_known_names *known) { return known->arena; }

/* Where the name is, or the empty slot where it would be. */
static size_t place_of(const hg_known_names *known, const hg_expr *name, size_t hash)
{
	size_t at = hash % SLOTS;
	while (known->slot[at].name && !(known->slot[at].hash == hash && hg_expr_equal(known->slot[at].name, name)))
		at = (at + 1) % SLOTS;
	return at;
}

const hg_ref *hg_known_names_find(const hg_known_names *known, const hg_expr *name)
{
	const slot *s = &known->slot[place_of(known, name, hg_expr_hash(name))];
	return s->name ? &s->ref : NULL;
}

/* Names made by an edit are spelled in memory that goes with the edit. */
static void keep_spelling(hg_arena *arena, hg_expr *e)
{
	e->name.p = hg_arena_copy(arena, e->name.p, e->name.n);
	e->word.p = hg_arena_copy(arena, e->word.p, e->word.n);
	for (size_t i = 0; i < e->nindex; i++)
		keep_spelling(arena, e->index[i].e);
	for (size_t i = 0; i < e->nkids; i++)
		keep_spelling(arena, e->kid[i]);
}

const hg_expr *hg_known_names_add(hg_known_names *known, const hg_expr *name, hg_ref **ref)
{
	if (known->n == MOST)
		return NULL;
	hg_expr *copy = hg_expr_copy(known->arena, name);
	if (!copy)
		return NULL;
	keep_spelling(known->arena, copy);
	if (hg_arena_failed(known->arena))
		return NULL;
	size_t hash = hg_expr_hash(name);
	slot *s = &known->slot[place_of(known, name, hash)];
	*s = (slot){.hash = hash, .name = copy};
	known->n++;
	*ref = &s->ref;
	return copy;
}
