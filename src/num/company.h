/* What the engine changes of the process while it asks the caller's functions, and puts back when it is done: the
 * rounding mode of the thread, and GSL's error handler, whose default aborts where a step leaves a domain. */
#ifndef HG_NUM_COMPANY_H
#define HG_NUM_COMPANY_H

typedef struct hg_company {
	int rounding;
} hg_company;

/* Rounds to nearest, handler off. The handler belongs to the whole process: the first of several threads to enter
 * takes it off, the last to leave puts it back. */
hg_company hg_company_enter(void);
void hg_company_leave(hg_company before);

#endif
