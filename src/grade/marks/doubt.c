/* Why a line that holds needs a person's eye before it earns anything. */
#include "grade/marks/around.h"
#include "grade/marks/unseen.h"
#include "grade/marks/worth.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

/* ---- numbers nobody gave ------------------------------------------------------------------------------------------- */

/* 0 to 4, their halves and the numbers of the assignment: what a derivation by hand brings forth. */
static bool is_expected(double x, const hg_steps *steps)
{
	x = fabs(x);
	if (x <= 4 && 2 * x == floor(2 * x))
		return true;
	for (size_t i = 0; i < steps->nnumbers; i++)
		if (fabs(steps->number[i]) == x)
			return true;
	return false;
}

static bool has_odd_number(const hg_expr *e, const hg_steps *steps)
{
	if (e->op == HG_OP_NUM && !is_expected(e->number, steps))
		return true;
	for (size_t i = 0; i < e->nkids; i++)
		if (has_odd_number(e->kid[i], steps))
			return true;
	return false;
}

/* ---- macros that are not what they seem ---------------------------------------------------------------------------- */

static bool is_of_mathematics(hg_str name)
{
	static const char *const known[] = {"frac", "sigma", "sum", "log", "ln", "exp", "tanh", "partial", "odot", "cdot", "nabla",
	                                    "delta", "max", "min", "text", "mathrm", "operatorname", "left", "right", "hat", "bar"};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (hg_str_is(name, known[i]))
			return true;
	return false;
}

/* depth: of macros within macros that are looked into. */
static const char *macro_doubt(const hg_report *r, hg_str line, int depth)
{
	enum { DEEPEST = 8 };
	const hg_doc *doc = r->said ? r->said->doc : NULL;
	for (size_t i = 0; doc && i < doc->nstretches; i++) {
		hg_str body, again;
		if (doc->stretch[i].kind != HG_STRETCH_MACRO)
			continue;
		hg_str name = hg_macro_name(hg_doc_text(doc, doc->stretch[i].span), &body);
		if (!name.n || !hg_macro_used(line, name))
			continue;
		if (is_of_mathematics(name))
			return "it is written with a command that the document changes";
		if (hg_macro_drops(body))
			return "it is written by a macro that hides some of what it is given";
		for (size_t k = 0; k < doc->nstretches; k++)
			if (k != i && doc->stretch[k].kind == HG_STRETCH_MACRO &&
			    hg_str_equal(hg_macro_name(hg_doc_text(doc, doc->stretch[k].span), &again), name))
				return "it is written by a macro that the document defines more than once";
		const char *inside = depth < DEEPEST ? macro_doubt(r, body, depth + 1) : "its macros are nested too deep to be looked through";
		if (inside)
			return inside;
	}
	return NULL;
}

/* ---- words and colours --------------------------------------------------------------------------------------------- */

/* Words that make of a statement a guess or a choice. Those that make it a condition stand in cases, too. */
static bool hedges(hg_str where, bool conditions)
{
	static const char *const words[] = {"or", "unless", "maybe", "perhaps", "not", "either", "instead", "wrong", "false", "incorrect", "falsch", "faux", "oder", "vielleicht",
	                                    "nicht", "peut-etre", "if", "assuming", "suppose", "wenn", "falls"};
	const size_t n = sizeof words / sizeof *words, first_condition = 16;
	for (size_t i = 0; i < where.n;) {
		size_t end = i;
		while (end < where.n && (isalpha((unsigned char)where.p[end]) || where.p[end] == '-'))
			end++;
		for (size_t k = 0; end > i && k < (conditions ? n : first_condition); k++)
			if (hg_str_equal_nocase(hg_str_part(where, i, end - i), hg_str_of(words[k])))
				return true;
		i = end > i ? end : i + 1;
	}
	return false;
}

/* In \text{...} and its like, anywhere in the formula. */
static bool hedges_in_text(hg_str formula)
{
	for (size_t at = 0, found; at < formula.n; at += found + 5) {
		hg_str rest = hg_str_part(formula, at, formula.n);
		found = hg_str_find(rest, HG_STR("text"));
		if (found == (size_t)-1)
			return false;
		hg_str inside = hg_str_part(rest, found, rest.n);
		size_t open = hg_str_find(inside, HG_STR("{")), close = hg_str_find(inside, HG_STR("}"));
		if (open < close && close != (size_t)-1 && hedges(hg_str_part(inside, open, close - open), false))
			return true;
	}
	return false;
}

/* One value, and a condition in words: "... if I am right". */
static bool is_conditional(const hg_expr *e)
{
	return e && e->op == HG_OP_CASES && e->nkids == 2 && e->kid[1]->op == HG_OP_TEXT;
}

static bool is_hedged(const hg_report *r, const hg_finding *f)
{
	const hg_statement *s = hg_statement_of(r, f);
	const hg_str formula = s ? hg_doc_text(r->said->doc, r->said->doc->stretch[s->stretch].span) : (hg_str){0};
	const bool doubted = hg_str_find(formula, HG_STR("?")) != (size_t)-1 || (s && hedges(s->where, true)) || hedges_in_text(formula);
	return doubted || is_conditional(f->grounds.other);
}

/* ---- all ------------------------------------------------------------------------------------------------------------- */

static bool has_quantity(const hg_expr *e)
{
	if (e->op == HG_OP_NAME && !hg_str_is(e->name, "e") && !hg_str_is(e->name, "pi"))
		return true;
	for (size_t i = e->op == HG_OP_CALL; i < e->nkids; i++)
		if (has_quantity(e->kid[i]))
			return true;
	return false;
}

static bool is_struck(const hg_expr *e)
{
	bool struck = e->op == HG_OP_CANCEL;
	for (size_t i = 0; i < e->nkids && !struck; i++)
		struck = is_struck(e->kid[i]);
	return struck;
}

const char *hg_line_doubt(const hg_report *r, const hg_finding *f, const hg_steps *steps)
{
	const hg_expr *other = f->grounds.other;
	bool of_loss = f->grounds.states.of[0] == '\0';
	if (f->rel == HG_REL_DEFINED || f->rel == HG_REL_ASSIGN)
		return "it sets the derivative instead of stating what it is";
	if (is_hedged(r, f))
		return "words behind it make it a guess or a choice";
	const char *around = hg_around_doubt(r, f);
	if (around)
		return around;
	if (f->rel == HG_REL_APPROX)
		return "it holds about";
	if (other && of_loss && !has_quantity(other))
		return "a number is no formula";
	for (size_t i = 0; i <= f->grounds.nbehind; i++) {
		const hg_expr *e = i ? f->grounds.behind[i - 1] : other;
		if (e && has_odd_number(e, steps))
			return "it has a number in it that the assignment does not give";
		if (e && is_struck(e))
			return "something in it is struck out";
	}
	if (f->tree && is_struck(f->tree))
		return "something in it is struck out";
	return r->source ? macro_doubt(r, hg_source_text(r->source, f->whole), 0) : NULL;
}
