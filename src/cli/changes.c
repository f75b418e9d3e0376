#include "cli/changes.h"

#include "report/safe.h"

#include <string.h>

enum { MOST_NAMED = 12 };

static bool is_problem(const hg_finding *f)
{
	return (f->status == HG_S_DISAGREES && !f->inherited_from) || f->status == HG_S_CANNOT_READ || f->status == HG_S_CANNOT_TELL;
}

static void add_field(const char *text, hg_buf *out)
{
	hg_safe(hg_str_of(text), HG_SAFE_LINE, out);
}

void hg_problems_list(const hg_report *const *reports, size_t n, hg_buf *out)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < reports[i]->nfindings; k++) {
			const hg_finding *f = &reports[i]->finding[k];
			if (!is_problem(f))
				continue;
			add_field(f->id, out);
			hg_buf_print(out, "\t%zu ", i);
			add_field(f->of ? f->of : "", out);
			hg_buf_char(out, '\t');
			add_field(f->written ? f->written : "", out);
			hg_buf_char(out, '\n');
		}
}

typedef struct problem {
	hg_str id, about, written;
} problem;

/* The next line of a list; false at its end. */
static bool next(hg_str *list, problem *p)
{
	hg_str *const field[] = {&p->id, &p->about, &p->written};
	if (!list->n)
		return false;
	const char *end = memchr(list->p, '\n', list->n);
	hg_str line = hg_str_part(*list, 0, end ? (size_t)(end - list->p) : list->n);
	*list = hg_str_part(*list, line.n + 1, list->n);
	for (size_t i = 0; i < 3; i++) {
		const char *tab = memchr(line.p, '\t', line.n);
		size_t n = tab ? (size_t)(tab - line.p) : line.n;
		*field[i] = hg_str_part(line, 0, n);
		line = hg_str_part(line, n + 1, line.n);
	}
	return true;
}

/* Is there a problem like it on the list? One that was written otherwise and is still wrong is the same problem. */
static bool has(hg_str list, const problem *p)
{
	for (problem other; next(&list, &other);)
		if (hg_str_equal(other.about, p->about) && (p->about.n > 2 || hg_str_equal(other.written, p->written)))
			return true;
	return false;
}

/* " 5.1, 7.2": what is on the list and not on the other. */
static size_t say_missing(hg_str list, hg_str other, const char *word, hg_buf *out)
{
	size_t n = 0;
	for (problem p; next(&list, &p);) {
		if (has(other, &p))
			continue;
		if (n == 0)
			hg_buf_text(out, word);
		if (n++ < MOST_NAMED)
			hg_buf_print(out, "%s%.*s", n > 1 ? ", " : " ", HG_STR_ARG(p.id));
	}
	if (n > MOST_NAMED)
		hg_buf_print(out, " and %zu more", n - MOST_NAMED);
	return n;
}

void hg_changes_say(hg_str before, hg_str now, hg_buf *out)
{
	hg_buf fresh = {0};
	size_t mended = say_missing(before, now, "mended", out), new = say_missing(now, before, "new", &fresh);
	hg_buf_text(out, mended && new ? "; " : "");
	hg_buf_str(out, hg_buf_slice(&fresh));
	out->failed |= fresh.failed;
	hg_buf_free(&fresh);
}
