#include "num/pattern.h"

#include <math.h>

static const double RATIO_SLACK = 1e-9; /* beyond the bounds, for the rounding of the claim */

void hg_entry_name_write(const hg_point *at, const hg_entry *e, hg_buf *out)
{
	const hg_block *block = e->block < at->nblocks ? &at->block[e->block] : NULL;
	hg_buf_text(out, block && block->name ? block->name : "x");
	if (!block || !block->x || block->x->size1 * block->x->size2 != 1)
		hg_buf_print(out, "[%zu,%zu]", e->i + 1, e->j + 1);
}

static bool is_wrong(const hg_entry *e) { return e->outcome == HG_DISAGREES; }

double hg_pattern_ratio(const hg_verdict *v)
{
	const hg_entry *largest = NULL;
	for (size_t k = 0; k < v->nentries; k++) {
		const hg_entry *e = &v->entry[k];
		if (!is_wrong(e))
			continue;
		if (!isfinite(e->claimed) || e->kind == HG_KINK)
			return NAN;
		if (!largest || fabs(e->numerical) > fabs(largest->numerical))
			largest = e;
	}
	if (!largest || largest->numerical == 0)
		return NAN;
	const double ratio = largest->claimed / largest->numerical;
	for (size_t k = 0; k < v->nentries; k++) {
		const hg_entry *e = &v->entry[k];
		const double slack =
		    fabs(ratio) * e->abserr + fabs(e->numerical) * largest->abserr / fabs(largest->numerical);
		if (is_wrong(e) &&
		    !(fabs(e->claimed - ratio * e->numerical) <= slack + RATIO_SLACK * fabs(e->claimed)))
			return NAN;
	}
	return ratio;
}

/* A ratio as people say it: an integer, or one over an integer, where it is one. */
static void ratio_write(double ratio, hg_buf *out)
{
	const double inverse = 1 / ratio;
	if (fabs(inverse - rint(inverse)) < 1e-7 * fabs(inverse) && fabs(inverse) > 1.5 && fabs(inverse) < 1e6)
		hg_buf_print(out, "%s1/%.0f", inverse < 0 ? "-" : "", fabs(inverse));
	else
		hg_buf_print(out, "%.7g", ratio);
}

/* Is every wrong entry in one row (or column), and are there others? Returns its index, or -1. */
static long only_line(const hg_verdict *v, const hg_point *at, bool row)
{
	long line = -1;
	for (size_t k = 0; k < v->nentries; k++) {
		const hg_entry *e = &v->entry[k];
		if (!is_wrong(e))
			continue;
		const gsl_matrix *x = at->block[e->block].x;
		long here = (long)(row ? e->i : e->j);
		if ((row ? x->size1 : x->size2) < 2 || (line >= 0 && line != here))
			return -1;
		line = here;
	}
	return line;
}

/* Is every wrong entry in one block, and are there others? Returns it, or -1. */
static long only_block(const hg_verdict *v)
{
	long block = -1;
	bool others = false;
	for (size_t k = 0; k < v->nentries; k++) {
		others = others || v->entry[k].block != v->entry[0].block;
		if (!is_wrong(&v->entry[k]))
			continue;
		if (block >= 0 && block != (long)v->entry[k].block)
			return -1;
		block = (long)v->entry[k].block;
	}
	return others ? block : -1;
}

static bool all_wrong(const hg_verdict *v, bool (*is)(const hg_entry *e))
{
	for (size_t k = 0; k < v->nentries; k++)
		if (is_wrong(&v->entry[k]) && !is(&v->entry[k]))
			return false;
	return true;
}

static bool claimed_zero(const hg_entry *e) { return e->claimed == 0; }
static bool claimed_nothing(const hg_entry *e) { return !isfinite(e->claimed); }
static bool truly_zero(const hg_entry *e) { return fabs(e->numerical) <= e->abserr; }

void hg_pattern_write(const hg_verdict *v, const hg_point *at, hg_buf *out)
{
	const double ratio = hg_pattern_ratio(v);
	const long row = only_line(v, at, true), column = only_line(v, at, false), block = only_block(v);
	const size_t before = out->n;
	if (v->disagree == 0)
		return;
	if (all_wrong(v, claimed_nothing))
		hg_buf_print(out, "not a finite number");
	else if (v->disagree > 1 && all_wrong(v, claimed_zero))
		hg_buf_print(out, "0 claimed at every wrong entry");
	else if (v->disagree > 1 && all_wrong(v, truly_zero))
		hg_buf_print(out, "the derivative is 0 at every wrong entry");
	else if (v->disagree > 1 && fabs(ratio + 1) < 1e-7)
		hg_buf_print(out, "the opposite sign at every wrong entry");
	else if (v->disagree > 1 && isfinite(ratio)) {
		hg_buf_print(out, "every wrong entry is ");
		ratio_write(ratio, out);
		hg_buf_print(out, " times the numerical one");
	}
	if (v->disagree == v->nentries)
		return;
	const char *comma = out->n > before ? ", " : "";
	if (row >= 0 && column < 0)
		hg_buf_print(out, "%srow %ld only", comma, row + 1);
	else if (column >= 0 && row < 0)
		hg_buf_print(out, "%scolumn %ld only", comma, column + 1);
	else if (block >= 0)
		hg_buf_print(out, "%sblock %s only", comma, at->block[block].name ? at->block[block].name : "x");
}
