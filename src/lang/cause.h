/* Why a line is not read, not decided, not checked, or refused without a number: the rows of reasons.def. */
#ifndef HG_LANG_CAUSE_H
#define HG_LANG_CAUSE_H

#include "base/limits.h"

typedef enum hg_cause {
	HG_CAUSE_NONE,
#define HG_CAUSE(symbol, ...) HG_CAUSE_##symbol,
#define HG_CAUSE_OF(symbol, ...) HG_CAUSE_##symbol,
#include "reasons.def"
#undef HG_CAUSE
#undef HG_CAUSE_OF
	HG_NCAUSES /* and behind them one for each limit: HG_NCAUSES + HG_LIMIT_STEPS */
} hg_cause;

hg_cause hg_cause_of_limit(hg_limit limit);
bool hg_cause_is_limit(hg_cause cause, hg_limit *limit);

const char *hg_cause_id(hg_cause cause);      /* "name-unknown"; of every limit "limit"; of none NULL */
const char *hg_cause_words(hg_cause cause);   /* the sentence that names nothing; of none NULL */
const char *hg_cause_way_out(hg_cause cause); /* NULL: there is nothing to settle */
bool hg_cause_names(hg_cause cause);           /* its sentence has a place for what it is about */
hg_cause hg_cause_find(hg_str id);            /* NONE: there is no such row */

/* The sentence with what it is about, where the row has a place for it and about is not NULL. NULL: out of memory. */
const char *hg_cause_say(hg_cause cause, const char *about, hg_arena *arena);

#endif
