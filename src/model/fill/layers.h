/* Inside the built-in network: its layers. */
#ifndef HG_MODEL_LAYERS_H
#define HG_MODEL_LAYERS_H

#include "model/model.h"

/* Is it spoken of, and nothing says what it is? */
bool hg_is_open_var(hg_doc_model *model, const char *base, int layer);

/* Gives every layer z = W a + b and a = f(z), where the document has the names and no equation. */
void hg_complete_layers(hg_doc_model *model);

/* The layers of a table, numbered one by one; false: it is none. */
bool hg_complete_table(hg_doc_model *model, int variant);

#endif
