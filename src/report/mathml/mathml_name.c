/* Leaves: letters, words, numbers, and signs by their names in the source. */
#include "report/mathml/mathml_parts.h"

#include "lang/function.h"

#include <ctype.h>
#include <string.h>
#include <utf8proc.h>

typedef struct sign {
	const char *name;
	utf8proc_int32_t c;
} sign;

static const sign signs[] = {
#define HG_SIGN(name, c) {name, c},
#include "report/mathml/signs.def"
#undef HG_SIGN
};

static utf8proc_int32_t sign_of(hg_str name)
{
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (hg_str_is(name, signs[i].name))
			return signs[i].c;
	return 0;
}

hg_str hg_set_command(const hg_setter *s, const hg_token *t)
{
	hg_str written = hg_str_part(s->f->text, t->span.at, t->span.n);
	size_t n = 1;
	if (written.n < 2 || written.p[0] != '\\')
		return t->text;
	while (n < written.n && isalpha((unsigned char)written.p[n]))
		n++;
	hg_str name = hg_str_part(written, 1, n - 1);
	bool macro = s->f->macros && hg_macro_find(s->f->macros, name);
	return name.n && !macro ? name : t->text;
}

/* ---- characters --------------------------------------------------------------------------------------------- */

static hg_str text_of(hg_setter *s, utf8proc_int32_t c)
{
	utf8proc_uint8_t bytes[4];
	utf8proc_ssize_t n = utf8proc_encode_char(c, bytes);
	char *copy = hg_arena_copy(s->f->arena, (const char *)bytes, n > 0 ? (size_t)n : 0);
	s->failed |= !copy;
	return copy ? (hg_str){copy, n > 0 ? (size_t)n : 0} : HG_STR("");
}

/* Browsers ignore mathvariant: bold, script and double letters are characters of their own. */
static utf8proc_int32_t in_bold(utf8proc_int32_t c)
{
	if (c >= 'A' && c <= 'Z')
		return 0x1D400 + (c - 'A');
	if (c >= 'a' && c <= 'z')
		return 0x1D41A + (c - 'a');
	if (c >= '0' && c <= '9')
		return 0x1D7CE + (c - '0');
	return c >= 0x3B1 && c <= 0x3C9 ? 0x1D6C2 + (c - 0x3B1) : c;
}

/* Letters that stood in Unicode before their alphabet did. */
static utf8proc_int32_t among(utf8proc_int32_t c, const sign *old, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (c == old[i].name[0])
			return old[i].c;
	return 0;
}

static utf8proc_int32_t in_script(utf8proc_int32_t c)
{
	static const sign old[] = {{"B", 0x212C}, {"E", 0x2130}, {"F", 0x2131}, {"H", 0x210B},
	                           {"I", 0x2110}, {"L", 0x2112}, {"M", 0x2133}, {"R", 0x211B}};
	utf8proc_int32_t found = among(c, old, sizeof old / sizeof *old);
	return found ? found : c >= 'A' && c <= 'Z' ? 0x1D49C + (c - 'A') : c;
}

static utf8proc_int32_t in_double(utf8proc_int32_t c)
{
	static const sign old[] = {{"C", 0x2102}, {"H", 0x210D}, {"N", 0x2115}, {"P", 0x2119},
	                           {"Q", 0x211A}, {"R", 0x211D}, {"Z", 0x2124}};
	utf8proc_int32_t found = among(c, old, sizeof old / sizeof *old);
	if (c >= '0' && c <= '9')
		return 0x1D7D8 + (c - '0');
	return found ? found : c >= 'A' && c <= 'Z' ? 0x1D538 + (c - 'A') : c;
}

static utf8proc_int32_t in_font(hg_set_font font, utf8proc_int32_t c)
{
	return font == HG_SET_BOLD ? in_bold(c) : font == HG_SET_SCRIPT ? in_script(c) : font == HG_SET_DOUBLE ? in_double(c) : c;
}

/* ---- leaves -------------------------------------------------------------------------------------------------- */

static hg_set_node *leaf(hg_setter *s, const char *element, unsigned flags, hg_str text, hg_span span)
{
	hg_set_node *node = hg_set_new(s, element, flags, text);
	node->span = span;
	return node;
}

static hg_set_node *letter(hg_setter *s, utf8proc_int32_t c, hg_span span)
{
	bool upright = c == 0x2202 || c == 0x2207 || c == 0x221E;
	return leaf(s, "mi", upright ? HG_SET_UPRIGHT : 0, text_of(s, in_font(s->font, c)), span);
}

/* A name may be called as a sign is (prod, in): a letter it is only where the sign is one. */
static utf8proc_int32_t letter_sign(hg_str name)
{
	static const utf8proc_int32_t others[] = {0x2113, 0x221E, 0x210F, 0x131, 0x237, 0x2205, 0x2135, 0x2202, 0x2207};
	utf8proc_int32_t c = sign_of(name);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (c == others[i])
			return c;
	return c >= 0x370 && c < 0x400 ? c : 0;
}

/* The one character a name is, or 0. */
static utf8proc_int32_t letter_of(hg_str name)
{
	utf8proc_int32_t c = letter_sign(name);
	if (c)
		return c;
	utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)name.p, (utf8proc_ssize_t)name.n, &c);
	return n > 0 && (size_t)n == name.n && c >= 0x20 ? c : 0;
}

hg_set_node *hg_set_number(hg_setter *s, const hg_token *t)
{
	hg_str text = t->text, written = hg_str_part(s->f->text, t->span.at, t->span.n);
	if (written.n && ((unsigned char)written.p[0] & 0x80) && memchr(text.p, 'e', text.n)) /* one half, as one character */
		return leaf(s, "mn", 0, written, t->span);
	if (hg_str_ends(text, "\\%"))
		return leaf(s, "mn", 0, hg_str_part(text, 0, text.n - 2), t->span);
	if (s->font != HG_SET_ITALIC && text.n == 1)
		return leaf(s, "mn", 0, text_of(s, in_font(s->font, text.p[0])), t->span);
	return leaf(s, "mn", 0, text, t->span);
}

/* dW, dZ2, z1: letters, then digits. Words (ReLU, np.sum) stay words. */
hg_set_node *hg_set_name(hg_setter *s, const hg_token *t)
{
	hg_str command = hg_set_command(s, t), name = t->text;
	size_t digits = 0;
	while (digits + 1 < name.n && isdigit((unsigned char)name.p[name.n - 1 - digits]))
		digits++;
	hg_str tail = hg_str_part(name, name.n - digits, digits), stem = hg_str_part(name, 0, name.n - digits);
	stem = letter_sign(command) ? command : stem; /* \varepsilon is an epsilon to the reader of statements */
	bool d = stem.n > 1 && stem.p[0] == 'd' && !letter_of(stem);
	utf8proc_int32_t c = letter_of(d ? hg_str_part(stem, 1, stem.n) : stem);
	if (!c)
		return leaf(s, "mi", 0, name, t->span);
	if (!d && !digits)
		return letter(s, c, t->span);
	hg_set_node *row = hg_set_new(s, "mrow", 0, HG_STR(""));
	if (d)
		hg_set_add(row, letter(s, 'd', t->span));
	hg_set_add(row, letter(s, c, t->span));
	if (digits)
		hg_set_add(row, leaf(s, "mn", 0, tail, t->span));
	return row;
}

bool hg_set_is_function(const hg_setter *s, const hg_token *t)
{
	hg_fn fn = hg_fn_find(t->text);
	return t->text.n > 1 && fn != HG_NFNS && hg_fn_is_bare(fn) && !letter_sign(hg_set_command(s, t));
}

hg_set_node *hg_set_operator(hg_setter *s, const char *written, unsigned flags, hg_span span)
{
	return leaf(s, "mo", flags, hg_str_of(written), span);
}

hg_set_node *hg_set_sign(hg_setter *s, const hg_token *t)
{
	hg_str command = hg_set_command(s, t);
	utf8proc_int32_t c = sign_of(command);
	c = c ? c : sign_of(t->text);
	hg_str text = c ? text_of(s, c) : command, written = hg_str_part(s->f->text, t->span.at, t->span.n);
	if (written.n > 1 && written.n < 5 && written.p[0] == '.' && t->kind != HG_T_ELLIPSIS) /* numpy's .dot and .T, as they stand */
		return leaf(s, "mo", HG_SET_TIGHT, written, t->span);
	if (t->kind == HG_T_D)
		return leaf(s, "mi", c ? HG_SET_UPRIGHT : 0, text, t->span);
	if (t->kind == HG_T_NABLA || t->kind == HG_T_FORALL)
		return leaf(s, "mi", HG_SET_UPRIGHT, text, t->span);
	if (t->kind == HG_T_BIG)
		return leaf(s, "mo", HG_SET_LARGE, text, t->span);
	bool tight = t->kind == HG_T_STOP || hg_str_is(text, "/");
	return leaf(s, "mo", tight ? HG_SET_TIGHT : 0, text, t->span);
}
