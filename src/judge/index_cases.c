/* "If i = j: dp_i/dz_j = p_i (1 - p_j). If i != j: ...": a line for some values of its indices alone. */
#include "judge/building.h"
#include "judge/index_cases.h"

static bool is_letter(const hg_expr *e) { return e && e->op == HG_OP_NAME && !e->nindex && hg_is_index_letter(e); }

static bool says_unequal(const hg_statements *said, const hg_statement *s)
{
	static const char *const signs[] = {"\\ne", "!=", "\xe2\x89\xa0", "\\not=", NULL};
	hg_str text = hg_source_text(said->doc->source, s->span);
	for (size_t i = 0; signs[i]; i++)
		if (hg_str_find(text, hg_str_of(signs[i])) != (size_t)-1)
			return true;
	return false;
}

bool hg_index_case_of(const hg_statements *said, const hg_statement *s, hg_index_case *found)
{
	if (s->nsides != 2 || !is_letter(s->side[0].e) || !is_letter(s->side[1].e) || hg_str_equal(s->side[0].e->name, s->side[1].e->name))
		return false;
	hg_rel rel = s->side[1].rel;
	bool unequal = (rel == HG_REL_COMPARE || rel == HG_REL_OTHER) && says_unequal(said, s);
	if (rel != HG_REL_EQ && !unequal)
		return false;
	*found = (hg_index_case){.a = s->side[0].e->name, .b = s->side[1].e->name, .equal = !unequal};
	return true;
}

static bool has_letter(const hg_line *line, hg_str letter)
{
	for (size_t i = 0; i < line->nletters; i++)
		if (hg_str_equal(line->letter[i]->name, letter))
			return true;
	return false;
}

/* The condition that stands last before the line, a few lines up at most, or just behind it. */
bool hg_index_case_near(const hg_doc_model *model, const hg_line *line, hg_index_case *found)
{
	enum { UP = 6 };
	const hg_statements *said = model->said;
	if (model->at + 1 < said->n && hg_index_case_of(said, &said->at[model->at + 1], found) &&
	    said->at[model->at + 1].stretch == said->at[model->at].stretch && has_letter(line, found->a) && has_letter(line, found->b))
		return true;
	for (size_t k = 1; k <= UP && k <= model->at; k++)
		if (hg_index_case_of(said, &said->at[model->at - k], found))
			return has_letter(line, found->a) && has_letter(line, found->b);
	return false;
}
