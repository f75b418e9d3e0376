/* index.html: the class at a glance. */
#include "grade/columns.h"
#include "report/html.h"
#include "report/phrase.h"

#include <string.h>

typedef struct page {
	hg_markup *m;
	const hg_cohort *class;
	hg_layout layout;
} page;

static void put_number(hg_markup *m, double x) { hg_markup_print(m, "%.6g", x); }

/* A link to the page of a student. Its name is made of letters, digits and %-escapes, which a link must escape again. */
static void put_link(hg_markup *m, const hg_record *r)
{
	hg_buf href = {0};
	hg_buf_text(&href, "students/");
	for (const char *p = r->page; *p; p++)
		hg_buf_text(&href, *p == '%' ? "%25" : (char[]){*p, '\0'});
	hg_buf_text(&href, ".html");
	hg_buf_char(&href, '\0');
	hg_markup_open(m, "a");
	hg_markup_attr(m, "href", href.failed ? "" : href.p);
	hg_markup_text(m, r->student);
	hg_markup_close(m);
	hg_markup_used(m, &href);
}

static void put_heads(page *p)
{
	hg_markup_open(p->m, "thead");
	hg_markup_open(p->m, "tr");
	hg_markup_put(p->m, "th", NULL, "Student");
	for (size_t k = 0; k < p->layout.ncolumns; k++) {
		const hg_column *c = &p->layout.column[k];
		hg_markup_open(p->m, "th");
		hg_markup_attr(p->m, "scope", "col");
		hg_markup_print(p->m, "(%zu) %s", c->number, c->title);
		hg_markup_close(p->m);
	}
	hg_markup_put(p->m, "th", "number", "Points");
	hg_markup_put(p->m, "th", NULL, "For a human");
	hg_markup_close(p->m);
	hg_markup_close(p->m);
}

static void put_cell(page *p, const hg_score_row *row)
{
	const hg_cell_look *look = &hg_cells[row ? row->cell : HG_CELL_MISSING];
	hg_markup_open(p->m, "td");
	hg_markup_open(p->m, "span");
	hg_markup_attr_print(p->m, "class", "mark %s", look->class);
	hg_markup_attr(p->m, "title", row ? row->reason : look->words);
	hg_markup_text(p->m, look->symbol);
	hg_markup_open(p->m, "span");
	hg_markup_attr(p->m, "class", "sr");
	hg_markup_print(p->m, " %s", look->words);
	hg_markup_close(p->m);
	hg_markup_close(p->m);
	if (row && row->slip)
		hg_markup_print(p->m, " %s", row->slip);
	hg_markup_close(p->m);
}

static void put_student(page *p, const hg_record *r)
{
	hg_markup_open(p->m, "tr");
	hg_markup_open(p->m, "th");
	hg_markup_attr(p->m, "scope", "row");
	put_link(p->m, r);
	hg_markup_close(p->m);
	for (size_t k = 0; k < p->layout.ncolumns; k++)
		put_cell(p, hg_row_of(r, &p->layout.column[k]));
	hg_markup_open(p->m, "td");
	hg_markup_attr(p->m, "class", "number");
	if (p->class->steps.n) {
		if (r->score.human)
			hg_markup_text(p->m, "–");
		else
			put_number(p->m, r->score.points);
		hg_markup_text(p->m, " / ");
		put_number(p->m, r->score.of);
	}
	hg_markup_close(p->m);
	hg_markup_put(p->m, "td", NULL, r->score.human ? "yes" : "");
	hg_markup_close(p->m);
}

/* What the class made of each step, at the foot of the matrix. */
static void put_foot(page *p)
{
	hg_markup_open(p->m, "tfoot");
	hg_markup_open(p->m, "tr");
	hg_markup_put(p->m, "th", NULL, "right");
	for (size_t k = 0; k < p->layout.ncolumns; k++) {
		const size_t *cell = p->layout.column[k].cell;
		hg_markup_open(p->m, "td");
		hg_markup_print(p->m, "%zu of %zu", cell[HG_CELL_RIGHT] + cell[HG_CELL_FOLLOWS], p->class->nrecords);
		hg_markup_close(p->m);
	}
	hg_markup_put(p->m, "td", NULL, NULL);
	hg_markup_put(p->m, "td", NULL, NULL);
	hg_markup_close(p->m);
	hg_markup_close(p->m);
}

static void put_matrix(page *p)
{
	hg_markup_put(p->m, "h2", NULL, "Students and steps");
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
	hg_markup_open(p->m, "tbody");
	for (size_t i = 0; i < p->class->nrecords; i++)
		put_student(p, &p->class->record[i]);
	hg_markup_close(p->m);
	put_foot(p);
	hg_markup_close(p->m);
	hg_markup_close(p->m);
}

static void put_clusters(page *p)
{
	hg_markup_put(p->m, "h2", NULL, "The commonest slips");
	if (!p->layout.nclusters) {
		hg_markup_put(p->m, "p", NULL, "Nothing that was checked is wrong.");
		return;
	}
	hg_markup_open(p->m, "ul");
	hg_markup_attr(p->m, "class", "clusters");
	for (size_t i = 0; i < p->layout.nclusters; i++) {
		const hg_cluster *c = &p->layout.cluster[i];
		hg_buf words = {0};
		hg_cluster_say(c, &words);
		hg_markup_open(p->m, "li");
		hg_markup_open(p->m, "details");
		hg_markup_open(p->m, "summary");
		hg_markup_str(p->m, hg_buf_slice(&words));
		hg_markup_close(p->m);
		for (size_t k = 0; k < c->n; k++) {
			hg_markup_text(p->m, k ? ", " : "");
			put_link(p->m, c->student[k]);
		}
		hg_markup_close(p->m);
		hg_markup_close(p->m);
		hg_markup_used(p->m, &words);
	}
	hg_markup_close(p->m);
}

/* Why a student's work waits for a human: the submission as a whole, or its steps. */
static void put_reasons(page *p, const hg_record *r)
{
	if (r->trouble) {
		hg_markup_print(p->m, ": %s", r->trouble);
		return;
	}
	for (size_t i = 0, n = 0; i < r->score.nrows; i++) {
		const hg_score_row *row = &r->score.row[i];
		if (row->human && (row->of > 0 || p->class->steps.n == 0))
			hg_markup_print(p->m, "%s%s %s", n++ ? "; " : ": ", row->title, hg_cells[row->cell].words);
	}
}

static void put_humans(page *p)
{
	size_t n = 0;
	for (size_t i = 0; i < p->class->nrecords; i++)
		n += p->class->record[i].score.human;
	hg_markup_open(p->m, "h2");
	hg_markup_print(p->m, "For a human to look at: %zu", n);
	hg_markup_close(p->m);
	if (!n)
		return;
	hg_markup_open(p->m, "ul");
	for (size_t i = 0; i < p->class->nrecords; i++) {
		const hg_record *r = &p->class->record[i];
		if (!r->score.human)
			continue;
		hg_markup_open(p->m, "li");
		put_link(p->m, r);
		put_reasons(p, r);
		hg_markup_close(p->m);
	}
	hg_markup_close(p->m);
	hg_markup_put(p->m, "p", "facts",
	              "They have no score until somebody decides. To decide, add a line student,step,points,reason to "
	              "overrides.csv in this folder, or *,step,slip,points,reason for all who made one slip, and grade again.");
}

static void put_head(page *p)
{
	size_t count[HG_NSTATUSES] = {0};
	double points = 0;
	size_t scored = 0;
	for (size_t i = 0; i < p->class->nrecords; i++) {
		for (int s = 0; s < HG_NSTATUSES; s++)
			count[s] += p->class->record[i].count[s];
		points += p->class->record[i].score.human ? 0 : p->class->record[i].score.points;
		scored += !p->class->record[i].score.human;
	}
	hg_buf words = {0};
	hg_say_counts(count, &words);
	hg_markup_open(p->m, "header");
	hg_markup_open(p->m, "h1");
	hg_markup_print(p->m, "%zu submission%s for %s", p->class->nrecords, p->class->nrecords == 1 ? "" : "s",
	                p->class->assignment);
	hg_markup_close(p->m);
	hg_markup_open(p->m, "p");
	hg_markup_attr(p->m, "class", "verdict");
	hg_markup_str(p->m, hg_buf_slice(&words));
	if (p->class->steps.n && scored) {
		hg_markup_text(p->m, "; on average ");
		hg_markup_print(p->m, "%.1f of %.6g points", points / (double)scored, p->class->steps.total);
	}
	hg_markup_close(p->m);
	hg_markup_close(p->m);
	hg_markup_used(p->m, &words);
}

hg_status hg_cohort_page(const hg_cohort *class, hg_buf *out)
{
	hg_arena *arena = hg_arena_new();
	page p = {.class = class};
	hg_status status = arena ? hg_layout_of(class, arena, &p.layout) : HG_ENOMEM;
	p.m = status == HG_OK ? hg_markup_new(out) : NULL;
	if (!p.m) {
		hg_arena_free(arena);
		return HG_ENOMEM;
	}
	hg_html_begin(p.m, "handgrad: the class", HG_PAGE_PLAIN);
	hg_markup_open(p.m, "main");
	hg_markup_attr(p.m, "id", "main");
	hg_markup_attr(p.m, "class", "wide");
	put_head(&p);
	put_clusters(&p);
	put_humans(&p);
	put_matrix(&p);
	hg_markup_put(p.m, "footer", NULL, "handgrad " HG_VERSION);
	status = hg_markup_end(p.m);
	hg_buf_char(out, '\n');
	hg_arena_free(arena);
	return status;
}
