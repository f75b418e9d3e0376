/* Inside the judge: a document's models and worlds, and what is known of a claim. */
#ifndef HG_CLAIM_JUDGING_H
#define HG_CLAIM_JUDGING_H

#include "claim/claim.h"
#include "claim/reading.h"

enum { HG_MAX_WORLDS = 6 };

/* A model with its worlds: one for the document, or one per section where sections define things anew. */
typedef struct hg_setting {
	hg_doc_model model;
	size_t nworlds, nprimary; /* a claim must hold in the primary ones; the others have another number of outputs */
	hg_world world[HG_MAX_WORLDS];
	size_t literal;           /* claims that agreed as written, with products in them */
	struct hg_names_of_view { /* what claims may be edited with, for one sample and for all; made at the first claim */
		size_t n;
		const hg_claim_name *name;
	} names[2];
	struct hg_calls_in_losses { /* f(z), g(a) ... in the definitions of losses, each once */
		bool found;
		size_t n;
		const hg_expr *at[64];
	} calls;
	struct hg_hold *hold;     /* a claim that is tried again and again; NULL */
} hg_setting;

/* What judging one side found. */
typedef struct hg_outcome_of_side {
	bool agrees;
	hg_reading reading; /* the one that agrees; else the one nearest to it */
	hg_try try;         /* in the first world where it does not agree, or in the first */
	size_t world;
	bool vacuous;       /* agrees, but both sides are 0 everywhere: nothing is shown by that */
	bool independent;   /* the left side is 0 everywhere: in the model the one does not depend on the other */
	bool one_output;    /* agrees with one output only */
	bool several_misfit; /* it agrees, and with several outputs its factors do not fit */
	bool misfit;
	bool limited;       /* a reading ran into a limit, in trouble, and none agrees: nothing can be said */
	hg_cause trouble;
	const hg_expr *at;  /* where the trouble is */
} hg_outcome_of_side;

typedef struct hg_claim_binding {
	hg_setting *setting;
	hg_asked asked;
	hg_line line;
	size_t nreadings;
	hg_reading *reading;
	bool answered;     /* the claim as written has been asked: */
	hg_reading answer; /* the reading that agrees, or comes nearest */
} hg_claim_binding;

hg_status hg_claim_bind(hg_setting *setting, const char *id, const hg_expr *left, const hg_expr *right, bool code,
                        bool batch_first, hg_arena *arena, hg_claim *claim);
hg_status hg_claim_add_names(hg_setting *setting, hg_arena *arena, hg_claim *claim); /* claim_names.c */
hg_status hg_claim_ask(const hg_claim *claim, const hg_expr *right, hg_arena *arena, hg_outcome_of_side *outcome);

/* Of a claim that is not right for all values of its indices: is it for those that differ, or for equal ones? */
hg_status hg_claim_some_indices(const hg_claim *claim, hg_arena *arena, bool *found);

/* Puts what was found into a finding: evidence, the engine's bound, the words. */
hg_status hg_outcome_report(const hg_claim *claim, const hg_outcome_of_side *outcome, struct hg_certifier *certifier,
                            hg_arena *scratch, hg_arena *arena, hg_finding *finding);

/* Every reading of a claim, and how it fares in each world: --dump=readings. */
hg_status hg_claim_readings_dump(const hg_claim *claim, hg_arena *scratch, hg_buf *out);

/* Why there are no numbers: the words of the cause with what stands at at, or those of the limit. */
hg_status hg_trouble_report(hg_cause cause, const hg_expr *at, const hg_budget *budget, hg_arena *arena, hg_finding *finding);

#endif
