#include "grade/marks/markers.h"

#include "base/buf.h"
#include "lang/print/print.h"

#include <string.h>

enum { MOST_STEPS = 200, MOST_NUMBERS = 256 };

/* ---- what stands beside a marker --------------------------------------------------------------------------------- */

/* The left side of the last statement that begins before `at`, on its line or the line before; *stretch is where. */
static const hg_expr *left_side(const hg_statements *said, size_t at, size_t *stretch)
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
	*stretch = found->stretch;
	return hg_source_place(source, end ? end - 1 : 0).line + 1 >= line ? found->side[0].e : NULL;
}

/* A formula without a relation behind stretch `after`, on the line of the marker: the derivative that is asked for. */
static const hg_expr *lone_formula(const hg_statements *said, size_t at, size_t after, hg_arena *arena)
{
	const hg_doc *doc = said->doc;
	size_t line = hg_source_place(doc->source, at).line;
	const hg_stretch *found = NULL;
	for (size_t i = after; i < doc->nstretches && doc->stretch[i].outer.at < at; i++) {
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

/* The derivative a marker gives points for: named by it, or beside it. */
static hg_status find_asked(const hg_statements *said, const hg_marker *m, hg_arena *arena, hg_step *step, const char **trouble)
{
	if (m->step.n) {
		step->title = hg_arena_copy(arena, m->step.p, m->step.n);
		HG_TRY(hg_step_tree(m->step, arena, &step->asked));
		step->key = step->title ? hg_step_key_of_text(step->title, arena) : NULL;
	} else {
		size_t stretch = 0;
		const hg_expr *equation = left_side(said, m->at, &stretch);
		const hg_expr *alone = lone_formula(said, m->at, equation ? stretch + 1 : 0, arena), *e = alone ? alone : equation;
		if (!e)
			return refuse(said, m->at, "points stand beside no formula: name the step, as in <!-- points: 2 for dJ/dW2 -->",
			              arena, trouble);
		step->asked = e;
		step->title = shown(e, arena);
		step->key = hg_step_key(e, arena);
	}
	return step->key && step->title ? HG_OK : HG_ENOMEM;
}

static hg_status add_step(const hg_statements *said, const hg_marker *m, hg_arena *arena, hg_steps *steps, hg_step *step,
                          const char **trouble)
{
	HG_TRY(find_asked(said, m, arena, step, trouble));
	for (size_t i = 0; i < steps->n; i++)
		if (strcmp(steps->at[i].key, step->key) == 0)
			return refuse(said, m->at, "this step has its points already", arena, trouble);
	hg_deduction *list = HG_NEWS(arena, m->ndeductions + 1, hg_deduction);
	if (!list)
		return HG_ENOMEM;
	memcpy(list, m->deduction, m->ndeductions * sizeof *list);
	step->deduction = list;
	step->ndeductions = m->ndeductions;
	step->points = m->points;
	steps->total += m->points;
	steps->n++;
	return HG_OK;
}

/* ---- numbers --------------------------------------------------------------------------------------------------------- */

typedef struct numbers {
	size_t n;
	double *at;
} numbers;

static void add_numbers(const hg_expr *e, numbers *list)
{
	if (e->op == HG_OP_NUM && list->n < MOST_NUMBERS)
		list->at[list->n++] = e->number;
	for (size_t i = 0; i < e->nkids; i++)
		add_numbers(e->kid[i], list);
}

static hg_status read_numbers(const hg_statements *said, hg_arena *arena, hg_steps *steps)
{
	numbers list = {.at = HG_NEWS(arena, MOST_NUMBERS, double)};
	if (!list.at)
		return HG_ENOMEM;
	for (size_t i = 0; i < said->n; i++)
		for (size_t k = 0; k < said->at[i].nsides; k++)
			if (said->at[i].side[k].e)
				add_numbers(said->at[i].side[k].e, &list);
	steps->number = list.at;
	steps->nnumbers = list.n;
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
	hg_marker m;
	for (size_t from = 0; hg_marker_next(source->text, source->format, &from, &m);) {
		if (m.trouble)
			return refuse(said, m.at, m.trouble, arena, trouble);
		if (m.kind == HG_MARK_INHERITED) {
			steps->inherited = m.inherited;
			continue;
		}
		if (steps->n == MOST_STEPS)
			return refuse(said, m.at, "too many steps", arena, trouble);
		HG_TRY(add_step(said, &m, arena, steps, &list[steps->n], trouble));
	}
	return read_numbers(said, arena, steps);
}
