#include "grade/marks/markers.h"

#include "slips/slips.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double MOST_POINTS = 1e6;
static const char wants[] = "points want a number, as in <!-- points: 2 --> or <!-- points: 2 for dJ/dW2 -->";

static hg_str skip(hg_str s, const char *word)
{
	s = hg_str_trim(s);
	return hg_str_starts(s, word) ? hg_str_trim(hg_str_part(s, strlen(word), s.n)) : (hg_str){0};
}

/* The number at the front of s; *rest is what follows. NaN: there is none, or it makes no sense. */
static double number(hg_str s, hg_str *rest)
{
	char digits[32] = "";
	size_t n = 0;
	while (n < s.n && n + 1 < sizeof digits && (isdigit((unsigned char)s.p[n]) || s.p[n] == '.'))
		n++;
	memcpy(digits, s.p, n);
	char *end;
	double value = strtod(digits, &end);
	*rest = hg_str_part(s, n, s.n);
	return n && !*end && value >= 0 && value <= MOST_POINTS ? value : NAN;
}

/* "sign: -1": what a slip takes off. A clause where it cannot be understood. */
static const char *read_deduction(hg_str part, hg_marker *m)
{
	size_t colon = hg_str_find(part, HG_STR(":"));
	hg_str name = hg_str_trim(hg_str_part(part, 0, colon == (size_t)-1 ? part.n : colon)), rest;
	const hg_slip *slip = hg_slip_find(name);
	if (!slip)
		return "behind the points stand slips and what they take off, as in <!-- points: 3, sign: -1 -->; `handgrad list slips' "
		       "has their names";
	hg_str value = colon == (size_t)-1 ? (hg_str){0} : hg_str_trim(hg_str_part(part, colon + 1, part.n));
	bool minus = value.n && value.p[0] == '-';
	double points = number(hg_str_trim(hg_str_part(value, minus, value.n)), &rest);
	if (!minus || !isfinite(points) || hg_str_trim(rest).n)
		return "a slip takes points off: a number with a minus, as in sign: -1";
	if (m->ndeductions == HG_MOST_DEDUCTIONS)
		return "too many slips for one step";
	for (size_t i = 0; i < m->ndeductions; i++)
		if (m->deduction[i].slip == slip->id)
			return "the same slip twice";
	m->deduction[m->ndeductions++] = (hg_deduction){slip->id, points};
	return NULL;
}

/* "2 for dJ/dW2, sign: -1" */
static void read_points(hg_str text, hg_marker *m)
{
	m->kind = HG_MARK_POINTS;
	size_t comma = hg_str_find(text, HG_STR(", "));
	hg_str first = hg_str_part(text, 0, comma == (size_t)-1 ? text.n : comma), rest;
	m->points = number(hg_str_trim(first), &rest);
	m->step = skip(rest, "for");
	if (!isfinite(m->points) || (hg_str_trim(rest).n && !m->step.n))
		m->trouble = wants;
	while (comma != (size_t)-1 && !m->trouble) {
		text = hg_str_part(text, comma + 2, text.n);
		comma = hg_str_find(text, HG_STR(","));
		m->trouble = read_deduction(hg_str_part(text, 0, comma == (size_t)-1 ? text.n : comma), m);
		comma = comma == (size_t)-1 ? comma : comma - 1;
	}
}

static void read_inherited(hg_str text, hg_marker *m)
{
	static const struct {
		const char *word;
		hg_inherited inherited;
	} words[] = {{"full", HG_INHERITED_FULL}, {"half", HG_INHERITED_HALF}, {"none", HG_INHERITED_NONE}};
	m->kind = HG_MARK_INHERITED;
	m->trouble = "what follows from a mistake counts in full, half or none: <!-- inherited: half -->";
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (hg_str_is(hg_str_trim(text), words[i].word)) {
			m->inherited = words[i].inherited;
			m->trouble = NULL;
		}
}

/* The inside of a comment. False: it is another comment. */
static bool read_inside(hg_str inside, size_t at, hg_marker *m)
{
	*m = (hg_marker){.at = at};
	hg_str points = skip(inside, "points"), inherited = skip(inside, "inherited");
	hg_str rest = points.n ? points : inherited;
	if (!rest.n || rest.p[0] != ':')
		return false;
	rest = hg_str_trim(hg_str_part(rest, 1, rest.n));
	if (points.n)
		read_points(rest, m);
	else
		read_inherited(rest, m);
	return true;
}

bool hg_marker_next(hg_str text, hg_format format, size_t *from, hg_marker *m)
{
	for (size_t i = *from; i < text.n; i++) {
		hg_str rest = hg_str_part(text, i, text.n);
		size_t begin = 0, end = (size_t)-1;
		if (hg_str_starts(rest, "<!--")) {
			begin = 4;
			end = hg_str_find(rest, HG_STR("-->"));
		} else if (format == HG_TEX && rest.p[0] == '%') {
			begin = 1;
			end = hg_str_find(rest, HG_STR("\n"));
			end = end == (size_t)-1 ? rest.n : end;
		} else if (hg_str_starts(rest, "\\points{")) {
			size_t close = hg_str_find(rest, HG_STR("}"));
			*m = (hg_marker){.at = i};
			read_points(close == (size_t)-1 ? (hg_str){0} : hg_str_part(rest, 8, close - 8), m);
			*from = i + (close == (size_t)-1 ? rest.n : close + 1);
			return true;
		}
		if (begin && end != (size_t)-1 && read_inside(hg_str_part(rest, begin, end - begin), i, m)) {
			*from = i + end;
			return true;
		}
	}
	return false;
}
