#include "lsp/place.h"

#include <stdlib.h>
#include <string.h>

/* ---- lines and columns ---- */

/* A line ends with LF, CR or CR LF; the offset behind the end of the line that holds `at`, and that of its end. */
static size_t next_line(hg_str text, size_t at, size_t *end)
{
	while (at < text.n && text.p[at] != '\n' && text.p[at] != '\r')
		at++;
	*end = at;
	return at < text.n && text.p[at] == '\r' && at + 1 < text.n && text.p[at + 1] == '\n' ? at + 2 : at + 1;
}

/* Units of UTF-16 of the character of UTF-8 that begins so. */
static size_t units(unsigned char first) { return first >= 0xf0 ? 2 : (first & 0xc0) == 0x80 ? 0 : 1; }

bool hg_lines_of(hg_str text, hg_lines *lines)
{
	size_t n = 1, end;
	for (size_t at = next_line(text, 0, &end); end < text.n; at = next_line(text, at, &end))
		n++;
	*lines = (hg_lines){0, malloc(n * sizeof *lines->start)};
	for (size_t at = 0; lines->start && lines->n < n; at = next_line(text, at, &end))
		lines->start[lines->n++] = at;
	return lines->start != NULL;
}

hg_position hg_position_of(const hg_lines *lines, hg_str text, size_t at)
{
	size_t low = 0, high = lines->n, end;
	hg_position position = {0, 0};
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (lines->start[middle] <= at)
			low = middle;
		else
			high = middle;
	}
	if (!lines->n)
		return position;
	position.line = low;
	next_line(text, lines->start[low], &end);
	for (size_t i = lines->start[low]; i < at && i < end; i++)
		position.character += units((unsigned char)text.p[i]);
	return position;
}

size_t hg_position_at(hg_str text, hg_position position)
{
	size_t start = 0, end, next = next_line(text, 0, &end), column = 0;
	for (; position.line && end < text.n; position.line--) {
		start = next;
		next = next_line(text, start, &end);
	}
	if (position.line)
		return text.n;
	while (start < end && column < position.character) {
		column += units((unsigned char)text.p[start++]);
		while (start < end && units((unsigned char)text.p[start]) == 0)
			start++;
	}
	return start;
}

/* ---- notebooks ---- */

/* A walk over JSON that a parser has accepted before. */
typedef struct walk {
	hg_str text;
	size_t at;
} walk;

static char look(walk *w)
{
	while (w->at < w->text.n && strchr(" \t\r\n,:", w->text.p[w->at]))
		w->at++;
	return w->at < w->text.n ? w->text.p[w->at] : '\0';
}

/* Behind a string; its bytes between the quotes. */
static hg_str string(walk *w)
{
	size_t begin = ++w->at;
	while (w->at < w->text.n && w->text.p[w->at] != '"')
		w->at += w->text.p[w->at] == '\\' ? 2 : 1;
	hg_str inside = hg_str_part(w->text, begin, w->at - begin);
	w->at++;
	return inside;
}

static void skip_value(walk *w)
{
	size_t depth = 0;
	do {
		char c = look(w);
		if (!c)
			return;
		if (c == '"') {
			string(w);
			continue;
		}
		depth += c == '{' || c == '[';
		depth -= depth && (c == '}' || c == ']');
		w->at++;
		while (w->at < w->text.n && !strchr(" \t\r\n,:[]{}\"", w->text.p[w->at])) /* the rest of a number or word */
			w->at++;
	} while (depth);
}

/* Into the value of a key of the object that begins here; false: it has none. */
static bool enter_key(walk *w, const char *key)
{
	if (look(w) != '{')
		return false;
	w->at++;
	while (look(w) == '"') {
		if (hg_str_is(string(w), key))
			return look(w) != '\0';
		look(w);
		skip_value(w);
	}
	return false;
}

/* Bytes of text of the escape or the byte that stands here, and of JSON. */
static size_t decoded(hg_str s, size_t at, size_t *raw)
{
	*raw = 1;
	if (s.p[at] != '\\')
		return 1;
	*raw = 2;
	if (at + 1 >= s.n || s.p[at + 1] != 'u')
		return 1;
	*raw = 6;
	unsigned code = 0;
	for (size_t i = at + 2; i < at + 6 && i < s.n; i++) {
		char c = s.p[i];
		code = 16 * code + (unsigned)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
	}
	if (code >= 0xd800 && code < 0xdc00) /* two of them make one character of four bytes */
		*raw = 12;
	return code < 0x80 ? 1 : code < 0x800 ? 2 : *raw == 12 ? 4 : 3;
}

/* The offset in JSON of the n-th byte of a cell's text, which may be one string or a list of lines. */
static bool find_in_strings(walk *w, size_t n, size_t *there)
{
	bool list = look(w) == '[';
	w->at += list;
	while (look(w) == '"') {
		hg_str s = string(w);
		size_t begin = (size_t)(s.p - w->text.p), raw;
		for (size_t i = 0; i < s.n; i += raw) {
			*there = begin + i;
			size_t bytes = decoded(s, i, &raw);
			if (bytes > n)
				return true;
			n -= bytes;
		}
		*there = begin + s.n;
		if (!list)
			break;
	}
	return n == 0 && *there;
}

static bool in_notebook(const hg_source *source, hg_str text, size_t at, size_t *there)
{
	size_t cell = source->ncells;
	while (cell && source->cell_start[cell - 1] > at)
		cell--;
	walk w = {text, 0};
	*there = 0;
	if (hg_str_starts(text, "\xef\xbb\xbf"))
		w.at = 3;
	if (!cell || !enter_key(&w, "cells") || look(&w) != '[')
		return false;
	w.at++;
	for (size_t k = source->cell_number[cell - 1]; k > 1; k--) {
		look(&w);
		skip_value(&w);
	}
	return enter_key(&w, "source") && find_in_strings(&w, at - source->cell_start[cell - 1], there);
}

bool hg_place_in_text(const hg_source *source, hg_str text, hg_span span, hg_span *there)
{
	size_t begin = span.at, end = span.at + span.n;
	if (source->ncells) {
		if (!in_notebook(source, text, span.at, &begin) || !in_notebook(source, text, end, &end))
			return false;
	} else if (hg_str_starts(text, "\xef\xbb\xbf")) { /* the mark is no part of a source's text */
		begin += 3;
		end += 3;
	}
	*there = (hg_span){begin, end > begin ? end - begin : 0};
	return end >= begin && end <= text.n;
}
