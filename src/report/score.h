/* What a submission earned, step by step, with the reasons. Grading fills it, writers show it. */
#ifndef HG_REPORT_SCORE_H
#define HG_REPORT_SCORE_H

#include <stdbool.h>
#include <stddef.h>

typedef enum hg_cell { /* the rows of cells.def, in order */
#define HG_CELL_ROW(id, ...) HG_CELL_##id,
#include "report/mathml/cells.def"
#undef HG_CELL_ROW
	HG_NCELLS
} hg_cell;

typedef struct hg_cell_look {
	const char *name, *symbol, *class, *words;
} hg_cell_look;

extern const hg_cell_look hg_cells[HG_NCELLS];

/* One step of the assignment, or a claim of the student's that the assignment does not ask for (of is 0). */
typedef struct hg_score_row {
	const char *key;    /* what the step is, whatever it is called: "W2" */
	const char *title;  /* "dJ/dW2" */
	hg_cell cell;
	double points, of;  /* points are 0 while a person must decide */
	bool human;         /* a person must decide */
	const char *slip;   /* of a wrong step: id in the catalogue; NULL */
	const char *reason; /* a clause: "line 12: opposite sign" */
	const char *written; /* of a wrong step: the side that is, as it was written, cut where it is long; NULL */
	size_t line;        /* 0: nowhere */
} hg_score_row;

typedef struct hg_score {
	double points, of;  /* points: of the steps that are decided */
	bool human;         /* some step waits for a person: there is no score yet */
	const char *why;    /* of the submission as a whole: why a person must look at it; NULL */
	size_t nrows;
	const hg_score_row *row;
} hg_score;

#endif
