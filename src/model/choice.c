#include "model/choice.h"

#include <string.h>

static const struct {
	const char *id, *question;
} choices_of[HG_NCHOICES] = {
#define HG_CHOICE(symbol, id, question) [HG_CHOICE_##symbol] = {id, question},
#define HG_VALUE(...)
#include "model/choices.def"
#undef HG_CHOICE
#undef HG_VALUE
};

static const struct {
	hg_choice choice;
	unsigned char number;
	const char *id, *words;
} values[] = {
#define HG_CHOICE(...)
#define HG_VALUE(choice, number, symbol, id, words) {HG_CHOICE_##choice, number, id, words},
#include "model/choices.def"
#undef HG_CHOICE
#undef HG_VALUE
};

enum { NVALUES = sizeof values / sizeof *values, NOWHERE = NVALUES };

static size_t value_at(hg_choice choice, unsigned number)
{
	size_t i = 0;
	while (i < NVALUES && !(values[i].choice == choice && values[i].number == number))
		i++;
	return i;
}

const char *hg_choice_id(hg_choice choice) { return choices_of[choice].id; }

const char *hg_choice_question(hg_choice choice) { return choices_of[choice].question; }

hg_choice hg_choice_find(hg_str id)
{
	hg_choice c = 0;
	while (c < HG_NCHOICES && !hg_str_is(id, hg_choice_id(c)))
		c++;
	return c;
}

size_t hg_choice_values(hg_choice choice)
{
	size_t n = 0;
	while (value_at(choice, (unsigned)n + 1) < NOWHERE)
		n++;
	return n;
}

const char *hg_choice_value(hg_choice choice, unsigned value)
{
	size_t at = value_at(choice, value);
	return at < NOWHERE ? values[at].id : NULL;
}

const char *hg_choice_words(hg_choice choice, unsigned value)
{
	size_t at = value_at(choice, value);
	return at < NOWHERE ? values[at].words : NULL;
}

static void list_values(hg_choice choice, hg_buf *out)
{
	for (unsigned v = 1; hg_choice_value(choice, v); v++)
		hg_buf_print(out, "%s%s=%s", v == 1 ? "" : v == hg_choice_values(choice) ? " or " : ", ", hg_choice_id(choice), hg_choice_value(choice, v));
}

static void list_choices(hg_buf *out)
{
	hg_buf_text(out, "a choice and its value:");
	for (hg_choice c = 0; c < HG_NCHOICES; c++) {
		hg_buf_print(out, "%s%s=", c ? ", " : " ", hg_choice_id(c));
		for (unsigned v = 1; hg_choice_value(c, v); v++)
			hg_buf_print(out, "%s%s", v > 1 ? "|" : "", hg_choice_value(c, v));
	}
}

bool hg_choice_take(hg_str text, hg_choices *choices, hg_buf *wanted)
{
	size_t equals = hg_str_find(text, HG_STR("="));
	hg_str id = hg_str_trim(hg_str_part(text, 0, equals == (size_t)-1 ? text.n : equals));
	hg_str value = equals == (size_t)-1 ? (hg_str){0} : hg_str_trim(hg_str_part(text, equals + 1, text.n));
	const hg_choice c = hg_choice_find(id);
	for (unsigned v = 1; c < HG_NCHOICES && hg_choice_value(c, v); v++)
		if (hg_str_is(value, hg_choice_value(c, v))) {
			choices->value[c] = (unsigned char)v;
			return true;
		}
	if (wanted && c < HG_NCHOICES)
		list_values(c, wanted);
	else if (wanted)
		list_choices(wanted);
	return false;
}

void hg_choices_write(const hg_choices *choices, hg_buf *out)
{
	for (hg_choice c = 0; c < HG_NCHOICES; c++)
		if (choices->value[c])
			hg_buf_print(out, "%s--take %s=%s", out->n ? " " : "", hg_choice_id(c), hg_choice_value(c, choices->value[c]));
}

/* ---- comments ------------------------------------------------------------------------------------------------------------ */

typedef struct taker {
	const hg_source *source;
	hg_arena *arena;
	hg_choices taken;
	size_t n;
	hg_note *note;
} taker;

static hg_status refuse(taker *t, hg_str part)
{
	enum { MOST = 8 }; /* notes of this kind: the rest would say the same */
	hg_buf wanted = {0};
	hg_choices none = {0};
	if (t->n == MOST)
		return HG_OK;
	if (!t->note)
		t->note = HG_NEWS(t->arena, MOST, hg_note);
	hg_choice_take(part, &none, &wanted);
	const char *text = wanted.failed ? NULL : hg_arena_print(t->arena, "take wants %.*s", HG_STR_ARG(hg_buf_slice(&wanted)));
	hg_buf_free(&wanted);
	if (!t->note || !text)
		return HG_ENOMEM;
	t->note[t->n++] = (hg_note){.span = {(size_t)(part.p - t->source->text.p), part.n ? part.n : 1}, .code = "unknown-choice", .text = text};
	return HG_OK;
}

/* "layout=rows, dz=of-cost" */
static hg_status take_list(taker *t, hg_str list)
{
	while (true) {
		size_t comma = hg_str_find(list, HG_STR(","));
		hg_str part = hg_str_trim(hg_str_part(list, 0, comma == (size_t)-1 ? list.n : comma));
		if (!hg_choice_take(part, &t->taken, NULL))
			HG_TRY(refuse(t, part));
		if (comma == (size_t)-1)
			return HG_OK;
		list = hg_str_part(list, comma + 1, list.n);
	}
}

/* What stands in the comment that begins at i, and where it ends; empty: none does. *end is that of the text where nothing
 * closes it: then nothing closes those behind it either. */
static hg_str comment_at(const hg_source *source, size_t i, size_t *end)
{
	hg_str rest = hg_str_part(source->text, i, source->text.n);
	const bool tex = source->format == HG_TEX && rest.p[0] == '%' && (!i || source->text.p[i - 1] != '\\');
	const size_t lead = tex ? 1 : 4;
	*end = i;
	if (!tex && !hg_str_starts(rest, "<!--"))
		return (hg_str){0};
	hg_str inside = hg_str_part(rest, lead, rest.n);
	size_t n = hg_str_find(inside, tex ? HG_STR("\n") : HG_STR("-->"));
	*end = n == (size_t)-1 ? source->text.n : i + lead + n;
	return n == (size_t)-1 && !tex ? (hg_str){0} : hg_str_trim(hg_str_part(inside, 0, n));
}

hg_status hg_choices_said(const hg_source *source, hg_arena *arena, hg_choices *choices, const hg_note **note, size_t *nnotes)
{
	taker t = {.source = source, .arena = arena};
	for (size_t i = 0, end; i < source->text.n; i++) {
		hg_str inside = comment_at(source, i, &end);
		i = end;
		if (hg_str_starts(inside, "take:"))
			HG_TRY(take_list(&t, hg_str_part(inside, 5, inside.n)));
	}
	for (hg_choice c = 0; c < HG_NCHOICES; c++)
		if (!choices->value[c])
			choices->value[c] = t.taken.value[c];
	*note = t.note;
	*nnotes = t.n;
	return HG_OK;
}

hg_status hg_choices_check(const hg_source *source, hg_arena *arena, const char **trouble)
{
	hg_choices taken = {0};
	const hg_note *note;
	size_t n;
	HG_TRY(hg_choices_said(source, arena, &taken, &note, &n));
	if (!n)
		return HG_OK;
	hg_place at = hg_source_place(source, note->span.at);
	*trouble = hg_arena_print(arena, "%s:%zu:%zu: %s", source->path, at.line, at.column, note->text);
	return *trouble ? HG_EINVAL : HG_ENOMEM;
}
