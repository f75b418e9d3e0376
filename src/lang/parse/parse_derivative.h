/* What derivatives written as fractions and those written otherwise share. */
#ifndef HG_LANG_PARSE_DERIVATIVE_H
#define HG_LANG_PARSE_DERIVATIVE_H

#include "lang/parse/parser.h"

bool hg_is_letter_d(const hg_token *t);
bool hg_is_delta(const hg_token *t);
bool hg_is_glued_sign(const hg_token *t); /* dW, dloss: a name that begins with the sign */

/* Reads the sign; of a glued name the rest is put into *rest. Gives "partial", "d" or "delta". */
hg_str hg_take_sign(hg_parser *p, hg_expr **rest);
/* Behind the sign at token i: a power is the order of the derivative. Gives the token behind it. */
size_t hg_order_behind(hg_parser *p, size_t i, size_t to, int *order);

hg_expr *hg_derivative(hg_parser *p, hg_span span, hg_expr *target, hg_expr *variable, hg_str word);
/* d/dx, begun at token `first`, of what follows. */
hg_expr *hg_apply_operator(hg_parser *p, size_t first, hg_expr *variable, hg_str word);

#endif
