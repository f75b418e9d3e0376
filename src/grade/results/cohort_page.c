/* index.html: what a class got wrong, who needs help, what to say about it. */
#include "grade/results/page_parts.h"
#include "report/phrase.h"

#include <math.h>
#include <string.h>

/* A link to the page of a student. Its name is made of letters, digits and %-escapes, which a link must escape again. */
void hg_page_link(hg_markup *m, const hg_record *r)
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

/* How many got how many points: a bar for each tenth of what can be had. */
static void put_histogram(hg_class_page *p)
{
	enum { BINS = 10 };
	size_t bin[BINS] = {0}, most = 1;
	for (size_t i = 0; i < p->class->nrecords; i++) {
		const hg_score *s = &p->class->record[i].score;
		if (s->human || s->of <= 0)
			continue;
		double at = floor(s->points / s->of * BINS);
		size_t k = at < 0 ? 0 : at >= BINS ? BINS - 1 : (size_t)at;
		most = ++bin[k] > most ? bin[k] : most;
	}
	hg_markup_put(p->m, "h2", NULL, "Points");
	hg_markup_open(p->m, "table");
	hg_markup_attr(p->m, "class", "histogram");
	for (size_t k = BINS; k-- > 0;) {
		const double total = p->class->steps.total;
		hg_markup_open(p->m, "tr");
		hg_markup_open(p->m, "th");
		hg_markup_attr(p->m, "scope", "row");
		hg_markup_print(p->m, k + 1 == BINS ? "%.3g to %.3g" : "%.3g to under %.3g", total * (double)k / BINS, total * (double)(k + 1) / BINS);
		hg_markup_close(p->m);
		hg_markup_open(p->m, "td");
		hg_markup_open(p->m, "meter");
		hg_markup_attr(p->m, "aria-label", "students");
		hg_markup_attr_print(p->m, "max", "%zu", most);
		hg_markup_attr_print(p->m, "value", "%zu", bin[k]);
		hg_markup_close(p->m);
		hg_markup_print(p->m, " %zu", bin[k]);
		hg_markup_close(p->m);
		hg_markup_close(p->m);
	}
	hg_markup_close(p->m);
}

/* Why a student's work waits for a person: the submission as a whole, or its steps. */
static void put_reasons(hg_class_page *p, const hg_record *r)
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

static void put_humans(hg_class_page *p)
{
	size_t n = 0;
	for (size_t i = 0; i < p->class->nrecords; i++)
		n += p->class->record[i].score.human;
	hg_markup_open(p->m, "h2");
	hg_markup_print(p->m, "For a person to look at: %zu", n);
	hg_markup_close(p->m);
	if (!n)
		return;
	hg_markup_open(p->m, "ul");
	for (size_t i = 0; i < p->class->nrecords; i++) {
		const hg_record *r = &p->class->record[i];
		if (!r->score.human)
			continue;
		hg_markup_open(p->m, "li");
		hg_page_link(p->m, r);
		put_reasons(p, r);
		hg_markup_close(p->m);
	}
	hg_markup_close(p->m);
	hg_markup_put(p->m, "p", "facts",
	              "They have no score until somebody decides. To decide, add a line student,step,points,reason to "
	              "overrides.csv in this folder, or *,step,slip,points,reason for all who made one slip, and grade again.");
}

static void put_head(hg_class_page *p)
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
	hg_class_page p = {.class = class, .arena = arena};
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
	hg_page_lecture(&p);
	status = hg_page_steps(&p);
	put_humans(&p);
	if (class->steps.n && class->nrecords)
		put_histogram(&p);
	status = status == HG_OK ? hg_page_matrix(&p) : status;
	hg_markup_put(p.m, "footer", NULL, "handgrad " HG_VERSION);
	hg_status written = hg_markup_end(p.m);
	hg_arena_free(arena);
	return status == HG_OK ? written : status;
}
