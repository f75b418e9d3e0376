/* While one claim is tried again and again, with a node of it changed: what was evaluated stays, and is found again. */
#ifndef HG_CLAIM_HOLD_H
#define HG_CLAIM_HOLD_H

#include "claim/judging.h"
#include "eval/recall.h"

typedef struct hg_hold {
	const hg_claim *claim;
	hg_setting *setting;
	hg_recall *recall;
	hg_tape_state mark[HG_MAX_WORLDS];
} hg_hold;

/* Until it is let go. Out of memory: all is evaluated anew, as without. */
void hg_hold_open(const hg_claim *claim, hg_hold *hold);
void hg_hold_close(hg_hold *hold);

/* The trees of the next question, of that claim or of another in its setting; makes room where too much is held. */
void hg_hold_ask(hg_hold *hold, const hg_asked *asked);
void hg_hold_situation(const hg_asked *asked, hg_eval *ev);

#endif
