#include "model/said/conditions.h"
#include "model/building.h"

#include <ctype.h>
#include <string.h>

/* ---- where they stand ----------------------------------------------------------------------------------------------- */

/* Every line looks through them: of very many the first are kept. */
static hg_status add(hg_doc_model *model, hg_condition c)
{
	enum { MOST = 256 };
	if (model->nconditions >= MOST)
		return HG_OK;
	if (model->nconditions == model->conditions_room) {
		size_t room = model->conditions_room ? 2 * model->conditions_room : 16;
		hg_condition *more = HG_NEWS(model->arena, room, hg_condition);
		if (!more)
			return HG_ENOMEM;
		if (model->nconditions)
			memcpy(more, model->condition, model->nconditions * sizeof *more);
		model->condition = more;
		model->conditions_room = room;
	}
	model->condition[model->nconditions++] = c;
	return HG_OK;
}

bool hg_condition_letter(const hg_doc_model *model, const hg_expr *e)
{
	return e && ((hg_is_index_letter(e) && !e->nindex) || hg_is_correct_class(model, e));
}

/* Words for "is not": what the source has between two letters. */
static const char *const unequal[] = {"\\neq", "\\ne", "\\not=", "\xe2\x89\xa0", "!=", "<>", NULL};

static size_t unequal_at(hg_str text, size_t i)
{
	for (size_t k = 0; unequal[k]; k++)
		if (hg_str_starts(hg_str_part(text, i, text.n), unequal[k]))
			return strlen(unequal[k]);
	return 0;
}

static bool says_unequal(hg_str text)
{
	for (size_t i = 0; i < text.n; i++)
		if (unequal_at(text, i))
			return true;
	return false;
}

static bool skipped(char c) { return isspace((unsigned char)c) || strchr("{}()$", c); }

/* A letter by itself, before `at` (step -1) or from it on (step 1); 0: none. */
static char letter_beside(hg_str text, size_t at, int step)
{
	size_t i = at;
	while (i < text.n && skipped(text.p[i]))
		i += (size_t)step;
	if (i >= text.n || !isalpha((unsigned char)text.p[i]))
		return 0;
	size_t next = i + (size_t)step;
	bool alone = next >= text.n || (!isalnum((unsigned char)text.p[next]) && !strchr("\\_^", text.p[next]));
	return alone ? text.p[i] : 0;
}

static hg_expr *letter_of(hg_doc_model *model, char c)
{
	hg_expr *e = c ? hg_expr_new(model->arena, HG_OP_NAME, (hg_span){0, 0}, 0) : NULL;
	if (e)
		e->name = hg_str_of(hg_arena_copy(model->arena, &c, 1));
	return e;
}

/* "if i = j" in words or in the words beside an equation. */
static hg_status in_text(hg_doc_model *model, hg_str text, hg_condition c)
{
	for (size_t i = 1; i < text.n; i++) {
		size_t n = unequal_at(text, i);
		c.equal = !n && text.p[i] == '=' && text.p[i - 1] != '!' && text.p[i - 1] != '<';
		if (!n && !c.equal)
			continue;
		char b = letter_beside(text, i + (n ? n : 1), 1);
		c.a = letter_of(model, letter_beside(text, i - 1, -1));
		c.b = letter_of(model, b);
		if (hg_condition_letter(model, c.a) && hg_condition_letter(model, c.b))
			HG_TRY(add(model, c));
	}
	return HG_OK;
}

static hg_status of_statement(hg_doc_model *model, size_t i)
{
	const hg_statements *said = model->said;
	const hg_statement *s = &said->at[i];
	hg_condition c = {.from = s->span.at, .stretch = s->stretch, .statement = i};
	if (s->where.n) {
		c.beside = true;
		return in_text(model, s->where, c);
	}
	if (s->nsides != 2 || !hg_condition_letter(model, s->side[0].e) || !hg_condition_letter(model, s->side[1].e))
		return HG_OK;
	c.a = s->side[0].e;
	c.b = s->side[1].e;
	bool not = s->side[1].rel == HG_REL_COMPARE && says_unequal(hg_source_text(said->doc->source, s->span));
	c.equal = s->side[1].rel == HG_REL_EQ;
	return c.equal || not ? add(model, c) : HG_OK;
}

hg_status hg_model_conditions(hg_doc_model *model)
{
	const hg_statements *said = model->said;
	for (size_t i = 0; i < said->n; i++)
		HG_TRY(of_statement(model, i));
	for (size_t k = 0; k < said->doc->nstretches; k++) {
		const hg_stretch *s = &said->doc->stretch[k];
		hg_condition c = {.from = s->span.at, .stretch = k, .statement = (size_t)-1};
		if (s->kind == HG_STRETCH_PROSE || s->kind == HG_STRETCH_HEADING)
			HG_TRY(in_text(model, hg_source_text(said->doc->source, s->span), c));
	}
	return HG_OK;
}
