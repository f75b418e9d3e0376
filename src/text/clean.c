#include "text/reading.h"

#include <string.h>
#include <utf8proc.h>

/* More control characters than this share of the bytes: a picture or an archive, not a derivation. */
enum { CONTROL_SHARE = 20, CONTROL_LEAST = 8 };

const char *hg_clean_encoding(hg_str bytes)
{
	static const struct {
		const char *mark;
		size_t n;
		const char *name;
	} marks[] = {
	    {"\xff\xfe\0\0", 4, "is UTF-32; save it as UTF-8"},
	    {"\0\0\xfe\xff", 4, "is UTF-32; save it as UTF-8"},
	    {"\xff\xfe", 2, "is UTF-16; save it as UTF-8"},
	    {"\xfe\xff", 2, "is UTF-16; save it as UTF-8"},
	};
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (bytes.n >= marks[i].n && memcmp(bytes.p, marks[i].mark, marks[i].n) == 0)
			return marks[i].name;
	/* Without a mark: nearly every second byte of western text is NUL. */
	size_t n = bytes.n < 256 ? bytes.n : 256, nul[2] = {0};
	for (size_t i = 0; i < n; i++)
		nul[i % 2] += bytes.p[i] == 0;
	if (n >= 8 && (nul[0] > n / 3) != (nul[1] > n / 3))
		return "is UTF-16; save it as UTF-8";
	return NULL;
}

typedef struct tally {
	size_t count, at, run; /* how many bytes, where the first stands, how many follow it without a gap */
} tally;

static void strike(char *bytes, size_t at, size_t n, tally *t)
{
	memset(bytes + at, '?', n);
	if (t->count == 0)
		t->at = at;
	if (t->at + t->run == at)
		t->run += n;
	t->count += n;
}

static hg_status report(const tally *t, const char *code, const char *what, hg_arena *arena,
                        hg_source *source)
{
	if (t->count == 0)
		return HG_OK;
	const char *text =
	    t->count == 1 ? hg_arena_print(arena, "one byte here is %s and is read as ?", what)
	                  : hg_arena_print(arena, "%zu bytes are %s, the first of them here; they are read as ?",
	                                   t->count, what);
	return hg_source_note(source, arena, (hg_span){t->at, t->run}, code, text);
}

static bool is_control(unsigned char c) { return (c < 0x20 && !(c >= '\t' && c <= '\r')) || c == 0x7f; }

hg_status hg_clean(char *bytes, size_t n, hg_arena *arena, hg_source *source, const char **trouble)
{
	tally invalid = {0}, nul = {0}, control = {0};
	for (size_t i = 0; i < n;) {
		unsigned char c = (unsigned char)bytes[i];
		if (c >= 0x80) {
			utf8proc_int32_t code;
			utf8proc_ssize_t len =
			    utf8proc_iterate((const utf8proc_uint8_t *)bytes + i, (utf8proc_ssize_t)(n - i), &code);
			if (len > 0) {
				i += (size_t)len;
				continue;
			}
			strike(bytes, i, 1, &invalid);
		} else if (c == 0) {
			strike(bytes, i, 1, &nul);
		} else if (c == '\r') {
			bytes[i] = i + 1 < n && bytes[i + 1] == '\n' ? ' ' : '\n';
		} else if (is_control(c)) {
			strike(bytes, i, 1, &control);
		}
		i++;
	}
	if (nul.count + control.count > n / CONTROL_SHARE + CONTROL_LEAST) {
		*trouble =
		    hg_arena_print(arena, "%s: does not look like text: %zu of %zu bytes are control characters",
		                   hg_path_text(source->path, arena), nul.count + control.count, n);
		return *trouble ? HG_EIO : HG_ENOMEM;
	}
	HG_TRY(report(&invalid, "invalid-utf8", "not UTF-8", arena, source));
	HG_TRY(report(&nul, "nul-byte", "NUL", arena, source));
	return report(&control, "control-character", "control characters", arena, source);
}
