#include "lang/strokes.h"

#include <string.h>

enum { MOST_STROKES = 8 };

typedef struct stroke {
	hg_str of, as, spelled; /* h; what the tree is to call it; h' */
	bool counts, defined, differentiated, applied;
} stroke;

typedef struct taker {
	hg_arena *arena;
	size_t n;
	stroke at[MOST_STROKES];
	bool letter[26]; /* the small letters that stand in the document */
	bool failed;
} taker;

static const hg_expr *primed(const hg_expr *e)
{
	const hg_expr *name = e && e->op == HG_OP_PRIME ? e->kid[0] : NULL;
	return name && name->op == HG_OP_NAME && !name->nindex && !name->accent && !name->bracketed ? name : NULL;
}

static stroke *stroke_of(taker *t, const hg_expr *e)
{
	const hg_expr *name = primed(e);
	for (size_t i = 0; name && i < t->n; i++)
		if (hg_str_equal(t->at[i].of, name->name))
			return &t->at[i];
	if (!name || t->n == MOST_STROKES)
		return NULL;
	t->at[t->n] = (stroke){.of = name->name};
	return &t->at[t->n++];
}

static void note_counting(taker *t, const hg_expr *e)
{
	stroke *s = e ? stroke_of(t, e) : NULL;
	if (s)
		s->counts = true;
}

/* x \in S, i = 1: the letter that is bound. */
static const hg_expr *bound(const hg_expr *e)
{
	const hg_expr *c = (e->op == HG_OP_SUM || e->op == HG_OP_PROD) && e->nkids > 1 ? e->kid[1] : NULL;
	return c && c->op == HG_OP_COMPARE ? c->kid[0] : c;
}

static bool see(void *self, const hg_expr *e)
{
	taker *t = self;
	const bool letter = e->op == HG_OP_NAME && e->name.n == 1 && e->name.p[0] >= 'a' && e->name.p[0] <= 'z';
	if (letter)
		t->letter[e->name.p[0] - 'a'] = true;
	for (size_t i = 0; i < e->nindex; i++)
		note_counting(t, e->index[i].e);
	note_counting(t, bound(e));
	for (size_t k = 0; e->op == HG_OP_DERIV && k < e->nkids; k++) {
		stroke *s = stroke_of(t, e->kid[k]);
		if (s)
			s->differentiated = true;
	}
	const hg_expr *f = e->op == HG_OP_CALL ? e->kid[0] : NULL;
	for (size_t i = 0; f && i < t->n; i++) /* h(x), h'(x): a function, and its slope */
		t->at[i].applied = t->at[i].applied || hg_str_equal(t->at[i].of, primed(f) ? primed(f)->name : f->name);
	return true;
}

static void see_all(taker *t, const hg_statements *said)
{
	for (size_t i = 0; i < said->n; i++) {
		const hg_statement *one = &said->at[i];
		for (size_t k = 0; k < one->nsides; k++)
			if (one->side[k].e)
				hg_expr_visit(one->side[k].e, see, t);
		const bool equation = one->nsides > 1 && one->side[1].e && (one->side[1].rel == HG_REL_EQ || one->side[1].rel == HG_REL_DEFINED);
		stroke *s = equation ? stroke_of(t, one->side[0].e) : NULL;
		if (s)
			s->defined = true;
	}
}

/* An index is read by its letter: one that the document has for nothing else. */
static bool name_index(taker *t, stroke *s)
{
	for (const char *c = HG_LS_SIDE_BY_SIDE; *c; c++) {
		if (t->letter[*c - 'a'])
			continue;
		t->letter[*c - 'a'] = true;
		s->as = (hg_str){c, 1};
		return true;
	}
	return false;
}

static void name_all(taker *t)
{
	for (size_t i = 0; i < t->n; i++) {
		stroke *s = &t->at[i];
		const char *text = hg_arena_print(t->arena, "%.*s'", HG_STR_ARG(s->of));
		t->failed = t->failed || !text;
		if (!text)
			return;
		s->spelled = hg_str_of(text);
		if (s->applied || (s->counts && (s->defined || !name_index(t, s))))
			continue;
		if (!s->counts && s->defined && s->differentiated)
			s->as = s->spelled;
	}
}

static void take(taker *t, hg_expr *e)
{
	for (size_t i = 0; i < e->nindex; i++)
		take(t, (hg_expr *)e->index[i].e);
	for (size_t k = 0; k < e->nkids; k++)
		take(t, e->kid[k]);
	const stroke *s = primed(e) ? stroke_of(t, e) : NULL;
	if (!s || !s->as.n)
		return;
	const hg_expr kept = *e;
	*e = *e->kid[0];
	e->span = kept.span;
	e->bracketed = kept.bracketed;
	e->nindex = kept.nindex;
	e->index = kept.index;
	e->name = s->as;
	e->spelled = s->spelled;
}

bool hg_strokes_take(hg_statements *said, hg_arena *arena)
{
	taker t = {.arena = arena};
	see_all(&t, said); /* a letter is applied before its prime is seen, or after */
	see_all(&t, said);
	name_all(&t);
	for (size_t i = 0; i < said->n && t.n; i++)
		for (size_t k = 0; k < said->at[i].nsides; k++)
			if (said->at[i].side[k].e)
				take(&t, said->at[i].side[k].e);
	return !t.failed;
}
