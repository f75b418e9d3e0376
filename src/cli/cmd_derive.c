/* handgrad derive [NAME...] | --all: the built-in derivations against finite differences. */
#include "cli/command.h"
#include "cli/complain.h"
#include "cli/nearest.h"
#include "cli/run.h"
#include "derive/derive.h"

#include <stdlib.h>

/* NULL, and said so: no derivation of that name. */
static const hg_derivation *named(const char *name)
{
	const hg_derivation *found = hg_derivation_find(hg_str_of(name));
	hg_nearest near = hg_nearest_to(hg_str_of(name));
	for (size_t i = 0; !found && i < hg_nderivations; i++)
		hg_nearest_offer(&near, hg_derivations[i]->name);
	if (!found)
		hg_nearest_say(&near, "derivation", "");
	return found;
}

static int derive(const hg_derivation *const *of, size_t n, const hg_options *o)
{
	hg_run run;
	if (!hg_run_new(n, &run))
		return 3;
	for (size_t i = 0; i < n; i++) {
		hg_status status = hg_derive(of[i], &o->settings, run.arena[i], &run.report[i]);
		if (status != HG_OK)
			hg_run_trouble(&run, i, of[i]->name, NULL, status);
	}
	return hg_run_end(&run, o);
}

int hg_cmd_derive(const hg_options *o)
{
	if (o->all == (o->nargs > 0)) {
		hg_complain(o->all ? "derive either the named derivations or --all" :
		                     "derive which? `handgrad list derivations' names them, --all takes every one");
		return 3;
	}
	if (o->all)
		return derive(hg_derivations, hg_nderivations, o);
	const hg_derivation **of = calloc(o->nargs, sizeof *of);
	if (!of) {
		hg_complain("%s", hg_status_text(HG_ENOMEM));
		return 3;
	}
	bool well = true;
	for (size_t i = 0; i < o->nargs; i++)
		well &= (of[i] = named(o->args[i])) != NULL;
	int code = well ? derive(of, o->nargs, o) : 3;
	free(of);
	return code;
}
