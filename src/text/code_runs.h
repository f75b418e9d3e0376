/* Inside the scanner of code: which of its lines run, and which only if something holds. */
#ifndef HG_TEXT_CODE_RUNS_H
#define HG_TEXT_CODE_RUNS_H

#include "text/code_line.h"

typedef struct code_walk {
	size_t gone;     /* the indent from which on nothing runs, while that lasts; NONE */
	size_t forked;   /* the same of what runs only if something holds */
	size_t def;      /* the indent of the outermost function, which ends with the next line that has no more */
	hg_str function; /* its name; empty: the line stands in none */
	bool noted;      /* that nothing runs was said */
	bool left;       /* the function may have been left above */
	bool hangs;      /* of the present line: whether it runs only a run can tell */
} code_walk;

#define CODE_WALK ((code_walk){.gone = NONE, .forked = NONE})

/* The next logical line, which begins at `at`. True: it never runs, or nothing stands in it. */
bool code_walk_line(scan *s, code_walk *w, size_t at, hg_str line);

/* When all is read: what stands in a function that no line calls, where other functions of the document are called, or whose
 * name is given to something else; and what is emptied again. */
void code_mark_uncalled(scan *s);

#endif
