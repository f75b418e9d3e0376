#include "lang/command.h"

#include "lang/function.h"

#include <string.h>

static const hg_command commands[] = {
#define HG_COMMAND_ROW(name, action, kind, value, text) {name, HG_COMMAND_##action, HG_T_##kind, value, text},
#include "lang/commands.def"
#undef HG_COMMAND_ROW
};

static const struct {
	const char *character, *command;
} characters[] = {
#define HG_CHARACTER_ROW(character, command) {character, command},
#include "lang/characters.def"
#undef HG_CHARACTER_ROW
};

enum { NCOMMANDS = sizeof commands / sizeof *commands, NCHARACTERS = sizeof characters / sizeof *characters };

/* Order of bytes, a shorter name before a longer one it begins. */
static int order(hg_str a, const char *b)
{
	size_t n = strlen(b);
	int by = memcmp(a.p, b, a.n < n ? a.n : n);
	return by ? by : (a.n > n) - (a.n < n);
}

const hg_command *hg_command_find(hg_str name)
{
	size_t low = 0, high = NCOMMANDS;
	while (name.n && low < high) {
		size_t middle = low + (high - low) / 2;
		int by = order(name, commands[middle].name);
		if (by == 0)
			return &commands[middle];
		if (by < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

bool hg_command_is_letter(hg_str name)
{
	while (name.n && name.p[name.n - 1] >= '0' && name.p[name.n - 1] <= '9')
		name.n--;
	const hg_command *c = hg_command_find(name);
	return c && c->kind == HG_T_NAME && hg_fn_find(name) == HG_NFNS;
}

size_t hg_command_count(void) { return NCOMMANDS; }

const hg_command *hg_command_at(size_t i) { return i < NCOMMANDS ? &commands[i] : NULL; }

/* A letter or digit written small below: the capital Sigma before it is a sum. */
static bool small_below(hg_str text)
{
	static const char *const letters[] = {"\xe1\xb5\xa2", "\xe2\xb1\xbc", "\xe2\x82\x96", "\xe2\x82\x97", "\xe2\x82\x98", "\xe2\x82\x99", "\xe2\x82\x9c"};
	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
		if (hg_str_starts(text, letters[i]))
			return true;
	return false;
}

const hg_command *hg_command_of_character(hg_str text, size_t *n)
{
	if (text.n == 0 || !((unsigned char)text.p[0] & 0x80))
		return NULL;
	for (size_t i = 0; i < NCHARACTERS; i++)
		if (hg_str_starts(text, characters[i].character)) {
			*n = strlen(characters[i].character);
			bool sum = hg_str_is(hg_str_of(characters[i].command), "Sigma") && small_below(hg_str_part(text, *n, text.n));
			return hg_command_find(hg_str_of(sum ? "sum" : characters[i].command));
		}
	return NULL;
}
