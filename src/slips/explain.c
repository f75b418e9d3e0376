#include "slips/explain.h"

#include "lang/cause.h"
#include "model/choice.h"
#include "slips/slips.h"

#include <string.h>

extern const char hg_pages[]; /* SLIPS.md, NOTES.md and REASONS.md, embedded by src/embed.c */
extern const size_t hg_pages_size;

/* The next heading after p is "## code" or "## code: title"; the page reaches to the one after it, or to the title of the next
 * file. */
bool hg_page_next(hg_page *page)
{
	static const char heading[] = "\n## ";
	const char *p = page->body.p ? page->body.p + page->body.n : hg_pages, *end = hg_pages + hg_pages_size;
	const char *head = memmem(p, (size_t)(end - p), heading, sizeof heading - 1);
	const char *line = head ? memchr(head + 1, '\n', (size_t)(end - head - 1)) : NULL;
	if (!line)
		return false;
	head += sizeof heading - 1;
	const char *next = memmem(line, (size_t)(end - line), heading, sizeof heading - 1), *file = memmem(line, (size_t)(end - line), "\n# ", 3);
	next = file && (!next || file < next) ? file : next;
	const char *colon = memchr(head, ':', (size_t)(line - head));
	*page = (hg_page){.code = {head, (size_t)((colon ? colon : line) - head)}};
	if (colon)
		page->title = hg_str_trim((hg_str){colon + 1, (size_t)(line - colon - 1)});
	page->body = hg_str_trim((hg_str){line, (size_t)((next ? next : end) - line)});
	return true;
}

static void write_choice(hg_choice choice, hg_buf *out)
{
	if (choice == HG_NCHOICES)
		return;
	hg_buf_print(out, "\nThe question: %s\n\n", hg_choice_question(choice));
	for (unsigned v = 1; hg_choice_value(choice, v); v++)
		hg_buf_print(out, "    --take %s=%-12s %s\n", hg_choice_id(choice), hg_choice_value(choice, v), hg_choice_words(choice, v));
}

static void write_page(const hg_page *page, hg_buf *out)
{
	const hg_slip *slip = hg_slip_find(page->code);
	const hg_cause cause = hg_cause_find(page->code);
	hg_str title = slip ? hg_str_of(slip->title) : page->title.n ? page->title : hg_str_of(hg_cause_words(cause));
	hg_buf_print(out, "%.*s: %.*s\n\n", HG_STR_ARG(page->code), HG_STR_ARG(title));
	if (slip)
		hg_buf_print(out, "    written   %s\n    meant     %s\n\n", slip->wrong, slip->right);
	hg_buf_str(out, page->body);
	hg_buf_text(out, "\n");
	if (slip)
		hg_buf_print(out, "\nAsk yourself: %s\n", slip->hint);
	else if (hg_cause_way_out(cause))
		hg_buf_print(out, "\nWay out: %s\n", hg_cause_way_out(cause));
	write_choice(hg_choice_find(page->code), out);
}

hg_status hg_explain(hg_str code, hg_buf *out)
{
	hg_str nearest = {0};
	size_t distance = (size_t)-1;
	for (hg_page page = {0}; hg_page_next(&page);) {
		if (hg_str_equal_nocase(page.code, code)) {
			write_page(&page, out);
			return out->failed ? HG_ENOMEM : HG_OK;
		}
		size_t d = hg_str_distance(page.code, code);
		if (d < distance) {
			distance = d;
			nearest = page.code;
		}
	}
	hg_buf_print(out, "there is no page on '%.*s'", HG_STR_ARG(code));
	if (distance <= 2 + code.n / 4)
		hg_buf_print(out, "; did you mean '%.*s'?", HG_STR_ARG(nearest));
	return out->failed ? HG_ENOMEM : HG_EINVAL;
}
