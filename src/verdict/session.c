/* What one run puts down: findings, and what a name is said to be worth. */
#include "lang/print/print.h"
#include "model/said/kinds.h"
#include "verdict/bind_grounds.h"
#include "verdict/weigh.h"

#include <string.h>

const char *hg_session_text(hg_session *s, hg_span span)
{
	hg_str text = hg_source_text(s->said->doc->source, span);
	return hg_arena_copy(s->arena, text.p ? text.p : "", text.n);
}

hg_finding *hg_session_add(hg_session *s, size_t statement, size_t side, hg_kind kind, hg_finding_status status)
{
	hg_report *r = s->report;
	const hg_statement *st = &s->said->at[statement];
	if (r->nfindings == s->room) {
		size_t room = s->room ? 2 * s->room : 32;
		hg_finding *more = HG_NEWS(s->arena, room, hg_finding);
		if (!more)
			return NULL;
		if (r->nfindings)
			memcpy(more, r->finding, r->nfindings * sizeof *more);
		r->finding = more;
		s->room = room;
	}
	hg_finding *f = &r->finding[r->nfindings++];
	bool leads = st->nsides && st->side[0].rel != HG_REL_NONE;
	*f = (hg_finding){.kind = kind, .status = status, .whole = st->span};
	f->id = hg_arena_print(s->arena, "%zu.%zu", st->id, side + (leads || !side));
	f->span = side < st->nsides ? st->side[side].span : st->span;
	f->written = hg_session_text(s, f->span);
	f->tree = side < st->nsides ? st->side[side].e : NULL;
	f->rel = side < st->nsides ? st->side[side].rel : HG_REL_NONE;
	return f;
}

bool hg_session_asks(const hg_session *s, const hg_finding *f)
{
	const hg_finding *g = s->first ? hg_report_same(s->first, f) : NULL;
	return !s->first || (g && g->status == HG_S_CANNOT_TELL);
}

bool hg_session_repeats(const hg_session *s, size_t i)
{
	enum { NEAR = 100 }; /* lines looked back */
	const hg_claim *own = &s->judged[i].claim;
	for (size_t k = i; k-- > 0 && i - k <= NEAR;)
		if (hg_expr_equal(s->judged[k].claim.left, own->left) && hg_expr_equal(s->judged[k].claim.right, own->right))
			return true;
	return false;
}

static hg_status describe(hg_session *s, hg_finding *f, const hg_expr *left, const hg_expr *right)
{
	hg_buf line = {0};
	hg_print_plain(left, &line);
	f->of = hg_arena_copy(s->arena, line.p ? line.p : "", line.n);
	hg_buf_text(&line, " = ");
	hg_print_plain(right, &line);
	f->reads = hg_arena_copy(s->arena, line.p ? line.p : "", line.n);
	bool failed = line.failed;
	hg_buf_free(&line);
	return failed || !f->of || !f->reads ? HG_ENOMEM : HG_OK;
}

hg_status hg_session_add_side(hg_session *s, const hg_side_at *at, hg_kind kind, hg_finding_status status, hg_finding **f)
{
	*f = hg_session_add(s, at->statement, at->side, kind, status);
	if (*f && s->assignment && !s->rehearsing)
		(*f)->grounds.own_name = hg_is_own_name(s, at->left);
	return *f ? describe(s, *f, at->left, at->right) : HG_ENOMEM;
}

hg_status hg_session_said(hg_session *s, const hg_expr *left, const hg_expr *right, hg_said what)
{
	hg_doc_model *model = &s->now->model;
	hg_ref ref, none = {0};
	bool gradient = hg_is_gradient(model, left, &ref), name = gradient || hg_is_plain_name(model, left, &ref);
	if (!name && left->op != HG_OP_DERIV)
		return HG_OK;
	hg_value_given *g = HG_NEW(s->arena, hg_value_given);
	if (!g)
		return HG_ENOMEM;
	*g = (hg_value_given){.name = name ? ref : none, .left = left, .value = what == HG_SAID_WRONG ? NULL : right,
	                      .formula = what != HG_SAID_NUMBERS, .before = s->given};
	s->given = g;
	return HG_OK;
}
