#include "report/safe.h"

#include <string.h>
#include <utf8proc.h>

enum { REPLACEMENT = 0xFFFD, PICTURES = 0x2400, DELETE_PICTURE = 0x2421 };

/* Decodes one character; an invalid byte counts as one character, -1. */
static utf8proc_int32_t decode(hg_str s, size_t at, size_t *bytes)
{
	utf8proc_int32_t c = -1;
	utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s.p + at, (utf8proc_ssize_t)(s.n - at), &c);
	*bytes = n > 0 ? (size_t)n : 1;
	return n > 0 ? c : -1;
}

/* Marks that turn the direction of what follows: they can make a line read otherwise than it is. */
static bool turns_direction(utf8proc_int32_t c)
{
	return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static utf8proc_int32_t visible(utf8proc_int32_t c)
{
	if (c >= 0 && c < 0x20)
		return PICTURES + c;
	if (c == 0x7F)
		return DELETE_PICTURE;
	bool noncharacter = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
	bool breaks_line = c == 0x2028 || c == 0x2029;
	if (c < 0 || (c >= 0x80 && c < 0xA0) || turns_direction(c) || breaks_line || noncharacter || c == 0xFEFF)
		return REPLACEMENT;
	return c;
}

hg_glyph hg_glyph_at(hg_str s, size_t at)
{
	hg_glyph g = {0};
	if (s.p[at] == '\t') {
		g = (hg_glyph){.bytes = 1, .width = HG_TAB_WIDTH, .nshown = HG_TAB_WIDTH};
		memset(g.shown, ' ', HG_TAB_WIDTH);
		return g;
	}
	utf8proc_int32_t c = visible(decode(s, at, &g.bytes));
	g.nshown = (size_t)utf8proc_encode_char(c, (utf8proc_uint8_t *)g.shown);
	int width = utf8proc_charwidth(c);
	g.width = width < 0 ? 1 : width;
	return g;
}

size_t hg_width(hg_str s)
{
	size_t width = 0;
	for (size_t at = 0; at < s.n;) {
		hg_glyph g = hg_glyph_at(s, at);
		at += g.bytes;
		width += (size_t)g.width;
	}
	return width;
}

void hg_safe(hg_str foreign, hg_safe_for what, hg_buf *out)
{
	for (size_t at = 0; at < foreign.n;) {
		size_t bytes;
		utf8proc_int32_t c = decode(foreign, at, &bytes);
		bool kept = what == HG_SAFE_DATA ? c >= 0 : what == HG_SAFE_LINES && (c == '\n' || c == '\t');
		if (kept) {
			hg_buf_add(out, foreign.p + at, bytes);
		} else if (what == HG_SAFE_DATA) {
			hg_buf_text(out, "\xEF\xBF\xBD");
		} else {
			hg_glyph g = hg_glyph_at(foreign, at);
			hg_buf_add(out, g.shown, g.nshown);
		}
		at += bytes;
	}
}
