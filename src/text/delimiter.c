#include "text/scan.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char *open, *close;
	bool blank_lines;
} pairs[NPAIRS] = {
#define PAIR_ROW(id, opener, closer, kind, blank) [PAIR_##id] = {opener, closer, blank},
#define ENVIRONMENT_ROW(...)
#include "text/containers.def"
#undef PAIR_ROW
#undef ENVIRONMENT_ROW
};

static const struct {
	const char *name;
	environment_use use;
} environments[] = {
#define PAIR_ROW(...)
#define ENVIRONMENT_ROW(name, use) {name, ENV_##use},
#include "text/containers.def"
#undef PAIR_ROW
#undef ENVIRONMENT_ROW
};
_Static_assert(sizeof environments / sizeof *environments <= MOST_ENVIRONMENTS, "room for what is looked up");

const char *pair_opener(pair which) { return pairs[which].open; }
const char *pair_closer(pair which) { return pairs[which].close; }

size_t environment_find(hg_str name, environment_use *use)
{
	if (hg_str_ends(name, "*"))
		name.n--;
	for (size_t i = 0; i < sizeof environments / sizeof *environments; i++)
		if (hg_str_is(name, environments[i].name)) {
			*use = environments[i].use;
			return i;
		}
	return NONE;
}

/* Is the delimiter at `at` itself escaped, so that it means something else? `\\]` is no `\]`,
 * `\$$` no `$$`. */
static bool escaped(const scan *s, size_t at, size_t from)
{
	size_t slashes = 0;
	while (at > from && s->text[at - 1] == '\\') {
		at--;
		slashes++;
	}
	return slashes % 2 == 1;
}

static size_t search(const scan *s, const char *what, size_t from)
{
	size_t n = strlen(what);
	while (from < s->end) {
		const char *p = memmem(s->text + from, s->end - from, what, n);
		if (!p)
			return NONE;
		size_t at = (size_t)(p - s->text);
		if (!escaped(s, at, from))
			return at;
		from = at + 1;
	}
	return NONE;
}

/* Does the text between an opener and its closer read as one formula? Where a blank line stands inside and
 * words follow, or the same delimiter opens again, the opener was never closed. */
static bool reads_on(const scan *s, size_t from, size_t to, bool blank_lines)
{
	bool after_blank = false;
	for (size_t at = from; at < to;) {
		size_t end = at;
		bool blank = true;
		for (; end < to && s->text[end] != '\n'; end++)
			blank = blank && (is_blank(s->text[end]) || s->text[end] == '>');
		if (blank && at > from && end < to) {
			if (!blank_lines)
				return false;
			after_blank = true;
		} else if (!blank && after_blank && looks_like_prose_line((hg_str){s->text + at, end - at})) {
			return false;
		}
		at = end + 1;
	}
	return true;
}

static size_t unclosed(scan *s, const char *opener, size_t from)
{
	size_t n = strlen(opener);
	hg_mark before = hg_arena_mark(s->arena);
	size_t notes = s->doc->nnotes;
	scan_note(s, (hg_span){from - n, n}, "unclosed-math",
	          hg_arena_print(s->arena, "%s opens mathematics here and is never closed", opener));
	if (s->doc->nnotes == notes)
		hg_arena_release(s->arena, before);
	return NONE;
}

/* The first `what` from here on, remembered in *next so that no text is searched twice. */
static size_t lookup(const scan *s, size_t *next, const char *what, size_t from)
{
	if (*next == UNKNOWN || (*next != NONE && *next < from))
		*next = search(s, what, from);
	return *next;
}

size_t scan_closer(scan *s, pair which, size_t from)
{
	const char *open = pairs[which].open;
	size_t at = lookup(s, &s->next_closer[which], pairs[which].close, from);
	bool again = at != NONE && strcmp(open, pairs[which].close) != 0 &&
	             memmem(s->text + from, at - from, open, strlen(open));
	return at == NONE || again || !reads_on(s, from, at, pairs[which].blank_lines) ? unclosed(s, open, from)
	                                                                               : at;
}

size_t scan_environment_end(scan *s, size_t environment, hg_str name, size_t from)
{
	char begin[64], end[64];
	snprintf(begin, sizeof begin, "\\begin{%.*s}", HG_STR_ARG(name));
	snprintf(end, sizeof end, "\\end{%.*s}", HG_STR_ARG(name));
	size_t at = lookup(s, &s->next_end[environment][hg_str_ends(name, "*")], end, from);
	if (at == NONE)
		return unclosed(s, begin, from);
	if (environments[environment].use != ENV_MATH)
		return at;
	return memmem(s->text + from, at - from, begin, strlen(begin)) || !reads_on(s, from, at, true)
	           ? unclosed(s, begin, from)
	           : at;
}
