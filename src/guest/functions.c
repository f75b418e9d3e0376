/* The functions of a record that is a guest's: each writes the blocks into shared memory, passes the turn, and takes the
 * numbers. A guest that does not answer any more is a function that cannot be computed. */
#include "guest/parts.h"

#include "base/status.h"

#include <fenv.h>
#include <math.h>
#include <string.h>

static void put_blocks(hg_guest *guest, const gsl_matrix *const x[], gsl_matrix *const g[])
{
	hg_wire *wire = guest->wire;
	size_t n = 0;
	wire->ask.rounding = fegetround();
	wire->ask.nblocks = guest->nblocks;
	for (size_t b = 0; b < guest->nblocks; b++) {
		wire->ask.block[b] = (hg_wire_block){x[b]->size1, x[b]->size2, g && g[b]};
		for (size_t i = 0; i < x[b]->size1; i++, n += x[b]->size2)
			memcpy(wire->x + n, x[b]->data + i * x[b]->tda, x[b]->size2 * sizeof *x[b]->data);
	}
	for (size_t k = 0; g && k < n; k++)
		wire->g[k] = NAN; /* what it does not write is no number */
}

static int value(const gsl_matrix *const x[], void *params, double *f)
{
	const hg_guest_link *link = params;
	put_blocks(link->guest, x, NULL);
	if (!hg_guest_ask(link->guest, HG_ASK_VALUE, link->which) || link->guest->answer.failed)
		return -1;
	*f = link->guest->answer.f;
	return 0;
}

static int gradient(const gsl_matrix *const x[], void *params, gsl_matrix *const g[])
{
	const hg_guest_link *link = params;
	size_t n = 0;
	put_blocks(link->guest, x, g);
	if (!hg_guest_ask(link->guest, link->what, link->which) || link->guest->answer.failed)
		return -1;
	for (size_t b = 0; b < link->guest->nblocks; n += x[b]->size1 * x[b]->size2, b++)
		for (size_t i = 0; g[b] && i < g[b]->size1; i++)
			memcpy(g[b]->data + i * g[b]->tda, link->guest->wire->g + n + i * g[b]->size2,
			       g[b]->size2 * sizeof *g[b]->data);
	return 0;
}

static void *keep(const gsl_matrix *const x[], void *params)
{
	const hg_guest_link *link = params;
	hg_guest *guest = link->guest;
	put_blocks(guest, x, NULL);
	if (!hg_guest_ask(guest, HG_ASK_KEEP, link->which) || guest->answer.failed || guest->answer.kept >= HG_WIRE_KEPT)
		return NULL;
	hg_guest_kept *kept = &guest->kept[guest->answer.kept];
	if (kept->taken)
		return NULL;
	*kept = (hg_guest_kept){guest, guest->answer.kept, link->which, true};
	return kept;
}

static int poke(void *self, size_t block, size_t i, size_t j, double t, double *f)
{
	const hg_guest_kept *kept = self;
	hg_ask *ask = &kept->guest->wire->ask;
	ask->rounding = fegetround();
	ask->nblocks = 0;
	ask->at_block = block;
	ask->i = i;
	ask->j = j;
	ask->t = t;
	if (!hg_guest_ask(kept->guest, HG_ASK_POKE, kept->slot) || kept->guest->answer.failed)
		return -1;
	*f = kept->guest->answer.f;
	return 0;
}

static void drop(void *self)
{
	hg_guest_kept *kept = self;
	kept->guest->wire->ask.nblocks = 0;
	hg_guest_ask(kept->guest, HG_ASK_DROP, kept->slot);
	kept->taken = false;
}

static hg_guest_link *link_new(hg_guest *guest, hg_wire_what what, size_t which)
{
	hg_guest_link *link = HG_NEW(guest->arena, hg_guest_link);
	if (link)
		*link = (hg_guest_link){guest, what, which};
	return link;
}

hg_function hg_guest_function(hg_guest *guest, size_t stage, bool pokes)
{
	hg_function f = {.value = value, .params = link_new(guest, HG_ASK_VALUE, stage)};
	if (pokes) {
		f.keep = keep;
		f.poke = poke;
		f.drop = drop;
	}
	return f;
}

hg_gradient hg_guest_gradient(hg_guest *guest, hg_wire_what what, size_t which)
{
	return (hg_gradient){.value = gradient, .params = link_new(guest, what, which)};
}

/* ---- a point ----------------------------------------------------------------------------------------------------- */

/* Every word of `wrt` of every stage names a block. */
static bool stages_fit(hg_guest *guest, const hg_point *at)
{
	for (size_t s = 0; s < guest->record.nstages; s++) {
		hg_str wrt = hg_str_trim(hg_str_of(guest->record.stage[s].wrt));
		while (wrt.n) {
			const size_t space = hg_str_find(wrt, HG_STR(" "));
			const hg_str word = hg_str_part(wrt, 0, space == (size_t)-1 ? wrt.n : space);
			bool is_block = false;
			for (size_t b = 0; b < at->nblocks; b++)
				is_block |= hg_str_is(word, at->block[b].name);
			if (!is_block) {
				hg_guest_fail(guest, "stage %s is differentiated by %.*s, and a point has no such block",
				              guest->record.stage[s].name, HG_STR_ARG(word));
				return false;
			}
			wrt = hg_str_trim(hg_str_part(wrt, word.n, wrt.n));
		}
	}
	return true;
}

/* Takes the blocks out of shared memory; their sizes are looked at first. */
static hg_status take_blocks(hg_guest *guest, size_t k, hg_guest_texts *texts, hg_point *at)
{
	const hg_answer *answer = &guest->answer;
	size_t n = 0;
	for (size_t b = 0; b < answer->nblocks; b++) {
		const size_t rows = answer->block[b].rows, cols = answer->block[b].cols;
		const char *name = hg_guest_text(texts);
		gsl_matrix *x;
		if (!name || !*name || !rows || !cols || rows > HG_WIRE_NUMBERS || cols > HG_WIRE_NUMBERS ||
		    n + rows * cols > HG_WIRE_NUMBERS) {
			hg_guest_fail(guest, "point %zu: block %zu has no name, no size, or too large a one", k, b + 1);
			return HG_EFUNC;
		}
		HG_TRY(hg_point_add(at, name, rows, cols, &x));
		memcpy(x->data, guest->wire->x + n, rows * cols * sizeof *x->data);
		n += rows * cols;
	}
	return HG_OK;
}

hg_status hg_guest_point(size_t k, gsl_rng *rng, hg_point *at)
{
	hg_guest *guest = hg_guest_at_work;
	if (gsl_rng_size(rng) > HG_WIRE_RNG)
		return HG_ESIZE;
	memcpy(guest->wire->ask.rng, gsl_rng_state(rng), gsl_rng_size(rng));
	if (!hg_guest_ask(guest, HG_ASK_POINT, k))
		return HG_EFUNC;
	if (guest->answer.failed || !guest->answer.nblocks || guest->answer.nblocks > HG_WIRE_BLOCKS) {
		hg_guest_fail(guest, "point %zu could not be drawn: %s", k,
		              guest->answer.failed ? hg_status_text((hg_status)guest->answer.failed) : "it has no blocks");
		return HG_EFUNC;
	}
	hg_guest_texts texts = hg_guest_told(guest);
	const char *label = hg_guest_text(&texts), *stages = hg_guest_text(&texts);
	at->label = label && *label ? label : NULL;
	at->stages = stages && *stages ? stages : NULL;
	HG_TRY(take_blocks(guest, k, &texts, at));
	if (k == 0)
		guest->nblocks = at->nblocks;
	if (guest->claims)
		guest->claims->nblocks = guest->nblocks;
	if (at->nblocks != guest->nblocks)
		hg_guest_fail(guest, "point %zu has %zu blocks, the first one %zu", k, at->nblocks, guest->nblocks);
	return at->nblocks == guest->nblocks && stages_fit(guest, at) ? HG_OK : HG_EFUNC;
}
