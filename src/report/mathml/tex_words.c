#include "report/mathml/tex_words.h"

#include <ctype.h>

/* Of a line of TeX what a reader sees: commands go, their arguments stay. *level: 1 to 3 for a heading. */
void hg_tex_words(hg_str line, hg_buf *out, int *level)
{
	static const char *const dropped[] = {"begin", "end", "label", "documentclass", "usepackage", "vspace", "hspace"};
	for (size_t i = 0; i < line.n; i++) {
		if (line.p[i] == '%' && (i == 0 || line.p[i - 1] != '\\'))
			return;
		if (line.p[i] == '{' || line.p[i] == '}' || line.p[i] == '~') {
			hg_buf_text(out, line.p[i] == '~' ? " " : "");
			continue;
		}
		if (line.p[i] != '\\') {
			hg_buf_char(out, line.p[i]);
			continue;
		}
		size_t n = 1;
		while (i + n < line.n && isalpha((unsigned char)line.p[i + n]))
			n++;
		hg_str command = hg_str_part(line, i + 1, n - 1);
		if (hg_str_is(command, "section") || hg_str_is(command, "chapter") || hg_str_is(command, "title"))
			*level = 1;
		else if (hg_str_is(command, "subsection"))
			*level = 2;
		else if (hg_str_is(command, "subsubsection") || hg_str_is(command, "paragraph"))
			*level = 3;
		else if (hg_str_is(command, "item"))
			hg_buf_text(out, "\u2022");
		else if (hg_str_is(command, "forall"))
			hg_buf_text(out, "\u2200");
		else if (hg_str_is(command, "in"))
			hg_buf_text(out, "\u2208");
		n += i + n < line.n && line.p[i + n] == '*';
		for (size_t k = 0; k < sizeof dropped / sizeof *dropped; k++)
			if (hg_str_is(command, dropped[k])) {
				hg_str rest = hg_str_part(line, i + n, line.n);
				size_t close = hg_str_find(rest, HG_STR("}"));
				n += close == (size_t)-1 ? rest.n : close + 1;
			}
		i += n == 1 && i + 1 < line.n ? 1 : n - 1;
	}
}
