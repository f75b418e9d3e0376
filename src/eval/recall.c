#include "eval/recall.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 256, MOST_WORDS = 256 };

/* Open addressing: sizes are powers of two, and at most half is taken. */
typedef struct table {
	size_t room, n;
	struct entry {
		uint64_t key; /* 0: free */
		size_t value;
	} * at;
} table;

/* What is written, or a situation: equal words have one number. */
typedef struct words {
	uint64_t hash;
	size_t n;
	const size_t *word;
} words;

struct hg_recall {
	hg_arena *memory;
	table kept, asked;  /* trees by their place */
	table known;        /* values by situation and number */
	table numbers;      /* by hash, the last of its kind */
	size_t n, room;
	words *of;          /* each number */
};

static uint64_t mixed(uint64_t h, uint64_t x)
{
	h = (h ^ x) * UINT64_C(0x9e3779b97f4a7c15);
	return h ^ h >> 29;
}

static struct entry *place_of(const table *t, uint64_t key)
{
	size_t i = (size_t)mixed(0, key) & (t->room - 1);
	while (t->at[i].key && t->at[i].key != key)
		i = (i + 1) & (t->room - 1);
	return &t->at[i];
}

static size_t value_of(const table *t, uint64_t key) { return t->room && key ? place_of(t, key)->value : 0; }

static void empty(table *t)
{
	if (t->n)
		memset(t->at, 0, t->room * sizeof *t->at);
	t->n = 0;
}

/* Without memory it is not put down, and will be computed again. */
static void put(table *t, uint64_t key, size_t value)
{
	if (2 * (t->n + 1) > t->room) {
		table more = {.room = t->room ? 4 * t->room : FIRST_ROOM};
		more.at = calloc(more.room, sizeof *more.at);
		if (!more.at)
			return;
		for (size_t i = 0; i < t->room; i++)
			if (t->at[i].key)
				*place_of(&more, t->at[i].key) = t->at[i];
		more.n = t->n;
		free(t->at);
		*t = more;
	}
	struct entry *e = place_of(t, key);
	t->n += !e->key;
	*e = (struct entry){key, value};
}

hg_recall *hg_recall_new(void)
{
	hg_recall *r = calloc(1, sizeof *r);
	if (r && !(r->memory = hg_arena_new())) {
		free(r);
		return NULL;
	}
	return r;
}

void hg_recall_free(hg_recall *r)
{
	if (!r)
		return;
	hg_arena_free(r->memory);
	free(r->kept.at);
	free(r->asked.at);
	free(r->known.at);
	free(r->numbers.at);
	free(r->of);
	free(r);
}

void hg_recall_clear(hg_recall *r)
{
	empty(&r->kept);
	empty(&r->asked);
	empty(&r->known);
	empty(&r->numbers);
	r->n = 0;
	hg_arena_free(r->memory);
	r->memory = hg_arena_new();
}

size_t hg_recall_size(const hg_recall *r) { return r->n + r->known.n; }

hg_arena *hg_recall_memory(hg_recall *r) { return r->memory; }

/* ---- what is written, as a number -------------------------------------------------------------------------------- */

/* The number of these words, from 1; 0: out of memory. */
static size_t number_of(hg_recall *r, const size_t *word, size_t n)
{
	uint64_t hash = n;
	for (size_t i = 0; i < n; i++)
		hash = mixed(hash, word[i]);
	hash += !hash;
	uint64_t key = hash;
	for (size_t i; (i = value_of(&r->numbers, key)); key = mixed(key, 1) | 1)
		if (r->of[i - 1].hash == hash && r->of[i - 1].n == n && !memcmp(r->of[i - 1].word, word, n * sizeof *word))
			return i;
	if (r->n == r->room) {
		size_t room = r->room ? 2 * r->room : FIRST_ROOM;
		words *of = realloc(r->of, room * sizeof *of);
		if (!of)
			return 0;
		r->of = of;
		r->room = room;
	}
	size_t *copy = r->memory ? HG_NEWS(r->memory, n + 1, size_t) : NULL;
	if (!copy)
		return 0;
	memcpy(copy, word, n * sizeof *copy);
	r->of[r->n++] = (words){hash, n, copy};
	put(&r->numbers, key, r->n);
	return value_of(&r->numbers, key) == r->n ? r->n : 0;
}

typedef struct writing {
	size_t n, word[MOST_WORDS];
	bool full;
} writing;

static void write(writing *w, size_t x)
{
	w->full = w->full || w->n == MOST_WORDS;
	if (!w->full)
		w->word[w->n++] = x;
}

static void write_bytes(writing *w, const void *bytes, size_t n)
{
	write(w, n);
	for (size_t at = 0; at < n; at += sizeof(size_t)) {
		size_t x = 0;
		memcpy(&x, (const char *)bytes + at, n - at < sizeof x ? n - at : sizeof x);
		write(w, x);
	}
}

static size_t enter(hg_recall *r, table *t, const hg_expr *e);

/* All of a node that its value may depend on: not where it stands, nor how the document spells it. */
static size_t number_of_node(hg_recall *r, table *t, const hg_expr *e)
{
	writing w;
	w.n = 0;
	w.full = false;
	write(&w, (size_t)e->op << 1 | e->bracketed);
	write(&w, e->accent);
	write(&w, (size_t)e->digits);
	write_bytes(&w, &e->number, sizeof e->number);
	write_bytes(&w, e->name.p, e->name.n);
	write_bytes(&w, e->word.p, e->word.n);
	write(&w, e->rows);
	write(&w, e->cols);
	write(&w, e->nindex);
	write(&w, e->nkids);
	for (size_t i = 0; i < e->nindex; i++) {
		write(&w, (size_t)e->index[i].style << 1 | e->index[i].sup);
		write(&w, enter(r, t, e->index[i].e));
		w.full = w.full || !w.word[w.n - 1];
	}
	for (size_t i = 0; i < e->nkids; i++) {
		write(&w, enter(r, t, e->kid[i]));
		w.full = w.full || !w.word[w.n - 1];
	}
	for (size_t i = 0; e->glue && i + 1 < e->nkids; i++)
		write(&w, e->glue[i]);
	return w.full ? 0 : number_of(r, w.word, w.n);
}

static size_t known_tree(const hg_recall *r, const hg_expr *e)
{
	const size_t kept = value_of(&r->kept, (size_t)e);
	return kept ? kept : value_of(&r->asked, (size_t)e);
}

static size_t enter(hg_recall *r, table *t, const hg_expr *e)
{
	size_t number = e ? known_tree(r, e) : 0;
	if (number || !e)
		return number;
	number = number_of_node(r, t, e);
	if (number)
		put(t, (size_t)e, number);
	return number;
}

void hg_recall_keep(hg_recall *r, const hg_expr *tree) { enter(r, &r->kept, tree); }

void hg_recall_begin(hg_recall *r) { empty(&r->asked); }

void hg_recall_ask(hg_recall *r, const hg_expr *tree) { enter(r, &r->asked, tree); }

size_t hg_recall_situation(hg_recall *r, const size_t *word, size_t n) { return number_of(r, word, n); }

/* ---- values ---------------------------------------------------------------------------------------------------------- */

/* An index whose axis is not known yet is given one by what is evaluated first. */
static bool is_open(const hg_local *l)
{
	while (l && l->axis != HG_AXIS_OPEN)
		l = l->outer;
	return l != NULL;
}

const hg_recalled *hg_recall_find(hg_eval *ev, const hg_expr *e, hg_recall_kind kind, hg_recalling *now)
{
	*now = (hg_recalling){0};
	if (!ev->recall || !ev->situation || ev->local != ev->home || ev->trouble || is_open(ev->local))
		return NULL;
	const size_t number = known_tree(ev->recall, e);
	if (!number)
		return NULL;
	const uint64_t key = ((uint64_t)ev->situation << 32 | number) << 2 | (uint64_t)kind;
	const hg_recalled *known = (const hg_recalled *)value_of(&ev->recall->known, key);
	while (known && ((known->way ^ ev->way) & known->minds))
		known = known->other;
	if (known) {
		ev->guessed |= known->guessed;
		ev->minds |= known->minds;
		ev->differenced |= known->differenced;
		ev->misfit |= known->misfit;
		ev->trouble = known->trouble;
		ev->at = known->trouble ? known->at : ev->at;
		return known;
	}
	*now = (hg_recalling){key, ev->guessed, ev->minds, ev->differenced, ev->misfit};
	ev->guessed = ev->minds = 0;
	ev->differenced = ev->misfit = false;
	return NULL;
}

void hg_recall_note(hg_eval *ev, const hg_recalling *now, hg_node node, const void *what, size_t size)
{
	const hg_budget *budget = hg_tape_budget(ev->tape);
	if (!now->key)
		return;
	hg_recalled *known = budget->stopped == HG_NLIMITS ? HG_NEW(ev->recall->memory, hg_recalled) : NULL; /* what ran into a limit may not next time */
	void *copy = known && what ? hg_arena_alloc(ev->recall->memory, 1, size) : NULL;
	if (known && (copy || !what)) {
		if (what)
			memcpy(copy, what, size);
		*known = (hg_recalled){.node = node, .what = copy, .guessed = ev->guessed, .minds = ev->minds, .way = ev->way, .differenced = ev->differenced,
		                       .misfit = ev->misfit, .trouble = ev->trouble, .at = ev->at,
		                       .other = (const hg_recalled *)value_of(&ev->recall->known, now->key)};
		put(&ev->recall->known, now->key, (size_t)known);
	}
	ev->guessed |= now->guessed;
	ev->minds |= now->minds;
	ev->differenced |= now->differenced;
	ev->misfit |= now->misfit;
}
