/* "$P$ is the softmax of $S$", "$h$ is obtained by applying ReLU to $W x + b$": equations in words. */
#include "tables/forward.h"

#include "lang/function.h"
#include "words.def"

#include <ctype.h>
#include <string.h>

enum { MOST_DESCRIBED = 32 };

/* The word of `text` that names a function and can be called by that name; empty: there is none. */
static hg_str function_in(hg_str text)
{
	static const char *const names[] = {
#define HG_NAMES_FUNCTION(word, map, whole) word,
#include "words.def"
#undef HG_NAMES_FUNCTION
	};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		size_t at = hg_str_find_nocase(text, names[i]), n = strlen(names[i]);
		bool whole = at != (size_t)-1 && (!at || !isalpha((unsigned char)text.p[at - 1])) && (at + n >= text.n || !isalpha((unsigned char)text.p[at + n]));
		if (whole && !memchr(names[i], ' ', n))
			return hg_str_part(text, at, n);
	}
	return (hg_str){0};
}

/* "is the derivative of the", "is the log of the": what follows is not the value itself. */
static bool says_more(hg_str before)
{
	static const char *const more[] = {HG_WORDS_GRADIENT, HG_WORDS_OF_VALUE, HG_W_NOT, NULL};
	return hg_str_says(before, more);
}

/* Words from a value to what it is computed of: "is the softmax of". */
static bool leads_to_argument(hg_str words)
{
	static const char *const begins[] = {HG_WORDS_IS_VALUE}, *const ends[] = {HG_WORDS_TO_ARGUMENT};
	bool first = false, last = false;
	for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
		first = first || hg_str_starts(words, begins[i]);
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		last = last || hg_str_ends(words, ends[i]);
	return first && last && !memchr(words.p, '.', words.n) && !memchr(words.p, ';', words.n);
}

static hg_expr *read_inline(const hg_doc *doc, size_t stretch, hg_arena *arena)
{
	const char *trouble;
	hg_expr *e = NULL;
	if (stretch >= doc->nstretches || doc->stretch[stretch].kind != HG_STRETCH_INLINE)
		return NULL;
	if (hg_parse_expression(hg_str_trim(hg_source_text(doc->source, doc->stretch[stretch].span)), false, arena, &e, &trouble) != HG_OK || !e)
		return NULL;
	return e;
}

static bool is_defined(const hg_statements *said, const hg_expr *name)
{
	for (size_t i = 0; i < said->n; i++)
		if (said->at[i].nsides > 1 && said->at[i].side[0].e && hg_expr_equal(said->at[i].side[0].e, name))
			return true;
	return false;
}

/* The equation that the words behind stretch i say of the name in it; false: they say none. */
static bool read_described(const hg_statements *said, size_t i, hg_arena *arena, hg_statement *st)
{
	const hg_doc *doc = said->doc;
	bool fits = i + 2 < doc->nstretches && doc->stretch[i].kind == HG_STRETCH_INLINE && doc->stretch[i + 1].kind == HG_STRETCH_PROSE;
	hg_str words = fits ? hg_str_trim(hg_source_text(doc->source, doc->stretch[i + 1].span)) : (hg_str){0};
	hg_str function = fits && leads_to_argument(words) ? function_in(words) : (hg_str){0};
	if (function.n && says_more(hg_str_part(words, 0, (size_t)(function.p - words.p))))
		return false;
	hg_expr *name = function.n ? read_inline(doc, i, arena) : NULL, *argument = name ? read_inline(doc, i + 2, arena) : NULL;
	if (!argument || name->op != HG_OP_NAME || is_defined(said, name))
		return false;
	const hg_span span = doc->stretch[i].span;
	hg_expr *call = hg_expr_new(arena, HG_OP_CALL, span, 2), *f = hg_expr_new(arena, HG_OP_NAME, span, 0);
	hg_side *side = HG_NEWS(arena, 2, hg_side);
	if (!call || !f || !side)
		return false;
	f->name = function;
	call->kid[0] = f;
	call->kid[1] = argument;
	name->span = argument->span = span;
	side[0] = (hg_side){.rel = HG_REL_NONE, .e = name, .span = span};
	side[1] = (hg_side){.rel = HG_REL_EQ, .e = call, .span = span};
	*st = (hg_statement){.stretch = i, .span = span, .nsides = 2, .side = side, .implied = MOST_DESCRIBED};
	return true;
}

/* Behind all that stands before it. */
static void insert(hg_statements *said, const hg_statement *st)
{
	size_t at = 0;
	while (at < said->n && said->at[at].stretch <= st->stretch)
		at++;
	memmove(said->at + at + 1, said->at + at, (said->n - at) * sizeof *said->at);
	said->at[at] = *st;
	said->at[at].section = at ? said->at[at - 1].section : 0;
	said->n++;
}

hg_status hg_described_values_read(hg_arena *arena, hg_pen *pen)
{
	const hg_doc *doc = pen->meant->doc;
	hg_statements *meant = NULL;
	size_t added = 0;
	for (size_t i = 0; i < doc->nstretches && added < MOST_DESCRIBED; i++) {
		hg_statement st;
		if (!read_described(meant ? meant : pen->meant, i, arena, &st))
			continue;
		if (!meant) {
			meant = HG_NEW(arena, hg_statements);
			hg_statement *at = HG_NEWS(arena, pen->meant->n + MOST_DESCRIBED, hg_statement);
			if (!meant || !at)
				return HG_ENOMEM;
			if (pen->meant->n)
				memcpy(at, pen->meant->at, pen->meant->n * sizeof *at);
			*meant = *pen->meant;
			meant->at = at;
		}
		insert(meant, &st);
		added++;
	}
	if (meant)
		pen->meant = meant;
	return hg_arena_failed(arena) ? HG_ENOMEM : HG_OK;
}
