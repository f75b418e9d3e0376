/* Gradients that code calls by no variable: grad = X.T @ (p - y). */
#ifndef HG_TEXT_CODE_GRADIENT_H
#define HG_TEXT_CODE_GRADIENT_H

#include "base/str.h"

/* By what the name is the gradient: of grad = X.T @ (...) the name that X is multiplied with elsewhere, X @ w. Empty: it is no such
 * name, or nothing of that kind is there. */
hg_str hg_code_gradient_variable(hg_str text, hg_str name);

#endif
