#include "report/mathml_parts.h"

#include <string.h>
#include <utf8proc.h>

typedef struct glyph {
	const char *name;
	utf8proc_int32_t c;
} glyph;

static const glyph glyphs[] = {
#define HG_GLYPH(name, c) {name, c},
#include "report/glyphs.def"
#undef HG_GLYPH
};

static const glyph *glyph_of(hg_str name)
{
	for (size_t i = 0; i < sizeof glyphs / sizeof *glyphs; i++)
		if (hg_str_is(name, glyphs[i].name))
			return &glyphs[i];
	return NULL;
}

static void put_char(hg_markup *m, utf8proc_int32_t c)
{
	utf8proc_uint8_t bytes[4];
	utf8proc_ssize_t n = utf8proc_encode_char(c, bytes);
	hg_markup_str(m, (hg_str){(const char *)bytes, n > 0 ? (size_t)n : 0});
}

/* Browsers ignore mathvariant: bold and script letters are characters of their own. */
static utf8proc_int32_t in_bold(utf8proc_int32_t c)
{
	if (c >= 'A' && c <= 'Z')
		return 0x1D400 + (c - 'A');
	if (c >= 'a' && c <= 'z')
		return 0x1D41A + (c - 'a');
	if (c >= 0x3B1 && c <= 0x3C9)
		return 0x1D6C2 + (c - 0x3B1);
	return c;
}

static utf8proc_int32_t in_script(utf8proc_int32_t c)
{
	/* The letters that stood in Unicode before the script alphabet did. */
	static const struct {
		char letter;
		utf8proc_int32_t c;
	} old[] = {{'B', 0x212C}, {'E', 0x2130}, {'F', 0x2131}, {'H', 0x210B},
	           {'I', 0x2110}, {'L', 0x2112}, {'M', 0x2133}, {'R', 0x211B}};
	for (size_t i = 0; i < sizeof old / sizeof *old; i++)
		if (c == old[i].letter)
			return old[i].c;
	return c >= 'A' && c <= 'Z' ? 0x1D49C + (c - 'A') : c;
}

static void put_letter(hg_mathml *w, utf8proc_int32_t c, unsigned accent)
{
	hg_markup_open(w->m, "mi");
	if (c == 0x2202 || c == 0x2207 || c == 0x221E)
		hg_markup_attr(w->m, "mathvariant", "normal");
	put_char(w->m, accent & HG_BOLD ? in_bold(c) : accent & HG_CALLIGRAPHIC ? in_script(c) : c);
	hg_markup_close(w->m);
}

/* The one character of a name, or 0. */
static utf8proc_int32_t letter_of(hg_str name)
{
	const glyph *g = glyph_of(name);
	if (g)
		return g->c;
	utf8proc_int32_t c;
	utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)name.p, (utf8proc_ssize_t)name.n, &c);
	return n > 0 && (size_t)n == name.n && c >= 0x20 ? c : 0;
}

/* dW, dZ, db: the differential and a letter. A word (ReLU, np.sum) stays a word. */
static void put_word(hg_mathml *w, hg_str name, unsigned accent)
{
	utf8proc_int32_t rest = name.n > 1 && name.p[0] == 'd' ? letter_of(hg_str_part(name, 1, name.n)) : 0;
	if (rest) {
		hg_markup_open(w->m, "mrow");
		put_letter(w, 'd', 0);
		put_letter(w, rest, accent);
		hg_markup_close(w->m);
		return;
	}
	hg_markup_open(w->m, "mi");
	if (accent & HG_BOLD)
		hg_markup_attr(w->m, "class", "bold");
	hg_markup_str(w->m, name);
	hg_markup_close(w->m);
}

void hg_mathml_name(hg_mathml *w, const hg_expr *e)
{
	static const struct {
		unsigned accent;
		const char *sign;
	} over[] = {{HG_HAT, "^"}, {HG_BAR, "\u00AF"}, {HG_TILDE, "~"}, {HG_DOT_ABOVE, "\u02D9"}, {HG_VEC, "\u2192"}};
	enum { N = sizeof over / sizeof *over };
	for (size_t i = 0; i < N; i++)
		if (e->accent & over[i].accent) {
			hg_markup_open(w->m, "mover");
			hg_markup_attr(w->m, "accent", "true");
		}
	utf8proc_int32_t letter = letter_of(hg_expr_spelling(e));
	if (letter)
		put_letter(w, letter, e->accent);
	else
		put_word(w, hg_expr_spelling(e), e->accent);
	for (size_t i = N; i-- > 0;)
		if (e->accent & over[i].accent) {
			hg_markup_open(w->m, "mo");
			hg_markup_attr(w->m, "stretchy", "false");
			hg_markup_text(w->m, over[i].sign);
			hg_markup_close(w->m);
			hg_markup_close(w->m);
		}
}
