/* A file of Python: code, and between the marks `# %% [markdown]` of a notebook written as a script, text in its comments. */
#include "text/scan.h"

static bool is_mark(const scan *s, size_t line)
{
	return text_at(s, line, "# %%") || text_at(s, line, "#%%");
}

static bool begins_text(const scan *s, size_t line)
{
	const hg_str head = {s->text + line, line_end(s, line) - line};
	return hg_str_find(head, HG_STR("[markdown]")) != NONE || hg_str_find(head, HG_STR("[md]")) != NONE;
}

/* The comment signs of the lines from, to: what is behind them is Markdown. */
static void bare_comments(scan *s, size_t from, size_t to)
{
	for (size_t line = from; line < to; line = line_end(s, line) + 1)
		if (s->text[line] == '#')
			s->text[line] = ' ';
		else /* of the text nothing is outside of comments */
			for (size_t at = line; at < to && s->text[at] != '\n'; at++)
				s->text[at] = ' ';
}

void scan_python(scan *s, void (*region)(scan *, size_t, size_t))
{
	const size_t n = s->source->text.n;
	bool text = false;
	s->end = n;
	for (size_t from = 0, line = 0; from < n; from = line) {
		while (line < n && !is_mark(s, line)) {
			line = line_end(s, line) + 1;
			line = line < n ? line : n;
		}
		if (text && from < line) {
			bare_comments(s, from, line);
			s->format = HG_MARKDOWN;
			region(s, from, line);
		} else if (from < line) {
			scan_code(s, from, line);
		}
		s->end = n;
		text = line < n && begins_text(s, line);
		line = line < n ? line_end(s, line) + (line_end(s, line) < n) : n;
	}
}
