#include "report/page/plot_parts.h"

#include "report/page/child.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SECONDS = 20, LARGEST_OUTPUT = 64 << 20, MOST_PICTURES = 60 };

static bool is_shown(const hg_finding *f)
{
	return f->has_evidence && (f->status == HG_S_DISAGREES || f->status == HG_S_CANNOT_TELL);
}

/* ---- splitting what comes back -------------------------------------------------------------------------------- */

static hg_str begin_of(hg_plot_form form)
{
	return form == HG_PLOT_SVG ? HG_STR("<?xml") : HG_STR("\x89PNG\r\n");
}

/* Takes the next picture off the front of *rest. */
static hg_str next_picture(hg_str *rest, hg_plot_form form)
{
	hg_str mark = begin_of(form);
	size_t end = rest->n > mark.n ? hg_str_find(hg_str_part(*rest, mark.n, rest->n), mark) : (size_t)-1;
	hg_str picture = hg_str_part(*rest, 0, end == (size_t)-1 ? rest->n : end + mark.n);
	*rest = hg_str_part(*rest, picture.n, rest->n);
	return picture;
}

/* Of an SVG file what may stand inside a page: no prologue, no definitions nobody uses, no names that another
 * picture has as well, no empty groups. */
static void trim_svg(hg_str svg, hg_buf *out)
{
	size_t at = hg_str_find(svg, HG_STR("<svg"));
	size_t close = hg_str_find(svg, HG_STR("</svg>"));
	svg = at == (size_t)-1 || close == (size_t)-1 ? (hg_str){0} : hg_str_part(svg, at, close + strlen("</svg>") - at);
	static const struct {
		const char *from, *to;
	} cut[] = {{"<defs>", "</defs>\n"}, {"<title>", "</title>"}, {"<desc>", "</desc>"}, {" id=\"", "\""},
	           {" xmlns:xlink=\"", "\""}};
	while (svg.n) {
		size_t skip = 0;
		for (size_t i = 0; i < sizeof cut / sizeof *cut && !skip; i++) {
			if (!hg_str_starts(svg, cut[i].from))
				continue;
			size_t begin = strlen(cut[i].from);
			size_t end = hg_str_find(hg_str_part(svg, begin, svg.n), hg_str_of(cut[i].to));
			skip = end == (size_t)-1 ? svg.n : begin + end + strlen(cut[i].to);
		}
		if (!skip && hg_str_starts(svg, "<g fill=")) {
			const char *end = memchr(svg.p, '>', svg.n);
			size_t tag = end ? (size_t)(end - svg.p) + 1 : svg.n;
			skip = hg_str_starts(hg_str_part(svg, tag, svg.n), "\n</g>\n") ? tag + strlen("\n</g>\n") : 0;
		}
		if (!skip)
			hg_buf_char(out, *svg.p);
		svg = hg_str_part(svg, skip ? skip : 1, svg.n);
	}
}

static hg_str kept(hg_str picture, hg_plot_form form, hg_arena *arena)
{
	hg_buf trimmed = {0};
	if (form == HG_PLOT_SVG) {
		trim_svg(picture, &trimmed);
		picture = hg_buf_slice(&trimmed);
	}
	hg_str copy = {hg_arena_copy(arena, picture.p, picture.n), picture.n};
	hg_buf_free(&trimmed);
	return copy.p ? copy : (hg_str){0};
}

/* ---- a report --------------------------------------------------------------------------------------------------- */

static size_t write_scripts(const hg_report *r, hg_plot_form form, hg_buf *script)
{
	size_t n = 0;
	for (size_t i = 0; i < r->nfindings && n < MOST_PICTURES; i++) {
		const hg_evidence *e = &r->finding[i].evidence;
		if (!is_shown(&r->finding[i]))
			continue;
		if (hg_plot_has_heat(e)) {
			hg_plot_heat_script(e, form, script);
			n++;
		}
		if (hg_plot_has_curve(e->curve)) {
			hg_plot_curve_script(e->curve, form, script);
			n++;
		}
	}
	return n;
}

hg_status hg_plot_report(const hg_report *r, hg_plot_form form, hg_arena *arena, hg_pictures *pictures)
{
	char *const argv[] = {(char[]){"gnuplot"}, (char[]){"-d"}, (char[]){"-"}, NULL};
	hg_picture *of = HG_NEWS(arena, r->nfindings + 1, hg_picture);
	if (!of)
		return HG_ENOMEM;
	*pictures = (hg_pictures){.n = r->nfindings, .of = of};
	hg_buf script = {0}, out = {0};
	size_t wanted = write_scripts(r, form, &script);
	const char *trouble = NULL;
	hg_status status = script.failed ? HG_ENOMEM : HG_OK;
	const hg_child gnuplot = {.argv = argv, .in = hg_buf_slice(&script), .seconds = SECONDS, .most = LARGEST_OUTPUT};
	if (status == HG_OK && wanted)
		status = hg_child_run(&gnuplot, &out, &trouble);
	if (status == HG_EIO) {
		pictures->missing = hg_arena_print(arena, "gnuplot %s", trouble);
		status = pictures->missing ? HG_OK : HG_ENOMEM;
		out.n = 0;
	}
	hg_str rest = hg_buf_slice(&out);
	for (size_t i = 0, n = 0; i < r->nfindings && n < wanted && rest.n; i++) {
		const hg_evidence *e = &r->finding[i].evidence;
		if (is_shown(&r->finding[i]) && hg_plot_has_heat(e)) {
			of[i].heat = kept(next_picture(&rest, form), form, arena);
			n++;
		}
		if (is_shown(&r->finding[i]) && n < wanted && hg_plot_has_curve(e->curve)) {
			of[i].curve = kept(next_picture(&rest, form), form, arena);
			n++;
		}
	}
	hg_buf_free(&script);
	hg_buf_free(&out);
	return status == HG_OK && hg_arena_failed(arena) ? HG_ENOMEM : status;
}

/* ---- in words --------------------------------------------------------------------------------------------------- */

void hg_plot_say_heat(const hg_evidence *e, hg_buf *out)
{
	const hg_grid *g = e->grid;
	size_t n = g->rows * g->cols, off = 0;
	for (size_t k = 0; k < n; k++) {
		double difference = fabs(g->claimed[k] - g->numerical[k]);
		off += !(difference <= (g->abserr ? g->abserr[k] : 0) + 1e-9 * fabs(g->numerical[k]));
	}
	size_t worst = n ? hg_plot_worst(e) : 0;
	hg_buf_print(out, "%s, %zu by %zu: %zu of %zu entries differ", g->name ? g->name : "The gradient", g->rows, g->cols,
	             off, n);
	if (off && n > 1)
		hg_buf_print(out, ", the one shown in row %zu, column %zu", worst / g->cols + 1, worst % g->cols + 1);
	hg_buf_char(out, '.');
}

void hg_plot_say_curve(const hg_curve *c, hg_buf *out)
{
	double least = INFINITY, bound = 0, smallest = INFINITY, widest = 0;
	for (size_t i = 0; i < c->n; i++) {
		least = fmin(least, fabs(c->difference[i]));
		bound = fmax(bound, c->bound[i]);
		smallest = fmin(smallest, c->step[i]);
		widest = fmax(widest, c->step[i]);
	}
	if (!isfinite(least))
		return;
	hg_buf_print(out, "For steps from %.0e down to %.0e the difference never falls below %.2g; the bound is %.1e.", widest,
	             smallest, least, bound);
}
