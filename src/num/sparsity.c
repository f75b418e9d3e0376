#include "num/sparsity.h"

#include <stdlib.h>
#include <string.h>

enum { GROUPS_OPEN = 64 }; /* groups that an entry is tried in */

static void read_said(const hg_claim *claim, const hg_verdict *v, hg_sparsity *s)
{
	const hg_jacobian *of = claim->of.jacobian;
	for (size_t o = 0; o < claim->of.rows; o++)
		for (size_t k = 0; k < s->nentries; k++) {
			const hg_entry *e = &v->entry[k];
			s->said[o * s->nentries + k] =
			    claim->value[o * s->nentries + k] == 0 && !of->depends(of->params, o, e->block, e->i, e->j);
		}
}

/* Does any output depend on the entry and on a group that `taken` is of? */
static bool meets(const hg_sparsity *s, size_t noutputs, size_t k, const bool taken[])
{
	for (size_t o = 0; o < noutputs; o++)
		if (taken[o] && !s->said[o * s->nentries + k])
			return true;
	return false;
}

/* The group of each entry: the first of the last few that it fits in, or a new one. */
static void find_groups(hg_sparsity *s, size_t noutputs, bool *taken, size_t group[])
{
	for (size_t k = 0; k < s->nentries; k++) {
		size_t g = s->ngroups > GROUPS_OPEN ? s->ngroups - GROUPS_OPEN : 0;
		while (g < s->ngroups && meets(s, noutputs, k, &taken[g % GROUPS_OPEN * noutputs]))
			g++;
		bool *of_group = &taken[g % GROUPS_OPEN * noutputs];
		if (g == s->ngroups) {
			memset(of_group, 0, noutputs * sizeof *of_group);
			s->ngroups++;
		}
		for (size_t o = 0; o < noutputs; o++)
			of_group[o] = of_group[o] || !s->said[o * s->nentries + k];
		group[k] = g;
	}
}

static void order_by_group(hg_sparsity *s, const size_t group[])
{
	for (size_t k = 0; k < s->nentries; k++)
		s->first[group[k] + 1]++;
	for (size_t g = 0; g < s->ngroups; g++)
		s->first[g + 1] += s->first[g];
	for (size_t k = s->nentries; k-- > 0;)
		s->order[--s->first[group[k] + 1]] = k;
	memmove(s->first, s->first + 1, s->ngroups * sizeof *s->first);
	s->first[s->ngroups] = s->nentries;
}

static hg_status group_entries(const hg_claim *claim, const hg_verdict *v, hg_sparsity *s)
{
	const size_t noutputs = claim->of.rows;
	bool *taken = calloc(GROUPS_OPEN * noutputs, sizeof *taken);
	size_t *group = calloc(s->nentries, sizeof *group);
	s->said = calloc(noutputs * s->nentries, sizeof *s->said);
	const bool complete = taken && group && s->said;
	if (complete) {
		read_said(claim, v, s);
		find_groups(s, noutputs, taken, group);
		order_by_group(s, group);
	}
	free(taken);
	free(group);
	return complete ? HG_OK : HG_ENOMEM;
}

hg_status hg_sparsity_open(const hg_claim *claim, const hg_verdict *v, hg_sparsity *s)
{
	*s = (hg_sparsity){.nentries = v->nentries};
	s->order = calloc(v->nentries, sizeof *s->order);
	s->first = calloc(v->nentries + 2, sizeof *s->first);
	if (!s->order || !s->first)
		return HG_ENOMEM;
	if (hg_claim_is_sparse(claim))
		return group_entries(claim, v, s);
	s->ngroups = v->nentries;
	for (size_t k = 0; k <= v->nentries; k++)
		s->first[k] = k;
	for (size_t k = 0; k < v->nentries; k++)
		s->order[k] = k;
	return HG_OK;
}

void hg_sparsity_close(hg_sparsity *s)
{
	free(s->said);
	free(s->order);
	free(s->first);
	*s = (hg_sparsity){0};
}
