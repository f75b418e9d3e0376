/* handgrad explain CODE...: the page on a slip, a status, a reason or a note; of a derivation, its formulas. */
#include "cli/command.h"
#include "cli/complain.h"
#include "cli/print.h"
#include "derive/derive.h"
#include "slips/explain.h"
#include "slips/slips.h"
#include "report/style.h"

#include <string.h>

enum { COLUMNS = 80, FORMULA_COLUMN = 12 };

/* Paragraphs are broken for the screen; what is indented, as formulas are, stays as it is. */
static void write_wrapped(hg_str page, hg_buf *out)
{
	while (page.n) {
		size_t n = 0; /* of the paragraph: up to an empty line, or of one line that is indented */
		bool indented = page.p[0] == ' ' || page.p[0] == '\n';
		while (n < page.n && !(page.p[n] == '\n' && (indented || n + 1 == page.n || strchr("\n ", page.p[n + 1]))))
			n++;
		hg_str paragraph = hg_str_part(page, 0, n);
		if (indented)
			hg_buf_str(out, paragraph);
		else
			hg_wrap(paragraph, 0, 0, COLUMNS, out);
		hg_buf_char(out, '\n');
		page = hg_str_part(page, n + 1, page.n);
	}
}

static void write_derivation(const hg_derivation *d, hg_buf *out)
{
	hg_buf_print(out, "%s: %s\n\nThe steps, as formulas:\n\n", d->name, d->title);
	for (size_t s = 0; s < d->nstages; s++)
		hg_buf_print(out, "    %-8s%s\n", d->stage[s].name, d->stage[s].formula);
	hg_buf_text(out, "\nWrong versions that the check has to refuse:\n\n");
	for (size_t t = 0; t < d->ntwins; t++) {
		const hg_slip *slip = hg_slip_find(hg_str_of(d->twin[t].slip));
		hg_buf_print(out, "    %-8s%s\n%*s%s [%s]\n", d->twin[t].stage, d->twin[t].formula, FORMULA_COLUMN, "",
		             slip ? slip->title : "", d->twin[t].slip);
	}
	hg_buf_print(out, "\nTry it: handgrad derive %s\n", d->name);
}

static hg_status explain(hg_str code, hg_buf *out)
{
	const hg_derivation *derivation = hg_derivation_find(code);
	hg_buf page = {0};
	hg_status status = HG_OK;
	if (derivation)
		write_derivation(derivation, out);
	else if ((status = hg_explain(code, &page)) == HG_OK)
		write_wrapped(hg_buf_slice(&page), out);
	else
		hg_buf_str(out, hg_buf_slice(&page)); /* why not */
	out->failed |= page.failed;
	hg_buf_free(&page);
	return out->failed ? HG_ENOMEM : status;
}

int hg_cmd_explain(const hg_options *o)
{
	int code = 0;
	if (o->nargs == 0) {
		hg_complain("explain what? `handgrad list slips' names the slips");
		return 3;
	}
	for (size_t i = 0; i < o->nargs; i++) {
		hg_buf page = {0};
		hg_status status = explain(hg_str_of(o->args[i]), &page);
		if (status == HG_OK) {
			hg_print(i ? HG_STR("\n") : HG_STR(""));
			hg_print(hg_buf_slice(&page));
		} else {
			code = 3;
			hg_str why = status == HG_EINVAL ? hg_buf_slice(&page) : hg_str_of(hg_status_text(status));
			hg_complain("%.*s", HG_STR_ARG(why));
		}
		hg_buf_free(&page);
	}
	return code;
}
