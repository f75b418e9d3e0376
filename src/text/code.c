/* Code in the numpy dialect: of a fence or a cell, the assignments that compute something a gradient is made
 * of. Code is no set of equations: a name that is built up in several steps (db = 0; db += ...) has no single
 * statement to check, and none of its lines is taken. */
#include "text/code_runs.h"

#include <string.h>

enum { MOST_ASSIGNMENTS = 512 }; /* of one block; what a person derives by hand is far shorter */

/* dscores, dhidden: of what the code computes under the name behind the d. */
static bool is_gradient_of_another(const assignment *all, size_t n, hg_str name)
{
	for (size_t i = 0; i < n && name.n > 2 && hg_has_differential(name); i++)
		if (hg_str_equal(all[i].base, hg_str_part(name, 1, name.n)))
			return true;
	return false;
}

/* dW = np.zeros_like(W), dW = None: a place to put something, no relation. */
static bool makes_room(hg_str line)
{
	const char *open = memchr(line.p, '[', line.n), *close = memchr(line.p, ']', line.n);
	if (open && close > open && strcspn(open, "<>") < (size_t)(close - open)) /* dh[h <= 0] = 0 */
		return false;
	return hg_str_find(line, HG_STR(HG_W_ZEROS)) != NONE || hg_str_find(line, HG_STR(HG_W_NONE)) != NONE || hg_str_find(line, HG_STR(HG_W_EMPTY)) != NONE ||
	       hg_str_ends(line, "= 0") || hg_str_ends(line, "=0") || hg_str_ends(line, "= {}") || hg_str_ends(line, "= []");
}

/* dZ2 = dW2 = None, del dZ2, dW2: what the names held is gone. */
static void note_emptied(scan *s, size_t at, hg_str line)
{
	const bool deletes = hg_str_starts(line, HG_W_DEL);
	if (!makes_room(line) && !deletes)
		return;
	line = deletes ? hg_str_part(line, strlen(HG_W_DEL), line.n) : line;
	for (size_t from = 0; s->code.nemptied < sizeof s->code.emptied / sizeof *s->code.emptied;) {
		const size_t equal = hg_str_find(hg_str_part(line, from, line.n), deletes ? HG_STR(",") : HG_STR("="));
		if (equal == NONE && !(deletes && from < line.n))
			return;
		s->code.emptied[s->code.nemptied].at = at;
		s->code.emptied[s->code.nemptied++].name = hg_str_trim(hg_str_part(line, from, equal == NONE ? line.n - from : equal));
		from = equal == NONE ? line.n : from + equal + 1;
	}
}

static void emit(scan *s, const assignment *a, bool step)
{
	size_t before = s->doc->nstretches;
	scan_math(s, HG_STRETCH_CODE, a->span, a->span, (hg_str){0});
	for (size_t i = before; i < s->doc->nstretches; i++) {
		hg_stretch *stretch = &s->doc->stretch[i];
		if (stretch->kind != HG_STRETCH_CODE)
			continue;
		stretch->step = step;
		stretch->hangs = a->hangs;
		stretch->function = a->function;
	}
}

/* A line about a gradient that cannot be judged is still said to be there: it is written in a way that is not read, or only
 * a step on the way to what a later line makes of it. */
static void mention(scan *s, const assignment *a, bool step)
{
	if (a->gradient && !makes_room(hg_str_trim((hg_str){s->text + a->span.at, a->span.n})))
		emit(s, a, step);
}

static bool stepwise(const assignment *all, size_t n, const assignment *a)
{
	for (size_t i = 0; i < n; i++)
		if (all[i].kind == A_STEPWISE && hg_str_equal(all[i].base, a->base))
			return true;
	return false;
}

/* The functions of a block, as far as they are kept. */
enum { MOST_FUNCTIONS = 64 };

typedef struct functions {
	size_t n;
	hg_code_function at[MOST_FUNCTIONS];
} functions;

static void find_functions(hg_str text, size_t from, functions *all)
{
	all->n = 0;
	for (size_t at = from, words; at < text.n && all->n < MOST_FUNCTIONS; at++) {
		size_t end = code_logical_line(text, at, &words);
		all->n += hg_code_function_read(hg_str_part(text, at, words - at), &all->at[all->n]);
		at = end;
	}
}

/* Is there something the derivative is of: a function that is known, one of the block, a loss? And is the function one of
 * which the block has a derivative? Other functions say nothing that could be judged. */
static bool speaks_of_slope(const functions *all, const hg_code_function *f)
{
	if (f->of.n && f->order && word_is_function(f->of))
		return true;
	for (size_t i = 0; i < all->n; i++) {
		const hg_code_function *g = &all->at[i];
		if (f->of.n && (f->order ? hg_str_equal(g->name, f->of) : g->loss))
			return true;
		if (!word_is_function(f->name) && g->order && hg_str_equal(g->of, f->name))
			return true;
	}
	return false;
}

/* Nothing but its arguments, numbers and functions stand in it. */
static bool of_arguments(hg_str t, const hg_code_function *f)
{
	static const char *const others[] = {HG_WORDS_BESIDE_ARGUMENTS};
	for (size_t at = 0; at < t.n;) {
		if (!is_letter(t.p[at]) && t.p[at] != '_') {
			at++;
			continue;
		}
		size_t end = at;
		while (end < t.n && (is_letter(t.p[end]) || is_digit(t.p[end]) || t.p[end] == '_'))
			end++;
		hg_str name = hg_str_part(t, at, end - at);
		bool known = (end < t.n && t.p[end] == '(') || (at && (t.p[at - 1] == '.' || is_digit(t.p[at - 1])));
		for (size_t i = 0; i < sizeof others / sizeof *others; i++)
			known = known || hg_str_is(name, others[i]);
		for (size_t i = 0; i < f->narguments; i++)
			known = known || hg_str_equal(name, f->argument[i]);
		if (!known)
			return false;
		at = end;
	}
	return true;
}

/* a @ v of a @ v, cache: what comes first is the output. */
static hg_str first_of_tuple(hg_str right)
{
	size_t depth = 0;
	for (size_t i = 0; i < right.n; i++) {
		char c = right.p[i];
		depth += strchr("([{", c) != NULL && c;
		depth -= depth && strchr(")]}", c) && c;
		if (c == ',' && !depth)
			return hg_str_trim(hg_str_part(right, 0, i));
	}
	return right;
}

/* `return` in front of a formula; the reader takes the word for `loss =`, or for `f(x) =` and `f'(x) =`. */
static bool read_return(scan *s, size_t from, size_t to, const functions *all, const hg_code_function *f, assignment *a)
{
	hg_str line = hg_str_trim((hg_str){s->text + from, to - from}), right = hg_str_trim(hg_str_part(line, 7, line.n));
	size_t terms;
	if (!hg_str_starts(line, HG_W_RETURN))
		return false;
	const hg_str output = hg_code_function_output((hg_str){s->text, s->end}, to, f);
	if (output.n && !f->loss) {
		right = first_of_tuple(right);
		*a = (assignment){.span = {(size_t)(line.p - s->text), (size_t)(right.p + right.n - line.p)}, .base = output, .readable = code_fits(right, &terms), .layer = true, .short_name = true};
		return a->readable && terms > 1;
	}
	if (!code_fits(right, &terms))
		return false;
	bool slope = !f->loss && f->narguments && f->narguments <= HG_CODE_ARGUMENTS && speaks_of_slope(all, f) && of_arguments(right, f);
	if (!slope && (!f->loss || terms < 2))
		return false;
	*a = (assignment){.span = {(size_t)(line.p - s->text), line.n}, .base = f->name, .readable = true, .short_name = true, .loss = true};
	a->gradient = slope && f->of.n;
	if (f->loss)
		a->base = HG_STR(HG_W_LOSS);
	return true;
}

/* Does it use a name that is built up in steps, or a part of a loss: data_loss + reg_loss? */
static bool uses_steps(hg_str text, const assignment *all, size_t n, const assignment *a)
{
	hg_str line = {text.p + a->span.at, a->span.n};
	for (size_t i = 0; i < n; i++)
		if (all[i].kind == A_STEPWISE && code_uses(line, all[i].base))
			return true;
	return hg_str_find(line, HG_STR("_" HG_W_LOSS)) != NONE || hg_str_find(line, HG_STR(HG_W_LOSS "_")) != NONE;
}

/* The assignments of the lines from, to that may run; their number. */
static size_t read_lines(scan *s, size_t from, size_t to, assignment all[MOST_ASSIGNMENTS])
{
	hg_code_function inside = {0};
	functions defined;
	size_t n = 0;
	code_walk walk = CODE_WALK;
	const hg_str text = {s->text, to};
	find_functions(text, from, &defined);
	for (size_t at = from, words, end; at < to && n < MOST_ASSIGNMENTS; at = end + 1) {
		end = code_logical_line(text, at, &words);
		if (code_walk_line(s, &walk, at, (hg_str){s->text + at, words - at}))
			continue;
		const hg_str line = hg_str_trim((hg_str){s->text + at, words - at});
		note_emptied(s, at, line);
		if (hg_str_starts(line, HG_W_DEF) && !hg_code_function_read(line, &inside))
			inside = (hg_code_function){0};
		if (code_assignment_read(s, at, words, &all[n]) || (inside.name.n && read_return(s, at, words, &defined, &inside, &all[n]))) {
			all[n].hangs = walk.hangs;
			all[n++].function = walk.function;
		}
	}
	return n;
}

void scan_code(scan *s, size_t from, size_t to)
{
	assignment all[MOST_ASSIGNMENTS] = {0};
	const hg_str text = {s->text, to};
	scan_paragraph(s, from);
	if (s->code.nblocks < sizeof s->code.block / sizeof *s->code.block)
		s->code.block[s->code.nblocks++] = between(from, to);
	const size_t n = read_lines(s, from, to, all);
	bool gradient = false, layer = false;
	for (size_t i = 0; i < n; i++)
		all[i].gradient = all[i].gradient || is_gradient_of_another(all, n, all[i].base);
	for (size_t i = 0; i < n; i++) {
		gradient = gradient || (all[i].gradient && all[i].readable);
		layer = layer || all[i].layer || all[i].kind == A_UPDATE;
	}
	for (size_t i = 0; i < n; i++) {
		bool step = all[i].kind == A_STEPWISE || stepwise(all, n, &all[i]);
		if (gradient && (!all[i].readable || step))
			mention(s, &all[i], step);
		if (!all[i].readable || step)
			continue;
		if (all[i].loss && uses_steps(text, all, n, &all[i]))
			continue;
		if (!gradient && !all[i].loss && !(layer && all[i].short_name))
			continue;
		s->gradient_code = s->gradient_code || all[i].gradient;
		emit(s, &all[i], false);
	}
	s->paragraph++;
}

/* Code without a single gradient in the whole document is some other code. */
void scan_code_end(scan *s)
{
	hg_doc *doc = s->doc;
	size_t kept = 0;
	if (s->gradient_code) {
		code_mark_uncalled(s);
		return;
	}
	for (size_t i = 0; i < doc->nstretches; i++)
		if (doc->stretch[i].kind != HG_STRETCH_CODE)
			doc->stretch[kept++] = doc->stretch[i];
	doc->nstretches = kept;
}
