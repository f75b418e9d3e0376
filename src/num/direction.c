/* The path test along random directions, a block at a time: for gradients of so many entries that each of them alone
 * would cost too much. What disagrees is halved until it is found. */
#include "base/status.h"
#include "num/constants.h"
#include "num/point.h"
#include "num/rule.h"
#include "num/screen.h"

#include <math.h>
#include <stdlib.h>

typedef struct search {
	const hg_function *f;
	const hg_gradient *g;
	const hg_point *at;
	const hg_settings *settings;
	hg_point from, to; /* the ends: copies of the blocks differentiated by, and the others themselves */
	double *u;
} search;

static void end_free(const hg_point *at, hg_point *end)
{
	for (size_t b = 0; end->block && b < at->nblocks; b++)
		if (end->block[b].x != at->block[b].x)
			gsl_matrix_free(end->block[b].x);
	free(end->block);
}

static hg_status end_new(const hg_point *at, hg_point *end)
{
	*end = *at;
	end->block = calloc(at->nblocks, sizeof *end->block);
	if (!end->block)
		return HG_ENOMEM;
	for (size_t b = 0; b < at->nblocks; b++) {
		const gsl_matrix *x = at->block[b].x;
		end->block[b] = at->block[b];
		if (!at->block[b].wrt)
			continue;
		end->block[b].x = hg_matrix_new(x->size1, x->size2);
		if (!end->block[b].x)
			return HG_ENOMEM;
		hg_matrix_copy(end->block[b].x, x);
	}
	return HG_OK;
}

/* Both ends are the point again but for the entries first .. last - 1 of a block, u of which begins at `u`. */
static void spread_ends(search *s, size_t block, const double u[], size_t first, size_t last)
{
	const gsl_matrix *x = s->at->block[block].x;
	for (size_t k = 0; k < x->size1 * x->size2; k++) {
		const double here = x->data[k / x->size2 * x->tda + k % x->size2];
		const double away = k >= first && k < last ? DIRECTION_REACH * u[k] : 0;
		s->from.block[block].x->data[k] = here - away;
		s->to.block[block].x->data[k] = here + away;
	}
}

static hg_status try_part(search *s, size_t block, const double u[], size_t first, size_t last, hg_entry *e)
{
	spread_ends(s, block, u, first, last);
	const hg_status status = hg_check_path(s->f, s->g, &s->from, &s->to, s->settings, e);
	spread_ends(s, block, u, 0, 0);
	const double length = 2 * DIRECTION_REACH * (last - first == 1 ? u[first] : 1);
	e->block = block;
	e->claimed /= length;
	e->numerical /= length;
	e->abserr /= fabs(length);
	e->step = DIRECTION_REACH;
	return status;
}

/* One wrong entry of a block that disagrees; the block as it is where neither half shows it. */
static hg_status locate(search *s, size_t block, const double u[], hg_entry *e)
{
	const size_t columns = s->at->block[block].x->size2;
	size_t first = 0, last = s->at->block[block].x->size1 * columns;
	while (last - first > 1) {
		const size_t middle = first + (last - first) / 2;
		hg_entry left, right;
		HG_TRY(try_part(s, block, u, first, middle, &left));
		HG_TRY(try_part(s, block, u, middle, last, &right));
		if (left.outcome != HG_DISAGREES && right.outcome != HG_DISAGREES)
			return HG_OK;
		*e = left.outcome == HG_DISAGREES ? left : right;
		first = left.outcome == HG_DISAGREES ? first : middle;
		last = left.outcome == HG_DISAGREES ? middle : last;
	}
	e->i = first / columns;
	e->j = first % columns;
	return HG_OK;
}

static hg_status search_blocks(search *s, hg_verdict *v)
{
	const double *u = s->u;
	size_t n = 0;
	for (size_t b = 0; b < s->at->nblocks; b++) {
		const size_t size = s->at->block[b].x->size1 * s->at->block[b].x->size2;
		if (!s->at->block[b].wrt)
			continue;
		hg_entry *e = &v->entry[n++];
		HG_TRY(try_part(s, b, u, 0, size, e));
		if (e->outcome == HG_DISAGREES)
			HG_TRY(locate(s, b, u, e));
		u += size;
	}
	v->nentries = n;
	v->wanted = hg_settings_wanted(s->settings);
	hg_verdict_sum(v);
	return HG_OK;
}

hg_status hg_check_direction(const hg_function *f, const hg_gradient *g, const hg_point *at,
                             const hg_settings *settings, hg_verdict **verdict)
{
	static const hg_settings defaults;
	search s = {.f = f, .g = g, .at = at, .settings = settings ? settings : &defaults};
	if (!verdict)
		return HG_EINVAL;
	*verdict = NULL;
	if (!f || !f->value || !g || !g->value)
		return HG_EINVAL;
	HG_TRY(hg_point_check(at));
	HG_TRY(hg_settings_check(s.settings));
	hg_verdict *v = calloc(1, sizeof *v);
	hg_entry *entry = calloc(at->nblocks, sizeof *entry);
	s.u = calloc(hg_point_entries(at), sizeof *s.u);
	hg_status status = v && entry && s.u ? HG_OK : HG_ENOMEM;
	if (status == HG_OK) {
		v->entry = entry;
		v->probe_works = true;
		hg_direction_draw(at, s.settings->seed, s.u);
		status = end_new(at, &s.from);
	}
	if (status == HG_OK)
		status = end_new(at, &s.to);
	if (status == HG_OK)
		status = search_blocks(&s, v);
	end_free(at, &s.from);
	end_free(at, &s.to);
	free(s.u);
	if (status == HG_OK) {
		*verdict = v;
		return HG_OK;
	}
	free(entry);
	free(v);
	return status;
}
