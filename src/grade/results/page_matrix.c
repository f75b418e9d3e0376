/* Everybody and every step. The table holds its rows three times, in three orders, and a page without a script shows
 * those that are asked for. */
#include "grade/results/page_parts.h"

#include <stdlib.h>
#include <string.h>

static size_t mistakes(const hg_record *r)
{
	size_t n = 0;
	for (size_t i = 0; i < r->score.nrows; i++)
		n += r->score.row[i].of > 0 && r->score.row[i].cell != HG_CELL_RIGHT && r->score.row[i].cell != HG_CELL_FOLLOWS &&
		     r->score.row[i].cell != HG_CELL_OVERRIDDEN;
	return n;
}

static int by_name(const void *a, const void *b)
{
	const hg_record *x = *(const hg_record *const *)a, *y = *(const hg_record *const *)b;
	int order = strcmp(x->student, y->student);
	return order ? order : strcmp(x->page, y->page);
}

static int by_points(const void *a, const void *b)
{
	const hg_record *x = *(const hg_record *const *)a, *y = *(const hg_record *const *)b;
	if (x->score.human != y->score.human)
		return x->score.human ? -1 : 1;
	return x->score.points != y->score.points ? (x->score.points < y->score.points ? -1 : 1) : by_name(a, b);
}

static int by_mistakes(const void *a, const void *b)
{
	const hg_record *x = *(const hg_record *const *)a, *y = *(const hg_record *const *)b;
	size_t i = mistakes(x), k = mistakes(y);
	return i != k ? (i > k ? -1 : 1) : by_name(a, b);
}

static const struct order {
	const char *id, *label;
	int (*compare)(const void *a, const void *b);
} orders[] = {{"by-need", "most to mend first", by_mistakes},
              {"by-points", "waiting, then fewest points first", by_points},
              {"by-name", "by name", by_name}};
enum { NORDERS = sizeof orders / sizeof *orders };

static const struct filter {
	const char *id, *label;
} filters[] = {{"show-all", "everybody"}, {"show-waiting", "who waits for a person"}, {"show-lost", "who lost points"}};

static void put_choice(hg_markup *m, const char *name, const char *id, const char *label, bool first)
{
	hg_markup_open(m, "input");
	hg_markup_attr(m, "type", "radio");
	hg_markup_attr(m, "name", name);
	hg_markup_attr(m, "id", id);
	hg_markup_attr(m, "checked", first ? "checked" : NULL);
	hg_markup_close(m);
	hg_markup_open(m, "label");
	hg_markup_attr(m, "for", id);
	hg_markup_text(m, label);
	hg_markup_close(m);
}

/* They stand beside the table, not around it: the style sheet looks from a choice to what follows it. */
static void put_choices(hg_markup *m)
{
	hg_markup_put(m, "span", "facts", "Order: ");
	for (size_t i = 0; i < NORDERS; i++)
		put_choice(m, "order", orders[i].id, orders[i].label, i == 0);
	hg_markup_put(m, "span", "facts", "Show: ");
	for (size_t i = 0; i < sizeof filters / sizeof *filters; i++)
		put_choice(m, "show", filters[i].id, filters[i].label, i == 0);
}

static void put_heads(hg_class_page *p)
{
	hg_markup_open(p->m, "thead");
	hg_markup_open(p->m, "tr");
	hg_markup_put(p->m, "th", NULL, p->class->steps.n ? "Student, points" : "Student");
	for (size_t k = 0; k < p->layout.ncolumns; k++) {
		const hg_column *c = &p->layout.column[k];
		hg_markup_open(p->m, "th");
		hg_markup_attr(p->m, "scope", "col");
		hg_markup_print(p->m, "(%zu) %s", c->number, c->title);
		hg_markup_close(p->m);
	}
	hg_markup_close(p->m);
	hg_markup_close(p->m);
}

static void put_cell(hg_markup *m, const hg_score_row *row)
{
	const hg_cell_look *look = &hg_cells[row ? row->cell : HG_CELL_MISSING];
	hg_markup_open(m, "td");
	hg_markup_open(m, "span");
	hg_markup_attr_print(m, "class", "mark %s", row && row->human ? "doubt" : look->class);
	hg_markup_attr(m, "title", row ? row->reason : look->words);
	hg_markup_text(m, look->symbol);
	hg_markup_open(m, "span");
	hg_markup_attr(m, "class", "sr");
	hg_markup_print(m, " %s%s", look->words, row && row->human ? ", waits for a person" : "");
	hg_markup_close(m);
	hg_markup_close(m);
	hg_markup_put(m, "span", "slip", row ? row->slip : NULL);
	hg_markup_close(m);
}

static void put_student(hg_class_page *p, const hg_record *r)
{
	const bool lost = !r->score.human && r->score.points < r->score.of;
	hg_markup_open(p->m, "tr");
	hg_markup_attr(p->m, "class", r->score.human ? "waits" : lost ? "lost" : "done");
	hg_markup_open(p->m, "th");
	hg_markup_attr(p->m, "scope", "row");
	hg_page_link(p->m, r);
	if (p->class->steps.n || r->score.human) {
		hg_markup_open(p->m, "span");
		hg_markup_attr(p->m, "class", "points");
		if (r->score.human)
			hg_markup_print(p->m, "– / %.6g, waits", r->score.of);
		else
			hg_markup_print(p->m, "%.6g / %.6g", r->score.points, r->score.of);
		hg_markup_close(p->m);
	}
	hg_markup_close(p->m);
	for (size_t k = 0; k < p->layout.ncolumns; k++)
		put_cell(p->m, hg_row_of(r, &p->layout.column[k]));
	hg_markup_close(p->m);
}

/* What the class made of each step, at the foot of the matrix. */
static void put_foot(hg_class_page *p)
{
	hg_markup_open(p->m, "tfoot");
	hg_markup_open(p->m, "tr");
	hg_markup_put(p->m, "th", NULL, "right");
	for (size_t k = 0; k < p->layout.ncolumns; k++) {
		hg_markup_open(p->m, "td");
		hg_markup_print(p->m, "%zu of %zu", hg_column_right(&p->layout.column[k]), p->class->nrecords);
		hg_markup_close(p->m);
	}
	hg_markup_close(p->m);
	hg_markup_close(p->m);
}

hg_status hg_page_matrix(hg_class_page *p)
{
	const size_t n = p->class->nrecords;
	const hg_record **row = HG_NEWS(p->arena, n + 1, const hg_record *);
	if (!row)
		return HG_ENOMEM;
	for (size_t i = 0; i < n; i++)
		row[i] = &p->class->record[i];
	hg_markup_put(p->m, "h2", NULL, "Students and steps");
	hg_markup_open(p->m, "div");
	hg_markup_attr(p->m, "class", "chosen");
	put_choices(p->m);
	hg_markup_open(p->m, "div");
	hg_markup_attr(p->m, "class", "scroll");
	hg_markup_attr(p->m, "role", "region");
	hg_markup_attr(p->m, "aria-label", "Students and steps");
	hg_markup_attr(p->m, "tabindex", "0");
	hg_markup_open(p->m, "table");
	hg_markup_attr(p->m, "class", "matrix");
	hg_markup_open(p->m, "caption");
	for (int c = 0; c < HG_NCELLS; c++)
		hg_markup_print(p->m, "%s%s %s", c ? ", " : "", hg_cells[c].symbol, hg_cells[c].words);
	hg_markup_close(p->m);
	put_heads(p);
	for (size_t k = 0; k < NORDERS; k++) {
		if (n)
			qsort(row, n, sizeof *row, orders[k].compare);
		hg_markup_open(p->m, "tbody");
		hg_markup_attr(p->m, "class", orders[k].id);
		for (size_t i = 0; i < n; i++)
			put_student(p, row[i]);
		hg_markup_close(p->m);
	}
	put_foot(p);
	hg_markup_close(p->m);
	hg_markup_close(p->m);
	hg_markup_close(p->m);
	return HG_OK;
}
