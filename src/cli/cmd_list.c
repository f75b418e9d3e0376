/* handgrad list [WHAT]: the tables of the program, for people and for scripts: one name per line, and what it is. */
#include "cli/command.h"
#include "cli/complain.h"
#include "cli/nearest.h"
#include "cli/print.h"
#include "derive/derive.h"
#include "model/choice.h"
#include "slips/slips.h"

#include <string.h>

static void list_derivations(hg_buf *out)
{
	for (size_t i = 0; i < hg_nderivations; i++)
		hg_buf_print(out, "%-22s %s\n", hg_derivations[i]->name, hg_derivations[i]->title);
}

static void list_slips(hg_buf *out)
{
	for (size_t i = 0; i < HG_NSLIPS; i++)
		hg_buf_print(out, "%-22s %s\n", hg_slips[i].id, hg_slips[i].title);
}

static void list_formats(hg_buf *out)
{
	for (size_t i = 0; i < hg_nformats; i++)
		hg_buf_print(out, "%-22s %s\n", hg_formats[i].name, hg_formats[i].help);
}

static void list_choices(hg_buf *out)
{
	for (hg_choice c = 0; c < HG_NCHOICES; c++)
		for (unsigned v = 1; hg_choice_value(c, v); v++)
			hg_buf_print(out, "%s=%-*s %s\n", hg_choice_id(c), (int)(21 - strlen(hg_choice_id(c))), hg_choice_value(c, v), hg_choice_words(c, v));
}

static const struct {
	const char *name;
	void (*list)(hg_buf *out);
} lists[] = {
    {"derivations", list_derivations},
    {"slips", list_slips},
    {"formats", list_formats},
    {"choices", list_choices},
};

enum { NLISTS = sizeof lists / sizeof *lists };

static int list_named(const char *name, hg_buf *out)
{
	hg_nearest near = hg_nearest_to(hg_str_of(name));
	for (size_t i = 0; i < NLISTS; i++) {
		if (strcmp(lists[i].name, name) == 0) {
			lists[i].list(out);
			return 0;
		}
		hg_nearest_offer(&near, lists[i].name);
	}
	hg_nearest_say(&near, "list", "");
	return 3;
}

int hg_cmd_list(const hg_options *o)
{
	hg_buf out = {0};
	int code = 0;
	for (size_t i = 0; i < o->nargs; i++)
		if (list_named(o->args[i], &out))
			code = 3;
	for (size_t i = 0; o->nargs == 0 && i < NLISTS; i++) {
		hg_buf_print(&out, "%s%s:\n", i ? "\n" : "", lists[i].name);
		lists[i].list(&out);
	}
	if (out.failed) {
		hg_complain("%s", hg_status_text(HG_ENOMEM));
		code = 3;
	} else {
		hg_print(hg_buf_slice(&out));
	}
	hg_buf_free(&out);
	return code;
}
