#include "lang/function.h"
#include "text/words.h"

#include <string.h>

enum application { WORD, BARE };

static const struct {
	const char *name;
	int least, most;
	enum application application;
	const char *latex, *spellings;
} functions[] = {
#define HG_FUNCTION_ROW(id, name, least, most, application, latex, spellings)                                \
	{name, least, most, application, latex, spellings},
#include "lang/functions.def"
#undef HG_FUNCTION_ROW
};

static const char *const prefixes[] = {HG_WORDS_LIBRARY_BEFORE};

static hg_str without_prefix(hg_str name)
{
	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
		if (hg_str_starts(name, prefixes[i])) {
			name = hg_str_part(name, strlen(prefixes[i]), name.n);
			i = (size_t)-1; /* np.linalg.norm has two */
		}
	return name;
}

hg_fn hg_fn_find(hg_str name)
{
	char sought[24];
	name = without_prefix(name);
	if (name.n < 2 || name.n + 2 > sizeof sought)
		return HG_NFNS;
	sought[0] = sought[name.n + 1] = ' ';
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		if (c == ' ')
			return HG_NFNS;
		sought[i + 1] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
	}
	for (hg_fn fn = 0; fn < HG_NFNS; fn++) /* every spelling stands between two spaces */
		for (const char *at = functions[fn].spellings; at[1]; at = strchr(at + 1, ' '))
			if (at[1] == sought[1] && strncmp(at, sought, name.n + 2) == 0)
				return fn;
	return HG_NFNS;
}

const char *hg_fn_name(hg_fn fn) { return fn < HG_NFNS ? functions[fn].name : "?"; }

const char *hg_fn_latex(hg_fn fn) { return fn < HG_NFNS ? functions[fn].latex : ""; }

bool hg_fn_is_log(hg_fn fn) { return fn == HG_FN_LOG || fn == HG_FN_LOG2 || fn == HG_FN_LOG10; }

bool hg_fn_is_bare(hg_fn fn) { return fn < HG_NFNS && functions[fn].application == BARE; }

int hg_fn_least(hg_fn fn) { return fn < HG_NFNS ? functions[fn].least : 0; }

int hg_fn_most(hg_fn fn) { return fn < HG_NFNS ? functions[fn].most : -1; }
