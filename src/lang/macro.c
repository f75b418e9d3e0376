#include "lang/scan.h"

#include <string.h>

const hg_macro *hg_macro_find(const hg_macros *macros, hg_str name)
{
	for (size_t i = 0; i < macros->n; i++)
		if (hg_str_equal(macros->at[i].name, name))
			return &macros->at[i];
	return NULL;
}

static void refuse(hg_macros *macros, hg_limit limit, hg_span at)
{
	if (macros->refusal.n)
		return;
	macros->refused = limit;
	macros->refusal = at;
}

/* provided: only where the name has no meaning yet, as \providecommand gives it. */
static hg_status add(hg_macros *macros, hg_arena *arena, hg_span span, hg_macro macro, bool provided)
{
	for (size_t i = 0; i < macros->n; i++)
		if (hg_str_equal(macros->at[i].name, macro.name)) {
			macros->at[i] = provided ? macros->at[i] : macro;
			return HG_OK;
		}
	if (macros->budget && !hg_budget_spend(macros->budget, HG_LIMIT_MACROS, 1)) {
		refuse(macros, HG_LIMIT_MACROS, span);
		return HG_OK;
	}
	if (macros->n == macros->room) {
		size_t room = macros->room ? 2 * macros->room : 16;
		hg_macro *at = HG_NEWS(arena, room, hg_macro);
		if (!at)
			return HG_ENOMEM;
		if (macros->n)
			memcpy(at, macros->at, macros->n * sizeof *at);
		macros->at = at;
		macros->room = room;
	}
	macros->at[macros->n++] = macro;
	return HG_OK;
}

/* \name or {\name}, without the backslash; empty if it is neither. */
static hg_str macro_name(hg_scan *s)
{
	hg_str name = hg_str_trim(hg_scan_argument(s));
	return name.n > 1 && name.p[0] == '\\' ? hg_str_part(name, 1, name.n) : HG_STR("");
}

/* #1#2 of \def, up to the brace; other text between them is not matched. */
static size_t count_parameters(hg_scan *s)
{
	size_t n = 0;
	while (s->i < s->end && s->text.p[s->i] != '{')
		n += s->text.p[s->i++] == '#';
	return n;
}

/* {m m}: as many arguments as letters. */
static size_t count_specifiers(hg_str specifiers)
{
	size_t n = 0;
	for (size_t i = 0; i < specifiers.n; i++)
		n += specifiers.p[i] == 'm';
	return n;
}

static size_t digit_of(hg_str option)
{
	option = hg_str_trim(option);
	return option.n == 1 && option.p[0] >= '0' && option.p[0] <= '9' ? (size_t)(option.p[0] - '0') : 0;
}

hg_status hg_macro_read(hg_macros *macros, hg_str text, hg_span span, hg_arena *arena, size_t *past)
{
	hg_scan s = {.text = text, .i = span.at, .end = span.at + span.n};
	hg_macro macro = {0};
	hg_str option = HG_STR("");
	hg_scan_skip_blanks(&s);
	*past = span.at + span.n;
	if (s.i >= s.end || s.text.p[s.i] != '\\')
		return HG_OK;
	s.i++;
	hg_str how = hg_scan_control(&s);
	if (s.i < s.end && s.text.p[s.i] == '*')
		s.i++;
	macro.name = macro_name(&s);
	if (hg_str_is(how, "let")) {
		hg_scan_skip_blanks(&s);
		if (s.i < s.end && s.text.p[s.i] == '=')
			s.i++;
	} else if (hg_str_ends(how, "def")) {
		macro.nargs = count_parameters(&s);
	} else if (hg_str_ends(how, "command")) {
		if (hg_scan_option(&s, &option))
			macro.nargs = digit_of(option);
		macro.has_default = macro.nargs && hg_scan_option(&s, &macro.fallback);
	}
	if (hg_str_is(how, "NewDocumentCommand"))
		macro.nargs = count_specifiers(hg_scan_argument(&s));
	macro.is_operator = hg_str_is(how, "DeclareMathOperator");
	macro.body = hg_scan_argument(&s);
	if (hg_str_is(how, "DeclarePairedDelimiter")) {
		hg_str close = hg_scan_argument(&s);
		char *body = hg_arena_print(arena, "\\left%.*s #1 \\right%.*s", HG_STR_ARG(macro.body), HG_STR_ARG(close));
		if (!body)
			return HG_ENOMEM;
		macro.body = hg_str_of(body);
		macro.nargs = 1;
	}
	*past = s.i;
	if (macro.name.n == 0 || macro.nargs > HG_MACRO_ARGS)
		return HG_OK;
	return add(macros, arena, span, macro, hg_str_is(how, "providecommand"));
}

/* The body with the arguments in their places. */
static hg_status substitute(const hg_macro *macro, const hg_str *arg, hg_arena *arena, hg_str *result)
{
	size_t n = 0;
	for (size_t i = 0; i < macro->nargs; i++)
		n += arg[i].n + 2;
	size_t uses = 0;
	for (size_t i = 0; i < macro->body.n; i++)
		uses += macro->body.p[i] == '#';
	char *p = HG_NEWS(arena, macro->body.n + uses * n + 1, char), *out = p;
	if (!p)
		return HG_ENOMEM;
	for (size_t i = 0; i < macro->body.n; i++) {
		char c = macro->body.p[i], digit = i + 1 < macro->body.n ? macro->body.p[i + 1] : '\0';
		if (c != '#' || digit < '1' || digit > '9') {
			*out++ = c;
			continue;
		}
		i++;
		if ((size_t)(digit - '1') < macro->nargs) {
			hg_str a = arg[digit - '1'];
			if (a.n)
				memcpy(out, a.p, a.n);
			out += a.n;
		}
	}
	*result = (hg_str){p, (size_t)(out - p)};
	return HG_OK;
}

/* Uses and what they make are paid from the one budget of the document; when it is gone, what is left of the document
 * reads its macros as unknown commands. */
static bool affordable(hg_scan *s, size_t bytes, hg_span use)
{
	hg_macros *macros = s->macros;
	hg_budget *budget = macros->budget;
	if (macros->exhausted || !budget)
		return !macros->exhausted && s->depth < 50;
	if (s->depth >= budget->most[HG_LIMIT_MACRO_DEPTH]) {
		refuse(macros, HG_LIMIT_MACRO_DEPTH, use);
		return false;
	}
	bool uses = hg_budget_spend(budget, HG_LIMIT_EXPANSIONS, 1);
	if (uses && hg_budget_spend(budget, HG_LIMIT_MACRO_TOKENS, bytes))
		return true;
	macros->exhausted = true;
	refuse(macros, uses ? HG_LIMIT_MACRO_TOKENS : HG_LIMIT_EXPANSIONS, use);
	return false;
}

/* What a use comes to: its arguments in the places of the body. *made is false where the budget is gone. */
static hg_status body_of_use(hg_scan *s, const hg_macro *macro, size_t at, hg_str *body, bool *made)
{
	hg_str arg[HG_MACRO_ARGS] = {{0}};
	size_t from = 0, bytes = macro->body.n;
	if (macro->has_default) {
		arg[0] = macro->fallback;
		hg_scan_option(s, &arg[0]);
		from = 1;
	}
	for (size_t i = from; i < macro->nargs; i++)
		arg[i] = hg_scan_argument(s);
	for (size_t i = 0; i + 1 < macro->body.n; i++)
		if (macro->body.p[i] == '#' && macro->body.p[i + 1] >= '1' && macro->body.p[i + 1] <= '9')
			bytes += arg[macro->body.p[i + 1] - '1'].n;
	*made = affordable(s, bytes, s->inside ? s->use : (hg_span){at, s->i - at});
	return *made ? substitute(macro, arg, s->arena, body) : HG_OK;
}

/* The scanner inside of a macro that was used at [at, s->i). */
static hg_scan inside_of(const hg_scan *s, hg_str body, size_t at)
{
	hg_scan inner = *s;
	inner.text = body;
	inner.i = 0;
	inner.end = body.n;
	inner.depth++;
	if (!s->inside)
		inner.use = (hg_span){at, s->i - at};
	inner.inside = true;
	return inner;
}

hg_status hg_scan_macro(hg_scan *s, const hg_macro *macro, size_t at)
{
	hg_str body;
	bool made;
	HG_TRY(body_of_use(s, macro, at, &body, &made));
	if (!made)
		return hg_scan_add(s, HG_T_UNKNOWN, 0, hg_str_part(s->text, at, s->i - at), at);
	hg_scan inner = inside_of(s, body, at);
	if (macro->is_operator)
		HG_TRY(hg_scan_words(&inner, body, 0));
	else
		HG_TRY(hg_scan_all(&inner));
	s->gap = inner.gap;
	return HG_OK;
}

/* ---- derivatives of packages ------------------------------------------------------------------------------------- */

/* \dv[2]{f}{x} of physics, \odv of derivative, \od of commath, \diff of diffcoeff, and the same for partial ones. */
static const struct {
	const char *name, *sign;
} derivatives[] = {{"dv", "d"},          {"odv", "d"},         {"od", "d"},          {"dod", "d"},          {"diff", "d"},
                   {"pdv", "\\partial"}, {"pd", "\\partial"}, {"dpd", "\\partial"}, {"diffp", "\\partial"}};

/* Does an argument in braces follow at i? *end: behind it. */
static bool at_group(const hg_scan *s, size_t i, size_t *end)
{
	hg_scan ahead = *s;
	ahead.i = i;
	hg_scan_skip_blanks(&ahead);
	const bool group = ahead.i < ahead.end && ahead.text.p[ahead.i] == '{';
	if (group)
		hg_scan_argument(&ahead);
	*end = ahead.i;
	return group;
}

hg_status hg_package_macro(hg_scan *s, hg_str name, hg_macro *macro, bool *found)
{
	const char *sign = NULL;
	for (size_t i = 0; i < sizeof derivatives / sizeof *derivatives; i++)
		if (hg_str_is(name, derivatives[i].name))
			sign = derivatives[i].sign;
	hg_str order = {0};
	hg_scan ahead = *s;
	ahead.i += ahead.i < ahead.end && ahead.text.p[ahead.i] == '*';
	hg_scan_option(&ahead, &order);
	size_t end;
	*found = sign && at_group(&ahead, ahead.i, &end);
	if (!*found)
		return HG_OK;
	const bool two = at_group(&ahead, end, &end);
	const char *power = order.n ? hg_arena_print(s->arena, "^{%.*s}", HG_STR_ARG(order)) : "";
	char *body = power ? hg_arena_print(s->arena, "\\frac{%s%s %s}{%s %s%s}", sign, power, two ? "#1" : "", sign, two ? "#2" : "#1", power) : NULL;
	if (!body)
		return HG_ENOMEM;
	s->i = ahead.i;
	*macro = (hg_macro){.name = name, .nargs = two ? 2 : 1, .body = hg_str_of(body)};
	return HG_OK;
}

/* ---- as text ---- */

static hg_status expand(hg_scan *s, hg_buf *out);

/* A backslash and what follows: a use is replaced, a definition left out, the rest copied. */
static hg_status expand_command(hg_scan *s, hg_buf *out)
{
	size_t at = s->i++, past;
	hg_str name = hg_scan_control(s), body;
	const hg_macro *macro = hg_macro_find(s->macros, name);
	const hg_command *command = macro ? NULL : hg_command_find(name);
	bool made = false;
	if (command && command->action == HG_COMMAND_DEFINE) {
		HG_TRY(hg_macro_read(s->macros, s->text, (hg_span){at, s->end - at}, s->arena, &past));
		s->i = past > s->i ? past : s->i;
		return HG_OK;
	}
	hg_macro package;
	bool found = false;
	if (!macro && !command)
		HG_TRY(hg_package_macro(s, name, &package, &found));
	macro = found ? &package : macro;
	if (macro)
		HG_TRY(body_of_use(s, macro, at, &body, &made));
	if (!made) {
		hg_buf_str(out, hg_str_part(s->text, at, s->i - at));
		return HG_OK;
	}
	hg_scan inner = inside_of(s, body, at);
	hg_buf_text(out, macro->is_operator ? "\\operatorname{" : "");
	HG_TRY(expand(&inner, out));
	hg_buf_text(out, macro->is_operator ? "}" : "");
	return HG_OK;
}

static hg_status expand(hg_scan *s, hg_buf *out)
{
	while (s->i < s->end) {
		char c = s->text.p[s->i];
		if (c == '\\') {
			HG_TRY(expand_command(s, out));
			continue;
		}
		while (c == '%' && s->i < s->end && s->text.p[s->i] != '\n') /* a comment */
			s->i++;
		if (c != '%')
			hg_buf_char(out, s->text.p[s->i++]);
	}
	return HG_OK;
}

hg_status hg_macros_expand(hg_macros *macros, hg_str latex, hg_arena *arena, hg_buf *out)
{
	hg_scan s = {.text = latex, .end = latex.n, .macros = macros, .arena = arena};
	return expand(&s, out);
}
