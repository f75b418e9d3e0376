#include "made.h"

#include "derive/derive.h"

#include <math.h>
#include <string.h>

#define CHECKED(...) .has_evidence = true, .evidence = {__VA_ARGS__}

static const char document[] =
    "# Exercise 3\n"
    "\n"
    "Forward: $z = Wx + b$, $\\hat y = \\sigma(z)$ \xE2\x80\x94 \xE6\xB7\xB1\xE5\xB1\xA4\xE5\xAD\xA6\xE7\xBF\x92\n"
    "$$\\frac{dL}{dz} = \\hat y - y$$\n"
    "$$\\frac{dL}{dW} = \\hat y - y \\cdot x^T$$\n"
    "\xE6\xA2\xAF\xE5\xBA\xA6:\t$\\frac{dL}{db} = y - \\hat y$\n"
    "$$\\frac{\\partial L}{\\partial x} = W^T \\overset{!}{\\heartsuit} (\\hat y - y)$$\n"
    "$$\\mathrm{ReLU}'(0) = 1$$\n"
    "The long one, whose line does not fit on any screen: $$\\frac{\\partial J}{\\partial W_1} = \\frac{1}{m} "
    "\\sum_{i=1}^{m} \\left( W_2^T \\left( a_2^{(i)} - y^{(i)} \\right) \\odot \\mathbb{1}\\{z_1^{(i)} > 0\\} \\right) "
    "\\left( x^{(i)} \\right) + \\lambda W_1$$ and words after it\n"
    "$$\\begin{aligned} \\frac{dL}{da} &= W \\\\\n"
    "  &\\quad (\\hat y - y) \\end{aligned}$$\n"
    "$W := W - \\alpha (\\hat y - y \\cdot x^T)$\n";

static hg_span span_of(const hg_source *s, const char *text)
{
	return (hg_span){hg_str_find(s->text, hg_str_of(text)), strlen(text)};
}

static const char *const conventions[] = {"L-for-J"};
static const char *const remarks[] = {"ReLU'(0) is taken as 1 here; 0 and 1/2 are as good"};

static void fill_document(const hg_source *s, hg_finding *f, hg_slip_found *slip)
{
	slip[0] = (hg_slip_found){.id = "sign", .repaired = "\\hat y - y", .at = span_of(s, "y - \\hat y")};
	slip[1] = (hg_slip_found){.id = "missing-transpose", .repaired = "(x^{(i)})^T", .at = span_of(s, "\\left( x^{(i)} \\right)")};
	slip[2] = (hg_slip_found){.id = "constant-factor"};
	f[0] = (hg_finding){.id = "1.1", .kind = HG_DEFINITION, .status = HG_S_DEFINED, .span = span_of(s, "Wx + b"),
	                    .written = "Wx + b", .reads = "z = W x + b"};
	f[1] = (hg_finding){.id = "2.1", .kind = HG_CLAIM, .status = HG_S_NOTATION, .span = span_of(s, "\\hat y - y"),
	                    .written = "\\hat y - y", .reads = "dL/dz = yhat - y", .of = "dL/dz", .nnotation = 1,
	                    .notation = (const char **)conventions,
	                    CHECKED(.yours = 0.25, .numerical = 0.25, .abserr = 1e-12, .resolution = 3e-12, .points = 34, .worlds = 6)};
	f[2] = (hg_finding){.id = "3.1", .kind = HG_CLAIM, .status = HG_S_DISAGREES, .span = span_of(s, "\\hat y - y \\cdot x^T"),
	                    .written = "\\hat y - y \\cdot x^T", .reads = "dL/dW = yhat - y x^T", .of = "dL/dW",
	                    CHECKED(.yours = 0.70411, .numerical = 0.704102, .abserr = 2e-12, .entry = "W[2,3]", .point = "batch 5",
	                            .max_abs = 8e-6, .max_rel = 1.1e-5, .points = 34, .worlds = 6, .pattern = "row 2 only", .step = 1e-3)};
	f[3] = (hg_finding){.id = "4.1", .kind = HG_LINK, .status = HG_S_DISAGREES, .span = span_of(s, "y - \\hat y"),
	                    .written = "y - \\hat y", .reads = "dL/db = y - yhat", .of = "dL/db", .nslips = 1, .slip = slip,
	                    CHECKED(.yours = -0.63013, .numerical = 0.63013, .abserr = 1e-10, .ratio = -1, .entry = "b[1]",
	                            .point = "batch 1", .max_abs = 1.26, .max_rel = 2, .points = 34, .worlds = 6, .step = 1e-3,
	                            .meaning = "a step of 0.1 against it raises L from 3.278 to 3.445")};
	f[4] = (hg_finding){.id = "5.1", .kind = HG_CLAIM, .status = HG_S_CANNOT_READ, .span = span_of(s, "W^T \\overset{!}{\\heartsuit} (\\hat y - y)"),
	                    .written = "W^T \\overset{!}{\\heartsuit} (\\hat y - y)", .of = "dL/dx",
	                    .reason = "the command \\heartsuit is not known here", .unread = span_of(s, "\\heartsuit")};
	f[5] = (hg_finding){.id = "6.1", .kind = HG_CLAIM, .status = HG_S_CANNOT_TELL, .span = span_of(s, "$\\mathrm{ReLU}'(0) = 1"),
	                    .written = "1", .reads = "ReLU'(0) = 1", .of = "ReLU'(0)", .reason = "ReLU has a kink at 0", .nnotes = 1,
	                    .note = (const char **)remarks,
	                    CHECKED(.yours = 1, .numerical = 0.5, .abserr = 0.5, .class = HG_KINK, .reason = HG_AT_KINK, .left = 0, .right = 1, .points = 1)};
	f[6] = (hg_finding){.id = "7.1", .kind = HG_CLAIM, .status = HG_S_DISAGREES, .span = span_of(s, "\\frac{1}{m} \\sum"),
	                    .written = "\\frac{1}{m} ...", .reads = "dJ/dW1 = (1/m) sum_i ((W2^T (a2_i - y_i)) o 1{z1_i > 0}) x_i + lambda W1",
	                    .of = "dJ/dW1", .nslips = 2, .slip = slip + 1,
	                    CHECKED(.yours = 1.26, .numerical = 0, .abserr = 1e-10, .entry = "W1[1,1]", .points = 34, .worlds = 6)};
	f[7] = (hg_finding){.id = "8.1", .kind = HG_CLAIM, .status = HG_S_DISAGREES,
	                    .span = {span_of(s, "W \\\\\n").at, strlen("W \\\\\n  &\\quad (\\hat y - y)")}, .of = "dL/da",
	                    .written = "W (\\hat y - y)", CHECKED(.yours = NAN, .numerical = 1e-9, .abserr = 1e-15, .points = 2)};
	f[8] = (hg_finding){.id = "9.1", .kind = HG_UPDATE, .status = HG_S_DISAGREES, .span = span_of(s, "W - \\alpha"), .of = "dL/dW",
	                    .written = "\\hat y - y \\cdot x^T", .inherited_from = "3.1", CHECKED(.yours = 1, .numerical = 2, .points = 1)};
}

static const hg_report *make_document(hg_arena *arena)
{
	const char *trouble;
	hg_report *r = HG_NEW(arena, hg_report);
	hg_source *s = HG_NEW(arena, hg_source);
	hg_slip_found *slip = HG_NEWS(arena, 3, hg_slip_found);
	static const char *reads[] = {"z = W x + b", "yhat = sigma(z)"};
	static const char *blind[] = {"m = 1 hides a missing 1/m"};
	if (hg_source_of("class/hw3.md", HG_STR(document), NULL, arena, s, &trouble) != HG_OK)
		return NULL;
	*r = (hg_report){.title = "class/hw3.md", .source = s, .sha256 = s->sha256, .seed = 7, .nfindings = 9,
	                 .finding = HG_NEWS(arena, 9, hg_finding), .model = {.from = "built-in", .nreads = 2, .reads = reads},
	                 .power = {41, 40, 1, blind}};
	fill_document(s, r->finding, slip);
	hg_report_count(r);
	return r;
}

/* A line with terminal escapes, bidirectional marks, workflow commands, markup and bytes that are no UTF-8. */
static const char hostile[] =
    "\x1b[2J\x1b]0;owned\x07 \xE2\x80\xAE" "evil \xC2\x9B" "31m \xFF\xFE <script>alert(1)</script> ]]> &amp; 100% a,b:c | `x` $dW = 1$\r\n";

static const hg_report *make_hostile(hg_arena *arena)
{
	const char *trouble;
	hg_report *r = HG_NEW(arena, hg_report);
	hg_source *s = HG_NEW(arena, hg_source);
	hg_finding *f = HG_NEW(arena, hg_finding);
	static const char path[] = "a,b:c%\n::error::\x1b[31m'x'.md";
	if (hg_source_of(path, HG_STR(hostile), NULL, arena, s, &trouble) != HG_OK)
		return NULL;
	*f = (hg_finding){.id = "1.1", .kind = HG_CLAIM, .status = HG_S_DISAGREES, .span = {0, s->text.n},
	                  .written = hostile, .reads = "::error::injected\n::add-mask::x", .of = hostile,
	                  CHECKED(.yours = INFINITY, .numerical = -INFINITY, .abserr = NAN, .entry = "]]>\x1b", .points = 1)};
	*r = (hg_report){.title = path, .source = s, .sha256 = s->sha256, .seed = 1, .nfindings = 1, .finding = f};
	hg_report_count(r);
	return r;
}

static const hg_report *make_module(hg_arena *arena)
{
	hg_report *r = HG_NEW(arena, hg_report);
	hg_finding *f = HG_NEWS(arena, 3, hg_finding);
	hg_slip_found *slip = HG_NEW(arena, hg_slip_found);
	*slip = (hg_slip_found){.id = "missing-mean"};
	f[0] = (hg_finding){.id = "relu_bce.dZ2", .kind = HG_CLAIM, .status = HG_S_AGREES, .written = "dZ_2 = A_2 - Y", .of = "dJ/dZ2",
	                    CHECKED(.resolution = 2e-12, .points = 34, .worlds = 6)};
	f[1] = (hg_finding){.id = "relu_bce.dW2", .kind = HG_CLAIM, .status = HG_S_DISAGREES, .written = "dW_2 = dZ_2 A_1^T", .of = "dJ/dW2",
	                    .nslips = 1, .slip = slip,
	                    CHECKED(.yours = 5, .numerical = 1, .abserr = 1e-11, .ratio = 5, .entry = "W2[1,4]", .point = "batch 5",
	                            .max_abs = 4, .max_rel = 0.8, .points = 34, .worlds = 6, .pattern = "every entry is 5 times the numerical one")};
	f[2] = (hg_finding){.id = "relu_bce.db1", .kind = HG_CLAIM, .status = HG_S_AGREES, .written = "db_1", .of = "dJ/db1",
	                    CHECKED(.reason = HG_BOTH_ZERO, .points = 1)};
	*r = (hg_report){.title = "relu_bce", .seed = 7, .nfindings = 3, .finding = f, .power = {12, 12, 0, NULL}};
	hg_report_count(r);
	return r;
}

static const hg_report *make_stopped(hg_arena *arena)
{
	hg_report *r = HG_NEW(arena, hg_report);
	*r = (hg_report){.title = "gone.md", .trouble = "gone.md: No such file or directory"};
	return r;
}

/* A derivation that is wrong in earnest: the first wrong twin of the network, judged. */
static const hg_report *make_twin(hg_arena *arena)
{
	hg_report *r = HG_NEW(arena, hg_report);
	const hg_settings settings = {.seed = 3};
	const hg_derivation *network = hg_derivation_find(HG_STR("relu_bce"));
	return network && hg_derive_twin(network, 0, &settings, arena, r) == HG_OK ? r : NULL;
}

static const struct {
	const char *name;
	const hg_report *(*make)(hg_arena *arena);
} makers[] = {{"document", make_document}, {"hostile", make_hostile}, {"module", make_module}, {"stopped", make_stopped},
              {"twin", make_twin}};

size_t made_reports(const char *name, hg_arena *arena, const hg_report *list[static MADE_MOST])
{
	for (size_t i = 0; i < sizeof makers / sizeof *makers; i++)
		if (strcmp(makers[i].name, name) == 0)
			return (list[0] = makers[i].make(arena)) != NULL;
	if (strcmp(name, "several") != 0)
		return 0;
	list[0] = make_document(arena);
	list[1] = make_stopped(arena);
	list[2] = make_module(arena);
	return list[0] ? MADE_MOST : 0;
}
