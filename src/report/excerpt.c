#include "report/excerpt.h"

#include "report/safe.h"

enum { MOST_LINES = 4, DOTS = 3 };

/* A line as cells of the screen: how wide, and where the marked bytes begin and end. */
typedef struct measured {
	size_t cells, from, to;
} measured;

static measured measure(hg_str line, hg_span mark)
{
	measured m = {.from = (size_t)-1};
	for (size_t at = 0; at < line.n;) {
		hg_glyph g = hg_glyph_at(line, at);
		if (at + g.bytes > mark.at && m.from == (size_t)-1)
			m.from = g.width || !m.cells ? m.cells : m.cells - 1;
		m.cells += (size_t)g.width;
		if (at < mark.at + mark.n)
			m.to = m.cells;
		at += g.bytes;
	}
	if (m.from > m.cells)
		m.from = m.cells;
	if (m.to <= m.from)
		m.to = m.from + 1;
	return m;
}

/* The first cell shown, so that the mark stands inside `room` cells with some of what comes before it. */
static size_t window(measured m, size_t room)
{
	size_t cells = m.cells > m.to ? m.cells : m.to; /* the mark may stand behind the line */
	if (cells <= room || m.to + DOTS <= room)
		return 0;
	size_t marked = m.to - m.from, before = marked + 2 * DOTS < room ? (room - marked) / 2 : room / 4;
	size_t begin = m.from > before ? m.from - before : 0;
	return begin + room > cells ? cells - room : begin;
}

static void write_line(hg_str line, measured m, size_t begin, size_t room, hg_buf *out)
{
	bool cut_left = begin > 0, cut_right = m.cells > begin + room;
	size_t first = begin + (cut_left ? DOTS : 0), last = begin + room - (cut_right ? DOTS : 0), cell = 0, next = first;
	if (cut_left)
		hg_buf_text(out, "...");
	for (size_t at = 0; at < line.n && cell < last;) {
		hg_glyph g = hg_glyph_at(line, at);
		at += g.bytes;
		size_t width = (size_t)g.width;
		if (cell >= first && cell + width <= last) {
			for (; next < cell; next++) /* half of a wide character was cut off */
				hg_buf_char(out, ' ');
			hg_buf_add(out, g.shown, g.nshown);
			next = cell + width;
		}
		cell += width;
	}
	if (!cut_right)
		return;
	for (; next < last; next++)
		hg_buf_char(out, ' ');
	hg_buf_text(out, "...");
}

static void write_mark(const hg_excerpt *e, measured m, size_t begin, size_t room, bool last, const hg_write_options *o,
                       size_t gutter, hg_buf *out)
{
	size_t from = m.from - begin, to = m.to - begin < room ? m.to - begin : room;
	hg_buf_print(out, "%*s", (int)from, "");
	hg_style_begin(o->color, e->role, out);
	for (size_t i = from; i < to || i == from; i++)
		hg_buf_char(out, '^');
	size_t label = last && e->label ? hg_width(hg_str_of(e->label)) : 0;
	if (label && gutter + to + 1 + label <= hg_columns(o)) {
		hg_buf_char(out, ' ');
		hg_safe(hg_str_of(e->label), HG_SAFE_LINE, out);
	} else if (label) {
		hg_style_end(o->color, out);
		size_t indent = gutter + from + label <= hg_columns(o) ? from : to > label ? to - label : 0; /* under the mark, or ending with it */
		hg_buf_char(out, '\n');
		hg_buf_print(out, "%*s", (int)gutter - 2, "");
		hg_style_text(o->color, HG_ROLE_FRAME, "|", out);
		hg_buf_print(out, " %*s", (int)indent, "");
		hg_style_begin(o->color, e->role, out);
		hg_wrap(hg_str_of(e->label), gutter + indent, gutter + indent, hg_columns(o), out);
	}
	hg_style_end(o->color, out);
	hg_buf_char(out, '\n');
}

size_t hg_columns(const hg_write_options *options) { return options->columns ? options->columns : 80; }

void hg_place_write(const hg_source *source, size_t at, hg_buf *out)
{
	hg_place place = hg_source_place(source, at);
	hg_safe(hg_str_of(source->path), HG_SAFE_LINE, out);
	if (place.cell)
		hg_buf_print(out, ", cell %zu, line %zu, column %zu", place.cell, place.line, place.column);
	else
		hg_buf_print(out, ":%zu:%zu", place.line, place.column);
}

/* The marked part of the line that begins at or after `at`; n = 0 past the span. */
static hg_span on_line(const hg_excerpt *e, size_t line_at, hg_str line)
{
	size_t end = e->span.at + e->span.n, from = e->span.at > line_at ? e->span.at - line_at : 0;
	size_t to = end > line_at ? end - line_at : 0;
	if (from == 0) /* do not underline the indent of a following line */
		while (from < line.n && (line.p[from] == ' ' || line.p[from] == '\t') && line_at + from > e->span.at)
			from++;
	to = to < line.n ? to : line.n;
	return (hg_span){from, to > from ? to - from : 0};
}

static void gutter(const hg_write_options *o, int digits, size_t number, hg_buf *out)
{
	hg_style_begin(o->color, HG_ROLE_FRAME, out);
	if (number)
		hg_buf_print(out, "%*zu |", digits, number);
	else
		hg_buf_print(out, "%*s |", digits, "");
	hg_style_end(o->color, out);
}

static size_t last_line(const hg_source *source, hg_span span)
{
	return hg_source_place(source, span.n ? span.at + span.n - 1 : span.at).line;
}

size_t hg_excerpt_margin(const hg_source *source, hg_span span)
{
	size_t digits = 1;
	for (size_t n = last_line(source, span); n >= 10; n /= 10)
		digits++;
	return digits + 1;
}

void hg_excerpt_write(const hg_excerpt *e, const hg_write_options *o, hg_buf *out)
{
	size_t first = hg_source_place(e->source, e->span.at).line, last = last_line(e->source, e->span);
	int digits = (int)hg_excerpt_margin(e->source, e->span) - 1;
	hg_buf_print(out, "%*s", digits, "");
	hg_style_text(o->color, HG_ROLE_FRAME, "--> ", out);
	hg_place_write(e->source, e->span.at, out);
	if (e->id)
		hg_buf_print(out, "  (%s)", e->id);
	hg_buf_char(out, '\n');
	gutter(o, digits, 0, out);
	hg_buf_char(out, '\n');
	size_t left = (size_t)digits + 3, room = hg_columns(o) > left + 20 ? hg_columns(o) - left : 20;
	for (size_t number = first, at = e->span.at; number <= last && at < e->source->text.n; number++) {
		hg_str line = hg_source_line(e->source, at);
		size_t line_at = (size_t)(line.p - e->source->text.p);
		hg_span mark = on_line(e, line_at, line);
		at = line_at + line.n + 1;
		if (number > first && mark.n == 0)
			continue;
		if (number >= first + MOST_LINES - 1 && number < last)
			continue;
		measured m = measure(line, mark);
		size_t begin = window(m, room);
		gutter(o, digits, number, out);
		hg_buf_char(out, ' ');
		write_line(line, m, begin, room, out);
		hg_buf_char(out, '\n');
		gutter(o, digits, 0, out);
		hg_buf_char(out, ' ');
		write_mark(e, m, begin, room, number == last, o, left, out);
	}
}
