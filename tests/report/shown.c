#include "shown.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

static const char document[] =
	"# Homework 3\n"
	"\n"
	"The network has *two* layers, $x$ is a column and $m$ counts samples.\n"
	"\n"
	"$$z_1 = W_1 x + b_1$$\n"
	"\n"
	"1. Going back, $\\sigma' = \\sigma (1 - \\sigma)$ and\n"
	"\n"
	"$$dW_2 = \\frac{1}{m} \\sum_{i=1}^m (y_i - a_i) h_i^T = dZ A^T$$\n"
	"\n"
	"2. At the kink:\n"
	"\n"
	"$$\\frac{\\partial L}{\\partial z} = 1$$\n"
	"\n"
	"3. What is this: $q = \\overset{!}{=} 0$?\n";

static hg_str text_of(const hg_report *r) { return r->source->text; }

/* The span of the first `what` behind `after`. */
static hg_span span_of(const hg_report *r, const char *after, const char *what)
{
	size_t from = hg_str_find(text_of(r), hg_str_of(after));
	size_t at = hg_str_find(hg_str_part(text_of(r), from, (size_t)-1), hg_str_of(what));
	return (hg_span){from + at, strlen(what)};
}

static hg_expr *node(hg_arena *arena, hg_op op, hg_span span, size_t n, ...)
{
	hg_expr *e = HG_NEW(arena, hg_expr);
	e->op = op;
	e->span = span;
	e->nkids = n;
	e->kid = HG_NEWS(arena, n + 1, hg_expr *);
	e->glue = HG_NEWS(arena, n + 1, hg_glue);
	va_list kids;
	va_start(kids, n);
	for (size_t i = 0; i < n; i++)
		e->kid[i] = va_arg(kids, hg_expr *);
	va_end(kids);
	return e;
}

static hg_expr *leaf(hg_arena *arena, hg_op op, const char *name)
{
	hg_expr *e = node(arena, op, (hg_span){0, 0}, 0);
	e->name = hg_str_of(name);
	return e;
}

static hg_expr *name(hg_arena *arena, const char *letter, const char *sub)
{
	hg_expr *e = leaf(arena, HG_OP_NAME, letter);
	if (sub) {
		e->nindex = 1;
		e->index = HG_NEW(arena, hg_index);
		e->index->e = leaf(arena, HG_OP_NAME, sub);
	}
	return e;
}

static hg_expr *number(hg_arena *arena, const char *digits) { return leaf(arena, HG_OP_NUM, digits); }

static hg_expr *bracketed(hg_expr *e)
{
	e->bracketed = true;
	return e;
}

/* ---- statements ----------------------------------------------------------------------------------------------- */

static void add_side(hg_statement *s, hg_rel rel, hg_expr *e, hg_span span)
{
	s->side[s->nsides++] = (hg_side){.rel = rel, .e = e, .span = span};
}

static hg_statement *add_statement(hg_arena *arena, hg_statements *said, hg_span span)
{
	hg_statement *s = &said->at[said->n++];
	*s = (hg_statement){.id = said->n, .span = span, .side = HG_NEWS(arena, 4, hg_side)};
	return s;
}

static void state_forward(hg_arena *a, const hg_report *r, hg_statements *said)
{
	hg_span whole = span_of(r, "$$z_1", "z_1 = W_1 x + b_1");
	hg_statement *s = add_statement(a, said, whole);
	hg_expr *product = node(a, HG_OP_PRODUCT, (hg_span){0}, 2, name(a, "W", "1"), name(a, "x", NULL));
	add_side(s, HG_REL_NONE, name(a, "z", "1"), span_of(r, "$$z_1", "z_1"));
	add_side(s, HG_REL_EQ, node(a, HG_OP_SUM_OF, (hg_span){0}, 2, product, name(a, "b", "1")),
	         span_of(r, "$$z_1", "W_1 x + b_1"));
}

static hg_expr *one_minus(hg_arena *a, hg_expr *e)
{
	return bracketed(node(a, HG_OP_SUM_OF, (hg_span){0}, 2, number(a, "1"), node(a, HG_OP_NEG, (hg_span){0}, 1, e)));
}

static void state_sigmoid(hg_arena *a, const hg_report *r, hg_statements *said)
{
	hg_statement *s = add_statement(a, said, span_of(r, "Going", "\\sigma' = \\sigma (1 - \\sigma)"));
	add_side(s, HG_REL_NONE, node(a, HG_OP_PRIME, (hg_span){0}, 1, name(a, "sigma", NULL)), span_of(r, "Going", "\\sigma'"));
	add_side(s, HG_REL_EQ,
	         node(a, HG_OP_PRODUCT, (hg_span){0}, 2, name(a, "sigma", NULL), one_minus(a, name(a, "sigma", NULL))),
	         span_of(r, "Going", "\\sigma (1 - \\sigma)"));
}

static void state_weights(hg_arena *a, const hg_report *r, hg_statements *said)
{
	hg_statement *s = add_statement(
		a, said, span_of(r, "$$dW", "dW_2 = \\frac{1}{m} \\sum_{i=1}^m (y_i - a_i) h_i^T = dZ A^T"));
	hg_expr *difference = bracketed(node(a, HG_OP_SUM_OF, span_of(r, "$$dW", "(y_i - a_i)"), 2, name(a, "y", "i"),
	                                     node(a, HG_OP_NEG, (hg_span){0}, 1, name(a, "a", "i"))));
	hg_expr *body = node(a, HG_OP_PRODUCT, (hg_span){0}, 2, difference,
	                     node(a, HG_OP_TRANSPOSE, (hg_span){0}, 1, name(a, "h", "i")));
	hg_expr *sum = node(a, HG_OP_SUM, (hg_span){0}, 4, body, name(a, "i", NULL), number(a, "1"), name(a, "m", NULL));
	hg_expr *mean = node(a, HG_OP_FRAC, (hg_span){0}, 2, number(a, "1"), name(a, "m", NULL));
	add_side(s, HG_REL_NONE, name(a, "dW", "2"), span_of(r, "$$dW", "dW_2"));
	add_side(s, HG_REL_EQ, node(a, HG_OP_PRODUCT, (hg_span){0}, 2, mean, sum),
	         span_of(r, "$$dW", "\\frac{1}{m} \\sum_{i=1}^m (y_i - a_i) h_i^T"));
	add_side(s, HG_REL_EQ,
	         node(a, HG_OP_PRODUCT, (hg_span){0}, 2, name(a, "dZ", NULL),
	              node(a, HG_OP_TRANSPOSE, (hg_span){0}, 1, name(a, "A", NULL))),
	         span_of(r, "$$dW", "dZ A^T"));
}

static void state_kink(hg_arena *a, const hg_report *r, hg_statements *said)
{
	hg_statement *s = add_statement(a, said, span_of(r, "At the kink", "\\frac{\\partial L}{\\partial z} = 1"));
	hg_expr *d = node(a, HG_OP_DERIV, (hg_span){0}, 2, name(a, "L", NULL), name(a, "z", NULL));
	d->word = HG_STR("partial");
	add_side(s, HG_REL_NONE, d, span_of(r, "At the kink", "\\frac{\\partial L}{\\partial z}"));
	add_side(s, HG_REL_EQ, number(a, "1"), span_of(r, "z} = 1", "1"));
}

static void state_unread(hg_arena *a, const hg_report *r, hg_statements *said)
{
	hg_statement *s = add_statement(a, said, span_of(r, "What is this", "q = \\overset{!}{=} 0"));
	s->unread = span_of(r, "What is this", "\\overset");
	add_side(s, HG_REL_NONE, name(a, "q", NULL), span_of(r, "What is this", "q"));
	add_side(s, HG_REL_EQ, NULL, span_of(r, "q = ", "\\overset{!}{=} 0"));
}

/* ---- evidence --------------------------------------------------------------------------------------------------- */

static const hg_grid *made_grid(hg_arena *arena, const char *block)
{
	enum { ROWS = 3, COLS = 4 };
	hg_grid *g = HG_NEW(arena, hg_grid);
	*g = (hg_grid){block, ROWS, COLS, HG_NEWS(arena, ROWS * COLS, double), HG_NEWS(arena, ROWS * COLS, double),
	               HG_NEWS(arena, ROWS * COLS, double)};
	for (size_t k = 0; k < ROWS * COLS; k++) {
		g->numerical[k] = cos(1.7 * (double)k) - 0.2;
		g->claimed[k] = -g->numerical[k];
		g->abserr[k] = 1e-12;
	}
	return g;
}

static const hg_curve *made_curve(hg_arena *arena)
{
	enum { N = 12 };
	hg_curve *c = HG_NEW(arena, hg_curve);
	*c = (hg_curve){N, HG_NEWS(arena, N, double), HG_NEWS(arena, N, double), HG_NEWS(arena, N, double)};
	for (size_t i = 0; i < N; i++) {
		c->step[i] = pow(10, -1 - (double)i);
		c->difference[i] = 1.26 + 0.3 * pow(c->step[i], 2) + 1e-16 / c->step[i];
		c->bound[i] = 1e-10;
	}
	return c;
}

static hg_evidence made_evidence(hg_arena *arena, const char *entry, const char *block)
{
	return (hg_evidence){.yours = 1.26026, .numerical = -1.26026, .abserr = 1e-10, .ratio = -1, .entry = entry,
	                     .point = "batch 5, 34 of 34", .class = HG_SMOOTH, .reason = HG_OUTSIDE_BOUND, .step = 1e-3,
	                     .left = NAN, .right = NAN, .max_abs = 2.52, .max_rel = 2, .resolution = 1e-10, .points = 34,
	                     .worlds = 6, .pattern = "yours is -1 times the numerical one at every entry",
	                     .grid = made_grid(arena, block), .curve = made_curve(arena)};
}

static hg_evidence agreeing(void)
{
	return (hg_evidence){.yours = 0.2, .numerical = 0.2, .abserr = 1e-12, .ratio = NAN, .entry = "z[1,1]",
	                     .class = HG_SMOOTH, .reason = HG_WITHIN_BOUND, .resolution = 3e-12, .points = 34, .worlds = 6,
	                     .left = NAN, .right = NAN};
}

/* ---- reports ---------------------------------------------------------------------------------------------------- */

static void find_out(hg_arena *a, hg_report *r, const char *foreign)
{
	static const char *notation[] = {"L-for-J"};
	static const char *notes[] = {"ReLU' is taken as 1 at 0"};
	hg_statement *s = r->said->at;
	hg_finding *f = r->finding = HG_NEWS(a, 6, hg_finding);
	hg_slip_found *slip = HG_NEWS(a, 2, hg_slip_found);
	slip[0] = (hg_slip_found){"sign", NULL, "\\frac{1}{m} \\sum_{i=1}^m (a_i - y_i) h_i^T", span_of(r, "$$dW", "(y_i - a_i)")};
	slip[1] = (hg_slip_found){.id = "wrong-variable"};
	f[0] = (hg_finding){.id = "1", .kind = HG_DEFINITION, .status = HG_S_DEFINED, .span = s[0].side[1].span, .of = "z1"};
	f[1] = (hg_finding){.id = "2", .kind = HG_CLAIM, .status = HG_S_AGREES, .span = s[1].side[1].span, .of = "dsigma/dz",
	                    .has_evidence = true, .evidence = agreeing()};
	f[2] = (hg_finding){.id = "3.1", .kind = HG_CLAIM, .status = HG_S_DISAGREES, .span = s[2].side[1].span,
	                    .of = foreign ? foreign : "dJ/dW2", .nslips = 2, .slip = slip, .has_evidence = true,
	                    .written = foreign ? foreign : "dW_2 = \\frac{1}{m} \\sum_{i=1}^m (y_i - a_i) h_i^T",
	                    .reads = foreign ? foreign : "dJ/dW2 = (1/m) sum_i (y_i - a_i) h_i^T",
	                    .evidence = made_evidence(a, foreign ? foreign : "W2[1,1]", foreign ? foreign : "W2")};
	f[3] = (hg_finding){.id = "3.2", .kind = HG_LINK, .status = HG_S_NOTATION, .span = s[2].side[2].span, .of = "dJ/dW2",
	                    .nnotation = 1, .notation = notation, .has_evidence = true, .evidence = agreeing()};
	f[4] = (hg_finding){.id = "4", .kind = HG_CLAIM, .status = HG_S_CANNOT_TELL, .span = s[3].side[1].span, .of = "dL/dz",
	                    .reason = "the function has a kink here, and 1 lies between the slopes on its two sides",
	                    .nnotes = 1, .note = notes, .has_evidence = true, .evidence = agreeing()};
	f[4].evidence.class = HG_KINK;
	f[4].evidence.left = 0;
	f[4].evidence.right = 1;
	f[5] = (hg_finding){.id = "5", .kind = HG_CLAIM, .status = HG_S_CANNOT_READ, .span = s[4].side[1].span,
	                    .unread = s[4].unread, .written = "q = \\overset{!}{=} 0",
	                    .reason = "this command is not known"};
	for (size_t i = 0; i < 6; i++)
		f[i].whole = s[i < 3 ? i : i - 1].span;
	r->nfindings = 6;
}

const hg_report *shown_document(hg_arena *arena, const char *hostile)
{
	static const char *reads[] = {"z1 = W1 x + b1", "a1 = ReLU(z1)"};
	static const char *blind[] = {"m = 1 hides a missing 1/m"};
	hg_report *r = HG_NEW(arena, hg_report);
	hg_source *source = HG_NEW(arena, hg_source);
	hg_doc *doc = HG_NEW(arena, hg_doc);
	hg_statements *said = HG_NEW(arena, hg_statements);
	const char *trouble = NULL;
	if (hg_source_of("homework.md", HG_STR(document), NULL, arena, source, &trouble) != HG_OK ||
	    hg_doc_scan(source, arena, doc) != HG_OK)
		return NULL;
	*r = (hg_report){.title = hostile ? hostile : "homework.md", .source = source, .said = said, .seed = 7,
	                 .sha256 = source->sha256, .model = {.from = "document", .nreads = 2, .reads = reads}, .power = {41, 41, 1, blind}};
	said->doc = doc;
	said->at = HG_NEWS(arena, 8, hg_statement);
	state_forward(arena, r, said);
	state_sigmoid(arena, r, said);
	state_weights(arena, r, said);
	state_kink(arena, r, said);
	state_unread(arena, r, said);
	find_out(arena, r, hostile);
	hg_report_count(r);
	return r;
}

const hg_report *shown_derivation(hg_arena *arena)
{
	hg_report *r = HG_NEW(arena, hg_report);
	hg_finding *f = HG_NEWS(arena, 2, hg_finding);
	hg_slip_found *slip = HG_NEW(arena, hg_slip_found);
	*slip = (hg_slip_found){.id = "missing-mean"};
	f[0] = (hg_finding){.id = "relu_bce.dZ2", .kind = HG_CLAIM, .status = HG_S_AGREES, .of = "relu_bce.dZ2",
	                    .written = "dZ_2 = A_2 - Y", .has_evidence = true, .evidence = agreeing()};
	f[1] = (hg_finding){.id = "relu_bce.dW2", .kind = HG_CLAIM, .status = HG_S_DISAGREES, .of = "relu_bce.dW2",
	                    .written = "dW_2 = dZ_2 A_1^T", .nslips = 1, .slip = slip, .has_evidence = true,
	                    .evidence = made_evidence(arena, "W2[1,1]", "W2")};
	*r = (hg_report){.title = "relu_bce", .seed = 1, .nfindings = 2, .finding = f};
	hg_report_count(r);
	return r;
}
