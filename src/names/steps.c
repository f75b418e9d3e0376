#include "names/steps.h"

#include <string.h>

/* The number a name carries above it in brackets of that style; -1: none. */
static double step_of(const hg_expr *e, hg_index_style style)
{
	for (size_t i = 0; e->op == HG_OP_NAME && i < e->nindex; i++)
		if (e->index[i].sup && e->index[i].style == style && e->index[i].e->op == HG_OP_NUM)
			return e->index[i].e->number;
	return -1;
}

static bool is_numbered(const hg_expr *e)
{
	for (size_t i = 0; i < e->nindex; i++)
		if (e->index[i].e->op == HG_OP_NUM)
			return true;
	return false;
}

typedef struct stepping {
	hg_index_style style;
	double step;  /* of the left side */
	bool moves;   /* something on the right is of another step */
	bool shared;  /* ... and multiplied with a name that carries none */
	bool layered; /* two factors carry a mark: each layer has its own weight */
} stepping;

static const hg_expr *bare(const hg_expr *e) { return e->op == HG_OP_TRANSPOSE || e->op == HG_OP_NEG ? bare(e->kid[0]) : e; }

static void look(stepping *s, const hg_expr *e)
{
	double step = step_of(e, s->style);
	s->moves = s->moves || (step >= 0 && step != s->step);
	for (size_t i = 0; i + 1 < e->nkids && e->op == HG_OP_PRODUCT; i++) {
		const hg_expr *a = bare(e->kid[i]), *b = bare(e->kid[i + 1]);
		bool names = a->op == HG_OP_NAME && b->op == HG_OP_NAME, entries = e->glue[i] == HG_GLUE_ODOT || e->glue[i] == HG_GLUE_CIRC;
		if (!names || entries)
			continue;
		double first = step_of(a, s->style), second = step_of(b, s->style);
		s->layered = s->layered || (is_numbered(a) && is_numbered(b));
		s->shared = s->shared || ((first < 0) != (second < 0) && (first >= 0 ? first : second) != s->step);
	}
	for (size_t i = 0; i < e->nkids; i++)
		look(s, e->kid[i]);
}

static bool counts_steps(const hg_statements *said, hg_index_style style)
{
	bool found = false;
	for (size_t i = 0; i < said->n; i++) {
		const hg_expr *left = said->at[i].nsides > 1 ? said->at[i].side[0].e : NULL, *right = left ? said->at[i].side[1].e : NULL;
		stepping s = {.style = style, .step = left ? step_of(left, style) : -1};
		if (!right || s.step < 0 || (said->at[i].side[1].rel != HG_REL_EQ && said->at[i].side[1].rel != HG_REL_DEFINED))
			continue;
		look(&s, right);
		if (s.layered)
			return false;
		found = found || (s.moves && s.shared);
	}
	return found;
}

static void put_below(hg_expr *e, hg_index_style style)
{
	for (size_t i = 0; i < e->nindex; i++) {
		hg_index *x = &e->index[i];
		if (e->op == HG_OP_NAME && x->sup && x->style == style && x->e->op == HG_OP_NUM) {
			x->sup = false;
			x->style = HG_INDEX_BARE;
		}
		put_below(x->e, style);
	}
	for (size_t i = 0; i < e->nkids; i++)
		put_below(e->kid[i], style);
}

const hg_statements *hg_steps_below(const hg_statements *said, hg_arena *arena)
{
	static const hg_index_style styles[] = {HG_INDEX_PAREN, HG_INDEX_BRACKET};
	for (size_t k = 0; said && k < sizeof styles / sizeof *styles; k++) {
		hg_statements *copy = counts_steps(said, styles[k]) ? hg_statements_copy(said, arena) : NULL;
		for (size_t i = 0; copy && i < copy->n; i++)
			for (size_t n = 0; n < copy->at[i].nsides; n++)
				if (copy->at[i].side[n].e)
					put_below(copy->at[i].side[n].e, styles[k]);
		said = copy ? copy : said;
	}
	return said;
}
