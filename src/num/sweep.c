#include "num/sweep.h"

#include "base/status.h"
#include "num/cascade.h"
#include "num/constants.h"
#include "num/rule.h"
#include "num/sparsity.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct sweep {
	hg_walk *walk;
	size_t noutputs, nentries;
	hg_cascade *of; /* each output */
	hg_directions directions;
	hg_sparsity sparsity;
} sweep;

static bool is_due(const hg_cascade *c, size_t k) { return !c->over && !c->quick[k]; }

static hg_cascade *turn_to(sweep *s, size_t output)
{
	s->walk->output = output;
	return &s->of[output];
}

/* By poke, of a function of one output that has one. */
static bool poke_lies(const sweep *s) { return s->of[0].poke_lies; }

/* ---- before: what a block's entries share --------------------------------------------------------------- */

/* By poke the noise is another, and a block's own: asked at its first and last entry. */
static void listen(hg_cascade *c, size_t first, size_t last)
{
	hg_shared *b = &c->block[c->verdict->entry[first].block];
	*b = (hg_shared){.f = c->screen.f, .spread = c->screen.spread, .quiet = c->screen.quiet};
	if (!c->walk->kept)
		return;
	b->spread = b->quiet = 0;
	for (size_t k = first;; k = last) {
		hg_along along = hg_cascade_along(c, k);
		hg_line line = hg_along_line(&along);
		if (hg_line_probe(&line) == 0)
			b->spread = b->quiet = fmax(b->spread, line.spread);
		b->f = line.f;
		if (k == last)
			return;
	}
}

/* Is the poke what the whole function gives? */
static bool poke_tells_the_truth(hg_cascade *c, size_t first, size_t last)
{
	for (size_t spot = 0; spot < POKE_SPOTS; spot++) {
		hg_along poke = hg_cascade_along(c, first + (last - first) * spot / (POKE_SPOTS - 1)), value = poke;
		value.by = HG_BY_VALUE;
		const hg_line a = hg_along_line(&poke), b = hg_along_line(&value);
		const double t = a.x + c->step * hg_line_unit(&a);
		const double by_poke = hg_line_at(&a, t), by_value = hg_line_at(&b, t);
		const double noise = fmax(c->screen.spread, DBL_EPSILON * (fabs(by_value) + fabs(c->screen.f)));
		if (isfinite(by_poke) != isfinite(by_value) && !c->walk->spent)
			return false;
		if (isfinite(by_value) && !(fabs(by_poke - by_value) <= POKE_NOISE * noise + DBL_MIN))
			return false;
	}
	return true;
}

static void listen_to_blocks(hg_cascade *c)
{
	const hg_verdict *v = c->verdict;
	for (size_t first = 0, last; first < v->nentries && !c->poke_lies; first = last + 1) {
		for (last = first; last + 1 < v->nentries && v->entry[last + 1].block == v->entry[first].block;)
			last++;
		listen(c, first, last);
		c->poke_lies = c->walk->kept && !poke_tells_the_truth(c, first, last);
	}
}

/* ---- entry by entry, or several at once ------------------------------------------------------------------- */

static void take_what_is_said(sweep *s, size_t k)
{
	for (size_t o = 0; s->sparsity.said && o < s->noutputs; o++)
		if (hg_sparsity_says_zero(&s->sparsity, o, k))
			hg_cascade_said_zero(turn_to(s, o), k);
}

static void judge_abreast(sweep *s, size_t group)
{
	const size_t *member = &s->sparsity.order[s->sparsity.first[group]];
	const size_t n = s->sparsity.first[group + 1] - s->sparsity.first[group];
	hg_abreast abreast = {s->walk, s->of[0].verdict->entry, member, n, hg_line_of_entry(s->walk, s->nentries + group)};
	for (size_t m = 0; n > 1 && m < n; m++)
		for (size_t o = 0; o < s->noutputs; o++)
			if (is_due(&s->of[o], member[m]))
				hg_cascade_judge_abreast(turn_to(s, o), member[m], &abreast);
	hg_memo_clear(&s->walk->memo);
}

static void judge_singly(sweep *s, size_t k)
{
	for (size_t o = 0; o < s->noutputs; o++)
		if (is_due(&s->of[o], k))
			hg_cascade_judge_entry(turn_to(s, o), k);
	hg_memo_clear(&s->walk->memo);
}

static void judge_groups(sweep *s)
{
	for (size_t g = 0; g < s->sparsity.ngroups; g++) {
		const size_t first = s->sparsity.first[g], end = s->sparsity.first[g + 1];
		for (size_t m = first; m < end; m++)
			take_what_is_said(s, s->sparsity.order[m]);
		judge_abreast(s, g);
		for (size_t m = first; m < end && !poke_lies(s); m++)
			judge_singly(s, s->sparsity.order[m]);
	}
}

/* ---- after: along directions in which all entries move ------------------------------------------------------ */

/* Marks the blocks that the entries decided by a few differences, or said to be 0, do not explain. */
static void mark_narrow(sweep *s, size_t direction)
{
	for (size_t o = 0; o < s->noutputs; o++) {
		hg_cascade *c = turn_to(s, o);
		for (size_t b = 0; b < s->walk->at->nblocks; b++)
			c->block[b].narrow = false;
		if (c->over)
			continue;
		const double step = s->walk->kept ? QUICK_STEP_CROWDED : c->step;
		const hg_along_all found = hg_screen_look(&c->screen, &s->directions, direction, -1, step, s->walk, c->verdict);
		c->poke_lies = c->poke_lies || (s->walk->kept && found == HG_ALONG_DIFFERS);
		for (size_t b = 0; found != HG_ALONG_FOLLOWS && !c->poke_lies && b < s->walk->at->nblocks; b++)
			c->block[b].narrow = s->walk->at->block[b].wrt &&
			                     hg_screen_look(&c->screen, &s->directions, direction, (long)b, step, s->walk, c->verdict) !=
			                         HG_ALONG_FOLLOWS;
	}
	hg_memo_clear(&s->walk->memo);
}

/* Those entries in full. */
static void judge_narrow(sweep *s)
{
	for (size_t k = 0; k < s->nentries && !poke_lies(s); k++) {
		for (size_t o = 0; o < s->noutputs; o++) {
			hg_cascade *c = turn_to(s, o);
			if (c->quick[k] && c->block[c->verdict->entry[k].block].narrow)
				hg_cascade_judge_fully(c, k);
		}
		hg_memo_clear(&s->walk->memo);
	}
}

static bool any_quick(const sweep *s)
{
	for (size_t o = 0; o < s->noutputs; o++)
		if (memchr(s->of[o].quick, true, s->nentries))
			return true;
	return false;
}

/* A poke that is not the function does not add up, nor does a zero that was said and is none; and a feature that was too
 * narrow for the differences shows. */
static void look_again(sweep *s)
{
	const bool trusting = s->walk->kept || s->sparsity.said;
	const size_t n = trusting ? s->directions.ndirections : any_quick(s);
	for (size_t d = 0; d < n && !poke_lies(s); d++) {
		mark_narrow(s, d);
		judge_narrow(s);
	}
}

/* ---- the whole check ----------------------------------------------------------------------------------------- */

static void judge_all(sweep *s)
{
	for (size_t o = 0; o < s->noutputs; o++)
		if (!s->of[o].over)
			listen_to_blocks(turn_to(s, o));
	if (!poke_lies(s))
		judge_groups(s);
	if (!poke_lies(s) && !s->walk->spent)
		look_again(s);
}

/* Asks for the value at the point again; what is not what it was is marked. */
static void ask_again(sweep *s, bool repeats[])
{
	hg_walk_value(s->walk);
	for (size_t o = 0; o < s->noutputs; o++)
		repeats[o] = (repeats[o] && hg_screen_repeats(&s->of[o].screen, s->walk->y[o])) || s->walk->spent;
}

static void run(sweep *s, const hg_settings *settings, bool repeats[])
{
	for (size_t o = 0; o < s->noutputs; o++) {
		hg_screen_listen(&s->directions, turn_to(s, o)->walk, &s->of[o].screen);
		s->of[o].verdict->probe_works = s->of[o].screen.probed;
		s->of[o].rough = settings->ftol * fabs(s->of[o].screen.f);
		repeats[o] = true;
	}
	hg_memo_clear(&s->walk->memo);
	ask_again(s, repeats);
	for (size_t o = 0; o < s->noutputs; o++)
		s->of[o].over = !repeats[o] || !isfinite(s->of[o].screen.f);
	judge_all(s);
	if (poke_lies(s)) { /* by value, then, and all of it again */
		hg_walk_forget(s->walk);
		s->of[0].poke_lies = false;
		judge_all(s);
	}
	ask_again(s, repeats);
	for (size_t o = 0; o < s->noutputs; o++) {
		hg_cascade *c = &s->of[o];
		if (!repeats[o])
			hg_cascade_not_of_x_alone(c);
		else if (!isfinite(c->screen.f))
			hg_cascade_outside_domain(c);
		hg_verdict_sum(c->verdict);
		const double rough = fmax(c->rough, c->smooth);
		c->verdict->tolerance = rough > 0 ? rough / fabs(c->screen.f) : 0;
	}
}

static hg_status open(sweep *s, const hg_settings *settings, hg_claim *claim, hg_verdict *const verdict[])
{
	s->of = calloc(s->noutputs, sizeof *s->of);
	if (!s->of)
		return HG_ENOMEM;
	for (size_t o = 0; o < s->noutputs; o++) {
		s->of[o] = (hg_cascade){
		    .walk = s->walk, .settings = settings, .claim = claim, .verdict = verdict[o], .output = o};
		verdict[o]->wanted = hg_settings_wanted(settings);
		HG_TRY(hg_cascade_open(&s->of[o]));
	}
	HG_TRY(hg_sparsity_open(claim, verdict[0], &s->sparsity));
	return hg_directions_open(s->walk->at, settings->seed, &s->directions);
}

hg_status hg_sweep_run(hg_walk *walk, const hg_settings *settings, hg_claim *claim, hg_verdict *const verdict[])
{
	sweep s = {.walk = walk, .noutputs = walk->noutputs, .nentries = verdict[0]->nentries};
	bool *repeats = calloc(s.noutputs, sizeof *repeats);
	hg_status status = repeats ? open(&s, settings, claim, verdict) : HG_ENOMEM;
	if (status == HG_OK)
		run(&s, settings, repeats);
	for (size_t o = 0; s.of && o < s.noutputs; o++)
		hg_cascade_close(&s.of[o]);
	free(s.of);
	free(repeats);
	hg_sparsity_close(&s.sparsity);
	hg_directions_close(&s.directions);
	return status;
}
