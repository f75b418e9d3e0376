#include "claim/line_conditions.h"
#include "model/said/conditions.h"

#include <string.h>

/* ---- which of them holds for a line --------------------------------------------------------------------------------- */

static void take(hg_line *line, bool own, const hg_condition *c)
{
	size_t *n = own ? &line->nown : &line->nbefore;
	const hg_condition **list = own ? line->own : line->before;
	if (*n < HG_MAX_CONDITIONS)
		list[(*n)++] = c;
}

typedef struct search {
	hg_doc_model *model;
	hg_line *line;
} search;

static void take_tree(search *s, const hg_expr *compare)
{
	bool unequal_letters = hg_str_is(compare->word, "!="), equal = hg_str_is(compare->word, "=");
	if ((!unequal_letters && !equal) || !hg_condition_letter(s->model, compare->kid[0]) || !hg_condition_letter(s->model, compare->kid[1]))
		return;
	hg_condition *c = HG_NEW(s->model->arena, hg_condition);
	if (!c)
		return;
	*c = (hg_condition){.a = compare->kid[0], .b = compare->kid[1], .equal = equal};
	take(s->line, true, c);
}

/* dL / da_{i != k}: the index is under a condition. */
static bool see_index(void *self, const hg_expr *e)
{
	for (size_t i = 0; i < e->nindex; i++)
		if (e->index[i].e->op == HG_OP_COMPARE)
			take_tree(self, e->index[i].e);
	return true;
}

static const hg_expr *around(const hg_expr *e)
{
	if (e->op == HG_OP_EVAL_AT)
		return e->kid[1];
	return e->op == HG_OP_CASES && e->nkids == 2 ? e->kid[1] : NULL;
}

const hg_expr *hg_without_condition(const hg_expr *e)
{
	const hg_expr *c = around(e);
	bool letters = c && c->op == HG_OP_COMPARE && hg_is_index_letter(c->kid[0]) && c->kid[1]->op == HG_OP_NAME;
	return letters ? e->kid[0] : e;
}

/* The words between an equation and the condition behind it are few, and of one sentence. */
static bool follows(const hg_doc_model *model, const hg_statement *s, const hg_condition *c)
{
	size_t end = s->span.at + s->span.n;
	if (c->from < end || c->from - end > 40)
		return false;
	hg_str between = hg_source_text(model->said->doc->source, (hg_span){end, c->from - end});
	static const char *const words[] = {HG_WORDS_CONDITION};
	bool word = false;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		word = word || hg_str_find(between, hg_str_of(words[i])) != (size_t)-1;
	return word && hg_str_find(between, HG_STR(".")) == (size_t)-1 && hg_str_find(between, HG_STR(":")) == (size_t)-1;
}

static bool heading_between(const hg_doc *doc, size_t from, size_t to)
{
	for (size_t i = 0; i < doc->nstretches; i++)
		if (doc->stretch[i].kind == HG_STRETCH_HEADING && doc->stretch[i].span.at > from && doc->stretch[i].span.at < to)
			return true;
	return false;
}

void hg_line_conditions(const hg_doc_model *model, size_t statement, const hg_expr *left, const hg_expr *right, hg_line *line)
{
	search s = {(hg_doc_model *)model, line};
	if (statement >= model->said->n)
		return;
	const hg_statement *at = &model->said->at[statement];
	const hg_condition *nearest = NULL;
	hg_expr_visit(left, see_index, &s);
	const hg_expr *whole[] = {left, right};
	for (size_t i = 0; i < 2; i++)
		if (around(whole[i]) && around(whole[i])->op == HG_OP_COMPARE)
			take_tree(&s, around(whole[i]));
	for (size_t i = 0; i < model->nconditions; i++) {
		const hg_condition *c = &model->condition[i];
		bool same = c->stretch == at->stretch;
		if (c->beside ? c->statement == statement : same || follows(model, at, c))
			take(line, true, c);
		else if (!c->beside && c->from < at->span.at)
			nearest = !nearest || c->from >= nearest->from ? c : nearest;
	}
	if (nearest && !heading_between(model->said->doc, nearest->from, at->span.at))
		take(line, false, nearest);
}

void hg_line_inherit(hg_line *edited, const hg_line *line)
{
	edited->differentials = line->differentials;
	edited->nown = line->nown;
	edited->nbefore = line->nbefore;
	memcpy(edited->own, line->own, sizeof line->own);
	memcpy(edited->before, line->before, sizeof line->before);
}

/* ---- what they admit ------------------------------------------------------------------------------------------------ */

static bool value_of(const hg_doc_model *model, size_t correct, const hg_local *local, const hg_expr *e, size_t *value)
{
	for (const hg_local *l = local; l && !e->nindex; l = l->outer)
		if (l->node < 0 && l->axis != HG_AXIS_LAYER && hg_str_equal(l->name, e->name)) {
			*value = l->index;
			return true;
		}
	*value = correct;
	return hg_is_correct_class(model, e);
}

static bool holds(const hg_condition *c, const hg_doc_model *model, size_t correct, const hg_local *local)
{
	size_t a, b;
	if (!value_of(model, correct, local, c->a, &a) || !value_of(model, correct, local, c->b, &b))
		return true; /* about letters that are not in this line */
	return (a == b) == c->equal;
}

bool hg_condition_admits(const hg_line *line, hg_indices which, const hg_doc_model *model, size_t correct, const hg_local *local)
{
	bool pairs = which == HG_INDICES_EQUAL || which == HG_INDICES_UNEQUAL;
	for (size_t i = 0; which == HG_INDICES_OWN && i < line->nown; i++)
		if (!holds(line->own[i], model, correct, local))
			return false;
	for (size_t i = 0; which == HG_INDICES_BEFORE && i < line->nbefore; i++)
		if (!holds(line->before[i], model, correct, local))
			return false;
	for (size_t i = 0; pairs && i < line->nletters; i++) {
		if (model->counting.correct && !holds(&(hg_condition){.a = line->letter[i], .b = model->counting.correct, .equal = which == HG_INDICES_EQUAL}, model, correct, local))
			return false;
		for (size_t k = 0; k < i; k++)
			if (!holds(&(hg_condition){.a = line->letter[i], .b = line->letter[k], .equal = which == HG_INDICES_EQUAL}, model, correct, local))
				return false;
	}
	return true;
}
