/* The document with the letters that custom has for what its own are. */
#include "names/marks_above.h"
#include "names/spelling.h"
#include "names/steps.h"

#include <ctype.h>
#include <string.h>

/* a of dahat, the gradient by what code calls ahat and the tree an a with a hat; empty. */
static hg_str letter_with_hat(hg_str name)
{
	static const char *const hats[] = {HG_WORDS_HAT_BEHIND_LETTER};
	for (size_t i = 0; hg_has_differential(name) && i < sizeof hats / sizeof *hats; i++)
		if (name.n == 2 + strlen(hats[i]) && hg_str_ends(name, hats[i]))
			return hg_str_part(name, 1, 1);
	return (hg_str){0};
}

static void respell_name(hg_spelling *s, hg_expr *e)
{
	bool gradient;
	hg_str letter = hg_letter_of_name(e->name, &gradient);
	size_t i = 0;
	if (!letter.n)
		letter = letter_with_hat(e->name);
	if (!letter.n)
		letter = e->name; /* of a word */
	while (i < s->seen.n && !hg_str_equal(s->seen.letter[i].name, letter))
		i++;
	if ( i == s->seen.n || !s->as[i].n)
		return;
	hg_str head = {e->name.p, (size_t)(letter.p - e->name.p)}, tail = {letter.p + letter.n, e->name.n - head.n - letter.n};
	e->spelled = e->name;
	e->name = hg_str_of(hg_arena_print(s->arena, "%.*s%.*s%.*s", HG_STR_ARG(head), HG_STR_ARG(s->as[i]), HG_STR_ARG(tail)));
}

static hg_str spelled(const hg_spelling *s, hg_str letter)
{
	for (size_t i = 0; i < s->seen.n; i++)
		if (hg_str_equal(s->seen.letter[i].name, letter) && s->as[i].n == 1)
			return s->as[i];
	return letter;
}

static void respell_letters(hg_spelling *s, hg_expr *e)
{
	char as[3];
	for (size_t k = 0; k < e->name.n; k++)
		as[k] = spelled(s, hg_str_part(e->name, k, 1)).p[0];
	e->spelled = e->name;
	e->name = (hg_str){hg_arena_copy(s->arena, as, e->name.n), e->name.n};
}

static void respell(hg_spelling *s, hg_expr *e)
{
	if (e->op == HG_OP_NAME && e->name.n)
		respell_name(s, e);
	for (size_t i = 0; i < e->nindex; i++)
		if (hg_letters_side_by_side(&s->seen, e->index[i].e))
			respell_letters(s, e->index[i].e);
		else
			respell(s, e->index[i].e);
	for (size_t i = 0; i < e->nkids; i++)
		respell(s, e->kid[i]);
}

static hg_status rewrite(hg_spelling *s, const hg_statements **said, bool blind)
{
	hg_statements *copy = hg_statements_copy(*said, s->arena);
	if (!copy)
		return HG_ENOMEM;
	copy->blind = blind;
	for (size_t i = 0; i < copy->n; i++)
		for (size_t k = 0; k < copy->at[i].nsides; k++)
			if (copy->at[i].side[k].e)
				respell(s, copy->at[i].side[k].e);
	*said = copy;
	return hg_arena_failed(s->arena) ? HG_ENOMEM : HG_OK;
}

static hg_spelling *spelling_of(const hg_statements *said, const hg_statements *assignment, bool blind, hg_arena *arena)
{
	hg_spelling *s = HG_NEW(arena, hg_spelling);
	if (!s)
		return NULL;
	s->arena = arena;
	said = hg_marks_above(said, arena);
	assignment = hg_marks_above(assignment, arena);
	for (size_t pass = 0; pass < 2; pass++) { /* what is differentiated is known in the second */
		s->seen.npairs = 0;
		for (size_t i = 0; i < s->seen.n; i++) /* what pass one could not know yet */
			s->seen.letter[i].where &= ~(unsigned)(HG_SEEN_PLAIN | HG_SEEN_DEFINED | HG_SEEN_CALLED | HG_SEEN_USED | HG_SEEN_IN_LOSS);
		hg_evidence_add(&s->seen, said);
		if (assignment)
			hg_evidence_add(&s->seen, assignment);
	}
	hg_spelling_find(s);
	if (blind)
		hg_spelling_forget(s);
	return s;
}

bool hg_customs_needed(const hg_statements *said, const hg_statements *assignment, hg_arena *scratch)
{
	const hg_spelling *s = spelling_of(said, assignment, false, scratch), *blind = spelling_of(said, assignment, true, scratch);
	for (size_t i = 0; s && blind && i < s->seen.n; i++) {
		hg_str own = s->seen.letter[i].name; /* w x is one number by custom */
		bool vector = s->is[i] == HG_MAY_WEIGHT && own.n == 1 && islower((unsigned char)own.p[0]);
		if (vector || !hg_str_equal(s->as[i], blind->as[i]))
			return true;
	}
	return false;
}

hg_status hg_customs_apply(const hg_statements **said, const hg_statements **assignment, const hg_expr **asked, size_t nasked,
                           bool blind, hg_arena *arena)
{
	*said = hg_steps_below(*said, arena);
	*assignment = hg_steps_below(*assignment, arena);
	hg_spelling *s = spelling_of(*said, *assignment, blind, arena);
	bool any = blind;
	for (size_t i = 0; s && i < s->seen.n; i++)
		any = any || s->as[i].n;
	if (!s || !any)
		return s ? HG_OK : HG_ENOMEM;
	for (size_t i = 0; i < nasked; i++) {
		hg_expr *copy = asked[i] ? hg_expr_copy(arena, asked[i]) : NULL;
		if (copy)
			respell(s, copy);
		asked[i] = copy;
	}
	HG_TRY(rewrite(s, said, blind));
	return *assignment ? rewrite(s, assignment, blind) : HG_OK;
}

hg_status hg_names_dump(const hg_statements *said, hg_arena *arena, hg_buf *out)
{
	static const char *const what[] = {"input", "label", "weight", "bias", "value", "loss", "count", "classes", "rate", "index", "sample", "layer", "step in time"};
	const hg_spelling *s = spelling_of(said, NULL, false, arena), *blind = spelling_of(said, NULL, true, arena);
	for (size_t i = 0; s && i < s->seen.n; i++) {
		const hg_letter_seen *l = &s->seen.letter[i];
		const char *is = "";
		for (size_t k = 0; k < sizeof what / sizeof *what; k++)
			if (s->is[i] >> k & 1)
				is = what[k];
		hg_buf_print(out, "%.*s\t%s%s%.*s", HG_STR_ARG(l->name), *is ? is : "open", s->as[i].n ? ", read as " : "", HG_STR_ARG(s->as[i]));
		if (blind && blind->as[i].n)
			hg_buf_print(out, ", blind for customs as %.*s", HG_STR_ARG(blind->as[i]));
		hg_buf_char(out, '\n');
	}
	return s ? HG_OK : HG_ENOMEM;
}
