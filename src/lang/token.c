#include "lang/token.h"

#include <string.h>

static const char *const names[HG_NTOKENS] = {
	[HG_T_END] = "the end",       [HG_T_NUM] = "number",          [HG_T_NAME] = "name",
	[HG_T_TEXT] = "words",        [HG_T_D] = "differential sign", [HG_T_NABLA] = "nabla",
	[HG_T_OPEN] = "open",         [HG_T_CLOSE] = "close",         [HG_T_BAR] = "bar",
	[HG_T_GROUP] = "group",       [HG_T_UNGROUP] = "ungroup",     [HG_T_SUP] = "superscript",
	[HG_T_SUB] = "subscript",     [HG_T_PRIME] = "prime",         [HG_T_TRANSPOSE] = "transpose",
	[HG_T_PLUS] = "plus",         [HG_T_MINUS] = "minus",         [HG_T_PLUSMINUS] = "plus-minus",
	[HG_T_GLUE] = "product sign", [HG_T_REL] = "relation",        [HG_T_COMPARE] = "comparison",
	[HG_T_COMMA] = "comma",       [HG_T_SEMICOLON] = "semicolon", [HG_T_COLON] = "colon",
	[HG_T_STOP] = "full stop",    [HG_T_ELLIPSIS] = "dots",       [HG_T_BIG] = "big sign",
	[HG_T_WIDE] = "wide space",   [HG_T_AMP] = "alignment",       [HG_T_ROW] = "row end",
	[HG_T_BEGIN] = "begin",       [HG_T_ENDENV] = "end",          [HG_T_THEREFORE] = "therefore",
	[HG_T_BECAUSE] = "because",   [HG_T_FORALL] = "for all",      [HG_T_MARK] = "mark",
	[HG_T_COMMAND] = "command",   [HG_T_UNKNOWN] = "unknown",
};

const char *hg_token_kind_name(hg_token_kind kind) { return kind < HG_NTOKENS ? names[kind] : "?"; }

static hg_status reserve(hg_tokens *tokens, hg_arena *arena)
{
	if (tokens->n < tokens->room)
		return HG_OK;
	size_t room = tokens->room ? 2 * tokens->room : 32;
	hg_token *at = HG_NEWS(arena, room, hg_token);
	if (!at)
		return HG_ENOMEM;
	if (tokens->n)
		memcpy(at, tokens->at, tokens->n * sizeof *at);
	tokens->at = at;
	tokens->room = room;
	return HG_OK;
}

hg_status hg_tokens_add(hg_tokens *tokens, hg_arena *arena, hg_token token)
{
	HG_TRY(reserve(tokens, arena));
	tokens->at[tokens->n++] = token;
	return HG_OK;
}

hg_status hg_tokens_end(hg_tokens *tokens, hg_arena *arena, size_t at)
{
	HG_TRY(reserve(tokens, arena));
	tokens->at[tokens->n] = (hg_token){.kind = HG_T_END, .span = {at, 0}, .text = HG_STR("")};
	return HG_OK;
}

static bool is_strict(hg_token_kind kind) { return kind == HG_T_GROUP || kind == HG_T_BEGIN; }

/* Groups and environments are LaTeX's own and pair strictly; a bracket left open inside one stays unpaired, and a
 * bracket never closes one that was opened outside. `open` holds all that is open, `strict` where in it the groups
 * and environments are, so that every token costs the same however much is left open. */
hg_status hg_tokens_match(hg_tokens *tokens, hg_arena *arena)
{
	size_t *open = HG_NEWS(arena, tokens->n + 1, size_t), *strict = HG_NEWS(arena, tokens->n + 1, size_t);
	size_t nopen = 0, nstrict = 0;
	if (!open || !strict)
		return HG_ENOMEM;
	for (size_t i = 0; i < tokens->n; i++) {
		hg_token *t = &tokens->at[i];
		t->match = i;
		if (is_strict(t->kind))
			strict[nstrict++] = nopen;
		if (is_strict(t->kind) || t->kind == HG_T_OPEN) {
			open[nopen++] = i;
			continue;
		}
		if (t->kind == HG_T_CLOSE) {
			if (nopen == 0 || tokens->at[open[nopen - 1]].kind != HG_T_OPEN)
				continue;
			nopen--;
		} else if (t->kind == HG_T_UNGROUP || t->kind == HG_T_ENDENV) {
			hg_token_kind opener = t->kind == HG_T_UNGROUP ? HG_T_GROUP : HG_T_BEGIN;
			if (nstrict == 0 || tokens->at[open[strict[nstrict - 1]]].kind != opener)
				continue;
			nopen = strict[--nstrict];
		} else {
			continue;
		}
		t->match = open[nopen];
		tokens->at[open[nopen]].match = i;
	}
	return HG_OK;
}
