/* The second waist: what was found, as data. Judges fill it, writers read it, nobody else computes. */
#ifndef HG_FINDING_FINDING_H
#define HG_FINDING_FINDING_H

#include "finding/grounds.h"
#include "lang/statement.h"
#include "num/num.h"

typedef enum hg_kind { HG_DEFINITION, HG_CLAIM, HG_LINK, HG_UPDATE, HG_NUMERIC, HG_PROSE, HG_NKINDS } hg_kind;

typedef enum hg_finding_status { /* HG_S_AGREES, HG_S_NOTATION, HG_S_DISAGREES, HG_S_CANNOT_READ, ... */
#define HG_STATUS_ROW(id, ...) HG_S_##id,
#include "finding/statuses.def"
#undef HG_STATUS_ROW
	HG_NSTATUSES
} hg_finding_status;

/* Values of a block side by side, for pictures: rows x cols, row by row. */
typedef struct hg_grid {
	const char *name;
	size_t rows, cols;
	double *claimed, *numerical, *abserr;
} hg_grid;

/* Difference between claim and difference quotient against the step: the convergence plot. */
typedef struct hg_curve {
	size_t n;
	double *step, *difference, *bound;
} hg_curve;

typedef struct hg_evidence {
	double yours, numerical, abserr;
	double ratio;            /* yours / numerical where it is the same at every wrong entry and point; NaN otherwise */
	const char *entry;       /* "W1[2,3]" */
	const char *point;       /* "batch 5, 34 of 34", values that matter */
	hg_class class;
	hg_reason reason;        /* why the verdict is what it is: within the bound, within rtol, at a kink ... */
	double step, left, right;
	double max_abs, max_rel, resolution;
	size_t points, worlds;
	const char *pattern;     /* "every entry is twice the numerical one"; "row 2 only"; NULL */
	const char *meaning;     /* what following it does: "a step of 0.1 against it raises J from 3.27 to 3.44"; NULL */
	const hg_grid *grid;     /* NULL unless pictures were asked for or the finding is wrong or doubtful */
	const hg_curve *curve;
	unsigned long evaluations;
} hg_evidence;

typedef struct hg_slip_found {
	const char *id;          /* a row of slips.def */
	const char *with;        /* the id of a second slip, where it takes both to explain the numbers; NULL */
	const char *repaired;    /* the formula with the slip undone, in the writer's notation; NULL */
	hg_span at;              /* the smallest term whose change explains the numbers; n = 0: none */
} hg_slip_found;

typedef struct hg_finding {
	const char *id;          /* "12.2": chain 12, link 2; of a derivation: "relu_bce.dW2" */
	hg_kind kind;
	hg_finding_status status;
	hg_span span;            /* of the side judged */
	hg_span whole;           /* of the statement */
	const char *written;     /* as the student wrote it */
	const char *reads;       /* how it was understood: "dJ/dW1 = (1/m) dZ1 X^T" */
	const char *of;          /* "dJ/dW1" */
	hg_cause cause;          /* why: cannot-read, cannot-tell, skipped; refused without a number; defined anew */
	const char *reason;      /* the same as a sentence; NULL: there is nothing to say */
	hg_span unread;          /* cannot-read: the first token not understood */
	size_t nnotation;
	const char **notation;   /* ids of notation.def */
	const char *inherited_from; /* id of the finding this mistake follows from; NULL */
	size_t nslips;
	const hg_slip_found *slip;  /* the first explains it best; the others explain it too */
	bool has_evidence;
	hg_evidence evidence;
	size_t nnotes;
	const char **note;       /* remarks that are no errors: the convention at 0, right for one output only ... */
	const hg_expr *tree;     /* of the side judged; NULL for a C module */
	hg_rel rel;              /* before that side */
	hg_grounds grounds;      /* of a submission's line; else nothing */
} hg_finding;

/* What a name was understood to be. */
typedef struct hg_name_row {
	const char *name;        /* "W1" */
	const char *role;        /* "weight" */
	const char *shape;       /* "k x n" in the document's own letters, ?3 for a size it has none for; NULL: of no shape */
	const char *why;         /* what says so: an equation, a declared shape, custom */
} hg_name_row;

/* What was left open, and how it was taken. */
typedef struct hg_chosen {
	const char *id, *value;  /* of model/choices.def */
	const char *from;        /* "taken", "said", "searched" (what the lines of the document fit), "custom" */
} hg_chosen;

typedef struct hg_model {
	const char *from;        /* "document", "assignment", "built-in"; NULL when there is none */
	size_t nreads;
	const char **reads;      /* "z1 = W1 x + b1", ... */
	size_t nnames;
	hg_name_row *name;
	size_t nchoices;
	hg_chosen *choice;
	unsigned open;           /* a bit for every choice that what was judged may hang on, */
	int variant;             /* and which of the built-in networks was found: for the judge alone */
} hg_model;

typedef struct hg_power {
	size_t planted, refused;
	size_t nblind;
	const char **blind;      /* "m = 1 hides a missing 1/m" */
} hg_power;

typedef struct hg_report {
	const char *title;       /* path of the document, or name of the derivation */
	const hg_source *source; /* NULL for a C module */
	const hg_statements *said; /* the document as it was read, for writers that show it; NULL for a C module */
	const char *sha256;
	const char *trouble;     /* why it could not be checked at all (not a file, out of memory ...); NULL: it was */
	unsigned long seed;
	hg_model model;
	size_t nfindings;
	hg_finding *finding;     /* in the order of the source */
	hg_power power;
	size_t nnotes;
	const hg_note *note;
	size_t count[HG_NSTATUSES];
	size_t nasked;
	const hg_bound *asked;   /* the steps an assignment asks for, in their order; by NULL: no derivative the model knows */
	const struct hg_score *score; /* of a submission that was graded (report/score.h); NULL otherwise */
} hg_report;

const char *hg_kind_text(hg_kind kind);                       /* "definition", ... */
const char *hg_finding_status_text(hg_finding_status status); /* "agrees-up-to-notation", ... */
const char *hg_finding_status_words(hg_finding_status status, size_t n); /* after a count of n: "agree up to notation" */

/* Says why, in the words of the cause; with what it is about, where they have a place for it. ENOMEM: nothing was said. */
void hg_finding_because(hg_finding *f, hg_cause cause);
hg_status hg_finding_because_of(hg_finding *f, hg_cause cause, const char *about, hg_arena *arena);
hg_status hg_finding_meant(hg_finding *f, const char *name, hg_arena *arena); /* "...; did you mean a2?" */
hg_status hg_finding_note(hg_finding *f, const char *text, hg_arena *arena); /* added to those it has; text NULL: no memory */
void hg_finding_leave(hg_finding *f, hg_finding_status status, hg_cause cause); /* the status, and why */

void hg_report_count(hg_report *report);         /* fills count from the findings */
const hg_finding *hg_report_find(const hg_report *report, hg_str id); /* NULL: no such finding */

/* By DESIGN 5: 1 something disagrees; 2 nothing does, but something could not be checked, or nothing was there to
 * check; 0 all agree; 3 trouble. */
int hg_report_exit_code(const hg_report *report);

#endif
