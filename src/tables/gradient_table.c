/* Tables of gradients: what is differentiated in the first column, its derivative in the last, and no sign of equality
 * between them. Each row is a claim. */
#include "tables/forward.h"

#include "names/names.h"

#include <string.h>

typedef struct row {
	const hg_stretch *left, *right;
	size_t stretch; /* of the right one */
} row;

static hg_str words_of(const hg_doc *doc, const hg_stretch *s) { return hg_str_trim(hg_doc_text(doc, s->span)); }

static bool speaks_of_gradients(hg_str words)
{
	static const char *const list[] = {HG_WORDS_GRADIENT};
	if (hg_str_find(words, HG_STR(HG_W_SHAPE)) != (size_t)-1 || hg_str_find(words, HG_STR(HG_W_DIMENSION)) != (size_t)-1)
		return false;
	for (size_t i = 0; i < sizeof list / sizeof *list; i++)
		if (words.n >= strlen(list[i]) && hg_str_equal_nocase(hg_str_part(words, 0, strlen(list[i])), hg_str_of(list[i])))
			return true;
	return false;
}

static size_t row_end(const hg_doc *doc, size_t from)
{
	size_t to = from;
	while (to < doc->nstretches && doc->stretch[to].table_cell && doc->stretch[to].row == doc->stretch[from].row)
		to++;
	return to;
}

/* A header is all words; one of them may say that gradients stand below. */
static bool is_header(const hg_doc *doc, size_t from, size_t to, bool *gradients)
{
	for (size_t i = from; i < to; i++)
		if (doc->stretch[i].kind != HG_STRETCH_PROSE)
			return false;
	*gradients = false;
	for (size_t i = from; i < to; i++)
		*gradients = *gradients || speaks_of_gradients(words_of(doc, &doc->stretch[i]));
	return true;
}

/* Two cells of mathematics, perhaps behind a name in words, and nothing else. */
static bool find_row(const hg_doc *doc, size_t from, size_t to, row *r)
{
	if (to - from == 3 && doc->stretch[from].kind == HG_STRETCH_PROSE)
		from++;
	if (to - from != 2 || doc->stretch[from].kind != HG_STRETCH_INLINE || doc->stretch[from + 1].kind != HG_STRETCH_INLINE ||
	    doc->stretch[from].column == doc->stretch[from + 1].column)
		return false;
	*r = (row){&doc->stretch[from], &doc->stretch[from + 1], from + 1};
	return true;
}

static void move(hg_expr *e, size_t by)
{
	e->span.at += by;
	for (size_t i = 0; i < e->nindex; i++)
		move(e->index[i].e, by);
	for (size_t i = 0; i < e->nkids; i++)
		if (e->kid[i])
			move(e->kid[i], by);
}

static hg_status tree_of(const hg_doc *doc, const hg_stretch *s, hg_arena *arena, hg_expr **e)
{
	const char *trouble;
	hg_str text = words_of(doc, s);
	*e = NULL;
	if (memchr(text.p, '=', text.n)) /* an equation of its own */
		return HG_OK;
	HG_TRY(hg_parse_expression(text, false, arena, e, &trouble));
	if (*e)
		move(*e, (size_t)(text.p - doc->text.p));
	return HG_OK;
}

typedef struct letter_search {
	const hg_expr *letter;
	bool several;
} letter_search;

static bool see_letter(void *self, const hg_expr *e)
{
	letter_search *s = self;
	if (e->op == HG_OP_CALL) {
		for (size_t i = 1; i < e->nkids; i++)
			hg_expr_visit(e->kid[i], see_letter, self);
		return false;
	}
	if (e->op != HG_OP_NAME || hg_str_is(e->name, HG_L_EULER))
		return true;
	s->several = s->several || e->nindex || (s->letter && !hg_expr_equal(s->letter, e));
	s->letter = e;
	return true;
}

/* d/dx of a function of one letter: sigma(x), max(0, x). */
static hg_expr *by_its_letter(hg_expr *e, hg_arena *arena)
{
	letter_search s = {0};
	hg_expr_visit(e, see_letter, &s);
	hg_expr *d = s.letter && !s.several ? hg_expr_new(arena, HG_OP_DERIV, e->span, 2) : NULL;
	if (!d)
		return NULL;
	d->word = HG_STR(HG_L_DIFFERENTIAL);
	d->kid[0] = e;
	d->kid[1] = (hg_expr *)s.letter;
	return d;
}

/* dL/dW of W; a derivative and the name of a gradient stay what they are. */
static hg_expr *left_side(hg_expr *e, hg_str loss, const hg_habits *habits, hg_arena *arena)
{
	hg_ref ref;
	if (e->op == HG_OP_DERIV)
		return e;
	if (e->op != HG_OP_NAME)
		return by_its_letter(e, arena);
	if (!hg_ref_of(e, habits, arena, &ref))
		return NULL;
	if (ref.gradient || ref.delta)
		return e;
	hg_expr *d = loss.n ? hg_expr_new(arena, HG_OP_DERIV, e->span, 2) : NULL, *name = hg_expr_new(arena, HG_OP_NAME, e->span, 0);
	if (!d || !name)
		return NULL;
	name->name = loss;
	d->word = HG_STR(HG_L_PARTIAL);
	d->kid[0] = name;
	d->kid[1] = e;
	return d;
}

static hg_status add(hg_statements *said, const hg_doc *doc, const row *r, hg_expr *left, hg_expr *right, hg_arena *arena)
{
	hg_statement *at = HG_NEWS(arena, said->n + 2, hg_statement);
	hg_side *side = HG_NEWS(arena, 2, hg_side);
	size_t k = 0, section = 0, id = said->n + 1;
	if (!at || !side)
		return HG_ENOMEM;
	for (size_t i = 0; i < r->stretch; i++)
		section += doc->stretch[i].kind == HG_STRETCH_HEADING;
	side[0] = (hg_side){.rel = HG_REL_NONE, .e = left, .span = r->left->span};
	side[1] = (hg_side){.rel = HG_REL_EQ, .e = right, .span = r->right->span};
	hg_span span = {r->left->span.at, r->right->span.at + r->right->span.n - r->left->span.at};
	while (k < said->n && said->at[k].stretch <= r->stretch)
		k++;
	for (size_t i = 0; i < said->n; i++) {
		at[i + (i >= k)] = said->at[i];
		id = said->at[i].id >= id ? said->at[i].id + 1 : id;
	}
	at[k] = (hg_statement){.id = id, .stretch = r->stretch, .section = section, .span = span, .nsides = 2, .side = side};
	said->at = at;
	said->n++;
	return HG_OK;
}

typedef struct loss_search {
	const hg_habits *habits;
	hg_arena *arena;
	hg_str loss;
} loss_search;

static bool see_loss(void *self, const hg_expr *e)
{
	loss_search *s = self;
	hg_ref ref;
	const hg_expr *name = e->op == HG_OP_CALL ? e->kid[0] : e;
	if (!s->loss.n && name->op == HG_OP_NAME && hg_ref_of(name, s->habits, s->arena, &ref) && hg_is_loss_name(ref.base) && !ref.layer)
		s->loss = name->name;
	return !s->loss.n;
}

/* The loss the document speaks of: what it defines, else what it differentiates. */
static hg_str loss_of(const hg_statements *said, const hg_habits *habits, hg_arena *arena)
{
	loss_search s = {.habits = habits, .arena = arena};
	for (int pass = 0; pass < 2 && !s.loss.n; pass++)
		for (size_t i = 0; i < said->n && !s.loss.n; i++) {
			const hg_expr *left = said->at[i].nsides ? said->at[i].side[0].e : NULL;
			if (left && (left->op == HG_OP_DERIV) == (pass == 1))
				hg_expr_visit(pass ? left->kid[0] : left, see_loss, &s);
		}
	return s.loss;
}

hg_status hg_gradient_tables_read(hg_arena *arena, hg_pen *pen)
{
	enum { MOST_ROWS = 64 };
	const hg_doc *doc = pen->meant->doc;
	hg_statements *said = NULL;
	hg_habits habits;
	hg_str loss = {0};
	bool below = false; /* a header that speaks of gradients */
	size_t rows = 0;
	for (size_t i = 0, to; i < doc->nstretches && rows < MOST_ROWS; i = to > i ? to : i + 1) {
		row r;
		hg_expr *left, *right;
		to = doc->stretch[i].table_cell ? row_end(doc, i) : i + 1;
		if (!doc->stretch[i].table_cell)
			below = false;
		bool header = doc->stretch[i].table_cell && is_header(doc, i, to, &below);
		if (!below || header || !doc->stretch[i].table_cell || !find_row(doc, i, to, &r))
			continue;
		HG_TRY(tree_of(doc, r.left, arena, &left));
		HG_TRY(tree_of(doc, r.right, arena, &right));
		if (!left || !right)
			continue;
		if (!said) {
			said = HG_NEW(arena, hg_statements);
			if (!said)
				return HG_ENOMEM;
			*said = *pen->meant;
			hg_habits_of(said, &habits);
			loss = loss_of(said, &habits, arena);
		}
		hg_expr *claim = left_side(left, loss, &habits, arena);
		if (claim)
			HG_TRY(add(said, doc, &r, claim, right, arena));
		rows++;
	}
	if (said)
		pen->meant = said;
	return hg_arena_failed(arena) ? HG_ENOMEM : HG_OK;
}
