/* The evidence of a finding: three numbers and what they mean, the entries, the pictures. */
#include "report/page/html_parts.h"
#include "report/page/plot_parts.h"

#include "report/phrase.h"

#include <math.h>
#include <string.h>

enum { SHOWN_ENTRIES = 12 };

/* ---- numbers ------------------------------------------------------------------------------------------------ */

static void open_row(hg_html *h, const char *name, const char *class)
{
	hg_markup_open(h->m, "tr");
	hg_markup_open(h->m, "th");
	hg_markup_attr(h->m, "scope", "row");
	hg_markup_text(h->m, name);
	hg_markup_close(h->m);
	hg_markup_open(h->m, "td");
	hg_markup_attr(h->m, "class", class);
}

static void close_row(hg_html *h)
{
	hg_markup_close(h->m);
	hg_markup_close(h->m);
}

static void put_words(hg_html *h, const char *name, const char *words)
{
	if (!words)
		return;
	open_row(h, name, NULL);
	hg_markup_text(h->m, words);
	close_row(h);
}

/* A number with the sign typographers use; zero has none. */
static void put_number(hg_html *h, hg_str text)
{
	bool zero = true;
	for (size_t i = 0; i < text.n; i++)
		zero &= !(text.p[i] >= '1' && text.p[i] <= '9');
	for (; zero && text.n && (*text.p == '-' || *text.p == '+');)
		text = hg_str_part(text, 1, text.n);
	while (text.n) {
		const char *minus = memchr(text.p, '-', text.n);
		size_t n = minus ? (size_t)(minus - text.p) : text.n;
		hg_markup_str(h->m, hg_str_part(text, 0, n));
		hg_markup_text(h->m, minus ? "\u2212" : "");
		text = hg_str_part(text, n + 1, text.n);
	}
}

__attribute__((format(printf, 2, 0))) static void print_number(hg_html *h, const char *format, double value)
{
	hg_buf text = {0};
	hg_buf_print(&text, format, value);
	put_number(h, hg_buf_slice(&text));
	hg_markup_used(h->m, &text);
}

static void put_value(hg_html *h, const char *name, double value, double beside, double abserr)
{
	open_row(h, name, "number");
	hg_buf text = {0};
	hg_say_number(value, beside, abserr, &text);
	put_number(h, hg_buf_slice(&text));
	hg_markup_used(h->m, &text);
	close_row(h);
}

static void put_small(hg_html *h, const char *name, double value)
{
	if (!isfinite(value) || value == 0)
		return;
	open_row(h, name, "number");
	print_number(h, "%.2g", value);
	close_row(h);
}

void hg_html_evidence(hg_html *h, const hg_evidence *e)
{
	hg_markup_open(h->m, "table");
	hg_markup_attr(h->m, "class", "evidence");
	hg_markup_open(h->m, "tbody");
	put_words(h, "worst at", e->entry);
	put_value(h, "yours", e->yours, e->numerical, e->abserr);
	put_value(h, "numerical", e->numerical, e->yours, e->abserr);
	put_small(h, "uncertain by", e->abserr);
	if (isfinite(e->ratio)) {
		open_row(h, "yours / numerical", "number");
		print_number(h, "%.6g", e->ratio);
		close_row(h);
	}
	if (e->class == HG_KINK) {
		put_value(h, "slope on the left", e->left, e->right, 0);
		put_value(h, "slope on the right", e->right, e->left, 0);
	}
	put_words(h, "the function there", e->class == HG_SMOOTH ? NULL : hg_class_text(e->class));
	put_words(h, "at", e->point);
	put_words(h, "pattern", e->pattern);
	hg_buf meaning = {0};
	hg_say_meaning(e, &meaning);
	if (meaning.n) {
		open_row(h, "meaning", NULL);
		hg_markup_str(h->m, hg_buf_slice(&meaning));
		close_row(h);
	}
	hg_markup_used(h->m, &meaning);
	hg_markup_close(h->m);
	hg_markup_close(h->m);
}

/* ---- pictures ----------------------------------------------------------------------------------------------- */

static void put_picture(hg_html *h, hg_str svg, const char *caption, hg_str words)
{
	if (!svg.n)
		return;
	hg_markup_open(h->m, "figure");
	hg_markup_open(h->m, "div");
	hg_markup_attr(h->m, "role", "img");
	hg_markup_attr(h->m, "tabindex", "0"); /* it scrolls where the page is narrow */
	hg_buf label = {0};
	hg_buf_str(&label, words);
	hg_buf_char(&label, '\0');
	hg_markup_attr(h->m, "aria-label", label.failed ? "" : label.p);
	hg_markup_used(h->m, &label);
	hg_markup_raw(h->m, svg);
	hg_markup_close(h->m);
	hg_markup_open(h->m, "figcaption");
	hg_markup_text(h->m, caption);
	hg_markup_text(h->m, " ");
	hg_markup_str(h->m, words);
	hg_markup_close(h->m);
	hg_markup_close(h->m);
}

static void put_entry(hg_html *h, const hg_grid *g, size_t k, bool worst)
{
	double claimed = g->claimed[k], numerical = g->numerical[k];
	hg_markup_open(h->m, "tr");
	if (worst)
		hg_markup_attr(h->m, "class", "worst");
	hg_markup_open(h->m, "th");
	hg_markup_attr(h->m, "scope", "row");
	hg_markup_print(h->m, "%s[%zu,%zu]%s", g->name ? g->name : "", k / g->cols + 1, k % g->cols + 1,
	                worst ? " (worst)" : "");
	hg_markup_close(h->m);
	const double shown[] = {claimed, numerical, claimed - numerical};
	for (size_t i = 0; i < 3; i++) {
		hg_markup_open(h->m, "td");
		hg_markup_attr(h->m, "class", "number");
		print_number(h, i < 2 ? "%+.6g" : "%+.2g", shown[i]);
		hg_markup_close(h->m);
	}
	hg_markup_close(h->m);
}

/* The numbers behind the picture: the first entries, and the worst wherever it is. */
static void put_entries(hg_html *h, const hg_evidence *e)
{
	const hg_grid *g = e->grid;
	static const char *const heads[] = {"entry", "yours", "numerical", "difference"};
	size_t n = g->rows * g->cols, worst = hg_plot_worst(e);
	hg_markup_open(h->m, "details");
	hg_markup_open(h->m, "summary");
	hg_markup_print(h->m, n > SHOWN_ENTRIES ? "Entries in numbers (%d of %zu)" : "Entries in numbers",
	                SHOWN_ENTRIES, n);
	hg_markup_close(h->m);
	hg_markup_open(h->m, "table");
	hg_markup_open(h->m, "thead");
	hg_markup_open(h->m, "tr");
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		hg_markup_open(h->m, "th");
		hg_markup_attr(h->m, "scope", "col");
		hg_markup_attr(h->m, "class", i ? "number" : NULL);
		hg_markup_text(h->m, heads[i]);
		hg_markup_close(h->m);
	}
	hg_markup_close(h->m);
	hg_markup_close(h->m);
	hg_markup_open(h->m, "tbody");
	for (size_t k = 0; k < n && k < SHOWN_ENTRIES; k++) {
		bool last = k + 1 == SHOWN_ENTRIES && worst > k;
		put_entry(h, g, last ? worst : k, (last ? worst : k) == worst);
	}
	hg_markup_close(h->m);
	hg_markup_close(h->m);
	hg_markup_close(h->m);
}

void hg_html_pictures(hg_html *h, size_t finding)
{
	const hg_evidence *e = &h->report->finding[finding].evidence;
	const hg_picture *p = finding < h->pictures.n ? &h->pictures.of[finding] : NULL;
	hg_buf words = {0};
	if (e->grid)
		hg_plot_say_heat(e, &words);
	if (p)
		put_picture(h, p->heat, "Entry by entry.", hg_buf_slice(&words));
	if (e->grid && e->grid->rows * e->grid->cols > 1)
		put_entries(h, e);
	words.n = 0;
	if (e->curve)
		hg_plot_say_curve(e->curve, &words);
	if (p && p->curve.n) {
		put_picture(h, p->curve, "Smaller and smaller steps.", hg_buf_slice(&words));
	} else if (words.n) {
		hg_markup_open(h->m, "p");
		hg_markup_attr(h->m, "class", "facts");
		hg_markup_str(h->m, hg_buf_slice(&words));
		hg_markup_close(h->m);
	}
	if (h->pictures.missing && (hg_plot_has_heat(e) || hg_plot_has_curve(e->curve))) {
		hg_markup_open(h->m, "p");
		hg_markup_attr(h->m, "class", "facts");
		hg_markup_print(h->m, "No picture: %s.", h->pictures.missing);
		hg_markup_close(h->m);
	}
	hg_markup_used(h->m, &words);
}
