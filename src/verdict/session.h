/* Inside the judge: one run over a document. */
#ifndef HG_VERDICT_SESSION_H
#define HG_VERDICT_SESSION_H

#include "claim/judging.h"
#include "claim/convention.h"
#include "verdict/numbers.h"
#include "tables/pen.h"

/* A claim that was judged, kept for what is decided at the end: shapes, inheritance, diagnosis. */
typedef struct hg_judged {
	size_t finding;
	hg_claim claim;
	hg_setting *setting;
	const hg_expr *left;
	bool agrees, vacuous, differs, shaped, /* shaped: a value, but of another shape */
	     misfit, literal, null, /* null: 0 everywhere, though it is no 0 on paper */
	     other_convention; /* right for the other meaning of dZ */
	unsigned guessed;
	size_t world;
	hg_reading reading;
} hg_judged;

/* The network of a neighbourhood: the statements from, to around a residual dZ = A - Y. */
enum { HG_MAX_FALLBACKS = 12, HG_MAX_NEARBY = 12 };

typedef struct hg_fallback {
	size_t residual, from, to;
	hg_setting *setting; /* NULL until it is needed */
	bool used;           /* something agrees there */
} hg_fallback;

/* A number that was put in or computed wrong, and the finding that says so. */
typedef struct hg_wrong_number {
	const hg_expr *shown;
	const char *id;
	struct hg_wrong_number *before;
} hg_wrong_number;

typedef struct hg_session {
	const hg_statements *said, *assignment; /* said: as it was meant */
	size_t nasked;
	const hg_expr **asked; /* the steps the assignment asks for */
	const hg_pen *pen;
	const hg_settings *settings;
	struct hg_certifier *certifier;
	const hg_choices *taken;   /* where the document leaves something open */
	hg_arena *arena, *scratch; /* scratch: released after every side */
	hg_report *report;
	size_t room;
	hg_epochs epochs;
	size_t nsettings;
	hg_setting *setting[9];    /* one per epoch, the first before any begins anew */
	hg_setting *now;
	hg_setting *own;           /* the network the student writes, where it is not the assignment's; NULL until needed */
	size_t nfallbacks;
	hg_fallback *fallback;     /* NULL until one is needed */
	size_t nnearby;
	hg_fallback *nearby;       /* the equations just before a claim */
	hg_value_given *given;
	hg_wrong_number *wrong;
	size_t nnamed;
	struct hg_named *named;    /* lines whose slips were looked for, and what was found */
	size_t njudged, judged_room;
	hg_judged *judged;
	hg_buf *readings;          /* gets how every claim may be read; NULL: nobody asks */
	bool verdicts_only;        /* nobody asks why a line differs, or what would have been refused */
	const hg_report *first;    /* what this run is asked about: how its open lines would be with other choices; NULL: nothing */
	unsigned borne_out;        /* what was assumed, and enough lines bear out */
	bool rehearsing;           /* a run whose findings are thrown away */
	hg_meant meant[2], meant_by_derivatives; /* what a rehearsal found of dZ: in words and formulas; in code; of dJ/dZ */
	hg_conventions convention; /* and what the document is held to */
	/* the chain being read */
	const hg_expr *left, *number; /* number: the last side that is nothing but numbers */
	const char *chain;
} hg_session;

/* One side against the left side of its chain. */
typedef struct hg_side_at {
	size_t statement, side;
	const hg_expr *left, *right;
	hg_rel rel;
	bool first;       /* the first link of its statement */
	bool batch_first; /* after =>, or a boxed result: the form for all samples */
	bool code;
} hg_side_at;

/* session.c */
const char *hg_session_text(hg_session *s, hg_span span); /* what stands there; NULL: no memory */
hg_finding *hg_session_add(hg_session *s, size_t statement, size_t side, hg_kind kind, hg_finding_status status);
hg_status hg_session_run(hg_session *s);                            /* judge.c: all of it, with what it has been given */
hg_status hg_session_side(hg_session *s, const hg_side_at *at);     /* side.c */
hg_status hg_session_add_side(hg_session *s, const hg_side_at *at, hg_kind kind, hg_finding_status status, hg_finding **f);
/* A side that is nothing but numbers; not done: a claim like any other. */
hg_status hg_session_numbers(hg_session *s, const hg_side_at *at, bool claim, bool *done); /* worked.c */
typedef enum hg_said { HG_SAID_NUMBERS, HG_SAID_FORMULA, HG_SAID_WRONG } hg_said;
/* Remembers what left is worth, for the numbers that come after. */
hg_status hg_session_said(hg_session *s, const hg_expr *left, const hg_expr *right, hg_said what);
hg_status hg_session_side_or_fallback(hg_session *s, const hg_side_at *at); /* fallback.c */
hg_status hg_session_inherit(hg_session *s, size_t judged);         /* inherit.c */
bool hg_session_repeats(const hg_session *s, size_t judged); /* said before, word for word: evidence of nothing new */
hg_status hg_session_misfits(hg_session *s);                       /* misfits.c: what cannot fit is wrong, where shapes are understood */
hg_status hg_session_name_slip(hg_session *s, size_t judged);      /* slip_names.c */
bool hg_session_asks(const hg_session *s, const hg_finding *f);    /* of a run about what another left open: was this line? */
hg_status hg_session_conclude(hg_session *s);                      /* conclude.c */
hg_status hg_session_zero_link(hg_session *s, const hg_judged *j, hg_finding *f); /* zero_link.c: open, for that link is 0 */
hg_status hg_session_understood(hg_session *s);                    /* understood.c: the names and the choices of the model */
hg_status hg_session_doubt(hg_session *s); /* doubts.c: takes back what must not be called wrong */

#endif
