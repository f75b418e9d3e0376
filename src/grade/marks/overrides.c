#include "grade/marks/overrides.h"

#include "grade/results/csv.h"
#include "slips/slips.h"
#include "report/safe.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double MOST_POINTS = 1e6;

static hg_status refuse(const char *path, size_t line, const char *why, hg_arena *arena, const char **trouble)
{
	*trouble = hg_arena_print(arena, "%s:%zu: %s", path, line, why);
	return *trouble ? HG_EINVAL : HG_ENOMEM;
}

static bool is_points(const char *text, double *points)
{
	char *end;
	*points = strtod(text, &end);
	return end > text && !*end && *points >= 0 && *points <= MOST_POINTS;
}

static bool is_cluster(const char *text)
{
	for (int c = 0; c < HG_NCELLS; c++)
		if (strcmp(text, hg_cells[c].name) == 0)
			return true;
	return hg_slip_find(hg_str_of(text)) != NULL;
}

/* One line; the clause is what is wrong with it, NULL: nothing. */
static const char *read_row(const hg_csv_row *row, hg_override *o)
{
	double points;
	if (row->n < 3)
		return "a line has student, step, points and a reason";
	size_t at = is_points(row->cell[2].text, &points) || row->n < 4 ? 2 : 3;
	*o = (hg_override){.student = row->cell[0].text, .step = row->cell[1].text, .line = row->line,
	                   .reason = row->n > at + 1 ? row->cell[at + 1].text : ""};
	if (!is_points(row->cell[at].text, &o->points))
		return at == 2 ? "the third cell wants a number of points, or a slip and then the points"
		               : "the fourth cell wants a number of points";
	if (at == 3 && *row->cell[2].text)
		o->cluster = row->cell[2].text;
	if (o->cluster && !is_cluster(o->cluster))
		return "the third cell is no slip and no state of a step; `handgrad list slips' has their names";
	return strcmp(o->student, "*") == 0 && !o->cluster ? "a line for everybody names the slip: *,dJ/dW2,sign,1,reason" : NULL;
}

hg_status hg_overrides_read(hg_str bytes, const char *path, hg_arena *arena, hg_overrides *overrides,
                            const char **trouble)
{
	hg_csv csv;
	*overrides = (hg_overrides){.path = path};
	*trouble = NULL;
	hg_status status = hg_csv_read(bytes, arena, &csv);
	if (status == HG_EINVAL)
		return refuse(path, csv.nrows ? csv.row[csv.nrows - 1].line : 1, "a quote that is never closed", arena, trouble);
	HG_TRY(status);
	overrides->at = HG_NEWS(arena, csv.nrows + 1, hg_override);
	if (!overrides->at)
		return HG_ENOMEM;
	for (size_t i = 0; i < csv.nrows; i++) {
		const hg_csv_row *row = &csv.row[i];
		bool empty = row->n == 1 && !*row->cell[0].text, head = i == 0 && strcmp(row->cell[0].text, "student") == 0;
		if (empty || head)
			continue;
		const char *wrong = read_row(row, &overrides->at[overrides->n]);
		if (wrong)
			return refuse(path, row->line, wrong, arena, trouble);
		overrides->n++;
	}
	return HG_OK;
}

static const hg_step *step_of(const hg_steps *steps, const char *name)
{
	for (size_t i = 0; i < steps->n; i++)
		if (strcmp(steps->at[i].title, name) == 0 || strcmp(steps->at[i].key, name) == 0)
			return &steps->at[i];
	return NULL;
}

size_t hg_overrides_check(hg_overrides *overrides, const hg_steps *steps, bool (*is_student)(void *self, const char *name),
                          void *self, hg_arena *arena, const char **said)
{
	size_t n = 0;
	for (size_t i = 0; i < overrides->n; i++) {
		hg_override *o = &overrides->at[i];
		const hg_step *step = step_of(steps, o->step);
		bool somebody = strcmp(o->student, "*") == 0 || is_student(self, o->student);
		hg_buf name = {0};
		hg_safe(hg_str_of(somebody ? o->step : o->student), HG_SAFE_LINE, &name);
		hg_buf_char(&name, '\0');
		o->unused = !somebody || !step || o->points > step->points;
		if (!somebody)
			said[n++] = hg_arena_print(arena, "%s:%zu: nobody here is called %s", overrides->path, o->line, name.failed ? "" : name.p);
		else if (!step)
			said[n++] = hg_arena_print(arena, "%s:%zu: the assignment gives no points for %s", overrides->path, o->line,
			                           name.failed ? "" : name.p);
		else if (o->unused)
			said[n++] = hg_arena_print(arena, "%s:%zu: %g points, and %s has %g", overrides->path, o->line, o->points,
			                           name.failed ? "" : name.p, step->points);
		hg_buf_free(&name);
	}
	return n;
}

static bool fits(const hg_override *o, const char *student, const hg_score_row *row)
{
	bool step = strcmp(o->step, row->key) == 0 || strcmp(o->step, row->title) == 0;
	bool cluster = !o->cluster || strcmp(o->cluster, row->slip ? row->slip : "") == 0 ||
	               strcmp(o->cluster, hg_cells[row->cell].name) == 0;
	return !o->unused && step && cluster && strcmp(o->student, student) == 0;
}

const hg_override *hg_override_find(const hg_overrides *overrides, const char *student, const hg_score_row *row)
{
	const hg_override *everybody = NULL;
	for (size_t i = overrides->n; i-- > 0;) {
		const hg_override *o = &overrides->at[i];
		if (fits(o, student, row))
			return o;
		everybody = !everybody && fits(o, "*", row) ? o : everybody;
	}
	return everybody;
}
