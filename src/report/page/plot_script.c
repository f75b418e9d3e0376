/* The house style: no frame, no ticks, light horizontal lines, words beside the lines instead of a key. What the
 * page shows in other colours when it is dark (html.css) is written in the colours named here. */
#include "report/page/plot_parts.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define INK   "#1c1c22"
#define MUTE  "#5d5d68"
#define GRID  "#e2e2e6"
#define BAND  "#bfe6cc"
#define WRONG "#b01e28"
#define CELL  "#111111" /* on the light colours of a heat map, in the dark as well */

enum { LEAST_FALL = 10 }; /* of the difference: what a curve must show */
enum { WINDOW = 16, WRITTEN = 8 }; /* cells of a heat map along one side; rows whose numbers may be written in them */

static void begin(hg_plot_form form, unsigned width, unsigned height, hg_buf *out)
{
	hg_buf_text(out, "reset session\nset encoding utf8\n");
	if (form == HG_PLOT_SVG)
		hg_buf_print(out, "set terminal svg size %u,%u enhanced font 'sans-serif,13'\n", width, height);
	else
		hg_buf_print(out, "set terminal pngcairo size %u,%u enhanced font 'DejaVu Sans,11' fontscale 1.6 "
		             "linewidth 2 background rgb '#ffffff'\n", 2 * width, 2 * height);
	hg_buf_text(out, "set border 0\nset tics scale 0 textcolor rgb '" MUTE "'\nunset key\nunset colorbox\n"
	            "set datafile missing 'NaN'\n");
}

/* A name inside a quoted string of gnuplot: letters, digits and what is no markup of gnuplot's. */
static void add_name(const char *name, hg_buf *out)
{
	for (const char *p = name ? name : ""; *p; p++)
		if (isalnum((unsigned char)*p) || strchr("[](),./+- ", *p) || (unsigned char)*p >= 0x80)
			hg_buf_char(out, *p);
}

static void add_value(double value, hg_buf *out)
{
	if (isfinite(value))
		hg_buf_print(out, "%.9g ", value);
	else
		hg_buf_text(out, "NaN ");
}

/* ---- convergence ---------------------------------------------------------------------------------------------- */

typedef struct extent {
	double least, most;
} extent;

static void include(extent *e, double value)
{
	if (!isfinite(value) || value <= 0)
		return;
	e->least = e->least > 0 ? fmin(e->least, value) : value;
	e->most = fmax(e->most, value);
}

static extent whole_decades(extent e)
{
	return (extent){pow(10, floor(log10(e.least)) - 1), pow(10, ceil(log10(e.most) + 0.1))};
}

bool hg_plot_has_curve(const hg_curve *c)
{
	extent step = {0}, size = {0};
	for (size_t i = 0; c && i < c->n; i++) {
		include(&step, c->step[i]);
		include(&size, c->difference[i]);
	}
	return step.most > step.least && size.most > LEAST_FALL * size.least; /* a level line says no more than a sentence */
}

void hg_plot_curve_script(const hg_curve *c, hg_plot_form form, hg_buf *out)
{
	extent step = {0}, size = {0};
	for (size_t i = 0; i < c->n; i++) {
		include(&step, c->step[i]);
		include(&size, c->difference[i]);
		include(&size, c->bound[i]);
	}
	size = whole_decades(size);
	begin(form, 560, 280, out);
	hg_buf_text(out, "$d << EOD\n");
	for (size_t i = 0; i < c->n; i++) {
		hg_buf_print(out, "%.6e ", c->step[i]);
		add_value(fabs(c->difference[i]) > 0 ? fabs(c->difference[i]) : size.least, out);
		add_value(c->bound[i] > 0 ? c->bound[i] : size.least, out);
		hg_buf_char(out, '\n');
	}
	hg_buf_print(out,
	             "EOD\nset logscale xy\nset xrange [%.6e:%.6e]\nset yrange [%.6e:%.6e]\n"
	             "set grid ytics linecolor rgb '" GRID "' linewidth 1 linetype 1\n"
	             "set format x '10^{%%L}'\nset format y '10^{%%L}'\nset bmargin 4.2\nset tmargin 2.2\nset rmargin 3\n"
	             "set label 1 'difference between yours and the difference quotient' at graph 0,1.08 left textcolor rgb '" WRONG "'\n"
	             "set label 2 'step of the quotient, smaller to the right' at graph 1,-0.23 right textcolor rgb '" MUTE "'\n",
	             step.most, step.least, size.least, size.most);
	hg_buf_print(out,
	             "set label 3 'bound' at graph 0.985,first %.6e right offset 0,0.7 textcolor rgb '" MUTE "'\n"
	             "plot $d using 1:3:(%.6e) with filledcurves linecolor rgb '" BAND "' title 'bound', "
	             "$d using 1:2 with lines linewidth 3 linecolor rgb '" WRONG "' title 'difference'\n",
	             c->bound[c->n - 1] > 0 ? c->bound[c->n - 1] : size.least, size.least);
}

/* ---- heat map ----------------------------------------------------------------------------------------------- */

bool hg_plot_has_heat(const hg_evidence *e)
{
	const hg_grid *g = e->grid;
	size_t n = g && g->claimed && g->numerical ? g->rows * g->cols : 0;
	return n > 1; /* of one entry the numbers say all */
}

size_t hg_plot_worst(const hg_evidence *e)
{
	const hg_grid *g = e->grid;
	size_t worst = 0;
	double most = -1;
	for (size_t k = 0; k < g->rows * g->cols; k++) {
		if (g->claimed[k] == e->yours && g->numerical[k] == e->numerical)
			return k;
		double difference = fabs(g->claimed[k] - g->numerical[k]);
		if (!(difference <= most)) {
			worst = k;
			most = isnan(difference) ? INFINITY : difference;
		}
	}
	return worst;
}

typedef struct window {
	size_t row, col, rows, cols;
} window;

static void along(size_t size, size_t at, size_t *from, size_t *n)
{
	*n = size < WINDOW ? size : WINDOW;
	*from = at < *n / 2 ? 0 : at - *n / 2;
	*from = *from + *n > size ? size - *n : *from;
}

/* The part that is drawn: everything, or what lies around the worst entry. */
static window around_worst(const hg_grid *g, size_t worst)
{
	window w;
	along(g->rows, worst / g->cols, &w.row, &w.rows);
	along(g->cols, worst % g->cols, &w.col, &w.cols);
	return w;
}

#define PALETTE "set palette defined (-1 '#6a9fd4', 0 '#f6f6f6', 1 '#e58368')\n"

enum panel { CLAIMED, NUMERICAL, DIFFERENCE, NPANELS };

static double cell(const hg_grid *g, enum panel panel, size_t k)
{
	return panel == CLAIMED ? g->claimed[k] : panel == NUMERICAL ? g->numerical[k] : g->claimed[k] - g->numerical[k];
}

static double largest(const hg_grid *g, enum panel panel)
{
	double most = 0;
	for (size_t k = 0; k < g->rows * g->cols; k++)
		most = fmax(most, isfinite(cell(g, panel, k)) ? fabs(cell(g, panel, k)) : 0);
	return most;
}

static void add_data(const hg_grid *g, const window *w, enum panel panel, hg_buf *out)
{
	hg_buf_print(out, "$p%d << EOD\n", (int)panel);
	for (size_t i = 0; i < w->rows; i++) {
		for (size_t j = 0; j < w->cols; j++)
			add_value(cell(g, panel, (w->row + i) * g->cols + w->col + j), out);
		hg_buf_char(out, '\n');
	}
	hg_buf_text(out, "EOD\n");
}

/* Names of rows or columns, 1-based, not more than fit. */
static void add_tics(const char *axis, size_t from, size_t n, const char *before, const char *after, hg_buf *out)
{
	size_t every = n <= 8 ? 1 : n <= 16 ? 3 : 5;
	hg_buf_print(out, "set %stics (", axis);
	for (size_t i = 0; i < n; i += every)
		hg_buf_print(out, "%s'%s%zu%s' %zu", i ? ", " : "", before, from + i + 1, after, i);
	hg_buf_text(out, ")\n");
}

typedef struct map {
	const hg_grid *grid;
	window w;
	size_t row, col; /* of the entry that is shown, in the window */
} map;

/* Do the numbers of all panels fit into their cells, at two digits? */
static bool is_written(const map *m)
{
	enum { ACROSS = 172, CHARACTER = 6, MARGIN = 6 }; /* pixels */
	size_t longest = 0;
	for (enum panel p = CLAIMED; p < NPANELS; p++)
		for (size_t i = 0; i < m->w.rows * m->w.cols; i++) {
			char number[32];
			double value = cell(m->grid, p, (m->w.row + i / m->w.cols) * m->grid->cols + m->w.col + i % m->w.cols);
			size_t n = (size_t)snprintf(number, sizeof number, "%.2g", value);
			longest = n > longest ? n : longest;
		}
	return m->w.rows <= WRITTEN && m->w.cols * (longest * CHARACTER + MARGIN) <= ACROSS;
}

static void add_panel(const map *m, enum panel p, double range, hg_buf *out)
{
	static const char *const title[] = {"yours", "numerical", "difference"};
	if (p == CLAIMED)
		add_tics("y", m->w.row, m->w.rows, "row ", "", out);
	else
		hg_buf_text(out, "set ytics ('' 0)\n");
	hg_buf_print(out, "set cbrange [%.6g:%.6g]\n", -(range > 0 ? range : 1), range > 0 ? range : 1);
	hg_buf_print(out, "set label 1 '%s' at graph 0,1 left offset 0,1.55 textcolor rgb '" INK "'\n", title[p]);
	hg_buf_print(out, "set label 2 'up to %.3g in size' at graph 0,1 left offset 0,0.55 font ',10' textcolor rgb '" MUTE "'\n",
	             range);
	hg_buf_print(out, "set object 1 rectangle from %g,%g to %g,%g front fillstyle empty border linecolor rgb '" WRONG
	             "' linewidth %d\n", (double)m->col - 0.5, (double)m->row - 0.5, (double)m->col + 0.5,
	             (double)m->row + 0.5, p == DIFFERENCE ? 3 : 1);
	hg_buf_print(out, "plot $p%d matrix using 1:2:(0.5):(0.5):3 with boxxyerror palette fillstyle solid 1 noborder title '",
	             (int)p);
	add_name(m->grid->name, out);
	hg_buf_char(out, '\'');
	if (is_written(m))
		hg_buf_print(out, ", $p%d matrix using 1:2:(sprintf('%%.2g',$3+0)) with labels font ',10' textcolor rgb '" CELL "'",
		             (int)p);
	hg_buf_char(out, '\n');
}

void hg_plot_heat_script(const hg_evidence *e, hg_plot_form form, hg_buf *out)
{
	const hg_grid *g = e->grid;
	const size_t worst = hg_plot_worst(e);
	map m = {.grid = g, .w = around_worst(g, worst)};
	m.row = worst / g->cols - m.w.row;
	m.col = worst % g->cols - m.w.col;
	double scale = fmax(largest(g, CLAIMED), largest(g, NUMERICAL));
	unsigned height = 90 + (unsigned)m.w.rows * (m.w.rows < 4 ? 34 : m.w.rows < 9 ? 24 : 14);
	begin(form, 620, height, out);
	for (enum panel p = CLAIMED; p < NPANELS; p++)
		add_data(g, &m.w, p, out);
	hg_buf_text(out, PALETTE);
	hg_buf_print(out, "set yrange [%zu.5:-0.5]\nset xrange [-0.5:%zu.5]\nset tmargin 2.6\nset bmargin 1.6\n", m.w.rows - 1,
	             m.w.cols - 1);
	add_tics("x", m.w.col, m.w.cols, "", "", out);
	hg_buf_print(out, "set multiplot layout 1,3 margins 0.11,0.985,%.3f,%.3f spacing 0.025,0\n", 26.0 / height,
	             1 - 46.0 / height);
	for (enum panel p = CLAIMED; p < NPANELS; p++)
		add_panel(&m, p, p == DIFFERENCE ? largest(g, DIFFERENCE) : scale, out);
	hg_buf_text(out, "unset multiplot\n");
}
