#include "grade/steps.h"

#include "base/buf.h"
#include "lang/print.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_STEPS = 200 };
static const double MOST_POINTS = 1e6;

/* One marker: where it stands, what it says. */
typedef struct marker {
	size_t at;
	double points;
	hg_str step; /* the name behind "for"; empty */
} marker;

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

/* Reads "points: 2 for dJ/dW2", the inside of a comment. False: it is another comment. */
static bool read_inside(hg_str inside, size_t at, marker *m)
{
	hg_str rest = skip(inside, "points");
	if (!rest.n || rest.p[0] != ':')
		return false;
	rest = hg_str_trim(hg_str_part(rest, 1, rest.n));
	*m = (marker){.at = at};
	m->points = number(rest, &rest);
	m->step = skip(rest, "for");
	if (hg_str_trim(rest).n && !m->step.n)
		m->points = NAN;
	return true;
}

/* The next marker at or behind *from, which moves behind it. */
static bool next_marker(hg_str text, hg_format format, size_t *from, marker *m)
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
			hg_str left;
			*m = (marker){.at = i};
			m->points = close == (size_t)-1 ? NAN : number(hg_str_trim(hg_str_part(rest, 8, close - 8)), &left);
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

/* ---- what stands beside a marker --------------------------------------------------------------------------------- */

/* The left side of the last statement that begins before `at`, on its line or the line before. */
static const hg_expr *left_side(const hg_statements *said, size_t at)
{
	const hg_source *source = said->doc->source;
	size_t line = hg_source_place(source, at).line;
	const hg_statement *found = NULL;
	for (size_t i = 0; i < said->n && said->at[i].span.at < at; i++)
		if (said->at[i].nsides && said->at[i].side[0].e && !said->at[i].continues)
			found = &said->at[i];
	if (!found)
		return NULL;
	size_t end = found->span.at + found->span.n;
	return hg_source_place(source, end ? end - 1 : 0).line + 1 >= line ? found->side[0].e : NULL;
}

/* A formula without a relation, on the line of the marker: the derivative that is asked for. */
static const hg_expr *lone_formula(const hg_statements *said, size_t at, hg_arena *arena)
{
	const hg_doc *doc = said->doc;
	size_t line = hg_source_place(doc->source, at).line;
	const hg_stretch *found = NULL;
	for (size_t i = 0; i < doc->nstretches && doc->stretch[i].outer.at < at; i++) {
		const hg_stretch *s = &doc->stretch[i];
		bool formula = s->kind == HG_STRETCH_INLINE || s->kind == HG_STRETCH_DISPLAY;
		size_t last = s->outer.at + s->outer.n - 1;
		if (formula && hg_source_place(doc->source, last).line + 1 >= line)
			found = s;
	}
	hg_expr *e = NULL;
	const char *trouble = NULL;
	if (found && hg_parse_expression(hg_str_trim(hg_doc_text(doc, found->span)), false, arena, &e, &trouble) == HG_OK)
		return e;
	return NULL;
}

static const char *shown(const hg_expr *e, hg_arena *arena)
{
	hg_buf text = {0};
	hg_print_plain(e, &text);
	const char *copy = text.failed ? NULL : hg_arena_copy(arena, text.p ? text.p : "", text.n);
	hg_buf_free(&text);
	return copy;
}

static hg_status refuse(const hg_statements *said, size_t at, const char *why, hg_arena *arena, const char **trouble)
{
	*trouble = hg_arena_print(arena, "%s:%zu: %s", said->doc->source->path, hg_source_place(said->doc->source, at).line, why);
	return *trouble ? HG_EINVAL : HG_ENOMEM;
}

static hg_status add_step(const hg_statements *said, const marker *m, hg_arena *arena, hg_steps *steps, hg_step *step,
                          const char **trouble)
{
	if (!isfinite(m->points))
		return refuse(said, m->at, "points want a number, as in <!-- points: 2 --> or <!-- points: 2 for dJ/dW2 -->", arena,
		              trouble);
	if (m->step.n) {
		step->title = hg_arena_copy(arena, m->step.p, m->step.n);
		step->key = step->title ? hg_step_key_of_text(step->title, arena) : NULL;
	} else {
		const hg_expr *e = left_side(said, m->at);
		e = e ? e : lone_formula(said, m->at, arena);
		if (!e)
			return refuse(said, m->at, "points stand beside no formula: name the step, as in <!-- points: 2 for dJ/dW2 -->",
			              arena, trouble);
		step->title = shown(e, arena);
		step->key = hg_step_key(e, arena);
	}
	if (!step->key || !step->title)
		return HG_ENOMEM;
	for (size_t i = 0; i < steps->n; i++)
		if (strcmp(steps->at[i].key, step->key) == 0)
			return refuse(said, m->at, "this step has its points already", arena, trouble);
	step->points = m->points;
	steps->total += m->points;
	steps->n++;
	return HG_OK;
}

hg_status hg_steps_read(const hg_statements *said, hg_arena *arena, hg_steps *steps, const char **trouble)
{
	const hg_source *source = said->doc->source;
	hg_step *list = HG_NEWS(arena, MOST_STEPS, hg_step);
	*steps = (hg_steps){.at = list};
	*trouble = NULL;
	if (!list)
		return HG_ENOMEM;
	marker m;
	for (size_t from = 0; next_marker(source->text, source->format, &from, &m);) {
		if (steps->n == MOST_STEPS)
			return refuse(said, m.at, "too many steps", arena, trouble);
		HG_TRY(add_step(said, &m, arena, steps, &list[steps->n], trouble));
	}
	return HG_OK;
}
