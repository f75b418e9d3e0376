/* Sizes that code takes from arrays: d = Q.shape[1]; N, D = X.shape. Such a letter is a number: how far a sum over that axis goes. */
#include "model/building.h"
#include "model/said/sums.h"

#include <string.h>

static bool is_name_byte(char c) { return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/* The name that ends before `end`; *at: where it begins. */
static hg_str name_before(hg_str text, size_t end, size_t *at)
{
	while (end && (text.p[end - 1] == ' ' || text.p[end - 1] == '\t'))
		end--;
	*at = end;
	while (*at && is_name_byte(text.p[*at - 1]))
		--*at;
	return hg_str_part(text, *at, end - *at);
}

typedef struct spelled {
	hg_str name;
	const hg_expr *found;
} spelled;

static bool see_spelled(void *self, const hg_expr *e)
{
	spelled *s = self;
	if (!s->found && e->op == HG_OP_NAME && !e->nindex && hg_str_equal(hg_expr_spelling(e), s->name))
		s->found = e;
	return !s->found;
}

/* The name as the statements have it, which may be under another letter. */
static const hg_expr *read_name(const hg_doc_model *model, hg_str name)
{
	spelled s = {.name = name};
	for (size_t i = 0; i < model->said->n && !s.found; i++)
		for (size_t k = 0; k < model->said->at[i].nsides; k++)
			hg_expr_visit(model->said->at[i].side[k].e, see_spelled, &s);
	return s.found;
}

/* \sum_{u=1}^{size} array_{tu}, or over t. */
static void add_size(hg_doc_model *model, hg_str size, hg_str array, size_t axis)
{
	const hg_expr *of = read_name(model, array), *letter = read_name(model, size);
	size_t most = sizeof model->counting.sized / sizeof *model->counting.sized;
	if (!of || !letter || (hg_is_count_name(letter->name) && !model->layout.plain) || hg_model_sized(model, letter) || model->counting.nsizes == most)
		return;
	hg_expr *sum = hg_expr_new(model->arena, HG_OP_SUM, letter->span, 4), *body = hg_expr_new(model->arena, HG_OP_NAME, letter->span, 0);
	hg_expr *index[2] = {hg_invent_name(model, HG_L_ROW, -1), hg_invent_name(model, HG_L_COLUMN, -1)};
	hg_index *indices = HG_NEWS(model->arena, 2, hg_index);
	hg_expr *one = hg_invent_number(model, 1);
	if (!sum || !body || !index[0] || !index[1] || !indices || !one)
		return;
	body->name = of->name;
	body->index = indices;
	body->nindex = 2;
	for (size_t k = 0; k < 2; k++)
		indices[k] = (hg_index){HG_INDEX_BARE, false, index[k]};
	sum->kid[0] = body;
	sum->kid[1] = index[axis];
	sum->kid[2] = one;
	sum->kid[3] = (hg_expr *)letter;
	model->counting.sized[model->counting.nsizes++] = sum;
}

void hg_model_code_sizes(hg_doc_model *model)
{
	static const char mark[] = ".shape";
	hg_str text = model->said->doc->source->text;
	for (size_t at = 0; at < text.n;) {
		size_t found = hg_str_find(hg_str_part(text, at, text.n), HG_STR(".shape")), from;
		if (found == (size_t)-1)
			return;
		at += found;
		hg_str array = name_before(text, at, &from), behind = hg_str_part(text, at + strlen(mark), 3);
		at += strlen(mark);
		while (from && (text.p[from - 1] == ' ' || text.p[from - 1] == '\t'))
			from--;
		if (!array.n || !from || text.p[from - 1] != '=')
			continue;
		hg_str last = name_before(text, from - 1, &from);
		while (from && text.p[from - 1] == ' ')
			from--;
		bool two = from && text.p[from - 1] == ',', indexed = hg_str_starts(behind, "[0]") || hg_str_starts(behind, "[1]");
		if (indexed && !two)
			add_size(model, last, array, (size_t)(behind.p[1] - '0'));
		else if (two && !(behind.n && behind.p[0] == '[')) {
			add_size(model, last, array, 1);
			add_size(model, name_before(text, from - 1, &from), array, 0);
		}
	}
}
