/* What the class got wrong, and what to say about it. */
#include "grade/results/page_parts.h"

#include "slips/slips.h"

#include <stdlib.h>

enum { IN_LECTURE = 3 };

static const hg_slip *slip_of(const hg_cluster *c) { return c->slip ? hg_slip_find(hg_str_of(c->slip)) : NULL; }

static double share_of(const hg_class_page *p, size_t n) { return p->class->nrecords ? 100.0 * (double)n / (double)p->class->nrecords : 0; }

static void put_examples(hg_markup *m, const hg_cluster *c)
{
	hg_markup_open(m, "ul");
	hg_markup_attr(m, "class", "examples");
	for (size_t i = 0; i < c->nexamples; i++) {
		hg_markup_open(m, "li");
		hg_markup_put(m, "code", NULL, c->example[i].written);
		if (c->example[i].n > 1)
			hg_markup_print(m, " %zu times", c->example[i].n);
		hg_markup_close(m);
	}
	hg_markup_close(m);
}

/* The largest clusters as what to say: who, what they wrote, what to ask. */
void hg_page_lecture(hg_class_page *p)
{
	if (!p->layout.nclusters)
		return;
	hg_markup_put(p->m, "h2", NULL, "For the next lecture");
	hg_markup_open(p->m, "ol");
	hg_markup_attr(p->m, "class", "lecture");
	for (size_t i = 0; i < p->layout.nclusters && i < IN_LECTURE; i++) {
		const hg_cluster *c = &p->layout.cluster[i];
		const hg_slip *slip = slip_of(c);
		hg_markup_open(p->m, "li");
		hg_markup_print(p->m, "%zu of %zu (%.0f %%), in %s: %s", c->n, p->class->nrecords, share_of(p, c->n), c->column->title,
		                slip ? slip->title : "wrong in a way without a name");
		hg_markup_put(p->m, "p", "hint", slip ? slip->hint : NULL);
		put_examples(p->m, c);
		hg_markup_close(p->m);
	}
	hg_markup_close(p->m);
}

static void put_cluster(hg_class_page *p, const hg_cluster *c)
{
	const hg_slip *slip = slip_of(c);
	hg_buf words = {0};
	hg_cluster_say(c, &words);
	hg_markup_open(p->m, "li");
	hg_markup_open(p->m, "details");
	hg_markup_open(p->m, "summary");
	hg_markup_str(p->m, hg_buf_slice(&words));
	hg_markup_close(p->m);
	hg_markup_open(p->m, "p");
	hg_markup_print(p->m, "%.0f %% of the class. ", share_of(p, c->n));
	hg_markup_text(p->m, slip ? slip->hint : NULL);
	hg_markup_close(p->m);
	put_examples(p->m, c);
	if (slip) {
		hg_markup_open(p->m, "p");
		hg_markup_attr(p->m, "class", "facts");
		hg_markup_text(p->m, "Its page: ");
		hg_markup_open(p->m, "code");
		hg_markup_print(p->m, "handgrad explain %s", slip->id);
		hg_markup_close(p->m);
		hg_markup_print(p->m, ". To decide for all of them: *,%s,%s,points,reason", c->column->title, slip->id);
		hg_markup_close(p->m);
	}
	hg_markup_open(p->m, "p");
	for (size_t k = 0; k < c->n; k++) {
		hg_markup_text(p->m, k ? ", " : "");
		hg_page_link(p->m, c->student[k]);
	}
	hg_markup_close(p->m);
	hg_markup_close(p->m);
	hg_markup_close(p->m);
	hg_markup_used(p->m, &words);
}

static int by_hardness(const void *a, const void *b)
{
	const hg_column *x = *(const hg_column *const *)a, *y = *(const hg_column *const *)b;
	size_t i = hg_column_right(x), k = hg_column_right(y);
	return i != k ? (i < k ? -1 : 1) : x->number < y->number ? -1 : 1;
}

static void put_step(hg_class_page *p, const hg_column *column)
{
	const size_t right = hg_column_right(column), all = p->class->nrecords;
	size_t open = 0;
	for (size_t i = 0; i < all; i++) {
		const hg_score_row *row = hg_row_of(&p->class->record[i], column);
		open += row && row->human;
	}
	hg_markup_open(p->m, "h3");
	hg_markup_print(p->m, "(%zu) %s", column->number, column->title);
	hg_markup_close(p->m);
	hg_markup_open(p->m, "p");
	hg_markup_open(p->m, "meter");
	hg_markup_attr(p->m, "aria-label", "right");
	hg_markup_attr_print(p->m, "max", "%zu", all ? all : 1);
	hg_markup_attr_print(p->m, "value", "%zu", right);
	hg_markup_close(p->m);
	hg_markup_print(p->m, " right: %zu of %zu (%.0f %%)", right, all, share_of(p, right));
	if (column->cell[HG_CELL_FOLLOWS])
		hg_markup_print(p->m, "; %zu but for an earlier mistake", column->cell[HG_CELL_FOLLOWS]);
	if (open)
		hg_markup_print(p->m, "; %zu wait%s for a person", open, open == 1 ? "s" : "");
	if (column->cell[HG_CELL_MISSING])
		hg_markup_print(p->m, "; %zu %s not there", column->cell[HG_CELL_MISSING], column->cell[HG_CELL_MISSING] == 1 ? "is" : "are");
	hg_markup_close(p->m);
	hg_markup_open(p->m, "ul");
	hg_markup_attr(p->m, "class", "clusters");
	for (size_t i = 0; i < p->layout.nclusters; i++)
		if (p->layout.cluster[i].column == column)
			put_cluster(p, &p->layout.cluster[i]);
	hg_markup_close(p->m);
}

hg_status hg_page_steps(hg_class_page *p)
{
	const hg_column **order = HG_NEWS(p->arena, p->layout.ncolumns + 1, const hg_column *);
	if (!order)
		return HG_ENOMEM;
	for (size_t k = 0; k < p->layout.ncolumns; k++)
		order[k] = &p->layout.column[k];
	if (p->layout.ncolumns)
		qsort(order, p->layout.ncolumns, sizeof *order, by_hardness);
	hg_markup_put(p->m, "h2", NULL, "The steps, the hardest first");
	if (!p->layout.nclusters)
		hg_markup_put(p->m, "p", NULL, "Nothing that was checked is wrong.");
	for (size_t k = 0; k < p->layout.ncolumns; k++)
		put_step(p, order[k]);
	return HG_OK;
}
