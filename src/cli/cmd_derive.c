/* handgrad derive [NAME | FILE.c | FOLDER]... | --all: derivations against finite differences: those that are built in, and
 * modules of one's own, each in a process of its own. */
#include "cli/command.h"
#include "cli/complain.h"
#include "cli/nearest.h"
#include "cli/run.h"
#include "derive/derive.h"
#include "guest/guest.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* What one report is about: a record of ours, a module, or a path with which there was trouble. */
typedef struct item {
	const char *title;
	const hg_derivation *ours;
	const hg_guest_source *module;
	const char *trouble;
	hg_status status;
} item;

typedef struct items {
	hg_arena *arena;
	size_t n, room;
	item *item; /* grown by malloc */
} items;

static hg_status add(items *list, const item *new)
{
	if (list->n == list->room) {
		const size_t room = 2 * list->room + 16;
		item *grown = realloc(list->item, room * sizeof *grown);
		if (!grown)
			return HG_ENOMEM;
		list->item = grown;
		list->room = room;
	}
	list->item[list->n++] = *new;
	return HG_OK;
}

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

/* A name that ends in .c or has a slash, or a folder that is there. */
static bool is_path(const char *name)
{
	struct stat st;
	return hg_str_ends(hg_str_of(name), ".c") || strchr(name, '/') ||
	       (!hg_derivation_find(hg_str_of(name)) && stat(name, &st) == 0 && S_ISDIR(st.st_mode));
}

static hg_status add_path(items *list, const char *path)
{
	hg_guest_source *source = NULL;
	const char *trouble = NULL;
	size_t n = 0;
	hg_status status = hg_guest_find(path, list->arena, &n, &source, &trouble);
	if (status != HG_OK)
		return add(list, &(item){.title = path, .trouble = trouble, .status = status});
	for (size_t i = 0; i < n && status == HG_OK; i++)
		status = add(list, &(item){.title = source[i].path, .module = &source[i]});
	return status;
}

/* False, and said so: a name nobody knows, or no memory. */
static bool collect(const hg_options *o, items *list)
{
	bool known = true;
	hg_status status = HG_OK;
	for (size_t i = 0; o->all && i < hg_nderivations && status == HG_OK; i++)
		status = add(list, &(item){.title = hg_derivations[i]->name, .ours = hg_derivations[i]});
	for (size_t i = 0; i < o->nargs && status == HG_OK; i++) {
		const hg_derivation *ours = NULL;
		if (is_path(o->args[i]))
			status = add_path(list, o->args[i]);
		else if ((ours = named(o->args[i])))
			status = add(list, &(item){.title = ours->name, .ours = ours});
		else
			known = false;
	}
	if (status != HG_OK)
		hg_complain("%s", hg_status_text(status));
	return known && status == HG_OK;
}

static hg_status derive_module(const hg_guest_source *module, const hg_options *o, hg_arena *arena, hg_report *report,
                               const char **trouble)
{
	const hg_budget limits = o->document.has_limits ? o->document.limits : hg_budget_of();
	hg_guest *guest = NULL;
	hg_status status = hg_guest_open(module, &limits, arena, &guest, trouble);
	if (status == HG_OK)
		status = hg_guest_derive(guest, &o->document.settings, arena, report, trouble);
	hg_guest_close(guest);
	return status;
}

static int derive(const items *list, const hg_options *o)
{
	hg_run run;
	if (!hg_run_new(list->n, &run))
		return 3;
	for (size_t i = 0; i < list->n; i++) {
		const item *it = &list->item[i];
		const char *trouble = it->trouble;
		hg_status status = it->status;
		if (it->ours)
			status = hg_derive(it->ours, &o->document.settings, run.arena[i], &run.report[i]);
		else if (it->module)
			status = derive_module(it->module, o, run.arena[i], &run.report[i], &trouble);
		if (status != HG_OK)
			hg_run_trouble(&run, i, it->title, trouble, status);
	}
	return hg_run_end(&run, o);
}

int hg_cmd_derive(const hg_options *o)
{
	if (o->all == (o->nargs > 0)) {
		hg_complain(o->all ? "derive either the named derivations or --all" :
		                     "derive which? `handgrad list derivations' names them, --all takes every one; or FILE.c");
		return 3;
	}
	items list = {.arena = hg_arena_new()};
	int code = 3;
	if (!list.arena)
		hg_complain("%s", hg_status_text(HG_ENOMEM));
	else if (collect(o, &list))
		code = derive(&list, o);
	free(list.item);
	hg_arena_free(list.arena);
	return code;
}
