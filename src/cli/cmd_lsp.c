/* handgrad lsp: a language server over standard input and output, for editors. */
#include "cli/command.h"
#include "cli/complain.h"
#include "lsp/server.h"

#include <unistd.h>

int hg_cmd_lsp(const hg_options *o)
{
	if (o->nargs) {
		hg_complain("lsp takes no files: an editor opens them");
		return 3;
	}
	return hg_lsp_serve(STDIN_FILENO, STDOUT_FILENO, &o->document);
}
