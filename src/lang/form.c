#include "lang/form.h"

const hg_expr *hg_form_middle(const hg_expr *product, size_t i)
{
	const hg_expr *left = product->kid[i], *middle = product->kid[i + 1];
	bool form = left->op == HG_OP_TRANSPOSE && middle->op == HG_OP_NAME && hg_expr_equal(left->kid[0], product->kid[i + 2]);
	return form ? middle : NULL;
}
