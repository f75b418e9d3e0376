/* What a search for slips has found, in order. */
#include "slips/diagnose_parts.h"
#include "lang/print/print.h"

#include <string.h>

/* LaTeX, unless the line is plain text or code: those have no dollar and no backslash. */
const char *hg_search_print(const hg_search *in, const hg_expr *tree)
{
	hg_str line = in->source ? hg_source_line(in->source, in->claim->right->span.at) : HG_STR("\\");
	bool latex = in->source && in->source->format == HG_TEX;
	for (size_t k = 0; k < line.n; k++)
		latex |= line.p[k] == '\\' || line.p[k] == '$' || line.p[k] == '^';
	const char *own = hg_search_respell(in, tree, !latex);
	hg_buf out = {0};
	if (own)
		return own;
	if (latex)
		hg_print_latex(tree, &out);
	else
		hg_print_plain(tree, &out);
	const char *text = out.failed ? NULL : hg_arena_copy(in->arena, out.p ? out.p : "", out.n);
	hg_buf_free(&out);
	return text;
}

hg_status hg_search_add(hg_search *in, hg_slip_found found, hg_answer answer)
{
	for (size_t k = 0; k < in->n; k++)
		if (!strcmp(in->found[k].id, found.id))
			return HG_OK;
	if (in->n == HG_MAX_FOUND)
		return HG_OK;
	size_t at = answer == HG_ANSWER_AGREES ? in->nstrict++ : in->n;
	memmove(&in->found[at + 1], &in->found[at], (in->n - at) * sizeof *in->found);
	in->found[at] = found;
	in->n++;
	return found.repaired ? HG_OK : HG_ENOMEM;
}

bool hg_mends(hg_answer answer) { return answer == HG_ANSWER_AGREES || answer == HG_ANSWER_NOTATION; }
