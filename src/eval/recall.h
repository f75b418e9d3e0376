/* What was evaluated before. While one claim is tried again and again with a node of it changed, what does not hang on that node has its
 * value already: it is found by what is written and by the situation it is read in, with all that its evaluation had to say. */
#ifndef HG_EVAL_RECALL_H
#define HG_EVAL_RECALL_H

#include "eval/eval.h"

#include <stdint.h>

hg_recall *hg_recall_new(void); /* NULL: out of memory */
void hg_recall_free(hg_recall *recall);
void hg_recall_clear(hg_recall *recall);     /* no values any more, no trees, no situations */
size_t hg_recall_size(const hg_recall *recall); /* values and trees it holds */
hg_arena *hg_recall_memory(hg_recall *recall);  /* for what is kept as long as its values are; clear() empties it */

/* A tree that stays where it is as long as its values do; one that stays until the next is asked. */
void hg_recall_keep(hg_recall *recall, const hg_expr *tree);
void hg_recall_begin(hg_recall *recall); /* another question: the trees asked before are gone */
void hg_recall_ask(hg_recall *recall, const hg_expr *tree);

/* A number for all that a value depends on beside what is written, in words that begin like no tree: HG_NO_TREE is the first. */
#define HG_NO_TREE (~(size_t)0)
size_t hg_recall_situation(hg_recall *recall, const size_t *word, size_t n);

typedef enum hg_recall_kind { HG_RECALL_VALUE, HG_RECALL_PLACE, HG_RECALL_LINK, HG_RECALL_LEFT } hg_recall_kind;

typedef struct hg_recalled {
	hg_node node;
	const void *what;    /* of another kind than a value, in the recall's memory */
	unsigned guessed, minds, way;
	bool differenced, misfit;
	hg_cause trouble;
	const hg_expr *at;
	const struct hg_recalled *other; /* read in another way */
} hg_recalled;

/* An evaluation on its way: what was said before it, apart from what it says itself. */
typedef struct hg_recalling {
	uint64_t key; /* 0: what it comes to is not kept */
	unsigned guessed, minds;
	bool differenced, misfit;
} hg_recalling;

/* Known: the evaluator has been told what was said then. NULL: it is to be evaluated, and noted. */
const hg_recalled *hg_recall_find(hg_eval *ev, const hg_expr *e, hg_recall_kind kind, hg_recalling *now);
void hg_recall_note(hg_eval *ev, const hg_recalling *now, hg_node node, const void *what, size_t size);

#endif
