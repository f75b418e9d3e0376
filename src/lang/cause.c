#include "lang/cause.h"

#include <string.h>

typedef struct cause_row {
	const char *id, *words, *before, *behind, *way_out; /* before, behind: what is named; NULL: nothing is */
} cause_row;

static const cause_row rows[HG_NCAUSES] = {
#define HG_CAUSE(symbol, id, words, way_out) [HG_CAUSE_##symbol] = {id, words, NULL, NULL, way_out},
#define HG_CAUSE_OF(symbol, id, words, before, behind, way_out) [HG_CAUSE_##symbol] = {id, words, before, behind, way_out},
#include "reasons.def"
#undef HG_CAUSE
#undef HG_CAUSE_OF
};

static const cause_row *row_of(hg_cause cause)
{
	hg_limit limit;
	return &rows[hg_cause_is_limit(cause, &limit) ? HG_CAUSE_LIMIT : cause];
}

hg_cause hg_cause_of_limit(hg_limit limit) { return (hg_cause)(HG_NCAUSES + limit); }

bool hg_cause_is_limit(hg_cause cause, hg_limit *limit)
{
	if (cause < HG_NCAUSES)
		return false;
	*limit = (hg_limit)(cause - HG_NCAUSES);
	return true;
}

const char *hg_cause_id(hg_cause cause) { return row_of(cause)->id; }

const char *hg_cause_words(hg_cause cause) { return row_of(cause)->words; }

const char *hg_cause_way_out(hg_cause cause)
{
	const char *way = row_of(cause)->way_out;
	return way && *way ? way : NULL;
}

bool hg_cause_names(hg_cause cause) { return row_of(cause)->before != NULL; }

hg_cause hg_cause_find(hg_str id)
{
	for (size_t i = HG_CAUSE_NONE + 1; i < HG_NCAUSES; i++)
		if (hg_str_is(id, rows[i].id))
			return (hg_cause)i;
	return HG_CAUSE_NONE;
}

const char *hg_cause_say(hg_cause cause, const char *about, hg_arena *arena)
{
	const cause_row *row = row_of(cause);
	return about && row->before ? hg_arena_print(arena, "%s%s%s", row->before, about, row->behind) : row->words;
}
