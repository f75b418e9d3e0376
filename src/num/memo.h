/* What a function of several outputs gave at the places it was asked at, so that one sweep serves all outputs. */
#ifndef HG_NUM_MEMO_H
#define HG_NUM_MEMO_H

#include <stdbool.h>
#include <stddef.h>

/* A spot: what is moved (a line with a number of its own), how far, and in which rounding mode. */
typedef struct hg_spot {
	size_t line;
	double t;
	int mode;
} hg_spot;

typedef struct hg_memo { /* zero-initialised but for `width` is empty */
	size_t width;        /* numbers remembered at each place */
	size_t n, room;      /* places known; room is a power of two */
	hg_spot *place;
	double *values;      /* width numbers for each place */
	size_t *slot;        /* open addressing: 2 room of them, 1 + index of a place, 0 where free */
} hg_memo;

/* The numbers at the place, or NULL where it is not known. */
const double *hg_memo_find(const hg_memo *memo, hg_spot place);

/* Remembers them, if there is memory; a place that is forgotten is merely asked for again. */
void hg_memo_add(hg_memo *memo, hg_spot place, const double values[]);

void hg_memo_clear(hg_memo *memo); /* forgets all places, keeps the room */
void hg_memo_free(hg_memo *memo);

#endif
