/* The pages of `handgrad explain` as files, for editors that follow a link. */
#ifndef HG_LSP_PAGES_H
#define HG_LSP_PAGES_H

#include "base/buf.h"
#include "base/status.h"

/* "file:///.../.cache/handgrad/0.1.0/sign.md": writes the page there if it is not, in $XDG_CACHE_HOME or $HOME/.cache.
 * Nothing where there is no page on the code, or no place for it. */
void hg_explain_link(const char *code, hg_buf *uri);

/* The page as Markdown, under its title. HG_EINVAL: there is none. */
hg_status hg_explain_markdown(const char *code, hg_buf *out);

#endif
