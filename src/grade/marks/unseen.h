/* Macros that are not what they seem, and what a submission decides by itself to hide. */
#ifndef HG_GRADE_UNSEEN_H
#define HG_GRADE_UNSEEN_H

#include "base/str.h"

#include <stdbool.h>

/* The name a definition gives, "pd" of \newcommand{\pd}[2]{...}; *body is what stands behind it. */
hg_str hg_macro_name(hg_str definition, hg_str *body);
bool hg_macro_drops(hg_str body);               /* takes it more arguments than it shows? */
bool hg_macro_used(hg_str text, hg_str name); /* is the control sequence in the text? */

#endif
