/* Quadratic forms, as they are written. */
#ifndef HG_LANG_FORM_H
#define HG_LANG_FORM_H

#include "lang/expr.h"

const hg_expr *hg_form_middle(const hg_expr *product, size_t i); /* M of E^T M E at factor i; NULL */

#endif
