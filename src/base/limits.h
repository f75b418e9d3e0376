/* What one document may cost. One budget per document is passed on from the reader to the evaluator and
 * shared by everything that works on it, so that no part can start over with a fresh one. */
#ifndef HG_BASE_LIMITS_H
#define HG_BASE_LIMITS_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

typedef enum hg_limit { /* the rows of limits.def */
#define HG_LIMIT_ROW(id, ...) HG_LIMIT_##id,
#include "base/limits.def"
#undef HG_LIMIT_ROW
	                    HG_NLIMITS
} hg_limit;

typedef struct hg_budget {
	size_t most[HG_NLIMITS];
	size_t spent[HG_NLIMITS];
	hg_limit stopped; /* the first limit the evaluator ran into since it was asked to start; HG_NLIMITS: none */
	double started;   /* CPU time at which this check began, in ms */
	size_t look;      /* the clock is looked at when so many steps are done: a look costs as much as a small try */
} hg_budget;

hg_budget hg_budget_of(void); /* the defaults, nothing spent */

/* Is a size, a depth or a count of n within the limit? Nothing is spent. */
bool hg_budget_allows(const hg_budget *budget, hg_limit limit, size_t n);
/* The same for rows x cols, which may overflow. */
bool hg_budget_allows_product(const hg_budget *budget, hg_limit limit, size_t rows, size_t cols);
/* Spends n of what is left; false, and nothing is spent, when it is not there. */
bool hg_budget_spend(hg_budget *budget, hg_limit limit, size_t n);
void hg_budget_return(hg_budget *budget, hg_limit limit,
                      size_t n); /* of what is only held: live elements, depth */

/* A check begins: its steps, its time. Within it the evaluator tries many things, each of which may run into a limit of
 * its own; only steps and time end the check. */
void hg_budget_begin(hg_budget *budget);
bool hg_budget_stop(hg_budget *budget, hg_limit limit); /* notes the limit; false */
bool hg_budget_step(hg_budget *budget, size_t n);       /* n elementary operations more; false: there are no more */
bool hg_budget_is_over(const hg_budget *budget);        /* the check, or all of the document's, for want of steps or time */
bool hg_budget_retry(hg_budget *budget);                /* forgets limits of one try; false: the check is over */

/* Reads "nesting=300" as an option gives it; false: no such limit, or no number. */
bool hg_budget_read(hg_budget *budget, hg_str option);

/* "--limit=nesting=300" for each limit that is not the default, as the command line gives it. */
void hg_budget_write(const hg_budget *budget, hg_buf *out);

const char *hg_limit_name(hg_limit limit);
/* "more than 200 groups, lists or JSON values inside one another (limit: nesting)"; NULL when
 * out of memory. */
const char *hg_limit_message(const hg_budget *budget, hg_limit limit, hg_arena *arena);

#endif
