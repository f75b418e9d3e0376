#include "lang/expr.h"

#include <string.h>

static const struct {
	const char *name;
	int least, most;
} ops[] = {
#define HG_OP_ROW(id, name, least, most, kids) {name, least, most},
#include "lang/ops.def"
#undef HG_OP_ROW
};

const char *hg_op_name(hg_op op) { return op < HG_NOPS ? ops[op].name : "?"; }

hg_expr *hg_expr_new(hg_arena *arena, hg_op op, hg_span span, size_t nkids)
{
	hg_expr *e = HG_NEW(arena, hg_expr);
	if (!e)
		return NULL;
	e->op = op;
	e->span = span;
	e->nkids = nkids;
	e->digits = -1;
	e->name = e->word = HG_STR("");
	if (nkids && !(e->kid = HG_NEWS(arena, nkids, hg_expr *)))
		return NULL;
	if (op == HG_OP_PRODUCT && nkids > 1 && !(e->glue = HG_NEWS(arena, nkids - 1, hg_glue)))
		return NULL;
	return e;
}

static bool copy_indices(hg_arena *arena, const hg_expr *e, hg_expr *copy)
{
	if (e->nindex == 0)
		return true;
	copy->index = HG_NEWS(arena, e->nindex, hg_index);
	for (size_t i = 0; copy->index && i < e->nindex; i++) {
		copy->index[i] = e->index[i];
		if (!(copy->index[i].e = hg_expr_copy(arena, e->index[i].e)))
			return false;
	}
	return copy->index != NULL;
}

hg_expr *hg_expr_copy(hg_arena *arena, const hg_expr *e)
{
	hg_expr *copy = hg_expr_new(arena, e->op, e->span, e->nkids);
	if (!copy)
		return NULL;
	hg_expr **kid = copy->kid;
	hg_glue *glue = copy->glue;
	*copy = *e;
	copy->kid = kid;
	copy->glue = glue;
	if (glue)
		memcpy(glue, e->glue, (e->nkids - 1) * sizeof *glue);
	for (size_t i = 0; i < e->nkids; i++)
		if (!(kid[i] = hg_expr_copy(arena, e->kid[i])))
			return NULL;
	return copy_indices(arena, e, copy) ? copy : NULL;
}

/* What is still to be visited: a stack of its own, for a tree may be as high as it likes until this has been asked. */
typedef struct waiting {
	const hg_expr *e;
	size_t level;
	struct waiting *below;
} waiting;

static waiting *push(hg_arena *scratch, waiting *top, const hg_expr *e, size_t level)
{
	waiting *v = e ? HG_NEW(scratch, waiting) : NULL;
	if (!v)
		return top;
	*v = (waiting){e, level, top};
	return v;
}

size_t hg_expr_height(const hg_expr *e, hg_arena *scratch)
{
	hg_mark before = hg_arena_mark(scratch);
	size_t height = 0;
	waiting *top = push(scratch, NULL, e, 1);
	while (top) {
		waiting v = *top;
		top = v.below;
		height = v.level > height ? v.level : height;
		for (size_t i = 0; i < v.e->nkids; i++)
			top = push(scratch, top, v.e->kid[i], v.level + 1);
		for (size_t i = 0; i < v.e->nindex; i++)
			top = push(scratch, top, v.e->index[i].e, v.level + 1);
	}
	if (hg_arena_failed(scratch))
		height = (size_t)-1; /* nobody looked at all of it */
	hg_arena_release(scratch, before);
	return height;
}

static bool same_word(const hg_expr *a, const hg_expr *b)
{
	bool counts = a->op == HG_OP_KWARG || a->op == HG_OP_COMPARE;
	return !counts || hg_str_equal(a->word, b->word);
}

enum { FONTS = HG_BOLD | HG_CALLIGRAPHIC | HG_BLACKBOARD }; /* hats and bars make another name, fonts do not */

bool hg_expr_equal(const hg_expr *a, const hg_expr *b)
{
	if (a->op != b->op || a->nkids != b->nkids || a->nindex != b->nindex || a->rows != b->rows || a->cols != b->cols ||
	    (a->accent & ~(unsigned)FONTS) != (b->accent & ~(unsigned)FONTS) || !hg_str_equal(a->name, b->name) ||
	    !same_word(a, b))
		return false;
	for (size_t i = 0; i < a->nindex; i++)
		if (a->index[i].style != b->index[i].style || a->index[i].sup != b->index[i].sup ||
		    !hg_expr_equal(a->index[i].e, b->index[i].e))
			return false;
	for (size_t i = 0; i < a->nkids; i++)
		if (!hg_expr_equal(a->kid[i], b->kid[i]))
			return false;
	return !a->glue || memcmp(a->glue, b->glue, (a->nkids - 1) * sizeof *a->glue) == 0;
}

static size_t mixed(size_t h, size_t x) { return (h ^ x) * (size_t)1099511628211u; } /* FNV-1a */

size_t hg_expr_hash(const hg_expr *e)
{
	size_t h = mixed((size_t)14695981039346656037u, (size_t)e->op);
	for (size_t i = 0; i < e->name.n; i++)
		h = mixed(h, (unsigned char)e->name.p[i]);
	for (size_t i = 0; i < e->nindex; i++)
		h = mixed(mixed(h, (size_t)e->index[i].style * 2 + e->index[i].sup), hg_expr_hash(e->index[i].e));
	for (size_t i = 0; i < e->nkids; i++)
		h = mixed(h, hg_expr_hash(e->kid[i]));
	return h;
}

void hg_expr_visit(const hg_expr *e, bool (*visit)(void *self, const hg_expr *e), void *self)
{
	if (!e || !visit(self, e))
		return;
	for (size_t i = 0; i < e->nindex; i++)
		hg_expr_visit(e->index[i].e, visit, self);
	for (size_t i = 0; i < e->nkids; i++)
		hg_expr_visit(e->kid[i], visit, self);
}

bool hg_expr_has(const hg_expr *e, hg_op op)
{
	if (!e)
		return false;
	if (e->op == op)
		return true;
	for (size_t i = 0; i < e->nkids; i++)
		if (hg_expr_has(e->kid[i], op))
			return true;
	return false;
}

bool hg_expr_numeric(const hg_expr *e)
{
	switch (e->op) {
	case HG_OP_NUM:
		return true;
	case HG_OP_NAME:
		return !e->nindex && hg_str_is(e->name, HG_L_EULER);
	case HG_OP_BRACE: /* the label only names it */
		return hg_expr_numeric(e->kid[0]);
	case HG_OP_CALL:
		for (size_t i = 1; i < e->nkids; i++)
			if (!hg_expr_numeric(e->kid[i]))
				return false;
		return e->nkids > 1;
	case HG_OP_DERIV:
	case HG_OP_DERIV_OP:
	case HG_OP_TEXT:
	case HG_OP_ELLIPSIS:
	case HG_OP_CASES:
	case HG_OP_SLICE:
		return false;
	default:
		for (size_t i = 0; i < e->nkids; i++)
			if (!hg_expr_numeric(e->kid[i]))
				return false;
		return e->nkids > 0;
	}
}
