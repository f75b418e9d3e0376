#include "grade/overrides.h"

#include "grade/csv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double MOST_POINTS = 1e6;

static hg_status refuse(const char *path, size_t line, const char *why, hg_arena *arena, const char **trouble)
{
	*trouble = hg_arena_print(arena, "%s:%zu: %s", path, line, why);
	return *trouble ? HG_EINVAL : HG_ENOMEM;
}

hg_status hg_overrides_read(hg_str bytes, const char *path, hg_arena *arena, hg_overrides *overrides,
                            const char **trouble)
{
	hg_csv csv;
	*overrides = (hg_overrides){0};
	*trouble = NULL;
	hg_status status = hg_csv_read(bytes, arena, &csv);
	if (status == HG_EINVAL)
		return refuse(path, csv.nrows ? csv.row[csv.nrows - 1].line : 1, "a quote that is never closed", arena, trouble);
	HG_TRY(status);
	hg_override *list = HG_NEWS(arena, csv.nrows + 1, hg_override);
	if (!list)
		return HG_ENOMEM;
	for (size_t i = 0; i < csv.nrows; i++) {
		const hg_csv_row *row = &csv.row[i];
		bool empty = row->n == 1 && !*row->cell[0].text, head = i == 0 && strcmp(row->cell[0].text, "student") == 0;
		if (empty || head)
			continue;
		if (row->n < 3)
			return refuse(path, row->line, "a line has student, step, points and a reason", arena, trouble);
		char *end;
		double points = strtod(row->cell[2].text, &end);
		if (end == row->cell[2].text || *end || !(points >= 0 && points <= MOST_POINTS))
			return refuse(path, row->line, "the third cell wants a number of points", arena, trouble);
		list[overrides->n++] = (hg_override){row->cell[0].text, row->cell[1].text, row->n > 3 ? row->cell[3].text : "", points,
		                                     row->line};
	}
	overrides->at = list;
	return HG_OK;
}

const hg_override *hg_override_find(const hg_overrides *overrides, const char *student, const char *key,
                                    const char *title)
{
	for (size_t i = overrides->n; i-- > 0;) {
		const hg_override *o = &overrides->at[i];
		if (strcmp(o->student, student) == 0 && (strcmp(o->step, key) == 0 || strcmp(o->step, title) == 0))
			return o;
	}
	return NULL;
}
