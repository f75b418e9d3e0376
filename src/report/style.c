#include "report/style.h"

#include "report/safe.h"

static const char *const codes[] = {
    [HG_ROLE_GOOD] = "\x1b[32m",    [HG_ROLE_BAD] = "\x1b[1;31m",  [HG_ROLE_DOUBT] = "\x1b[33m",
    [HG_ROLE_FRAME] = "\x1b[94m",   [HG_ROLE_STRONG] = "\x1b[1m",
};

void hg_style_begin(bool color, hg_role role, hg_buf *out)
{
	if (color)
		hg_buf_text(out, codes[role]);
}

void hg_style_end(bool color, hg_buf *out)
{
	if (color)
		hg_buf_text(out, "\x1b[0m");
}

void hg_style_text(bool color, hg_role role, const char *text, hg_buf *out)
{
	hg_style_begin(color, role, out);
	hg_buf_text(out, text);
	hg_style_end(color, out);
}

void hg_wrap(hg_str words, size_t at, size_t indent, size_t columns, hg_buf *out)
{
	bool first = true;
	for (words = hg_str_trim(words); words.n; words = hg_str_trim(words)) {
		size_t n = 0;
		while (n < words.n && words.p[n] != ' ' && words.p[n] != '\n')
			n++;
		hg_str word = hg_str_part(words, 0, n);
		size_t width = hg_width(word);
		if (!first && at + 1 + width > columns) {
			hg_buf_print(out, "\n%*s", (int)indent, "");
			at = indent;
		} else if (!first) {
			hg_buf_char(out, ' ');
			at++;
		}
		hg_safe(word, HG_SAFE_LINE, out);
		at += width;
		first = false;
		words = hg_str_part(words, n, words.n);
	}
}
