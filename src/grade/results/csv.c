#include "grade/results/csv.h"

#include <math.h>
#include <string.h>

enum { MOST_CELLS = 1000000 };

/* ; where the first line has more of them than commas. */
static char separator_of(hg_str bytes)
{
	size_t commas = 0, semicolons = 0;
	for (size_t i = 0; i < bytes.n && bytes.p[i] != '\n'; i++) {
		commas += bytes.p[i] == ',';
		semicolons += bytes.p[i] == ';';
	}
	return semicolons > commas ? ';' : ',';
}

/* How many cells there are at most. */
static size_t count_cells(hg_str bytes, char separator)
{
	size_t n = 1;
	for (size_t i = 0; i < bytes.n; i++)
		n += bytes.p[i] == separator || bytes.p[i] == '\n';
	return n;
}

/* The cell that begins at `at`: its end in the file, its text without quotes. False: a quote is open at the end. */
static bool read_cell(hg_str bytes, size_t at, char separator, hg_arena *arena, hg_csv_cell *cell)
{
	size_t i = at, n = 0;
	bool quoted = i < bytes.n && bytes.p[i] == '"', open = quoted;
	size_t end = i + quoted;
	for (; end < bytes.n; end++) {
		if (open && bytes.p[end] == '"' && end + 1 < bytes.n && bytes.p[end + 1] == '"')
			end++;
		else if (open && bytes.p[end] == '"')
			open = false;
		else if (!open && (bytes.p[end] == separator || bytes.p[end] == '\n' || bytes.p[end] == '\r'))
			break;
	}
	char *text = hg_arena_copy(arena, bytes.p + at, end - at);
	for (i = at + quoted; text && i < end; i++) {
		bool quote = quoted && bytes.p[i] == '"';
		bool doubled = quote && i + 1 < end && bytes.p[i + 1] == '"';
		if (!quote || doubled)
			text[n++] = bytes.p[i];
		i += doubled;
	}
	if (text)
		text[n] = '\0';
	*cell = (hg_csv_cell){at, end - at, text};
	return !open;
}

hg_status hg_csv_read(hg_str bytes, hg_arena *arena, hg_csv *csv)
{
	size_t at = hg_str_starts(bytes, "\xEF\xBB\xBF") ? 3 : 0, cells = count_cells(bytes, ','), line = 1;
	*csv = (hg_csv){.separator = separator_of(bytes)};
	cells += count_cells(bytes, ';');
	if (cells > MOST_CELLS)
		return HG_ELIMIT;
	hg_csv_cell *cell = HG_NEWS(arena, cells, hg_csv_cell);
	hg_csv_row *row = HG_NEWS(arena, cells, hg_csv_row);
	if (!cell || !row)
		return HG_ENOMEM;
	csv->row = row;
	while (at < bytes.n) {
		hg_csv_row *r = &row[csv->nrows++];
		*r = (hg_csv_row){.line = line, .cell = cell};
		bool more = true;
		while (more) {
			if (!read_cell(bytes, at, csv->separator, arena, cell))
				return HG_EINVAL;
			if (!cell->text)
				return HG_ENOMEM;
			for (size_t i = cell->at; i < cell->at + cell->n; i++)
				line += bytes.p[i] == '\n';
			at = cell->at + cell->n;
			more = at < bytes.n && bytes.p[at] == csv->separator;
			at += more;
			r->n++;
			cell++;
		}
		at += at < bytes.n && bytes.p[at] == '\r';
		at += at < bytes.n && bytes.p[at] == '\n';
		line++;
	}
	return HG_OK;
}

void hg_csv_write(hg_str text, char separator, hg_buf *out)
{
	bool formula = text.n && strchr("=+-@\t\r", text.p[0]), quote = formula;
	for (size_t i = 0; i < text.n; i++)
		quote |= text.p[i] == separator || strchr("\"\n\r,;", text.p[i]);
	if (!quote) {
		hg_buf_str(out, text);
		return;
	}
	hg_buf_text(out, formula ? "\"'" : "\"");
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '"')
			hg_buf_char(out, '"');
		hg_buf_char(out, text.p[i]);
	}
	hg_buf_char(out, '"');
}

void hg_csv_write_number(double number, hg_buf *out)
{
	hg_buf digits = {0};
	hg_buf_print(&digits, "%.4f", number);
	size_t n = digits.n;
	while (n && digits.p[n - 1] == '0')
		n--;
	n -= n && digits.p[n - 1] == '.';
	hg_buf_str(out, hg_str_part(hg_buf_slice(&digits), 0, n));
	out->failed |= digits.failed;
	hg_buf_free(&digits);
}
