/* What a guest, a module of somebody else in a process of its own, and its host say to each other: one stretch of memory
 * that both see, and a byte through a socket to pass the turn. Whatever stands in it may be a lie: the host looks at a copy,
 * believes no size, and takes nothing but numbers and names. */
#ifndef HG_GUEST_WIRE_H
#define HG_GUEST_WIRE_H

#include <stdbool.h>
#include <stddef.h>

enum {
	HG_WIRE_BLOCKS = 64,
	HG_WIRE_STAGES = 256,
	HG_WIRE_TWINS = 1024,
	HG_WIRE_POINTS = 500,
	HG_WIRE_NUMBERS = 1 << 18, /* of one point */
	HG_WIRE_TEXT = 1 << 18,
	HG_WIRE_KEPT = 8,
	HG_WIRE_RNG = 8192, /* bytes of the state of a generator */
};

typedef enum hg_wire_what {
	HG_ASK_RECORD, /* text: name, title, then of each stage name, formula, wrt, uses; of each twin stage, slip, formula */
	HG_ASK_POINT,  /* text: label, stages, then the names of the blocks; x: their entries */
	HG_ASK_VALUE,
	HG_ASK_GRADIENT,
	HG_ASK_TWIN, /* the gradient of a twin */
	HG_ASK_KEEP,
	HG_ASK_POKE,
	HG_ASK_DROP,
} hg_wire_what;

typedef struct hg_wire_block {
	size_t rows, cols;
	bool wanted; /* by the gradient */
} hg_wire_block;

typedef struct hg_ask {
	hg_wire_what what;
	size_t which; /* stage, twin, point or what was kept */
	int rounding;
	size_t nblocks;
	hg_wire_block block[HG_WIRE_BLOCKS];
	size_t at_block, i, j; /* of a poke */
	double t;
	unsigned char rng[HG_WIRE_RNG];
} hg_ask;

typedef struct hg_answer {
	int failed; /* what the module's function returned, or a status; the text then says why, if it can */
	double f;
	size_t kept;
	size_t nstages, ntwins, npoints, nblocks, ntext;
	hg_wire_block block[HG_WIRE_BLOCKS];
	bool pokes[HG_WIRE_STAGES];
} hg_answer;

typedef struct hg_wire {
	hg_ask ask;
	hg_answer answer;
	double x[HG_WIRE_NUMBERS], g[HG_WIRE_NUMBERS];
	char text[HG_WIRE_TEXT];
} hg_wire;

#endif
