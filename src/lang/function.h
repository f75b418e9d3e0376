/* The named functions of functions.def: "np.maximum", "RELU" and \max are found here. */
#ifndef HG_LANG_FUNCTION_H
#define HG_LANG_FUNCTION_H

#include "base/str.h"

typedef enum hg_fn {
#define HG_FUNCTION_ROW(id, ...) HG_FN_##id,
#include "lang/functions.def"
#undef HG_FUNCTION_ROW
	HG_NFNS /* also: no such function */
} hg_fn;

hg_fn hg_fn_find(hg_str name); /* by any spelling, letters of either case, prefixes np., torch. ... ignored; or HG_NFNS */
const char *hg_fn_name(hg_fn fn);
const char *hg_fn_latex(hg_fn fn); /* "\\log"; "" if LaTeX has no command for it */
bool hg_fn_is_log(hg_fn fn);       /* by whatever base */
bool hg_fn_is_bare(hg_fn fn);      /* applied to the next factor without brackets: log a */
int hg_fn_least(hg_fn fn);
int hg_fn_most(hg_fn fn); /* -1: any */

#endif
