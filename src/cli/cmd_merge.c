/* handgrad merge SHARD... --out DIR: the shards of a class, graded on several machines, as if it had been one. */
#include "cli/cohort.h"
#include "cli/command.h"
#include "cli/complain.h"
#include "grade/grade.h"

int hg_cmd_merge(const hg_options *o)
{
	if (!o->nargs || !o->out) {
		hg_complain(o->nargs ? "merge to where? name a folder with --out" : "merge what? name the folders of all shards");
		return 3;
	}
	if (o->into && !o->column) {
		hg_complain("--into wants --column, the head of the column to fill");
		return 3;
	}
	hg_arena *arena = hg_arena_new();
	hg_cohort class;
	const char *trouble = NULL;
	hg_status status = HG_ENOMEM;
	if (arena)
		status = hg_grade_merge((const char *const *)o->args, o->nargs, o->out, arena, &class, &trouble);
	if (status != HG_OK)
		hg_complain("%s", trouble ? trouble : hg_status_text(status));
	int code = status == HG_OK ? hg_cohort_end(&class, o, arena) : 3;
	hg_arena_free(arena);
	return code;
}
