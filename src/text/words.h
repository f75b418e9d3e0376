/* Inside the scanner: what words and pieces of text are by themselves, wherever they stand. */
#ifndef HG_TEXT_WORDS_H
#define HG_TEXT_WORDS_H

#include "base/str.h"
#include "letters.def"
#include "words.def"

/* looks.c: what a piece of text looks like */
bool looks_like_prose(hg_str content);   /* between two dollars */
bool looks_like_prose_line(hg_str line); /* inside what may be mathematics */
bool looks_like_formula(hg_str text);    /* has commands or exponents, or is an equation */
bool looks_like_bare_latex(hg_str line); /* outside of all delimiters */
bool looks_typed(hg_str text);           /* with the signs of Unicode */

/* words.c: words that may stand in a formula as they are, functions and Greek letters; any case */
bool word_is_function(hg_str word);
bool word_is_known(hg_str word);
/* With a d in front of it: dW, and data too. */
static inline bool hg_has_differential(hg_str name) { return name.n > 1 && name.p[0] == *HG_L_DIFFERENTIAL; }
bool word_is_gradient(hg_str word); /* dW, dZ2, db_1, delta3, grad_W: the name of a gradient */

#endif
