/* A page of `handgrad explain` as a fold: paragraphs, and what is indented as it stands. */
#include "report/page/html_parts.h"

#include "slips/explain.h"
#include "slips/slips.h"

#include <string.h>

/* Words between backticks are code. */
static void put_words(hg_html *h, hg_str text)
{
	for (bool code = false; text.n; code = !code) {
		size_t tick = hg_str_find(text, HG_STR("`"));
		hg_str part = hg_str_part(text, 0, tick == (size_t)-1 ? text.n : tick);
		if (code)
			hg_markup_open(h->m, "code");
		hg_markup_str(h->m, part);
		if (code)
			hg_markup_close(h->m);
		text = hg_str_part(text, part.n + 1, text.n);
	}
}

static void put_block(hg_html *h, hg_str block)
{
	bool code = hg_str_starts(block, "    ");
	hg_markup_open(h->m, code ? "pre" : "p");
	if (code)
		hg_markup_str(h->m, block);
	else
		put_words(h, hg_str_trim(block));
	hg_markup_close(h->m);
}

static void put_example(hg_html *h, const char *words, const char *formula)
{
	hg_markup_open(h->m, "p");
	hg_markup_put(h->m, "span", "facts", words);
	hg_html_formula_text(h, formula);
	hg_markup_close(h->m);
}

void hg_html_page(hg_html *h, const char *code, const char *summary)
{
	const hg_slip *slip = hg_slip_find(hg_str_of(code));
	for (hg_page page = {0}; hg_page_next(&page);) {
		if (!hg_str_is(page.code, code))
			continue;
		hg_html_fold(h, summary);
		if (slip) {
			put_example(h, "written ", slip->wrong);
			put_example(h, "meant ", slip->right);
		}
		for (hg_str rest = page.body; rest.n;) {
			size_t end = hg_str_find(rest, HG_STR("\n\n"));
			put_block(h, hg_str_part(rest, 0, end == (size_t)-1 ? rest.n : end));
			rest = end == (size_t)-1 ? HG_STR("") : hg_str_part(rest, end + 2, rest.n);
			while (rest.n && rest.p[0] == '\n')
				rest = hg_str_part(rest, 1, rest.n);
		}
		hg_markup_close(h->m);
		return;
	}
}
