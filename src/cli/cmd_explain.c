/* handgrad explain CODE...: the page on a code. */
#include "cli/command.h"
#include "cli/complain.h"
#include "cli/print.h"
#include "judge/explain.h"

int hg_cmd_explain(const hg_options *o)
{
	int code = 0;
	if (o->nargs == 0) {
		hg_complain("explain what? `handgrad list slips' names the slips");
		return 3;
	}
	for (size_t i = 0; i < o->nargs; i++) {
		hg_buf page = {0};
		hg_status status = hg_explain(hg_str_of(o->args[i]), &page);
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
