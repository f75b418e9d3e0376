/* What a residual dZ = A - Y says of the network it belongs to. */
#ifndef HG_MODEL_RESIDUAL_H
#define HG_MODEL_RESIDUAL_H

#include "model/model.h"

/* Choices of the built-in network below this are of its loss; this one takes activation and loss from a residual. */
enum { HG_VARIANT_RESIDUAL = 8, HG_VARIANT_SMOOTH = 4, HG_VARIANT_MINUS = 32 };

/* The last activation that a residual names, NULL: there is none; open: the document does not say which function it is. */
hg_var *hg_model_residual(hg_doc_model *model, bool *open);
/* Is it dz = a - y, and what is a? */
bool hg_statement_residual(const hg_statement *s, const hg_habits *habits, hg_arena *arena, hg_ref *prediction);
/* Is it delta = (y - a) ...: of an error signal that nothing else says the sign of? */
bool hg_statement_turned_residual(const hg_statement *s, const hg_habits *habits, hg_arena *arena);
/* Is a function's letter said to be no other function anywhere? */
bool hg_function_certain(const hg_doc_model *model, const hg_named_function *f);

#endif
