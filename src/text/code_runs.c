/* Which lines of code run: none behind a return; some only if something holds, or if somebody calls their function. */
#include "text/code_runs.h"

#include <stdint.h>
#include <string.h>

/* ---- never ------------------------------------------------------------------------------------------------------------ */

static bool is_one_of(hg_str line, const char *const words[], size_t n, bool whole)
{
	for (size_t i = 0; i < n; i++)
		if (whole ? hg_str_is(line, words[i]) : hg_str_starts(line, words[i]))
			return true;
	return false;
}

/* for k in []: and range(0) */
static bool loops_over_nothing(hg_str line)
{
	static const char *const nothing[] = {"in []:", "in ():", "in range(0):", "in {}:", "in \"\":", "in '':"};
	for (size_t i = 0; hg_str_starts(line, "for ") && i < sizeof nothing / sizeof *nothing; i++)
		if (hg_str_ends(line, nothing[i]))
			return true;
	return false;
}

static bool gives_up(hg_str line)
{
	static const char *const ends[] = {"raise ", "sys.exit(", "exit(", "quit(", "os._exit(", "os.abort(", "assert False", "assert 0", "1/0", "1 / 0"};
	return is_one_of(line, ends, sizeof ends / sizeof *ends, false) || hg_str_is(line, "raise");
}

static bool returns(hg_str line) { return hg_str_is(line, "return") || hg_str_starts(line, "return ") || hg_str_starts(line, "return("); }

/* From which indent on nothing behind this line runs (if False: return, raise, %%bash), until less is indented; NONE. */
static size_t never_runs(hg_str line, size_t indent)
{
	static const char *const heads[] = {"if False:", "if 0:", "if not True:", "while False:", "while 0:", "if None:", "if (False):",
	                                    "if []:", "if ():", "if '':", "if \"\":", "while None:"};
	static const char *const runs[] = {"%%time", "%%capture", "%%prun", "%%memit", "%%mprun", "%%lprun"};
	line = hg_str_trim(line);
	if (is_one_of(line, heads, sizeof heads / sizeof *heads, true) || loops_over_nothing(line))
		return indent + 1;
	if (gives_up(line) || hg_str_is(line, "break") || hg_str_is(line, "continue"))
		return indent;
	if (indent > 0 && returns(line))
		return indent;
	return hg_str_starts(line, "%%") && !is_one_of(line, runs, sizeof runs / sizeof *runs, false) ? 0 : NONE;
}

static size_t indent_of(hg_str line)
{
	size_t n = 0;
	while (n < line.n && is_blank(line.p[n]))
		n++;
	return n < line.n && line.p[n] != '\n' ? n : NONE;
}

/* ---- only if ... -------------------------------------------------------------------------------------------------------- */

/* What is indented below it runs if something holds, or fails, that only a run can tell. */
static bool is_fork(hg_str line)
{
	static const char *const heads[] = {"if ", "if(", "elif ", "elif(", "else:", "else :", "while ", "while(", "try:", "try :", "except", "finally", "match ", "case "};
	return is_one_of(line, heads, sizeof heads / sizeof *heads, false) && !hg_str_starts(line, "if __name__");
}

/* if done: return */
static bool may_leave(hg_str line)
{
	static const char *const ends[] = {": return", ":return", ": raise", ":raise", ": sys.exit", ": exit("};
	for (size_t i = 0; hg_str_starts(line, "if") && i < sizeof ends / sizeof *ends; i++)
		if (hg_str_find(line, hg_str_of(ends[i])) != NONE)
			return true;
	return false;
}

/* ---- line by line ------------------------------------------------------------------------------------------------------- */

bool code_walk_line(scan *s, code_walk *w, size_t at, hg_str line)
{
	const size_t indent = indent_of(line);
	line = hg_str_trim(line);
	if (indent == NONE)
		return w->gone != NONE;
	if (w->gone != NONE && indent >= w->gone) {
		if (!w->noted)
			scan_note(s, (hg_span){at, 0}, "not-shown", "what stands here never runs, and is not read");
		w->noted = true;
		return true;
	}
	if (w->function.n && indent <= w->def) {
		w->function = (hg_str){0};
		w->left = false;
	}
	w->forked = w->forked != NONE && indent < w->forked ? NONE : w->forked;
	w->hangs = w->left || w->forked != NONE;
	hg_code_function f;
	if (!w->function.n && hg_code_function_read(line, &f)) {
		w->function = f.name;
		w->def = indent;
	}
	w->left = w->left || may_leave(line) || hg_str_starts(line, "yield") || (w->forked != NONE && (returns(line) || gives_up(line)));
	if (w->forked == NONE && is_fork(line))
		w->forked = indent + 1;
	w->gone = never_runs(line, indent);
	w->noted = false;
	return false;
}

/* ---- only if it is called -------------------------------------------------------------------------------------------------- */

enum { MOST_CALLED = 64 };

typedef struct callers {
	size_t n;
	hg_str name[MOST_CALLED];
	uint64_t calls[MOST_CALLED], top; /* bit k: function k is named in the body of this one; outside of all */
	uint64_t other;                   /* the name stands, outside of all, for something else too */
} callers;

static size_t number_of(const callers *c, hg_str name)
{
	size_t i = 0;
	while (i < c->n && !hg_str_equal(c->name[i], name))
		i++;
	return i;
}

static bool is_name_byte(char c) { return is_letter(c) || is_digit(c) || c == '_'; }

/* The functions that are named in a line, outside of its strings. */
static uint64_t named_in(const callers *c, hg_str line)
{
	uint64_t found = 0;
	for (size_t at = 0; at < line.n;) {
		if (code_begins_string(line, at)) {
			at = code_skip_string(line, at);
			continue;
		}
		size_t end = at;
		while (end < line.n && is_name_byte(line.p[end]))
			end++;
		size_t k = end > at ? number_of(c, hg_str_part(line, at, end - at)) : c->n;
		found |= k < c->n ? (uint64_t)1 << k : 0;
		at = end > at ? end : at + 1;
	}
	return found;
}

/* backward of `backward = lambda: None` */
static hg_str assigned_name(hg_str line)
{
	size_t end = 0;
	line = hg_str_trim(line);
	while (end < line.n && is_name_byte(line.p[end]))
		end++;
	const hg_str rest = hg_str_trim(hg_str_part(line, end, line.n));
	return rest.n > 1 && rest.p[0] == '=' && rest.p[1] != '=' ? hg_str_part(line, 0, end) : (hg_str){0};
}

/* Each logical line of all code, with the function it stands in: first to learn their names, then who names whom. */
static void walk_all(scan *s, callers *c, bool names)
{
	for (size_t i = 0; i < s->code.nblocks; i++) {
		const hg_str text = {s->text, s->code.block[i].at + s->code.block[i].n};
		code_walk w = CODE_WALK;
		for (size_t at = s->code.block[i].at, words, end; at < text.n; at = end + 1) {
			end = code_logical_line(text, at, &words);
			const hg_str line = {text.p + at, words - at};
			const size_t indent = indent_of(line);
			if (indent == NONE)
				continue;
			if (w.function.n && indent <= w.def)
				w.function = (hg_str){0};
			hg_code_function f;
			const bool defines = hg_code_function_read(line, &f);
			if (!names && !defines) {
				const size_t k = w.function.n ? number_of(c, w.function) : c->n;
				*(k < c->n ? &c->calls[k] : &c->top) |= named_in(c, line);
			}
			const size_t known = defines ? number_of(c, f.name) : number_of(c, assigned_name(line));
			if (names && defines && known == c->n && c->n < MOST_CALLED)
				c->name[c->n++] = f.name;
			else if (indent == 0 && known < c->n && defines == names)
				c->other |= (uint64_t)1 << known;
			if (!w.function.n && defines) {
				w.function = f.name;
				w.def = indent;
			}
		}
	}
}

/* What is assigned, of the line a stretch begins. */
static hg_str target_of(const scan *s, const hg_stretch *stretch)
{
	const hg_str line = {s->text + stretch->span.at, stretch->span.n};
	const size_t equal = hg_str_find(line, HG_STR("="));
	return equal == NONE ? (hg_str){0} : hg_str_trim(hg_str_part(line, 0, equal));
}

static bool is_emptied_later(const scan *s, const hg_stretch *stretch)
{
	const hg_str name = target_of(s, stretch);
	for (size_t i = 0; i < s->code.nemptied; i++)
		if (s->code.emptied[i].at > stretch->span.at && name.n && hg_str_equal(s->code.emptied[i].name, name))
			return true;
	return false;
}

void code_mark_uncalled(scan *s)
{
	callers c = {0};
	walk_all(s, &c, true);
	walk_all(s, &c, false);
	uint64_t reached = c.top;
	for (uint64_t before = 0; before != reached;) {
		before = reached;
		for (size_t k = 0; k < c.n; k++)
			reached |= before >> k & 1 ? c.calls[k] : 0;
	}
	for (size_t i = 0; i < s->doc->nstretches; i++) {
		hg_stretch *stretch = &s->doc->stretch[i];
		const size_t k = stretch->function.n ? number_of(&c, stretch->function) : c.n;
		stretch->hangs |= k < c.n && ((reached && !(reached >> k & 1)) || (c.other >> k & 1));
		stretch->hangs |= stretch->kind == HG_STRETCH_CODE && is_emptied_later(s, stretch);
	}
}
