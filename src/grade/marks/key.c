#include "grade/marks/steps.h"

#include "base/buf.h"
#include "lang/print/print.h"

#include <ctype.h>

/* Names of what is minimised: of a derivative of them only the variable counts. */
static bool is_loss(const hg_expr *e)
{
	static const char *const names[] = {"J", "L", "l", "ell", "E", "C", "loss", "cost", "Loss", "Cost", "bce", "BCE", "mse",
	                                    "MSE", "CE"};
	while ((e->op == HG_OP_BOX || e->op == HG_OP_CALL) && e->nkids)
		e = e->kid[0];
	for (size_t i = 0; e->op == HG_OP_NAME && i < sizeof names / sizeof *names; i++)
		if (hg_str_is(e->name, names[i]))
			return true;
	return false;
}

static void add_digits(const hg_expr *e, hg_buf *out)
{
	if (e->op == HG_OP_NUM)
		hg_buf_str(out, e->name);
	for (size_t i = 0; e->op == HG_OP_LIST && i < e->nkids; i++)
		add_digits(e->kid[i], out);
}

/* A name and the numbers among its indices, in whatever style: W2. The layer comes first of several numbers. */
static void add_name(const hg_expr *e, hg_buf *out)
{
	while (e->nkids && (e->op == HG_OP_BOX || e->op == HG_OP_TRANSPOSE || e->op == HG_OP_CALL || e->op == HG_OP_POW))
		e = e->kid[0];
	if (e->op == HG_OP_PRIME) {
		add_name(e->kid[0], out);
		hg_buf_char(out, '\'');
		return;
	}
	if (e->op != HG_OP_NAME) {
		hg_print_plain(e, out);
		return;
	}
	if (e->accent & HG_HAT)
		hg_buf_text(out, "hat");
	hg_buf_str(out, e->name);
	for (int style = HG_INDEX_BRACE; style >= HG_INDEX_BARE; style--)
		for (size_t i = 0; i < e->nindex; i++)
			if (e->index[i].e && (int)e->index[i].style == style)
				add_digits(e->index[i].e, out);
}

/* dW, db2, dZ: the derivative of the loss by what is behind the d. */
static bool is_short_form(hg_str name)
{
	if (name.n < 2 || name.p[0] != 'd' || !isalpha((unsigned char)name.p[1]))
		return false;
	for (size_t i = 2; i < name.n; i++)
		if (!isdigit((unsigned char)name.p[i]) && name.p[i] != '_')
			return false;
	return true;
}

static void add_key(const hg_expr *e, hg_buf *out)
{
	while (e->op == HG_OP_BOX && e->nkids)
		e = e->kid[0];
	if (e->op == HG_OP_DERIV && e->nkids > 1) {
		if (!is_loss(e->kid[0])) {
			add_name(e->kid[0], out);
			hg_buf_char(out, '/');
		}
		add_name(e->kid[1], out);
		return;
	}
	hg_buf name = {0};
	bool derivative = e->op == HG_OP_NAME && is_short_form(e->name);
	add_name(e, &name);
	hg_buf_str(out, hg_str_part(hg_buf_slice(&name), derivative, name.n));
	if (e->op == HG_OP_NAME && !derivative) /* W2 itself is no derivative by W2 */
		hg_buf_char(out, '=');
	out->failed |= name.failed;
	hg_buf_free(&name);
}

const char *hg_step_key(const hg_expr *left, hg_arena *arena)
{
	hg_buf key = {0};
	if (left)
		add_key(left, &key);
	char *copy = key.failed ? NULL : hg_arena_copy(arena, key.p ? key.p : "", key.n);
	hg_buf_free(&key);
	return copy;
}

hg_status hg_step_tree(hg_str plain, hg_arena *arena, const hg_expr **tree)
{
	hg_expr *e = NULL;
	const char *trouble = NULL;
	*tree = NULL;
	hg_status status = plain.n ? hg_parse_expression(plain, true, arena, &e, &trouble) : HG_OK;
	*tree = status == HG_OK ? e : NULL;
	return status == HG_ENOMEM ? status : HG_OK;
}

const char *hg_step_key_of_text(const char *plain, hg_arena *arena)
{
	const hg_expr *e;
	if (hg_step_tree(hg_str_of(plain), arena, &e) != HG_OK)
		return NULL;
	return e ? hg_step_key(e, arena) : hg_arena_copy(arena, plain, strlen(plain));
}
