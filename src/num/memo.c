#include "num/memo.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 64 };

static uint64_t bits_of(double t)
{
	uint64_t bits;
	memcpy(&bits, &t, sizeof bits);
	return bits;
}

static size_t first_slot(const hg_memo *m, hg_spot p)
{
	const uint64_t key = bits_of(p.t) ^ ((uint64_t)p.line * 0x9e3779b97f4a7c15U) ^ ((uint64_t)p.mode << 3);
	return (size_t)((key * 0xbf58476d1ce4e5b9U) >> 32) & (2 * m->room - 1);
}

static bool same(hg_spot a, hg_spot b) { return a.line == b.line && a.mode == b.mode && bits_of(a.t) == bits_of(b.t); }

/* The slot of the place, or the free one where it would go. */
static size_t slot_of(const hg_memo *m, hg_spot p)
{
	size_t s = first_slot(m, p);
	while (m->slot[s] && !same(m->place[m->slot[s] - 1], p))
		s = (s + 1) & (2 * m->room - 1);
	return s;
}

const double *hg_memo_find(const hg_memo *m, hg_spot place)
{
	const size_t k = m->n ? m->slot[slot_of(m, place)] : 0;
	return k ? &m->values[(k - 1) * m->width] : NULL;
}

static bool grow(hg_memo *m)
{
	hg_memo bigger = {.width = m->width, .room = m->room ? 2 * m->room : FIRST_ROOM};
	bigger.place = malloc(bigger.room * sizeof *bigger.place);
	bigger.values = malloc(bigger.room * m->width * sizeof *bigger.values);
	bigger.slot = calloc(2 * bigger.room, sizeof *bigger.slot);
	if (!bigger.place || !bigger.values || !bigger.slot) {
		hg_memo_free(&bigger);
		return false;
	}
	for (size_t k = 0; k < m->n; k++)
		hg_memo_add(&bigger, m->place[k], &m->values[k * m->width]);
	hg_memo_free(m);
	*m = bigger;
	return true;
}

void hg_memo_add(hg_memo *m, hg_spot place, const double values[])
{
	if (m->n == m->room && !grow(m))
		return;
	m->place[m->n] = place;
	memcpy(&m->values[m->n * m->width], values, m->width * sizeof *values);
	m->slot[slot_of(m, place)] = ++m->n;
}

void hg_memo_clear(hg_memo *m)
{
	if (m->n)
		memset(m->slot, 0, 2 * m->room * sizeof *m->slot);
	m->n = 0;
}

void hg_memo_free(hg_memo *m)
{
	free(m->place);
	free(m->values);
	free(m->slot);
	*m = (hg_memo){.width = m->width};
}
