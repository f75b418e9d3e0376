/* What a line states and what it rests on, as it was bound: for whoever decides what the line is worth. */
#ifndef HG_FINDING_GROUNDS_H
#define HG_FINDING_GROUNDS_H

#include "lang/expr.h"

/* A derivative, whatever it is called. Names are those of the model, "w2"; "w*" where its layer is any. */
typedef struct hg_bound {
	const char *of; /* "": the loss that is minimised; "z2"; "?": an expression */
	const char *by; /* NULL: no derivative; "?": of something that is none of the model's names */
	bool each;      /* of what is asked: of the loss of one sample */
} hg_bound;

typedef struct hg_grounds {
	hg_bound states;       /* by one of its two sides */
	bool whole;            /* that side is nothing else, but for a sign, a transpose, or numbers and counts as factors, */
	bool plain;            /* and not for these either */
	bool own_letters;      /* the line uses names that the document itself gives a meaning, or nobody */
	bool own_name;         /* its left side is a name the assignment does not have */
	bool one_sample;       /* by a parameter, of the loss of one sample, where the assignment has a cost of all */
	const hg_expr *other;  /* the side that says what it is; NULL: nothing is stated */
	size_t nbehind;
	const hg_expr **behind; /* what the document's own names in that side are defined by */
	size_t ncites;
	const hg_bound *cites; /* the derivatives in that side, through the names the document itself defines; of a line that
	                        * states none, those in both */
} hg_grounds;

#endif
