#include "world/chain.h"

#include "eval/recall.h"

#include <string.h>

enum { MAX_LINKS = 16 };

typedef struct chain_link {
	hg_node above;
	hg_cut below;
	gsl_matrix *slope;
	bool used;
} chain_link;

static size_t factors(const hg_eval *ev, const hg_expr *e, const hg_expr *list[MAX_LINKS], size_t n)
{
	e = hg_eval_bare(ev, e);
	if (e->op != HG_OP_PRODUCT) {
		if (n < MAX_LINKS)
			list[n] = e;
		return n + 1;
	}
	for (size_t i = 0; i < e->nkids; i++)
		n = factors(ev, e->kid[i], list, n);
	return n;
}

static gsl_matrix *product(hg_eval *ev, const gsl_matrix *a, const gsl_matrix *b)
{
	gsl_matrix *c = HG_NEW(ev->arena, gsl_matrix);
	double *data = HG_NEWS(ev->arena, a->size1 * b->size2, double);
	if (!c || !data || a->size2 != b->size1)
		return NULL;
	*c = (gsl_matrix){.size1 = a->size1, .size2 = b->size2, .tda = b->size2, .data = data};
	for (size_t i = 0; i < a->size1; i++)
		for (size_t k = 0; k < a->size2; k++)
			for (size_t j = 0; j < b->size2; j++)
				data[i * b->size2 + j] += gsl_matrix_get(a, i, k) * gsl_matrix_get(b, k, j);
	return c;
}

static bool look_for_link(hg_eval *ev, const hg_expr *e, chain_link *l)
{
	hg_shape shape;
	const hg_var *v;
	if (e->op != HG_OP_DERIV || e->nkids < 2 || !hg_scene_cut(ev, e->kid[1], &l->below, &shape, &v) ||
	    !hg_scene_target(ev, e->kid[0], e->kid[1], v, &l->above))
		return false;
	l->above = hg_scene_loss_of(ev, l->above, &l->below);
	l->slope = hg_world_slope(((hg_scene *)ev->self)->world, l->above, l->below, ev->arena);
	return l->slope != NULL;
}

static bool link_of(hg_eval *ev, const hg_expr *e, chain_link *l)
{
	hg_recalling now;
	const hg_recalled *known = hg_recall_find(ev, e, HG_RECALL_LINK, &now);
	if (!known) {
		look_for_link(ev, e, l);
		hg_recall_note(ev, &now, HG_NODE_NONE, l, sizeof *l);
	} else {
		*l = *(const chain_link *)known->what;
	}
	return l->slope != NULL;
}

/* The node that has the value of these entries. */
static hg_node value_of(hg_eval *ev, const hg_cut *c)
{
	hg_shape s = hg_tape_shape(ev->tape, c->node);
	hg_shape part = {c->rows, c->cols, c->rows == s.rows ? s.raxis : 0, c->cols == s.cols ? s.caxis : 0};
	return hg_tape_part(ev->tape, c->node, c->row, c->col, part);
}

bool hg_chain_compose(hg_eval *ev, const hg_expr *left, const hg_expr *right, const gsl_matrix *like, double **composed)
{
	const hg_expr *list[MAX_LINKS];
	chain_link links[MAX_LINKS] = {0}, whole = {0};
	size_t n = factors(ev, right, list, 0);
	left = hg_eval_bare(ev, left);
	if (!like || n < 2 || n > MAX_LINKS || left->op != HG_OP_DERIV || !link_of(ev, left, &whole))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!link_of(ev, list[i], &links[i]))
			return false;
	gsl_matrix *sofar = NULL;
	hg_node at = whole.above;
	for (size_t k = 0; k < n; k++) { /* next is the link whose top is where we are */
		size_t i = 0;
		while (i < n && (links[i].used || links[i].above != at))
			i++;
		if (i == n)
			return false;
		links[i].used = true;
		sofar = sofar ? product(ev, sofar, links[i].slope) : links[i].slope;
		if (!sofar)
			return false;
		at = value_of(ev, &links[i].below);
	}
	*composed = sofar->data;
	return at == value_of(ev, &whole.below) && sofar->size1 == like->size1 && sofar->size2 == like->size2;
}
