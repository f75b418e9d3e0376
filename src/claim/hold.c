#include "claim/hold.h"

#include <string.h>

enum { MOST_HELD = 1 << 17, LONGEST = 16, MOST_LOCALS = 2 * HG_MAX_LETTERS + 2 };

/* Values, trees, and bytes of derivatives, before it is all forgotten: far from what the limits allow. */
static bool is_full(const hg_hold *hold)
{
	const hg_setting *s = hold->setting;
	const hg_budget *budget = hg_tape_budget(s->world[0].tape);
	bool full = hg_recall_size(hold->recall) > MOST_HELD || hg_arena_size(hg_recall_memory(hold->recall)) > budget->most[HG_LIMIT_LIVE_ELEMENTS];
	for (size_t w = 0; w < s->nworlds && !full; w++)
		full = 8 * (hg_tape_size(s->world[w].tape) - hold->mark[w].n) > budget->most[HG_LIMIT_VALUES];
	return full || 4 * budget->spent[HG_LIMIT_LIVE_ELEMENTS] > 3 * budget->most[HG_LIMIT_LIVE_ELEMENTS];
}

static void begin(hg_hold *hold)
{
	const hg_claim *claim = hold->claim;
	hg_setting *s = hold->setting;
	for (size_t w = 0; w < s->nworlds; w++)
		s->world[w].held = hg_recall_memory(hold->recall);
	hg_recall_keep(hold->recall, claim->left);
	hg_recall_keep(hold->recall, claim->right);
	for (size_t i = 0; i < claim->nnames; i++)
		hg_recall_keep(hold->recall, claim->name[i].spelled);
}

static void let_go(hg_hold *hold)
{
	hg_setting *s = hold->setting;
	for (size_t w = 0; w < s->nworlds; w++) {
		hg_world_let_go(&s->world[w], hold->mark[w]);
		s->world[w].held = NULL;
	}
}

void hg_hold_open(const hg_claim *claim, hg_hold *hold)
{
	hg_setting *s = ((hg_claim_binding *)claim->binding)->setting;
	*hold = (hg_hold){.claim = claim, .setting = s, .recall = hg_recall_new()};
	if (!hold->recall)
		return;
	for (size_t w = 0; w < s->nworlds; w++)
		hold->mark[w] = hg_tape_mark(s->world[w].tape);
	begin(hold);
	s->hold = hold;
}

void hg_hold_close(hg_hold *hold)
{
	if (!hold->recall)
		return;
	let_go(hold);
	hold->setting->hold = NULL;
	hg_recall_free(hold->recall);
}

void hg_hold_ask(hg_hold *hold, const hg_asked *asked)
{
	if (is_full(hold)) {
		let_go(hold);
		hg_recall_clear(hold->recall);
		begin(hold);
	}
	hg_recall_begin(hold->recall);
	hg_recall_ask(hold->recall, asked->left);
	hg_recall_ask(hold->recall, asked->right);
}

enum { WORDS_OF_LOCAL = LONGEST / sizeof(size_t) + 4 };

typedef struct situation {
	size_t n, word[16 + WORDS_OF_LOCAL * MOST_LOCALS];
} situation;

static bool add_local(situation *s, const hg_local *l)
{
	char name[LONGEST] = {0};
	if (l->name.n > LONGEST || s->n + WORDS_OF_LOCAL > sizeof s->word / sizeof *s->word)
		return false;
	memcpy(name, l->name.p, l->name.n);
	memcpy(&s->word[s->n], name, LONGEST);
	s->n += LONGEST / sizeof(size_t);
	s->word[s->n++] = (size_t)l->node;
	s->word[s->n++] = l->index;
	s->word[s->n++] = l->first;
	s->word[s->n++] = l->axis;
	return true;
}

static unsigned way_of(const hg_reading *r)
{
	return (unsigned)r->params | (unsigned)r->data << 2 | (unsigned)r->named << 4 | r->columns * HG_MINDS_COLUMNS | r->as_written * HG_MINDS_WRITTEN |
	       r->single * HG_MINDS_SINGLE | r->hatless * HG_MINDS_HATLESS | r->turned * HG_MINDS_TURNED | r->inner * HG_MINDS_INNER |
	       r->hadamard_last * HG_MINDS_ENTRYWISE | r->wide_sums * HG_MINDS_WIDE;
}

/* All that a value depends on beside what is written and the way it is read: the world, the view, the letters that have a value. */
void hg_hold_situation(const hg_asked *asked, hg_eval *ev)
{
	const hg_scene *scene = ev->self;
	const hg_reading *r = &asked->reading;
	situation s;
	s.n = 0;
	if (!asked->recall || asked->given || asked->line->differentials) /* of those the left side is what the right one makes of it */
		return;
	s.word[s.n++] = HG_NO_TREE;
	s.word[s.n++] = (size_t)scene->world;
	s.word[s.n++] = (size_t)r->view | (size_t)r->struck_dropped << 2 | (size_t)r->slopes_of_output << 3 | (size_t)asked->code << 4 |
	                (size_t)asked->strict << 5 | (size_t)(asked->line->nunknown == 1) << 6;
	s.word[s.n++] = (size_t)scene->layer;
	for (const hg_local *l = ev->local; l; l = l->outer)
		if (!add_local(&s, l))
			return;
	ev->recall = asked->recall;
	ev->home = ev->local;
	ev->way = way_of(r);
	ev->situation = hg_recall_situation(asked->recall, s.word, s.n);
}
