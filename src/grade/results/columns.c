#include "grade/results/columns.h"

#include "slips/slips.h"
#include "report/safe.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_COLUMNS = 40 };

static int by_student(const void *a, const void *b)
{
	const hg_record *x = a, *y = b;
	int order = strcmp(x->student, y->student);
	return order ? order : strcmp(x->page, y->page);
}

void hg_cohort_sort(hg_cohort *c)
{
	if (c->nrecords)
		qsort(c->record, c->nrecords, sizeof *c->record, by_student);
}

const hg_score_row *hg_row_of(const hg_record *record, const hg_column *column)
{
	for (size_t i = 0; i < record->score.nrows; i++)
		if (strcmp(record->score.row[i].key, column->key) == 0)
			return &record->score.row[i];
	return NULL;
}

static hg_column *column_of(hg_layout *l, const char *key)
{
	for (size_t i = 0; i < l->ncolumns; i++)
		if (strcmp(l->column[i].key, key) == 0)
			return &l->column[i];
	return NULL;
}

/* The assignment's steps, or what the class wrote, in the order of the first who wrote it. */
static void find_columns(const hg_cohort *c, hg_layout *l)
{
	for (size_t i = 0; i < c->steps.n && l->ncolumns < MOST_COLUMNS; i++)
		l->column[l->ncolumns++] = (hg_column){.key = c->steps.at[i].key, .title = c->steps.at[i].title,
		                                       .points = c->steps.at[i].points};
	for (size_t i = 0; c->steps.n == 0 && i < c->nrecords; i++)
		for (size_t k = 0; k < c->record[i].score.nrows && l->ncolumns < MOST_COLUMNS; k++) {
			const hg_score_row *row = &c->record[i].score.row[k];
			if (!column_of(l, row->key))
				l->column[l->ncolumns++] = (hg_column){.key = row->key, .title = row->title};
		}
	for (size_t i = 0; i < l->ncolumns; i++)
		l->column[i].number = i + 1;
}

static bool is_slip(const char *a, const char *b) { return a && b ? strcmp(a, b) == 0 : a == b; }

static hg_status add_to_cluster(hg_layout *l, const hg_column *column, const hg_record *record, const char *slip,
                                size_t room, hg_arena *arena)
{
	hg_cluster *c = NULL;
	for (size_t i = 0; i < l->nclusters && !c; i++)
		if (l->cluster[i].column == column && is_slip(l->cluster[i].slip, slip))
			c = &l->cluster[i];
	if (!c) {
		c = &l->cluster[l->nclusters++];
		*c = (hg_cluster){.column = column, .slip = slip, .student = HG_NEWS(arena, room, const hg_record *)};
	}
	if (!c->student)
		return HG_ENOMEM;
	c->student[c->n++] = record;
	return HG_OK;
}

static int by_size(const void *a, const void *b)
{
	const hg_cluster *x = a, *y = b;
	if (x->n != y->n)
		return x->n < y->n ? 1 : -1;
	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	return strcmp(x->slip ? x->slip : "", y->slip ? y->slip : "");
}

static bool is_blank(char c) { return c == ' '; }

/* Alike but for blanks. */
static bool alike(const char *a, const char *b)
{
	while (*a || *b) {
		if (is_blank(*a))
			a++;
		else if (is_blank(*b))
			b++;
		else if (*a++ != *b++)
			return false;
	}
	return true;
}

static int by_number(const void *a, const void *b)
{
	const hg_example *x = a, *y = b;
	return x->n != y->n ? (x->n < y->n ? 1 : -1) : strcmp(x->written, y->written);
}

/* The commonest lines of a cluster. */
static hg_status find_examples(hg_cluster *c, hg_arena *arena)
{
	hg_example *all = HG_NEWS(arena, c->n + 1, hg_example);
	size_t n = 0;
	if (!all)
		return HG_ENOMEM;
	for (size_t i = 0; i < c->n; i++) {
		const hg_score_row *row = hg_row_of(c->student[i], c->column);
		size_t k = 0;
		if (!row->written || !*row->written)
			continue;
		while (k < n && !alike(all[k].written, row->written))
			k++;
		all[k].written = k < n ? all[k].written : row->written;
		all[k].n++;
		n += k == n;
	}
	if (n)
		qsort(all, n, sizeof *all, by_number);
	for (; c->nexamples < n && c->nexamples < HG_MOST_EXAMPLES; c->nexamples++)
		c->example[c->nexamples] = all[c->nexamples];
	return HG_OK;
}

size_t hg_column_right(const hg_column *c) { return c->cell[HG_CELL_RIGHT]; }

hg_status hg_layout_of(const hg_cohort *c, hg_arena *arena, hg_layout *l)
{
	*l = (hg_layout){.column = HG_NEWS(arena, MOST_COLUMNS, hg_column),
	                 .cluster = HG_NEWS(arena, (size_t)MOST_COLUMNS * (HG_NSLIPS + 1), hg_cluster)};
	if (!l->column || !l->cluster)
		return HG_ENOMEM;
	find_columns(c, l);
	for (size_t i = 0; i < c->nrecords; i++)
		for (size_t k = 0; k < l->ncolumns; k++) {
			const hg_score_row *row = hg_row_of(&c->record[i], &l->column[k]);
			l->column[k].cell[row ? row->cell : HG_CELL_MISSING]++;
			if (row && row->cell == HG_CELL_WRONG && (!row->slip || hg_slip_find(hg_str_of(row->slip))))
				HG_TRY(add_to_cluster(l, &l->column[k], &c->record[i], row->slip, c->nrecords, arena));
		}
	if (l->nclusters)
		qsort(l->cluster, l->nclusters, sizeof *l->cluster, by_size);
	for (size_t i = 0; i < l->nclusters; i++)
		HG_TRY(find_examples(&l->cluster[i], arena));
	return HG_OK;
}

void hg_cluster_say(const hg_cluster *c, hg_buf *out)
{
	const hg_slip *slip = c->slip ? hg_slip_find(hg_str_of(c->slip)) : NULL;
	hg_buf_print(out, "%zu student%s: %s in (%zu) ", c->n, c->n == 1 ? "" : "s",
	             slip ? slip->title : "wrong in a way without a name", c->column->number);
	hg_safe(hg_str_of(c->column->title), HG_SAFE_LINE, out);
}
