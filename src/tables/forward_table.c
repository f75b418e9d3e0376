/* Tables of layers: a header that speaks of outputs, then a row for each layer. */
#include "tables/forward.h"

#include <string.h>

typedef struct columns {
	size_t in, out, last; /* (size_t)-1: not there */
} columns;

static hg_str cell_words(const hg_doc *doc, const hg_stretch *s) { return hg_str_trim(hg_doc_text(doc, s->span)); }

static bool begins_with(hg_str words, const char *const *list)
{
	for (; *list; list++)
		if (words.n >= strlen(*list) && hg_str_equal_nocase(hg_str_part(words, 0, strlen(*list)), hg_str_of(*list)))
			return true;
	return false;
}

/* A row of words: "Layer | Input | Output". */
static bool is_header(const hg_doc *doc, size_t from, size_t to, columns *c)
{
	static const char *const outputs[] = {HG_WORDS_OUTPUTS, NULL};
	static const char *const inputs[] = {HG_WORDS_INPUTS, NULL};
	*c = (columns){(size_t)-1, (size_t)-1, 0};
	for (size_t i = from; i < to; i++) {
		hg_str words = cell_words(doc, &doc->stretch[i]);
		size_t column = doc->stretch[i].column;
		if (begins_with(words, outputs))
			c->out = column;
		else if (begins_with(words, inputs))
			c->in = column;
		c->last = column;
	}
	return c->out != (size_t)-1 && c->out > 0;
}

static bool looks_mathematical(hg_str words)
{
	for (size_t i = 0; i < words.n; i++)
		if (strchr("()+*^=_0123456789", words.p[i]))
			return true;
	return words.n > 0 && words.n <= 2;
}

/* Of "(a), y" what stands before the comma: the loss is given two things. */
static hg_str first_of_list(hg_str text)
{
	int depth = 0;
	for (size_t i = 0; i < text.n; i++) {
		depth += text.p[i] == '(' || text.p[i] == '{';
		depth -= text.p[i] == ')' || text.p[i] == '}';
		if (text.p[i] == ',' && depth <= 0)
			return hg_str_part(text, 0, i);
	}
	return text;
}

static hg_status cell_tree(const hg_doc *doc, const hg_stretch *s, hg_arena *arena, const hg_expr **e)
{
	bool prose = s->kind == HG_STRETCH_PROSE;
	hg_str text = cell_words(doc, s);
	const char *trouble;
	hg_expr *read = NULL;
	*e = NULL;
	if (s->struck || (prose && !looks_mathematical(text)))
		return HG_OK;
	HG_TRY(hg_parse_expression(text, prose || s->kind == HG_STRETCH_PLAIN, arena, &read, &trouble));
	if (!read)
		HG_TRY(hg_parse_expression(first_of_list(text), prose || s->kind == HG_STRETCH_PLAIN, arena, &read, &trouble));
	*e = read;
	return HG_OK;
}

/* a = b: b, and what it is called. */
static const hg_expr *value_of(const hg_expr *e, const hg_expr **called)
{
	*called = NULL;
	if (!e || e->op != HG_OP_COMPARE || e->nkids != 2 || !hg_str_is(e->word, "="))
		return e;
	*called = e->kid[0]->op == HG_OP_NAME ? e->kid[0] : NULL;
	return e->kid[1];
}

static hg_status read_row(const hg_doc *doc, size_t from, size_t to, const columns *c, hg_arena *arena, hg_layer_said *layer)
{
	*layer = (hg_layer_said){.stretch = from};
	for (size_t i = from; i < to; i++) {
		const hg_stretch *s = &doc->stretch[i];
		const hg_expr *e;
		if (s->column == 0 && !layer->word.n)
			layer->word = cell_words(doc, s);
		if (s->column != c->in && s->column != c->out)
			continue;
		bool again = s->column == c->in ? layer->in != NULL : layer->out != NULL; /* words and formulas in one cell */
		HG_TRY(cell_tree(doc, s, arena, &e));
		if (again || !e)
			continue;
		if (s->column == c->in)
			layer->in = value_of(e, &layer->alias);
		else
			layer->out = value_of(e, &layer->called);
		layer->stretch = i;
	}
	layer->kind = hg_layer_kind_of(layer->word);
	return HG_OK;
}

static size_t row_end(const hg_doc *doc, size_t from)
{
	size_t to = from;
	while (to < doc->nstretches && doc->stretch[to].table_cell && doc->stretch[to].row == doc->stretch[from].row)
		to++;
	return to;
}

/* An empty line ends a table, though another may follow at once. */
static bool parted(const hg_doc *doc, size_t before, size_t after)
{
	size_t past = doc->stretch[before].outer.at + doc->stretch[before].outer.n, lines = 0;
	for (size_t i = past; i < doc->stretch[after].outer.at && lines < 2; i++) {
		if (doc->source->text.p[i] == '\n')
			lines++;
		else if (!strchr(" \t\r", doc->source->text.p[i]))
			lines = 0;
	}
	return lines >= 2;
}

hg_status hg_forward_table(const hg_doc *doc, size_t *stretch, hg_arena *arena, hg_forward_said *said)
{
	columns c;
	size_t i = *stretch;
	*said = (hg_forward_said){0};
	for (; i < doc->nstretches; i++)
		if (doc->stretch[i].table_cell && is_header(doc, i, row_end(doc, i), &c))
			break;
	if (i < doc->nstretches)
		i = row_end(doc, i);
	while (i < doc->nstretches && doc->stretch[i].table_cell && said->n < HG_MAX_LAYERS_SAID) {
		size_t to = row_end(doc, i);
		columns other;
		if (is_header(doc, i, to, &other) || (said->n && parted(doc, i - 1, i)))
			break;
		HG_TRY(read_row(doc, i, to, &c, arena, &said->layer[said->n]));
		said->n++;
		i = to;
	}
	*stretch = i;
	size_t outputs = 0;
	for (size_t k = 0; k < said->n; k++)
		outputs += said->layer[k].out != NULL;
	if (outputs < 2 || outputs + 1 < said->n)
		said->n = 0;
	return hg_arena_failed(arena) ? HG_ENOMEM : HG_OK;
}
