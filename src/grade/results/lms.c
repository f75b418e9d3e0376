#include "grade/results/lms.h"

#include "grade/results/csv.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef struct match {
	const hg_record *record;
	bool twice; /* several rows, or several submissions: nobody is filled in */
} match;

static hg_status refuse(const char *path, const char *why, hg_arena *arena, const char **trouble)
{
	*trouble = hg_arena_print(arena, "%s: %s", path, why);
	return *trouble ? HG_EINVAL : HG_ENOMEM;
}

/* "HW3" is the head "HW3" or "HW3 (1234)". */
static bool is_head(const char *cell, const char *column)
{
	size_t n = strlen(column);
	if (strncmp(cell, column, n) != 0)
		return false;
	return !cell[n] || (strncmp(cell + n, " (", 2) == 0 && cell[strlen(cell) - 1] == ')');
}

static size_t find_column(const hg_csv *csv, const char *column, size_t *times)
{
	size_t found = 0;
	*times = 0;
	for (size_t i = 0; csv->nrows && i < csv->row[0].n; i++)
		if (is_head(csv->row[0].cell[i].text, column)) {
			found = i;
			++*times;
		}
	return found;
}

/* The number in NAME_12345_assignsubmission_file_, or in Canvas's name_12345_678_file. */
static hg_str number_in(const char *student)
{
	for (const char *p = strchr(student, '_'); p; p = strchr(p + 1, '_')) {
		size_t n = strspn(p + 1, "0123456789");
		if (n && p[1 + n] == '_')
			return (hg_str){p + 1, n};
	}
	return (hg_str){0};
}

static bool ends_with_number(const char *cell, hg_str number)
{
	size_t n = strlen(cell);
	if (!number.n || n < number.n || strncmp(cell + n - number.n, number.p, number.n) != 0)
		return false;
	return n == number.n || !isdigit((unsigned char)cell[n - number.n - 1]);
}

/* anna of anna@uni.example */
static bool is_address_of(const char *cell, const char *student)
{
	size_t n = strlen(student);
	return strncasecmp(cell, student, n) == 0 && cell[n] == '@';
}

static bool is_person(const hg_csv_row *row, size_t column, const hg_record *r)
{
	hg_str number = number_in(r->student);
	for (size_t i = 0; i < row->n && i < column; i++) {
		const char *cell = row->cell[i].text;
		if (*cell && (strcmp(cell, r->student) == 0 || ends_with_number(cell, number) || is_address_of(cell, r->student)))
			return true;
	}
	return false;
}

/* Rows that are nobody: the heads, Canvas's maximum row and its notes. */
static bool is_nobody(const hg_csv_row *row, size_t i, size_t column)
{
	bool empty = true;
	for (size_t k = 0; k < row->n && k < column; k++)
		empty &= !*row->cell[k].text;
	return i == 0 || row->n <= column || empty || strstr(row->cell[0].text, "Points Possible");
}

/* Who is in which row. A person found twice, or two in one row, is nobody's. */
static hg_status find_people(const hg_csv *csv, size_t column, const hg_cohort *class, hg_arena *arena, match *at,
                             hg_lms *lms)
{
	for (size_t r = 0; r < class->nrecords; r++) {
		const hg_record *record = &class->record[r];
		size_t found = 0, where = 0;
		for (size_t i = 0; i < csv->nrows; i++)
			if (!is_nobody(&csv->row[i], i, column) && is_person(&csv->row[i], column, record)) {
				found++;
				where = i;
			}
		if (found != 1 || at[where].record) {
			lms->unknown[lms->nunknown++] = record->student;
			if (found == 1 && !at[where].twice) {
				at[where].twice = true;
				lms->unknown[lms->nunknown++] = at[where].record->student;
			}
			continue;
		}
		at[where].record = record;
	}
	for (size_t i = 0; i < csv->nrows; i++)
		if (!is_nobody(&csv->row[i], i, column) && (!at[i].record || at[i].twice)) {
			const char *name = csv->row[i].cell[0].text;
			lms->absent[lms->nabsent++] = *name || csv->row[i].n < 2 ? name : csv->row[i].cell[1].text;
		}
	return hg_arena_failed(arena) ? HG_ENOMEM : HG_OK;
}

hg_status hg_lms_fill(hg_str bytes, const char *path, const char *column, const hg_cohort *class, hg_arena *arena,
                      hg_buf *out, hg_lms *lms, const char **trouble)
{
	hg_csv csv;
	size_t times;
	*lms = (hg_lms){0};
	*trouble = NULL;
	hg_status status = hg_csv_read(bytes, arena, &csv);
	if (status == HG_EINVAL || status == HG_ELIMIT)
		return refuse(path, status == HG_EINVAL ? "a quote that is never closed" : "too many cells", arena, trouble);
	HG_TRY(status);
	size_t to = find_column(&csv, column, &times);
	if (times != 1)
		return refuse(path, times ? "the column is there more than once" : "no such column in its first line", arena, trouble);
	match *at = HG_NEWS(arena, csv.nrows + 1, match);
	lms->unknown = HG_NEWS(arena, 2 * class->nrecords + 1, const char *);
	lms->absent = HG_NEWS(arena, csv.nrows + 1, const char *);
	lms->waiting = HG_NEWS(arena, csv.nrows + 1, const char *);
	if (!at || !lms->unknown || !lms->absent || !lms->waiting)
		return HG_ENOMEM;
	HG_TRY(find_people(&csv, to, class, arena, at, lms));
	size_t done = 0;
	for (size_t i = 0; i < csv.nrows; i++) {
		if (!at[i].record || at[i].twice)
			continue;
		if (at[i].record->score.human) {
			lms->waiting[lms->nwaiting++] = at[i].record->student;
			continue;
		}
		const hg_csv_cell *cell = &csv.row[i].cell[to];
		hg_buf_str(out, hg_str_part(bytes, done, cell->at - done));
		hg_csv_write_number(at[i].record->score.points, out);
		done = cell->at + cell->n;
		lms->filled++;
	}
	hg_buf_str(out, hg_str_part(bytes, done, bytes.n - done));
	return out->failed ? HG_ENOMEM : HG_OK;
}
