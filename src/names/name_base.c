/* The base of a name: its letter or word, and what a hat, a prime or a d in front of it say. */
#include "names/name_parts.h"
#include <ctype.h>
#include <string.h>

static hg_str lower_of(hg_arena *arena, hg_str s)
{
	char *copy = hg_arena_copy(arena, s.p, s.n);
	if (!copy)
		return s;
	for (size_t i = 0; i < s.n; i++)
		copy[i] = (char)tolower((unsigned char)copy[i]);
	return (hg_str){copy, s.n};
}

static bool is_greek_pair(hg_str s)
{
	static const char *const names[] = {HG_LIST_CAPITALS, NULL};
	return hg_str_listed(s, names);
}

static hg_str plus(hg_arena *arena, hg_str s, const char *tail)
{
	char *text = hg_arena_print(arena, "%.*s%s", HG_STR_ARG(s), tail);
	return text ? hg_str_of(text) : s;
}

const hg_expr *hg_name_number(hg_arena *arena, hg_str digits)
{
	hg_expr *e = hg_expr_new(arena, HG_OP_NUM, (hg_span){0, 0}, 0);
	if (!e)
		return NULL;
	for (size_t i = 0; i < digits.n; i++)
		e->number = 10 * e->number + (digits.p[i] - '0');
	e->name = digits;
	e->digits = -1;
	return e;
}

/* dJdW1, dL_dz, dCdb: a gradient in code; gives "W1". */
static bool code_gradient(hg_str name, hg_str *of)
{
	if (name.n < 4 || !hg_has_differential(name) || !hg_is_loss_name(hg_str_part(name, 1, 1)))
		return false;
	size_t at = name.p[2] == '_' ? 3 : 2;
	if (at + 1 >= name.n || name.p[at] != *HG_L_DIFFERENTIAL)
		return false;
	*of = hg_str_part(name, at + 1, name.n);
	return true;
}

/* dW, dz2, dscores; not delta3, data, dist. */
static bool names_gradient(hg_str name)
{
	static const char *const words[] = {HG_WORDS_WITH_D, NULL};
	return hg_has_differential(name) && !hg_str_starts(name, HG_L_SIGNAL) && !hg_str_starts(name, HG_W_DATA) &&
	       !hg_str_listed(name, words);
}

static hg_str without_tail(hg_str name, const char *tail, bool *found)
{
	*found = hg_str_ends(name, tail) && name.n > strlen(tail);
	return *found ? hg_str_part(name, 0, name.n - strlen(tail)) : name;
}

void hg_name_read_base(const hg_expr *e, const hg_habits *habits, hg_arena *arena, hg_ref *ref)
{
	hg_str name = e->name, of;
	bool hat = (e->accent & HG_HAT) != 0, found = false;
	if (code_gradient(name, &of)) {
		ref->gradient = true;
		name = of;
	} else if (names_gradient(name)) {
		ref->gradient = true;
		name = hg_str_part(name, name.p[1] == '_' && name.n > 2 ? 2 : 1, name.n);
	}
	static const char *const hats[] = {HG_WORDS_HAT_BEHIND, NULL};
	for (size_t i = 0; hats[i] && !found; i++)
		name = without_tail(name, hats[i], &found);
	hat = hat || found;
	size_t digits = 0;
	while (digits < name.n - 1 && isdigit((unsigned char)name.p[name.n - 1 - digits]))
		digits++;
	if (digits) {
		ref->layer = hg_name_number(arena, hg_str_part(name, name.n - digits, digits));
		name = hg_str_part(name, 0, name.n - digits);
		if (name.n > 1 && name.p[name.n - 1] == '_')
			name = hg_str_part(name, 0, name.n - 1);
	}
	ref->delta = hg_str_is(name, HG_L_SIGNAL) || hg_str_is(name, HG_L_SIGNALS);
	bool own = name.n == 1 && isupper((unsigned char)name.p[0]) && (habits->own_capitals >> (name.p[0] - 'A') & 1);
	ref->upper = (name.n == 1 && isupper((unsigned char)name.p[0]) && hg_letter_folds(name.p[0]) && !own) || is_greek_pair(name);
	if (ref->upper)
		name = lower_of(arena, name);
	if (hat)
		name = plus(arena, name, HG_W_HAT);
	if (e->accent & HG_TILDE)
		name = plus(arena, name, HG_W_TILDE);
	if (e->accent & HG_DOT_ABOVE)
		name = plus(arena, name, HG_W_DOT);
	if (e->accent & HG_CHECK)
		name = plus(arena, name, HG_W_CHECK);
	if ((e->accent & HG_BAR) && habits->bars)
		ref->gradient = true;
	else if (e->accent & HG_BAR)
		name = plus(arena, name, HG_W_BAR);
	if (hg_is_quantity(habits, name)) /* no rate here */
		name = plus(arena, name, "_");
	ref->base = name;
}
