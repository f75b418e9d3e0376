#include "report/notebook/markdown.h"

#include "report/safe.h"

#include <string.h>

static void escape(hg_str text, hg_buf *out)
{
	for (size_t i = 0; i < text.n; i++) {
		if (strchr("\\`*_{}[]<>()#+-.!|&~$:@\n", text.p[i]))
			hg_buf_print(out, "&#%d;", text.p[i]);
		else
			hg_buf_char(out, text.p[i]);
	}
}

void hg_markdown_text(hg_str text, hg_buf *out)
{
	hg_buf clean = {0};
	hg_safe(text, HG_SAFE_LINE, &clean);
	escape(hg_buf_slice(&clean), out);
	out->failed |= clean.failed;
	hg_buf_free(&clean);
}

/* The longest run of backticks in the text. */
static size_t longest_run(hg_str text)
{
	size_t longest = 0, run = 0;
	for (size_t i = 0; i < text.n; i++) {
		run = text.p[i] == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest;
}

static void ticks(size_t n, hg_buf *out)
{
	while (n--)
		hg_buf_char(out, '`');
}

void hg_markdown_code(hg_str text, hg_buf *out)
{
	hg_buf clean = {0};
	hg_safe(text, HG_SAFE_LINE, &clean);
	size_t n = longest_run(hg_buf_slice(&clean)) + 1;
	ticks(n, out);
	hg_buf_text(out, n > 1 ? " " : "");
	hg_buf_str(out, hg_buf_slice(&clean));
	hg_buf_text(out, n > 1 ? " " : "");
	ticks(n, out);
	out->failed |= clean.failed;
	hg_buf_free(&clean);
}

void hg_markdown_fence(hg_str text, hg_buf *out)
{
	hg_buf clean = {0};
	hg_safe(text, HG_SAFE_LINES, &clean);
	size_t n = longest_run(hg_buf_slice(&clean));
	n = n < 3 ? 3 : n + 1;
	ticks(n, out);
	hg_buf_char(out, '\n');
	hg_buf_str(out, hg_buf_slice(&clean));
	hg_buf_char(out, '\n');
	ticks(n, out);
	hg_buf_char(out, '\n');
	out->failed |= clean.failed;
	hg_buf_free(&clean);
}
