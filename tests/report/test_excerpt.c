#include "../trap.h"

#include "report/excerpt.h"
#include "report/safe.h"

#include <string.h>

/* A small generator of its own, so that a failure repeats anywhere. */
static unsigned state = 1;

static unsigned below(unsigned n)
{
	state = state * 1664525u + 1013904223u;
	return (state >> 8) % n;
}

static const char *const pieces[] = {"a", "\\frac{1}{m}", " ", "\t", "\xC3\xA9", "e\xCC\x81", "\xE6\xB7\xB1", "\xF0\x9F\x98\x80",
                                     "\xE2\x80\xAE", "\x1b", "$", "\xE2\x88\x87", "{", "}", "\n", "x"};

/* Some pieces in a row, as a source. */
static void make_source(unsigned n, hg_arena *arena, hg_source *source)
{
	hg_buf text = {0};
	const char *trouble;
	hg_buf_text(&text, "z"); /* nothing but spaces is no source */
	for (; n; n--)
		hg_buf_text(&text, pieces[below(sizeof pieces / sizeof *pieces)]);
	ck_assert_int_eq(hg_source_of("f.md", hg_buf_slice(&text), NULL, arena, source, &trouble), HG_OK);
	hg_buf_free(&text);
}

/* What stands over a cell of the line above. */
static hg_str at_cell(hg_str line, size_t cell)
{
	size_t seen = 0, byte = 0;
	while (byte < line.n) {
		hg_glyph g = hg_glyph_at(line, byte);
		if (seen == cell && g.width > 0)
			break;
		byte += g.bytes;
		seen += (size_t)g.width;
	}
	return hg_str_part(line, byte, line.n);
}

static hg_str next_line(hg_str *rest)
{
	size_t n = hg_str_find(*rest, HG_STR("\n"));
	hg_str line = hg_str_part(*rest, 0, n);
	*rest = hg_str_part(*rest, n + 1, rest->n);
	return line;
}

/* The lines fit; the first mark, in the fourth of them, stands under what is at the beginning of the span. */
static void examine(hg_str shown, hg_glyph meant, size_t columns)
{
	hg_str before = {0};
	next_line(&shown); /* the place, which is never broken */
	for (int row = 0; shown.n; row++) {
		hg_str line = next_line(&shown);
		ck_assert_msg(hg_width(line) <= columns, "%.*s", HG_STR_ARG(line));
		hg_str over = row == 2 ? at_cell(before, hg_str_find(line, HG_STR("^"))) : (hg_str){0};
		if (row == 2 && meant.width > 0)
			ck_assert_msg(over.n >= meant.nshown && memcmp(over.p, meant.shown, meant.nshown) == 0, "%.*s\n%.*s",
			              HG_STR_ARG(before), HG_STR_ARG(line));
		before = line;
	}
}

START_TEST(excerpts_fit_and_point)
{
	hg_arena *arena = hg_arena_new();
	for (unsigned round = 0; round < 4000; round++) {
		hg_mark mark = hg_arena_mark(arena);
		hg_buf out = {0};
		hg_source source;
		make_source(1 + below(round % 2 ? 200 : 12), arena, &source);
		size_t at = below((unsigned)source.text.n);
		while (at && (source.text.p[at] & 0xC0) == 0x80) /* to the beginning of a character */
			at--;
		hg_write_options options = {.columns = round % 3 ? 80 : 40};
		hg_excerpt e = {.source = &source, .label = "here", .role = HG_ROLE_BAD};
		e.span = (hg_span){at, 1 + below((unsigned)(source.text.n - at))};
		hg_excerpt_write(&e, &options, &out);
		if (source.text.p[at] != '\n')
			examine(hg_buf_slice(&out), hg_glyph_at(source.text, at), options.columns);
		hg_buf_free(&out);
		hg_arena_release(arena, mark);
	}
	hg_arena_free(arena);
}
END_TEST

START_TEST(controls_and_turning_marks_become_visible)
{
	hg_buf out = {0};
	hg_safe(HG_STR("a\x1b[1m\xC2\x9B\xE2\x80\xAE\xFF\x7f\r\n\t\xEF\xBB\xBF"), HG_SAFE_LINE, &out);
	hg_buf_char(&out, '\0');
	ck_assert_str_eq(out.p, "a\xE2\x90\x9B[1m\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xE2\x90\xA1\xE2\x90\x8D\xE2\x90\x8A    \xEF\xBF\xBD");
	hg_buf_free(&out);
	hg_safe(HG_STR("\x1b\xFF\xE2\x82"), HG_SAFE_DATA, &out);
	hg_buf_char(&out, '\0');
	ck_assert_str_eq(out.p, "\x1b\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
	hg_buf_free(&out);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("excerpt");
	TCase *tc = tcase_create("excerpt");
	TRAP(tc);
	tcase_add_test(tc, excerpts_fit_and_point);
	tcase_add_test(tc, controls_and_turning_marks_become_visible);
	suite_add_tcase(suite, tc);
	return run_suite(suite);
}
