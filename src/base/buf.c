#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Room for n more bytes; false, and sticky, when there is none. */
static bool reserve(hg_buf *buf, size_t n)
{
	if (buf->failed)
		return false;
	if (buf->room - buf->n >= n)
		return true;
	size_t room = buf->room ? buf->room : 256;
	while (room - buf->n < n && room <= (size_t)-1 / 4)
		room *= 2;
	char *p = room - buf->n < n ? NULL : realloc(buf->p, room);
	if (!p) {
		buf->failed = true;
		return false;
	}
	buf->p = p;
	buf->room = room;
	return true;
}

void hg_buf_add(hg_buf *buf, const char *bytes, size_t n)
{
	if (n == 0 || !reserve(buf, n))
		return;
	memcpy(buf->p + buf->n, bytes, n);
	buf->n += n;
}

void hg_buf_text(hg_buf *buf, const char *text) { hg_buf_add(buf, text, strlen(text)); }

void hg_buf_str(hg_buf *buf, hg_str s) { hg_buf_add(buf, s.p, s.n); }

void hg_buf_char(hg_buf *buf, char c) { hg_buf_add(buf, &c, 1); }

void hg_buf_print(hg_buf *buf, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	int n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (n < 0 || !reserve(buf, (size_t)n + 1)) {
		buf->failed = true;
		return;
	}
	va_start(args, format);
	vsnprintf(buf->p + buf->n, (size_t)n + 1, format, args);
	va_end(args);
	buf->n += (size_t)n;
}

hg_str hg_buf_slice(const hg_buf *buf) { return (hg_str){buf->p ? buf->p : "", buf->n}; }

void hg_buf_free(hg_buf *buf)
{
	free(buf->p);
	*buf = (hg_buf){0};
}
