#include "lsp/wire.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

enum { PIECE = 65536, LONGEST_HEAD = 8192 };
static const size_t NOWHERE = (size_t)-1;

/* More bytes behind those there are; false: there are none, and will be none. */
static bool more(hg_wire *w)
{
	char piece[PIECE];
	ssize_t n;
	if (w->from) { /* what was taken goes */
		memmove(w->got.p, w->got.p + w->from, w->got.n - w->from);
		w->got.n -= w->from;
		w->from = 0;
	}
	while ((n = read(w->in, piece, sizeof piece)) < 0 && errno == EINTR)
		;
	if (n <= 0)
		return false;
	size_t skipped = (size_t)n < w->skip ? (size_t)n : w->skip;
	w->skip -= skipped;
	hg_buf_add(&w->got, piece + skipped, (size_t)n - skipped);
	return !w->got.failed;
}

static hg_str rest(const hg_wire *w) { return hg_str_part(hg_buf_slice(&w->got), w->from, w->got.n); }

/* Where the head ends, with the empty line behind it: "\r\n\r\n" by the protocol, "\n\n" from some. */
static size_t end_of_head(hg_str text, size_t *body)
{
	size_t end = hg_str_find(text, HG_STR("\r\n\r\n")), bare = hg_str_find(text, HG_STR("\n\n"));
	*body = bare < end ? bare + 2 : end + 4;
	return bare < end ? bare : end;
}

/* The length a head names; it may stand behind bytes that a wrong length before it left over. */
static bool length_of(hg_str head, size_t *length)
{
	static const char name[] = "content-length:";
	size_t at = hg_str_find_nocase(head, name), n = 0, digits = 0;
	if (at == NOWHERE)
		return false;
	hg_str value = hg_str_trim(hg_str_part(head, at + sizeof name - 1, head.n));
	for (; digits < value.n && value.p[digits] >= '0' && value.p[digits] <= '9' && n < NOWHERE / 100; digits++)
		n = 10 * n + (size_t)(value.p[digits] - '0');
	*length = n;
	return digits && (digits == value.n || strchr("\r\n \t", value.p[digits]));
}

static hg_wire_kind bad(hg_wire *w, size_t taken, const char *why, const char **trouble)
{
	w->from += taken;
	*trouble = why;
	return HG_WIRE_BAD;
}

hg_wire_kind hg_wire_read(hg_wire *w, hg_str *body, const char **trouble)
{
	size_t begin, end, length;
	while ((end = end_of_head(rest(w), &begin)) == NOWHERE) {
		if (rest(w).n > LONGEST_HEAD)
			return bad(w, rest(w).n, "the head of a message does not end", trouble);
		if (!more(w))
			return HG_WIRE_END;
	}
	if (!length_of(hg_str_part(rest(w), 0, end), &length))
		return bad(w, begin, "the head of a message has no Content-Length", trouble);
	if (length > HG_WIRE_MOST) {
		size_t here = rest(w).n - begin < length ? rest(w).n - begin : length;
		w->skip = length - here;
		return bad(w, begin + here, "a message of more than 64 MiB", trouble);
	}
	while (rest(w).n - begin < length)
		if (!more(w))
			return HG_WIRE_END;
	*body = hg_str_part(rest(w), begin, length);
	w->from += begin + length;
	return HG_WIRE_MESSAGE;
}

bool hg_wire_waits(const hg_wire *w)
{
	struct pollfd in = {w->in, POLLIN, 0};
	return rest(w).n > 0 || poll(&in, 1, 0) > 0;
}

static bool write_whole(int fd, hg_str bytes)
{
	while (bytes.n) {
		ssize_t n = write(fd, bytes.p, bytes.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes = hg_str_part(bytes, (size_t)n, bytes.n);
	}
	return true;
}

bool hg_wire_write(hg_wire *w, hg_str body)
{
	hg_buf head = {0};
	hg_buf_print(&head, "Content-Length: %zu\r\n\r\n", body.n);
	bool well = !head.failed && write_whole(w->out, hg_buf_slice(&head)) && write_whole(w->out, body);
	hg_buf_free(&head);
	return well;
}

void hg_wire_free(hg_wire *w) { hg_buf_free(&w->got); }
